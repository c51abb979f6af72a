/** Runs of the live mechanism with all actors: copiers, sybils, cabals, and what single parameters do to them. */
import { parseAmount } from '@souk/protocol';
import { computeMechanism } from '../../src/mechanisms/compute.ts';
import type { Mechanism } from '../../src/mechanisms/mechanism.ts';
import { type Actor, actors } from '../../src/simulator/cast.ts';
import type { SimulationOptions } from '../../src/simulator/options.ts';
import type { SimulationReport } from '../../src/simulator/report.ts';
import { simulate } from '../../src/simulator/simulate.ts';

export const churns = [0, 0.02, 0.1, 0.3] as const;
const everybody = actors.filter((actor) => actor !== 'cabal');
const small = { epochs: 25, validators: 5, miners: 8 } as const;

export interface LiveRun {
  readonly churn: number;
  readonly seed: number;
  readonly evidence: SimulationOptions['evidence'];
  readonly report: SimulationReport;
}

export const play = (options: Partial<SimulationOptions>) =>
  simulate(computeMechanism() as Mechanism, options);

/** Every churn and seed with evidence; without it, every churn once. */
export async function runAll(seeds: readonly number[]): Promise<readonly LiveRun[]> {
  const runs: LiveRun[] = [];
  for (const churn of churns) {
    for (const seed of seeds) {
      const report = await play({ churn, seed, actors: everybody });
      runs.push({ churn, seed, evidence: 'modelled', report });
    }
    const [seed] = seeds;
    const report = await play({ churn, seed: seed!, actors: ['copier', 'lazy', 'noisy'], evidence: 'off' });
    runs.push({ churn, seed: seed!, evidence: 'off', report });
  }
  return runs;
}

/** Honest share of what validators, and of what miners, are paid, by the cabal's share of stake. */
export async function runCabals(seed: number) {
  const rows = [];
  for (const cabalShare of [0.4, 0.45, 0.49, 0.51, 0.55, 0.6]) {
    const report = await play({ ...small, seed, cabalShare, actors: ['cabal'] });
    const share = (name: string) => report.actors.find((one) => one.name === name)?.share ?? 0;
    rows.push({ cabalShare, validators: share('honest'), cabal: share('cabal'), idle: share('idle') });
  }
  return rows;
}

/** Reward of a validator that asks half of the miners and copies the rest, by draws. */
export async function runDraws(seed: number) {
  const rows = [];
  for (const draws of [1n, 2n, 3n, 4n]) {
    const report = await ratioOf('lazy', { ...small, epochs: 60, seed, settings: { evidenceDraws: draws } });
    rows.push({ draws: Number(draws), ...report });
  }
  return rows;
}

/** Gain of splitting one machine, by the collateral of a registration. */
export async function runCollaterals(seed: number) {
  const rows = [];
  for (const collateral of ['0', '1', '10', '100']) {
    const settings = { collateral: parseAmount(collateral, 18) };
    const { sybilGain } = await play({ ...small, seed, settings, actors: ['sybil'] });
    rows.push({ collateral, sybilGain });
  }
  return rows;
}

async function ratioOf(actor: Actor, options: Partial<SimulationOptions>) {
  const { actors: played } = await play({ ...options, actors: [actor] });
  const { ratio, verdicts } = played.find(({ name }) => name === actor)!;
  return {
    ratio,
    shown: verdicts.shown ?? 0,
    epochs: Object.values(verdicts).reduce((sum, count) => sum + count, 0),
  };
}
