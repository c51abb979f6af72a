import type { Clock } from '@souk/protocol';
import { describe, expect, it } from 'vitest';
import { BoundedMap, type Offence, RateLimits, Standings } from './limits.ts';

function clockAt(start: number): Clock & { move(ms: number): void } {
  let now = start;
  return {
    now: () => now,
    sleep: async () => undefined,
    move: (ms) => {
      now += ms;
    },
  };
}

describe('a bounded map', () => {
  it('forgets what was set longest ago', () => {
    const map = new BoundedMap<number>(2);
    map.set('a', 1);
    map.set('b', 2);
    map.set('a', 3);
    map.set('c', 4);
    expect([map.get('a'), map.get('b'), map.get('c'), map.size]).toEqual([3, undefined, 4, 2]);
  });
});

describe('rate limits', () => {
  it('allow a minute’s worth at once, then as much as time gives back', () => {
    const clock = clockAt(1_000_000);
    const limits = new RateLimits(clock, 10);
    const taken = (count: number) =>
      Array.from({ length: count }, () => limits.take('a', 60)).filter(Boolean).length;
    expect(taken(100)).toBe(60);
    clock.move(2_000);
    expect(taken(100)).toBe(2);
    clock.move(3_600_000);
    expect(taken(100)).toBe(60);
    expect(limits.take('b', 60)).toBe(true);
  });
});

describe('standings', () => {
  const rules = { refuseAtPenalty: 40, refuseMs: 10_000, penaltyHalfLifeMs: 1_000, maxPeersRemembered: 3 };

  function standings() {
    const clock = clockAt(0);
    const refusals: [string, Offence][] = [];
    const all = new Standings(clock, rules, (peerId, offence) => refusals.push([peerId, offence]));
    return { clock, refusals, all };
  }

  it('refuse a peer for a while once its penalty reaches the threshold', () => {
    const { clock, refusals, all } = standings();
    all.penalise('a', 'malformed');
    expect(all.isRefused('a')).toBe(false);
    all.penalise('a', 'malformed');
    expect(all.isRefused('a')).toBe(true);
    all.penalise('a', 'malformed');
    expect(refusals).toEqual([['a', 'malformed']]);
    clock.move(9_999);
    expect(all.isRefused('a')).toBe(true);
    clock.move(1);
    expect(all.isRefused('a')).toBe(false);
  });

  it('let penalties fade', () => {
    const { clock, refusals, all } = standings();
    for (let i = 0; i < 20; i++) {
      all.penalise('a', 'malformed');
      clock.move(2_000);
    }
    expect(refusals).toEqual([]);
  });

  it('keep no more peers than they may', () => {
    const { all } = standings();
    all.penalise('a', 'malformed');
    for (const other of ['b', 'c', 'd']) all.penalise(other, 'busy');
    all.penalise('a', 'malformed');
    expect(all.isRefused('a')).toBe(false);
  });
});
