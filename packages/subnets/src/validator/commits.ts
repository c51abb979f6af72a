/**
 * Weights on chain: sealed, committed, revealed, opened. Level-triggered: what the chain does not show and may still be
 * sent is sent, so a crash, an outage or a reorganisation costs nothing while the window is open.
 */
import type { SubnetWriter } from '@souk/chain';
import { type Address, hashCommit, hashWeights, type Hex, type Log } from '@souk/protocol';
import { blocksOf } from '../epochs/blocks.ts';
import { versionOf } from '../mechanisms/define.ts';
import { drawsThatFit } from './evidence/draws.ts';
import { logRootOf, openLog, weightsOf } from './evidence/log.ts';
import type { Journal, Sealed } from './journal.ts';
import type { Now } from './rounds.ts';
import { commitBlocks, type Shares } from './schedule.ts';
import type { EpochSecret } from './secret.ts';
import type { Sender } from './sender.ts';
import { groupsBehind, groupsOf } from './weights.ts';

export interface CommitsDeps {
  readonly journal: Journal;
  readonly writer: SubnetWriter;
  readonly sender: Sender;
  readonly log: Log;
  readonly subnet: number;
  readonly operator: Address;
  blockHash(block: number): Promise<Hex | undefined>;
  secretOf(epoch: number): Promise<EpochSecret>;
  /** Whether rounds are under way. */
  isAsking(): boolean;
}

export interface Commits {
  step(now: Now): Promise<void>;
  trouble(): string | undefined;
}

export function createCommits(deps: CommitsDeps, shares: Shares): Commits {
  const { journal, writer, sender, log, subnet, operator } = deps;
  let trouble: string | undefined;

  async function step(now: Now): Promise<void> {
    await commit(now);
    if (now.epoch > 0) await showLast(now);
  }

  async function commit(now: Now): Promise<void> {
    const { view, head, epoch, blocks } = now;
    const { from, atLast, until } = commitBlocks(blocks, shares);
    if (head < from || head > until || (head < atLast && deps.isAsking())) return;
    const sealed = journal.sealedOf(epoch) ?? seal(now);
    if (sealed === undefined) return;
    const hash = await commitOf(epoch, sealed);
    if (view.deedsOf(operator, epoch).commit === hash) return;
    sender.send('commit', String(epoch), () => writer.commit(subnet, epoch, hash));
  }

  /** Undefined where no miner has earned a weight. */
  function seal({ view, epoch, mechanisms }: Now): Sealed | undefined {
    const before = view.deedsOf(operator, epoch - 1).reveal?.weights ?? [];
    const onFailed = (mechanism: { readonly name: string }, error: unknown) => {
      trouble = `mechanism ${mechanism.name} failed to aggregate scores`;
      log.error('mechanism failed to aggregate', { mechanism: mechanism.name, error });
    };
    const groups = groupsOf(journal.entriesOf(epoch), { mechanisms, before, onFailed });
    if (groups.length === 0) return undefined;
    log.info('weights are sealed', { epoch, weights: groups.length });
    return journal.seal(epoch, {
      version: versionOf(mechanisms),
      logRoot: logRootOf(groups),
      weights: weightsOf(groups, mechanisms.length),
    });
  }

  async function commitOf(epoch: number, { version, weights, logRoot }: Sealed): Promise<Hex> {
    const { salt } = await deps.secretOf(epoch);
    const weightsHash = hashWeights(version, weights);
    return hashCommit({ subnet, epoch, operator, salt, weightsHash, logRoot });
  }

  /** Reveals and opens what was committed in the epoch before this one. */
  async function showLast({ view, head, epoch: current, mechanisms }: Now): Promise<void> {
    const epoch = current - 1;
    const sealed = journal.sealedOf(epoch);
    if (sealed === undefined) return;
    const { end, beacon, snapshot } = blocksOf(view.tempo, epoch);
    const deeds = view.deedsOf(operator, epoch);
    const next = head + 1;
    if (next < beacon && deeds.reveal === undefined) {
      if (deeds.commit !== (await commitOf(epoch, sealed))) {
        trouble = `the commit of epoch ${epoch} is not on chain: its weights can't be revealed`;
        return;
      }
      trouble = undefined;
      const { salt } = await deps.secretOf(epoch);
      sender.send('reveal', String(epoch), () => writer.reveal(subnet, epoch, { salt, ...sealed }));
    }
    if (head < end || deeds.reveal === undefined || deeds.hasOpened) return;
    if (head < beacon || next >= snapshot) return;
    const drawnBy = await deps.blockHash(beacon);
    if (drawnBy === undefined) return;
    const { evidenceDraws } = view.paramsIn(epoch);
    const groups = groupsBehind(sealed.weights, journal.entriesOf(epoch));
    const draws = drawsThatFit(mechanisms, Number(evidenceDraws));
    const evidence = openLog(groups, { beacon: drawnBy, validator: operator }, draws);
    sender.send('open', String(epoch), () => writer.open(subnet, epoch, evidence));
  }

  return { step, trouble: () => trouble };
}
