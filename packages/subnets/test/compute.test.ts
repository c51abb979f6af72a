/** The mechanism `compute` with its real work, in threads. */
import { systemClock } from '@souk/protocol';
import { describe, expect, test } from 'vitest';
import {
  answerOf,
  bufferOf,
  challengeKinds,
  isAnswer,
  workOn,
} from '../src/mechanisms/challenges/challenge.ts';
import { mechanism, unitSizes as sizes } from '../src/mechanisms/compute.ts';
import { seededRandom } from '../src/mechanisms/random.ts';

const seed = `0x${'77'.repeat(32)}` as const;
const context = { clock: systemClock, deadline: 0, fetch, settings: {} };

function requestOf(sequence: number, units: number) {
  return mechanism.task({ seed, random: seededRandom(seed), subnet: 1, epoch: 1, sequence, units });
}

describe('real work', () => {
  test.each([0, 1, 2])(
    'of kind %i is done in threads, within the limits, and worth its units',
    async (sequence) => {
      const request = requestOf(sequence, 3);
      const response = await mechanism.run(request, { ...context, signal: AbortSignal.timeout(30_000) });
      expect(mechanism.response.parse(response)).toEqual(response);
      expect(JSON.stringify(response).length).toBeLessThanOrEqual(mechanism.limits.maxResponseBytes);
      expect(mechanism.score({ request, response, observation: { elapsedMs: 1 }, units: 3 })).toBe(3 / 256);
    },
  );

  test('stops when it is too late for it', async () => {
    const before = performance.now();
    const late = mechanism.run(requestOf(1, 256), { ...context, signal: AbortSignal.timeout(200) });
    await expect(late).rejects.toMatchObject({ name: 'AbortError' });
    expect(performance.now() - before).toBeLessThan(10_000);
  });

  test.each(challengeKinds)('is checked for a small part of what it takes: %s', (kind) => {
    const ratios = [1, 2].map((attempt) => {
      const challenge = { kind, seed: `try ${attempt}`, units: 2 };
      const start = performance.now();
      const buffer = bufferOf(challenge, sizes);
      workOn({ challenge, sizes, buffer, part: 0, parts: 1 });
      const answer = answerOf(challenge, sizes, buffer);
      const done = performance.now();
      expect(isAnswer(challenge, sizes, answer)).toBe(true);
      return (done - start) / (performance.now() - done);
    });
    expect(Math.max(...ratios)).toBeGreaterThan(10);
  });
});
