/**
 * Files that must never be on a disk: a folder of ours on a file system in memory, with one folder for each replica.
 * It outlives the daemon and ends with the machine's power. Only its owner may look into it.
 */
import { chmodSync, lstatSync, mkdirSync, statfsSync } from 'node:fs';
import { chmod, chown, mkdir, readdir, rename, rm, rmdir, writeFile } from 'node:fs/promises';
import { createHash } from 'node:crypto';
import { join } from 'node:path';
import { codeOf, noMemoryFolder } from './faults.ts';

export interface MemoryFolder {
  /** Paths of the files, in the order of `texts`; what was there under this name before is gone. */
  put(name: string, files: readonly Uint8Array[], access: FileAccess): Promise<readonly string[]>;
  /** Those that were put there, in their order; none where it is gone. */
  pathsIn(name: string): Promise<readonly string[]>;
  /** Nothing there is fine. */
  remove(name: string): Promise<void>;
  /** Leaves nothing of ours where nothing is kept. */
  tidy(): Promise<void>;
  /** Names that start so. */
  list(prefix: string): Promise<readonly string[]>;
}

export interface FileAccess {
  /** Undefined: ourselves. */
  readonly owner: { readonly uid: number; readonly gid: number } | undefined;
  /** `all`: whoever is handed a file by a mount may read it; the folder above stays shut. */
  readonly readers: 'owner' | 'all';
}

/** `man 2 statfs`: tmpfs and ramfs. */
const inMemory = new Set([0x01021994, 0x858458f6]);
const places = ['/dev/shm', `/run/user/${process.getuid?.() ?? ''}`, '/run'];

/** `key` tells one provider's files from another's. Makes nothing before something is put. */
export function openMemoryFolder(
  key: string,
  { isOpenToPass }: { readonly isOpenToPass: boolean },
): MemoryFolder {
  const name = `souk-${createHash('sha256').update(key).digest('hex').slice(0, 16)}`;
  const find = () => {
    for (const place of places) {
      const path = join(place, name);
      if (isUsable(place) && makeOwn(path, isOpenToPass ? 0o711 : 0o700)) return path;
    }
    throw noMemoryFolder(places);
  };
  const existing = () => places.map((place) => join(place, name)).filter(isOwn);
  return {
    async put(entry, files, { owner, readers }) {
      const folder = join(find(), entry);
      const draft = `${folder}.new`;
      for (const path of [folder, draft]) await rm(path, { recursive: true, force: true });
      await mkdir(draft, { mode: 0o700 });
      for (const [index, bytes] of files.entries()) {
        const path = join(draft, String(index));
        await writeFile(path, bytes, { mode: 0o400, flag: 'wx' });
        if (readers === 'all') await chmod(path, 0o444);
        if (owner !== undefined) await chown(path, owner.uid, owner.gid);
      }
      if (owner !== undefined) await chown(draft, owner.uid, owner.gid);
      await rename(draft, folder);
      return files.map((_, index) => join(folder, String(index)));
    },
    async pathsIn(entry) {
      const [folder] = existing()
        .map((each) => join(each, entry))
        .filter(isOwn);
      if (folder === undefined) return [];
      const names = await readdir(folder);
      return names.map((_, index) => join(folder, String(index)));
    },
    async remove(entry) {
      for (const folder of existing()) await rm(join(folder, entry), { recursive: true, force: true });
    },
    async tidy() {
      // Not where something is in it.
      for (const folder of existing()) await rmdir(folder).catch(() => undefined);
    },
    async list(prefix) {
      const names = await Promise.all(existing().map((folder) => readdir(folder)));
      return names.flat().filter((each) => each.startsWith(prefix));
    },
  };
}

function isUsable(place: string): boolean {
  try {
    return inMemory.has(statfsSync(place).type);
  } catch {
    return false;
  }
}

/** False where we may not, or where it is somebody else's: anyone may make folders in /dev/shm. */
function makeOwn(path: string, mode: number): boolean {
  try {
    mkdirSync(path, { mode });
  } catch (error) {
    if (codeOf(error) !== 'EEXIST') return false;
  }
  if (!isOwn(path)) return false;
  chmodSync(path, mode);
  return true;
}

function isOwn(path: string): boolean {
  const found = lstatSync(path, { throwIfNoEntry: false });
  return found !== undefined && found.isDirectory() && found.uid === process.getuid?.();
}
