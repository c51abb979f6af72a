/**
 * An epoch from the chain's events: the one door to it. Pure: the same inputs give the same result on every machine, in
 * whatever order the events come. It asks nobody, stores nothing, and knows of mechanisms only what the judge of evidence says.
 */
import type { SubnetEvent } from '@souk/chain';
import { type Address, Fault, type Hex, subnetParams } from '@souk/protocol';
import { blocksOf, type Tempo } from './blocks.ts';
import { enter, hotKeysWithin, inOrder, newBook, paramsIn, type SubnetBook, unitsBefore } from './book.ts';
import { type Assembly, countedRows, type MechanismRun, runMechanisms, wholeShare } from './consensus.ts';
import { hashOutputs, hashPlain } from './encode.ts';
import type {
  Carried,
  EpochBlocks,
  EpochFacts,
  EpochInputs,
  EpochResult,
  JudgeEvidence,
  MechanismResult,
  MinerResult,
  ValidatorResult,
} from './epoch.ts';
import { payEpoch, type Payroll } from './money.ts';
import { prunableOf, pruningOrder } from './pruning.ts';
import { rewardTree } from './rewards.ts';
import { handedIn, type HandedIn, handedInByEpoch, hasPassed, type Row, rowOf } from './rows.ts';
import { backValidators, permitsOf, permitted } from './stakes.ts';

/** Rises whenever the same inputs may give another result. */
export const engineVersion = 1;

/** Epochs of earnings that any parameter can ask for. */
const mostPruneEpochs = Number(subnetParams.find(({ name }) => name === 'pruneEpochs')!.max);

/** Throws where the inputs contradict each other: another epoch before, events of which the subnet's making is missing. */
export function computeEpoch(inputs: EpochInputs, judge: JudgeEvidence): EpochResult {
  const { subnet, epoch, facts, events, previous } = inputs;
  return computeEpochs({ subnet, from: epoch, facts: [facts], events, previous }, judge)[0]!;
}

export interface EpochsInputs extends Pick<EpochInputs, 'subnet' | 'events' | 'previous'> {
  /** The first one to compute. */
  readonly from: number;
  /** Of that epoch and of those after it. */
  readonly facts: readonly EpochFacts[];
}

/** Several epochs in a row, for the cost of reading the events once. */
export function computeEpochs(inputs: EpochsInputs, judge: JudgeEvidence): readonly EpochResult[] {
  const { subnet, from } = inputs;
  const events = inOrder(inputs.events, subnet);
  const tempo = tempoOf(events, subnet);
  const handed = handedInByEpoch(events);
  const book = newBook();
  const results: EpochResult[] = [];
  let next = 0;
  let previous = inputs.previous;
  for (const [index, facts] of inputs.facts.entries()) {
    const epoch = from + index;
    const blocks = blocksOf(tempo, epoch);
    while (next < events.length && events[next]!.block < blocks.end) enter(book, events[next++]!);
    const before = epoch === 0 ? undefined : handed.get(epoch - 1);
    previous = settle({
      subnet,
      epoch,
      blocks,
      facts,
      book,
      previous: held(previous, subnet, epoch),
      now: handedIn(handed.get(epoch), blocks),
      before: handedIn(before, blocksOf(tempo, epoch - 1)),
      judge,
    });
    results.push(previous);
  }
  return results;
}

function tempoOf(events: readonly SubnetEvent[], subnet: number): Tempo {
  const created = events.find((event) => event.kind === 'subnet-created');
  if (created) return created;
  throw new Fault('subnets.no-beginning', `the events of subnet ${subnet} do not say when it was made`, {
    blame: 'self',
    data: { subnet },
    remedy: 'read its events from the block of its creation on',
  });
}

function held(previous: EpochResult | undefined, subnet: number, epoch: number): EpochResult | undefined {
  const expected = epoch === 0 ? undefined : epoch - 1;
  if (previous?.epoch === expected && (previous === undefined || previous.subnet === subnet)) return previous;
  throw new Fault(
    'subnets.epoch-out-of-order',
    `epoch ${epoch} of subnet ${subnet} does not follow what is given`,
    {
      blame: 'self',
      data: { subnet, epoch, previous: previous?.epoch ?? null },
      remedy: 'compute the epoch before it first',
    },
  );
}

