/** What came of a simulation: every actor beside the honest ones. Plain data. */
import { defaultSubnetParams } from '@souk/protocol';
import type { EpochResult, EvidenceVerdict } from '../epochs/epoch.ts';
import type { Cast, PlayedMachine, PlayedValidator } from './cast.ts';
import type { SimulationOptions } from './options.ts';

export interface ActorReport {
  readonly name: string;
  readonly role: 'validator' | 'miner';
  readonly count: number;
  /** Reward by stake, or of a miner by the units that it has, over that of the mean honest one. */
  readonly ratio: number;
  /** The same by epoch. */
  readonly byEpoch: readonly number[];
  /** Share of all that validators, or miners, were paid. */
  readonly share: number;
  /** Of validators: epochs by what came of their evidence. */
  readonly verdicts: Readonly<Partial<Record<EvidenceVerdict, number>>>;
}

export interface SimulationReport {
  readonly mechanism: string;
  readonly seed: number;
  readonly epochs: number;
  readonly actors: readonly ActorReport[];
  /** Greatest ratio of a copier, of any lag; 0 where none played. */
  readonly copierMaxRatio: number;
  /** Deviation of the honest validators' rewards by stake, over their mean. */
  readonly honestVariance: number;
  /** Best of the ways to be many or more than one is, after prices and what the collateral would earn as stake, over the honest twin; null where none played. */
  readonly sybilGain: number | null;
  /** Of everything emitted, what was paid by the last epoch. */
  readonly paid: number;
}

interface Outcome {
  readonly mechanism: string;
  readonly cast: Cast;
  readonly results: readonly EpochResult[];
  readonly options: SimulationOptions;
}

/** Bonds and moving means start from nothing. */
const warmUp = 5;
const souk = 1e18;

export function reportOf(outcome: Outcome): SimulationReport {
  const { cast, options, mechanism } = outcome;
  const results = outcome.results.slice(Math.min(warmUp, outcome.results.length - 1));
  const validators = cast.validators.map((validator) => rewardsOfValidator(validator, results));
  const machines = cast.machines.map((machine) => rewardsOfMachine(machine, results));
  const honest = validators.filter((_, at) => cast.validators[at]!.kind === 'honest');
  const actors = [
    ...groupsOf(cast.validators, validators, { role: 'validator', results }),
    ...groupsOf(cast.machines, machines, { role: 'miner', results }),
  ];
  const copiers = actors.filter(({ name }) => name.startsWith('copier'));
  const last = outcome.results.at(-1)!;
  return {
    mechanism,
    seed: options.seed,
    epochs: options.epochs,
    actors,
    copierMaxRatio: Math.max(0, ...copiers.map(({ ratio }) => ratio)),
    honestVariance: spreadOf(honest.map(sum)),
    sybilGain: sybilGainOf(cast, machines, { options, yieldOfStake: meanOf(honest.map(sum)) }),
    paid: Number(last.total) / Number(last.total + last.budget - last.assigned),
  };
}

/** By stake, in each epoch. */
function rewardsOfValidator(
  { operator, stake }: PlayedValidator,
  results: readonly EpochResult[],
): readonly number[] {
  return results.map(({ validators }) => {
    const found = validators.find((validator) => validator.operator === operator);
    return Number(found?.reward ?? 0n) / souk / stake;
  });
}

/** By unit that the machine has, in each epoch. */
function rewardsOfMachine(
  { registrations, capacity }: PlayedMachine,
  results: readonly EpochResult[],
): readonly number[] {
  return results.map(({ miners }) => {
    const own = miners.filter(({ registration }) => registrations.includes(registration));
    return own.reduce((total, { reward }) => total + Number(reward), 0) / souk / capacity;
  });
}

interface Played {
  readonly name: string;
  readonly kind: string;
}

function groupsOf(
  played: readonly (PlayedValidator | PlayedMachine)[],
  rewards: readonly (readonly number[])[],
  { role, results }: { readonly role: 'validator' | 'miner'; readonly results: readonly EpochResult[] },
): readonly ActorReport[] {
  const names = [...new Set(played.map(({ name }: Played) => name))];
  const places = (name: string) => played.flatMap((one, at) => (one.name === name ? [at] : []));
  const fair = meanByEpoch(places('honest').map((at) => rewards[at]!));
  const amount = (at: number) => sum(rewards[at]!) * sizeOf(played[at]!);
  const all = sum(played.map((_, at) => amount(at)));
  return names.map((name) => {
    const mine = places(name);
    const byEpoch = meanByEpoch(mine.map((at) => rewards[at]!));
    return {
      name,
      role,
      count: mine.length,
      ratio: sum(byEpoch) / sum(fair),
      byEpoch: byEpoch.map((value, epoch) => (fair[epoch] === 0 ? 0 : value / fair[epoch]!)),
      share: all === 0 ? 0 : sum(mine.map(amount)) / all,
      verdicts:
        role === 'validator' ? verdictsOf(new Set(mine.map((at) => played[at]!.operator)), results) : {},
    };
  });
}

function sizeOf(played: PlayedValidator | PlayedMachine): number {
  return 'stake' in played ? played.stake : played.capacity;
}

function verdictsOf(
  operators: ReadonlySet<string>,
  results: readonly EpochResult[],
): ActorReport['verdicts'] {
  const counts: Partial<Record<EvidenceVerdict, number>> = {};
  for (const { operator, evidence } of results.flatMap(({ validators }) => validators)) {
    if (operators.has(operator)) counts[evidence] = (counts[evidence] ?? 0) + 1;
  }
  return counts;
}

function sybilGainOf(
  { machines }: Cast,
  rewards: readonly (readonly number[])[],
  { options, yieldOfStake }: { readonly options: SimulationOptions; readonly yieldOfStake: number },
): number | null {
  const params = { ...defaultSubnetParams, ...options.settings };
  const costEach = Number(params.minPrice) / souk + (Number(params.collateral) / souk) * yieldOfStake;
  const net = (kind: string) => {
    const at = machines.findIndex((machine) => machine.kind === kind);
    const machine = machines[at];
    if (!machine) return undefined;
    return sum(rewards[at]!) * machine.capacity - costEach * machine.registrations.length;
  };
  const twin = net('twin');
  if (twin === undefined) return null;
  const others = ['split', 'over-split', 'boaster'].map(net).filter((value) => value !== undefined);
  return Math.max(...others) / twin - 1;
}

function meanByEpoch(rows: readonly (readonly number[])[]): readonly number[] {
  return (rows[0] ?? []).map((_, epoch) => meanOf(rows.map((row) => row[epoch]!)));
}

function meanOf(values: readonly number[]): number {
  return sum(values) / Math.max(1, values.length);
}

function spreadOf(values: readonly number[]): number {
  const mean = meanOf(values);
  return mean === 0 ? 0 : Math.sqrt(meanOf(values.map((value) => (value - mean) ** 2))) / mean;
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}
