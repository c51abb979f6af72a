/**
 * What is remembered of a volume between two snapshots, on this machine's disk: which blobs each file was, and what
 * tells whether it has changed since. Lost or damaged it costs time, nothing else.
 */
import { createReadStream } from 'node:fs';
import { type FileHandle, open } from 'node:fs/promises';
import { createInterface } from 'node:readline';
import type { BigIntStats } from 'node:fs';
import { hash32Schema } from '@souk/protocol';
import { z } from 'zod';
import { comparePaths } from './tree.ts';

const rememberedSchema = z.strictObject({
  p: z.string(),
  /** As `signatureOf`. */
  x: z.string(),
  s: z.number().int(),
  /** As in the tree; the names of all its blobs. */
  b: z.string().optional(),
  c: z.array(hash32Schema).optional(),
});
export type Remembered = z.output<typeof rememberedSchema>;

/** Changes whenever the file's bytes may have. */
export function signatureOf(stat: BigIntStats): string {
  return [stat.ino, stat.size, stat.mtimeNs, stat.ctimeNs].join(':');
}

/** Finds files in the order of the walk, reading the file of the last snapshot along. */
export interface Memory extends AsyncDisposable {
  find(path: string): Promise<Remembered | undefined>;
}

export function openMemory(file: string | undefined): Memory {
  if (file === undefined)
    return { find: async () => undefined, [Symbol.asyncDispose]: async () => undefined };
  const stream = createReadStream(file);
  // A file that is not there is one that remembers nothing; the reader sees that as its end.
  stream.on('error', () => undefined);
  const lines = createInterface({ input: stream, crlfDelay: Infinity })[Symbol.asyncIterator]();
  let current: { readonly names: readonly string[]; readonly one: Remembered } | undefined;
  let isOver = false;

  const next = async () => {
    current = undefined;
    const line = await lines.next().catch(() => ({ done: true, value: '' }) as const);
    const parsed = line.done === true ? undefined : parse(line.value);
    if (parsed) current = { names: namesOf(parsed.p), one: parsed };
    else isOver = true;
  };

  return {
    async find(path) {
      const wanted = namesOf(path);
      while (!isOver && (current === undefined || comparePaths(current.names, wanted) < 0)) await next();
      return current?.one.p === path ? current.one : undefined;
    },
    async [Symbol.asyncDispose]() {
      stream.destroy();
    },
  };
}

/** Writes what the next snapshot will look up; on disk once it is closed. */
export class MemoryWriter implements AsyncDisposable {
  readonly #file: FileHandle;
  #lines: string[] = [];
  #length = 0;

  constructor(file: FileHandle) {
    this.#file = file;
  }

  static async create(path: string): Promise<MemoryWriter> {
    return new MemoryWriter(await open(path, 'w', 0o600));
  }

  async add(one: Remembered): Promise<void> {
    const line = `${JSON.stringify(one)}\n`;
    this.#lines.push(line);
    this.#length += line.length;
    if (this.#length > 256 * 1024) await this.flush();
  }

  async flush(): Promise<void> {
    const text = this.#lines.join('');
    this.#lines = [];
    this.#length = 0;
    await this.#file.appendFile(text);
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#file.close();
  }
}

/** The last snapshot of a volume that somebody holds. */
export const lastSchema = z.strictObject({
  service: z.string(),
  replica: z.number().int(),
  volume: z.string(),
  root: hash32Schema,
  /** Unix milliseconds at which it was begun. */
  at: z.number().int(),
  /** Which memory belongs to it. */
  memory: z.number().int(),
  bytes: z.number().int(),
  sentBytes: z.number().int(),
  /** Peer ids of those who have all of it. */
  holders: z.array(z.string().max(128)),
});
export type Last = z.output<typeof lastSchema>;

function namesOf(path: string): readonly string[] {
  return path === '' ? [] : path.split('/');
}

function parse(line: string): Remembered | undefined {
  try {
    return rememberedSchema.parse(JSON.parse(line));
  } catch {
    return undefined;
  }
}
