import { describe, expect, it } from 'vitest';
import type { AcceptRequest } from '@souk/protocol';
import { createFuse, createPatience, type Fuse } from './fuse.ts';
import { createWorld, sdl, type World } from './world.ts';

/** Does what a patient tenant does, over a provider that may be killed and started again. */
async function walk(world: World, fuse: Fuse): Promise<AcceptRequest> {
  const { persist, end } = createPatience(world, fuse);
  const deployment = await world.draft();
  const request = await world.acceptance(deployment, await world.bidOn(deployment));
  const phase = async () => (await world.status(deployment.lease)).phase;
  await persist('the acceptance to be taken', async () => (await world.accept(request)).ok);
  await persist('running', async () => (await phase()) === 'running');
  await persist('ready', async () => {
    await world.ready(deployment.lease);
    return (await world.onChain(deployment.lease)).readyAt > 0;
  });
  await persist('closed', async () => {
    if ((await phase()) !== 'closed') await world.close(deployment.lease);
    return (await phase()) === 'closed';
  });
  await end();
  return request;
}

/** An order for all that the machine has to rent: bid on only if nothing is held. */
const whole = sdl.replace('units: 0.5', 'units: 3.2').replace('size: 256Mi', 'size: 6Gi');

async function dieAt(point: number): Promise<{ readonly wasReached: boolean }> {
  const fuse = createFuse(point);
  await using world = await createWorld({
    driver: (driver) => fuse.wires(driver, ['apply', 'remove', 'ensureImage']),
    writer: (writer) => fuse.wires(writer, ['open', 'markReady', 'closeSigned', 'close']),
    store: (store) => fuse.wireStore(store),
    config: { retryMs: 50 },
  });
  const request = await walk(world, fuse);
  const { status } = await world.onChain(request.acceptance.message.order);
  expect(status).toBe('closed');
  expect(await world.driver.list()).toEqual([]);
  expect(world.provider.countLeases()).toBe(0);
  expect(world.chain.calls.get('open')).toBe(1);
  expect(
    (await world.offerOn(await world.draft({ maxRate: 10n ** 9n, deposit: 10n ** 7n }, whole))).kind,
  ).toBe('bid');
  return { wasReached: fuse.isBlown() };
}

describe('a provider killed', () => {
  it('at any step of a lease’s life finds its way, with nothing left over and nothing done twice', async () => {
    let points = 0;
    while ((await dieAt(points + 1)).wasReached) points += 1;
    // Every write of the journal, and before and after each call of driver and chain.
    expect(points).toBeGreaterThan(15);
  }, 120_000);
});
