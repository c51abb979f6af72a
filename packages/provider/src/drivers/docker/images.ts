/**
 * Images in the Docker engine. A tenant's archive never reaches the engine as it came: it is checked and packed anew,
 * with our own config and no tags, so that it can't take over a tag of this machine or of another tenant. Containers
 * name images by id, which is a hash of the content.
 */
import { createHash } from 'node:crypto';
import {
  createReadStream,
  createWriteStream,
  existsSync,
  mkdirSync,
  readFileSync,
  renameSync,
  writeFileSync,
} from 'node:fs';
import { mkdtemp, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type Docker from 'dockerode';
import { pack } from 'tar-stream';
import { z } from 'zod';
import { openArchive } from '../../images/archive.ts';
import { type ImageConfig, ociArchitecture } from '../../images/image-config.ts';
import { defaultImageLimits } from '../../images/limits.ts';
import type { ImageSource, LocalImage } from '../driver.ts';
import { asOutOfRoom, digestMismatch, imageMalformed, imageNotFound, pullFailed } from '../faults.ts';
import { ask, type Engine, statusOf, unlessGone } from './engine.ts';

export interface DockerImages {
  ensure(source: ImageSource, options: EnsureOptions): Promise<LocalImage>;
  find(digest: string): Promise<LocalImage | undefined>;
  /** The engine's id of an image that was ensured. */
  idOf(digest: string): string | undefined;
}

export interface EnsureOptions {
  readonly signal: AbortSignal;
  readonly onProgress?: (percent: number | null) => void;
}

/** Digest as the market names the image → what the engine has of it. */
const knownSchema = z.record(z.string(), z.strictObject({ reference: z.string(), id: z.string() }));
type Known = z.output<typeof knownSchema>;

export function openDockerImages(engine: Engine, folder: string): DockerImages {
  const file = join(folder, 'docker-images.json');
  mkdirSync(folder, { recursive: true });
  const known: Known = readKnown(file);
  const going = new Map<string, Promise<LocalImage>>();

  const save = (image: LocalImage, id: string) => {
    known[image.digest] = { reference: image.reference, id };
    const draft = `${file}.new`;
    writeFileSync(draft, JSON.stringify(known), { flush: true });
    renameSync(draft, file);
    return image;
  };
  const find = async (digest: string) => {
    const entry = known[digest];
    if (entry === undefined) return undefined;
    const found = await unlessGone(() => engine.docker.getImage(entry.id).inspect());
    return found ? { reference: entry.reference, digest } : undefined;
  };
  const bring = async (source: ImageSource, options: EnsureOptions) => {
    if (source.kind === 'archive') {
      const present = await find(source.digest);
      if (present) return present;
      const id = await loadArchive(engine, source, { ...options, folder });
      return save({ reference: source.reference, digest: source.digest }, id);
    }
    const id = await pull(engine.docker, source, options);
    return save({ reference: source.reference, digest: id }, id);
  };
  return {
    find,
    idOf: (digest) => known[digest]?.id,
    ensure: (source, options) => {
      // The same image wanted twice at once is one job.
      const key = source.kind === 'archive' ? source.digest : source.reference;
      const job = going.get(key) ?? bring(source, options).finally(() => going.delete(key));
      going.set(key, job);
      return job;
    },
  };
}

function readKnown(file: string): Known {
  if (!existsSync(file)) return {};
  const parsed = knownSchema.safeParse(JSON.parse(readFileSync(file, 'utf8')));
  return parsed.success ? parsed.data : {};
}

/** Returns the image's id. */
async function loadArchive(
  engine: Engine,
  source: ImageSource & { readonly kind: 'archive' },
  options: EnsureOptions & { readonly folder: string },
): Promise<string> {
  const { signal, onProgress, folder } = options;
  const work = await mkdtemp(join(folder, 'load-'));
  try {
    await using archive = await openArchive({ ...source, work, limits: defaultImageLimits }, signal);
    onProgress?.(0);
    const layers: string[] = [];
    for (const [index, layer] of archive.layers.entries()) {
      const path = join(work, `${index}.tar`);
      // Checked against its digest as it is written.
      await layer.pipeTo(createWriteStream(path), signal);
      layers.push(path);
      onProgress?.(Math.floor(((index + 1) / archive.layers.length) * 60));
    }
    const config = Buffer.from(JSON.stringify(engineConfig(archive.config)));
    const id = `sha256:${createHash('sha256').update(config).digest('hex')}`;
    await sendToEngine(engine.docker, { id, config, layers }, signal);
    const loaded = await unlessGone(() => engine.docker.getImage(id).inspect());
    if (!loaded) throw digestMismatch(id, 'nothing that the engine would load');
    onProgress?.(100);
    return id;
  } catch (error) {
    throw asOutOfRoom(error) ?? error;
  } finally {
    await rm(work, { recursive: true, force: true });
  }
}

async function sendToEngine(
  docker: Docker,
  image: { readonly id: string; readonly config: Buffer; readonly layers: readonly string[] },
  signal: AbortSignal,
): Promise<void> {
  const tar = pack();
  const configName = `${image.id.slice('sha256:'.length)}.json`;
  const names = image.layers.map((_, index) => `${index}/layer.tar`);
  const fill = async () => {
    tar.entry({ name: configName }, image.config);
    const manifest = [{ Config: configName, RepoTags: null, Layers: names }];
    tar.entry({ name: 'manifest.json' }, JSON.stringify(manifest));
    for (const [index, path] of image.layers.entries()) {
      const { size } = await stat(path);
      await pipeline(
        createReadStream(path, { highWaterMark: 1 << 20 }),
        tar.entry({ name: names[index] ?? '', size }),
        {
          signal,
        },
      );
    }
    tar.finalize();
  };
  const load = ask(() => docker.loadImage(Readable.from(tar), { quiet: true })).then((answer) =>
    readAnswer(answer),
  );
  const [answered] = await Promise.all([load, fill().catch((error: unknown) => tar.destroy(error as Error))]);
  if (answered.error !== undefined) throw imageMalformed(answered.error);
}

/** Only what runs the workload: labels, volumes, health checks and ports of a stranger's image mean nothing here. */
function engineConfig(config: ImageConfig): unknown {
  return {
    architecture: ociArchitecture(),
    os: 'linux',
    config: {
      Entrypoint: config.entrypoint,
      Cmd: config.command,
      Env: config.env,
      WorkingDir: config.workingDir,
      User: config.user,
    },
    rootfs: { type: 'layers', diff_ids: config.diffIds },
  };
}

async function readAnswer(answer: NodeJS.ReadableStream): Promise<{ readonly error: string | undefined }> {
  let text = '';
  for await (const chunk of answer) text = (text + String(chunk)).slice(-8192);
  return { error: /"error":"((?:[^"\\]|\\.)*)"/.exec(text)?.[1] };
}

