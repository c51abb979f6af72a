/** `math-v1`: the engine's arithmetic on Numbers, and the reference on bigints wherever a value is beyond those. */
import { bondAlpha, liquidAlpha, moveBond, moveBonds, penaliseWeights } from '../../src/engine/bonds.ts';
import { topK } from '../../src/engine/epoch.ts';
import { div, exp, fromU16, mul, normalise, toU16 } from '../../src/engine/fixed.ts';
import { medianColumns, selectMedian } from '../../src/engine/median.ts';
import {
  clipColumns,
  fromRows,
  mergeRows,
  normaliseColumns,
  normaliseRows,
  type SparseMatrix,
  toRows,
  upscaleColumns,
  weighColumns,
  weighRows,
} from '../../src/engine/sparse.ts';
import { narrow, normaliseWide, wideDiv, wideExp, wideMul } from '../../src/engine/wide.ts';
import { big, firstDifference, small } from './compare.ts';
import type { Fields } from './epoch-record.ts';
import { isWithinLimit, lnOrZero, sigmoid, upscaleToU16 } from './primitives.ts';
import type { Report } from './report.ts';

interface Vector {
  readonly id: string;
  readonly fn: string;
  readonly in: Fields;
  readonly out: unknown;
}

export function checkMath({ vectors }: { readonly vectors: readonly Vector[] }, report: Report): void {
  for (const { id, fn, in: given, out } of vectors) {
    report.check(id, () => {
      const results = functions[fn]?.(given);
      if (results === undefined) throw new Error(`function ${fn} is not known`);
      for (const [way, result] of Object.entries(results)) {
        const difference = firstDifference(out, result);
        if (difference) return { key: way, ...difference };
      }
      return undefined;
    });
  }
}

/** By the way it was computed: `fast` on Numbers, `wide` on bigints. */
type Results = Readonly<Record<string, unknown>>;

/** Numbers hold these, and what comes of them. */
const fastLimit = 1n << 51n;

function scalar(
  given: Fields,
  keys: readonly string[],
  { fast, wide }: { fast: (...values: number[]) => number; wide: (...values: bigint[]) => bigint },
): Results {
  const values = keys.map((key) => big(given[key]));
  const reference = wide(...values);
  const isFast = [...values, reference].every((value) => value < fastLimit && value > -fastLimit);
  return { wide: reference, ...(isFast ? { fast: fast(...values.map(Number)) } : {}) };
}

function list(value: unknown): readonly unknown[] {
  return value as readonly unknown[];
}

function vector(value: unknown): Float64Array {
  return Float64Array.from(list(value), small);
}

function sparse(given: Fields, key: string, width?: number): SparseMatrix {
  const rows = (given[key] as readonly (readonly (readonly [unknown, unknown])[])[]).map((row) =>
    row.map(([column, value]) => [small(column), small(value)] as const),
  );
  const widest = Math.max(0, ...rows.flatMap((row) => row.map(([column]) => column + 1)));
  return fromRows(rows, width ?? (given.columns === undefined ? widest : small(given.columns)));
}

/** A matrix in full as a sparse one that has every value. */
function dense(value: unknown): SparseMatrix {
  const rows = list(value).map((row) => list(row).map((member, column) => [column, small(member)] as const));
  return fromRows(rows, rows[0]?.length ?? 0);
}

function full(matrix: SparseMatrix): readonly (readonly number[])[] {
  return toRows(matrix).map((row) => {
    const values = Array.from({ length: matrix.width }, () => 0);
    for (const [column, value] of row) values[column] = value;
    return values;
  });
}

function emaAlpha(weights: SparseMatrix, bonds: SparseMatrix, given: Fields): SparseMatrix {
  const alpha = (given.alpha as readonly (readonly unknown[])[]).map((row) => row.map(small));
  let row = -1;
  let last = Number.POSITIVE_INFINITY;
  return mergeRows(weights, bonds, (column, weight, bond, build) => {
    if (column <= last) row += 1;
    last = column;
    if (weight === undefined) return;
    const moved = moveBond(weight, bond ?? 0, alpha[row]![column]!);
    if (moved > 0) build.add(column, moved);
  });
}

const ratio = (given: Fields) => small(given.ratio);

