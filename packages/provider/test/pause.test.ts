/** Money running low: paused in time, with its data; resumed; whatever fails or crashes in between. */
import { hashTerms } from '@souk/chain';
import {
  type Amendment,
  Fault,
  hashManifest,
  hashRequirements,
  type LeaseId,
  type LocalKey,
  pausedRateOf,
  signedProtocol,
} from '@souk/protocol';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createWorld, type Deployment, type World } from './world.ts';

let world: World;
beforeEach(async () => {
  world = await createWorld({ config: { pauseGraceSeconds: 3600 } });
});
afterEach(async () => world[Symbol.asyncDispose]());

/** 5,800 per hour: this pays for about ten minutes. */
const deposit = 970n;

async function leased(patch = {}): Promise<Deployment> {
  const deployment = await world.run({ deposit, ...patch });
  await world.ready(deployment.lease);
  await world.until('ready', async () => (await world.status(deployment.lease)).phase === 'ready');
  return deployment;
}

async function amendment(
  { lease, group, envelope }: Deployment,
  patch: Partial<Amendment> = {},
  by: LocalKey = world.agent,
) {
  const { termsHash } = await world.onChain(lease);
  const terms = await termsOf(lease);
  return by.sign(world.chain.reads.domain, 'Amendment', {
    lease,
    terms: termsHash,
    manifest: hashManifest([group]),
    requirements: hashRequirements(envelope.requirements),
    rate: pausedRateOf(terms.rate),
    minimumCharge: terms.minimumCharge,
    deposit: 0n,
    expiresAt: world.chain.now() + 100_000,
    ...patch,
  });
}

async function termsOf(lease: LeaseId) {
  const events = await world.chain.reads.eventsSince(0, { lease });
  return events.flatMap((event) => ('terms' in event ? event.terms : [])).at(-1)!;
}

const send = (request: object) =>
  world.peer.ask(world.providerPeer.addresses(), signedProtocol, request as never);
const agree = async (deployment: Deployment) =>
  send({ kind: 'pause', when: 'money-is-low', amendment: { ...(await amendment(deployment)) } });
const pauseNow = async (deployment: Deployment) =>
  send({ kind: 'pause', when: 'now', amendment: { ...(await amendment(deployment)) } });
const resume = async (deployment: Deployment, patch: Partial<Amendment> = {}) =>
  send({
    kind: 'resume',
    amendment: { ...(await amendment(deployment, { rate: 5800n, deposit, ...patch }, world.tenant)) },
  });
const replicas = async (lease: LeaseId) =>
  (await world.driver.list()).find((status) => status.lease === lease)?.replicas ?? [];
const isStopped = async (lease: LeaseId) =>
  (await replicas(lease)).every((replica) => replica.state === 'stopped');
/** Minutes may pass. */
async function inTime(what: string, holds: () => Promise<boolean>): Promise<void> {
  await world.until(what, async () => {
    await world.clock.advance(980);
    return holds();
  });
}
const paused = (lease: LeaseId) =>
  inTime('paused', async () => {
    const { rate } = await termsOf(lease);
    return rate === 580n && (await world.status(lease)).phase === 'paused';
  });
const running = (lease: LeaseId) =>
  inTime('ready again', async () => {
    const { rate } = await termsOf(lease);
    return rate === 5800n && (await world.status(lease)).phase === 'ready';
  });

