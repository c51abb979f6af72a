/**
 * Takes one snapshot of one volume: walks it, reads what has changed, seals it, hands the blobs on. Holds a few MiB at
 * a time, and the names of the blobs (0.04 % of the volume at most). It is crash-consistent: as the disk would be found
 * after the power failed, file by file.
 */
import type { BigIntStats } from 'node:fs';
import type { FileHandle } from 'node:fs/promises';
import { Fault, type Hex } from '@souk/protocol';
import { type Blob, type BlobKeys, sealBlob } from './blob.ts';
import { Chunker } from './chunker.ts';
import { type Memory, MemoryWriter, openMemory, type Remembered, signatureOf } from './memory.ts';
import { encodeLine, idsPerLine, inlineBytes, type Root, type TreeEntry, type TreeLine } from './tree.ts';
import { type Found, walkFolder } from './walk.ts';

/** Where blobs go. Both may wait, and throw where nobody takes any. */
export interface BlobSink {
  /** True where whoever takes blobs has all of these already. */
  hasAll(ids: readonly Hex[]): Promise<boolean>;
  put(blob: Blob): Promise<void>;
}

export interface VolumeName {
  readonly service: string;
  readonly replica: number;
  readonly volume: string;
}

export interface MakeInput {
  readonly name: VolumeName & { readonly deployment: Hex };
  readonly folder: string;
  readonly keys: BlobKeys;
  readonly sink: BlobSink;
  /** What the last snapshot remembered, and where this one does. */
  readonly before: string | undefined;
  readonly after: string;
  /** Leave out whom files belong to: it means nothing elsewhere. */
  readonly isOwnerless: boolean;
  readonly maxBytes: bigint;
  readonly settleMs?: number;
  readonly signal: AbortSignal;
}

export interface Made {
  readonly root: Hex;
  readonly files: number;
  readonly bytes: number;
  /** Names of all its blobs, the root's too. */
  readonly ids: ReadonlySet<Hex>;
  /** Bytes that had to be read. */
  readonly readBytes: number;
  /** What was left out or changed while it was read; at most 32. */
  readonly notes: readonly string[];
}

const maxNotes = 32;
const readAttempts = 3;
const readBytes = 1024 * 1024;
/** A file changed this shortly before it was read may change again without its times telling. */
const settleMs = 2000;

type Content = Pick<Remembered, 's' | 'b' | 'c'>;

export async function makeSnapshot(input: MakeInput): Promise<Made> {
  const { keys, sink, signal } = input;
  await using memory = openMemory(input.before);
  await using next = await MemoryWriter.create(input.after);
  const tree = new Chunker(keys.gear);
  const reader = createReader(input);
  const ids = new Set<Hex>();
  const treeIds: Hex[] = [];
  const notes: string[] = [];
  const note = (text: string) => notes.length < maxNotes && notes.push(text.slice(0, 500));
  let files = 0;
  let bytes = 0;

  const putTree = async (chunk: Buffer) => {
    const blob = sealBlob(keys, chunk);
    treeIds.push(blob.id);
    ids.add(blob.id);
    await sink.put(blob);
  };
  const write = async (line: TreeLine) => {
    for (const chunk of tree.push(encodeLine(line))) await putTree(chunk);
  };
  const writeFile = async (found: Found, { s, b, c = [] }: Content) => {
    for (const id of c) ids.add(id);
    const content = b === undefined ? { c: c.slice(0, idsPerLine) } : { b };
    await write({ k: 'f', ...commonOf(found, input.isOwnerless), s, ...content });
    for (let at = idsPerLine; at < c.length; at += idsPerLine) {
      await write({ k: 'c', c: c.slice(at, at + idsPerLine) });
    }
  };

  for await (const found of walkFolder(input.folder, signal)) {
    switch (found.kind) {
      case 'directory':
        await write({ k: 'd', ...commonOf(found, input.isOwnerless) });
        break;
      case 'link':
        await write({ k: 'l', ...commonOf(found, input.isOwnerless), to: found.to });
        break;
      case 'other':
        note(`left out: ${readable(found.path)}: ${found.why}`);
        break;
      case 'file': {
        const taken = await reader.take(found, memory, note);
        if (!taken) break;
        files += 1;
        bytes += taken.s;
        if (BigInt(bytes) > input.maxBytes) throw tooLarge(input.maxBytes);
        if (taken.x !== undefined) await next.add({ ...taken, x: taken.x, p: found.path });
        await writeFile(found, taken);
      }
    }
  }
  for (const chunk of tree.end()) await putTree(chunk);
  if (treeIds.length > 12_000) throw tooMany(files);
  const root: Root = { version: 1, ...input.name, files, bytes, tree: treeIds };
  const blob = sealBlob(keys, Buffer.from(JSON.stringify(root)));
  ids.add(blob.id);
  await sink.put(blob);
  await next.flush();
  return { root: blob.id, files, bytes, ids, readBytes: reader.readBytes(), notes };
}

