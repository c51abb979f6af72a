import { createFakeNetwork } from '@souk/net/testing';
import { createKey, type Offer, type OrderEnvelope } from '@souk/protocol';
import { describe, expect, it } from 'vitest';
import type { OfferSeen } from '../bids/offer.ts';
import { createWorld, token, wish, type World } from '../testing/world.ts';

type BidOffer = Offer & { kind: 'bid' };

async function refusalOf(
  world: World,
  change: (offer: BidOffer, envelope: OrderEnvelope) => Promise<Offer> | Offer,
): Promise<OfferSeen | undefined> {
  await world.provider({
    rate: 300_000n,
    offer: (envelope, honest) => (honest.kind === 'bid' ? change(honest, envelope) : honest),
  });
  await using tenant = world.tenant();
  await using auctions = await world.run(tenant.order(wish('web')));
  expect(await world.run(auctions.groups[0]!.waitForBids())).toEqual([]);
  for await (const seen of auctions.groups[0]!.offers()) return seen;
  return undefined;
}

async function resigned(world: World, offer: BidOffer, change: object, key = createKey()): Promise<Offer> {
  const message = { ...offer.bid.message, ...change };
  return { ...offer, bid: await key.sign(world.chain.reads.domain, 'Bid', message) };
}

describe('an auction refuses a bid', () => {
  it('above the ceiling', async () => {
    const world = await createWorld();
    const seen = await refusalOf(world, (offer) => resigned(world, offer, { rate: token + 1n }));
    expect(seen).toMatchObject({ kind: 'refused', reason: 'above-ceiling' });
  });

  it('of nothing, or with a minimum above the deposit', async () => {
    for (const [change, reason] of [
      [{ rate: 0n }, 'rate-zero'],
      [{ minimumCharge: 5n * token + 1n }, 'minimum-above-deposit'],
    ] as const) {
      const world = await createWorld();
      expect(await refusalOf(world, (offer) => resigned(world, offer, change))).toMatchObject({ reason });
    }
  });

  it('that has expired by chain time', async () => {
    const world = await createWorld();
    const seen = await refusalOf(world, (offer) => resigned(world, offer, { expiresAt: world.chain.now() }));
    expect(seen).toMatchObject({ reason: 'expired' });
  });

  it('signed by another key than the sender’s', async () => {
    const world = await createWorld();
    const seen = await refusalOf(world, (offer) => resigned(world, offer, {}));
    expect(seen).toMatchObject({ reason: 'sender-not-operator' });
  });

  it('whose signature is not its signer’s', async () => {
    const world = await createWorld();
    const forged = createKey();
    const seen = await refusalOf(world, async (offer) => {
      const other = await forged.sign(world.chain.reads.domain, 'Bid', offer.bid.message);
      return { ...offer, bid: { ...offer.bid, signature: other.signature } };
    });
    expect(seen).toMatchObject({ reason: 'signature-wrong' });
  });

  it('of an operator whose bond is too small, or whose key it is not', async () => {
    const world = await createWorld();
    const unbonded = await refusalOf(world, (offer) => {
      world.chain.addOperator(offer.bid.message.operator, offer.bid.signer, 1n);
      return offer;
    });
    expect(unbonded).toMatchObject({ reason: 'operator-inactive' });
    const other = await createWorld();
    const victim = createKey().address;
    other.chain.addOperator(victim, victim);
    const provider = await other.provider({
      rate: 1n,
      offer: (_, honest) =>
        honest.kind === 'bid' ? resigned(other, honest, { operator: victim }, provider.key) : honest,
    });
    await using tenant = other.tenant();
    await using auctions = await other.run(tenant.order(wish('web')));
    expect(await other.run(auctions.groups[0]!.waitForBids())).toEqual([]);
  });

  it('that names another peer as its provider', async () => {
    const world = await createWorld();
    const stranger = await world.connect(createKey());
    const seen = await refusalOf(world, (offer) => ({ ...offer, provider: [...stranger.addresses()] }));
    expect(seen).toMatchObject({ reason: 'peer-not-operator' });
  });

  it('replayed from an earlier order', async () => {
    const world = await createWorld();
    let earlier: Offer | undefined;
    const provider = await world.provider({ rate: 300_000n, offer: (_, honest) => (earlier ??= honest) });
    await using tenant = world.tenant();
    await using first = await world.run(tenant.order(wish('one')));
    expect(await world.run(first.groups[0]!.waitForBids({ count: 1 }))).toHaveLength(1);
    await using second = await world.run(tenant.order(wish('two')));
    expect(await world.run(second.groups[0]!.waitForBids())).toEqual([]);
    expect(provider.answers).toEqual(['noted', 'unknown-order']);
  });

  it('and stops checking a sender after a few wrong ones', async () => {
    const world = await createWorld({ maxStrikes: 2 });
    const provider = await world.provider({
      rate: 300_000n,
      offer: async (envelope, honest) => {
        if (honest.kind !== 'bid') return honest;
        const bad = await resigned(world, honest, { rate: 0n });
        for (let count = 0; count < 5; count += 1) await provider.sendOffer(envelope, bad);
        return honest;
      },
    });
    await using tenant = world.tenant();
    await using auctions = await world.run(tenant.order(wish('web')));
    expect(await world.run(auctions.groups[0]!.waitForBids())).toEqual([]);
    const seen: OfferSeen[] = [];
    const reading = (async () => {
      for await (const one of auctions.groups[0]!.offers()) seen.push(one);
    })();
    await auctions[Symbol.asyncDispose]();
    await reading;
    expect(seen).toHaveLength(2);
  });
});

