/** Images built from this machine's own Node. */
import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { buildNodeImage, type NodeImageSpec } from '../../src/images/build.ts';
import { defaultImageLimits } from '../../src/images/limits.ts';
import { openImageStore } from '../../src/images/store.ts';

const signal = new AbortController().signal;
let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'souk-build-'));
});
afterEach(() => rm(folder, { recursive: true }));

const spec = (name: string, text = 'one'): NodeImageSpec => ({
  reference: 'souk/test:1',
  output: join(folder, name),
  files: { '/app/b': text, '/app/a': Buffer.from('a') },
  entrypoint: ['node', '/app/a'],
  workingDir: '/app',
  nodePath: process.execPath,
});

test('the same input gives the same bytes, other input others, and nothing is left beside', async () => {
  const one = await buildNodeImage(spec('one.tar'), signal);
  const two = await buildNodeImage(spec('two.tar'), signal);
  const other = await buildNodeImage(spec('other.tar', 'changed'), signal);
  expect(two.digest).toBe(one.digest);
  expect(other.digest).not.toBe(one.digest);
  expect((await readdir(folder)).sort()).toEqual(['one.tar', 'other.tar', 'two.tar']);
});

test('what is built can be unpacked, and says what it runs', async () => {
  const built = await buildNodeImage(spec('one.tar'), signal);
  const images = await openImageStore(join(folder, 'store'), { limits: defaultImageLimits });
  const image = await images.unpack(built, { signal });
  expect(image.config).toMatchObject({ entrypoint: ['node', '/app/a'], workingDir: '/app' });
  expect(await readdir(join(image.rootfs, 'usr/bin'))).toEqual(
    expect.arrayContaining(['node', 'sh', 'ls', 'cat']),
  );
});

test('a file that is missing is a fault, and leaves nothing', async () => {
  const missing = { ...spec('one.tar'), files: { '/x': { from: join(folder, 'nothing') } } };
  await expect(buildNodeImage(missing, signal)).rejects.toMatchObject({ code: 'images.build-failed' });
  expect(await readdir(folder)).toEqual([]);
});
