/** The nouns of collecting bids: what came in, what was checked, why something was refused. */
import type { Address, Bid, Decline, Signed } from '@souk/protocol';

/** A bid whose signature, price, expiry, sender and operator were checked. */
export interface VerifiedBid {
  readonly bid: Signed<Bid>;
  readonly operator: Address;
  /** The operator's hot key: signer of the bid and address of its peer. */
  readonly hotKey: Address;
  /** Multiaddrs of the provider; all name the hot key's peer. */
  readonly provider: readonly string[];
  readonly driver: string;
  readonly attributes: Readonly<Record<string, string>>;
  /** Milliseconds from publishing the order to the bid's arrival. */
  readonly latencyMs: number;
}

/** An operator's past leases, from chain events alone. */
export interface Reliability {
  readonly completed: number;
  readonly failedToStart: number;
  readonly failedRunning: number;
  /** What was paid for completed leases; for failed ones with what was taken back, and at least a minimum each. */
  readonly completedFees: bigint;
  readonly failedFees: bigint;
}

export interface RankedBid extends VerifiedBid {
  /** 1 is best. */
  readonly rank: number;
  /** What ranking minimises: weighted sum of dearness, expected failure and delay. */
  readonly cost: number;
  /** Undefined where the record could not be read in time. */
  readonly reliability: Reliability | undefined;
}

export interface OperatorDeclines {
  readonly operator: Address;
  readonly declines: readonly Decline[];
}

/** Why an offer was not taken. All but `too-late`, `too-dear-to-keep` and `avoided` count against the sender. */
export type OfferRefusal =
  | 'above-ceiling'
  | 'rate-zero'
  | 'minimum-above-deposit'
  | 'expired'
  | 'signature-wrong'
  | 'operator-inactive'
  | 'sender-not-operator'
  | 'peer-not-operator'
  | 'too-late'
  | 'too-dear-to-keep'
  | 'avoided';

/** What an auction reports, as it happens. */
export type OfferSeen =
  | { readonly kind: 'bid'; readonly bid: VerifiedBid }
  | ({ readonly kind: 'decline' } & OperatorDeclines)
  | { readonly kind: 'refused'; readonly operator: Address; readonly reason: OfferRefusal };
