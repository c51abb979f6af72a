/** The three kinds of work behind one face: a buffer that threads share, the part of a thread, the answer, its check. */
import { findNonces, hashAnswer, hashBuffer, type HashSize, isHashAnswer } from './hash.ts';
import { isMatrixAnswer, matrixAnswer, matrixBuffer, type MatrixSize, multiplyMatrices } from './matrix.ts';
import { findCollisions, isMemoryAnswer, memoryAnswer, memoryBuffer, type MemorySize } from './memory.ts';

export const challengeKinds = ['matrix', 'memory', 'hash'] as const;

/** How much work one unit is. */
export interface ChallengeSizes {
  readonly matrix: MatrixSize;
  readonly memory: MemorySize;
  readonly hash: HashSize;
}

export interface Challenge {
  readonly kind: (typeof challengeKinds)[number];
  readonly seed: string;
  readonly units: number;
}

/** What a thread is handed. */
export interface Part {
  readonly challenge: Challenge;
  readonly sizes: ChallengeSizes;
  readonly buffer: SharedArrayBuffer;
  readonly part: number;
  readonly parts: number;
}

export function bufferOf({ kind, units }: Challenge, sizes: ChallengeSizes): SharedArrayBuffer {
  switch (kind) {
    case 'matrix':
      return matrixBuffer(sizes.matrix);
    case 'memory':
      return memoryBuffer(units, sizes.memory);
    case 'hash':
      return hashBuffer(sizes.hash);
  }
}

export function workOn({ challenge: { kind, seed, units }, sizes, ...shared }: Part): void {
  switch (kind) {
    case 'matrix':
      return multiplyMatrices(seed, units, sizes.matrix, shared);
    case 'memory':
      return findCollisions(seed, units, sizes.memory, shared);
    case 'hash':
      return findNonces(seed, units, sizes.hash, shared);
  }
}

/** Once every part is done. */
export function answerOf(
  { kind, seed }: Challenge,
  sizes: ChallengeSizes,
  buffer: SharedArrayBuffer,
): Uint8Array {
  switch (kind) {
    case 'matrix':
      return matrixAnswer(seed, sizes.matrix, buffer);
    case 'memory':
      return memoryAnswer(sizes.memory, buffer);
    case 'hash':
      return hashAnswer(sizes.hash, buffer);
  }
}

/** Whether the work was done, for a small part of the work. Pure; any bytes will do. */
export function isAnswer(
  { kind, seed, units }: Challenge,
  sizes: ChallengeSizes,
  answer: Uint8Array,
): boolean {
  switch (kind) {
    case 'matrix':
      return isMatrixAnswer(seed, units, sizes.matrix, answer);
    case 'memory':
      return isMemoryAnswer(seed, units, sizes.memory, answer);
    case 'hash':
      return isHashAnswer(seed, units, sizes.hash, answer);
  }
}
