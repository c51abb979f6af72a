import type { Hex } from '@souk/protocol';
import { canonicalJson, systemClock } from '@souk/protocol';
import { describe, expect, test } from 'vitest';
import { computeOf } from './compute.ts';

const mechanism = computeOf({
  matrix: { rows: 32, columns: 4, levels: 1, opened: 6, drawRounds: 1 },
  memory: { entries: 200, pairs: 4 },
  hash: { hashes: 200, nonces: 4 },
});
const seed: Hex = `0x${'5a'.repeat(32)}`;
const random = { next: () => 0, below: () => 0, pick: <T>(list: readonly T[]) => list[0]! };

function requestOf(sequence: number, units: number) {
  return mechanism.task({ seed, random, subnet: 1, epoch: 1, sequence, units });
}

async function answered(sequence: number, units: number) {
  const request = requestOf(sequence, units);
  const signal = new AbortController().signal;
  const context = { signal, clock: systemClock, deadline: 0, fetch, settings: {} };
  return { request, response: await mechanism.run(request, context), units };
}

/** Worth of all three kinds for a machine of `capacity` units, `names` times registered with `declared` each. */
async function worth(capacity: number, names: number, declared: number): Promise<number> {
  const elapsedMs = Math.round((2_000 * names * declared) / capacity);
  const scores = await Promise.all(
    [0, 1, 2].map(async (sequence) =>
      mechanism.score({ ...(await answered(sequence, declared)), observation: { elapsedMs } }),
    ),
  );
  return names * mechanism.aggregate(scores, 0);
}

describe('compute', () => {
  test('asks for matrices, memory and hashes in turn, as much as is declared', () => {
    expect([0, 1, 2, 3].map((sequence) => requestOf(sequence, 4).kind)).toEqual([
      'matrix',
      'memory',
      'hash',
      'matrix',
    ]);
    expect(requestOf(0, 4).units).toBe(4);
    expect(requestOf(0, 0).units).toBe(1);
    expect(requestOf(0, 1e9).units).toBe(256);
  });

  test('pays by units while they are done in time, and by the square of the speed below that', async () => {
    const task = await answered(0, 8);
    const scoreAt = (elapsedMs: number) => mechanism.score({ ...task, observation: { elapsedMs } });
    expect(scoreAt(1)).toBe(8 / 256);
    expect(scoreAt(2_000)).toBe(8 / 256);
    expect(scoreAt(4_000)).toBe(2 / 256);
  });

  test('never pays for declaring more than one has, nor less', async () => {
    const honest = await worth(8, 1, 8);
    for (const declared of [9, 12, 16, 32, 64]) expect(await worth(8, 1, declared)).toBeLessThan(honest);
    for (const declared of [1, 4, 7]) expect(await worth(8, 1, declared)).toBeLessThan(honest);
  });

  test('never pays for splitting one machine into many names', async () => {
    const honest = await worth(8, 1, 8);
    for (const names of [2, 4, 8]) {
      expect(await worth(8, names, 8 / names)).toBeLessThanOrEqual(honest);
      expect(await worth(8, names, 8)).toBeLessThan(honest);
    }
  });

  test('gives nothing for an answer that is not the work', async () => {
    const { request } = await answered(1, 2);
    for (const answer of ['', 'AAAA', 'A'.repeat(2_600)]) {
      const scored = { request, response: { answer }, observation: { elapsedMs: 1 }, units: 2 };
      expect(mechanism.score(scored)).toBe(0);
    }
  });

  test('refuses what is no answer, or too long, before it is looked at', () => {
    for (const answer of ['not base 64', 'A'.repeat(2_604), 1, null]) {
      expect(mechanism.response.safeParse({ answer }).success).toBe(false);
    }
    expect(mechanism.response.safeParse({ answer: 'AAAA', more: 1 }).success).toBe(false);
    expect(mechanism.request.safeParse({ ...requestOf(0, 1), units: 257 }).success).toBe(false);
    expect(mechanism.request.safeParse({ ...requestOf(0, 1), kind: 'sleep' }).success).toBe(false);
  });

  test('keeps half of what a miner was worth, and starts a newcomer at what it shows', () => {
    expect(mechanism.aggregate([0.5, 0.7], 0)).toBeCloseTo(0.6, 12);
    expect(mechanism.aggregate([0, 0], 0.5)).toBe(0.25);
    expect(mechanism.aggregate([], 0.5)).toBe(0);
  });

  test('ends with the signal', async () => {
    const aborted = AbortSignal.abort(new Error('too late'));
    const context = { signal: aborted, clock: systemClock, deadline: 0, fetch, settings: {} };
    await expect(mechanism.run(requestOf(0, 1), context)).rejects.toThrow('too late');
  });

  test('keeps its requests within its own limits', () => {
    expect(canonicalJson(requestOf(1, 256)).length).toBeLessThanOrEqual(mechanism.limits.maxRequestBytes);
  });
});
