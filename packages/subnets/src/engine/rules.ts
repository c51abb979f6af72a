/**
 * Two sets of rules for one engine. `bittensor` is its chain's sparse path bit for bit; `bittensorDense` the dense one of its
 * tests. `souk` differs on purpose: an absent weight, a zero and a weight that decays are the same thing everywhere, bonds are
 * kept whole, a row must be shown to be earned, and what nobody earned is nobody's.
 */
export interface Rules {
  readonly name: 'bittensor' | 'bittensor-dense' | 'souk';
  /** What becomes of a bond whose weight is absent, under liquid alpha. */
  readonly absentBond: 'goes' | 'decays';
  /** Whether an explicit zero is kept in a row. */
  readonly keepsZeros: boolean;
  /** Whose weights count: who had a permit before this epoch, or who gets one now. */
  readonly permits: 'before' | 'now';
  /** Drops weights and bonds that were meant for an earlier holder of a slot. */
  readonly masksSlots: boolean;
  /** Bonds are stored as u16 shares, or as they are. */
  readonly storesBondsAs: 'u16' | 'fixed';
  /** A row that is not shown to be earned counts as absent and is not paid. */
  readonly asksEvidence: boolean;
}

export const bittensor: Rules = {
  name: 'bittensor',
  absentBond: 'goes',
  keepsZeros: true,
  permits: 'before',
  masksSlots: true,
  storesBondsAs: 'u16',
  asksEvidence: false,
};

export const bittensorDense: Rules = { ...bittensor, name: 'bittensor-dense', absentBond: 'decays' };

export const souk: Rules = {
  name: 'souk',
  absentBond: 'decays',
  keepsZeros: false,
  permits: 'now',
  masksSlots: false,
  storesBondsAs: 'fixed',
  asksEvidence: true,
};