/** `x` is left out where the file must be read again next time. */
type Taken = Content & { readonly x?: string };

function createReader(input: MakeInput) {
  const { keys, sink, signal } = input;
  const chunker = new Chunker(keys.gear);
  const buffer = Buffer.allocUnsafe(readBytes);
  let total = 0;

  /** What the file has up to the size that it had when it was opened. */
  const read = async (handle: FileHandle, size: number): Promise<Content> => {
    const c: Hex[] = [];
    let s = 0;
    const seal = async (chunks: Iterable<Buffer>) => {
      for (const chunk of chunks) {
        signal.throwIfAborted();
        const blob = sealBlob(keys, chunk);
        c.push(blob.id);
        await sink.put(blob);
      }
    };
    while (s < size) {
      const { bytesRead } = await handle.read(buffer, 0, Math.min(readBytes, size - s), s);
      if (bytesRead === 0) break;
      s += bytesRead;
      total += bytesRead;
      const part = buffer.subarray(0, bytesRead);
      if (size <= inlineBytes) return { s, b: part.toString('base64') };
      await seal(chunker.push(part));
    }
    await seal(chunker.end());
    return c.length === 0 ? { s: 0, b: '' } : { s, c };
  };

  const readSteady = async (handle: FileHandle): Promise<Taken & { readonly isSteady: boolean }> => {
    for (let attempt = 1; ; attempt += 1) {
      const before = await handle.stat({ bigint: true });
      const content = await read(handle, Number(before.size));
      const isSteady = signatureOf(await handle.stat({ bigint: true })) === signatureOf(before);
      if (!isSteady && attempt < readAttempts) continue;
      return {
        ...content,
        isSteady,
        ...(isSteady && isSettled(before, input.settleMs ?? settleMs) ? { x: signatureOf(before) } : {}),
      };
    }
  };

  return {
    readBytes: () => total,
    async take(
      found: Found & { kind: 'file' },
      memory: Memory,
      note: (text: string) => unknown,
    ): Promise<Taken | undefined> {
      const known = await memory.find(found.path);
      if (known && known.x === signatureOf(found.stat) && (await sink.hasAll(known.c ?? []))) return known;
      const handle = await found.open().catch((error: NodeJS.ErrnoException) => error.code ?? 'unreadable');
      if (typeof handle === 'string') note(`left out: ${readable(found.path)}: ${handle}`);
      if (handle === undefined || typeof handle === 'string') return undefined;
      await using file = handle;
      const { isSteady, ...taken } = await readSteady(file);
      if (!isSteady) note(`changed while it was read: ${readable(found.path)}`);
      return taken;
    },
  };
}

function isSettled(stat: BigIntStats, ms: number): boolean {
  return Date.now() - Number(stat.ctimeMs) > ms;
}

function commonOf({ path, stat }: Found, isOwnerless: boolean): Pick<TreeEntry, 'p' | 'm' | 't' | 'o'> {
  return {
    p: path,
    m: Number(stat.mode) & 0o7777,
    t: Number(stat.mtimeNs / 1000n) / 1000,
    ...(isOwnerless ? {} : { o: [Number(stat.uid), Number(stat.gid)] }),
  };
}

function readable(path: string): string {
  return JSON.stringify(Buffer.from(path, 'latin1').toString('utf8'));
}

export function tooLarge(maxBytes: bigint): Fault {
  const gib = Math.round((Number(maxBytes) / 2 ** 30) * 1000) / 1000;
  return new Fault(
    'snapshot.volume-too-large',
    `the volume is larger than the ${gib} GiB this provider saves`,
    {
      blame: 'user',
      data: { maxBytes },
      remedy: 'use a smaller volume, save what matters yourself, or choose a provider that saves more',
    },
  );
}

function tooMany(files: number): Fault {
  return new Fault('snapshot.too-many-files', `the volume’s ${files} files are too many for a snapshot`, {
    blame: 'user',
    data: { files },
    remedy: 'keep many small files in an archive or a database',
  });
}
