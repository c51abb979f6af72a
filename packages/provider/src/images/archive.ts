/**
 * Opens an image archive: a tar, plain or gzipped, of an OCI layout or of `docker save`. Says what the image runs and
 * hands out its layers in order, each checked against its digest while it is read. Never trusts a name, size or digest
 * of the archive without checking it. The image store calls it.
 */
import { createHash } from 'node:crypto';
import { createReadStream, createWriteStream } from 'node:fs';
import { type FileHandle, open } from 'node:fs/promises';
import { join } from 'node:path';
import { Transform } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { createGunzip, createZstdDecompress } from 'node:zlib';
import { z } from 'zod';
import { codeOf, digestMismatch, imageMalformed, imageTooLarge } from '../drivers/faults.ts';
import { type ImageConfig, ociArchitecture, parseImageConfig } from './image-config.ts';
import type { ImageLimits } from './limits.ts';
import { indexTar, type TarFile } from './tar-index.ts';

export interface Layer {
  readonly diffId: string;
  /** Of the layer as it lies in the archive. */
  readonly bytes: number;
  /** Writes the uncompressed tar; rejects at its end unless its digests are the stated ones. */
  pipeTo(sink: NodeJS.WritableStream, signal: AbortSignal): Promise<void>;
}

export interface ImageArchive extends AsyncDisposable {
  readonly config: ImageConfig;
  readonly layers: readonly Layer[];
}

const maxJsonBytes = 4 * 2 ** 20;
const digestSchema = z.string().regex(/^sha256:[0-9a-f]{64}$/);
const descriptorSchema = z.object({
  mediaType: z.string().max(200).optional(),
  digest: digestSchema,
  platform: z.object({ os: z.string(), architecture: z.string() }).optional(),
});
type Descriptor = z.output<typeof descriptorSchema>;
const indexSchema = z.object({ manifests: z.array(descriptorSchema).min(1).max(256) });
const manifestSchema = z.object({ config: descriptorSchema, layers: z.array(descriptorSchema).max(1024) });
const savedSchema = z
  .array(z.object({ Config: z.string().max(1024), Layers: z.array(z.string().max(1024)).max(1024) }))
  .min(1)
  .max(64);

const isIndex = (type: string | undefined) =>
  type !== undefined && /(image\.index|manifest\.list)\.v/.test(type);
const isLayer = (type: string | undefined) =>
  type === undefined || /(layer\.v1\.tar(\+gzip|\+zstd)?|rootfs\.diff\.tar(\.gzip|\.zstd)?)$/.test(type);

/** A stored layer: a file of the tar, with its own digest where the archive states one. */
interface StoredLayer {
  readonly file: TarFile;
  readonly digest: string | undefined;
}

export interface ArchiveSource {
  readonly path: string;
  /** Of the whole file. */
  readonly digest: string;
  /** An empty folder for what has to be unzipped first; the caller removes it. */
  readonly work: string;
  readonly limits: ImageLimits;
}

/** Rejects unless the file has the digest. */
export async function openArchive(source: ArchiveSource, signal: AbortSignal): Promise<ImageArchive> {
  const { limits } = source;
  const got = await digestOfFile(source.path, signal);
  if (got !== source.digest) throw digestMismatch(source.digest, got);
  const path = await plainTar(source, signal);
  const file = await open(path, 'r');
  try {
    const files = await indexTar(path, signal);
    const found = files.has('index.json') ? await readLayout(file, files) : await readSaved(file, files);
    const config = parseImageConfig(found.configJson);
    const { diffIds } = config;
    if (diffIds.length !== found.layers.length)
      throw imageMalformed('its layers and their digests differ in number');
    if (diffIds.length > limits.maxLayers) throw imageTooLarge('number of layers', limits.maxLayers);
    const budget = { left: limits.maxUnpackedBytes };
    const layers = found.layers.map((layer, index) =>
      openableLayer({ path, layer, diffId: diffIds[index] ?? '', limits, budget }),
    );
    return { config, layers, [Symbol.asyncDispose]: () => file.close() };
  } catch (error) {
    await file.close();
    throw error;
  }
}

/** The archive itself, or what it unzips to. */
async function plainTar({ path, work, limits }: ArchiveSource, signal: AbortSignal): Promise<string> {
  if ((await compressionOf(path)) !== 'gzip') return path;
  const plain = join(work, 'archive.tar');
  const cap = capBytes({ left: limits.maxUnpackedBytes }, limits);
  try {
    await pipeline([createReadStream(path), createGunzip(), cap, createWriteStream(plain)], { signal });
  } catch (error) {
    throw codeOf(error)?.startsWith('Z_')
      ? imageMalformed('the archive is not gzip throughout', error)
      : error;
  }
  return plain;
}

/** The SHA-256 of a file as `sha256:…`. */
async function digestOfFile(path: string, signal: AbortSignal): Promise<string> {
  const hash = createHash('sha256');
  await pipeline(createReadStream(path, { highWaterMark: 1 << 20 }), hash, { signal });
  return `sha256:${hash.digest('hex')}`;
}

/** Which decompression a file's first bytes ask for. */
async function compressionOf(path: string, offset = 0): Promise<'gzip' | 'zstd' | 'none'> {
  await using file = await open(path, 'r');
  const { buffer } = await file.read(Buffer.alloc(4), 0, 4, offset);
  if (buffer[0] === 0x1f && buffer[1] === 0x8b) return 'gzip';
  return buffer.readUInt32BE() === 0x28b52ffd ? 'zstd' : 'none';
}

