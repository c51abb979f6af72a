import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { normalise, one, sumOf } from './fixed.ts';
import { medianColumns } from './median.ts';
import { fromRows } from './sparse.ts';

/** The rule in its own words: partitions of all rows around the middle of what is left. */
function medianByPartitions(stake: Float64Array, score: readonly number[], minority: number): number {
  const stakeOf = (rows: readonly number[]) => rows.reduce((sum, row) => sum + stake[row]!, 0);
  let rows = score.map((_, row) => row);
  let low = 0;
  let high = sumOf(stake);
  while (rows.length > 1) {
    const pivot = score[rows[rows.length >> 1]!]!;
    const lower = rows.filter((row) => score[row]! < pivot);
    const higher = rows.filter((row) => score[row]! > pivot);
    if (minority < low + stakeOf(lower) && lower.length > 0) {
      high = low + stakeOf(lower);
      rows = lower;
    } else if (high - stakeOf(higher) <= minority && higher.length > 0) {
      low = high - stakeOf(higher);
      rows = higher;
    } else {
      return pivot;
    }
  }
  return rows.length === 0 ? 0 : score[rows[0]!]!;
}

describe('the weighted median of a column', () => {
  const row = fc.record({
    stake: fc.oneof(fc.constant(0), fc.integer({ min: 1, max: one }), fc.constant(one / 4)),
    score: fc.oneof(fc.constant(0), fc.constant(one / 2), fc.integer({ min: 0, max: one })),
    isAbsent: fc.boolean(),
  });

  it('is the one that partitions of all rows find', () => {
    const rows = fc.array(row, { maxLength: 24 });
    const majority = fc.oneof(fc.integer({ min: 0, max: one }), fc.constantFrom(0, one / 2, one));
    fc.assert(
      fc.property(rows, majority, (list, kappa) => {
        const matrix = fromRows(
          list.map(({ score, isAbsent }) => (isAbsent ? [] : [[0, score] as const])),
          1,
        );
        const counted = list.filter(({ stake }) => stake > 0);
        const stake = normalise(Float64Array.from(counted, (entry) => entry.stake));
        const scores = counted.map(({ score, isAbsent }) => (isAbsent ? 0 : score));
        const expected = medianByPartitions(stake, scores, sumOf(stake) - kappa);
        const all = Float64Array.from(list, (entry) => entry.stake);
        expect(medianColumns(all, matrix, kappa)[0]).toBe(expected);
      }),
      { numRuns: 5000 },
    );
  });

  it('is the higher one where half the stake is on either side and less than half must agree', () => {
    const scores = fromRows([[[0, 100]], [[0, 300]]], 1);
    const even = Float64Array.of(one / 2, one / 2);
    expect(medianColumns(even, scores, Math.floor((32_767 * one) / 65_535))[0]).toBe(300);
    expect(medianColumns(even, scores, Math.floor(0.6 * one))[0]).toBe(100);
  });
});
