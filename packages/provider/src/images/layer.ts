/**
 * Applies layers to a root file system in a folder. A layer is a stranger's tar: whatever it names stays inside the
 * folder (`..` is refused, links are followed only as the root of the image would), device nodes and pipes are left
 * out, set-uid bits are dropped, sizes and counts are capped. Nobody else may touch the folder meanwhile.
 */
import { chmod, lchown, link, lstat, mkdir, open, readdir, readlink, rm, symlink } from 'node:fs/promises';
import { join } from 'node:path';
import { Fault } from '@souk/protocol';
import { type Extract, extract, type Header } from 'tar-stream';
import { codeOf, imageMalformed, imageTooLarge } from '../drivers/faults.ts';
import type { Layer } from './archive.ts';
import type { ImageLimits } from './limits.ts';
import { isFormatError } from './tar-index.ts';

/** What may still be unpacked; shared by all layers of an image. */
export interface Budget {
  files: number;
}

export interface UnpackOptions {
  readonly limits: ImageLimits;
  readonly budget: Budget;
  /** Who owns the files; the caller where left out. */
  readonly owner?: { readonly uid: number; readonly gid: number };
  readonly signal: AbortSignal;
}

type Entry = Extract extends AsyncIterable<infer E> ? E : never;

const maxLinks = 40;
const maxDepth = 256;
const opaque = '.wh..wh..opq';
const whiteout = '.wh.';

export async function applyLayer(root: string, layer: Layer, options: UnpackOptions): Promise<void> {
  const tree = new Tree(root, options);
  const entries = extract();
  const failure = layer.pipeTo(entries, options.signal).then(
    () => undefined,
    (error: unknown) => error,
  );
  try {
    for await (const entry of entries) await tree.add(entry);
  } catch (error) {
    if (!isFormatError(error)) throw error;
    // Where the reading broke off, what it says is the cause.
    const cause = await failure;
    throw cause instanceof Fault ? cause : imageMalformed('a layer is not a whole tar', error);
  }
  const failed = await failure;
  if (failed !== undefined) throw failed;
}

/** A root file system while one layer is applied to it. */
class Tree {
  readonly #root: string;
  readonly #options: UnpackOptions;
  /** Folders known to be real folders inside the root, by the path that the layer used. */
  readonly #folders = new Map<string, string>();
  /** Real paths that this layer wrote: its whiteouts don't touch them. */
  readonly #written = new Set<string>();

  constructor(root: string, options: UnpackOptions) {
    this.#root = root;
    this.#options = options;
  }

  async add(entry: Entry): Promise<void> {
    const { header } = entry;
    const { budget, limits } = this.#options;
    budget.files -= 1;
    if (budget.files < 0) throw imageTooLarge('number of files', limits.maxFiles);

    const parts = partsOf(header.name);
    const name = parts.at(-1);
    if (name === undefined) return void entry.resume();
    const parent = await this.#folder(parts.slice(0, -1), 0);
    if (name === opaque) await this.#clear(parent);
    else if (name.startsWith(whiteout)) await this.#remove(parent, name.slice(whiteout.length));
    else await this.#put(join(parent, name), header, entry);
    entry.resume();
  }

