/**
 * Yuma consensus of one mechanism in one epoch: who validates, what enough stake agrees on, what each miner and each
 * validator has earned. Pure and exact to the bit; it knows nothing of money, names or chains. Rows are validators, columns miners.
 * Called by epochs/, by the simulator, and by anyone who checks either.
 */
import {
  bondAlpha,
  type LiquidAlpha,
  moveBonds,
  moveBondsLiquidly,
  moveSharedBonds,
  penaliseWeights,
  storeSharedBonds,
} from './bonds.ts';
import { fromU16, mul, normalise, toU16 } from './fixed.ts';
import { medianColumns } from './median.ts';
import type { Rules } from './rules.ts';
import {
  clipColumns,
  keepValues,
  mapValues,
  normaliseColumns,
  normaliseRows,
  type SparseMatrix,
  sumRows,
  weighColumns,
  weighRows,
} from './sparse.ts';
import { narrow, normaliseWide } from './wide.ts';

export interface EngineParams {
  readonly rules: Rules;
  /** u16 shares. */
  readonly kappa: number;
  readonly bondsPenalty: number;
  /** Millionths of a bond that stay. */
  readonly bondsMovingAverage: number;
  /** Bonds per pair; false is the original rule. */
  readonly isYuma3: boolean;
  /** Undefined: all bonds move at one speed. */
  readonly liquidAlpha: LiquidAlpha | undefined;
  readonly maxValidators: number;
  /** In the unit of stake; less counts for nothing. */
  readonly minStake: bigint;
  /** In the unit of time. */
  readonly activityCutoff: number;
}

export interface Validator {
  /** In any unit; I64F64 under bittensor. */
  readonly stake: bigint;
  /** When it last gave weights: in any unit of time, the one of `now`. */
  readonly lastUpdate: number;
  /** Whether it had a permit before this epoch. */
  readonly hadPermit?: boolean;
  /** Always has a permit, whatever its stake, and may weigh itself. */
  readonly isOwner?: boolean;
  /** Its own column: nobody weighs itself. */
  readonly self?: number;
  /** Its earliest commit that is still to be revealed. */
  readonly commitBlock?: number;
  /** Whether its row was shown to be earned; only asked where the rules ask evidence. */
  readonly hasEvidence?: boolean;
}

export interface Snapshot {
  readonly now: number;
  /** From when the epoch before counts; only for masks. */
  readonly lastEpoch: number;
  readonly validators: readonly Validator[];
  /** When each miner came; only for masks. */
  readonly registeredAt: readonly number[];
  /** Whole numbers up to u32; only proportions within a row count. */
  readonly weights: SparseMatrix;
  /** As the epoch before stored them. */
  readonly bonds: SparseMatrix;
}

export interface Consensus {
  /** Share of all stake, and of the stake that counts. */
  readonly stake: Float64Array;
  readonly activeStake: Float64Array;
  readonly isActive: readonly boolean[];
  /** Who has a permit now. */
  readonly hasPermit: readonly boolean[];
  /** As given, by shares of a row; then no more than consensus; then as bonds follow them. */
  readonly weights: SparseMatrix;
  readonly clipped: SparseMatrix;
  readonly bondWeights: SparseMatrix;
  readonly consensus: Float64Array;
  readonly trust: Float64Array;
  readonly rank: Float64Array;
  readonly incentive: Float64Array;
  readonly dividends: Float64Array;
  readonly bonds: BondMove;
  /** What the next epoch needs. */
  readonly stored: SparseMatrix;
}

export interface BondMove {
  /** As fixed, before they moved: masked, and under the original rule by share of a miner. */
  readonly before: SparseMatrix;
  /** Under the original rule only. */
  readonly bought?: SparseMatrix;
  readonly after: SparseMatrix;
  /** Per-pair bonds by share of a miner, and what each validator's come to. */
  readonly shares?: SparseMatrix;
  readonly yields: Float64Array;
}

export function epoch(snapshot: Snapshot, params: EngineParams): Consensus {
  const { rules } = params;
  const electorate = elect(snapshot, params);
  const weights = normaliseRows(keepWeights(snapshot, rules, electorate.votes));
  const { activeStake } = electorate;
  const consensus = medianColumns(activeStake, weights, fromU16(params.kappa));
  const clipped = clipColumns(weights, consensus);
  const rank = weighRows(clipped, activeStake);
  const incentive = normalise(rank.slice());
  const bondWeights = penaliseWeights(weights, clipped, fromU16(params.bondsPenalty));
  const move = params.isYuma3 ? movePairBonds : moveOriginalBonds;
  const bonds = move({ snapshot, params, bondWeights, consensus, incentive, activeStake });
  const dividends = normalise(
    params.isYuma3 ? bonds.yields.map((value, row) => mul(value, activeStake[row]!)) : bonds.yields.slice(),
  );
  return {
    ...electorate,
    weights,
    clipped,
    bondWeights,
    consensus,
    trust: sumRows(clipped),
    rank,
    incentive,
    dividends: rules.asksEvidence ? withholdUnshown(dividends, snapshot.validators) : dividends,
    bonds,
    stored: storeBonds(bonds.after, params, electorate.hasPermit),
  };
}

