/**
 * Images that tenants hand over. A tar goes to a file of its own, at most as many bytes as announced, and gets its
 * name only once its SHA-256 is the promised one; the driver takes it from there and the file goes. However many
 * leases want the same image, it is taken once.
 */
import { createHash } from 'node:crypto';
import { mkdirSync, readdirSync, rmSync } from 'node:fs';
import { open, rename, rm, stat, statfs } from 'node:fs/promises';
import { join } from 'node:path';
import { type Clock, Fault, type ImageBlob, type Refused } from '@souk/protocol';
import type { Driver, LocalImage } from '../drivers/driver.ts';
import { raceAbort } from './abortable.ts';
import { refuse } from './accept.ts';

export interface ImageStore {
  /** True where it need not be sent. */
  has(digest: string): Promise<boolean>;
  /** Write frames to disk. Anything but undefined says why not; then nothing of it is kept. */
  receive(
    blob: ImageBlob,
    frames: AsyncIterable<Uint8Array>,
    signal: AbortSignal,
  ): Promise<Refused | undefined>;
  /** Let a sender finish whose bytes nobody needs; it looks at our answer only then. */
  drain(frames: AsyncIterable<Uint8Array>, maxBytes: number, signal: AbortSignal): Promise<void>;
  /** The image in the driver; waits for its upload. Throws `lease.image-missing` where none moves for too long. */
  ensure(blob: ImageBlob, options: EnsureOptions): Promise<LocalImage>;
}

export interface EnsureOptions {
  readonly signal: AbortSignal;
  readonly onProgress: (percent: number | null) => void;
}

export interface ImageStoreDeps {
  readonly driver: Pick<Driver, 'ensureImage' | 'hasImage'>;
  readonly folder: string;
  readonly clock: Clock;
}

export interface ImageStoreConfig {
  readonly imageWaitMs: number;
  readonly diskReserveGib: bigint;
}

interface Upload {
  received: number;
  bytes: number;
  movedAt: number;
  readonly done: Promise<unknown>;
}

const pollMs = 100;
const spaceCheckBytes = 64 * 2 ** 20;

