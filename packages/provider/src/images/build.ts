/**
 * Builds an image out of this machine's own Node and shell, so that examples and tests run with nothing pulled. The
 * tar is an OCI layout with a `docker save` manifest beside it: `docker load` and the sandbox both take it. The same
 * input gives the same bytes. Called by `souk up` and tests, never by a running provider.
 */
import { execFile } from 'node:child_process';
import { createHash, type Hash } from 'node:crypto';
import { once } from 'node:events';
import { constants, createReadStream, createWriteStream } from 'node:fs';
import { access, mkdir, realpath, rename, rm, stat } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { Transform } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { promisify } from 'node:util';
import { Fault } from '@souk/protocol';
import { type Header, pack, type Pack } from 'tar-stream';
import { ociArchitecture } from './image-config.ts';

export interface NodeImageSpec {
  /** e.g. `souk/hello:1`. */
  readonly reference: string;
  /** Where the tar goes. */
  readonly output: string;
  /** Path in the image → its text or bytes, or a file on this machine. */
  readonly files: Readonly<Record<string, string | Uint8Array | { readonly from: string }>>;
  readonly entrypoint: readonly string[];
  readonly command?: readonly string[];
  readonly env?: readonly string[];
  readonly workingDir?: string;
  /** Node alone: no shell, none of the programs for people. */
  readonly isBare?: true;
  /** The Node to put in, as `process.execPath` says it. */
  readonly nodePath: string;
}

export interface BuiltImage {
  readonly reference: string;
  readonly path: string;
  /** SHA-256 of the tar: what `ensureImage` takes. */
  readonly digest: string;
  readonly bytes: number;
}

/** A file of the image: where it comes from, and its mode. */
type Source = { readonly from: string } | { readonly bytes: Uint8Array } | { readonly link: string };
interface Item {
  readonly source: Source;
  readonly mode: number;
}

const run = promisify(execFile);
/** For `souk shell` to be of use; left out where the machine lacks them. */
const programs = ['sh', 'ls', 'cat', 'ps', 'env', 'id', 'sleep', 'mkdir', 'rm', 'dd', 'head', 'tail', 'grep'];
const folders = ['dev', 'etc', 'home', 'proc', 'root', 'run', 'sys', 'tmp', 'usr/bin', 'usr/lib', 'var'];

export async function buildNodeImage(spec: NodeImageSpec, signal: AbortSignal): Promise<BuiltImage> {
  const items = await collect(spec);
  await mkdir(dirname(spec.output), { recursive: true });
  const partial = `${spec.output}.${process.pid}.part`;
  const layerPath = `${partial}.layer`;
  try {
    const layer = await writeTar(layerPath, (tar) => addItems(tar, items), signal);
    const whole = await writeTar(partial, (tar) => addLayout(tar, spec, layer, layerPath), signal);
    await rename(partial, spec.output);
    return { reference: spec.reference, path: spec.output, ...whole };
  } finally {
    await rm(layerPath, { force: true });
    await rm(partial, { force: true });
  }
}

/** Everything in the image by its path, without a leading slash. */
async function collect(spec: NodeImageSpec): Promise<ReadonlyMap<string, Item>> {
  const items = new Map<string, Item>();
  items.set('etc/passwd', textItem('root:x:0:0:root:/root:/bin/sh\nnobody:x:65534:65534::/:/bin/sh\n'));
  items.set('etc/group', textItem('root:x:0:\nnogroup:x:65534:\n'));
  for (const name of ['bin', 'lib', 'lib64', 'sbin']) {
    const target = name === 'lib64' ? 'usr/lib64' : name === 'lib' ? 'usr/lib' : 'usr/bin';
    items.set(name, { source: { link: target }, mode: 0o777 });
  }
  await addProgram(items, spec.nodePath, 'usr/bin/node');
  for (const program of spec.isBare === true ? [] : programs) {
    const path = await findProgram(program);
    if (path !== undefined) await addProgram(items, path, `usr/bin/${program}`);
  }
  for (const [path, content] of Object.entries(spec.files)) {
    const inside = path.replace(/^\/+/, '');
    if (typeof content === 'string') items.set(inside, textItem(content));
    else if (content instanceof Uint8Array) items.set(inside, { source: { bytes: content }, mode: 0o644 });
    else items.set(inside, { source: { from: content.from }, mode: 0o644 });
  }
  return new Map([...items].sort(([a], [b]) => (a < b ? -1 : 1)));
}

function textItem(text: string): Item {
  return { source: { bytes: Buffer.from(text) }, mode: 0o644 };
}

async function findProgram(name: string): Promise<string | undefined> {
  for (const folder of ['/usr/bin', '/bin']) {
    const path = join(folder, name);
    if (
      await access(path, constants.X_OK).then(
        () => true,
        () => false,
      )
    )
      return path;
  }
  return undefined;
}

/** The program and the libraries it is linked against, at the paths where its loader looks for them. */
async function addProgram(items: Map<string, Item>, from: string, to: string): Promise<void> {
  const real = await realpath(from);
  items.set(to, { source: { from: real }, mode: 0o755 });
  for (const library of await librariesOf(real))
    items.set(inUsr(library), { source: { from: library }, mode: 0o755 });
}

