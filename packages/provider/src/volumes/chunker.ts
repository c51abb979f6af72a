/**
 * Cuts bytes into chunks where their content says so (FastCDC: a gear hash, a harder condition before the target size and
 * an easier one after it), so that bytes put in or taken out move the cuts around them only. The table comes from the
 * deployment's key: sizes of chunks tell a stranger nothing about what is in them.
 */
export const minChunkBytes = 64 * 1024;
export const targetChunkBytes = 256 * 1024;
export const maxChunkBytes = 1024 * 1024;

// Of the hash's 32 bits, the upper ones have seen the most bytes: 20 of them zero is harder than one in 256 KiB, 16 easier.
const hardMask = 0xfffff000 | 0;
const easyMask = 0xffff0000 | 0;
const bufferBytes = 4 * maxChunkBytes;

/** 256 numbers, one for each byte. */
export type Gear = Int32Array;

/** Bytes in, chunks out; a chunk is a copy of its own. The same bytes give the same chunks, however they are handed in. */
export class Chunker {
  readonly #gear: Gear;
  readonly #buffer = Buffer.allocUnsafe(bufferBytes);
  #start = 0;
  #end = 0;

  constructor(gear: Gear) {
    this.#gear = gear;
  }

  *push(bytes: Uint8Array): Generator<Buffer> {
    for (let at = 0; at < bytes.length;) {
      if (this.#end === bufferBytes) this.#moveToFront();
      const part = bytes.subarray(at, at + bufferBytes - this.#end);
      this.#buffer.set(part, this.#end);
      this.#end += part.length;
      at += part.length;
      while (this.#end - this.#start >= maxChunkBytes) yield this.#take();
    }
  }

  /** What is left; the chunker can be used again. */
  *end(): Generator<Buffer> {
    while (this.#end > this.#start) yield this.#take();
    this.#start = 0;
    this.#end = 0;
  }

  #take(): Buffer {
    const rest = this.#buffer.subarray(this.#start, this.#end);
    const length = cutOf(rest, this.#gear);
    this.#start += length;
    return Buffer.from(rest.subarray(0, length));
  }

  #moveToFront(): void {
    this.#buffer.copyWithin(0, this.#start, this.#end);
    this.#end -= this.#start;
    this.#start = 0;
  }
}

/** Length of the first chunk of `bytes`. */
export function cutOf(bytes: Uint8Array, gear: Gear): number {
  const last = Math.min(bytes.length, maxChunkBytes);
  const middle = Math.min(last, targetChunkBytes);
  let hash = 0;
  let at = Math.min(minChunkBytes, last);
  for (; at < middle; at += 1) {
    hash = ((hash << 1) + (gear[bytes[at] as number] as number)) | 0;
    if ((hash & hardMask) === 0) return at + 1;
  }
  for (; at < last; at += 1) {
    hash = ((hash << 1) + (gear[bytes[at] as number] as number)) | 0;
    if ((hash & easyMask) === 0) return at + 1;
  }
  return last;
}
