/** The provider over a driver that really runs things: the sandbox where it works, else plain processes. */
import { createReadStream, mkdtempSync, rmSync } from 'node:fs';
import { request } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type ImageBlob, imageProtocol, silentLog } from '@souk/protocol';
import { detectDrivers } from '../src/drivers/detect.ts';
import type { Driver } from '../src/drivers/driver.ts';
import { makeDriver } from '../src/drivers/make.ts';
import { buildNodeImage } from '../src/images/build.ts';
import { createWorld, image, type World } from './world.ts';

const server = `
import { createServer } from 'node:http';
createServer((request, response) => response.end('hello from ' + process.env.SOUK_LEASE)).listen(3000);
console.log('listening');
`;

let folder: string;
let driver: Driver;
let blob: ImageBlob & { readonly path: string };
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'souk-real-'));
  const built = await buildNodeImage(
    {
      reference: image,
      output: join(folder, 'hello.tar'),
      files: { '/app/server.mjs': server },
      entrypoint: ['node', '/app/server.mjs'],
      nodePath: process.execPath,
    },
    new AbortController().signal,
  );
  blob = { image, digest: built.digest, bytes: built.bytes, path: built.path };
  const found = (await detectDrivers()).find(({ name, works }) => works && name !== 'docker');
  driver = await makeDriver(found?.name ?? 'process', {
    log: silentLog,
    dataFolder: join(folder, 'driver'),
    instance: 'provtest',
  });
});
afterAll(async () => {
  for (const { lease } of await driver.list()) await driver.remove(lease);
  await driver[Symbol.asyncDispose]();
  rmSync(folder, { recursive: true });
});

async function deploy(world: World) {
  const deployment = await world.draft();
  const { path: _path, ...offered } = blob;
  const request = await world.acceptance(deployment, await world.bidOn(deployment), [offered]);
  const answer = await world.accept(request);
  if (!answer.ok) throw new Error(answer.detail);
  if (answer.wanted.length > 0) {
    const opening = { lease: deployment.lease, digest: blob.digest, bytes: blob.bytes };
    const stream = await world.peer.openStream(world.providerPeer.addresses(), imageProtocol, opening);
    for await (const chunk of createReadStream(blob.path, { highWaterMark: 512 * 1024 }))
      await stream.send(chunk as Buffer);
    await stream.end();
    for await (const _frame of stream);
  }
  await world.until('running', async () => (await world.status(deployment.lease)).phase === 'running');
  return deployment.lease;
}

describe('a real workload', () => {
  it('is run, reached, kept over a restart of the provider, and gone when closed', async () => {
    await using world = await createWorld({ isRealTime: true, driver: () => driver });
    const lease = await deploy(world);
    const { hostname } = new URL((await world.status(lease)).services[0]?.urls[0] ?? '');
    const get = async () => {
      const { port } = new URL(world.provider.url);
      return new Promise<string>((resolve) => {
        request({ host: '127.0.0.1', port, headers: { host: hostname } }, (response) => {
          let body = '';
          response.on('data', (chunk: Buffer) => (body += chunk.toString()));
          response.on('end', () => resolve(body));
        })
          .on('error', () => resolve(''))
          .end();
      });
    };
    await world.until('an answer', async () => (await get()) === `hello from ${lease}`);
    await world.ready(lease);
    await world.until('ready', async () => (await world.onChain(lease)).readyAt > 0);

    await world.stop();
    await world.start();
    await world.until('ready again', async () => (await world.status(lease)).phase === 'ready');
    expect(await get()).toBe(`hello from ${lease}`);
    expect((await driver.list())[0]?.replicas[0]?.restarts).toBe(0);

    await world.close(lease);
    await world.until('closed', async () => (await world.status(lease)).phase === 'closed');
    expect(await driver.list()).toEqual([]);
    expect(await get()).toContain('404');
    // The image is here now: the next lease need not send it.
    const next = await deploy(world);
    await world.close(next);
    await world.until('closed', () => world.provider.countLeases() === 0);
  });
});