describe('an auction', () => {
  it('keeps one bid an operator, the latest, and says enough when it has enough', async () => {
    const world = await createWorld({ bidCount: 1 });
    const provider = await world.provider({
      rate: 400_000n,
      offer: async (envelope, honest) => {
        await provider.sendOffer(envelope, honest);
        provider.script.rate = 200_000n;
        return provider.honestOffer(envelope);
      },
    });
    await using tenant = world.tenant();
    await using auctions = await world.run(tenant.order(wish('web')));
    await world.pass(1);
    const [auction] = auctions.groups;
    expect(auction!.bids().map((bid) => bid.bid.message.rate)).toEqual([200_000n]);
    expect(provider.answers).toEqual(['enough', 'enough']);
  });

  it('keeps the cheapest where there are more bids than it keeps', async () => {
    const world = await createWorld({ maxBids: 2 });
    for (const rate of [300_000n, 500_000n, 200_000n, 400_000n]) await world.provider({ rate });
    await using tenant = world.tenant();
    await using auctions = await world.run(tenant.order(wish('web')));
    const ranked = await world.run(auctions.groups[0]!.waitForBids());
    expect(ranked.map((bid) => bid.bid.message.rate)).toEqual([200_000n, 300_000n]);
  });

  it('collects declines', async () => {
    const world = await createWorld();
    const provider = await world.provider({
      rate: 1n,
      offer: (_, honest) => ({
        kind: 'decline',
        order: honest.kind === 'bid' ? honest.bid.message.order : honest.order,
        operator: provider.key.address,
        declines: [{ reason: 'too-many-orders' }],
      }),
    });
    await using tenant = world.tenant();
    await using auctions = await world.run(tenant.order(wish('web')));
    await world.run(auctions.groups[0]!.waitForBids());
    expect(auctions.groups[0]!.declines()).toEqual([
      { operator: provider.key.address, declines: [{ reason: 'too-many-orders' }] },
    ]);
  });

  it('refuses a wish that can’t be: bad name, empty balance, wrong manifest', async () => {
    const world = await createWorld();
    await using tenant = world.tenant();
    await expect(world.run(tenant.order(wish('Web!')))).rejects.toMatchObject({ code: 'tenant.bad-name' });
    await expect(world.run(tenant.order(wish('web', { deposit: () => 101n * token })))).rejects.toMatchObject(
      {
        code: 'tenant.balance-too-small',
        remedy: 'souk deposit 1.00',
      },
    );
    const [group] = wish('web').groups;
    const changed = { ...group!, manifestHash: `0x${'11'.repeat(32)}` as const };
    await expect(world.run(tenant.order(wish('web', { groups: [changed] })))).rejects.toMatchObject({
      code: 'tenant.manifest-mismatch',
    });
    expect(world.signatures).toEqual([]);
    expect(await tenant.list()).toEqual([]);
  });

  it('that nobody hears leaves nothing behind, and the record of an earlier one as it was', async () => {
    const world = await createWorld();
    await world.provider({ rate: 200_000n });
    const elsewhere = createFakeNetwork();
    const alone = world.tenant({ connectPeer: (key) => elsewhere.peer(key, { clock: world.clock }) });
    const unheard = { code: 'tenant.no-peers', remedy: expect.stringContaining('bootstrap') };
    await expect(world.run(alone.order(wish('web')))).rejects.toMatchObject(unheard);
    expect(await alone.list()).toEqual([]);

    const tenant = world.tenant();
    await using auctions = await world.run(tenant.order(wish('web')));
    const [best] = await world.run(auctions.groups[0]!.waitForBids({ count: 1 }));
    await world.run(auctions.groups[0]!.accept(best!).result);
    await world.run(tenant.close('web'));
    const closed = await tenant.list();
    await expect(world.run(alone.order(wish('web')))).rejects.toMatchObject(unheard);
    expect(await alone.list()).toEqual(closed);
    expect(await world.chain.reads.balanceOf(world.wallet.address)).toBe(100n * token);
  });
});
