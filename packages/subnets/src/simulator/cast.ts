/** Who plays in a simulation: honest validators and miners, and whoever else is wished, each with what sets it apart. Pure. */
import { type Address, asAddress } from '@souk/protocol';
import { chanceOf } from './chance.ts';

/** Who may play besides the honest. */
export const actors = [
  /** Validators: four times the noise; asks half of the miners and copies the rest; copies all, five lags. */
  'noisy',
  'lazy',
  'copier',
  /** Commits and never reveals; reveals and never opens. */
  'withholding',
  /** A validator that lifts one miner which works for nobody else; an owner that weighs nobody but its own miner. */
  'pair',
  'selfish-owner',
  /** One validator with 40 % of all stake that weighs nobody but its three idle miners. */
  'cabal',
  /** Miners: answers every other task; one machine under four names, or declared four times what it is, beside a twin that is neither. */
  'lazy-miner',
  'sybil',
] as const;
export type Actor = (typeof actors)[number];

export type ValidatorKind =
  | 'honest'
  | 'noisy'
  | 'lazy'
  | 'copier'
  | 'no-reveal'
  | 'no-opening'
  | 'pair'
  | 'selfish-owner'
  | 'cabal';
export type MinerKind = 'honest' | 'lazy' | 'twin' | 'split' | 'over-split' | 'boaster' | 'idle';

export interface PlayedValidator {
  readonly name: string;
  readonly kind: ValidatorKind;
  readonly operator: Address;
  /** In SOUK. */
  readonly stake: number;
  /** Of a copier: how many epochs old its weights are. */
  readonly lag: number;
  /** Times the noise of an honest one. */
  readonly noise: number;
  /** Registrations that answer nobody else. */
  readonly accomplices: readonly number[];
}

/** What stands behind one or more registrations. */
export interface PlayedMachine {
  readonly name: string;
  readonly kind: MinerKind;
  readonly operator: Address;
  readonly registrations: readonly number[];
  /** Units that each registration declares. */
  readonly declared: number;
  /** Units that the machine has. */
  readonly capacity: number;
  /** Whose disturbances it has: those of a sybil's ways are the same, so that luck can't decide between them. */
  readonly luck: string;
}

export interface Cast {
  readonly validators: readonly PlayedValidator[];
  readonly machines: readonly PlayedMachine[];
}

export interface CastOptions {
  readonly seed: number;
  readonly validators: number;
  readonly miners: number;
  readonly actors: readonly Actor[];
  readonly cabalShare: number;
}

const stakeEach = 1_000;
const names = 4;
const twinUnits = 16;
const family: ReadonlySet<MinerKind> = new Set(['twin', 'split', 'over-split', 'boaster']);
export const ownerAddress = accountOf('owner', 0);

export function castOf({ seed, validators, miners, actors: wished, cabalShare }: CastOptions): Cast {
  const cast = { validators: [] as PlayedValidator[], machines: [] as PlayedMachine[] };
  const chance = chanceOf(seed, 'cast');
  let registered = 0;

  function validator(kind: ValidatorKind, more: Partial<PlayedValidator> = {}): void {
    const operator = accountOf('validator', cast.validators.length);
    const common = { name: kind, stake: stakeEach, lag: 0, noise: 1, accomplices: [] };
    cast.validators.push({ kind, operator, ...common, ...more });
  }
  function machine(
    kind: MinerKind,
    size: Pick<PlayedMachine, 'declared' | 'capacity'>,
    count = 1,
  ): readonly number[] {
    const operator = accountOf('miner', cast.machines.length);
    const registrations = Array.from({ length: count }, () => (registered += 1));
    const luck = family.has(kind) ? 'sybil' : operator;
    cast.machines.push({ name: kind, kind, operator, registrations, luck, ...size });
    return registrations;
  }
  function idle(count = 1): readonly number[] {
    return Array.from({ length: count }, () => machine('idle', { declared: 256, capacity: 1 })).flat();
  }

  for (let left = validators; left > 0; left -= 1) validator('honest');
  for (let left = miners; left > 0; left -= 1) {
    const declared = 4 * 2 ** chance.below(3);
    machine('honest', { declared, capacity: declared * qualityOf(chance.next()) });
  }
  const join: Record<Actor, () => void> = {
    noisy: () => validator('noisy', { noise: 4 }),
    lazy: () => validator('lazy'),
    copier: () => [0, 1, 2, 3, 4].forEach((lag) => validator('copier', { lag, name: `copier lag ${lag}` })),
    withholding: () => {
      validator('no-reveal');
      validator('no-opening');
    },
    pair: () => validator('pair', { accomplices: idle() }),
    'selfish-owner': () => validator('selfish-owner', { operator: ownerAddress, accomplices: idle() }),
    cabal: () => {
      const stake = (validators * stakeEach * cabalShare) / (1 - cabalShare);
      validator('cabal', { stake, accomplices: idle(3) });
    },
    'lazy-miner': () => void machine('lazy', { declared: 8, capacity: 8 }),
    sybil: () => {
      machine('twin', { declared: twinUnits, capacity: twinUnits });
      machine('split', { declared: twinUnits / names, capacity: twinUnits }, names);
      machine('over-split', { declared: twinUnits, capacity: twinUnits }, names);
      machine('boaster', { declared: names * twinUnits, capacity: twinUnits });
    },
  };
  for (const actor of wished) join[actor]();
  return cast;
}

/** How much of what it declares an honest machine has: some more, some less. */
export function qualityOf(chance: number): number {
  return 0.5 + 0.7 * chance;
}

function accountOf(role: 'owner' | 'validator' | 'miner', number: number): Address {
  const digits = { owner: 'a', validator: 'b', miner: 'c' }[role];
  return asAddress(`0x${digits.repeat(32)}${number.toString(16).padStart(8, '0')}`);
}
