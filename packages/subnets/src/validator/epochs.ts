/**
 * Epochs as they end: computed from the chain's events in order, attested, posted by whoever's turn it is, claimed. A
 * late epoch is computed and posted as exactly as one in time. What others compute otherwise is named, field by field.
 */
import type { SubnetReads, SubnetWriter } from '@souk/chain';
import type { Peer } from '@souk/net';
import {
  type Address,
  attestationsTopic,
  type EpochAttestation,
  Fault,
  type Log,
  type Signer,
  toFault,
} from '@souk/protocol';
import type { SubnetBook } from '../book/book.ts';
import { type SubnetView, weighersOf } from '../book/view.ts';
import { blocksOf } from '../epochs/blocks.ts';
import { computeEpochs } from '../epochs/compute.ts';
import type { EpochFacts, EpochResult, JudgeEvidence } from '../epochs/epoch.ts';
import { attestationOf, claimOf } from '../epochs/rewards.ts';
import type { ValidatorMetrics } from '../metrics.ts';
import { type AttestedField, type Attestations, differingField, mayAttest } from './attestations.ts';
import type { SignedAttestation } from './attestation-relay.ts';
import type { Journal } from './journal.ts';
import { countQuorum, postingRank, type Quorum } from './quorum.ts';
import type { Sender } from './sender.ts';

export interface EpochsDeps {
  readonly book: SubnetBook;
  readonly reads: SubnetReads;
  readonly writer: SubnetWriter;
  readonly sender: Sender;
  readonly journal: Journal;
  readonly attestations: Attestations;
  readonly peer: Pick<Peer, 'publish'>;
  readonly signer: Signer;
  readonly judge: JudgeEvidence;
  readonly log: Log;
  readonly metrics: ValidatorMetrics;
  readonly subnet: number;
  readonly operator: Address;
}

export interface EpochsOptions {
  readonly confirmations: number;
  readonly republishBlocks: number;
  readonly postStaggerBlocks: number;
  readonly quorumPatienceBlocks: number;
  readonly maxUnpostedEpochs: number;
  readonly isClaiming: boolean;
  readonly minimumClaim: bigint;
}

/** Somebody computed another epoch from the same chain, or from another. `operator` is undefined for what was posted. */
export interface Difference {
  readonly epoch: number;
  readonly operator: Address | undefined;
  readonly field: AttestedField;
  readonly ours: string;
  readonly theirs: string;
}

export interface Epochs {
  /** Computes what can be computed at this block. */
  catchUp(view: SubnetView, head: number): Promise<void>;
  /** The same, and what then is to be signed, posted, claimed. */
  step(view: SubnetView, head: number): Promise<void>;
  /** The newest epoch computed. */
  computed(): number | undefined;
  quorum(): Quorum | undefined;
  differences(): readonly Difference[];
  trouble(): string | undefined;
}

/** Epochs computed at once. */
const epochsPerBatch = 32;
const maxDifferences = 64;

