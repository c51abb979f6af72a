import { encodeJson, pausedRateOf } from '@souk/protocol';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createWorld, token, wish, type World } from '../testing/world.ts';
import type { OrderWish, WatchNews } from '../types.ts';
import { type KeptWish, keptWishSchema, type WishStore } from '../wish.ts';
import { planTopUp } from './money.ts';

const amount = fc.bigInt(0n, 10n ** 12n);

describe('a top-up', () => {
  it('never lets a deployment cost more than its budget, nor spends what is not there', () => {
    fc.assert(
      fc.property(
        fc.record({ amount, whenLeftSeconds: fc.nat(10_000) }),
        fc.option(amount, { nil: null }),
        amount,
        amount,
        fc.array(fc.record({ secondsLeft: fc.integer({ min: -10, max: 20_000 }) }), { maxLength: 20 }),
        (asked, maxTotal, start, funds, looks) => {
          let bound = maxTotal === null || start <= maxTotal ? start : maxTotal;
          let balance = funds;
          for (const { secondsLeft } of looks) {
            const plan = planTopUp({ secondsLeft, wish: asked, maxTotal, bound, balance });
            if (plan.kind !== 'top-up') continue;
            expect(plan.amount).toBeGreaterThan(0n);
            expect(plan.amount).toBeLessThanOrEqual(asked.amount);
            bound += plan.amount;
            balance -= plan.amount;
          }
          expect(balance).toBeGreaterThanOrEqual(0n);
          expect(bound <= (maxTotal ?? bound)).toBe(true);
        },
      ),
    );
  });

  const low = { secondsLeft: 50, wish: { amount: 5n, whenLeftSeconds: 60 }, maxTotal: 20n, bound: 0n };
  it('is made when the money is low, and neither before nor after it has ended', () => {
    expect(planTopUp({ ...low, balance: 100n })).toEqual({ kind: 'top-up', amount: 5n });
    expect(planTopUp({ ...low, secondsLeft: 60, balance: 100n })).toEqual({ kind: 'enough' });
    expect(planTopUp({ ...low, secondsLeft: 0, balance: 100n })).toEqual({ kind: 'enough' });
  });

  it('is the last of the budget, or of the balance, and then says which has ended', () => {
    expect(planTopUp({ ...low, bound: 18n, balance: 100n })).toEqual({ kind: 'top-up', amount: 2n });
    expect(planTopUp({ ...low, balance: 3n })).toEqual({ kind: 'top-up', amount: 3n });
    expect(planTopUp({ ...low, bound: 20n, balance: 100n })).toMatchObject({ kind: 'budget-reached' });
    expect(planTopUp({ ...low, balance: 0n })).toMatchObject({ kind: 'balance-empty' });
  });
});

function memoryWishes(): WishStore {
  const texts = new Map<string, string>();
  return {
    load: async (name): Promise<KeptWish | undefined> => {
      const text = texts.get(name);
      return text === undefined ? undefined : keptWishSchema.parse(JSON.parse(text));
    },
    save: async (name, kept) => void texts.set(name, encodeJson(kept)),
    remove: async (name) => void texts.delete(name),
  };
}

/** 0.36 tokens per hour: 100 units a second. */
const rate = 360_000n;

async function deployed(world: World, asked: Partial<OrderWish>) {
  const provider = await world.provider({ rate });
  const writer = world.chain.writer(world.wallet);
  const tenant = world.tenant({ writer, wishes: memoryWishes() });
  await using auctions = await world.run(tenant.order(wish('web', asked)));
  const [best] = await world.run(auctions.groups[0]!.waitForBids({ count: 1 }));
  const result = await world.run(auctions.groups[0]!.accept(best!).result);
  if (!result.ok) throw new Error(result.detail);
  const news: WatchNews[] = [];
  const stop = new AbortController();
  const watching = tenant.watch({ signal: stop.signal, onNews: (one) => void news.push(one) });
  const end = async () => {
    stop.abort(new Error('over'));
    await world.run(watching);
  };
  return { provider, tenant, news, end, group: result.group };
}

const kinds = (news: readonly WatchNews[]) => news.map(({ kind }) => kind);

