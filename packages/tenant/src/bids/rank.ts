/**
 * The ranking policy: a pure function of bids, records and named weights. Price, then the expected share of failed
 * leases, then delay. Equal inputs in any order give the same ranking on every machine.
 */
import type { Address } from '@souk/protocol';
import type { RankedBid, Reliability, VerifiedBid } from './offer.ts';

export interface RankingPolicy {
  /** Cost of being twice as dear as the cheapest. */
  readonly priceWeight: number;
  /** Cost of failing every lease. */
  readonly reliabilityWeight: number;
  /** Cost of a bid that came a second late. */
  readonly latencyWeight: number;
  /** An operator is believed to fail `newcomerFailure` of its leases until its own fees outweigh this. */
  readonly priorFees: bigint;
}

/** Share of failed leases that is expected of an operator without a record. */
export const newcomerFailure = 0.1;

export function rankBids(
  bids: readonly VerifiedBid[],
  policy: RankingPolicy,
  records: ReadonlyMap<Address, Reliability>,
): readonly RankedBid[] {
  if (bids.length === 0) return [];
  const cheapest = bids.map(rateOf).reduce((a, b) => (b < a ? b : a));
  return bids
    .map((bid) => ({ bid, cost: costOf(bid, cheapest, policy, records.get(bid.operator)) }))
    .sort((a, b) => a.cost - b.cost || compareBids(a.bid, b.bid))
    .map(({ bid, cost }, index) => ({
      ...bid,
      rank: index + 1,
      cost,
      reliability: records.get(bid.operator),
    }));
}

/** Expected share of failed leases, by fees, between 0 and 1. */
export function expectedFailure(record: Reliability | undefined, priorFees: bigint): number {
  const failed = Number(record?.failedFees ?? 0n) + newcomerFailure * Number(priorFees);
  const all = Number((record?.failedFees ?? 0n) + (record?.completedFees ?? 0n) + priorFees);
  return all === 0 ? newcomerFailure : failed / all;
}

function costOf(
  bid: VerifiedBid,
  cheapest: bigint,
  policy: RankingPolicy,
  record: Reliability | undefined,
): number {
  const dearer = Number(rateOf(bid) - cheapest) / Number(cheapest);
  return (
    policy.priceWeight * dearer +
    policy.reliabilityWeight * expectedFailure(record, policy.priorFees) +
    (policy.latencyWeight * bid.latencyMs) / 1000
  );
}

function compareBids(a: VerifiedBid, b: VerifiedBid): number {
  if (rateOf(a) !== rateOf(b)) return rateOf(a) < rateOf(b) ? -1 : 1;
  return a.operator < b.operator ? -1 : 1;
}

const rateOf = (bid: VerifiedBid) => bid.bid.message.rate;