describe('a lease whose money is low', () => {
  it('is stopped in time, keeps its data, and costs a tenth from then on', async () => {
    const deployment = await leased();
    const { lease } = deployment;
    expect((await world.status(lease)).pausesAt).toBeNull();
    expect(await agree(deployment)).toEqual({ ok: true });
    const { pausesAt } = await world.status(lease);
    const { readyAt } = await world.onChain(lease);
    const end = readyAt + Math.floor((970 * 3600) / 5800);
    // A tenth of the money keeps the data, and there are seconds for the transaction.
    expect(end - pausesAt!).toBeGreaterThan(60);
    expect(end - pausesAt!).toBeLessThan(90);
    while (world.chain.now() < pausesAt! - 2) await world.clock.advance(500);
    expect(await isStopped(lease)).toBe(false);
    await paused(lease);
    expect(await isStopped(lease)).toBe(true);
    expect(world.chain.now()).toBeLessThan(pausesAt! + 10);
    expect(world.driver.control.calls.filter(({ method }) => method === 'remove')).toEqual([]);
    expect((await world.onChain(lease)).status).toBe('open');
  });

  it('and that is resumed runs again for what it cost before, and can be paused again', async () => {
    const deployment = await leased();
    const { lease } = deployment;
    await agree(deployment);
    await paused(lease);
    expect(await resume(deployment)).toEqual({ ok: true });
    await running(lease);
    expect((await termsOf(lease)).rate).toBe(5800n);
    expect((await world.status(lease)).pausesAt).toBeNull();
    expect(await agree(deployment)).toEqual({ ok: true });
    expect((await world.status(lease)).pausesAt).toBeGreaterThan(world.chain.now());
    await paused(lease);
  });

  it('is closed and removed only when the money for its data has ended too', async () => {
    const deployment = await leased();
    const { lease } = deployment;
    await agree(deployment);
    await paused(lease);
    const from = world.chain.now();
    await inTime('closed', async () => (await world.onChain(lease)).status === 'closed');
    // A tenth of the money at a tenth of the rate lasts as long as all of it at the full rate.
    expect(world.chain.now() - from).toBeGreaterThan(500);
    await world.until('removed', async () => (await replicas(lease)).length === 0);
  });

  it('ends as before where no pause was agreed', async () => {
    const { lease } = await leased({ deposit: 97n });
    await inTime('closed', async () => (await world.onChain(lease)).status === 'closed');
    expect(world.chain.calls.get('amend')).toBeUndefined();
  });

  it('is not stopped while the chain is silent', async () => {
    const deployment = await leased();
    await agree(deployment);
    world.chain.setReachable(false);
    await world.clock.advance(560_000);
    expect(await isStopped(deployment.lease)).toBe(false);
    world.chain.setReachable(true);
    await paused(deployment.lease);
  });

  it('that is topped up is paused later', async () => {
    const deployment = await leased();
    const { lease } = deployment;
    await agree(deployment);
    const before = (await world.status(lease)).pausesAt!;
    const writer = world.chain.writer(world.tenant);
    await writer.topUp({ lease, terms: await termsOf(lease) }, deposit);
    await world.clock.advance(20_000);
    expect((await world.status(lease)).pausesAt! - before).toBeGreaterThan(400);
  });
});