describe('the watch over money', () => {
  it('tops up within the budget, says when that is reached, and warns that the money ends', async () => {
    const world = await createWorld({ lowBalanceSeconds: 10 });
    const { news, end, group } = await deployed(world, {
      deposit: () => 6_000n,
      topUp: { amount: 5_000n, whenLeftSeconds: 30 },
      maxTotal: 14_000n,
    });
    await world.pass(135);
    await end();
    expect(kinds(news)).toEqual(['topped-up', 'topped-up', 'budget-reached', 'low-balance']);
    expect(news.flatMap((one) => (one.kind === 'topped-up' ? [one.amount] : []))).toEqual([5_000n, 3_000n]);
    expect((await world.chain.reads.leaseOf(group.lease)).funded).toBe(14_000n);
  });

  it('says that the balance is empty, once', async () => {
    const world = await createWorld({ lowBalanceSeconds: 10 });
    const { news, end } = await deployed(world, {
      deposit: () => 100n * token,
      topUp: { amount: token, whenLeftSeconds: 1_000_000_000 },
    });
    await world.pass(60);
    await end();
    expect(kinds(news)).toEqual(['balance-empty']);
  });

  it('tops nothing up that nobody asked to', async () => {
    const world = await createWorld({ lowBalanceSeconds: 300 });
    const { news, end } = await deployed(world, { deposit: () => 40_000n });
    await world.pass(120);
    await end();
    expect(kinds(news)).toEqual(['low-balance']);
  });

  it('hands the provider a pause for when the money is low, and one again where it has none', async () => {
    const world = await createWorld();
    const { provider, end, group } = await deployed(world, {});
    await world.pass(30);
    await end();
    const pauses = provider.pauses.filter(({ when }) => when === 'money-is-low');
    // The fake provider forgets them all, so each round brings another.
    expect(pauses.length).toBeGreaterThan(2);
    const [first] = pauses;
    expect(first!.amendment.signer).toBe(group.order.message.agent);
    const { termsHash } = await world.chain.reads.leaseOf(group.lease);
    expect(first!.amendment.message).toMatchObject({
      lease: group.lease,
      terms: termsHash,
      manifest: group.order.message.manifest,
      requirements: group.order.message.requirements,
      rate: pausedRateOf(rate),
      deposit: 0n,
    });
  });
});

describe('a pause by hand', () => {
  it('is there once the chain has the lower price, and leaves the lease alone until it is resumed', async () => {
    const world = await createWorld({ unhealthyPatienceSeconds: 5 });
    const { tenant, news, end, provider, group } = await deployed(world, { deposit: () => 10n * token });
    provider.script.takesPauses = true;
    await world.run(tenant.pause('web'));
    expect((await tenant.list())[0]).toMatchObject({
      groups: [{ rateBeforePause: rate, terms: { rate: pausedRateOf(rate) } }],
    });
    world.http.isDown = true;
    await world.pass(60);
    expect(kinds(news)).toEqual(['paused']);
    world.http.isDown = false;
    await world.run(tenant.resume('web', { deposit: token }));
    await world.pass(20);
    await end();
    expect(kinds(news)).toEqual(['paused', 'resumed']);
    const state = await world.chain.reads.leaseOf(group.lease);
    expect(state.funded).toBeGreaterThan(10n * token);
    const [record] = await tenant.list();
    expect(record!.groups[0]).toMatchObject({ rateBeforePause: null, terms: { rate } });
    expect(record!.groups[0]!.paidBefore).toBeGreaterThan(0n);
    expect(record!.groups[0]!.paidBefore + state.funded).toBe(11n * token);
  });

  it('that the provider refuses is a fault that says why', async () => {
    const world = await createWorld();
    const { tenant, end } = await deployed(world, {});
    await expect(world.run(tenant.pause('web'))).rejects.toMatchObject({ code: 'tenant.pause-refused' });
    await end();
  });

  it('needs the balance for what it adds', async () => {
    const world = await createWorld();
    const { tenant, end, provider } = await deployed(world, {});
    provider.script.takesPauses = true;
    await world.run(tenant.pause('web'));
    await expect(world.run(tenant.resume('web', { deposit: 1000n * token }))).rejects.toMatchObject({
      code: 'tenant.balance-too-small',
    });
    await end();
  });
});

describe('a provider that says it is paused', () => {
  it('and charges as before is left, with the pay since then taken back', async () => {
    const world = await createWorld({ closeConfirmMs: 2_000 });
    const { news, end, provider } = await deployed(world, { deposit: () => 10n * token });
    await world.pass(20);
    const from = world.chain.now();
    provider.script.phases = ['paused'];
    await world.pass(200);
    await end();
    const closed = news.find((one) => one.kind === 'closed');
    expect(closed?.receipt.effectiveAt).toBeLessThanOrEqual(from + 5);
  });
});
