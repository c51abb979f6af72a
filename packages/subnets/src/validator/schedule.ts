/** When a validator does what in an epoch, and whom it asks. Pure: after a restart it comes to the same. */
import type { SeededRandom } from '../mechanisms/mechanism.ts';
import type { EpochBlocks } from '../epochs/epoch.ts';

export interface Shares {
  readonly askShare: number;
  readonly commitShare: number;
}

/** A validator's place among those of the subnet: so that they do not all ask at once. */
export interface Turn {
  readonly rank: number;
  readonly of: number;
}

/** Rounds, out of `rounds`, that have begun by `block`. */
export function roundsDue(
  { start, end }: EpochBlocks,
  { rounds, turn, askShare, block }: { rounds: number; turn: Turn; askShare: number; block: number },
): number {
  const beginsAt = (round: number) =>
    start + Math.floor(((end - start) * askShare * (round + turn.rank / turn.of)) / rounds);
  let due = 0;
  while (due < rounds && beginsAt(due) <= block) due += 1;
  return due;
}

export interface CommitBlocks {
  /** From here on weights are committed, once no round is under way. */
  readonly from: number;
  /** From here on, whatever is under way. */
  readonly atLast: number;
  /** Head after which a commit would come too late. */
  readonly until: number;
}

export function commitBlocks({ start, end }: EpochBlocks, { commitShare }: Shares): CommitBlocks {
  const latest = end - 3;
  const from = Math.min(latest, start + Math.floor((end - start) * commitShare));
  return { from, atLast: latest, until: end - 2 };
}

export interface Candidate {
  readonly registration: number;
  /** Times it was asked in earlier rounds of this epoch. */
  readonly asked: number;
  /** It had no weight one epoch before. */
  readonly isNew: boolean;
}

/**
 * At most `max`: first who was asked least, newcomers before others, then by lot. So everybody has a turn in each epoch
 * before anybody has a second one, and a newcomer is never left out for those that are known.
 */
export function chooseMiners(
  candidates: readonly Candidate[],
  max: number,
  random: SeededRandom,
): readonly number[] {
  return candidates
    .toSorted((a, b) => a.registration - b.registration)
    .map((candidate) => ({ ...candidate, lot: random.next() }))
    .toSorted((a, b) => a.asked - b.asked || Number(b.isNew) - Number(a.isNew) || a.lot - b.lot)
    .slice(0, max)
    .map(({ registration }) => registration)
    .toSorted((a, b) => a - b);
}