export function createImageStore(deps: ImageStoreDeps, config: ImageStoreConfig): ImageStore {
  const { driver, folder, clock } = deps;
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  for (const name of readdirSync(folder))
    if (name.endsWith('.part')) rmSync(join(folder, name), { force: true });

  const uploads = new Map<string, Upload>();
  const loading = new Map<string, Promise<LocalImage>>();
  const pathOf = (digest: string) => join(folder, `${digest.replace(/[^0-9a-f]/g, '').slice(-64)}.tar`);
  const isOnDisk = (digest: string) =>
    stat(pathOf(digest)).then(
      () => true,
      () => false,
    );
  const has = async (digest: string) =>
    (await isOnDisk(digest)) || (await driver.hasImage(digest)) !== undefined;

  const hasRoom = async (bytes: number) => {
    const disk = await statfs(folder, { bigint: true });
    return disk.bavail * disk.bsize >= BigInt(bytes) + config.diskReserveGib;
  };

  const write = async (blob: ImageBlob, frames: AsyncIterable<Uint8Array>, upload: Upload, part: string) => {
    const hash = createHash('sha256');
    await using file = await open(part, 'w', 0o600);
    let checked = 0;
    for await (const frame of frames) {
      upload.received += frame.length;
      upload.movedAt = clock.now();
      if (upload.received > blob.bytes)
        return refuse('image-mismatch', `more than the announced ${blob.bytes} bytes`);
      if (upload.received - checked > spaceCheckBytes) {
        checked = upload.received;
        if (!(await hasRoom(blob.bytes - upload.received)))
          return refuse('busy', 'not enough disk for the image');
      }
      hash.update(frame);
      await file.writeFile(frame);
    }
    await file.sync();
    if (upload.received < blob.bytes) {
      return refuse('image-mismatch', `only ${upload.received} of ${blob.bytes} bytes came`);
    }
    const digest = `sha256:${hash.digest('hex')}`;
    if (digest !== blob.digest)
      return refuse('image-mismatch', `the bytes have digest ${digest}, not ${blob.digest}`);
    return undefined;
  };

  return {
    has,

    async receive(blob, frames, signal) {
      // One upload of an image at a time: whoever comes second waits, and mostly finds it there.
      for (let other = uploads.get(blob.digest); other; other = uploads.get(blob.digest)) {
        await other.done;
        signal.throwIfAborted();
      }
      const { promise, resolve } = Promise.withResolvers<void>();
      const upload: Upload = { received: 0, bytes: blob.bytes, movedAt: clock.now(), done: promise };
      uploads.set(blob.digest, upload);
      const part = `${pathOf(blob.digest)}.part`;
      try {
        if (await has(blob.digest)) return undefined;
        if (!(await hasRoom(blob.bytes))) return refuse('busy', 'not enough disk for the image');
        const refused = await write(
          blob,
          untilStalled(frames, config.imageWaitMs, clock, signal),
          upload,
          part,
        );
        if (!refused) await rename(part, pathOf(blob.digest));
        return refused;
      } catch (error) {
        if ((error as NodeJS.ErrnoException).code === 'ENOSPC') return refuse('busy', 'the disk is full');
        throw error;
      } finally {
        await rm(part, { force: true });
        uploads.delete(blob.digest);
        resolve();
      }
    },

    async drain(frames, maxBytes, signal) {
      let seen = 0;
      for await (const frame of untilStalled(frames, config.imageWaitMs, clock, signal)) {
        seen += frame.length;
        if (seen > maxBytes)
          throw new Fault('lease.upload-too-long', 'more bytes than announced', { blame: 'peer' });
      }
    },

    async ensure(blob, { signal, onProgress }) {
      let waitingSince = clock.now();
      for (;;) {
        const local = await driver.hasImage(blob.digest);
        if (local) return local;
        const known = loading.get(blob.digest);
        if (known) return await raceAbort(known, signal);
        if (await isOnDisk(blob.digest)) break;
        const upload = uploads.get(blob.digest);
        if (upload) {
          waitingSince = Math.max(waitingSince, upload.movedAt);
          onProgress(Math.floor((upload.received / upload.bytes) * 1000) / 10);
        }
        if (clock.now() - waitingSince > config.imageWaitMs) {
          throw new Fault('lease.image-missing', `the image ${blob.image} was not sent`, { blame: 'peer' });
        }
        await clock.sleep(pollMs, signal);
      }
      const path = pathOf(blob.digest);
      // It may have been loaded, and the file removed, since we looked.
      const ready = await driver.hasImage(blob.digest);
      if (ready) return ready;
      const source = { kind: 'archive', reference: blob.image, path, digest: blob.digest } as const;
      // Not this lease's signal: others may be waiting for the same image.
      const work =
        loading.get(blob.digest) ??
        driver.ensureImage(source, { signal: new AbortController().signal, onProgress });
      loading.set(blob.digest, work);
      const drop = () => rm(path, { force: true });
      void work
        .then(drop, (error: unknown) => (error instanceof Fault && error.retry ? undefined : drop()))
        .finally(() => loading.delete(blob.digest));
      return await raceAbort(work, signal);
    },
  };
}

/** The frames, or a fault once none comes for too long. */
async function* untilStalled(
  frames: AsyncIterable<Uint8Array>,
  stallMs: number,
  clock: Clock,
  signal: AbortSignal,
): AsyncIterable<Uint8Array> {
  const iterator = frames[Symbol.asyncIterator]();
  for (;;) {
    const timer = new AbortController();
    const stalled = clock.sleep(stallMs, AbortSignal.any([timer.signal, signal])).then(() => {
      throw new Fault('lease.upload-stalled', `no byte of the image came for ${stallMs} ms`, {
        blame: 'peer',
      });
    });
    stalled.catch(() => undefined);
    try {
      const next = await Promise.race([iterator.next(), stalled]);
      if (next.done) return;
      yield next.value;
    } finally {
      timer.abort();
    }
  }
}
