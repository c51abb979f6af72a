import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Fault } from './fault.ts';
import {
  collectableAt,
  formatAmount,
  fundedUntil,
  type LeaseMeter,
  owedAt,
  parseAmount,
  secondsPerHour,
} from './money.ts';

const amount = fc.bigInt(0n, 2n ** 96n - 1n);
/** Rates and funds whose end still is a number of seconds that a number can hold. */
const meter: fc.Arbitrary<LeaseMeter> = fc
  .record({
    rate: fc.bigInt(1n, 2n ** 64n),
    funded: fc.bigInt(0n, 2n ** 64n),
    meterFrom: fc.integer({ min: 1_700_000_000, max: 4_000_000_000 }),
  })
  .filter(({ rate, funded }) => funded / rate < 1_000_000_000n);
const seconds = fc.integer({ min: 0, max: 10 ** 9 });

describe('the meter', () => {
  it('never owes more than is funded, however late', () => {
    fc.assert(
      fc.property(meter, seconds, (lease, after) => {
        expect(owedAt(lease, lease.meterFrom + after) <= lease.funded).toBe(true);
      }),
    );
  });

  it('owes nothing before it starts, and never less later', () => {
    fc.assert(
      fc.property(meter, seconds, seconds, (lease, a, b) => {
        const [early, late] = [Math.min(a, b), Math.max(a, b)];
        expect(owedAt(lease, lease.meterFrom - early)).toBe(0n);
        expect(owedAt(lease, lease.meterFrom + early) <= owedAt(lease, lease.meterFrom + late)).toBe(true);
      }),
    );
  });

  it('leaves less than one second of money over when it runs out', () => {
    fc.assert(
      fc.property(meter, (lease) => {
        const end = fundedUntil(lease);
        expect(owedAt(lease, end)).toBe(owedAt(lease, end + 1_000_000));
        const rest = lease.funded * secondsPerHour - lease.rate * BigInt(end - lease.meterFrom);
        expect(rest >= 0n && rest < lease.rate).toBe(true);
      }),
    );
  });

  it('pays the same in one piece as in many, up to the rounding of one', () => {
    const lease = { rate: 1_000_000n, funded: 10_000_000n, meterFrom: 1000 };
    expect(owedAt(lease, 1000 + 3600)).toBe(1_000_000n);
    expect(owedAt(lease, 1001)).toBe(277n);
    expect(fundedUntil(lease)).toBe(1000 + 36_000);
  });

  it('lets out only what is older than the clawback window, and nothing twice', () => {
    fc.assert(
      fc.property(
        meter,
        amount,
        fc.integer({ min: 0, max: 86_400 }),
        seconds,
        (lease, collected, window, after) => {
          const at = lease.meterFrom + after;
          const more = collectableAt(lease, collected, window, at);
          expect(more >= 0n).toBe(true);
          expect(more === 0n || collected + more === owedAt(lease, at - window)).toBe(true);
          expect(collectableAt(lease, collected + more, window, at)).toBe(0n);
        },
      ),
    );
  });
});

describe('amounts as text', () => {
  it('come back from text as they were', () => {
    fc.assert(
      fc.property(
        amount,
        fc.integer({ min: 0, max: 18 }),
        fc.integer({ min: 0, max: 18 }),
        (value, decimals, shown) => {
          const minDecimals = Math.min(shown, decimals);
          expect(parseAmount(formatAmount(value, decimals, minDecimals), decimals)).toBe(value);
        },
      ),
    );
  });

  it.each([
    ['1.25', 6, 1_250_000n],
    ['12', 6, 12_000_000n],
    [' 0.30 ', 2, 30n],
    ['0', 0, 0n],
    ['007', 0, 7n],
  ])('"%s" with %i decimals', (text, decimals, expected) => {
    expect(parseAmount(text, decimals)).toBe(expected);
  });

  it.each([
    ['-1'],
    ['+1'],
    ['1e3'],
    ['.5'],
    ['1.'],
    ['1,5'],
    [''],
    ['0x1'],
    ['0.1234567'],
    ['9'.repeat(31)],
    ['1 2'],
    ['NaN'],
  ])('"%s" is no amount of a token with 6 decimals', (text) => {
    expect(() => parseAmount(text, 6)).toThrow(Fault);
  });

  it('show a sign and at least the wanted decimals', () => {
    expect(formatAmount(1_250_000n, 6)).toBe('1.25');
    expect(formatAmount(1_000_000n, 6)).toBe('1.00');
    expect(formatAmount(1n, 6)).toBe('0.000001');
    expect(formatAmount(-5n, 2)).toBe('-0.05');
    expect(formatAmount(5n, 0, 0)).toBe('5');
  });
});