interface Settling {
  readonly subnet: number;
  readonly epoch: number;
  readonly blocks: EpochBlocks;
  readonly facts: EpochFacts;
  readonly book: SubnetBook;
  readonly previous: EpochResult | undefined;
  readonly now: HandedIn;
  readonly before: HandedIn;
  readonly judge: JudgeEvidence;
}

function settle(settling: Settling): EpochResult {
  const { subnet, epoch, blocks, facts, book, previous, judge } = settling;
  const params = paramsIn(book, epoch);
  const validators = permitted(backValidators(book, epoch), params);
  const hearing = { ...settling, params, beacon: facts.beacon, judge };
  const rows = validators.map(({ operator }) => rowOf(operator, hearing));
  const lastShown = showNow(previous, rows, { epoch, activityEpochs: Number(params.activityEpochs) });
  const registrations = [...book.registrations.keys()].sort((a, b) => a - b);
  const bonds = previous?.carried.bonds ?? [];
  const assembly: Assembly = { epoch, params, validators, rows, registrations, lastShown, bonds };
  const runs = runMechanisms(assembly);
  const budget = budgetOf(settling);
  const holders = registrations.map((registration) => book.registrations.get(registration)!);
  const miners = holders.map(({ operator }) => operator);
  const payroll = payEpoch({ budget, book, params, runs, miners, validators });
  const minerResults = holders.map((holder, place): MinerResult => ({
    registration: registrations[place]!,
    operator: holder.operator,
    registeredAt: holder.registeredAt,
    units: unitsBefore(holder, blocks.start),
    ...minerShares(runs, place),
    reward: payroll.miners[place]!,
  }));
  const carried: Carried = {
    bonds: runs.map((run) => run.bonds),
    earned: earnedNow(previous, minerResults),
    lastShown,
  };
  const rewards = addRewards(previous, payroll);
  const order = pruningOrder(minerResults, { end: blocks.end, params, earned: carried.earned });
  const result = {
    subnet,
    epoch,
    blocks,
    engine: engineVersion,
    budget,
    assigned: payroll.assigned,
    total: (previous?.total ?? 0n) + payroll.assigned,
    ownerReward: payroll.owner,
    params,
    miners: minerResults,
    validators: describeValidators(assembly, runs, payroll),
    mechanisms: runs.map((run, mechanism) =>
      describeMechanism(run, registrations, countedRows(rows, mechanism)),
    ),
    permits: permitsOf(validators),
    prunable: prunableOf(order),
    rewards,
    rewardRoot: rewardTree(rewards).root,
    carried,
  };
  const outputs = hashOutputs(result);
  return { ...result, snapshotBlock: facts.snapshotBlock, inputs: hashInputs(settling, validators), outputs };
}

/** All that was emitted and never assigned. */
function budgetOf({ subnet, epoch, facts, previous }: Settling): bigint {
  const budget = facts.accrued - (previous?.total ?? 0n);
  if (budget >= 0n) return budget;
  throw new Fault(
    'subnets.accrued-too-low',
    `subnet ${subnet} assigned more by epoch ${epoch} than it was emitted`,
    {
      blame: 'chain',
      data: { subnet, epoch, accrued: facts.accrued, total: previous?.total ?? 0n },
      remedy:
        'the node is on another chain than the epoch before came from: compute again from the first epoch',
    },
  );
}

/** Those whom a missing epoch can still excuse; the others are as if they had never shown anything. */
function showNow(
  previous: EpochResult | undefined,
  rows: readonly Row[],
  { epoch, activityEpochs }: { readonly epoch: number; readonly activityEpochs: number },
): ReadonlyMap<Address, number> {
  const shown = new Map(previous?.carried.lastShown);
  for (const [operator, last] of shown) if (last + activityEpochs < epoch) shown.delete(operator);
  for (const { operator, verdict } of rows) if (hasPassed(verdict)) shown.set(operator, epoch);
  return new Map([...shown].sort(([a], [b]) => (a < b ? -1 : 1)));
}