const functions: Readonly<Record<string, (given: Fields) => Results>> = {
  mul: (given) => scalar(given, ['a', 'b'], { fast: mul, wide: wideMul }),
  div_or_zero: (given) => scalar(given, ['a', 'b'], { fast: div, wide: wideDiv }),
  exp_safe: (given) => scalar(given, ['x'], { fast: exp, wide: wideExp }),
  ln_or_zero: ({ x }) => ({ wide: lnOrZero(big(x)) }),
  sigmoid_safe: ({ x, rho, kappa }) => ({ wide: sigmoid(big(x), big(rho), big(kappa)) }),
  liquid_alpha: (given) => ({
    fast: liquidAlpha(
      {
        low: small(given.alpha_low_u16),
        high: small(given.alpha_high_u16),
        steepness: small(given.steepness_i16),
      },
      { weight: small(given.weight), bond: small(given.bond), consensus: small(given.consensus) },
    ),
  }),
  bond_alpha_from_moving_average: (given) => ({
    fast: bondAlpha(small(given.bonds_moving_average_millionths)),
  }),
  proportion_to_u16: ({ x }) => ({ fast: toU16(Number(big(x))) }),
  u16_to_proportion: ({ x }) => ({ fast: fromU16(small(x)) }),
  max_upscale_to_u16: ({ v }) => ({ wide: upscaleToU16(list(v).map(big)) }),
  max_upscale_u16: ({ v }) => ({ wide: upscaleToU16(list(v).map((value) => big(value) << 32n)) }),
  max_weight_limited: ({ v, limit_u16 }) => ({ wide: isWithinLimit(list(v).map(big), big(limit_u16)) }),
  is_topk: ({ v, k }) => ({ wide: topK(list(v).map(big), small(k)) }),
  is_topk_nonzero: ({ v, k }) => {
    const values = list(v).map(big);
    const best = topK(values, small(k));
    return { wide: values.map((value, index) => value !== 0n && best[index]) };
  },
  normalize: ({ v }) => ({ fast: normalise(vector(v)) }),
  normalize_i64f64: ({ v }) => ({ wide: normaliseWide(list(v).map(big)) }),
  i64f64_to_i32f32: ({ v }) => ({ wide: list(v).map((value) => narrow(big(value))) }),
  row_normalize: ({ m }) => ({ fast: full(normaliseRows(dense(m))) }),
  row_normalize_sparse: (given) => ({ fast: toRows(normaliseRows(sparse(given, 'm'))) }),
  col_normalize: ({ m }) => ({ fast: full(normaliseColumns(dense(m))) }),
  col_normalize_sparse: (given) => ({ fast: toRows(normaliseColumns(sparse(given, 'm'))) }),
  col_max_upscale: ({ m }) => ({ fast: full(upscaleColumns(dense(m))) }),
  col_max_upscale_sparse: (given) => ({ fast: toRows(upscaleColumns(sparse(given, 'm'))) }),
  matmul: ({ m, v }) => ({ fast: weighRows(dense(m), vector(v)) }),
  matmul_sparse: (given) => ({ fast: weighRows(sparse(given, 'm'), vector(given.v)) }),
  matmul_transpose: ({ m, v }) => ({ fast: weighColumns(dense(m), vector(v)) }),
  matmul_transpose_sparse: (given) => ({
    fast: weighColumns(sparse(given, 'm', list(given.v).length), vector(given.v)),
  }),
  col_clip: ({ m, threshold }) => ({ fast: full(clipColumns(dense(m), vector(threshold))) }),
  col_clip_sparse: (given) => ({
    fast: toRows(clipColumns(sparse(given, 'm', list(given.threshold).length), vector(given.threshold))),
  }),
  weighted_median: ({ stake, score, minority, partition_lo }) => ({
    fast: selectMedian(vector(score), vector(stake), {
      below: small(partition_lo),
      minority: small(minority),
    }),
  }),
  weighted_median_columns: ({ stake, score, majority }) => ({
    dense: medianColumns(vector(stake), dense(score), small(majority)),
  }),
  interpolate: (given) => ({ fast: full(penaliseWeights(dense(given.a), dense(given.b), ratio(given))) }),
  interpolate_sparse: (given) => ({
    fast: toRows(penaliseWeights(sparse(given, 'a'), sparse(given, 'b'), ratio(given))),
  }),
  ema_sparse: (given) => {
    const width = 1 + Math.max(...[given.new, given.old].map((m) => sparse({ m }, 'm').width));
    return {
      fast: toRows(moveBonds(sparse(given, 'new', width), sparse(given, 'old', width), small(given.alpha))),
    };
  },
  ema_dense: (given) => ({ fast: full(moveBonds(dense(given.new), dense(given.old), small(given.alpha))) }),
  ema_alpha_sparse: (given) => {
    const width = list(list(given.alpha)[0]).length;
    return { fast: toRows(emaAlpha(sparse(given, 'new', width), sparse(given, 'old', width), given)) };
  },
  ema_alpha_dense: (given) => ({ fast: full(emaAlpha(dense(given.new), dense(given.old), given)) }),
};
