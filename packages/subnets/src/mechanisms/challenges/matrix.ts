/**
 * A chain of matrix products over a prime field: X ← M·D_k·X, level by level; M (rows × rows), X_0 (rows × columns) and the
 * diagonals D_k come from the seed. The answer is a fingerprint of every row of the last X and a few whole rows, drawn from
 * the fingerprints (Fiat–Shamir), so that they are chosen after all rows are fixed.
 *
 * Checking is Freivalds': for a random r, X·r is M·D·…·X_0·r, a chain of matrix times vector, `columns` times
 * cheaper than the work. One row alone costs 1/columns of everything, not 1/rows: whoever makes rows up saves nothing
 * while it has more than columns of them, and with fewer the draw finds it (a quarter of the rows: once in 4^opened).
 */
import { createHash, pbkdf2Sync } from 'node:crypto';
import { type Keystream, keystream, numbersOf } from './keystream.ts';

export interface MatrixSize {
  readonly rows: number;
  readonly columns: number;
  /** Products a unit. */
  readonly levels: number;
  readonly opened: number;
  /** Hashes from the fingerprints to the draw. */
  readonly drawRounds: number;
}

/** The largest prime of 16 bits; a sum of 2^20 products is still exact in a double. */
const prime = 65_521;
const fingerprintBytes = 6;
const lanes = { matrix: 0, start: 1, level: 2 } as const;

export function matrixBuffer(size: MatrixSize): SharedArrayBuffer {
  return new SharedArrayBuffer(2 * size.rows * size.columns);
}

/** The columns that fall to `part` of `parts`, written into the buffer. */
export function multiplyMatrices(
  seed: string,
  units: number,
  size: MatrixSize,
  shared: { readonly buffer: SharedArrayBuffer; readonly part: number; readonly parts: number },
): void {
  const { rows, columns } = size;
  const first = Math.floor((columns * shared.part) / shared.parts);
  const width = Math.floor((columns * (shared.part + 1)) / shared.parts) - first;
  const stream = keystream(seed);
  const matrix = matrixOf(stream, size);
  const start = startOf(stream, size);
  let from = new Float64Array(rows * width);
  for (let row = 0; row < rows; row++) {
    from.set(start.subarray(row * columns + first, row * columns + first + width), row * width);
  }
  let to = new Float64Array(rows * width);
  for (let level = 0; level < units * size.levels; level++) {
    const diagonal = diagonalOf(stream, size, level);
    for (let at = 0; at < from.length; at++)
      from[at] = (from[at]! * diagonal[Math.floor(at / width)]!) % prime;
    multiply(matrix, from, to, width);
    [from, to] = [to, from];
  }
  const product = new Uint16Array(shared.buffer);
  for (let row = 0; row < rows; row++) {
    product.set(from.subarray(row * width, (row + 1) * width), row * columns + first);
  }
}

export function matrixAnswer(seed: string, size: MatrixSize, buffer: SharedArrayBuffer): Uint8Array {
  const bytes = new Uint8Array(new Uint8Array(buffer));
  const rowBytes = 2 * size.columns;
  const rowOf = (row: number) => bytes.subarray(row * rowBytes, (row + 1) * rowBytes);
  const prints = Buffer.concat(Array.from({ length: size.rows }, (_, row) => fingerprint(row, rowOf(row))));
  return Buffer.concat([prints, ...drawRows(seed, size, prints).map(rowOf)]);
}

export function isMatrixAnswer(seed: string, units: number, size: MatrixSize, answer: Uint8Array): boolean {
  const { rows, columns, opened } = size;
  const rowBytes = 2 * columns;
  if (answer.length !== rows * fingerprintBytes + opened * rowBytes) return false;
  const prints = answer.subarray(0, rows * fingerprintBytes);
  // The vector depends on the whole answer, so nothing in it can be fitted to the vector for less than the work.
  const vector = numbersOf(keystream(answer), 0, columns, prime);
  const expected = timesVector(seed, units, size, vector);
  return drawRows(seed, size, prints).every((row, at) => {
    const bytes = Buffer.from(
      answer.subarray(prints.length + at * rowBytes, prints.length + (at + 1) * rowBytes),
    );
    const print = prints.subarray(row * fingerprintBytes, (row + 1) * fingerprintBytes);
    if (!fingerprint(row, bytes).equals(print)) return false;
    let sum = 0;
    for (let column = 0; column < columns; column++) sum += bytes.readUInt16LE(2 * column) * vector[column]!;
    return sum % prime === expected[row];
  });
}

/** X·vector for the last X. */
function timesVector(seed: string, units: number, size: MatrixSize, vector: Float64Array): Float64Array {
  const { rows, columns } = size;
  const stream = keystream(seed);
  const matrix = matrixOf(stream, size);
  const start = startOf(stream, size);
  let from = new Float64Array(rows);
  let to = new Float64Array(rows);
  for (let at = 0; at < start.length; at++) {
    from[Math.floor(at / columns)]! += start[at]! * vector[at % columns]!;
  }
  for (let level = 0; level < units * size.levels; level++) {
    const diagonal = diagonalOf(stream, size, level);
    for (let row = 0; row < rows; row++) from[row] = ((from[row]! % prime) * diagonal[row]!) % prime;
    timesMatrix(matrix, from, to);
    [from, to] = [to, from];
  }
  return from.map((value) => value % prime);
}

/** to = matrix · from, mod prime; both rows × width. */
function multiply(matrix: Float64Array, from: Float64Array, to: Float64Array, width: number): void {
  const rows = from.length / width;
  const sums = new Float64Array(width);
  for (let row = 0; row < rows; row++) {
    sums.fill(0);
    for (let inner = 0; inner < rows; inner++) {
      const factor = matrix[row * rows + inner]!;
      const at = inner * width;
      for (let column = 0; column < width; column++) sums[column]! += factor * from[at + column]!;
    }
    for (let column = 0; column < width; column++) to[row * width + column] = sums[column]! % prime;
  }
}

/** As `multiply` with a width of one, at a fifth of the time. */
function timesMatrix(matrix: Float64Array, from: Float64Array, to: Float64Array): void {
  const rows = from.length;
  for (let row = 0; row < rows; row++) {
    let sum = 0;
    for (let inner = 0; inner < rows; inner++) sum += matrix[row * rows + inner]! * from[inner]!;
    to[row] = sum % prime;
  }
}

function matrixOf(stream: Keystream, { rows }: MatrixSize): Float64Array {
  return numbersOf(stream, lanes.matrix, rows * rows, prime);
}

function startOf(stream: Keystream, { rows, columns }: MatrixSize): Float64Array {
  return numbersOf(stream, lanes.start, rows * columns, prime);
}

/** Never zero, so that every level can be undone and none loses rank. */
function diagonalOf(stream: Keystream, { rows }: MatrixSize, level: number): Float64Array {
  return numbersOf(stream, lanes.level + level, rows, prime - 1).map((value) => value + 1);
}

function fingerprint(row: number, bytes: Uint8Array): Buffer {
  return createHash('sha256').update(`${row}:`).update(bytes).digest().subarray(0, fingerprintBytes);
}

/** Slow on purpose: drawing again and again, with other rows made up, until only true ones are drawn, must not pay. */
function drawRows(seed: string, { rows, opened, drawRounds }: MatrixSize, prints: Uint8Array): number[] {
  const root = pbkdf2Sync(prints, seed, drawRounds, 32, 'sha256');
  return [...numbersOf(keystream(root), 0, opened, rows)];
}
