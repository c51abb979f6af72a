/** How a validator's bonds to miners move: a moving average of its weights, at one speed or, liquid, at a speed of its own a pair. */
import { clampTo, div, fromU16, logistic, mul, one } from './fixed.ts';
import { mapValues, mergeRows, normaliseColumns, type SparseMatrix, upscaleColumns } from './sparse.ts';

/** u16 shares; the steepness in hundredths. */
export interface LiquidAlpha {
  readonly low: number;
  readonly high: number;
  readonly steepness: number;
}

/** Speed of a bond from the share that it keeps, in millionths. */
export function bondAlpha(movingAverageMillionths: number): number {
  return one - div(movingAverageMillionths, 1_000_000);
}

/** Speed of one pair's bond: the faster, the further weight and consensus (or, selling, weight and bond) are apart. */
export function liquidAlpha(
  { low, high, steepness }: LiquidAlpha,
  pair: { readonly weight: number; readonly bond: number; readonly consensus: number },
): number {
  return liquidAlphaOf(curveOf({ low, high, steepness }), pair.weight, pair.bond, pair.consensus);
}

interface Curve {
  readonly low: number;
  readonly high: number;
  readonly slope: number;
}

function curveOf({ low, high, steepness }: LiquidAlpha): Curve {
  return { low: fromU16(low), high: fromU16(high), slope: div(steepness, -100) };
}

function liquidAlphaOf({ low, high, slope }: Curve, weight: number, bond: number, consensus: number): number {
  const distance = clampTo(weight >= bond ? weight - consensus : bond - weight, 0, one);
  const speed = logistic(mul(slope, distance - one / 2));
  return clampTo(low + mul(speed, high - low), low, high);
}

/** α·new + (1−α)·old over what either has; nothing that comes to 0 stays. */
export function moveBonds(weights: SparseMatrix, bonds: SparseMatrix, alpha: number): SparseMatrix {
  const keep = one - alpha;
  return mergeRows(weights, bonds, (column, weight, bond, build) => {
    const moved = mul(alpha, weight ?? 0) + mul(keep, bond ?? 0);
    if (moved > 0) build.add(column, moved);
  });
}

/** As `moveBonds`, each pair at its own speed and no bond above 1. */
export function moveBondsLiquidly(
  weights: SparseMatrix,
  bonds: SparseMatrix,
  options: {
    readonly consensus: Float64Array;
    readonly liquid: LiquidAlpha;
    readonly absentBond: 'goes' | 'decays';
  },
): SparseMatrix {
  const curve = curveOf(options.liquid);
  return mergeRows(weights, bonds, (column, weight, bond, build) => {
    if (weight === undefined && options.absentBond === 'goes') return;
    const alpha = liquidAlphaOf(curve, weight ?? 0, bond ?? 0, options.consensus[column]!);
    const moved = moveBond(weight ?? 0, bond ?? 0, alpha);
    if (moved > 0) build.add(column, moved);
  });
}

export function moveBond(weight: number, bond: number, alpha: number): number {
  return Math.min(mul(one - alpha, bond) + Math.max(mul(alpha, weight), 0), one);
}

/** Original rule: bonds are shares of a miner that validators buy with stake. All three are normalised by column. */
export function moveSharedBonds(
  weights: SparseMatrix,
  bonds: SparseMatrix,
  { stake, alpha }: { readonly stake: Float64Array; readonly alpha: number },
): { readonly before: SparseMatrix; readonly bought: SparseMatrix; readonly after: SparseMatrix } {
  const before = normaliseColumns(bonds);
  const bought = normaliseColumns(mapValues(weights, (value, _column, row) => mul(value, stake[row]!)));
  return { before, bought, after: normaliseColumns(moveBonds(bought, before, alpha)) };
}

/** As shared bonds are kept: the greatest of each column is 1. */
export function storeSharedBonds(bonds: SparseMatrix): SparseMatrix {
  return upscaleColumns(bonds);
}

/** β of the way from the weights to the clipped ones; in between, what comes to 0 goes. */
export function penaliseWeights(weights: SparseMatrix, clipped: SparseMatrix, penalty: number): SparseMatrix {
  if (penalty === 0) return weights;
  if (penalty === one) return clipped;
  return mergeRows(weights, clipped, (column, weight = 0, limit = 0, build) => {
    const value = weight + mul(penalty, limit - weight);
    if (value > 0) build.add(column, value);
  });
}
