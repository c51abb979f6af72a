import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  decimalOf,
  formatDecimal,
  formatPrice,
  parseCpu,
  parseDecimal,
  parseSize,
  parseWindow,
  timesUp,
} from './units.ts';

describe('decimals', () => {
  it('of any number are the shortest text of it, exactly', () => {
    fc.assert(
      fc.property(fc.double({ min: 0, max: 1e21, noNaN: true }), (value) => {
        const decimal = decimalOf(value);
        expect(Number(`${decimal?.digits}e-${decimal?.scale}`)).toBe(value);
      }),
    );
  });

  it('are refused below zero and past infinity', () => {
    expect([-1, Number.NaN, Number.POSITIVE_INFINITY, -0.1].map(decimalOf)).toEqual([
      undefined,
      undefined,
      undefined,
      undefined,
    ]);
  });

  it.each([
    ['1e+21', 1e21, '1000000000000000000000'],
    ['1e-7', 1e-7, '0.0000001'],
    ['0.1', 0.1, '0.1'],
  ])('of %s have no exponent', (_text, value, expected) => {
    expect(formatDecimal(decimalOf(value) ?? { digits: 0n, scale: 0 })).toBe(expected);
  });

  it('round up when multiplied, by less than one', () => {
    fc.assert(
      fc.property(
        fc.bigInt(0n, 10n ** 30n),
        fc.integer({ min: 0, max: 20 }),
        fc.bigInt(0n, 10n ** 12n),
        (digits, scale, factor) => {
          const result = timesUp({ digits, scale }, factor);
          const divisor = 10n ** BigInt(scale);
          expect(result * divisor >= digits * factor).toBe(true);
          expect((result - 1n) * divisor < digits * factor || result === 0n).toBe(true);
        },
      ),
    );
  });

  it.each([
    ['', undefined],
    ['.', undefined],
    ['1.', '1'],
    ['.5', '0.5'],
    ['007', '7'],
    ['1.50', '1.5'],
    ['-1', undefined],
    ['1e3', undefined],
  ])('parse "%s"', (text, expected) => {
    const decimal = parseDecimal(text);
    expect(decimal && formatDecimal(decimal)).toBe(expected);
  });

  it('are prices with 18 places, the rest cut off', () => {
    expect(formatPrice({ digits: 125n, scale: 1 })).toBe('12.500000000000000000');
    expect(formatPrice({ digits: 19n, scale: 19 })).toBe('0.000000000000000001');
    expect(formatPrice({ digits: 0n, scale: 0 })).toBe('0.000000000000000000');
    expect(formatDecimal({ digits: 1000n, scale: 0 })).toBe('1000');
  });
});

describe('sizes and cpu', () => {
  it('of whole bytes are what they say in every unit', () => {
    const units = ['k', 'M', 'G', 'T', 'P', 'E'];
    fc.assert(
      fc.property(
        fc.bigInt(0n, 10n ** 6n),
        fc.constantFrom(...units.keys()),
        fc.boolean(),
        (amount, power, isBinary) => {
          const text = `${amount}${units[power]}${isBinary ? 'i' : ''}`;
          expect(parseSize(text)?.amount).toBe(amount * (isBinary ? 1024n : 1000n) ** BigInt(power + 1));
        },
      ),
    );
  });

  it('say which unit they did not know', () => {
    expect(parseSize('1ZB')).toEqual({ amount: 1n, oddUnit: 'ZB' });
    expect(parseSize('1KiB')).toEqual({ amount: 1000n, oddUnit: 'KiB' });
    expect(parseSize('5B')).toEqual({ amount: 5n });
    expect(parseCpu('2c')).toEqual({ amount: 2000n, oddUnit: 'c' });
  });
});

describe('windows', () => {
  it.each([
    ['1s', 1],
    ['90m', 5400],
    ['24h', 86_400],
    ['0s', undefined],
    ['h', undefined],
    ['1', undefined],
    ['1H', undefined],
  ])('of %s', (text, seconds) => {
    expect(parseWindow(text)).toBe(seconds);
  });
});
