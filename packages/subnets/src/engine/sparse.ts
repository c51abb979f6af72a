/**
 * Rows of a matrix, only what is in them: each row's columns ascend. A value may be an explicit zero, which is not always
 * the same as an absent one. Everything here costs as much as there are values.
 */
import { div, mul } from './fixed.ts';

export interface SparseMatrix {
  readonly width: number;
  /** Where each row starts; one more at the end. */
  readonly starts: Int32Array;
  readonly columns: Int32Array;
  readonly values: Float64Array;
}

export type SparseRow = readonly (readonly [column: number, value: number])[];

export function fromRows(rows: readonly SparseRow[], width: number): SparseMatrix {
  const build = startRows(
    rows.length,
    rows.reduce((sum, row) => sum + row.length, 0),
    width,
  );
  for (const row of rows) {
    for (const [column, value] of row) build.add(column, value);
    build.endRow();
  }
  return build.done();
}

export function toRows(matrix: SparseMatrix): readonly SparseRow[] {
  return Array.from({ length: countRows(matrix) }, (_, row) => rowOf(matrix, row));
}

export function rowOf({ starts, columns, values }: SparseMatrix, row: number): SparseRow {
  const entries: [number, number][] = [];
  for (let at = starts[row]!; at < starts[row + 1]!; at += 1) entries.push([columns[at]!, values[at]!]);
  return entries;
}

export function countRows(matrix: SparseMatrix): number {
  return matrix.starts.length - 1;
}

export interface RowBuilder {
  add(column: number, value: number): void;
  endRow(): void;
  done(): SparseMatrix;
}

/** For at most `most` values. */
export function startRows(rows: number, most: number, width: number): RowBuilder {
  const starts = new Int32Array(rows + 1);
  const columns = new Int32Array(most);
  const values = new Float64Array(most);
  let row = 0;
  let at = 0;
  return {
    add(column, value) {
      columns[at] = column;
      values[at] = value;
      at += 1;
    },
    endRow() {
      row += 1;
      starts[row] = at;
    },
    done: () => ({ width, starts, columns: columns.subarray(0, at), values: values.subarray(0, at) }),
  };
}

/** The same places with other values. */
export function mapValues(
  matrix: SparseMatrix,
  toValue: (value: number, column: number, row: number) => number,
): SparseMatrix {
  const { starts, columns, values } = matrix;
  const mapped = new Float64Array(values.length);
  for (let row = 0; row < countRows(matrix); row += 1) {
    for (let at = starts[row]!; at < starts[row + 1]!; at += 1) {
      mapped[at] = toValue(values[at]!, columns[at]!, row);
    }
  }
  return { ...matrix, values: mapped };
}

export function keepValues(
  matrix: SparseMatrix,
  isKept: (value: number, column: number, row: number) => boolean,
): SparseMatrix {
  const { starts, columns, values, width } = matrix;
  const rows = countRows(matrix);
  const build = startRows(rows, values.length, width);
  for (let row = 0; row < rows; row += 1) {
    for (let at = starts[row]!; at < starts[row + 1]!; at += 1) {
      if (isKept(values[at]!, columns[at]!, row)) build.add(columns[at]!, values[at]!);
    }
    build.endRow();
  }
  return build.done();
}

/** Every value's share of its row. */
export function normaliseRows(matrix: SparseMatrix): SparseMatrix {
  const sums = sumRows(matrix);
  return mapValues(matrix, (value, _column, row) => (sums[row] === 0 ? value : div(value, sums[row]!)));
}

/** Every value's share of its column. */
export function normaliseColumns(matrix: SparseMatrix): SparseMatrix {
  const sums = sumColumns(matrix);
  return mapValues(matrix, (value, column) => (sums[column] === 0 ? value : div(value, sums[column]!)));
}

/** Every value over the greatest of its column. */
export function upscaleColumns(matrix: SparseMatrix): SparseMatrix {
  const { columns, values, width } = matrix;
  const greatest = new Float64Array(width);
  for (let at = 0; at < values.length; at += 1) {
    const column = columns[at]!;
    if (values[at]! > greatest[column]!) greatest[column] = values[at]!;
  }
  return mapValues(matrix, (value, column) =>
    greatest[column] === 0 ? value : div(value, greatest[column]!),
  );
}

export function sumRows({ starts, values }: SparseMatrix): Float64Array {
  const sums = new Float64Array(starts.length - 1);
  for (let row = 0; row < sums.length; row += 1) {
    for (let at = starts[row]!; at < starts[row + 1]!; at += 1) sums[row]! += values[at]!;
  }
  return sums;
}

function sumColumns({ columns, values, width }: SparseMatrix): Float64Array {
  const sums = new Float64Array(width);
  for (let at = 0; at < values.length; at += 1) sums[columns[at]!]! += values[at]!;
  return sums;
}

/** Σ over rows of ⌊factor of the row · value⌋, by column. */
export function weighRows(
  { starts, columns, values, width }: SparseMatrix,
  factors: Float64Array,
): Float64Array {
  const sums = new Float64Array(width);
  for (let row = 0; row < factors.length; row += 1) {
    const factor = factors[row]!;
    for (let at = starts[row]!; at < starts[row + 1]!; at += 1) {
      sums[columns[at]!]! += mul(factor, values[at]!);
    }
  }
  return sums;
}

/** Σ over columns of ⌊value · factor of the column⌋, by row. */
export function weighColumns({ starts, columns, values }: SparseMatrix, factors: Float64Array): Float64Array {
  const sums = new Float64Array(starts.length - 1);
  for (let row = 0; row < sums.length; row += 1) {
    for (let at = starts[row]!; at < starts[row + 1]!; at += 1) {
      sums[row]! += mul(values[at]!, factors[columns[at]!]!);
    }
  }
  return sums;
}

/** No more than its column's limit; what the limit 0 leaves nothing of goes, an explicit zero stays. */
export function clipColumns(matrix: SparseMatrix, limits: Float64Array): SparseMatrix {
  const kept = keepValues(matrix, (value, column) => limits[column]! > 0 || value <= 0);
  return mapValues(kept, (value, column) => Math.min(value, limits[column]!));
}

/** Calls for every column that either matrix has in a row, ascending; undefined where it has not. */
export function mergeRows(
  a: SparseMatrix,
  b: SparseMatrix,
  take: (column: number, inA: number | undefined, inB: number | undefined, build: RowBuilder) => void,
): SparseMatrix {
  const rows = countRows(a);
  const build = startRows(rows, a.values.length + b.values.length, a.width);
  for (let row = 0; row < rows; row += 1) {
    let atA = a.starts[row]!;
    let atB = b.starts[row]!;
    const endA = a.starts[row + 1]!;
    const endB = b.starts[row + 1]!;
    while (atA < endA || atB < endB) {
      const columnA = atA < endA ? a.columns[atA]! : a.width;
      const columnB = atB < endB ? b.columns[atB]! : b.width;
      const column = Math.min(columnA, columnB);
      const inA = columnA === column ? a.values[atA++] : undefined;
      const inB = columnB === column ? b.values[atB++] : undefined;
      take(column, inA, inB, build);
    }
    build.endRow();
  }
  return build.done();
}
