/** Images unpacked on a real disk: good ones in every form, and hostile ones. */
import { createHash } from 'node:crypto';
import { existsSync, lstatSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync, zstdCompressSync } from 'node:zlib';
import { type Header, pack } from 'tar-stream';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { ociArchitecture } from '../../src/images/image-config.ts';
import { type ImageLimits } from '../../src/images/limits.ts';
import { openImageStore } from '../../src/images/store.ts';

type Item = Partial<Header> & { readonly name: string; readonly text?: string };

const signal = new AbortController().signal;
const limits: ImageLimits = { maxUnpackedBytes: 2 ** 20, maxFiles: 100, maxLayers: 8 };
let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'souk-images-'));
  writeFileSync(join(folder, 'victim'), 'untouched');
});
afterEach(() => rm(folder, { recursive: true }));

test('applies layers in order: later files win, whiteouts remove, opaque folders hide what was below', async () => {
  const rootfs = await unpack([
    [
      { name: 'etc/', type: 'directory' },
      { name: 'etc/a', text: 'old' },
      { name: 'etc/gone', text: 'x' },
      { name: 'cache/one', text: 'x' },
      { name: 'cache/two', text: 'x' },
      { name: 'tool', text: '#!', mode: 0o6755 },
    ],
    [
      { name: './etc/a', text: 'new' },
      { name: 'etc/.wh.gone' },
      { name: 'cache/.wh..wh..opq' },
      { name: 'cache/three', text: 'x' },
    ],
  ]);
  expect(readFileSync(join(rootfs, 'etc/a'), 'utf8')).toBe('new');
  expect(existsSync(join(rootfs, 'etc/gone'))).toBe(false);
  expect(readdirSync(join(rootfs, 'cache'))).toEqual(['three']);
  expect(lstatSync(join(rootfs, 'tool')).mode & 0o7777).toBe(0o755);
});

test('keeps what a layer itself wrote into a folder that it then makes opaque', async () => {
  const rootfs = await unpack([
    [{ name: 'd/old', text: 'x' }],
    [{ name: 'd/new', text: 'x' }, { name: 'd/.wh..wh..opq' }],
  ]);
  expect(readdirSync(join(rootfs, 'd'))).toEqual(['new']);
});

test('follows links inside the root as the image’s own root would', async () => {
  const rootfs = await unpack([
    [
      { name: 'usr/lib/', type: 'directory' },
      { name: 'lib', type: 'symlink', linkname: '/usr/lib' },
      { name: 'up', type: 'symlink', linkname: '../../../../usr' },
    ],
    [
      { name: 'lib/a', text: 'by lib' },
      { name: 'up/b', text: 'by up' },
    ],
  ]);
  expect(readFileSync(join(rootfs, 'usr/lib/a'), 'utf8')).toBe('by lib');
  expect(readFileSync(join(rootfs, 'usr/b'), 'utf8')).toBe('by up');
});

test.for<readonly [string, readonly (readonly Item[])[]]>([
  ['a path that climbs', [[{ name: '../victim', text: 'hit' }]]],
  ['a path that climbs later', [[{ name: 'a/../../victim', text: 'hit' }]]],
  ['a hard link that climbs', [[{ name: 'x', type: 'link', linkname: '../../victim' }]]],
  ['a hard link to nothing', [[{ name: 'x', type: 'link', linkname: 'nothing' }]]],
  [
    'a path through a file',
    [
      [
        { name: 'a', text: 'x' },
        { name: 'a/b', text: 'x' },
      ],
    ],
  ],
  [
    'links in a circle',
    [
      [
        { name: 'a', type: 'symlink', linkname: 'b' },
        { name: 'b', type: 'symlink', linkname: 'a' },
      ],
      [{ name: 'a/x', text: 'x' }],
    ],
  ],
  ['a whiteout of its parent', [[{ name: 'a/.wh...', text: '' }]]],
])('refuses %s, and leaves nothing', async ([, layers]) => {
  await expect(unpack(layers)).rejects.toMatchObject({ code: 'driver.image-malformed', blame: 'user' });
  expect(readdirSync(join(folder, 'store'))).toEqual([]);
  expect(readFileSync(join(folder, 'victim'), 'utf8')).toBe('untouched');
});

