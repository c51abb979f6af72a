/** Lists of blob names on disk: 32 bytes each, ascending, so that many lists are gone through side by side. */
import { createReadStream } from 'node:fs';
import type { Hex } from '@souk/protocol';

export const idBytes = 32;

export function encodeIds(ids: readonly Hex[]): Buffer {
  return Buffer.concat(ids.map((id) => Buffer.from(id.slice(2), 'hex')));
}

export function decodeId(bytes: Buffer): Hex {
  return `0x${bytes.toString('hex')}`;
}

/** Takes names in pieces of any length, and says whether they are ascending and whole. */
export class IdsCheck {
  #last = Buffer.alloc(0);
  #rest = Buffer.alloc(0);
  count = 0;
  isAscending = true;

  add(bytes: Uint8Array): void {
    const all = Buffer.concat([this.#rest, bytes]);
    let at = 0;
    for (; at + idBytes <= all.length; at += idBytes) {
      const id = all.subarray(at, at + idBytes);
      if (this.#last.length > 0 && this.#last.compare(id) >= 0) this.isAscending = false;
      this.#last = Buffer.from(id);
      this.count += 1;
    }
    this.#rest = Buffer.from(all.subarray(at));
  }

  get isWhole(): boolean {
    return this.#rest.length === 0;
  }
}

/** The names of one list, read along: those that begin with each next byte. */
export class IdsReader implements AsyncDisposable {
  readonly #stream: ReturnType<typeof createReadStream>;
  readonly #parts: AsyncIterator<Buffer>;
  #buffer = Buffer.alloc(0);

  constructor(file: string) {
    this.#stream = createReadStream(file, { highWaterMark: 64 * 1024 });
    this.#parts = this.#stream[Symbol.asyncIterator]() as AsyncIterator<Buffer>;
  }

  /** Names that begin with `shard`; ask for shards in ascending order. */
  async *take(shard: number): AsyncGenerator<Hex> {
    for (;;) {
      if (this.#buffer.length < idBytes) {
        const next = await this.#parts.next();
        if (next.done === true) return;
        this.#buffer = Buffer.concat([this.#buffer, next.value]);
        continue;
      }
      if ((this.#buffer[0] ?? 0) > shard) return;
      const id = this.#buffer.subarray(0, idBytes);
      this.#buffer = this.#buffer.subarray(idBytes);
      if (id[0] === shard) yield decodeId(id);
    }
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#stream.destroy();
  }
}