function earnedNow(previous: EpochResult | undefined, miners: readonly MinerResult[]): Carried['earned'] {
  const registered = new Set(miners.map(({ registration }) => registration));
  const now = new Map(
    miners.filter(({ reward }) => reward > 0n).map(({ registration, reward }) => [registration, reward]),
  );
  const before = previous?.carried.earned.slice(0, mostPruneEpochs - 1) ?? [];
  return [
    now,
    ...before.map((earned) => new Map([...earned].filter(([registration]) => registered.has(registration)))),
  ];
}

function addRewards(previous: EpochResult | undefined, { accounts }: Payroll): ReadonlyMap<Address, bigint> {
  const rewards = new Map(previous?.rewards);
  for (const [account, amount] of accounts) rewards.set(account, (rewards.get(account) ?? 0n) + amount);
  return new Map([...rewards].sort(([a], [b]) => (a < b ? -1 : 1)));
}

/** Over all mechanisms, by their shares. */
function combine(runs: readonly MechanismRun[], valueOf: (run: MechanismRun) => number): bigint {
  return runs.reduce((sum, run) => sum + (BigInt(valueOf(run)) * BigInt(run.share)) / BigInt(wholeShare), 0n);
}

function minerShares(runs: readonly MechanismRun[], place: number) {
  return {
    consensus: combine(runs, ({ consensus }) => consensus.consensus[place]!),
    incentive: combine(runs, ({ consensus }) => consensus.incentive[place]!),
  };
}

function describeValidators(
  { validators, rows }: Assembly,
  runs: readonly MechanismRun[],
  payroll: Payroll,
): readonly ValidatorResult[] {
  const [first] = runs;
  return validators.map(({ operator, stake }, place) => ({
    operator,
    stake,
    stakeShare: BigInt(first!.consensus.activeStake[place]!),
    hasPermit: true,
    isActive: first!.consensus.isActive[place]!,
    evidence: rows[place]!.verdict,
    trust: combine(runs, ({ consensus }) => consensus.trust[place]!),
    dividend: combine(runs, ({ consensus }) => consensus.dividends[place]!),
    reward: payroll.validators[place]!,
  }));
}

function describeMechanism(
  { share, consensus }: MechanismRun,
  registrations: readonly number[],
  rows: MechanismResult['rows'],
): MechanismResult {
  const byRegistration = (values: Float64Array) =>
    new Map(
      registrations.flatMap((registration, place) =>
        values[place] === 0 ? [] : [[registration, BigInt(values[place]!)] as const],
      ),
    );
  return {
    share,
    rows,
    consensus: byRegistration(consensus.consensus),
    incentive: byRegistration(consensus.incentive),
  };
}

/** Of everything that the result depends on. */
function hashInputs(settling: Settling, validators: readonly { readonly operator: Address }[]): Hex {
  const { subnet, epoch, facts, book, previous, now, before } = settling;
  const handed = validators.map(({ operator }) => ({
    operator,
    reveal: describeReveal(now.revealed.get(operator)),
    before: now.revealed.has(operator) ? describeReveal(before.revealed.get(operator)) : null,
    evidence: now.opened.get(operator)?.evidence ?? null,
  }));
  return hashPlain({
    engine: engineVersion,
    subnet,
    epoch,
    beacon: facts.beacon,
    accrued: facts.accrued,
    before: previous?.outputs ?? null,
    owner: book.owner ?? null,
    params: paramsIn(book, epoch),
    pools: book.pools,
    takes: book.takes,
    children: book.children,
    registrations: book.registrations,
    hotKeys: describeHotKeys(settling),
    handed,
  });
}

/** Of who has stake or a registration, during the epoch. */
function describeHotKeys({ book, blocks }: Settling) {
  const operators = new Set([
    ...book.pools.keys(),
    ...[...book.registrations.values()].map(({ operator }) => operator),
  ]);
  const window = { from: blocks.start, to: blocks.end };
  return new Map([...operators].map((operator) => [operator, hotKeysWithin(book, operator, window)]));
}

function describeReveal(revealed: (SubnetEvent & { readonly kind: 'revealed' }) | undefined) {
  if (!revealed) return null;
  const { version, logRoot, weights } = revealed;
  return { version, logRoot, weights };
}
