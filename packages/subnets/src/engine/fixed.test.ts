import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { div, exp, fromU16, logistic, mul, normalise, one, toU16 } from './fixed.ts';
import { narrow, normaliseWide, saturate64, wideDiv, wideExp, wideMul, wideOne } from './wide.ts';

const max64 = 2n ** 63n - 1n;
const numRuns = 10_000;

/** Of every size up to `bits`, with round numbers and their neighbours more often than chance has them. */
function raw(bits: number): fc.Arbitrary<number> {
  const limit = 2 ** bits;
  const power = fc
    .integer({ min: 0, max: bits })
    .chain((size) => fc.integer({ min: -3, max: 3 }).map((near) => Math.min(2 ** size + near, limit)));
  const any = fc
    .integer({ min: 1, max: bits })
    .chain((size) => fc.maxSafeInteger().map((value) => value % 2 ** size));
  return fc.oneof(any, power).chain((value) => fc.constantFrom(value, 0 - value));
}

describe('fixed point on Numbers', () => {
  it('multiplies as bigints do, negatives and all', () => {
    fc.assert(
      fc.property(raw(41), raw(41), (a, b) => {
        expect(BigInt(mul(a, b))).toBe(wideMul(BigInt(a), BigInt(b)));
      }),
      { numRuns },
    );
  });

  it('divides as bigints do, negatives and all', () => {
    fc.assert(
      fc.property(raw(51), raw(51), (a, b) => {
        const expected = wideDiv(BigInt(a), BigInt(b));
        fc.pre(expected < 2n ** 53n && expected > -(2n ** 53n));
        expect(BigInt(div(a, b))).toBe(expected);
      }),
      { numRuns },
    );
  });

  it('divides exactly where the quotient is next to a whole number', () => {
    const near = fc.tuple(fc.integer({ min: 1, max: 2 ** 31 - 1 }), fc.integer({ min: 1, max: 2 ** 31 - 1 }));
    fc.assert(
      fc.property(near, fc.integer({ min: -1, max: 1 }), ([quotient, b], off) => {
        // a·2^32 is just below, at or just above quotient·b.
        const divisor = b * 2 ** 20 + 1;
        const a = Math.max(0, Number((BigInt(quotient) * BigInt(divisor)) >> 32n) + off);
        expect(BigInt(div(a, divisor))).toBe(wideDiv(BigInt(a), BigInt(divisor)));
      }),
      { numRuns },
    );
  });

  it('takes exponents as bigints do', () => {
    fc.assert(
      fc.property(fc.integer({ min: -14 * one, max: 14 * one }), (x) => {
        expect(BigInt(exp(x))).toBe(wideExp(BigInt(x)));
      }),
      { numRuns: 5000 },
    );
    for (const x of [0, one, -one, one - 1, one + 1, 14 * one, -20 * one, -90 * one]) {
      expect(BigInt(exp(x))).toBe(wideExp(BigInt(x)));
    }
  });

  it('squeezes any number between 0 and 1 as bigints do', () => {
    fc.assert(
      fc.property(raw(42), (x) => {
        expect(BigInt(logistic(x))).toBe(wideDiv(wideOne, wideOne + wideExp(BigInt(x))));
      }),
      { numRuns: 2000 },
    );
  });

  it('never gives minus zero, nor divides by zero', () => {
    for (const zero of [div(-1, 2 ** 40), mul(0, -5), mul(-0, one)]) expect(Object.is(zero, 0)).toBe(true);
    expect(div(5, 0)).toBe(0);
  });

  it('keeps 1 whole between fixed and u16', () => {
    expect(fromU16(65_535)).toBe(one);
    expect(toU16(one)).toBe(65_535);
    expect(toU16(one - 1)).toBe(65_534);
    expect(toU16(-1)).toBe(0);
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 65_535 }), (share) => {
        expect(share - toU16(fromU16(share))).toBeLessThanOrEqual(1);
      }),
    );
  });

  it('shares out no more than there is', () => {
    const values = fc.array(fc.integer({ min: 0, max: one }), { minLength: 1, maxLength: 60 });
    fc.assert(
      fc.property(values, (list) => {
        const shares = normalise(Float64Array.from(list));
        const sum = shares.reduce((total, share) => total + share, 0);
        expect(sum).toBeLessThanOrEqual(one);
        expect(sum === 0).toBe(list.every((value) => value === 0));
        expect(sum === 0 || sum > one - list.length).toBe(true);
      }),
    );
  });
});

describe('fixed point on bigints', () => {
  it('saturates', () => {
    expect(wideMul(max64, max64)).toBe(max64);
    expect(wideMul(max64, -max64)).toBe(-max64 - 1n);
    expect(wideMul(-1n, 1n)).toBe(-1n);
    expect(saturate64(-max64 * 2n)).toBe(-max64 - 1n);
  });

  it('gives 0 for a quotient that does not fit, and goes towards zero', () => {
    expect(wideDiv(max64, 1n)).toBe(0n);
    expect(wideDiv(-1n, 3n)).toBe(-1_431_655_765n);
    expect(wideDiv(1n, 0n)).toBe(0n);
  });

  it('holds exponents between e^-20 and e^20', () => {
    expect(wideExp(max64)).toBe(wideExp(20n * wideOne));
    expect(wideExp(-max64)).toBe(8n);
  });

  it('normalises stake beyond what 64 bits hold', () => {
    const stakes = [3n * 10n ** 27n, 10n ** 27n];
    expect(normaliseWide(stakes).map(narrow)).toEqual([3n * 2n ** 30n, 2n ** 30n]);
    expect(normaliseWide([0n, 0n])).toEqual([0n, 0n]);
  });
});
