import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  addressSchema,
  asAddress,
  hash32Schema,
  isAddress,
  isSameAddress,
  signatureSchema,
  uintSchema,
  unixSecondsSchema,
} from './hex.ts';

const hex = (length: number) =>
  fc.string({
    unit: fc.constantFrom(...'0123456789abcdefABCDEF'.split('')),
    minLength: length,
    maxLength: length,
  });

describe('addresses', () => {
  it('are lower case once parsed, so that === compares them', () => {
    fc.assert(
      fc.property(hex(40), (digits) => {
        const address = asAddress(`0x${digits}`);
        expect(address).toBe(`0x${digits.toLowerCase()}`);
        expect(isAddress(`0x${digits}`) && isSameAddress(address, `0x${digits.toUpperCase()}`)).toBe(true);
      }),
    );
  });

  it.each([
    [''],
    ['0x'],
    [`0x${'0'.repeat(39)}`],
    [`0x${'0'.repeat(41)}`],
    ['0'.repeat(42)],
    [`0x${'g'.repeat(40)}`],
    [5],
    [null],
  ])('are not %j', (value) => {
    expect(addressSchema.safeParse(value).success).toBe(false);
  });
});

describe('hashes and signatures', () => {
  it('are lower-case hex of their length', () => {
    expect(hash32Schema.safeParse(`0x${'ab'.repeat(32)}`).success).toBe(true);
    expect(hash32Schema.safeParse(`0x${'AB'.repeat(32)}`).success).toBe(false);
    expect(hash32Schema.safeParse(`0x${'ab'.repeat(33)}`).success).toBe(false);
    expect(signatureSchema.safeParse(`0x${'ab'.repeat(65)}`).success).toBe(true);
    expect(signatureSchema.safeParse(`0x${'ab'.repeat(4096)}`).success).toBe(true);
    expect(signatureSchema.safeParse(`0x${'ab'.repeat(4097)}`).success).toBe(false);
    expect(signatureSchema.safeParse('0x').success).toBe(false);
    expect(signatureSchema.safeParse('0xabc').success).toBe(false);
  });
});

describe('uints', () => {
  it('of n bits end below 2^n', () => {
    fc.assert(
      fc.property(fc.constantFrom(8, 64, 96, 128, 256), fc.bigInt(0n, 2n ** 257n), (bits, value) => {
        const parsed = uintSchema(bits).safeParse(value.toString());
        expect(parsed.success).toBe(value < 2n ** BigInt(bits));
        expect(parsed.data).toBe(parsed.success ? value : undefined);
      }),
    );
  });

  it.each([['-1'], ['01'], ['1.0'], ['0x1'], [''], [' 1'], [1], ['1e3']])('are not %j', (value) => {
    expect(uintSchema(256).safeParse(value).success).toBe(false);
  });

  it('of seconds fit in 40 bits', () => {
    expect(unixSecondsSchema.safeParse(2 ** 40 - 1).success).toBe(true);
    expect(unixSecondsSchema.safeParse(2 ** 40).success).toBe(false);
    expect(unixSecondsSchema.safeParse(-1).success).toBe(false);
    expect(unixSecondsSchema.safeParse(1.5).success).toBe(false);
  });
});
