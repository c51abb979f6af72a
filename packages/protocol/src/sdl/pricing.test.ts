import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ceilingPerHour, type ServiceCeiling } from './pricing.ts';

const uact = (amount: string, count = 1): ServiceCeiling => ({
  service: 'web',
  count,
  denom: 'uact',
  amount,
});

describe('the ceiling per hour', () => {
  it('is 600 blocks of six seconds, for every replica', () => {
    expect(ceilingPerHour({ ceilings: [uact('1000', 2), uact('0.5')] }, { decimals: 6 })).toEqual({
      kind: 'usd',
      ratePerHour: 1_200_300n,
    });
  });

  it('is in the smallest unit of the token', () => {
    expect(ceilingPerHour({ ceilings: [uact('1')] }, { decimals: 18 })).toEqual({
      kind: 'usd',
      ratePerHour: 600n * 10n ** 12n,
    });
    expect(ceilingPerHour({ ceilings: [uact('1000')] }, { decimals: 2 })).toEqual({
      kind: 'usd',
      ratePerHour: 60n,
    });
  });

  it('follows the length of a block', () => {
    expect(ceilingPerHour({ ceilings: [uact('1000')] }, { decimals: 6, blockSeconds: 7.2 })).toEqual({
      kind: 'usd',
      ratePerHour: 500_000n,
    });
  });

  it('is rounded down, by less than one', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 0, max: 10 ** 9 }),
        fc.integer({ min: 1, max: 60 }),
        (milli, blockSeconds) => {
          const ceiling = ceilingPerHour(
            { ceilings: [uact((milli / 1000).toFixed(3))] },
            { decimals: 6, blockSeconds },
          );
          const exact = BigInt(milli) * 3600n;
          const divisor = 1000n * BigInt(blockSeconds);
          const rate = ceiling.kind === 'usd' ? ceiling.ratePerHour : -1n;
          expect(rate * divisor <= exact && (rate + 1n) * divisor > exact).toBe(true);
        },
      ),
    );
  });

  it('is unknown where any price is in AKT', () => {
    const ceilings = [uact('1'), { service: 'db', count: 1, denom: 'uakt' as const, amount: '1' }];
    expect(ceilingPerHour({ ceilings }, { decimals: 6 })).toEqual({ kind: 'volatile', denom: 'uakt' });
  });
});
