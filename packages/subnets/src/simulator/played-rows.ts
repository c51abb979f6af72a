/** What each virtual validator reveals in an epoch, and which of it it can show to be earned. */
import { type Weight } from '@souk/protocol';
import { weightFrom } from '../mechanisms/replay.ts';
import type { Cast, PlayedMachine, PlayedValidator } from './cast.ts';
import { chanceOf } from './chance.ts';
import { measure, type Measured, type Stage } from './measure.ts';

export interface PlayedRow {
  readonly validator: PlayedValidator;
  readonly weights: readonly Weight[];
  /** By registration; a copied weight has none. */
  readonly log: ReadonlyMap<number, readonly Measured[]>;
  readonly reveals: boolean;
  readonly opens: boolean;
}

/** Honest medians by epoch, as everybody can know them once they are revealed. */
export type Medians = ReadonlyMap<number, readonly Weight[]>;

export interface Scene {
  readonly stage: Stage;
  readonly cast: Cast;
  /** Of the epoch before, by validator. */
  readonly before: ReadonlyMap<PlayedValidator, PlayedRow>;
  readonly medians: Medians;
}

/** Everybody's but the copiers'. */
export async function playRow(scene: Scene, validator: PlayedValidator): Promise<PlayedRow> {
  const log = new Map<number, readonly Measured[]>();
  const measured: Weight[] = [];
  const before = new Map(scene.before.get(validator)?.weights.map((row) => [row.registration, row.weight]));
  for (const machine of scene.cast.machines) {
    for (const registration of machine.registrations) {
      if (!asks(scene, validator, machine, registration)) continue;
      const entries = await measure(scene.stage, validator, machine, registration);
      const scores = entries.map(({ score }) => score);
      const weight = weightFrom(scene.stage.mechanism, scores, before.get(registration) ?? 0);
      if (weight === 0) continue;
      measured.push({ registration, weight });
      log.set(registration, entries);
    }
  }
  const weights = validator.kind === 'lazy' ? fillIn(measured, lastMedian(scene, 1)) : measured;
  return {
    validator,
    weights,
    log,
    reveals: validator.kind !== 'no-reveal',
    opens: validator.kind !== 'no-opening',
  };
}

/** A copier has weights and no log; undefined while there is nothing to copy. */
export function copyRow(scene: Scene, validator: PlayedValidator): PlayedRow | undefined {
  const weights = lastMedian(scene, validator.lag);
  return weights && { validator, weights, log: new Map(), reveals: true, opens: true };
}

function asks(
  { stage }: Scene,
  { kind, operator, accomplices }: PlayedValidator,
  machine: PlayedMachine,
  registration: number,
): boolean {
  if (kind === 'lazy') return chanceOf(stage.seed, 'asks', stage.epoch, operator, registration).next() < 0.5;
  if (kind === 'cabal' || kind === 'selfish-owner') return accomplices.includes(registration);
  return machine.kind !== 'idle' || accomplices.includes(registration);
}

function lastMedian({ stage, medians }: Scene, lag: number): readonly Weight[] | undefined {
  return medians.get(stage.epoch - lag);
}

function fillIn(own: readonly Weight[], copied: readonly Weight[] = []): readonly Weight[] {
  const asked = new Set(own.map(({ registration }) => registration));
  const rest = copied.filter(({ registration }) => !asked.has(registration));
  return [...own, ...rest].sort((a, b) => a.registration - b.registration);
}

export function medianOf(rows: readonly PlayedRow[]): readonly Weight[] {
  const byRegistration = new Map<number, number[]>();
  for (const { registration, weight } of rows.flatMap((row) => row.weights)) {
    const list = byRegistration.get(registration);
    if (list) list.push(weight);
    else byRegistration.set(registration, [weight]);
  }
  return [...byRegistration]
    .filter(([, weights]) => 2 * weights.length > rows.length)
    .map(([registration, weights]) => ({ registration, weight: middleOf(weights) }))
    .sort((a, b) => a.registration - b.registration);
}

function middleOf(weights: readonly number[]): number {
  const sorted = weights.toSorted((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)]!;
}
