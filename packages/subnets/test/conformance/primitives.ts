/** Primitives of the vectors that an epoch here has no need of. Raw bits of I32F32 as bigints. */
import { saturate64, wideDiv, wideExp, wideMul, wideOne } from '../../src/engine/wide.ts';

const maxU16 = 65_535n * wideOne;
/** log2(e) with 23 bits after the point. */
const log2e = 12_102_203n << 9n;

/** 0 where there is none. */
export function lnOrZero(x: bigint): bigint {
  if (x <= 0n) return 0n;
  if (x >= wideOne) return wideDiv(log2(x), log2e);
  const inverse = (wideOne << 32n) / x;
  return inverse === saturate64(inverse) ? wideDiv(-log2(inverse), log2e) : 0n;
}

/** Of 1 or more, a bit at a time. */
function log2(x: bigint): bigint {
  let rest = x;
  let result = 0n;
  while (rest >= 2n * wideOne) {
    result += 1n;
    rest = halve(rest);
  }
  if (rest === wideOne) return result << 32n;
  for (let bit = 0; bit < 32; bit += 1) {
    rest = wideMul(rest, rest);
    result <<= 1n;
    if (rest < 2n * wideOne) continue;
    result |= 1n;
    rest = halve(rest);
  }
  return result;
}

function halve(x: bigint): bigint {
  return (x >> 1n) + (x & 1n);
}

/** 1 / (1 + e^(−rho·(x − kappa))). */
export function sigmoid(x: bigint, rho: bigint, kappa: bigint): bigint {
  const exponent = wideMul(saturate64(-rho), saturate64(x - kappa));
  return wideDiv(wideOne, saturate64(wideOne + wideExp(exponent)));
}

/** The greatest becomes 65535, the others in proportion, to the nearest. */
export function upscaleToU16(values: readonly bigint[]): readonly number[] {
  const greatest = values.reduce((most, value) => (value > most ? value : most), 0n);
  return values.map((value) => {
    if (greatest === 0n) return roundToU16(wideMul(value, maxU16));
    if (greatest > 32_768n * wideOne) return roundToU16(wideMul(value, wideDiv(maxU16, greatest)));
    return roundToU16(wideDiv(wideMul(value, maxU16), greatest));
  });
}

function roundToU16(value: bigint): number {
  const rounded = (value + wideOne / 2n) >> 32n;
  return Number(rounded > 65_535n ? 65_535n : rounded);
}

/** Whether no share of the sum is above the limit. */
export function isWithinLimit(values: readonly bigint[], limitU16: bigint): boolean {
  const sum = values.reduce((total, value) => total + value, 0n) * wideOne;
  const limit = wideDiv(limitU16, 65_535n);
  return values.every((value) => wideDiv(value * wideOne, sum) <= limit);
}
