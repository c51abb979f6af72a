import { describe, expect, it } from 'vitest';
import { createWorld, token, wish, workload } from './testing/world.ts';
import type { OpeningStep } from './types.ts';

describe('a deployment', () => {
  it('is ordered, opened with the cheapest provider, probed, signed ready, and closed with the rest back', async () => {
    const world = await createWorld();
    const dear = await world.provider({ rate: 500_000n });
    const cheap = await world.provider({ rate: 360_000n });
    await using tenant = world.tenant();
    await using auctions = await world.run(tenant.order(wish('web')));
    const auction = auctions.groups[0]!;
    const ranked = await world.run(auction.waitForBids({ count: 2 }));
    expect(ranked.map((bid) => bid.operator)).toEqual([cheap.key.address, dear.key.address]);

    const opening = auction.accept(ranked[0]!);
    const steps: OpeningStep['step'][] = [];
    const reading = (async () => {
      for await (const step of opening.steps()) steps.push(step.step);
    })();
    const result = await world.run(opening.result);
    await reading;
    expect(result).toMatchObject({ ok: true, group: { phase: 'ready', urls: [cheap.url] } });
    expect(steps).toEqual([
      'accepting',
      'accepted',
      'opening',
      'opened',
      'pulling',
      'starting',
      'running',
      'ready',
    ]);
    expect(world.signatures).toEqual(['Order']);
    expect(dear.accepted).toEqual([]);

    await world.pass(100);
    const [receipt] = await world.run(tenant.close('web'));
    expect(receipt).toMatchObject({ by: 'agent', wasReady: true, clawedBack: 0n });
    expect(receipt!.paid).toBe((360_000n * BigInt(receipt!.seconds)) / 3600n);
    expect(receipt!.paid + receipt!.refunded).toBe(5n * token);
    expect(await world.chain.reads.balanceOf(world.wallet.address)).toBe(100n * token - receipt!.paid);
    expect((await tenant.list())[0]).toMatchObject({ name: 'web', groups: [{ phase: 'closed' }] });
  });

  it('runs an auction for each placement group, each with one signature', async () => {
    const world = await createWorld();
    await world.provider({ rate: 360_000n });
    await using tenant = world.tenant();
    const groups = [workload('east'), workload('west')];
    await using auctions = await world.run(tenant.order(wish('web', { groups })));
    const opened = await world.run(
      Promise.all(
        auctions.groups.map(async (auction) => {
          const [best] = await auction.waitForBids({ count: 1 });
          return auction.accept(best!).result;
        }),
      ),
    );
    expect(opened.map((one) => one.ok)).toEqual([true, true]);
    expect(world.signatures).toEqual(['Order', 'Order']);
    const receipts = await world.run(tenant.close('web'));
    expect(receipts).toHaveLength(2);
  });
});
