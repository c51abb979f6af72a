import { describe, expect, it } from 'vitest';
import { parseSince } from './since.ts';

const now = Date.parse('2026-11-22T12:00:00Z');

describe('a moment in the past', () => {
  it.each([
    ['30s', now - 30_000],
    ['10m', now - 600_000],
    ['2h', now - 7_200_000],
    ['3d', now - 3 * 86_400_000],
    ['0s', now],
    ['2026-11-22T10:00:00Z', Date.parse('2026-11-22T10:00:00Z')],
    ['2026-11-22T10:00:00.250+02:00', Date.parse('2026-11-22T08:00:00.250Z')],
    ['2026-11-22T10:00', new Date(2026, 10, 22, 10).getTime()],
    ['2026-11-22 10:00:30', new Date(2026, 10, 22, 10, 0, 30).getTime()],
    ['2026-11-22', new Date(2026, 10, 22).getTime()],
  ])('%s is understood', (text, at) => {
    expect(parseSince(text)(now)).toBe(at);
  });

  it.each(['', 'yesterday', '10', '10 m', '-5m', '2026-13-40', '2026-11-22T25:00', '1e9h', '10:00'])(
    '“%s” is refused with what to write instead',
    (text) => {
      expect(() => parseSince(text)).toThrow('give a time like 30s, 10m');
    },
  );
});
