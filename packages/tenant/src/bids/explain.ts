/** Why nobody bids, or so few: a thousand reasons merged into a few ranked ones, and what would bring bids. Pure. */
import { type Decline, type DeclineReason, describeDecline, type MarketWish } from '@souk/protocol';
import { type Counterfactual, counterfactuals } from './counterfactuals.ts';
import type { KnownProvider } from './known.ts';
import type { OfferRefusal, OperatorDeclines } from './offer.ts';

export interface Explanation {
  /** Providers that published what they have, or answered. */
  readonly known: number;
  /** Those of them that would make an offer. */
  readonly offers: number;
  /** Those of them that were asked and said nothing. */
  readonly silent: number;
  /** Those that may decide otherwise than is predicted here. */
  readonly guesses: number;
  /** Lowest price per hour among those that would offer and have published their prices. */
  readonly cheapest: bigint | undefined;
  readonly groups: readonly DeclineGroup[];
  readonly counterfactuals: readonly Counterfactual[];
}

export function explainOrder(wish: MarketWish, known: readonly KnownProvider[]): Explanation {
  const judged = known.map((provider) => ({ provider, declines: provider.declinesOf(wish) }));
  const offering = judged.filter(({ declines }) => declines.length === 0).map(({ provider }) => provider);
  const declining = judged.filter(({ declines }) => declines.length > 0);
  const rates = offering.flatMap((provider) => provider.rateOf(wish) ?? []);
  return {
    known: known.length,
    offers: offering.length,
    silent: offering.filter((provider) => !provider.hasAnswered).length,
    guesses: known.filter((provider) => provider.isGuess).length,
    cheapest: rates.length === 0 ? undefined : rates.reduce((a, b) => (b < a ? b : a)),
    groups: mergeDeclines(
      declining.map(({ provider, declines }) => ({ operator: provider.operator, declines })),
    ),
    counterfactuals: counterfactuals(wish, known),
  };
}

/** Why an order has no bids; ranked, and never none. */
export type NoBidReason =
  | ({ readonly kind: 'excluded' } & DeclineGroup)
  /** Offers came and were not good. */
  | { readonly kind: 'not-taken'; readonly reason: OfferRefusal; readonly count: number }
  /** Known to fit, but nothing was heard of them in time. */
  | { readonly kind: 'silent'; readonly count: number }
  | { readonly kind: 'nobody-known' };

export function noBidReasons(
  explanation: Explanation,
  refused: readonly { readonly reason: OfferRefusal }[],
): readonly NoBidReason[] {
  const counts = new Map<OfferRefusal, number>();
  for (const { reason } of refused) counts.set(reason, (counts.get(reason) ?? 0) + 1);
  const reasons: readonly NoBidReason[] = [
    ...explanation.groups.map((group) => ({ kind: 'excluded', ...group }) as const),
    ...[...counts].map(([reason, count]) => ({ kind: 'not-taken', reason, count }) as const),
    ...(explanation.silent > 0 ? [{ kind: 'silent', count: explanation.silent } as const] : []),
  ];
  return reasons.length > 0 ? reasons : [{ kind: 'nobody-known' }];
}

export interface DeclineGroup {
  readonly reason: DeclineReason;
  /** Operators that gave it. */
  readonly count: number;
  /** Operators that gave only it: mending it alone would bring this many bids. */
  readonly soleCount: number;
  /** The mildest of the group: least missing, lowest price. */
  readonly nearest: Decline;
  readonly sentence: string;
}

/** Most mendable first: by `soleCount`, then `count`. */
export function mergeDeclines(all: readonly OperatorDeclines[]): readonly DeclineGroup[] {
  const groups = new Map<string, { operators: number; soles: number; nearest: Decline }>();
  for (const { declines } of all) {
    const distinct = new Map(declines.map((decline) => [keyOf(decline), decline]));
    for (const [key, decline] of distinct) {
      const group = groups.get(key) ?? { operators: 0, soles: 0, nearest: decline };
      group.operators += 1;
      if (distinct.size === 1) group.soles += 1;
      if (distanceOf(decline) < distanceOf(group.nearest)) group.nearest = decline;
      groups.set(key, group);
    }
  }
  return [...groups.values()]
    .map(({ operators, soles, nearest }) => ({
      reason: nearest.reason,
      count: operators,
      soleCount: soles,
      nearest,
      sentence: describeDecline(nearest),
    }))
    .sort((a, b) => b.soleCount - a.soleCount || b.count - a.count || compare(a.sentence, b.sentence));
}

/** Declines with the same key are mended by the same change of the workload or the order. */
function keyOf(decline: Decline): string {
  switch (decline.reason) {
    case 'no-capacity':
      return `${decline.reason} ${decline.resource}`;
    case 'attribute-missing':
      return `${decline.reason} ${decline.attribute} ${decline.wanted}`;
    case 'storage-class-missing':
      return `${decline.reason} ${decline.class}`;
    case 'endpoint-unsupported':
      return `${decline.reason} ${decline.kind}`;
    case 'window-too-long':
      return `${decline.reason} ${decline.which}`;
    case 'region-mismatch':
    case 'notice-too-long':
    case 'not-audited':
    case 'gpu-mismatch':
    case 'price-below-ours':
    case 'deposit-too-small':
    case 'token-not-accepted':
    case 'too-many-orders':
    case 'not-serving':
      return decline.reason;
  }
}

function distanceOf(decline: Decline): bigint {
  switch (decline.reason) {
    case 'no-capacity':
      return decline.needed - decline.available;
    case 'price-below-ours':
      return decline.ours;
    case 'deposit-too-small':
      return decline.minimum;
    case 'window-too-long':
      return BigInt(decline.window - decline.maximum);
    case 'notice-too-long':
      return BigInt(decline.wanted - decline.maximum);
    case 'attribute-missing':
    case 'region-mismatch':
    case 'not-audited':
    case 'gpu-mismatch':
    case 'storage-class-missing':
    case 'endpoint-unsupported':
    case 'token-not-accepted':
    case 'too-many-orders':
    case 'not-serving':
      return 0n;
  }
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
