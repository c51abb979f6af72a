/**
 * An epoch from the chain's events: the one door to it. Pure: the same inputs give the same result on every machine, in
 * whatever order the events come. It asks nobody, stores nothing, and knows of mechanisms only what the judge of evidence says.
 */
import type { SubnetEvent } from '@souk/chain';
import { type Address, Fault, subnetParams } from '@souk/protocol';
import { blocksOf, type Tempo } from './blocks.ts';
import { enter, inOrder, noHoldings, paramsIn, unitsBefore } from './holdings.ts';
import { type Assembly, countedRows, type MechanismRun, runMechanisms, wholeShare } from './consensus.ts';
import { hashOutputs } from './encode.ts';
import type {
  Carried,
  EpochFacts,
  EpochInputs,
  EpochResult,
  JudgeEvidence,
  MechanismResult,
  MinerResult,
  ValidatorResult,
} from './epoch.ts';
import { engineVersion, hashInputs, type Settling } from './inputs.ts';
import { payEpoch, type Payroll } from './money.ts';
import { prunableOf, pruningOrder } from './pruning.ts';
import { rewardTree } from './rewards.ts';
import { handedIn, handedInByEpoch, hasPassed, type Row, rowOf } from './rows.ts';
import { backValidators, permitsOf, permitted } from './stakes.ts';

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
  const holdings = noHoldings();
  const results: EpochResult[] = [];
  let next = 0;
  let previous = inputs.previous;
  for (const [index, facts] of inputs.facts.entries()) {
    const epoch = from + index;
    const blocks = blocksOf(tempo, epoch);
    while (next < events.length && events[next]!.block < blocks.end) enter(holdings, events[next++]!);
    const before = epoch === 0 ? undefined : handed.get(epoch - 1);
    previous = settle({
      subnet,
      epoch,
      blocks,
      facts,
      holdings,
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

function settle(settling: Settling): EpochResult {
  const { subnet, epoch, blocks, facts, holdings, previous, judge } = settling;
  const params = paramsIn(holdings, epoch);
  const validators = permitted(backValidators(holdings, epoch), params);
  const hearing = { ...settling, params, beacon: facts.beacon, judge };
  const rows = validators.map(({ operator }) => rowOf(operator, hearing));
  const lastShown = showNow(previous, rows, { epoch, activityEpochs: Number(params.activityEpochs) });
  const registrations = [...holdings.registrations.keys()].sort((a, b) => a - b);
  const bonds = previous?.carried.bonds ?? [];
  const assembly: Assembly = { epoch, params, validators, rows, registrations, lastShown, bonds };
  const runs = runMechanisms(assembly);
  const budget = budgetOf(settling);
  const holders = registrations.map((registration) => holdings.registrations.get(registration)!);
  const miners = holders.map(({ operator }) => operator);
  const payroll = payEpoch({ budget, holdings, params, runs, miners, validators });
  const minerResults = registrations.map((registration, place): MinerResult => {
    const { operator, registeredAt, units } = holders[place]!;
    const known = { registration, operator, registeredAt, units: unitsBefore(units, blocks.start) };
    return { ...known, ...minerShares(runs, place), reward: payroll.miners[place]! };
  });
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
  return {
    ...result,
    snapshotBlock: facts.snapshotBlock,
    inputs: hashInputs(settling, validators, minerResults),
    outputs,
  };
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
