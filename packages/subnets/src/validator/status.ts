/** Where a validator stands, for people: epoch, window, what it did, what does not work. */
import type { Address, Signer } from '@souk/protocol';
import { keyTrouble } from '../book/view.ts';
import { mayAttest } from './attestations.ts';
import type { Commits } from './commits.ts';
import type { Difference, Epochs } from './epochs.ts';
import type { Journal } from './journal.ts';
import type { Now, Rounds } from './rounds.ts';
import type { Sender } from './sender.ts';

/** Of the epoch that runs; `reveal` and `open` are those of the epoch before it. */
export type EpochWindow = 'reveal' | 'open' | 'attest';

export interface ValidatorStatus {
  readonly subnet: number;
  readonly head: number;
  readonly epoch: number;
  /** What the epoch before is in. */
  readonly window: EpochWindow;
  /** Blocks until the epoch ends. */
  readonly blocksLeft: number;
  readonly stake: bigint;
  /** On the posted list of those who weigh. */
  readonly hasPermit: boolean;
  /** Whether what it signs can count at all. */
  readonly mayAttest: boolean;
  readonly miners: number;
  /** Miners scored in this epoch. */
  readonly scored: number;
  /** Of this epoch, on chain. */
  readonly hasCommitted: boolean;
  /** Of the epoch before, on chain. */
  readonly hasRevealed: boolean;
  readonly hasOpened: boolean;
  readonly computedEpoch: number | undefined;
  readonly postedEpoch: number | undefined;
  /** Share of stake that signed the next epoch to be posted, 0 to 1. */
  readonly quorumShare: number | undefined;
  /** Who computed another result, and the first thing that differs. */
  readonly differences: readonly Difference[];
  /** What does not work at the moment, by part. */
  readonly troubles: Readonly<Record<string, string>>;
}

export interface StatusParts {
  readonly subnet: number;
  readonly operator: Address;
  readonly signer: Pick<Signer, 'address'>;
  readonly journal: Journal;
  readonly sender: Sender;
  readonly rounds: Rounds;
  readonly commits: Commits;
  readonly epochs: Epochs;
  readonly troubles: Readonly<Record<string, string>>;
  readonly version: number;
  readonly now: Now;
}

export function statusOf(parts: StatusParts): ValidatorStatus {
  const { subnet, operator, journal, epochs, now } = parts;
  const { view, head, epoch, blocks } = now;
  const quorum = epochs.quorum();
  const last = view.deedsOf(operator, epoch - 1);
  return {
    subnet,
    head,
    epoch,
    window: windowOf(now),
    blocksLeft: Math.max(0, blocks.end - 1 - head),
    stake: view.pools.get(operator) ?? 0n,
    hasPermit: view.lastPost?.validators.some((permit) => permit.operator === operator) === true,
    mayAttest: mayAttest(view, operator),
    miners: [...view.registrations.values()].filter(({ hasEnded }) => !hasEnded).length,
    scored: new Set(journal.scored(epoch).map(({ registration }) => registration)).size,
    hasCommitted: view.deedsOf(operator, epoch).commit !== undefined,
    hasRevealed: last.reveal !== undefined,
    hasOpened: last.hasOpened,
    computedEpoch: epochs.computed(),
    postedEpoch: view.lastPost?.epoch,
    quorumShare:
      quorum && quorum.all > 0n ? Number((quorum.signed * 1_000n) / quorum.all) / 1_000 : undefined,
    differences: epochs.differences(),
    troubles: troublesOf(parts),
  };
}

function windowOf({ head, blocks }: Now): EpochWindow {
  const tempo = blocks.end - blocks.start;
  const gone = head - blocks.start;
  if (gone < Math.floor(tempo / 3)) return 'reveal';
  return gone < Math.floor((2 * tempo) / 3) ? 'open' : 'attest';
}

function troublesOf(parts: StatusParts): Readonly<Record<string, string>> {
  const { rounds, commits, epochs, sender, now, version } = parts;
  const { minVersion } = now.view.paramsIn(now.epoch);
  const named = {
    ...parts.troubles,
    ...keyTrouble(now.view, parts),
    ...sender.troubles(),
    asking: rounds.trouble(),
    weights: parts.troubles['weights'] ?? commits.trouble(),
    epochs: parts.troubles['epochs'] ?? epochs.trouble(),
    version:
      BigInt(version) < minVersion
        ? `the subnet asks for version ${minVersion} of its mechanisms, this is ${version}: update souk`
        : undefined,
  };
  return Object.fromEntries(
    Object.entries(named).filter((entry): entry is [string, string] => entry[1] !== undefined),
  );
}
