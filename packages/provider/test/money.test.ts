import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createKey, Fault, type LeaseId } from '@souk/protocol';
import { createWorld, type World } from './world.ts';

let world: World;
beforeEach(async () => {
  world = await createWorld({ config: { readyPatienceMs: 60_000, collectMinimum: '0.001' } });
});
afterEach(async () => world[Symbol.asyncDispose]());

const closed = (lease: LeaseId) =>
  world.until('closed', async () => {
    const status = await world.status(lease);
    return ['closed', 'failed'].includes(status.phase) && world.provider.countLeases() === 0 && status;
  });
const marked = (lease: LeaseId) => world.until('ready', async () => (await world.onChain(lease)).readyAt > 0);
const running = async () => (await world.driver.list()).length > 0;

describe('the money of a lease', () => {
  it('ends it the second it runs out, and pays for every second until then', async () => {
    // 5,800 per hour: 97 pay for 60 seconds.
    const { lease } = await world.run({ deposit: 97n });
    await world.ready(lease);
    await marked(lease);
    const { readyAt } = await world.onChain(lease);
    const paidUntil = (readyAt + Math.floor((97 * 3600) / 5800)) * 1000;
    while (await running()) await world.clock.advance(100);
    expect(world.clock.now()).toBeGreaterThanOrEqual(paidUntil);
    expect(world.clock.now()).toBeLessThanOrEqual(paidUntil + 2000);
    expect((await closed(lease)).detail).toContain('run out');
    expect(world.chain.calls.get('closeExhausted')).toBe(1);
    expect(await world.chain.reads.balanceOf(world.operator)).toBeGreaterThanOrEqual(96n);
  });

  it('that was topped up goes on', async () => {
    const { lease } = await world.run({ deposit: 97n });
    await world.ready(lease);
    await marked(lease);
    const [opened] = await world.chain.reads.eventsSince(1, { lease });
    if (opened?.kind !== 'lease-opened') throw new Error('not opened');
    await world.chain.writer(world.tenant).topUp({ lease, terms: opened.terms }, 1_000_000n);
    await world.clock.advance(300_000);
    expect(await running()).toBe(true);
  });

  it('while the chain is silent ends nothing', async () => {
    const { lease } = await world.run({ deposit: 97n });
    await world.ready(lease);
    await marked(lease);
    world.chain.setReachable(false);
    await world.clock.advance(300_000);
    expect(await running()).toBe(true);
    expect(world.provider.troubles()).toHaveProperty('chain');
    world.chain.setReachable(true);
    await closed(lease);
    expect(await running()).toBe(false);
  });

  it('is collected when enough is owed, in batches', async () => {
    const leases = [];
    for (let n = 0; n < 3; n += 1) leases.push((await world.run()).lease);
    for (const lease of leases) await world.ready(lease);
    for (const lease of leases) await marked(lease);
    await world.clock.advance(20 * 60_000);
    expect(world.chain.calls.get('collect')).toBeGreaterThan(0);
    const collected = await world.chain.reads.balanceOf(world.operator);
    // All but the clawback window, the pause between looks and what is less than the minimum.
    expect(collected).toBeGreaterThan((3n * 5800n) / 3n - 3n * 300n - 1000n);
    expect(collected).toBeLessThanOrEqual((3n * 5800n) / 3n);
  });
});

describe('a lease that nobody calls ready', () => {
  it('is served for a short patience only', async () => {
    const { lease } = await world.run();
    await world.clock.advance(70_000);
    expect((await closed(lease)).detail).toContain('ready');
    expect(await world.chain.reads.balanceOf(world.operator)).toBe(0n);
    expect(await world.chain.reads.balanceOf(world.tenant.address)).toBe(100_000_000n);
  });

  it('or that never runs is closed before its meter starts', async () => {
    const down = new Fault('driver.unavailable', 'the engine is down', { blame: 'self', retry: true });
    world.driver.control.fail('apply', down, 100_000);
    const deployment = await world.draft({ startWindow: 30 });
    const request = await world.acceptance(deployment, await world.bidOn(deployment));
    expect((await world.accept(request)).ok).toBe(true);
    expect((await closed(deployment.lease)).detail).toContain('start deadline');
    expect(await world.chain.reads.balanceOf(world.tenant.address)).toBe(100_000_000n);
  });
});