/** Paths of shared libraries and of the loader; none for a static program. */
async function librariesOf(program: string): Promise<readonly string[]> {
  try {
    const { stdout } = await run('ldd', [program]);
    return [...stdout.matchAll(/(?:=>\s+)?(\/\S+)\s+\(0x/g)].flatMap((match) => match[1] ?? []);
  } catch {
    return [];
  }
}

/** `/lib/x` and `/lib64/x` lie in `/usr` in the image, where links point to them. */
function inUsr(path: string): string {
  return /^\/(lib|lib64)\//.test(path) ? `usr${path}` : path.slice(1);
}

async function addItems(tar: Pack, items: ReadonlyMap<string, Item>): Promise<void> {
  const made = new Set<string>();
  const addFolder = (path: string) => {
    if (path === '.' || made.has(path)) return;
    addFolder(dirname(path));
    made.add(path);
    tar.entry({ ...plainHeader, name: `${path}/`, type: 'directory', mode: path === 'tmp' ? 0o1777 : 0o755 });
  };
  folders.forEach(addFolder);
  for (const [name, { source, mode }] of items) {
    addFolder(dirname(name));
    if ('link' in source) tar.entry({ ...plainHeader, name, type: 'symlink', linkname: source.link, mode });
    else if ('bytes' in source) tar.entry({ ...plainHeader, name, mode }, Buffer.from(source.bytes));
    else await addFile(tar, { ...plainHeader, name, mode }, source.from);
  }
}

const plainHeader = { uid: 0, gid: 0, mtime: new Date(0) } as const;

async function addFile(
  tar: Pack,
  header: Partial<Header> & Pick<Header, 'name'>,
  from: string,
): Promise<void> {
  const { size } = await stat(from);
  const entry = tar.entry({ ...header, size });
  for await (const chunk of createReadStream(from, { highWaterMark: 1 << 20 }))
    if (!entry.write(chunk)) await once(entry, 'drain');
  entry.end(undefined);
  await once(entry, 'finish');
}

interface Written {
  readonly digest: string;
  readonly bytes: number;
}

/** Adds the layer and the JSON that describes it, twice: as an OCI layout and as `docker load` reads it. */
async function addLayout(tar: Pack, spec: NodeImageSpec, layer: Written, layerPath: string): Promise<void> {
  const config = jsonBlob({
    architecture: ociArchitecture(),
    os: 'linux',
    created: '1970-01-01T00:00:00Z',
    config: {
      Entrypoint: spec.entrypoint,
      Cmd: spec.command ?? [],
      Env: ['PATH=/usr/local/bin:/usr/bin:/bin', ...(spec.env ?? [])],
      WorkingDir: spec.workingDir ?? '/',
    },
    rootfs: { type: 'layers', diff_ids: [layer.digest] },
  });
  const manifest = jsonBlob({
    schemaVersion: 2,
    mediaType: 'application/vnd.oci.image.manifest.v1+json',
    config: descriptor('application/vnd.oci.image.config.v1+json', config),
    layers: [descriptor('application/vnd.oci.image.layer.v1.tar', layer)],
  });
  const index = jsonBlob({
    schemaVersion: 2,
    mediaType: 'application/vnd.oci.image.index.v1+json',
    manifests: [
      {
        ...descriptor('application/vnd.oci.image.manifest.v1+json', manifest),
        annotations: { 'org.opencontainers.image.ref.name': spec.reference },
        platform: { os: 'linux', architecture: ociArchitecture() },
      },
    ],
  });
  const saved = [{ Config: blobName(config), RepoTags: [spec.reference], Layers: [blobName(layer)] }];
  const add = (name: string, body: Buffer) => tar.entry({ ...plainHeader, name, mode: 0o644 }, body);
  for (const folder of ['blobs/', 'blobs/sha256/'])
    tar.entry({ ...plainHeader, name: folder, type: 'directory', mode: 0o755 });
  add('oci-layout', Buffer.from('{"imageLayoutVersion":"1.0.0"}'));
  add('index.json', index.body);
  add('manifest.json', Buffer.from(JSON.stringify(saved)));
  add(blobName(config), config.body);
  add(blobName(manifest), manifest.body);
  await addFile(tar, { ...plainHeader, name: blobName(layer), mode: 0o644 }, layerPath);
}

function jsonBlob(value: unknown): Written & { readonly body: Buffer } {
  const body = Buffer.from(JSON.stringify(value));
  return { body, bytes: body.length, digest: digestText(createHash('sha256').update(body)) };
}

function descriptor(mediaType: string, { digest, bytes }: Written) {
  return { mediaType, digest, size: bytes };
}

function blobName({ digest }: Written): string {
  return `blobs/sha256/${digest.slice('sha256:'.length)}`;
}

function digestText(hash: Hash): string {
  return `sha256:${hash.digest('hex')}`;
}

/** Writes a tar and says its digest. */
async function writeTar(
  path: string,
  fill: (tar: Pack) => Promise<void>,
  signal: AbortSignal,
): Promise<Written> {
  const tar = pack();
  const hash = createHash('sha256');
  let bytes = 0;
  const measure = new Transform({
    transform(chunk: Buffer, _encoding, done) {
      hash.update(chunk);
      bytes += chunk.length;
      done(null, chunk);
    },
  });
  const written = pipeline(tar as AsyncIterable<Buffer>, measure, createWriteStream(path), { signal });
  const filled = fill(tar).then(() => tar.finalize());
  filled.catch((error: unknown) => tar.destroy(error instanceof Error ? error : new Error(String(error))));
  try {
    await Promise.all([written, filled]);
  } catch (cause) {
    throw new Fault('images.build-failed', `could not build ${basename(path)}`, { blame: 'self', cause });
  }
  return { digest: digestText(hash), bytes };
}
