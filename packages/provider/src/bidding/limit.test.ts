import { describe, expect, it } from 'vitest';
import { createTestClock } from '@souk/chain/testing';
import { createLimit } from './limit.ts';
import { createRecent } from './recent.ts';

describe('a limit', () => {
  it('runs so many at once, queues so many, and turns the rest away', async () => {
    const limit = createLimit(2, 1);
    const gates = [0, 1, 2].map(() => Promise.withResolvers<void>());
    const started: number[] = [];
    const submit = (n: number) =>
      limit.submit(async () => {
        started.push(n);
        await gates[n]?.promise;
      });
    expect([submit(0), submit(1), submit(2), submit(3)]).toEqual([true, true, true, false]);
    expect(started).toEqual([0, 1]);
    gates[0]?.resolve();
    gates[1]?.resolve();
    gates[2]?.resolve();
    await limit.idle();
    expect(started).toEqual([0, 1, 2]);
  });
});

describe('what is remembered of peers', () => {
  it('is bounded in number and in age', async () => {
    const clock = createTestClock();
    const recent = createRecent<number>({ limit: 2, maxAgeMs: 10, clock });
    recent.set('a', 1);
    recent.set('b', 2);
    recent.set('a', 3);
    recent.set('c', 4);
    expect([recent.get('a'), recent.get('b'), recent.get('c')]).toEqual([3, undefined, 4]);
    await clock.advance(10);
    expect([recent.get('a'), recent.size]).toEqual([undefined, 1]);
  });
});
