/**
 * Puts a snapshot into a folder. All of it is written beside what is there, checked, and only then put in its place, in
 * steps that a crash between any two of them leaves to be gone on with: what is served is the old or the new, whole.
 * Creates only what was not there, so nothing that lies in the folder can lead it elsewhere.
 */
import { constants } from 'node:fs';
import {
  chmod,
  type FileHandle,
  lchown,
  lutimes,
  mkdir,
  open,
  readdir,
  rename,
  rm,
  rmdir,
  symlink,
} from 'node:fs/promises';
import { join } from 'node:path';
import { Fault, type Hex } from '@souk/protocol';
import { type BlobKeys, openBlob } from './blob.ts';
import {
  readTree,
  type Root,
  rootSchema,
  treeDamaged,
  type TreeEntry,
  type TreeLine,
  workFolders,
} from './tree.ts';

/** Blobs by name, in the order asked for; every one is what its name says. Throws where one can't be had. */
export interface BlobSource {
  blobs(ids: readonly Hex[], signal: AbortSignal): AsyncIterable<Buffer>;
}

export interface Owner {
  readonly uid: number;
  readonly gid: number;
}

export interface WriteOptions {
  readonly keys: BlobKeys;
  readonly source: BlobSource;
  /** Whom all of it is to belong to; null: as the snapshot says, where this process may. */
  readonly owner: Owner | null;
  readonly onBytes?: (written: number, of: number) => void;
  readonly signal: AbortSignal;
}

const [restoring, replaced] = workFolders;
const { O_WRONLY, O_CREAT, O_EXCL, O_NOFOLLOW } = constants;
/** Entries looked ahead, so that the blobs of many small files come in one go. */
const windowEntries = 512;
const windowIds = 256;

/** The root says what it is a snapshot of. Faults with `snapshot.tree-damaged`. */
export async function readRoot(
  root: Hex,
  { keys, source, signal }: Pick<WriteOptions, 'keys' | 'source' | 'signal'>,
): Promise<Root> {
  for await (const bytes of source.blobs([root], signal)) {
    const parsed = rootSchema.safeParse(jsonOf(openBlob(keys, bytes)));
    if (parsed.success) return parsed.data;
  }
  throw treeDamaged('its root is none');
}

/** Makes `folder`, which must be empty or not there, what the snapshot is. */
export async function writeSnapshot(folder: string, root: Root, options: WriteOptions): Promise<void> {
  await mkdir(folder, { recursive: true, mode: 0o700 });
  await using writer = createWriter(folder, root, options);
  let window: TreeLine[] = [];
  let ids = 0;
  const flush = async () => {
    const lines = window;
    window = [];
    ids = 0;
    await writer.write(lines);
  };
  for await (const line of readTree(openAll(root.tree, options))) {
    window.push(line);
    ids += idsOf(line).length;
    if (window.length >= windowEntries || ids >= windowIds) await flush();
  }
  await flush();
  await writer.end();
}

async function* openAll(ids: readonly Hex[], { keys, source, signal }: WriteOptions): AsyncGenerator<Buffer> {
  for await (const bytes of source.blobs(ids, signal)) yield openBlob(keys, bytes);
}

interface Writer extends AsyncDisposable {
  write(lines: readonly TreeLine[]): Promise<void>;
  end(): Promise<void>;
}

function createWriter(folder: string, root: Root, options: WriteOptions): Writer {
  const pathOf = (path: string) => Buffer.concat([Buffer.from(`${folder}/`), Buffer.from(path, 'latin1')]);
  /** Their times and modes come last: writing into them changes them. */
  const open: TreeEntry[] = [];
  let file: OpenFile | undefined;
  let written = 0;

  const endFile = async () => {
    const ended = file;
    file = undefined;
    await ended?.end();
  };
  const closeTo = async (path: string) => {
    for (let top = open.at(-1); top && !isWithin(path, top.p); top = open.at(-1)) {
      open.pop();
      await setMeta(pathOf(top.p), top, options.owner);
    }
  };
  const enter = async (line: TreeLine) => {
    if (line.k === 'c') return;
    await endFile();
    await closeTo(line.p);
    const path = pathOf(line.p);
    if (line.k === 'd') {
      if (line.p !== '') await mkdir(path, { mode: 0o700 });
      open.push(line);
    } else if (line.k === 'l') {
      await symlink(Buffer.from(line.to, 'latin1'), path);
      await setMeta(path, line, options.owner);
    } else {
      file = await openNew(path, line, options.owner);
      const inline = Buffer.from(line.b ?? '', 'base64');
      if (inline.length > 0) await append(inline);
    }
  };
  const append = async (data: Buffer) => {
    if (!file) throw treeDamaged('blobs of no file');
    await file.append(data);
    written += data.length;
    if (written > root.bytes) throw treeDamaged('more bytes than it says');
    options.onBytes?.(written, root.bytes);
  };

  return {
    async write(lines) {
      const ids = lines.flatMap(idsOf);
      const blobs = openAll(ids, options)[Symbol.asyncIterator]();
      for (const line of lines) {
        options.signal.throwIfAborted();
        await enter(line);
        for (let left = idsOf(line).length; left > 0; left -= 1) {
          const blob = await blobs.next();
          if (blob.done === true) throw treeDamaged('a blob too few');
          await append(blob.value);
        }
      }
      await blobs.return(undefined);
    },
    async end() {
      await endFile();
      while (open.length > 0) {
        const top = open.pop();
        if (top) await setMeta(pathOf(top.p), top, options.owner);
      }
      if (written !== root.bytes) throw treeDamaged('fewer bytes than it says');
    },
    [Symbol.asyncDispose]: async () => file?.[Symbol.asyncDispose](),
  };
}