type Files = ReadonlyMap<string, TarFile>;
interface Found {
  readonly configJson: unknown;
  readonly layers: readonly StoredLayer[];
}

async function readLayout(file: FileHandle, files: Files): Promise<Found> {
  const index = parse(indexSchema, await readJson(file, need(files, 'index.json')), 'index.json');
  let descriptor = choosePlatform(index.manifests);
  for (let depth = 0; isIndex(descriptor.mediaType); depth += 1) {
    if (depth > 4) throw imageMalformed('indexes nested too deep');
    const nested = parse(indexSchema, await readBlob(file, files, descriptor.digest), 'an index');
    descriptor = choosePlatform(nested.manifests);
  }
  const manifest = parse(manifestSchema, await readBlob(file, files, descriptor.digest), 'its manifest');
  const layers = manifest.layers.map(({ digest, mediaType }) => {
    if (!isLayer(mediaType)) throw imageMalformed(`a layer of unknown media type`);
    return { file: need(files, blobPath(digest)), digest };
  });
  return { configJson: await readBlob(file, files, manifest.config.digest), layers };
}

async function readSaved(file: FileHandle, files: Files): Promise<Found> {
  const saved = parse(savedSchema, await readJson(file, need(files, 'manifest.json')), 'manifest.json');
  const [image] = saved;
  if (image === undefined || saved.length > 1) throw imageMalformed('the archive must hold one image');
  const hex = /([0-9a-f]{64})(\.json)?$/.exec(image.Config)?.[1];
  if (hex === undefined) throw imageMalformed('its config is not named by digest');
  const configJson = await readJson(file, need(files, image.Config), `sha256:${hex}`);
  return { configJson, layers: image.Layers.map((path) => ({ file: need(files, path), digest: undefined })) };
}

/** The one for this machine; one that states no platform is judged by its config. */
function choosePlatform(manifests: readonly Descriptor[]): Descriptor {
  const fits = manifests.find(
    ({ platform }) =>
      platform === undefined || (platform.os === 'linux' && platform.architecture === ociArchitecture()),
  );
  if (fits === undefined) throw imageMalformed(`it has nothing for linux/${ociArchitecture()}`);
  return fits;
}

function need(files: Files, path: string): TarFile {
  const found = files.get(path);
  if (found === undefined) throw imageMalformed(`${path} is missing`);
  return found;
}

function blobPath(digest: string): string {
  return `blobs/sha256/${digest.slice('sha256:'.length)}`;
}

function readBlob(file: FileHandle, files: Files, digest: string): Promise<unknown> {
  return readJson(file, need(files, blobPath(digest)), digest);
}

async function readJson(file: FileHandle, { offset, size }: TarFile, digest?: string): Promise<unknown> {
  if (size > maxJsonBytes) throw imageMalformed('a JSON file of it is too large');
  const { buffer } = await file.read(Buffer.alloc(size), 0, size, offset);
  if (digest !== undefined) {
    const got = `sha256:${createHash('sha256').update(buffer).digest('hex')}`;
    if (got !== digest) throw digestMismatch(digest, got);
  }
  try {
    return JSON.parse(buffer.toString('utf8')) as unknown;
  } catch (error) {
    throw imageMalformed('a file of it is not JSON', error);
  }
}

function parse<T extends z.ZodType>(schema: T, value: unknown, what: string): z.output<T> {
  const parsed = schema.safeParse(value);
  if (!parsed.success) throw imageMalformed(`${what} is not as the format says`, parsed.error);
  return parsed.data;
}

interface LayerParts {
  readonly path: string;
  readonly layer: StoredLayer;
  readonly diffId: string;
  readonly limits: ImageLimits;
  readonly budget: Budget;
}

/** Unpacked bytes that all layers of an image may still have. */
interface Budget {
  left: number;
}

function openableLayer({ path, layer: { file, digest }, diffId, limits, budget }: LayerParts): Layer {
  return {
    diffId,
    bytes: file.size,
    async pipeTo(sink, signal) {
      const range = { start: file.offset, end: file.offset + file.size - 1, highWaterMark: 1 << 20 };
      const compression = await compressionOf(path, file.offset);
      const stages: Transform[] = [];
      if (digest !== undefined && digest !== diffId) stages.push(checkDigest(digest));
      if (compression === 'gzip') stages.push(createGunzip());
      if (compression === 'zstd') stages.push(createZstdDecompress());
      stages.push(capBytes(budget, limits), checkDigest(diffId));
      try {
        await pipeline([createReadStream(path, range), ...stages, sink], { signal });
      } catch (error) {
        const isZipError = /^(Z|ZSTD|ERR_ZSTD)_/.test(codeOf(error) ?? '');
        throw isZipError ? imageMalformed('a layer is not compressed as it says', error) : error;
      }
    },
  };
}

function capBytes(budget: Budget, limits: ImageLimits): Transform {
  return new Transform({
    transform(chunk: Buffer, _encoding, done) {
      budget.left -= chunk.length;
      done(budget.left < 0 ? imageTooLarge('unpacked size', limits.maxUnpackedBytes) : null, chunk);
    },
  });
}

/** Passes bytes on; errors at the end where they don't have `digest`. */
function checkDigest(digest: string): Transform {
  const hash = createHash('sha256');
  return new Transform({
    transform(chunk: Buffer, _encoding, done) {
      hash.update(chunk);
      done(null, chunk);
    },
    flush(done) {
      const got = `sha256:${hash.digest('hex')}`;
      done(got === digest ? null : digestMismatch(digest, got));
    },
  });
}
