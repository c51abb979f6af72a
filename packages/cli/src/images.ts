/**
 * Images that this machine can hand to a provider: tars by their SHA-256 in one folder, and an index from references
 * to them. Bytes are checked when they come in; what is in the folder is what its name says.
 */
import { createHash } from 'node:crypto';
import {
  closeSync,
  createReadStream,
  createWriteStream,
  existsSync,
  mkdirSync,
  openSync,
  readFileSync,
  readSync,
  renameSync,
  rmSync,
  statSync,
} from 'node:fs';
import { join } from 'node:path';
import { Transform } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { Fault, type ImageBlob } from '@souk/protocol';
import { z } from 'zod';
import { writeFileAtomically } from './home.ts';

const indexSchema = z.strictObject({
  images: z.array(
    z.strictObject({
      reference: z.string().min(1).max(512),
      digest: z.string().regex(/^sha256:[0-9a-f]{64}$/),
      bytes: z.number().int().min(1),
      /** Unix milliseconds. */
      addedAt: z.number().int(),
    }),
  ),
});
export type StoredImage = z.output<typeof indexSchema>['images'][number];

export interface ImageStore {
  list(): readonly StoredImage[];
  find(reference: string): StoredImage | undefined;
  /** Copy a tar in under a name; the same name again takes the new tar. */
  add(reference: string, tar: string, now: number, signal: AbortSignal): Promise<StoredImage>;
  /** Faults with `image.changed` where its tar is gone or has another size; its digest is the provider's to check. */
  check(image: StoredImage): void;
  pathOf(digest: string): string;
  readonly read: (digest: string) => AsyncIterable<Uint8Array>;
}

export function openImageStore(folder: string): ImageStore {
  const indexFile = join(folder, 'index.json');
  const list = () => readIndex(indexFile);
  const pathOf = (digest: string) => join(folder, `${digest.replace(/^sha256:/, '')}.tar`);
  return {
    list,
    find: (reference) => list().find((image) => image.reference === reference),
    add: async (reference, tar, now, signal) => {
      if (reference === '' || reference.length > 512) throw badReference(reference);
      const { digest, bytes } = await copyHashed(tar, folder, pathOf, signal);
      const image = { reference, digest, bytes, addedAt: now };
      const others = list().filter((other) => other.reference !== reference);
      writeFileAtomically(indexFile, `${JSON.stringify({ images: [...others, image] }, null, 2)}\n`);
      return image;
    },
    check: (image) => {
      const has = statSync(pathOf(image.digest), { throwIfNoEntry: false })?.size;
      if (has !== image.bytes) throw changed(image, has);
    },
    pathOf,
    read: (digest) => createReadStream(pathOf(digest), { highWaterMark: 256 * 1024 }),
  };
}

/** "REF=TAR" of a flag; references hold no =, paths may. */
export function parseImageFlag(text: string): { readonly reference: string; readonly tar: string } {
  const at = text.indexOf('=');
  if (at > 0 && at < text.length - 1) return { reference: text.slice(0, at), tar: text.slice(at + 1) };
  throw new Fault('cli.usage', `"${text}" does not say an image and its tar`, {
    blame: 'user',
    remedy: 'write it as REF=TAR, e.g. --image app:1=app.tar',
  });
}

export function blobOf(image: StoredImage): ImageBlob {
  return { image: image.reference, digest: image.digest, bytes: image.bytes };
}

async function copyHashed(
  tar: string,
  folder: string,
  pathOf: (digest: string) => string,
  signal: AbortSignal,
): Promise<{ digest: string; bytes: number }> {
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const draft = join(folder, `incoming.${process.pid}.new`);
  const hash = createHash('sha256');
  let bytes = 0;
  const counted = new Transform({
    transform(chunk: Buffer, _encoding, done) {
      hash.update(chunk);
      bytes += chunk.length;
      done(null, chunk);
    },
  });
  try {
    await pipeline(createReadStream(tar), counted, createWriteStream(draft, { mode: 0o600, flush: true }), {
      signal,
    });
    if (!isTar(draft)) throw notTar(tar);
    const digest = `sha256:${hash.digest('hex')}`;
    renameSync(draft, pathOf(digest));
    return { digest, bytes };
  } catch (cause) {
    rmSync(draft, { force: true });
    if (cause instanceof Fault || signal.aborted) throw cause;
    throw new Fault('cli.file-unreadable', `the image ${tar} can't be read: ${(cause as Error).message}`, {
      blame: 'user',
      remedy: 'give the tar of an OCI layout, or what `docker save` wrote',
      cause,
    });
  }
}

// POSIX tar: "ustar" at byte 257 of the first header.
function isTar(file: string): boolean {
  const header = Buffer.alloc(5);
  const handle = openSync(file, 'r');
  readSync(handle, header, 0, 5, 257);
  closeSync(handle);
  return header.toString('latin1') === 'ustar';
}

function readIndex(file: string): readonly StoredImage[] {
  if (!existsSync(file)) return [];
  try {
    return indexSchema.parse(JSON.parse(readFileSync(file, 'utf8'))).images;
  } catch (cause) {
    throw new Fault('cli.record-damaged', `the index of images ${file} can't be read`, {
      blame: 'user',
      data: { file },
      remedy: 'move it away and add the images again with `souk image add`',
      cause,
    });
  }
}

function changed(image: StoredImage, has: number | undefined): Fault {
  const what = has === undefined ? 'is gone' : `has ${has} bytes, not ${image.bytes}`;
  return new Fault('image.changed', `the kept image ${image.reference} ${what}`, {
    blame: 'user',
    data: { reference: image.reference, digest: image.digest, bytes: image.bytes, has },
    remedy: `add it again: souk image add ${image.reference} TAR`,
  });
}

function notTar(tar: string): Fault {
  return new Fault('image.not-tar', `${tar} is no tar archive`, {
    blame: 'user',
    remedy: 'give the uncompressed tar of an OCI layout, or what `docker save` wrote',
  });
}

function badReference(reference: string): Fault {
  return new Fault('cli.usage', `"${reference.slice(0, 80)}" can't be an image's name`, {
    blame: 'user',
    remedy: 'use 1 to 512 characters, e.g. registry.example/app:1.0',
  });
}