function idsOf(line: TreeLine): readonly Hex[] {
  return 'c' in line ? (line.c ?? []) : [];
}

interface OpenFile extends AsyncDisposable {
  append(data: Buffer): Promise<void>;
  end(): Promise<void>;
}

async function openNew(
  path: Buffer,
  entry: TreeEntry & { readonly k: 'f' },
  owner: Owner | null,
): Promise<OpenFile> {
  const handle: FileHandle = await open(path, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW, 0o600);
  let at = 0;
  return {
    async append(data) {
      // Zeros are left as a hole.
      if (!isZero(data)) await writeAll(handle, data, at);
      at += data.length;
    },
    async end() {
      await using file = handle;
      await file.truncate(at);
      if (at !== entry.s) throw treeDamaged('a file of another size');
      await setMeta(path, entry, owner);
    },
    [Symbol.asyncDispose]: () => handle.close(),
  };
}

async function writeAll(file: FileHandle, data: Buffer, at: number): Promise<void> {
  for (let done = 0; done < data.length;) {
    const { bytesWritten } = await file.write(data, done, data.length - done, at + done);
    done += bytesWritten;
  }
}

/** Owner before mode: changing the owner drops set-user-id. */
async function setMeta(path: Buffer, entry: TreeEntry, owner: Owner | null): Promise<void> {
  const isRoot = process.getuid?.() === 0;
  if (owner) await lchown(path, owner.uid, owner.gid);
  else if (isRoot && entry.o) await lchown(path, ...entry.o);
  // What is in the root has yet to be moved.
  if (entry.k !== 'l') await chmod(path, entry.p === '' ? entry.m | 0o700 : entry.m);
  await lutimes(path, entry.t / 1000, entry.t / 1000);
}

/**
 * Replaces what is in a volume by a snapshot. `phase` says how far an earlier try had come, and is told before each step
 * what is about to be done; it must be on disk when `onPhase` resolves. Until `swapping`, a failure leaves the volume
 * as it was.
 */
export async function replaceVolume(
  folder: string,
  root: Root,
  options: WriteOptions & {
    readonly phase: RestorePhase;
    readonly onPhase: (phase: RestorePhase) => Promise<void>;
  },
): Promise<void> {
  const [incoming, outgoing] = [join(folder, restoring), join(folder, replaced)];
  if (options.phase === 'filling') {
    await removeTree(incoming);
    try {
      await writeSnapshot(incoming, root, options);
    } catch (error) {
      await removeTree(incoming);
      throw (error as NodeJS.ErrnoException).code === 'ENOSPC' ? noRoom(root, error) : error;
    }
    await options.onPhase('clearing');
  }
  if (options.phase !== 'swapping') {
    await mkdir(outgoing, { recursive: true, mode: 0o700 });
    for (const name of await namesIn(folder)) {
      if (!(workFolders as readonly string[]).includes(name)) await move(folder, outgoing, name);
    }
    await options.onPhase('swapping');
  }
  await bringIn(folder, incoming);
  await removeTree(outgoing);
}

/** `filling`: the new beside the old. `clearing`: the old is taken away. `swapping`: the new is put in place. */
export const restorePhases = ['filling', 'clearing', 'swapping'] as const;
export type RestorePhase = (typeof restorePhases)[number];

async function bringIn(folder: string, incoming: string): Promise<void> {
  const names = await namesIn(incoming).catch(() => undefined);
  // Gone already: a crash came between this step and the note of it.
  if (!names) return;
  for (const name of names) await move(incoming, folder, name);
  const { mode, uid, gid } = await statOf(incoming);
  await chmod(folder, mode & 0o7777);
  if (process.getuid?.() === 0) await lchown(folder, uid, gid);
  await rmdir(incoming);
}

async function statOf(folder: string): Promise<{ mode: number; uid: number; gid: number }> {
  await using handle = await open(folder, constants.O_RDONLY | constants.O_DIRECTORY | O_NOFOLLOW);
  const { mode, uid, gid } = await handle.stat();
  return { mode, uid, gid };
}

function namesIn(folder: string): Promise<string[]> {
  return readdir(folder, { encoding: 'latin1' });
}

function move(from: string, to: string, name: string): Promise<void> {
  const at = (folder: string) => Buffer.concat([Buffer.from(`${folder}/`), Buffer.from(name, 'latin1')]);
  return rename(at(from), at(to));
}

/** Directories that forbid it are no reason to leave them. */
async function removeTree(folder: string): Promise<void> {
  const remove = () => rm(folder, { recursive: true, force: true });
  await remove().catch(async (error: NodeJS.ErrnoException) => {
    if (error.code !== 'EACCES' && error.code !== 'EPERM') throw error;
    await openUp(Buffer.from(folder));
    await remove();
  });
}

async function openUp(folder: Buffer): Promise<void> {
  await chmod(folder, 0o700);
  for (const entry of await readdir(folder, { withFileTypes: true, encoding: 'buffer' })) {
    if (entry.isDirectory()) await openUp(Buffer.concat([folder, Buffer.from('/'), entry.name]));
  }
}

function isWithin(path: string, folder: string): boolean {
  return folder === '' || path.startsWith(`${folder}/`);
}

function isZero(data: Buffer): boolean {
  return data.length >= 4096 && data[0] === 0 && data.compare(data, 1, data.length, 0, data.length - 1) === 0;
}

function jsonOf(bytes: Buffer): unknown {
  try {
    return JSON.parse(bytes.toString('utf8'));
  } catch {
    return undefined;
  }
}

function noRoom(root: Root, cause: unknown): Fault {
  return new Fault('snapshot.disk-full', `there is no room for the ${root.bytes} bytes of the snapshot`, {
    blame: 'self',
    data: { bytes: root.bytes },
    remedy: 'free some disk and try again',
    cause,
  });
}