describe('a signed Ready', () => {
  it('is taken of the buying side alone, and not ahead of time', async () => {
    const { lease } = await world.run();
    expect(await world.ready(lease, { by: createKey() })).toMatchObject({ ok: false, reason: 'not-yours' });
    expect(await world.ready(lease, { by: world.hotKey })).toMatchObject({ ok: false, reason: 'not-yours' });
    const readyAt = world.chain.now() + 60;
    expect(await world.ready(lease, { readyAt })).toMatchObject({ ok: false, reason: 'unsupported' });
    expect(await world.ready(lease, { readyAt: 1 })).toMatchObject({ ok: false, reason: 'unsupported' });
    const nowhere: LeaseId = `0x${'12'.repeat(32)}` as LeaseId;
    expect(await world.ready(nowhere)).toMatchObject({ ok: false, reason: 'lease-unknown' });
    expect(await world.ready(lease, { by: world.tenant })).toEqual({ ok: true });
    await marked(lease);
    expect(await world.ready(lease)).toEqual({ ok: true });
    expect(world.chain.calls.get('markReady')).toBe(1);
  });

  it('reaches the chain though that is silent at first', async () => {
    const { lease } = await world.run();
    const silent = new Fault('chain.unreachable', 'no answer', { blame: 'chain', retry: true });
    world.chain.failNext('markReady', silent);
    world.chain.failNext('markReady', silent);
    await world.ready(lease);
    await marked(lease);
    expect(world.chain.calls.get('markReady')).toBe(3);
  });
});

describe('a signed Close', () => {
  it('is taken of the buying side alone, and may not date far back', async () => {
    const { lease } = await world.run();
    await world.ready(lease);
    await marked(lease);
    await world.clock.advance(600_000);
    expect(await world.close(lease, { by: createKey() })).toMatchObject({ ok: false, reason: 'not-yours' });
    const effectiveAt = world.chain.now() - 300;
    expect(await world.close(lease, { effectiveAt })).toMatchObject({ ok: false, reason: 'unsupported' });
    expect(await running()).toBe(true);
    expect(await world.close(lease)).toEqual({ ok: true });
    expect((await closed(lease)).phase).toBe('closed');
    expect(await world.close(lease)).toEqual({ ok: true });
    expect(world.chain.calls.get('closeSigned')).toBe(1);
    expect(world.chain.calls.get('close')).toBeUndefined();
  });

  it('stops the workload though the chain is silent, and settles when it speaks again', async () => {
    const { lease } = await world.run();
    await world.ready(lease);
    await marked(lease);
    const silent = new Fault('chain.unreachable', 'no answer', { blame: 'chain', retry: true });
    for (let n = 0; n < 3; n += 1) world.chain.failNext('closeSigned', silent);
    await world.close(lease);
    await world.until('stopped', async () => !(await running()));
    await closed(lease);
    expect((await world.onChain(lease)).status).toBe('closed');
  });
});

describe('a lease closed on chain by its tenant', () => {
  it('is torn down', async () => {
    const { lease } = await world.run();
    const [opened] = await world.chain.reads.eventsSince(1, { lease });
    if (opened?.kind !== 'lease-opened') throw new Error('not opened');
    await world.chain.writer(world.tenant).close({ lease, terms: opened.terms }, world.chain.now());
    await closed(lease);
    expect(await running()).toBe(false);
  });

  it('while the provider was down is torn down at its start', async () => {
    const { lease } = await world.run();
    const [opened] = await world.chain.reads.eventsSince(1, { lease });
    if (opened?.kind !== 'lease-opened') throw new Error('not opened');
    await world.stop();
    expect(await running()).toBe(true);
    await world.chain.writer(world.tenant).close({ lease, terms: opened.terms }, world.chain.now());
    await world.start();
    await closed(lease);
    expect(await running()).toBe(false);
  });
});
