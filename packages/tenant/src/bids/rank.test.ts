import { asAddress } from '@souk/protocol';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Reliability, VerifiedBid } from './offer.ts';
import { expectedFailure, rankBids, type RankingPolicy } from './rank.ts';
import { noRecord } from './record.ts';

const policy: RankingPolicy = {
  priceWeight: 1,
  reliabilityWeight: 0.25,
  latencyWeight: 0.02,
  priorFees: 1_000_000n,
};

const addressOf = (index: number) => asAddress(`0x${index.toString(16).padStart(40, '0')}`);

function bidOf(index: number, rate: bigint, latencyMs = 100): VerifiedBid {
  const operator = addressOf(index);
  const message = { order: `0x${'00'.repeat(32)}`, operator, rate, minimumCharge: 0n, expiresAt: 1 } as const;
  return {
    bid: { message, signer: operator, signature: '0x00' },
    operator,
    hotKey: operator,
    provider: [],
    driver: 'mock',
    attributes: {},
    latencyMs,
  };
}

const fees = fc.bigInt({ min: 0n, max: 10n ** 12n });
const record: fc.Arbitrary<Reliability> = fc.record({
  completed: fc.nat(1000),
  failedToStart: fc.nat(1000),
  failedRunning: fc.nat(1000),
  completedFees: fees,
  failedFees: fees,
});
const market = fc
  .array(fc.tuple(fc.bigInt({ min: 1n, max: 2n ** 96n - 1n }), fc.nat(5000), record), {
    minLength: 1,
    maxLength: 20,
  })
  .map((all) => ({
    bids: all.map(([rate, latencyMs], index) => bidOf(index + 1, rate, latencyMs)),
    records: new Map(all.map(([, , one], index) => [addressOf(index + 1), one])),
  }));
const order = (ranked: ReturnType<typeof rankBids>) => ranked.map((bid) => bid.operator);

describe('ranking', () => {
  it('does not depend on the order of arrival', () => {
    fc.assert(
      fc.property(market, fc.nat(), ({ bids, records }, turn) => {
        const by = turn % bids.length;
        const shuffled = [...bids.slice(by), ...bids.slice(0, by)].reverse();
        expect(order(rankBids(shuffled, policy, records))).toEqual(order(rankBids(bids, policy, records)));
      }),
    );
  });

  it('holds every bid once, best first, numbered from 1', () => {
    fc.assert(
      fc.property(market, ({ bids, records }) => {
        const ranked = rankBids(bids, policy, records);
        expect(new Set(order(ranked)).size).toBe(bids.length);
        expect(ranked.map((bid) => bid.rank)).toEqual(bids.map((_, index) => index + 1));
        expect(ranked.every((bid, index) => index === 0 || bid.cost >= ranked[index - 1]!.cost)).toBe(true);
      }),
    );
  });

  it('never punishes a lower price, a quicker bid or one more completed lease', () => {
    const rankOf = (ranked: ReturnType<typeof rankBids>, operator: string) =>
      ranked.find((bid) => bid.operator === operator)!.rank;
    fc.assert(
      fc.property(market, fc.nat(), fees, ({ bids, records }, pick, more) => {
        const one = bids[pick % bids.length]!;
        const before = rankOf(rankBids(bids, policy, records), one.operator);
        const swap = (better: VerifiedBid) => bids.map((bid) => (bid === one ? better : bid));
        const { bid } = one;
        const cheaper = { ...bid, message: { ...bid.message, rate: (bid.message.rate + 1n) / 2n } };
        expect(
          rankOf(rankBids(swap({ ...one, bid: cheaper }), policy, records), one.operator),
        ).toBeLessThanOrEqual(before);
        const quicker = swap({ ...one, latencyMs: Math.floor(one.latencyMs / 2) });
        expect(rankOf(rankBids(quicker, policy, records), one.operator)).toBeLessThanOrEqual(before);
        const old = records.get(one.operator)!;
        const proven = new Map(records).set(one.operator, {
          ...old,
          completedFees: old.completedFees + more,
        });
        expect(rankOf(rankBids(bids, policy, proven), one.operator)).toBeLessThanOrEqual(before);
      }),
    );
  });

  it('goes by price alone when the other weights are nothing', () => {
    const priceOnly = { ...policy, reliabilityWeight: 0, latencyWeight: 0 };
    fc.assert(
      fc.property(market, ({ bids, records }) => {
        const rates = rankBids(bids, priceOnly, records).map((bid) => bid.bid.message.rate);
        expect(rates).toEqual([...rates].sort((a, b) => (a < b ? -1 : a > b ? 1 : 0)));
      }),
    );
  });

  it('prefers a proven operator to one that fails, at nearly the same price', () => {
    const good = { ...noRecord, completed: 12, completedFees: 50_000_000n };
    const bad = { ...noRecord, failedRunning: 10, completedFees: 1_000_000n, failedFees: 50_000_000n };
    const records = new Map([
      [addressOf(1), bad],
      [addressOf(2), good],
    ]);
    expect(order(rankBids([bidOf(1, 100n), bidOf(2, 105n)], policy, records))).toEqual([
      addressOf(2),
      addressOf(1),
    ]);
  });
});

describe('the expected failure', () => {
  it('moves from the newcomer’s to the observed as fees grow', () => {
    expect(expectedFailure(undefined, 1_000_000n)).toBeCloseTo(0.1);
    expect(expectedFailure({ ...noRecord, completedFees: 10n ** 12n }, 1_000_000n)).toBeLessThan(0.001);
    expect(expectedFailure({ ...noRecord, failedFees: 10n ** 12n }, 1_000_000n)).toBeGreaterThan(0.999);
  });
});
