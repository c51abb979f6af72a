/**
 * Looks for bytes in all files of a folder: as they are, and written as hex or base64. Also a program of its own,
 * `node search.ts FOLDER NEEDLES SINCE_MS`, for folders that only a container may look into; NEEDLES is a file of
 * JSON with base64. Prints the paths. Stays on one file system: what others have mounted inside is theirs to look at.
 */
import { closeSync, lstatSync, openSync, readdirSync, readFileSync, readSync } from 'node:fs';
import { join } from 'node:path';

const chunkBytes = 1 << 20;

/** Paths of the regular files, changed since then, that hold one of them. */
export function searchFolder(
  folder: string,
  needles: readonly Uint8Array[],
  sinceMs: number,
): readonly string[] {
  const forms = needles.flatMap(formsOf);
  return [...filesIn(folder, sinceMs)].filter((path) => holdsAny(path, forms));
}

/** What bytes may look like inside others: base64 of what is around them too, wherever they begin. */
export function formsOf(needle: Uint8Array): readonly Buffer[] {
  const bytes = Buffer.from(needle);
  const hex = bytes.toString('hex');
  const shifted = [0, 1, 2].map((shift) => {
    const text = Buffer.concat([Buffer.alloc(shift), bytes]).toString('base64');
    // The outermost characters depend on the neighbours.
    return text.slice(shift === 0 ? 0 : shift + 1, -4);
  });
  const web = shifted.map((text) => text.replaceAll('+', '-').replaceAll('/', '_'));
  return [bytes, ...[hex, hex.toUpperCase(), ...shifted, ...web].map((text) => Buffer.from(text))];
}

function* filesIn(folder: string, sinceMs: number, device = lstatSync(folder).dev): Iterable<string> {
  for (const name of namesIn(folder)) {
    const path = join(folder, name);
    const found = lstatSync(path, { throwIfNoEntry: false });
    if (found === undefined || found.dev !== device) continue;
    if (found.isDirectory()) yield* filesIn(path, sinceMs, device);
    else if (found.isFile() && Math.max(found.mtimeMs, found.ctimeMs) >= sinceMs) yield path;
  }
}

/** None where it has gone meanwhile. */
function namesIn(folder: string): readonly string[] {
  try {
    return readdirSync(folder);
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return [];
    throw error;
  }
}

function holdsAny(path: string, forms: readonly Buffer[]): boolean {
  const longest = Math.max(...forms.map((form) => form.length));
  const buffer = Buffer.alloc(chunkBytes + longest);
  let file: number;
  try {
    file = openSync(path, 'r');
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return false;
    throw error;
  }
  try {
    let kept = 0;
    for (;;) {
      const read = readAt(path, file, buffer, kept);
      if (read === 0) return false;
      const seen = buffer.subarray(0, kept + read);
      if (forms.some((form) => seen.includes(form))) return true;
      kept = Math.min(longest - 1, seen.length);
      seen.copy(buffer, 0, seen.length - kept);
    }
  } finally {
    closeSync(file);
  }
}

function readAt(path: string, file: number, buffer: Buffer, offset: number): number {
  try {
    return readSync(file, buffer, offset, chunkBytes, null);
  } catch (cause) {
    throw new Error(`can't read ${path}`, { cause });
  }
}

if (process.argv[1] === import.meta.filename) {
  const [, , folder = '', needlesFile = '', sinceMs = '0'] = process.argv;
  const needles = (JSON.parse(readFileSync(needlesFile, 'utf8')) as string[]).map((text) =>
    Buffer.from(text, 'base64'),
  );
  process.stdout.write(`${searchFolder(folder, needles, Number(sinceMs)).join('\n')}\n`);
}
