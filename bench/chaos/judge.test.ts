import { describe, expect, it } from 'vitest';
import {
  bytesLostBeyondRpo,
  deadSecondsBeyondWindow,
  failoverSeconds,
  type LeaseSeen,
  outagesOf,
  unpaidSecondsBeyondGrace,
} from './judge.ts';

const answers = (...leases: (string | null)[]) =>
  leases.map((lease, index) => ({ at: index * 1000, lease, lines: lease === null ? null : index * 2 }));
const lease: LeaseSeen = {
  lease: 'a',
  deployment: 'web',
  operator: 'x',
  readyAt: 0,
  closedAt: 8,
  effectiveAt: 8,
  windowSeconds: 2,
};

describe('what a storm did', () => {
  it('is out from the last answer to the next one', () => {
    expect(outagesOf(answers(null, 'a', null, null, 'a', 'b', null), 9000)).toEqual([
      { from: 1000, to: 4000, before: 'a', after: 'a' },
      { from: 5000, to: 9000, before: 'b', after: null },
    ]);
  });

  it('counts as a move only where another lease answers afterwards', () => {
    const outages = outagesOf(answers('a', null, 'a', null, null, 'b'), 6000);
    expect(failoverSeconds(outages)).toEqual([3]);
  });

  it('may cost one window of dead time, and no second more', () => {
    const outages = [{ from: 3000, to: 20_000, before: 'a', after: 'b' }];
    expect(deadSecondsBeyondWindow({ ...lease, effectiveAt: 5 }, outages, 30_000)).toBe(0);
    expect(deadSecondsBeyondWindow(lease, outages, 30_000)).toBe(3);
    expect(deadSecondsBeyondWindow({ ...lease, effectiveAt: null }, outages, 30_000)).toBe(15);
    expect(deadSecondsBeyondWindow({ ...lease, readyAt: null }, outages, 30_000)).toBe(0);
  });

  it('runs unpaid once its lease has ended and it could have been stopped', () => {
    const seen = [7, 9, 11, 12].map((second) => ({
      at: second * 1000 + 500,
      lease: 'a',
      isAble: second !== 12,
    }));
    expect(unpaidSecondsBeyondGrace(lease, seen, 1)).toBe(2);
    expect(unpaidSecondsBeyondGrace({ ...lease, closedAt: null }, seen, 1)).toBe(0);
  });

  it('has lost what was written early enough and is gone', () => {
    const probes = answers('a', 'a', 'a', 'a', null, 'b');
    const outages = outagesOf(probes, 6000);
    const kept = [1, 2].map((number) => ({ number, at: 0, bytes: 10 }));
    expect(bytesLostBeyondRpo(probes, outages, kept, 2)).toBe(0);
    expect(bytesLostBeyondRpo(probes, outages, kept.slice(1), 2)).toBe(10);
    expect(bytesLostBeyondRpo(probes, outages, kept, 0)).toBe(40);
  });
});