export function createEpochs(deps: EpochsDeps, options: EpochsOptions): Epochs {
  const { book, reads, journal, attestations, log, metrics, sender, subnet, operator } = deps;
  const published = new Map<number, number>();
  const quorumSince = new Map<number, number>();
  let newest: EpochResult | undefined;
  let quorum: Quorum | undefined;
  let differences: readonly Difference[] = [];
  let trouble: string | undefined;

  async function step(view: SubnetView, head: number): Promise<void> {
    await catchUp(view, head);
    if (newest === undefined) return;
    const next = (view.lastPost?.epoch ?? -1) + 1;
    metrics.epoch.set(newest.epoch);
    metrics.unposted.set(Math.max(0, newest.epoch + 1 - next));
    const last = Math.min(newest.epoch, next + options.maxUnpostedEpochs - 1);
    for (let epoch = next; epoch <= last; epoch += 1) await attest(view, epoch, head);
    compare(view, next, last);
    if (next <= newest.epoch) await post(view, next, head);
    if (options.isClaiming) claim(view);
    attestations.forgetBefore(next);
    for (const map of [published, quorumSince]) {
      for (const epoch of map.keys()) if (epoch < next) map.delete(epoch);
    }
  }

  /** To the newest result that is of this chain. */
  async function goBack(): Promise<void> {
    newest ??= resultOf(journal.newestEpoch());
    while (newest !== undefined && !(await isOfThisChain(newest))) {
      log.warn('epoch was computed from blocks that were replaced', { epoch: newest.epoch });
      journal.forgetResults(newest.epoch);
      published.clear();
      newest = resultOf(newest.epoch - 1);
    }
  }

  const resultOf = (epoch: number | undefined) =>
    epoch === undefined || epoch < 0 ? undefined : journal.resultOf(epoch);
  const isOfThisChain = async ({ blocks, snapshotBlock }: EpochResult) =>
    (await reads.blockHash(blocks.snapshot)) === snapshotBlock;

  async function catchUp(view: SubnetView, head: number): Promise<void> {
    await goBack();
    for (;;) {
      if (newest !== undefined) book.settle(newest.epoch - 1);
      const from = (newest?.epoch ?? -1) + 1;
      const facts = await factsFrom(view, from, head);
      if (facts.length === 0) return;
      try {
        const inputs = { subnet, from, facts, events: book.events(), previous: newest };
        for (const result of computeEpochs(inputs, deps.judge)) keep(result);
      } catch (error) {
        throw epochFailed(from, error);
      }
    }
  }

  function keep(result: EpochResult): void {
    journal.saveResult(result);
    newest = result;
    log.info('epoch computed', { epoch: result.epoch, assigned: result.assigned, outputs: result.outputs });
  }

  /** Of the epochs from this one on that can be computed by now. */
  async function factsFrom(view: SubnetView, from: number, head: number): Promise<readonly EpochFacts[]> {
    const facts: EpochFacts[] = [];
    while (facts.length < epochsPerBatch) {
      const { beacon, snapshot, end } = blocksOf(view.tempo, from + facts.length);
      if (head < snapshot + options.confirmations) break;
      const [beaconHash, snapshotBlock, accrued] = await Promise.all([
        reads.blockHash(beacon),
        reads.blockHash(snapshot),
        reads.accruedAt(subnet, end),
      ]);
      if (beaconHash === undefined || snapshotBlock === undefined) break;
      facts.push({ beacon: beaconHash, snapshotBlock, accrued });
    }
    return facts;
  }

  async function attest(view: SubnetView, epoch: number, head: number): Promise<void> {
    const lastAt = published.get(epoch);
    if (!mayAttest(view, operator) || (lastAt !== undefined && head - lastAt < options.republishBlocks))
      return;
    const result = resultOf(epoch);
    if (result === undefined) return;
    const signed = await signOnce(attestationOf(result));
    if (signed === undefined) return;
    attestations.add(operator, signed);
    published.set(epoch, head);
    await deps.peer.publish(attestationsTopic, signed).catch((error: unknown) => {
      log.debug('attestation reached nobody', { epoch, error });
    });
  }

  /** Undefined where something else was signed of the same question. */
  async function signOnce(attestation: EpochAttestation): Promise<SignedAttestation | undefined> {
    const { epoch } = attestation;
    if (journal.mayAttest(attestation))
      return deps.signer.sign(reads.domain, 'EpochAttestation', attestation);
    trouble = `epoch ${epoch} was computed before with another result from the same block: it is not signed again`;
    log.error('conflicting attestation is not signed', { epoch, outputs: attestation.outputs });
    return undefined;
  }

  /** What others say against what was computed here. */
  function compare(view: SubnetView, from: number, to: number): void {
    const found: Difference[] = [];
    const { lastPost } = view;
    const own = lastPost && resultOf(lastPost.epoch);
    if (own) found.push(...differ(attestationOf(own), lastPost.attestation, undefined));
    for (let epoch = from; epoch <= to; epoch += 1) {
      const said = attestations.saidOf(epoch);
      const result = said.size > 0 ? resultOf(epoch) : undefined;
      if (result === undefined) continue;
      for (const [who, signed] of said) {
        found.push(...differ(attestationOf(result), signed.at(-1)!.message, who));
      }
    }
    for (const one of found) {
      const isKnown = differences.some(
        (old) => old.epoch === one.epoch && old.operator === one.operator && old.field === one.field,
      );
      if (!isKnown) log.warn('epoch was computed otherwise elsewhere', { ...one });
    }
    differences = found.slice(0, maxDifferences);
  }

  async function post(view: SubnetView, epoch: number, head: number): Promise<void> {
    const result = resultOf(epoch);
    if (result === undefined) return;
    const attestation = attestationOf(result);
    const { snapshot, beacon } = result.blocks;
    const signed = attestations.signedOf(attestation);
    const { quorumPatienceBlocks } = options;
    quorum = countQuorum(view, { signed, head, snapshot, quorumPatienceBlocks });
    if (!quorum.isReached) {
      quorumSince.delete(epoch);
      return;
    }
    if (!quorumSince.has(epoch)) quorumSince.set(epoch, head);
    const drawnBy = await reads.blockHash(beacon);
    if (drawnBy === undefined) return;
    const rank = postingRank(
      drawnBy,
      weighersOf(view).map((permit) => permit.operator),
      operator,
    );
    if (head < quorumSince.get(epoch)! + rank * options.postStaggerBlocks) return;
    if ((await reads.subnetOf(subnet))?.nextEpoch !== epoch) return;
    const { permits: validators, prunable } = result;
    const { current, signatures } = quorum;
    sender.send('post', String(epoch), () =>
      deps.writer.postEpoch({ attestation, signatures, current, validators, prunable }),
    );
  }

  /** Everything that was posted and not claimed yet. */
  function claim(view: SubnetView): void {
    const result = view.lastPost && resultOf(view.lastPost.epoch);
    if (result === undefined || result.rewardRoot !== view.lastPost?.attestation.rewardRoot) return;
    const due = claimOf(result, operator);
    if (due === undefined || due.cumulative - view.claimedBy(operator) < options.minimumClaim) return;
    sender.send('claim', String(result.epoch), () =>
      deps.writer.claim(subnet, operator, due.cumulative, due.proof),
    );
  }

  return {
    catchUp,
    step: async (view, head) => {
      try {
        await step(view, head);
        if (differences.length === 0) trouble = undefined;
      } catch (error) {
        trouble = toFault(error, 'subnets.epoch-failed', 'self').message;
        throw error;
      }
    },
    computed: () => newest?.epoch,
    quorum: () => quorum,
    differences: () => differences,
    trouble: () => trouble,
  };
}

function differ(
  ours: EpochAttestation,
  theirs: EpochAttestation,
  operator: Address | undefined,
): readonly Difference[] {
  const field = differingField(ours, theirs);
  if (field === undefined) return [];
  return [{ epoch: ours.epoch, operator, field, ours: String(ours[field]), theirs: String(theirs[field]) }];
}

function epochFailed(epoch: number, cause: unknown): Fault {
  return new Fault(
    'subnets.epoch-failed',
    `epoch ${epoch} could not be computed: ${(cause as Error).message}`,
    {
      blame: 'self',
      retry: true,
      data: { epoch },
      remedy: 'it is tried again; where it goes on, the events of this node are not those of the chain',
      cause,
    },
  );
}
