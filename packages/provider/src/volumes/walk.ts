/**
 * Walks a folder that a workload may be changing meanwhile, and that may try to lead us out of it: every directory is
 * opened once and what is in it is reached through that handle, so no link put in its place is ever followed.
 */
import type { BigIntStats } from 'node:fs';
import { constants } from 'node:fs';
import { type FileHandle, lstat, open, readdir, readlink } from 'node:fs/promises';
import { maxDepth, workFolders } from './tree.ts';

export type Found = {
  /** From the folder walked; '' is that folder. Names are bytes as Latin-1. */
  readonly path: string;
  readonly stat: BigIntStats;
} & (
  | { readonly kind: 'directory' }
  | { readonly kind: 'link'; readonly to: string }
  /** Opens it for reading; undefined where it is gone, or no file any more. */
  | { readonly kind: 'file'; readonly open: () => Promise<FileHandle | undefined> }
  /** Not part of a snapshot, and why. */
  | { readonly kind: 'other'; readonly why: string }
);

const { O_RDONLY, O_DIRECTORY, O_NOFOLLOW, O_NONBLOCK } = constants;

/** Directories before what is in them, names in byte order. Linux only. */
export async function* walkFolder(folder: string, signal: AbortSignal): AsyncGenerator<Found> {
  await using root = await open(folder, O_RDONLY | O_DIRECTORY | O_NOFOLLOW);
  yield { path: '', stat: await root.stat({ bigint: true }), kind: 'directory' };
  yield* walkOpen(root, '', 0, signal);
}

async function* walkOpen(
  directory: FileHandle,
  above: string,
  depth: number,
  signal: AbortSignal,
): AsyncGenerator<Found> {
  // The handle's own entry in /proc leads to the directory that was opened, whatever its path leads to by now.
  const here = `/proc/self/fd/${directory.fd}`;
  const names = await readdir(here, { encoding: 'latin1' });
  names.sort((a, b) => (a < b ? -1 : 1));
  for (const name of names) {
    signal.throwIfAborted();
    if (depth === 0 && (workFolders as readonly string[]).includes(name)) continue;
    const place = Buffer.from(`${here}/${name}`, 'latin1');
    const path = above === '' ? name : `${above}/${name}`;
    const stat = await unlessGone(lstat(place, { bigint: true }));
    if (!stat) continue;
    if (stat.isDirectory()) {
      yield* walkChild(place, path, depth + 1, stat, signal);
    } else if (stat.isSymbolicLink()) {
      const to = await unlessGone(readlink(place, { encoding: 'latin1' }));
      if (to !== undefined) yield { path, stat, kind: 'link', to };
    } else if (stat.isFile()) {
      yield { path, stat, kind: 'file', open: () => openFile(place) };
    } else {
      yield { path, stat, kind: 'other', why: 'a socket, pipe or device' };
    }
  }
}

async function* walkChild(
  place: Buffer,
  path: string,
  depth: number,
  stat: BigIntStats,
  signal: AbortSignal,
): AsyncGenerator<Found> {
  if (depth >= maxDepth) return yield { path, stat, kind: 'other', why: 'nested too deep' };
  const handle = await open(place, O_RDONLY | O_DIRECTORY | O_NOFOLLOW).catch(codeOf);
  if (typeof handle === 'string') {
    if (!isGone(handle)) yield { path, stat, kind: 'other', why: handle };
    return;
  }
  await using child = handle;
  yield { path, stat: await child.stat({ bigint: true }), kind: 'directory' };
  yield* walkOpen(child, path, depth, signal);
}

/** Not blocking: what was a file may be a pipe by now. Throws what forbids reading it. */
async function openFile(place: Buffer): Promise<FileHandle | undefined> {
  const handle = await unlessGone(open(place, O_RDONLY | O_NOFOLLOW | O_NONBLOCK));
  if (!handle) return undefined;
  if ((await handle.stat()).isFile()) return handle;
  await handle.close();
  return undefined;
}

async function unlessGone<T>(work: Promise<T>): Promise<T | undefined> {
  try {
    return await work;
  } catch (error) {
    if (isGone(codeOf(error))) return undefined;
    throw error;
  }
}

function codeOf(error: unknown): string {
  return (error as NodeJS.ErrnoException).code ?? 'unreadable';
}

/** Removed, or replaced by something else, since its name was read. */
function isGone(code: string): boolean {
  return ['ENOENT', 'ENOTDIR', 'ELOOP', 'EINVAL', 'ENXIO'].includes(code);
}