test('keeps an absolute link, its writes and a hard link through it inside the root', async () => {
  const victim = join(folder, 'victim');
  const rootfs = await unpack([
    [{ name: 'evil', type: 'symlink', linkname: folder }],
    [
      { name: 'evil/victim', text: 'hit' },
      { name: 'copy', type: 'link', linkname: 'evil/victim' },
    ],
    [
      { name: 'late', type: 'symlink', linkname: victim },
      { name: 'late', text: 'plain' },
    ],
  ]);
  expect(readFileSync(victim, 'utf8')).toBe('untouched');
  expect(readFileSync(join(rootfs, folder, 'victim'), 'utf8')).toBe('hit');
  expect(readFileSync(join(rootfs, 'copy'), 'utf8')).toBe('hit');
  expect(lstatSync(join(rootfs, 'late')).isFile()).toBe(true);
});

test('leaves out device nodes and pipes', async () => {
  const rootfs = await unpack([
    [
      { name: 'mem', type: 'character-device', devmajor: 1, devminor: 1 },
      { name: 'disk', type: 'block-device', devmajor: 8, devminor: 0 },
      { name: 'pipe', type: 'fifo' },
      { name: 'kept', text: 'x' },
    ],
  ]);
  expect(readdirSync(rootfs)).toEqual(['kept']);
});

test('caps size and number of files, also of what is zipped small', async () => {
  const bomb = gzipSync(await tarOf([{ name: 'zeros', text: '\0'.repeat(4 * 2 ** 20) }]));
  expect(bomb.length).toBeLessThan(20_000);
  await expect(unpackLayers([bomb])).rejects.toMatchObject({ code: 'driver.image-too-large' });
  const many = Array.from({ length: 101 }, (_, index) => ({ name: `f${index}`, text: '' }));
  await expect(unpack([many])).rejects.toMatchObject({ code: 'driver.image-too-large' });
  expect(readdirSync(join(folder, 'store'))).toEqual([]);
});

test('reads gzip and zstd layers, and an archive that is itself gzipped', async () => {
  const tar = await tarOf([{ name: 'a', text: 'it' }]);
  for (const layer of [gzipSync(tar), zstdCompressSync(tar)]) {
    const rootfs = await unpackLayers([layer], tar);
    expect(readFileSync(join(rootfs, 'a'), 'utf8')).toBe('it');
  }
  const rootfs = await store(gzipSync(await layoutOf([tar], [tar])));
  expect(readFileSync(join(rootfs, 'a'), 'utf8')).toBe('it');
});

test('reads what docker save wrote before it knew OCI', async () => {
  const tar = await tarOf([{ name: 'a', text: 'it' }]);
  const config = Buffer.from(JSON.stringify(configOf([tar])));
  const name = `${hexOf(config)}.json`;
  const saved = await tarOf([
    { name, text: config.toString() },
    { name: 'l1/layer.tar', text: tar.toString('latin1') },
    {
      name: 'manifest.json',
      text: JSON.stringify([{ Config: name, RepoTags: ['x:1'], Layers: ['l1/layer.tar'] }]),
    },
  ]);
  const rootfs = await store(saved);
  expect(readFileSync(join(rootfs, 'a'), 'utf8')).toBe('it');
});

test('refuses a blob whose bytes are not what its name says', async () => {
  const [tar, other] = [
    await tarOf([{ name: 'a', text: 'it' }]),
    await tarOf([{ name: 'a', text: 'other' }]),
  ];
  await expect(store(await layoutOf([tar], [tar], [other]))).rejects.toMatchObject({
    code: 'driver.image-digest-mismatch',
  });
  await expect(store(await layoutOf([tar], [other]))).rejects.toMatchObject({
    code: 'driver.image-digest-mismatch',
  });
});

test.for([
  ['another machine', { architecture: 'sparc64' }],
  ['another system', { os: 'windows' }],
  ['fewer layers than it has', { rootfs: { type: 'layers', diff_ids: [] } }],
] as const)('refuses an image for %s', async ([, change]) => {
  const tar = await tarOf([{ name: 'a', text: 'it' }]);
  await expect(store(await layoutOf([tar], [tar], [tar], change))).rejects.toMatchObject({
    code: 'driver.image-malformed',
  });
});

