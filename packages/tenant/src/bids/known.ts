/** What is known of the market: each provider as a function from an order to its reasons against. Pure. */
import {
  type Address,
  canonicalJson,
  type CapacitySummary,
  type Decline,
  factsOf,
  fit,
  type MarketWish,
  priceOf,
} from '@souk/protocol';
import type { TenantConfig } from '../config.ts';
import type { OrderWish, WorkloadGroup } from '../types.ts';
import type { OperatorDeclines } from './offer.ts';
import { isStillDeclined } from './relax.ts';

export interface KnownProvider {
  readonly operator: Address;
  /** Why it would make no offer; none where it would. */
  readonly declinesOf: (wish: MarketWish) => readonly Decline[];
  /** What it asks per hour; undefined where it has not published its prices. */
  readonly rateOf: (wish: MarketWish) => bigint | undefined;
  /** Of what storage it has; empty where it has not said. */
  readonly storageClasses: readonly string[];
  /** True where it may decide otherwise: it prices by a script, has more to say than it publishes, or did not publish. */
  readonly isGuess: boolean;
  readonly hasAnswered: boolean;
}

export function knownBySummary(summary: CapacitySummary): KnownProvider {
  const facts = factsOf(summary);
  const rateOf = ({ requirements }: MarketWish) => priceOf(requirements, facts.prices);
  return {
    operator: summary.operator,
    declinesOf: (wish) => fit(wish, facts, rateOf(wish)),
    rateOf,
    storageClasses: facts.storageClasses,
    isGuess: summary.isScripted === true || summary.isAbridged === true,
    hasAnswered: false,
  };
}

export function knownByDeclines(asked: MarketWish, answer: OperatorDeclines): KnownProvider {
  const { operator, declines } = answer;
  return {
    operator,
    // A reason that makes no sense of what was asked is one that no change of it does away with.
    declinesOf: (wish) =>
      declines.filter((decline) => isStillDeclined(decline, wish) || !isStillDeclined(decline, asked)),
    rateOf: () => undefined,
    storageClasses: [],
    isGuess: true,
    hasAnswered: true,
  };
}

/** What an order of this wish will ask of providers, for one of its groups. */
export function askedOf(
  wish: OrderWish,
  group: Pick<WorkloadGroup, 'name' | 'requirements'>,
  by: {
    readonly token: Address;
    readonly config: Pick<TenantConfig, 'clawbackWindowSeconds' | 'startWindowSeconds'>;
  },
): MarketWish {
  return {
    requirements: group.requirements,
    terms: {
      token: by.token,
      maxRate: wish.maxRate(group.name),
      deposit: wish.deposit(group.name),
      clawbackWindow: wish.clawbackWindowSeconds ?? by.config.clawbackWindowSeconds,
      startWindow: wish.startWindowSeconds ?? by.config.startWindowSeconds,
    },
  };
}

/** Each provider once. What it answered counts; what it published says more, where the two agree. */
export function knownProviders(
  wish: MarketWish,
  summaries: readonly CapacitySummary[],
  answers: readonly OperatorDeclines[],
): readonly KnownProvider[] {
  const known = new Map<Address, KnownProvider>();
  for (const summary of summaries) known.set(summary.operator, knownBySummary(summary));
  for (const answer of answers) {
    const published = known.get(answer.operator);
    const agrees =
      published !== undefined && canonicalJson(published.declinesOf(wish)) === canonicalJson(answer.declines);
    known.set(answer.operator, agrees ? { ...published, hasAnswered: true } : knownByDeclines(wish, answer));
  }
  return [...known.values()];
}
