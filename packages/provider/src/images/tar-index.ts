/**
 * Where each file of a tar lies, so that an image's blobs are read in the order of its manifest and not of the tar.
 * The tar is a stranger's: the number of its entries is capped.
 */
import { createReadStream } from 'node:fs';
import { extract } from 'tar-stream';
import { imageMalformed } from '../drivers/faults.ts';

export interface TarFile {
  readonly offset: number;
  readonly size: number;
}

const maxEntries = 10_000;
const headerBytes = 512;

/** Regular files by their path without a leading `./`; symbolic links (old `docker save`) are resolved to files. */
export async function indexTar(path: string, signal: AbortSignal): Promise<ReadonlyMap<string, TarFile>> {
  const files = new Map<string, TarFile>();
  const links = new Map<string, string>();
  const entries = extract();
  const source = createReadStream(path, { highWaterMark: 1 << 20, signal });
  source.on('error', (error) => entries.destroy(error)).pipe(entries);
  let count = 0;
  try {
    for await (const entry of entries) {
      if ((count += 1) > maxEntries) throw imageMalformed(`more than ${maxEntries} files in the archive`);
      const { name, type, size, linkname } = entry.header;
      const cleaned = joinParts([], name);
      if (type === 'file') files.set(cleaned, { offset: entry.offset + headerBytes, size });
      if (type === 'symlink') links.set(cleaned, resolveLink(cleaned, linkname));
      entry.resume();
    }
  } catch (error) {
    signal.throwIfAborted();
    throw source.errored ?? (isFormatError(error) ? imageMalformed('not a whole tar archive', error) : error);
  } finally {
    source.destroy();
  }
  for (const [from, target] of links) {
    const found = files.get(target);
    if (found !== undefined) files.set(from, found);
  }
  return files;
}

/** What `tar-stream` says of bytes that are no tar; its errors have no code. */
export function isFormatError(error: unknown): boolean {
  return error instanceof Error && error.name === 'Error' && !('code' in error);
}

function resolveLink(path: string, target: string): string {
  return joinParts(target.startsWith('/') ? [] : path.split('/').slice(0, -1), target);
}

function joinParts(base: readonly string[], path: string): string {
  const parts = [...base];
  for (const part of path.split('/')) {
    if (part === '..') parts.pop();
    else if (part !== '' && part !== '.') parts.push(part);
  }
  return parts.join('/');
}
