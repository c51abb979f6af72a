/**
 * An experiment on copied weights, as an earlier study of Bittensor made it: honest validators see each miner's quality with
 * noise; a copier reveals the honest median of some epochs ago. With evidence its row counts as absent, for it has no log
 * to open. The engine alone: no mechanism, no chain.
 */
import { epoch, type Validator } from '../engine/epoch.ts';
import { bittensor, type Rules, souk } from '../engine/rules.ts';
import { fromRows, type SparseMatrix } from '../engine/sparse.ts';
import { chanceOf } from './chance.ts';
import { engineSettings, type Settings } from './settings.ts';

export interface CopierRun {
  readonly seed: number;
  /** Share of miners whose quality changes in an epoch. */
  readonly churn: number;
  readonly lag: number;
  readonly settings: Settings;
  readonly asksEvidence: boolean;
  readonly honest?: number;
  readonly miners?: number;
  readonly epochs?: number;
  /** Share by which an honest score is off. */
  readonly noise?: number;
}

export interface CopierOutcome {
  /** Dividend of the copier by mean honest dividend. */
  readonly ratio: number;
  /** Deviation of honest validators' dividends by their mean. */
  readonly spread: number;
}

const warmUp = 10;
const weightScale = 1_000;

export function runCopier(run: CopierRun): CopierOutcome {
  const { honest = 8, miners = 32, epochs = 60, noise = 0.1, seed, churn, lag } = run;
  const chance = chanceOf(seed, 'copier', churn);
  const params = engineSettings(run.settings, rulesOf(run));
  let quality = Array.from({ length: miners }, () => Math.exp(chance.gauss()));
  let bonds: SparseMatrix = fromRows(
    Array.from({ length: honest + 1 }, () => []),
    miners,
  );
  const medians: number[][] = [];
  const dividends = Array.from({ length: honest + 1 }, () => 0);
  for (let now = 0; now < epochs; now++) {
    quality = quality.map((value) => (chance.next() < churn ? Math.exp(chance.gauss()) : value));
    const seen = Array.from({ length: honest }, () =>
      quality.map((value) => Math.max(1, Math.round(weightScale * value * (1 + noise * chance.gauss())))),
    );
    medians.push(quality.map((_, miner) => median(seen.map((row) => row[miner]!))));
    const copied = medians[Math.max(0, now - lag)]!;
    const validators = seen.map(() => validator(now, true));
    const result = epoch(
      {
        now,
        lastEpoch: now - 1,
        validators: [...validators, validator(now, !run.asksEvidence)],
        registeredAt: quality.map(() => -10),
        weights: fromRows(
          [...seen, copied].map((row) => row.map((value, column) => [column, value] as const)),
          miners,
        ),
        bonds,
      },
      params,
    );
    bonds = result.stored;
    if (now < warmUp) continue;
    for (const [row, dividend] of result.dividends.entries()) dividends[row]! += dividend;
  }
  const fair = dividends.slice(0, honest);
  const mean = sum(fair) / honest;
  const variance = sum(fair.map((value) => (value - mean) ** 2)) / honest;
  return { ratio: dividends[honest]! / mean, spread: Math.sqrt(variance) / mean };
}

/** Over several seeds. */
export function meanCopier(run: Omit<CopierRun, 'seed'>, seeds: readonly number[]): CopierOutcome {
  const outcomes = seeds.map((seed) => runCopier({ ...run, seed }));
  return {
    ratio: sum(outcomes.map(({ ratio }) => ratio)) / seeds.length,
    spread: sum(outcomes.map(({ spread }) => spread)) / seeds.length,
  };
}

function rulesOf({ asksEvidence, settings }: CopierRun): Rules {
  if (asksEvidence) return souk;
  return settings.isLiquidAlpha === 0n ? bittensor : { ...souk, asksEvidence: false };
}

function validator(now: number, hasEvidence: boolean): Validator {
  return { stake: 1_000n << 64n, lastUpdate: now, hadPermit: true, hasEvidence };
}

function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  const middle = Math.floor(sorted.length / 2);
  return sorted.length % 2 === 1 ? sorted[middle]! : Math.round((sorted[middle - 1]! + sorted[middle]!) / 2);
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}
