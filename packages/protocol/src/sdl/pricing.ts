/** What a file is willing to pay, as a ceiling per hour. */
import { atScale18, parseDecimal } from './units.ts';

export interface ServiceCeiling {
  readonly service: string;
  readonly count: number;
  readonly denom: 'uakt' | 'uact';
  /** Per block and replica, in the denomination's unit, as decimal text. */
  readonly amount: string;
}

export type CeilingPerHour =
  /** In the token's smallest unit, rounded down. */
  | { readonly kind: 'usd'; readonly ratePerHour: bigint }
  /** A denomination whose worth nobody here can know. */
  | { readonly kind: 'volatile'; readonly denom: string };

/** Seconds of a block of the chain that SDL prices are written for. */
export const sdlBlockSeconds = 6;

const zero = { digits: 0n, scale: 0 };

/** 1 uact is a millionth of a dollar. `decimals`: of the dollar token that is paid with. */
export function ceilingPerHour(
  group: { readonly ceilings: readonly ServiceCeiling[] },
  options: { readonly decimals: number; readonly blockSeconds?: number },
): CeilingPerHour {
  const volatile = group.ceilings.find(({ denom }) => denom !== 'uact');
  if (volatile !== undefined) return { kind: 'volatile', denom: volatile.denom };
  const perBlock = group.ceilings.reduce(
    (total, { amount, count }) => total + atScale18(parseDecimal(amount) ?? zero) * BigInt(count),
    0n,
  );
  const blockMs = BigInt(Math.round((options.blockSeconds ?? sdlBlockSeconds) * 1000));
  const numerator = perBlock * 3_600_000n * 10n ** BigInt(options.decimals);
  return { kind: 'usd', ratePerHour: numerator / (10n ** 24n * blockMs) };
}
