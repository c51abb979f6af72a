/** The stake-weighted median of each column: what enough stake agrees on. An absent weight is a 0. */
import { normalise, sumOf } from './fixed.ts';
import { countRows, type SparseMatrix } from './sparse.ts';

/**
 * For each column the least score such that more than the minority (all stake less `majority`) has it or a lower one; the
 * greatest score where there is none. Only rows with stake count.
 */
export function medianColumns(stake: Float64Array, scores: SparseMatrix, majority: number): Float64Array {
  const counted = normalise(stake.filter((value) => value > 0));
  const medians = new Float64Array(scores.width);
  if (counted.length === 0) return medians;
  const minority = sumOf(counted) - majority;
  const votes = gatherVotes(stake, counted, scores);
  for (let column = 0; column < scores.width; column += 1) {
    medians[column] = medianOf(votes, column, { total: sumOf(counted), rows: counted.length, minority });
  }
  return medians;
}

/** Scores above 0 by column, each with its row's stake. */
interface Votes {
  readonly starts: Int32Array;
  readonly scores: Float64Array;
  readonly stakes: Float64Array;
}

function gatherVotes(stake: Float64Array, counted: Float64Array, matrix: SparseMatrix): Votes {
  const starts = new Int32Array(matrix.width + 1);
  const isVote = (row: number, at: number) => stake[row]! > 0 && matrix.values[at]! > 0;
  eachValue(matrix, (row, at) => {
    if (isVote(row, at)) starts[matrix.columns[at]! + 1]! += 1;
  });
  for (let column = 0; column < matrix.width; column += 1) starts[column + 1]! += starts[column]!;
  const next = starts.slice();
  const scores = new Float64Array(starts[matrix.width]!);
  const stakes = new Float64Array(scores.length);
  const places = Int32Array.from(stake, () => -1);
  let place = 0;
  for (let row = 0; row < stake.length; row += 1) if (stake[row]! > 0) places[row] = place++;
  eachValue(matrix, (row, at) => {
    if (!isVote(row, at)) return;
    const slot = next[matrix.columns[at]!]!++;
    scores[slot] = matrix.values[at]!;
    stakes[slot] = counted[places[row]!]!;
  });
  return { starts, scores, stakes };
}

function eachValue(matrix: SparseMatrix, visit: (row: number, at: number) => void): void {
  for (let row = 0; row < countRows(matrix); row += 1) {
    for (let at = matrix.starts[row]!; at < matrix.starts[row + 1]!; at += 1) visit(row, at);
  }
}

interface Electorate {
  readonly total: number;
  readonly rows: number;
  readonly minority: number;
}

function medianOf(votes: Votes, column: number, { total, rows, minority }: Electorate): number {
  const first = votes.starts[column]!;
  const end = votes.starts[column + 1]!;
  const scores = votes.scores.subarray(first, end);
  const stakes = votes.stakes.subarray(first, end);
  const below = total - sumOf(stakes);
  const hasZeros = scores.length < rows;
  return hasZeros && below > minority ? 0 : selectMedian(scores, stakes, { below, minority });
}

/**
 * The least of `scores` such that more than `minority` has it or a lower one, where stake of `below` has lower ones that are not in
 * the list; the greatest where there is none, 0 of an empty list. Linear in their number; reorders both.
 */
export function selectMedian(
  scores: Float64Array,
  stakes: Float64Array,
  { below, minority }: { readonly below: number; readonly minority: number },
): number {
  let first = 0;
  let end = scores.length;
  let lowest = below;
  while (end - first > 1) {
    const pivot = scores[(first + end) >> 1]!;
    let low = first;
    let high = end;
    let lower = 0;
    let same = 0;
    for (let at = first; at < high;) {
      const score = scores[at]!;
      if (score < pivot) {
        lower += stakes[at]!;
        swap(scores, stakes, at++, low++);
      } else if (score > pivot) {
        swap(scores, stakes, at, --high);
      } else {
        same += stakes[at++]!;
      }
    }
    if (low > first && minority < lowest + lower) {
      end = low;
    } else if (high < end && lowest + lower + same <= minority) {
      first = high;
      lowest += lower + same;
    } else {
      return pivot;
    }
  }
  return scores[first] ?? 0;
}

function swap(scores: Float64Array, stakes: Float64Array, a: number, b: number): void {
  const score = scores[a]!;
  const stake = stakes[a]!;
  scores[a] = scores[b]!;
  stakes[a] = stakes[b]!;
  scores[b] = score;
  stakes[b] = stake;
}
