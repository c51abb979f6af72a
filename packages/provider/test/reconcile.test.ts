import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { capacityTopic, type CapacitySummary, Fault, type LeaseId } from '@souk/protocol';
import { createWorld, type World } from './world.ts';

let world: World;
beforeEach(async () => {
  world = await createWorld();
});
afterEach(async () => world[Symbol.asyncDispose]());

const orphan = `0x${'ee'.repeat(32)}` as LeaseId;
const runs = async (lease: LeaseId) => (await world.driver.list()).some((status) => status.lease === lease);

/** Something runs here that the journal knows nothing of. */
async function leaveOrphan(lease: LeaseId): Promise<void> {
  const image = await world.driver.ensureImage(
    { kind: 'registry', reference: 'x' },
    { signal: new AbortController().signal },
  );
  const { group } = await world.draft();
  const services = group.services.map((service) => ({ service, image }));
  await world.driver.apply({ lease, services, env: {} }, new AbortController().signal);
}

describe('the reconciler', () => {
  it('starts again what has ended, and what somebody removed', async () => {
    const { lease } = await world.run();
    world.driver.control.crash(lease, 'web', 0, 'exit code 1');
    await world.clock.advance(16_000);
    expect((await world.status(lease)).services[0]).toMatchObject({ running: 1, restarts: 1 });
    world.driver.control.forgetAll();
    await world.clock.advance(16_000);
    expect(await runs(lease)).toBe(true);
    expect((await world.status(lease)).phase).toBe('running');
  });

  it('hears at once of a crash where the tenant asks how it is', async () => {
    const { lease } = await world.run();
    await world.clock.advance(2000);
    world.driver.control.crash(lease, 'web', 0, 'exit code 1');
    await world.until('restarted', async () => (await world.status(lease)).services[0]?.restarts === 1);
    await world.until('running', async () => (await world.status(lease)).phase === 'running');
    expect(world.driver.control.calls.filter(({ method }) => method === 'apply')).toHaveLength(2);
  });

  it('removes what no lease wants, once the chain says so', async () => {
    await leaveOrphan(orphan);
    world.chain.setReachable(false);
    await world.clock.advance(40_000);
    expect(await runs(orphan)).toBe(true);
    world.chain.setReachable(true);
    await world.clock.advance(40_000);
    expect(await runs(orphan)).toBe(false);
  });

  it('keeps what the chain says is open, though the journal is lost', async () => {
    const { lease } = await world.run();
    await world.stop();
    const { openStore } = await import('@souk/daemon');
    using empty = openStore(':memory:');
    await world.start({ store: () => empty });
    await world.clock.advance(40_000);
    expect(await runs(lease)).toBe(true);
    await world.stop();
    await world.start();
  });

  it('ends nothing while the driver does not answer', async () => {
    const { lease } = await world.run();
    const down = new Fault('driver.unavailable', 'the engine is down', { blame: 'self', retry: true });
    world.driver.control.fail('list', down, 50);
    world.driver.control.fail('ping', down, 10);
    await world.clock.advance(20_000);
    expect(world.provider.troubles()).toHaveProperty('driver');
    expect((await world.onChain(lease)).status).toBe('open');
    await world.clock.advance(300_000);
    expect(world.provider.troubles()).toEqual({});
    expect((await world.status(lease)).phase).not.toBe('failed');
  });

  it('does again what a reorg undid', async () => {
    const { lease } = await world.run();
    world.chain.reorg(1);
    await world.until('open again', async () => (await world.onChain(lease)).status === 'open');
    expect(await runs(lease)).toBe(true);
    await world.ready(lease);
    await world.until('ready', async () => (await world.onChain(lease)).readyAt > 0);
    await world.close(lease);
    await world.until('closed', async () => (await world.status(lease)).phase === 'closed');
    world.chain.reorg(1);
    await world.until('closed again', async () => (await world.onChain(lease)).status === 'closed');
  });
});

describe('a restart', () => {
  it('finds its leases running, and leaves them so', async () => {
    const leases = [(await world.run()).lease, (await world.run()).lease];
    await world.stop();
    for (const lease of leases) expect(await runs(lease)).toBe(true);
    await world.start();
    for (const lease of leases) {
      await world.until('running', async () => (await world.status(lease)).phase === 'running');
    }
    expect(world.chain.calls.get('open')).toBe(2);
    expect(
      (await world.driver.list()).flatMap(({ replicas }) => replicas.map(({ restarts }) => restarts)),
    ).toEqual([0, 0]);
  });

  it('keeps the names and ports of its leases', async () => {
    const { lease } = await world.run();
    const before = (await world.status(lease)).services[0]?.urls;
    await world.stop();
    await world.start();
    await world.until('running', async () => (await world.status(lease)).phase === 'running');
    const after = (await world.status(lease)).services[0]?.urls;
    expect(after).toEqual(before);
  });
});

describe('what the operator sees', () => {
  const get = async (path: string) => {
    const response = await fetch(`${world.provider.adminUrl}${path}`);
    return { status: response.status, text: await response.text() };
  };

  it('is green while all is well, and red with the reason when business stands still', async () => {
    await world.clock.advance(6000);
    expect(await get('/healthz')).toEqual({ status: 200, text: '{"ok":true,"troubles":{}}' });
    world.chain.setReachable(false);
    await world.clock.advance(10_000);
    const red = await get('/healthz');
    expect(red.status).toBe(503);
    expect(Object.keys((JSON.parse(red.text) as { troubles: object }).troubles)).toEqual([
      'chain',
      'operator',
      'gas',
    ]);
  });

  it('counts usage for Prometheus, until the lease is gone', async () => {
    const { lease } = await world.run();
    world.driver.control.setUsage(lease, 'web', 0, { cpuSeconds: 12.5, memoryBytes: 1000 });
    await world.clock.advance(20_000);
    const sample = `souk_provider_lease_cpu_seconds{lease="${lease}",service="web",replica="0"} 12.5`;
    expect((await get('/metrics')).text).toContain(sample);
    expect((await get('/metrics')).text).toContain('souk_provider_leases{phase="running"} 1');
    expect((await world.status(lease)).services[0]?.usage).toMatchObject({
      cpuSeconds: 12.5,
      memoryBytes: 1000,
    });
    await world.close(lease);
    await world.clock.advance(20_000);
    expect((await get('/metrics')).text).not.toContain(lease);
  });

  it('and what everyone may know is published, within its size', async () => {
    const summaries: CapacitySummary[] = [];
    await world.peer.join(
      capacityTopic,
      () => 'accept',
      (summary) => void summaries.push(summary),
    );
    await world.clock.advance(61_000);
    const { lease } = await world.run();
    await world.clock.advance(60_000);
    expect(summaries[0]).toMatchObject({
      operator: world.operator,
      driver: 'mock',
      free: { cpuMilli: 3200 },
    });
    expect(summaries.at(-1)?.free.cpuMilli).toBe(2700);
    expect(summaries.at(-1)?.prices.core).toBe(10_000_000_000n);
    await world.close(lease);
  });
});
