/**
 * The published game of an honest majority and a cabal, one epoch long: honest validators give their own miners the honest
 * utility and the cabal's the rest; the cabal gives its own what it likes. The map says how much utility honest miners
 * must have for the honest side to get at least its share of stake, whatever the cabal does.
 */
import { epoch, type EngineParams, type Validator } from '../engine/epoch.ts';
import { fromRows, type SparseRow } from '../engine/sparse.ts';
import { type Chance, chanceOf } from './chance.ts';

export interface CabalGame {
  readonly seed: number;
  readonly params: EngineParams;
  /** Share of stake, validators and miners that is honest. */
  readonly honestStake: number;
  /** Deviation of weights by their mean: how subjective scores are. */
  readonly subjectivity: number;
  readonly validators?: number;
  readonly miners?: number;
  /** Share of rewards that goes to validators. */
  readonly validatorShare?: number;
}

const stakeSpread = 0.3;
const weightScale = 2 ** 26;
const stakeScale = 2 ** 40;
const cabalMoves = [0, 0.2, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 1];
const searchSteps = 7;

/** Least honest utility that keeps the honest share against every move of the cabal; more than 1 where none does. */
export function utilityNeeded(game: CabalGame): number {
  return Math.max(...cabalMoves.map((move) => utilityAgainst(game, move)));
}

function utilityAgainst(game: CabalGame, cabalWeight: number): number {
  const keeps = (utility: number) => honestReward(game, utility, cabalWeight) >= game.honestStake - 0.001;
  if (!keeps(1)) return Number.POSITIVE_INFINITY;
  let [low, high] = [0, 1];
  for (let step = 0; step < searchSteps; step++) {
    const middle = (low + high) / 2;
    if (keeps(middle)) high = middle;
    else low = middle;
  }
  return high;
}

/** Share of all rewards that the honest side gets. */
export function honestReward(game: CabalGame, utility: number, cabalWeight: number): number {
  const {
    seed,
    params,
    honestStake,
    subjectivity,
    validators = 32,
    miners = 128,
    validatorShare = 0.5,
  } = game;
  const chance = chanceOf(seed, 'cabal');
  const sides = {
    validators: Math.max(1, Math.min(validators - 1, Math.floor(honestStake * validators))),
    miners: Math.max(1, Math.min(miners - 1, Math.floor(honestStake * miners))),
  };
  const stakes = [
    ...spread(chance, sides.validators, stakeSpread, honestStake),
    ...spread(chance, validators - sides.validators, stakeSpread, 1 - honestStake),
  ];
  const rows = stakes.map((_, row): SparseRow => {
    const toHonest = row < sides.validators ? utility : 1 - cabalWeight;
    return [
      ...spread(chance, sides.miners, subjectivity, toHonest),
      ...spread(chance, miners - sides.miners, subjectivity, 1 - toHonest),
    ].map((weight, column) => [column, Math.round(weight * weightScale)] as const);
  });
  const result = epoch(
    {
      now: 1,
      lastEpoch: 0,
      validators: stakes.map((stake): Validator => ({
        stake: BigInt(Math.round(stake * stakeScale)),
        lastUpdate: 1,
        hasEvidence: true,
      })),
      registeredAt: Array.from({ length: miners }, () => -1),
      weights: fromRows(rows, miners),
      bonds: fromRows(
        Array.from({ length: validators }, () => []),
        miners,
      ),
    },
    params,
  );
  const honest = (shares: Float64Array, count: number) =>
    shares.slice(0, count).reduce((sum, share) => sum + share, 0) /
    Math.max(
      1,
      shares.reduce((sum, share) => sum + share, 0),
    );
  return (
    validatorShare * honest(result.dividends, sides.validators) +
    (1 - validatorShare) * honest(result.incentive, sides.miners)
  );
}

/** `count` numbers that add up to `total`, normal about their mean and never negative. */
function spread(chance: Chance, count: number, deviation: number, total: number): readonly number[] {
  const drawn = Array.from({ length: count }, () => Math.max(0, 1 + deviation * chance.gauss()));
  const sum = drawn.reduce((all, value) => all + value, 0);
  return drawn.map((value) => (value * total) / sum);
}