interface Electorate {
  readonly stake: Float64Array;
  readonly activeStake: Float64Array;
  readonly isActive: readonly boolean[];
  readonly hasPermit: readonly boolean[];
  /** Whose rows count. */
  readonly votes: readonly boolean[];
}

function elect({ validators, now }: Snapshot, params: EngineParams): Electorate {
  const counted = validators.map(({ stake, isOwner }) => (!isOwner && stake < params.minStake ? 0n : stake));
  const stake = Float64Array.from(normaliseWide(counted), (share) => Number(narrow(share)));
  const best = topK(stake, params.maxValidators);
  const hasPermit = validators.map(
    ({ isOwner }, row) => (isOwner ?? false) || (stake[row] !== 0 && best[row]!),
  );
  const isActive = validators.map(({ lastUpdate }) => lastUpdate + params.activityCutoff >= now);
  const votes =
    params.rules.permits === 'now'
      ? hasPermit
      : validators.map(({ hadPermit, isOwner }) => (hadPermit ?? false) || (isOwner ?? false));
  const activeStake = normalise(stake.map((share, row) => (votes[row] && isActive[row] ? share : 0)));
  return { stake, activeStake, isActive, hasPermit, votes };
}

/** Whether each is among the `k` greatest; of equals the later ones are. */
export function topK<T extends number | bigint>(values: ArrayLike<T>, k: number): readonly boolean[] {
  const compare = (a: T, b: T) => (a === b ? 0 : a < b ? -1 : 1);
  const order = Array.from(values, (_, index) => index).sort(
    (a, b) => compare(values[a]!, values[b]!) || a - b,
  );
  const best = new Set(order.slice(Math.max(0, order.length - k)));
  return Array.from(values, (_, index) => best.has(index));
}

function keepWeights(
  { validators, registeredAt, weights }: Snapshot,
  rules: Rules,
  votes: readonly boolean[],
): SparseMatrix {
  return keepValues(weights, (value, column, row) => {
    const { self, isOwner, lastUpdate, commitBlock, hasEvidence } = validators[row]!;
    if (!votes[row] || (self === column && !isOwner)) return false;
    if (value === 0 && !rules.keepsZeros) return false;
    if (rules.asksEvidence && !hasEvidence) return false;
    if (!rules.masksSlots) return true;
    const since = registeredAt[column]!;
    return lastUpdate > since && (commitBlock === undefined || commitBlock >= since);
  });
}

interface BondInputs {
  readonly snapshot: Snapshot;
  readonly params: EngineParams;
  readonly bondWeights: SparseMatrix;
  readonly consensus: Float64Array;
  readonly incentive: Float64Array;
  readonly activeStake: Float64Array;
}

function keepBonds({ bonds, lastEpoch, registeredAt }: Snapshot, { masksSlots }: Rules): SparseMatrix {
  return masksSlots ? keepValues(bonds, (_value, column) => lastEpoch > registeredAt[column]!) : bonds;
}

function movePairBonds({ snapshot, params, bondWeights, consensus, incentive }: BondInputs): BondMove {
  const { rules, liquidAlpha } = params;
  const kept = keepBonds(snapshot, rules);
  const before = rules.storesBondsAs === 'u16' ? mapValues(kept, fromU16) : kept;
  const isLiquid = liquidAlpha !== undefined && consensus.some((value) => value !== 0);
  const after = isLiquid
    ? moveBondsLiquidly(bondWeights, before, { consensus, liquid: liquidAlpha, absentBond: rules.absentBond })
    : moveBonds(bondWeights, before, bondAlpha(params.bondsMovingAverage));
  const shares = normaliseColumns(after);
  return { before, after, shares, yields: weighColumns(shares, incentive) };
}

function moveOriginalBonds({ snapshot, params, bondWeights, incentive, activeStake }: BondInputs): BondMove {
  const alpha = bondAlpha(params.bondsMovingAverage);
  const move = moveSharedBonds(bondWeights, keepBonds(snapshot, params.rules), { stake: activeStake, alpha });
  return { ...move, yields: weighColumns(move.after, incentive) };
}

/** Only who has a permit now keeps bonds. */
function storeBonds(after: SparseMatrix, params: EngineParams, hasPermit: readonly boolean[]): SparseMatrix {
  const scaled = params.isYuma3 ? after : storeSharedBonds(after);
  const kept = keepValues(scaled, (_value, _column, row) => hasPermit[row]!);
  return params.rules.storesBondsAs === 'u16' ? mapValues(kept, toU16) : kept;
}

/** What a validator did not show to be earned is not paid, and no more to the others either. */
function withholdUnshown(dividends: Float64Array, validators: readonly Validator[]): Float64Array {
  return dividends.map((value, row) => (validators[row]!.hasEvidence ? value : 0));
}
