import { describe, expect, it } from 'vitest';
import { createUpdates, twoOf } from './update-world.ts';
import { createWorld } from './world.ts';

describe('an update', () => {
  it('rolls to a new version, and brings its price on chain in one transaction', async () => {
    await using world = await createWorld();
    const updates = createUpdates(world);
    const { lease } = await world.run();
    await world.ready(lease);
    await updates.readyOnChain(lease);
    const quote = await updates.quote(lease, twoOf('souk/hello:2'));
    expect(quote.strategies).toEqual(['rolling', 'recreate', 'canary']);
    expect(quote.rate).toBeGreaterThan((await updates.terms(lease)).rate);
    const answer = await updates.apply(lease, twoOf('souk/hello:2'), { by: world.tenant });
    expect(answer).toEqual({ ok: true, kind: 'applying', wanted: [] });
    const status = await updates.ended(lease);
    expect(status.update).toMatchObject({ state: 'done', strategy: 'rolling' });
    expect(updates.running(lease)).toEqual(['web/0 souk/hello:2', 'web/1 souk/hello:2']);
    expect(world.chain.calls.get('amend')).toBe(1);
    expect(await updates.terms(lease)).toMatchObject({ rate: quote.rate, revision: 1 });
  });
});
