/** What a simulation may be asked for. */
import { type Actor, actors as allActors } from './cast.ts';
import type { Settings } from './settings.ts';
import type { EvidenceMode } from './virtual-evidence.ts';

export interface SimulationOptions {
  readonly epochs: number;
  readonly seed: number;
  /** Honest ones; `actors` come on top. */
  readonly validators: number;
  readonly miners: number;
  readonly actors: readonly Actor[];
  /** Share of honest miners whose quality changes in an epoch. */
  readonly churn: number;
  /** Deviation of a measured time, as a share of it. */
  readonly noise: number;
  readonly cabalShare: number;
  /** The subnet's parameters where they differ from the defaults. */
  readonly settings: Settings;
  readonly evidence: EvidenceMode;
  readonly signal?: AbortSignal;
  /** Told after each epoch. */
  readonly onEpoch?: (epoch: number) => void;
}

export const simulationDefaults: Omit<SimulationOptions, 'signal' | 'onEpoch'> = {
  epochs: 40,
  seed: 1,
  validators: 8,
  miners: 12,
  actors: allActors,
  churn: 0.1,
  noise: 0.1,
  cabalShare: 0.4,
  settings: {},
  evidence: 'modelled',
};
