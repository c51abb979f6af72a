import { describe, expect, it } from 'vitest';
import { totalResources } from '@souk/protocol';
import { createFuse, createPatience } from './fuse.ts';
import { type ApplyOptions, createUpdates, groupOf, twoOf, unhealthy } from './update-world.ts';
import { createWorld, image } from './world.ts';

interface Case {
  readonly from: string;
  readonly to: string;
  readonly options: ApplyOptions;
  readonly old: readonly string[];
  readonly next: readonly string[];
}

const two = (reference: string) => [`web/0 ${reference}`, `web/1 ${reference}`];
/** All of the machine: there is no room for a third one beside them. */
const whole = (reference: string) => twoOf(reference).replace('units: 0.5', 'units: 1.6');
const rolling: Case = {
  from: whole(image),
  to: whole('souk/hello:2'),
  options: { strategy: 'rolling' },
  old: two(image),
  next: two('souk/hello:2'),
};

/** Dies at one point of the update, starts again, and is looked at when all has come to rest. */
async function dieAt(point: number, { from, to, options, old, next }: Case) {
  const fuse = createFuse(point, { isArmed: false });
  await using world = await createWorld({
    driver: (driver) => fuse.wires(driver, ['apply', 'ensureImage']),
    writer: (writer) => fuse.wires(writer, ['amend']),
    store: (store) => fuse.wireStore(store),
    config: { retryMs: 50 },
  });
  const updates = createUpdates(world);
  const { lease } = await world.run({}, from);
  await world.ready(lease);
  await updates.readyOnChain(lease);
  const before = await updates.terms(lease);
  const request = await updates.request(lease, to, { by: world.tenant, ...options });
  fuse.arm();
  const { persist, end } = createPatience(world, fuse);
  await persist('the update to be taken', async () => {
    const answer = await updates.ask(request);
    return answer.ok || answer.reason === 'amendment-stale';
  });
  const status = await persist('the update to end', async () => {
    const now = await world.status(lease);
    const isUp = now.phase === 'ready' || now.phase === 'running';
    return isUp && now.update && now.update.state !== 'applying' ? now : undefined;
  });
  await end();
  const isDone = status.update?.state === 'done';
  const amended = (await world.chain.reads.eventsSince(0, { lease })).filter(
    ({ kind }) => kind === 'lease-amended',
  );
  const terms = await updates.terms(lease);
  expect(amended).toHaveLength(isDone ? 1 : 0);
  expect(updates.running(lease)).toEqual(isDone ? next : old);
  expect(terms).toEqual(isDone ? { ...before, revision: 1, rate: terms.rate } : before);
  // Capacity: what is free is all but what its version asks for, to the last byte.
  expect(await updates.freeMilli()).toBe(3200 - milliOf(isDone ? to : from));
  return { wasReached: fuse.isBlown(), isDone };
}

function milliOf(text: string): number {
  return totalResources(groupOf(text).requirements).cpuMilli;
}

async function dieEverywhere(what: Case): Promise<{ readonly points: number; readonly done: number }> {
  let points = 0;
  let done = 0;
  for (;;) {
    const { wasReached, isDone } = await dieAt(points + 1, what);
    if (!wasReached) return { points, done };
    points += 1;
    done += isDone ? 1 : 0;
  }
}

describe('a provider without any room to spare, killed while it updates a lease', () => {
  it('at any step ends with the new version, paid for once', async () => {
    const { points, done } = await dieEverywhere(rolling);
    // Every write of the journal, and before and after each call of driver and chain.
    expect(points).toBeGreaterThan(15);
    expect(done).toBe(points);
  }, 120_000);

  it('at any step of one that fails ends with the old version, and nothing on chain', async () => {
    const { points, done } = await dieEverywhere({
      ...rolling,
      options: { strategy: 'recreate', healthySeconds: 3, runtime: unhealthy },
    });
    expect(points).toBeGreaterThan(8);
    expect(done).toBe(0);
  }, 120_000);
});
