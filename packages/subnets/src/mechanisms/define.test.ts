import { canonicalJson, fullWeight, hashText } from '@souk/protocol';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { echoMechanism } from '../testing/echo.ts';
import { defineMechanism, mechanismsNamed, versionOf } from './define.ts';
import { seededRandom } from './random.ts';
import { isShallow, makeRequest, readBody, scoreAnswer, weightFrom } from './replay.ts';

const seed = hashText('seed');

describe('a mechanism', () => {
  it.each([
    [{ name: 'Echo!' }, 'name'],
    [{ version: 0 }, 'version'],
    [{ limits: { ...echoMechanism.limits, maxResponseBytes: 8 * 1024 } }, 'limits.maxResponseBytes'],
    [{ limits: { ...echoMechanism.limits, tasksPerEpoch: 65 } }, 'limits.tasksPerEpoch'],
  ])('is refused with %j, and told where', (change, path) => {
    expect(() => defineMechanism({ ...echoMechanism, ...change })).toThrow(
      expect.objectContaining({
        code: 'subnets.bad-mechanism',
        data: expect.objectContaining({ path }),
      }) as Error,
    );
  });

  it('is found by its name, and one that is not known is named with those that are', () => {
    expect(mechanismsNamed(['echo'], [echoMechanism])).toEqual([echoMechanism]);
    expect(() => mechanismsNamed(['eco'], [echoMechanism])).toThrow('eco');
    expect(versionOf([echoMechanism, { ...echoMechanism, version: 4 }])).toBe(5);
  });
});

describe('numbers from a seed', () => {
  it('are the same for ever', () => {
    const random = seededRandom(seed);
    const drawn = [random.below(1000), random.below(1000), random.next(), random.pick(['a', 'b', 'c'])];
    expect(drawn).toEqual([960, 870, 0.0454683170070902, 'c']);
  });

  it('are spread evenly', () => {
    const random = seededRandom(hashText('other'));
    const counts = Array.from({ length: 10 }, () => 0);
    for (let draw = 0; draw < 20_000; draw += 1) counts[random.below(10)]! += 1;
    expect(Math.min(...counts)).toBeGreaterThan(1_800);
    expect(Math.max(...counts)).toBeLessThan(2_200);
  });

  it('differ from seed to seed', () => {
    const first = Array.from({ length: 500 }, (_, at) => seededRandom(hashText(String(at))).next());
    expect(new Set(first).size).toBe(500);
  });
});

describe('what is replayed', () => {
  const context = { seed, subnet: 1, epoch: 2, sequence: 0, units: 3 };

  it('makes the same request of the same seed, and another of another', () => {
    const made = makeRequest(echoMechanism, context);
    expect(makeRequest(echoMechanism, context)).toEqual(made);
    expect(makeRequest(echoMechanism, { ...context, seed: hashText('x') })).not.toEqual(made);
  });

  it('takes a body only as canonical JSON that fits', () => {
    const read = (body: string) => readBody(echoMechanism.response, body, 200);
    expect(read('{"precision":1,"square":4}')?.value).toEqual({ precision: 1, square: 4 });
    for (const body of [
      '{"square":4,"precision":1}',
      '{"precision":1,"square":4.0}',
      '{"precision":1,"square":"4"}',
      '{',
      'null',
      `"${'x'.repeat(300)}"`,
      '[['.repeat(90),
    ])
      expect(read(body)).toBeUndefined();
  });

  it('reads whatever it is given without throwing', () => {
    fc.assert(
      fc.property(fc.string(), (body) => {
        readBody(z.json(), body, 8_000);
      }),
    );
    fc.assert(fc.property(fc.jsonValue({ maxDepth: 6 }), (value) => isShallow(canonicalJson(value))));
    expect(isShallow('[{"a\\"]]]]":"'.repeat(5))).toBe(true);
    expect(isShallow('['.repeat(10_000))).toBe(false);
  });

  it('holds worth between nothing and all', () => {
    const worth = (score: number) =>
      scoreAnswer(
        { ...echoMechanism, score: () => score },
        {},
        { body: '{"precision":1,"square":4}', observation: '{"isLate":false}' },
        1,
      );
    expect([Number.NaN, -1, 0.5, 7, Infinity].map(worth)).toEqual([0, 0, 0.5, 1, 1]);
    expect(weightFrom({ ...echoMechanism, aggregate: () => 2 }, [], 0)).toBe(fullWeight);
    expect(weightFrom({ ...echoMechanism, aggregate: () => Number.NaN }, [], 0)).toBe(0);
  });

  it('gives a newcomer its mean, and an old hand half of what it had', () => {
    expect(weightFrom(echoMechanism, [1, 0], 0)).toBe(Math.floor(fullWeight / 2));
    expect(weightFrom(echoMechanism, [0, 0], fullWeight)).toBe(Math.floor(fullWeight / 2));
  });
});