describe('a pause that', () => {
  it('is asked for is made at once, and asking again changes nothing', async () => {
    const deployment = await leased();
    expect(await pauseNow(deployment)).toEqual({ ok: true });
    expect(await pauseNow(deployment)).toEqual({ ok: true });
    await paused(deployment.lease);
    expect(world.chain.calls.get('amend')).toBe(1);
  });

  it('the chain refuses is given up: the workload runs on for what it cost', async () => {
    const deployment = await leased();
    const { lease } = deployment;
    world.chain.failNext('amend', new Fault('chain.reverted', 'refused', { blame: 'user' }));
    await pauseNow(deployment);
    await world.until('tried', async () => world.chain.calls.get('amend') === 1);
    await running(lease);
    expect((await termsOf(lease)).rate).toBe(5800n);
    expect(await isStopped(lease)).toBe(false);
  });

  it('the chain does not answer to is tried again until it is there', async () => {
    const deployment = await leased();
    const silent = new Fault('chain.unreachable', 'no answer', { blame: 'chain', retry: true });
    for (let n = 0; n < 3; n += 1) world.chain.failNext('amend', silent);
    await pauseNow(deployment);
    await paused(deployment.lease);
    expect(world.chain.calls.get('amend')).toBe(4);
  });

  for (const when of ['before it is stopped', 'before it is amended', 'after it was amended'] as const)
    it(`is broken off by a crash ${when} is made all the same, once`, async () => {
      const deployment = await leased();
      const { lease } = deployment;
      const down = new Fault('driver.unavailable', 'down', { blame: 'self', retry: true });
      const silent = new Fault('chain.unreachable', 'no answer', { blame: 'chain', retry: true });
      if (when === 'before it is stopped') world.driver.control.fail('stop', down, 2);
      if (when === 'before it is amended')
        for (let n = 0; n < 2; n += 1) world.chain.failNext('amend', silent);
      await pauseNow(deployment);
      if (when === 'after it was amended') await paused(lease);
      else await world.clock.advance(1500);
      await world.stop();
      await world.start();
      await paused(lease);
      expect(await isStopped(lease)).toBe(true);
      const amended = (await world.chain.reads.eventsSince(0, { lease })).filter(
        ({ kind }) => kind === 'lease-amended',
      );
      expect(amended).toHaveLength(1);
    });

  it('is not worth a pause is refused', async () => {
    const deployment = await leased();
    const say = async (patch: Partial<Amendment>, by?: LocalKey) =>
      send({ kind: 'pause', when: 'now', amendment: { ...(await amendment(deployment, patch, by)) } });
    expect(await say({ rate: 579n })).toMatchObject({ ok: false, reason: 'unsupported' });
    expect(await say({ rate: 5801n })).toMatchObject({ ok: false, reason: 'signature-wrong' });
    expect(await say({ expiresAt: 5 })).toMatchObject({ ok: false, reason: 'amendment-stale' });
    const zero = `0x${'00'.repeat(32)}` as const;
    expect(await say({ terms: zero })).toMatchObject({ ok: false, reason: 'amendment-stale' });
    expect(await say({ manifest: zero })).toMatchObject({ ok: false, reason: 'manifest-mismatch' });
    expect(await say({}, world.hotKey)).toMatchObject({ ok: false, reason: 'not-yours' });
    const forged = await amendment(deployment);
    const wrong = { ...forged, signature: `0x${'11'.repeat(65)}` };
    expect(await send({ kind: 'pause', when: 'now', amendment: wrong })).toMatchObject({
      ok: false,
      reason: 'signature-wrong',
    });
    expect((await world.status(deployment.lease)).phase).toBe('ready');
  });
});

describe('going on with what is paused', () => {
  it('needs the wallet, the price from before, and money that lasts', async () => {
    const deployment = await leased();
    expect(await resume(deployment)).toMatchObject({ ok: false, reason: 'not-running' });
    await pauseNow(deployment);
    await paused(deployment.lease);
    expect(await resume(deployment, { rate: 580n })).toMatchObject({ ok: false, reason: 'unsupported' });
    const byAgent = await amendment(deployment, { rate: 5800n });
    expect(await send({ kind: 'resume', amendment: { ...byAgent } })).toMatchObject({
      ok: false,
      reason: 'signature-wrong',
    });
    expect(await resume(deployment, { rate: 58_000_000n, deposit: 0n })).toMatchObject({
      ok: false,
      reason: 'unsupported',
    });
    expect((await world.status(deployment.lease)).phase).toBe('paused');
  });

  it('that the chain refuses leaves it paused', async () => {
    const deployment = await leased();
    await pauseNow(deployment);
    await paused(deployment.lease);
    world.chain.failNext('amend', new Fault('chain.reverted', 'no balance', { blame: 'user' }));
    expect(await resume(deployment)).toEqual({ ok: true });
    await world.until('tried', async () => world.chain.calls.get('amend') === 2);
    await paused(deployment.lease);
    await world.until('stopped', () => isStopped(deployment.lease));
  });

  it('is not lost in a crash', async () => {
    const deployment = await leased();
    const { lease } = deployment;
    await pauseNow(deployment);
    await paused(lease);
    const silent = new Fault('chain.unreachable', 'no answer', { blame: 'chain', retry: true });
    for (let n = 0; n < 2; n += 1) world.chain.failNext('amend', silent);
    expect(await resume(deployment)).toEqual({ ok: true });
    await world.clock.advance(500);
    await world.stop();
    await world.start();
    await running(lease);
    expect((await termsOf(lease)).rate).toBe(5800n);
    expect(hashTerms(await termsOf(lease))).toBe((await world.onChain(lease)).termsHash);
  });
});
