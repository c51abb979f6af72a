/** Interruptible leases: cheaper, and the provider may take their capacity back, after its notice, saved and stopped. */
import { existsSync, readFileSync, statSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { controlFileOf, controlFileSchema } from '../src/control.ts';
import { createWorld, sdl, type World } from './world.ts';

const interruptible = `${sdl}
x-souk:
  interruptible: { noticeSeconds: 30 }
`;
const grumpy = { 'content-type': 'application/json', authorization: 'Bearer wrong' };

function control(world: World) {
  return controlFileSchema.parse(JSON.parse(readFileSync(controlFileOf(world.folder), 'utf8')));
}

async function reclaim(world: World, lease: string | null) {
  const { url, token } = control(world);
  const headers = { ...grumpy, authorization: `Bearer ${token}` };
  const answer = await fetch(`${url}/reclaim`, { method: 'POST', headers, body: JSON.stringify({ lease }) });
  expect(answer.status).toBe(200);
  return ((await answer.json()) as { leases: { ok: boolean; reason?: string; reclaimAt?: number }[] }).leases;
}

const kindsOf = (world: World, lease: `0x${string}`) =>
  world.driver.control.calls.filter((call) => call.lease === lease).map(({ method }) => method);

describe('an interruptible lease', () => {
  it('costs half, and is taken back after its notice: stopped first, then closed by the operator', async () => {
    const stoppedIn: string[] = [];
    await using world = await createWorld({
      driver: (driver) => ({
        ...driver,
        stop: async (id) => {
          stoppedIn.push((await world.status(id)).phase);
          return driver.stop(id);
        },
      }),
    });
    const full = await world.bidOn(await world.draft());
    const { lease, request } = await world.run({}, interruptible);
    expect(request.bid.message.rate).toBe((full.message.rate + 1n) / 2n);
    await world.ready(lease);
    await world.until('ready', async () => (await world.status(lease)).phase === 'ready');

    const [given] = await reclaim(world, lease);
    const noticed = world.chain.now();
    expect(given).toMatchObject({ ok: true, reclaimAt: noticed + 30 });
    const status = await world.status(lease);
    expect(status).toMatchObject({ phase: 'reclaiming', reclaimAt: noticed + 30 });
    expect(status.detail).toContain('take the capacity back');
    expect(await reclaim(world, lease)).toEqual([given]);

    await world.clock.advance(25_000);
    expect(kindsOf(world, lease)).not.toContain('stop');
    expect((await world.status(lease)).services[0]?.running).toBe(1);

    await world.until('closed', async () => (await world.onChain(lease)).status === 'closed');
    expect(world.chain.now()).toBeGreaterThanOrEqual(noticed + 30);
    expect(stoppedIn[0]).toBe('reclaiming');
    await world.until('removed', async () => kindsOf(world, lease).includes('remove'));
    const events = await world.chain.reads.eventsSince(0, { lease });
    expect(events.at(-1)).toMatchObject({
      kind: 'lease-closed',
      by: 'operator',
      wasReady: true,
      clawedBack: 0n,
    });
  });

  it('whose tenant leaves during the notice is closed by the tenant, and not reclaimed any more', async () => {
    await using world = await createWorld();
    const { lease } = await world.run({}, interruptible);
    await world.ready(lease);
    await reclaim(world, null);
    await world.clock.advance(5_000);
    await world.close(lease);
    await world.until('closed', async () => (await world.onChain(lease)).status === 'closed');
    await world.clock.advance(40_000);
    expect((await world.status(lease)).detail).toBe('closed by the tenant');
    const events = await world.chain.reads.eventsSince(0, { lease });
    expect(events.at(-1)).toMatchObject({ kind: 'lease-closed', by: 'agent' });
  });

  it('stopped, is the tenant’s to close for a moment', async () => {
    await using world = await createWorld();
    const { lease } = await world.run({}, interruptible);
    await world.ready(lease);
    await reclaim(world, lease);
    await world.until('stopped', () => kindsOf(world, lease).includes('stop'));
    expect((await world.status(lease)).phase).toBe('reclaiming');
    expect((await world.onChain(lease)).status).toBe('open');
    await world.close(lease);
    await world.until('closed', async () => (await world.onChain(lease)).status === 'closed');
    const events = await world.chain.reads.eventsSince(0, { lease });
    expect(events.at(-1)).toMatchObject({ kind: 'lease-closed', by: 'agent', clawedBack: 0n });
  });

  it('keeps its notice over a crash of the daemon, however long that is away', async () => {
    await using world = await createWorld();
    const { lease } = await world.run({ deposit: 10_000_000n }, interruptible);
    await world.ready(lease);
    const [given] = await reclaim(world, lease);
    await world.stop();
    expect(existsSync(controlFileOf(world.folder))).toBe(false);
    await world.start();
    await world.until('serving', async () => (await world.status(lease)).services[0]?.running === 1);
    expect((await world.status(lease)).reclaimAt).toBe(given?.reclaimAt);
    await world.stop();
    await world.clock.advance(60_000);
    await world.start();
    await world.until('closed', async () => (await world.onChain(lease)).status === 'closed');
    expect((await world.status(lease)).detail).toContain('after its notice');
  });
});

describe('reclaiming', () => {
  it('is refused for what pays the full price, what has ended and what is not there', async () => {
    await using world = await createWorld();
    const { lease } = await world.run();
    const full = await reclaim(world, lease);
    expect(full).toEqual([{ ok: false, lease, reason: 'not-interruptible' }]);
    expect(await reclaim(world, null)).toEqual([]);
    expect(await reclaim(world, `0x${'77'.repeat(32)}`)).toMatchObject([{ reason: 'lease-unknown' }]);
    expect((await world.status(lease)).reclaimAt).toBeNull();
    await world.close(lease);
    await world.until('closed', async () => (await world.onChain(lease)).status === 'closed');
    expect(await reclaim(world, lease)).toMatchObject([{ reason: 'lease-ended' }]);
  });

  it('takes its token, from a file of the owner’s alone, and nothing malformed', async () => {
    await using world = await createWorld();
    const { lease } = await world.run({}, interruptible);
    const { url, token } = control(world);
    expect(statSync(controlFileOf(world.folder)).mode & 0o777).toBe(0o600);
    const post = (headers: Record<string, string>, body: string) =>
      fetch(`${url}/reclaim`, { method: 'POST', headers, body }).then((answer) => answer.status);
    expect(await post(grumpy, JSON.stringify({ lease }))).toBe(401);
    expect(await post({}, JSON.stringify({ lease }))).toBe(401);
    const owner = { authorization: `Bearer ${token}` };
    for (const body of ['', '{', '{"lease":"all"}', '{"lease":null,"now":true}'])
      expect(await post(owner, body)).toBe(400);
    expect((await world.status(lease)).reclaimAt).toBeNull();
  });
});
