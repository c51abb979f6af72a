/**
 * I32F32 on Numbers: raw bits, 2^32 is 1, exact to the bit and about twenty times as fast as bigint. Good for raw values below
 * 2^52 in size (a million), which nothing in an epoch reaches once it is normalised; beyond, `wide`. Multiplying floors, dividing
 * goes towards zero, dividing by zero gives 0.
 */
import { wideDiv, wideExp, wideOne } from './wide.ts';

export const one = 2 ** 32;
const point = 2 ** -32;
const half = 2 ** 16;
const point16 = 2 ** -16;
const nextToWhole = 2 ** -12;
const eTruncated = 11_674_931_200;
/** e^14 · 2^32 is just below 2^53. */
const fastExpLimit = 14 * one;
const inverses = Float64Array.from({ length: 32 }, (_, i) => point / i);

/** floor(a·b / 2^32). */
export function mul(a: number, b: number): number {
  const raw = a * b;
  const product = raw * point;
  const whole = Math.floor(product);
  const rest = product - whole;
  // Rounding is off by less than 2^-13 here, so only a product next to a whole number can have the wrong floor.
  if (rest > nextToWhole && rest < 1 - nextToWhole && product < 2 ** 40 && product > -(2 ** 40)) return whole;
  // Not rounded at all; + 0 for the zero that has a sign.
  if (raw < 2 ** 53 && raw > -(2 ** 53)) return whole + 0;
  return mulExactly(a, b);
}

function mulExactly(a: number, b: number): number {
  const aHigh = Math.floor(a * point);
  const bHigh = Math.floor(b * point);
  const aLow = a - aHigh * one;
  const bLow = b - bHigh * one;
  return aHigh * bHigh * one + aHigh * bLow + aLow * bHigh + mulLow(aLow, bLow);
}

/** Both below 2^32: the product's upper half. Every step stays below 2^53. */
function mulLow(a: number, b: number): number {
  const top = Math.floor(a * point16);
  const rest = Math.floor((a - top * half) * b * point16);
  return Math.floor((top * b + rest) * point16);
}

/** a·2^32 / b towards zero; 0 where b is 0. Only the ratio counts, so plain integers may be given too. */
export function div(a: number, b: number): number {
  if (a < 0) return 0 - div(-a, b);
  if (b < 0) return 0 - div(a, -b);
  if (b === 0) return 0;
  const quotient = (a * one) / b;
  const whole = Math.floor(quotient);
  // A correctly rounded quotient can only be wrong by having been rounded up to a whole number.
  if (whole !== quotient) return whole;
  // The remainder is below 2^31 in size here, so its lowest 32 bits tell its sign; those of a·2^32 are 0.
  if (quotient < 2 ** 33 && b < 2 ** 51) return Math.imul(whole, b) > 0 ? whole - 1 : whole;
  return Number(wideDiv(BigInt(a), BigInt(b)));
}

/** Exact for arguments up to 14; clamped to ±20. */
export function exp(x: number): number {
  if (x === 0) return one;
  if (x === one) return eTruncated;
  const size = Math.abs(x);
  if (size > fastExpLimit) return Number(wideExp(BigInt(x)));
  let sum = size + one;
  let term = size;
  for (let i = 2; i < 32 && term > 0; i += 1) {
    term = nextTerm(term, size, i);
    sum += term;
  }
  return x < 0 ? div(one, sum) : sum;
}

/** floor(floor(term·x / 2^32) / i), which is one floor, guessed and taken where it can't be another. */
function nextTerm(term: number, x: number, i: number): number {
  const quotient = term * x * inverses[i]!;
  const whole = Math.floor(quotient);
  const rest = quotient - whole;
  if (rest > nextToWhole && rest < 1 - nextToWhole && quotient < 2 ** 39) return whole;
  return Math.floor(mul(term, x) / i);
}

/** 1 / (1 + e^x). */
export function logistic(x: number): number {
  if (Math.abs(x) <= fastExpLimit) return div(one, one + exp(x));
  return Number(wideDiv(wideOne, wideOne + wideExp(BigInt(x))));
}

export function clampTo(value: number, least: number, greatest: number): number {
  return Math.min(Math.max(value, least), greatest);
}

/** u16 of 65535 as fixed. */
export function fromU16(share: number): number {
  return Math.floor((share * one) / 65_535);
}

/** floor(x·65535), clamped to u16. */
export function toU16(x: number): number {
  if (x <= 0) return 0;
  return x >= one ? 65_535 : Math.floor(x * 65_535 * point);
}

/** Every share of the sum, in place; unchanged where the sum is 0. */
export function normalise(values: Float64Array): Float64Array {
  const sum = sumOf(values);
  if (sum === 0) return values;
  for (let at = 0; at < values.length; at += 1) values[at] = div(values[at]!, sum);
  return values;
}

export function sumOf(values: Float64Array): number {
  let sum = 0;
  for (let at = 0; at < values.length; at += 1) sum += values[at]!;
  return sum;
}
