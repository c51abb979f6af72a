/**
 * Images unpacked on this disk, each in a folder named by the archive's digest: `rootfs/` and `image.json`. A folder
 * is complete or not there: it is made under another name and renamed. The sandbox and process drivers call it; they
 * never write into a rootfs.
 */
import { chown, lchown, mkdir, mkdtemp, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { asOutOfRoom, codeOf, imageMalformed } from '../drivers/faults.ts';
import { openArchive } from './archive.ts';
import type { ImageConfig } from './image-config.ts';
import { applyLayer } from './layer.ts';
import type { ImageLimits } from './limits.ts';

export interface StoredImage {
  readonly reference: string;
  readonly digest: string;
  readonly rootfs: string;
  readonly config: ImageConfig;
}

export interface ImageStore {
  /** Unpacks the archive unless it is there. Several at once of the same digest are one job. */
  unpack(
    archive: { readonly reference: string; readonly path: string; readonly digest: string },
    options: { readonly signal: AbortSignal; readonly onProgress?: (percent: number) => void },
  ): Promise<StoredImage>;
  find(digest: string): Promise<StoredImage | undefined>;
}

export interface ImageStoreOptions {
  readonly limits: ImageLimits;
  readonly owner?: { readonly uid: number; readonly gid: number };
}

interface Job {
  readonly done: Promise<void>;
  readonly abort: AbortController;
  waiters: number;
  readonly progress: Set<(percent: number) => void>;
}

const halfDone = 'unpacking-';

export async function openImageStore(folder: string, options: ImageStoreOptions): Promise<ImageStore> {
  await mkdir(folder, { recursive: true });
  await removeHalfDone(folder);
  const jobs = new Map<string, Job>();

  async function find(digest: string): Promise<StoredImage | undefined> {
    const at = folderOf(folder, digest);
    try {
      const stored = JSON.parse(await readFile(join(at, 'image.json'), 'utf8')) as Omit<
        StoredImage,
        'rootfs'
      >;
      return { ...stored, rootfs: join(at, 'rootfs') };
    } catch (error) {
      if (codeOf(error) === 'ENOENT') return undefined;
      throw error;
    }
  }

  function startJob(archive: { reference: string; path: string; digest: string }): Job {
    const abort = new AbortController();
    const progress = new Set<(percent: number) => void>();
    const report = (percent: number) => progress.forEach((each) => each(percent));
    const done = unpackArchive(folder, archive, options, abort.signal, report);
    const job: Job = { done, abort, waiters: 0, progress };
    jobs.set(archive.digest, job);
    void done.catch(() => undefined).finally(() => forget(archive.digest, job));
    return job;
  }

  function forget(digest: string, job: Job): void {
    if (jobs.get(digest) === job) jobs.delete(digest);
  }

  return {
    find,
    async unpack(archive, { signal, onProgress }) {
      signal.throwIfAborted();
      const there = await find(archive.digest);
      if (there !== undefined) return there;
      const job = jobs.get(archive.digest) ?? startJob(archive);
      job.waiters += 1;
      if (onProgress !== undefined) job.progress.add(onProgress);
      try {
        await untilAborted(job.done, signal);
      } finally {
        job.waiters -= 1;
        if (onProgress !== undefined) job.progress.delete(onProgress);
        if (job.waiters === 0) {
          // Nobody wants it any more, and whoever comes now must not get what is being given up.
          forget(archive.digest, job);
          job.abort.abort(signal.reason);
        }
      }
      const stored = await find(archive.digest);
      if (stored === undefined) throw new Error('an unpacked image has gone');
      return stored;
    },
  };
}

function folderOf(folder: string, digest: string): string {
  const hex = /^sha256:([0-9a-f]{64})$/.exec(digest)?.[1];
  if (hex === undefined) throw imageMalformed('its digest is not sha256');
  return join(folder, hex);
}

/** Effects: a folder under a passing name, then its final one. Rejects with a fault, and leaves nothing. */
async function unpackArchive(
  folder: string,
  archive: { reference: string; path: string; digest: string },
  { limits, owner }: ImageStoreOptions,
  signal: AbortSignal,
  onProgress: (percent: number) => void,
): Promise<void> {
  const work = await mkdtemp(join(folder, `${halfDone}${process.pid}-`));
  try {
    const zipped = join(work, 'zipped');
    await mkdir(zipped);
    await using opened = await openArchive({ ...archive, work: zipped, limits }, signal);
    const rootfs = join(work, 'rootfs');
    await mkdir(rootfs, 0o755);
    if (owner !== undefined) await lchown(rootfs, owner.uid, owner.gid);
    const budget = { files: limits.maxFiles };
    const total = opened.layers.reduce((sum, layer) => sum + layer.bytes, 0);
    let bytesDone = 0;
    for (const layer of opened.layers) {
      await applyLayer(rootfs, layer, { limits, budget, signal, ...(owner && { owner }) });
      bytesDone += layer.bytes;
      onProgress(Math.floor((100 * bytesDone) / Math.max(1, total)));
    }
    const { reference, digest } = archive;
    await writeFile(join(work, 'image.json'), JSON.stringify({ reference, digest, config: opened.config }));
    await rm(zipped, { recursive: true });
    if (owner !== undefined) await chown(work, owner.uid, owner.gid);
    await moveInto(work, folderOf(folder, digest));
  } catch (error) {
    await rm(work, { recursive: true, force: true });
    throw asOutOfRoom(error) ?? error;
  }
}

async function moveInto(work: string, target: string): Promise<void> {
  try {
    await rename(work, target);
  } catch (error) {
    // Another process of ours was faster with the same bytes.
    if (codeOf(error) !== 'ENOTEMPTY' && codeOf(error) !== 'EEXIST') throw error;
    await rm(work, { recursive: true, force: true });
  }
}

/** What a process that has ended left in the middle. */
async function removeHalfDone(folder: string): Promise<void> {
  for (const name of await readdir(folder)) {
    const pid = new RegExp(`^${halfDone}(\\d+)-`).exec(name)?.[1];
    if (pid === undefined || (Number(pid) !== process.pid && isAlive(Number(pid)))) continue;
    await rm(join(folder, name), { recursive: true, force: true });
  }
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return codeOf(error) === 'EPERM';
  }
}

function untilAborted<T>(promise: Promise<T>, signal: AbortSignal): Promise<T> {
  return new Promise((resolve, reject) => {
    const stop = () => reject(signal.reason as Error);
    if (signal.aborted) stop();
    signal.addEventListener('abort', stop, { once: true });
    promise.then(resolve, reject).finally(() => signal.removeEventListener('abort', stop));
  });
}
