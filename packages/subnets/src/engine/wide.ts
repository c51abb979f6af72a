/**
 * Fixed point on bigints, over the whole range, saturating: the reference that `fixed` is held to, and what stake is
 * normalised with. I32F32 is 64 bits, 32 of them after the point; I64F64 is 128 and 64. Raw bits everywhere.
 */

const point32 = 32n;
export const wideOne = 1n << point32;
const max64 = (1n << 63n) - 1n;
const max128 = (1n << 127n) - 1n;
/** e with 23 bits after the point. */
const eTruncated = 11_674_931_200n;

export function saturate64(raw: bigint): bigint {
  return clamp(raw, -max64 - 1n, max64);
}

export function saturate128(raw: bigint): bigint {
  return clamp(raw, -max128 - 1n, max128);
}

/** floor(a·b / 2^32). */
export function wideMul(a: bigint, b: bigint): bigint {
  return saturate64((a * b) >> point32);
}

/** a·2^32 / b towards zero; 0 where b is 0 or the quotient does not fit. */
export function wideDiv(a: bigint, b: bigint): bigint {
  if (b === 0n) return 0n;
  const quotient = (a << point32) / b;
  return quotient === saturate64(quotient) ? quotient : 0n;
}

/** The argument is clamped to ±20. */
export function wideExp(x: bigint): bigint {
  const argument = clamp(x, -20n * wideOne, 20n * wideOne);
  if (argument === 0n) return wideOne;
  if (argument === wideOne) return eTruncated;
  const size = argument < 0n ? -argument : argument;
  let sum = size + wideOne;
  let term = size;
  for (let i = 2n; i < 32n; i += 1n) {
    term = wideMul(term, size) / i;
    sum = saturate64(sum + term);
  }
  return argument < 0n ? wideDiv(wideOne, sum) : sum;
}

/** Every share of the sum as I64F64, towards zero; unchanged where the sum is 0. */
export function normaliseWide(values: readonly bigint[]): readonly bigint[] {
  const sum = values.reduce((total, value) => saturate128(total + value), 0n);
  if (sum === 0n) return values;
  return values.map((value) => {
    const quotient = (value << 64n) / sum;
    return quotient === saturate128(quotient) ? quotient : 0n;
  });
}

/** I64F64 to I32F32, floored. */
export function narrow(raw: bigint): bigint {
  return saturate64(raw >> point32);
}

function clamp(value: bigint, least: bigint, greatest: bigint): bigint {
  if (value < least) return least;
  return value > greatest ? greatest : value;
}