  async #put(path: string, header: Header, entry: Entry): Promise<void> {
    const mode = header.mode ?? 0o644;
    switch (header.type) {
      case 'directory':
        await this.#makeFolder(path, (mode & 0o1777) | 0o700);
        break;
      case 'file':
      case 'contiguous-file': {
        await this.#makeRoom(path);
        // `wx` never follows a link that is already there.
        await using file = await open(path, 'wx', 0o600);
        await file.writeFile(entry as AsyncIterable<Uint8Array>);
        await file.chmod((mode & 0o777) | 0o400);
        await file.utimes(header.mtime, header.mtime);
        break;
      }
      case 'symlink':
        if (!header.linkname || header.linkname.length > 4096) throw imageMalformed('a bad symbolic link');
        await this.#makeRoom(path);
        await symlink(header.linkname, path);
        break;
      case 'link':
        await this.#hardLink(path, header.linkname ?? '');
        break;
      case 'block-device':
      case 'character-device':
      case 'fifo':
        return;
    }
    this.#written.add(path);
    const { owner } = this.#options;
    if (owner !== undefined && header.type !== 'link') await lchown(path, owner.uid, owner.gid);
  }

  async #hardLink(path: string, linkname: string): Promise<void> {
    const parts = partsOf(linkname);
    const target = join(await this.#folder(parts.slice(0, -1), 0), parts.at(-1) ?? '');
    const found = await statOf(target);
    if (found === undefined || found.isDirectory()) throw imageMalformed('a hard link to what is not a file');
    if (target === path) return;
    await this.#makeRoom(path);
    await link(target, path);
  }

  async #makeFolder(path: string, mode: number): Promise<void> {
    const found = await statOf(path);
    if (found !== undefined && !found.isDirectory()) await this.#makeRoom(path);
    if (!found?.isDirectory()) await mkdir(path);
    await chmod(path, mode);
  }

  /** Removes what is at `path`, whatever it is. */
  async #makeRoom(path: string): Promise<void> {
    const found = await statOf(path);
    if (found === undefined) return;
    // A folder or a link to one may be remembered as a way.
    if (!found.isFile()) this.#folders.clear();
    await rm(path, { recursive: true });
  }

  async #remove(parent: string, name: string): Promise<void> {
    if (name === '' || name === '.' || name === '..') throw imageMalformed('a bad whiteout');
    const path = join(parent, name);
    if (!this.#written.has(path)) await this.#makeRoom(path);
  }

  /** Removes what lower layers put into a folder. */
  async #clear(parent: string): Promise<void> {
    for (const name of await readdir(parent)) {
      const path = join(parent, name);
      if (this.#wroteBelow(path)) continue;
      await this.#makeRoom(path);
    }
  }

  #wroteBelow(path: string): boolean {
    if (this.#written.has(path)) return true;
    for (const written of this.#written) if (written.startsWith(`${path}/`)) return true;
    return false;
  }

  /** The real folder that `parts` lead to inside the root; made where missing. */
  async #folder(parts: readonly string[], links: number): Promise<string> {
    const key = parts.join('/');
    const known = this.#folders.get(key);
    if (known !== undefined) return known;
    const name = parts.at(-1);
    if (name === undefined) return this.#root;
    if (parts.length > maxDepth) throw imageMalformed('a path is too deep');

    const parent = await this.#folder(parts.slice(0, -1), links);
    const path = join(parent, name);
    const found = await statOf(path);
    const real = found?.isSymbolicLink() ? await this.#follow(path, links + 1) : path;
    if (found === undefined) {
      await mkdir(path, 0o755);
      const { owner } = this.#options;
      if (owner !== undefined) await lchown(path, owner.uid, owner.gid);
    } else if (real === path && !found.isDirectory()) throw imageMalformed('a path leads through a file');
    this.#folders.set(key, real);
    return real;
  }

  /** Where a link leads if the root were `/`. */
  async #follow(path: string, links: number): Promise<string> {
    if (links > maxLinks) throw imageMalformed('links in a circle');
    const target = await readlink(path);
    const base = target.startsWith('/') ? '' : path.slice(this.#root.length, path.lastIndexOf('/'));
    const parts: string[] = [];
    for (const part of `${base}/${target}`.split('/')) {
      if (part === '..') parts.pop();
      else if (part !== '' && part !== '.') parts.push(part);
    }
    return this.#folder(parts, links);
  }
}

function partsOf(name: string): readonly string[] {
  const parts = name.split('/').filter((part) => part !== '' && part !== '.');
  if (parts.includes('..') || name.includes('\0')) throw imageMalformed('a path leads out of the image');
  return parts;
}

async function statOf(path: string) {
  try {
    return await lstat(path);
  } catch (error) {
    if (codeOf(error) === 'ENOENT') return undefined;
    throw error;
  }
}