test('cut short anywhere, an archive is refused and nothing is left', async () => {
  const tar = await tarOf([{ name: 'a', text: 'it'.repeat(5_000) }]);
  const whole = await layoutOf([tar], [tar]);
  for (const part of [0, 0.1, 0.3, 0.5, 0.7, 0.9]) {
    const cut = whole.subarray(0, Math.floor(whole.length * part));
    await expect(store(cut)).rejects.toMatchObject({ blame: 'user' });
  }
  expect(readdirSync(join(folder, 'store'))).toEqual([]);
});

test('does the same image once for all who ask at once, and goes on when one of them gives up', async () => {
  const tar = await tarOf([{ name: 'a', text: 'it' }]);
  const archive = putFile(await layoutOf([tar], [tar]));
  const images = await openImageStore(join(folder, 'store'), { limits });
  const impatient = new AbortController();
  const [gaveUp, ...others] = await Promise.allSettled([
    (() => {
      const asked = images.unpack(archive, { signal: impatient.signal });
      impatient.abort(new Error('too slow'));
      return asked;
    })(),
    images.unpack(archive, { signal }),
    images.unpack(archive, { signal }),
  ]);
  expect(gaveUp).toMatchObject({ status: 'rejected', reason: { message: 'too slow' } });
  expect(others.map(({ status }) => status)).toEqual(['fulfilled', 'fulfilled']);
  expect(readdirSync(join(folder, 'store'))).toHaveLength(1);
});

test('clears away at the start what a killed process left half done', async () => {
  const half = join(folder, 'store', 'unpacking-999999999-abc');
  mkdirSync(join(half, 'rootfs'), { recursive: true });
  await openImageStore(join(folder, 'store'), { limits });
  expect(existsSync(half)).toBe(false);
});

// --- making archives --------------------------------------------------------------------------------------------------

async function unpack(layers: readonly (readonly Item[])[]): Promise<string> {
  const tars = await Promise.all(layers.map(tarOf));
  return store(await layoutOf(tars, tars));
}

async function unpackLayers(layers: readonly Buffer[], plain = Buffer.alloc(0)): Promise<string> {
  return store(await layoutOf(layers, plain.length === 0 ? layers : [plain]));
}

async function store(archive: Buffer): Promise<string> {
  const images = await openImageStore(join(folder, 'store'), { limits });
  return (await images.unpack(putFile(archive), { signal })).rootfs;
}

function putFile(archive: Buffer) {
  const path = join(folder, 'archive.tar');
  writeFileSync(path, archive);
  return { reference: 'x:1', path, digest: `sha256:${hexOf(archive)}` };
}

/** `stored` replaces the layers' bytes under the names of the true ones. */
async function layoutOf(
  layers: readonly Buffer[],
  plain: readonly Buffer[],
  stored = layers,
  change: Record<string, unknown> = {},
): Promise<Buffer<ArrayBuffer>> {
  const config = Buffer.from(JSON.stringify({ ...configOf(plain), ...change }));
  const describe = (bytes: Buffer) => ({ digest: `sha256:${hexOf(bytes)}`, size: bytes.length });
  const manifest = Buffer.from(JSON.stringify({ config: describe(config), layers: layers.map(describe) }));
  const blob = (bytes: Buffer, named = bytes) => ({
    name: `blobs/sha256/${hexOf(named)}`,
    text: bytes.toString('latin1'),
  });
  return tarOf([
    ...layers.map((layer, index) => blob(stored[index] ?? layer, layer)),
    blob(config),
    blob(manifest),
    { name: 'index.json', text: JSON.stringify({ manifests: [describe(manifest)] }) },
  ]);
}

function configOf(plain: readonly Buffer[]) {
  const diffIds = plain.map((layer) => `sha256:${hexOf(layer)}`);
  return {
    os: 'linux',
    architecture: ociArchitecture(),
    config: {},
    rootfs: { type: 'layers', diff_ids: diffIds },
  };
}

function hexOf(bytes: Buffer): string {
  return createHash('sha256').update(bytes).digest('hex');
}

/** Texts are bytes, one character each. */
async function tarOf(items: readonly Item[]): Promise<Buffer<ArrayBuffer>> {
  const tar = pack();
  for (const { text, ...header } of items) tar.entry({ ...header }, Buffer.from(text ?? '', 'latin1'));
  tar.finalize();
  const chunks: Uint8Array[] = [];
  for await (const chunk of tar as AsyncIterable<Uint8Array>) chunks.push(chunk);
  return Buffer.concat(chunks);
}
