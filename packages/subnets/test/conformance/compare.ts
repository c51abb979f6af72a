/** Numbers as vectors write them (beyond 2^53 as decimal strings), and the first place where two values differ. */
import { encodeJson } from '@souk/protocol';

export interface Difference {
  readonly place: readonly number[];
  readonly expected: string;
  readonly got: string;
}

export function firstDifference(
  expected: unknown,
  got: unknown,
  place: readonly number[] = [],
): Difference | undefined {
  if (Array.isArray(expected) && isList(got)) {
    for (let at = 0; at < Math.max(expected.length, got.length); at += 1) {
      const difference = firstDifference(expected[at], got[at], [...place, at]);
      if (difference) return difference;
    }
    return undefined;
  }
  return isSame(expected, got) ? undefined : { place, expected: show(expected), got: show(got) };
}

/** A whole number of a vector. */
export function big(value: unknown): bigint {
  if (typeof value === 'number' || typeof value === 'string') return BigInt(value);
  if (typeof value === 'boolean') return value ? 1n : 0n;
  throw new TypeError(`not a whole number: ${JSON.stringify(value)}`);
}

/** As `big`, where a Number holds it exactly. */
export function small(value: unknown): number {
  const whole = big(value);
  if (!isSmall(whole)) throw new RangeError(`${whole} is beyond 2^53`);
  return Number(whole);
}

export function isSmall(value: bigint): boolean {
  return value >= BigInt(Number.MIN_SAFE_INTEGER) && value <= BigInt(Number.MAX_SAFE_INTEGER);
}

function isList(value: unknown): value is ArrayLike<unknown> {
  return Array.isArray(value) || value instanceof Float64Array;
}

function isSame(expected: unknown, got: unknown): boolean {
  if (expected === null || got === null || expected === undefined || got === undefined)
    return expected === got;
  if (isList(expected) || isList(got)) return false;
  return whole(expected) === whole(got);
}

function whole(value: unknown): bigint {
  return typeof value === 'bigint' ? value : big(value);
}

function show(value: unknown): string {
  if (isList(value)) return `a list of ${value.length}`;
  return value === undefined ? 'nothing' : encodeJson(value);
}
