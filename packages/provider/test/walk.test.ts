import { describe, expect, it } from 'vitest';
import { createWorld } from './world.ts';

describe('a provider', () => {
  it('walks a lease from an order heard to money settled', async () => {
    await using world = await createWorld();
    const { lease } = await world.run();
    expect((await world.onChain(lease)).status).toBe('open');
    const [workload] = await world.driver.list();
    expect(workload?.lease).toBe(lease);

    await world.ready(lease);
    await world.until('ready on chain', async () => (await world.onChain(lease)).readyAt > 0);
    const status = await world.status(lease);
    expect(status.services[0]?.running).toBe(1);
    expect(status.services[0]?.urls[0]).toMatch(/^http:\/\/web-[0-9a-f]{8}\.localhost:\d+$/);

    await world.clock.advance(1800_000);
    await world.close(lease);
    await world.until('closed', async () => (await world.status(lease)).phase === 'closed');
    expect((await world.onChain(lease)).status).toBe('closed');
    expect(await world.driver.list()).toEqual([]);
    expect(world.provider.countLeases()).toBe(0);
    // 0.5 core, 0.25 GiB and 0.5 GiB of disk at the default prices: 5,800 per hour.
    expect(await world.chain.reads.balanceOf(world.operator)).toBe(2900n);
    expect(await world.chain.reads.balanceOf(world.tenant.address)).toBe(100_000_000n - 2900n);
  });
});
