import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createKey, type ImageBlob, imageProtocol, type LeaseId } from '@souk/protocol';
import type { Peer } from '@souk/net';
import { createWorld, digestOf, image, type World } from './world.ts';

const tar = Buffer.alloc(700_000, 'a tar');
const blob: ImageBlob = { image, digest: digestOf(tar), bytes: tar.length };

let world: World;
beforeEach(async () => {
  world = await createWorld({ config: { imageWaitMs: 20_000 } });
});
afterEach(async () => world[Symbol.asyncDispose]());

async function accepted(...images: ImageBlob[]) {
  const deployment = await world.draft();
  const request = await world.acceptance(deployment, await world.bidOn(deployment), images);
  const answer = await world.accept(request);
  if (!answer.ok) throw new Error(answer.reason);
  return { lease: deployment.lease, wanted: answer.wanted };
}

const uploads = () => readdirSync(join(world.folder, 'uploads'));

/** The answers to the opening and at the end. */
async function upload(
  lease: LeaseId,
  bytes: Uint8Array,
  opening: Partial<ImageBlob> = {},
  from: Peer = world.peer,
) {
  const { digest, bytes: size } = { ...blob, ...opening };
  const stream = await from.openStream(world.providerPeer.addresses(), imageProtocol, {
    lease,
    digest,
    bytes: size,
  });
  const answers: { ok: boolean; reason?: string }[] = [];
  const reading = (async () => {
    for await (const frame of stream) answers.push(JSON.parse(Buffer.from(frame).toString()));
  })();
  await world.until('an answer', () => answers.length > 0);
  if (answers[0]?.ok === true) {
    for (let at = 0; at < bytes.length; at += 100_000) await stream.send(bytes.subarray(at, at + 100_000));
  }
  await stream.end();
  await world.until('the end', () => reading.then(() => true as const));
  return answers.map((answer) => (answer.ok ? 'ok' : answer.reason));
}

const phase = async (lease: LeaseId) => (await world.status(lease)).phase;

describe('an image handed over', () => {
  it('is wanted, checked, run, and not kept twice', async () => {
    const { lease, wanted } = await accepted(blob);
    expect(wanted).toEqual([blob.digest]);
    expect(await upload(lease, tar)).toEqual(['ok', 'ok']);
    await world.until('running', async () => (await phase(lease)) === 'running');
    await world.until('the upload to be dropped', () => uploads().length === 0);
    const second = await accepted(blob);
    expect(second.wanted).toEqual([]);
    await world.until('running', async () => (await phase(second.lease)) === 'running');
  });

  it('with other bytes is refused, not kept, and its lease fails and costs nothing', async () => {
    const { lease } = await accepted(blob);
    const wrong = Buffer.from(tar);
    wrong[5] = 0;
    expect(await upload(lease, wrong)).toEqual(['ok', 'image-mismatch']);
    await world.until('closed', () => world.provider.countLeases() === 0);
    expect(await world.status(lease)).toMatchObject({
      phase: 'failed',
      detail: expect.stringContaining('digest'),
    });
    expect(uploads()).toEqual([]);
    expect(await world.driver.hasImage(blob.digest)).toBeUndefined();
    expect(await world.chain.reads.balanceOf(world.tenant.address)).toBe(100_000_000n);
  });

  it.each([
    ['short', tar.subarray(0, 600_000)],
    ['long', Buffer.concat([tar, Buffer.alloc(1)])],
  ])('that is too %s is refused', async (_name, bytes) => {
    const { lease } = await accepted(blob);
    expect((await upload(lease, bytes).catch(() => ['ok', 'broken']))[1]).not.toBe('ok');
    await world.until('closed', () => world.provider.countLeases() === 0);
    expect(uploads()).toEqual([]);
  });

  it('that never comes ends the lease before it costs anything', async () => {
    const { lease } = await accepted(blob);
    await world.clock.advance(21_000);
    await world.until('closed', () => world.provider.countLeases() === 0);
    expect(await world.status(lease)).toMatchObject({
      phase: 'failed',
      detail: expect.stringContaining('not sent'),
    });
    expect((await world.onChain(lease)).status).toBe('closed');
  });

  it('nobody ordered, of another size, or from a stranger is not taken', async () => {
    const { lease } = await accepted(blob);
    expect(await upload(lease, tar, { digest: `sha256:${'1'.repeat(64)}` })).toEqual(['image-mismatch']);
    expect(await upload(lease, tar, { bytes: 5 })).toEqual(['image-mismatch']);
    const stranger = await world.network.peer(createKey(), { clock: world.clock });
    expect(await upload(lease, tar, {}, stranger)).toEqual(['not-yours']);
    await stranger[Symbol.asyncDispose]();
    expect(uploads()).toEqual([]);
  });

  it('of many leases at once is taken once', async () => {
    const leases: LeaseId[] = [];
    for (let n = 0; n < 4; n += 1) leases.push((await accepted(blob)).lease);
    const answers = await Promise.all(leases.map((lease) => upload(lease, tar)));
    expect(answers).toEqual(leases.map(() => ['ok', 'ok']));
    for (const lease of leases) await world.until('running', async () => (await phase(lease)) === 'running');
    expect(world.driver.control.calls.filter(({ method }) => method === 'ensureImage')).toHaveLength(1);
  });

  it('half sent when the provider dies is asked for again', async () => {
    const { lease } = await accepted(blob);
    const opening = { lease, digest: blob.digest, bytes: blob.bytes };
    const stream = await world.peer.openStream(world.providerPeer.addresses(), imageProtocol, opening);
    await stream.send(tar.subarray(0, 1000));
    await world.clock.advance(100);
    await world.stop();
    await world.start();
    expect(uploads()).toEqual([]);
    expect(await upload(lease, tar)).toEqual(['ok', 'ok']);
    await world.until('running', async () => (await phase(lease)) === 'running');
  });
});