interface PullEvent {
  readonly id?: string;
  readonly progressDetail?: { readonly current?: number; readonly total?: number };
}

/** Returns the image's id. */
async function pull(
  docker: Docker,
  source: ImageSource & { readonly kind: 'registry' },
  { signal, onProgress }: EnsureOptions,
): Promise<string> {
  const { reference, credentials } = source;
  const authconfig = credentials
    ? { username: credentials.username, password: credentials.password, serveraddress: credentials.host }
    : undefined;
  try {
    const stream = await ask(() =>
      docker.pull(reference, { abortSignal: signal, ...(authconfig ? { authconfig } : {}) }),
    );
    const layers = new Map<string, number>();
    await new Promise<void>((resolve, reject) =>
      docker.modem.followProgress(
        stream,
        (error) => (error ? reject(error) : resolve()),
        (event: PullEvent) => onProgress?.(notePull(layers, event)),
      ),
    );
    const found = await ask(() => docker.getImage(reference).inspect());
    return found.Id;
  } catch (error) {
    signal.throwIfAborted();
    if (statusOf(error) === 404) throw imageNotFound(reference, error);
    throw asOutOfRoom(error) ?? pullFailed(reference, error);
  }
}

/** Mean of the layers' parts; null until the first size is known. */
function notePull(layers: Map<string, number>, { id, progressDetail }: PullEvent): number | null {
  const { current, total } = progressDetail ?? {};
  if (id !== undefined && current !== undefined && total) layers.set(id, Math.min(1, current / total));
  const parts = [...layers.values()];
  return parts.length === 0
    ? null
    : Math.floor((parts.reduce((sum, part) => sum + part, 0) / parts.length) * 1000) / 10;
}
