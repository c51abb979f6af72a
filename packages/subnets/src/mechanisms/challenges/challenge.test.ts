import { describe, expect, test } from 'vitest';
import {
  answerOf,
  bufferOf,
  type Challenge,
  challengeKinds,
  type ChallengeSizes,
  isAnswer,
  workOn,
} from './challenge.ts';

const sizes: ChallengeSizes = {
  matrix: { rows: 64, columns: 8, levels: 2, opened: 12, drawRounds: 1 },
  memory: { entries: 500, pairs: 8 },
  hash: { hashes: 500, nonces: 8 },
};

function solved(challenge: Challenge, parts = 1): Uint8Array {
  const buffer = bufferOf(challenge, sizes);
  for (let part = 0; part < parts; part++) workOn({ challenge, sizes, buffer, part, parts });
  return answerOf(challenge, sizes, buffer);
}

describe.each(challengeKinds)('a %s challenge', (kind) => {
  const challenge = { kind, seed: 'one', units: 3 };

  test('is solved, and seen to be', () => {
    for (const seed of ['a', 'b', 'c', 'd']) {
      expect(isAnswer({ ...challenge, seed }, sizes, solved({ ...challenge, seed }))).toBe(true);
    }
  });

  test('can be done in parts', () => {
    expect(isAnswer(challenge, sizes, solved(challenge, 3))).toBe(true);
  });

  test('takes no answer of another seed, of fewer units or of another kind', () => {
    const answer = solved(challenge);
    expect(isAnswer({ ...challenge, seed: 'two' }, sizes, answer)).toBe(false);
    expect(isAnswer({ ...challenge, units: 60 }, sizes, answer)).toBe(false);
    for (const other of challengeKinds.filter((name) => name !== kind)) {
      expect(isAnswer({ ...challenge, kind: other }, sizes, answer)).toBe(false);
    }
  });

  test('takes no answer with a bit changed, cut short or empty', () => {
    const answer = solved(challenge);
    for (let at = 0; at < answer.length; at += 7) {
      const changed = answer.slice();
      changed[at]! ^= 1;
      expect(isAnswer(challenge, sizes, changed)).toBe(false);
    }
    expect(isAnswer(challenge, sizes, answer.subarray(1))).toBe(false);
    expect(isAnswer(challenge, sizes, new Uint8Array())).toBe(false);
    expect(isAnswer(challenge, sizes, new Uint8Array(answer.length))).toBe(false);
  });
});

test('a matrix answer with a tenth of its rows made up is found out by the rows that it must open', () => {
  let passed = 0;
  const tries = 60;
  for (let attempt = 0; attempt < tries; attempt++) {
    const challenge: Challenge = { kind: 'matrix', seed: `rows ${attempt}`, units: 1 };
    const buffer = bufferOf(challenge, sizes);
    workOn({ challenge, sizes, buffer, part: 0, parts: 1 });
    const product = new Uint16Array(buffer);
    for (let row = 0; row < sizes.matrix.rows; row += 10) {
      product[row * sizes.matrix.columns] = (product[row * sizes.matrix.columns]! + 1) % 65_521;
    }
    if (isAnswer(challenge, sizes, answerOf(challenge, sizes, buffer))) passed++;
  }
  // 0.89^12 is a quarter.
  expect(passed).toBeGreaterThan(0);
  expect(passed).toBeLessThan(tries / 2);
});

test('one pair or one nonce told twice is no answer', () => {
  for (const [kind, bytes] of [
    ['memory', 8],
    ['hash', 4],
  ] as const) {
    const challenge: Challenge = { kind, seed: 'twice', units: 1 };
    const answer = solved(challenge);
    answer.copyWithin(0, bytes, 2 * bytes);
    expect(isAnswer(challenge, sizes, answer)).toBe(false);
  }
});
