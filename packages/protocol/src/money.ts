/**
 * Money as the Market contract counts it: bigint in the token's smallest unit, rates per hour, every division rounded
 * down against the one who is paid. These functions are the same arithmetic as Market.sol, held equal by tests.
 */
import { Fault } from './fault.ts';

export const secondsPerHour = 3600n;
/** Hours in the month that prices per month are shown for: 365 days / 12. */
export const hoursPerMonth = 730n;

export interface LeaseMeter {
  /** Per hour. */
  readonly rate: bigint;
  readonly funded: bigint;
  /** Start of the meter in unix seconds: signed, or the start deadline. */
  readonly meterFrom: number;
}

/** When the money runs out, in unix seconds: `meterFrom + floor(funded × 3600 / rate)`. */
export function fundedUntil(meter: LeaseMeter): number {
  return meter.meterFrom + Number((meter.funded * secondsPerHour) / meter.rate);
}

/** What is owed up to `at`: `floor(rate × seconds / 3600)` from the meter's start, never past `fundedUntil`. */
export function owedAt(meter: LeaseMeter, at: number): bigint {
  const end = Math.min(at, fundedUntil(meter));
  if (end <= meter.meterFrom) return 0n;
  return (meter.rate * BigInt(end - meter.meterFrom)) / secondsPerHour;
}

/** What the provider may collect at `at`: owed one clawback window ago, less what it has. Never negative. */
export function collectableAt(
  meter: LeaseMeter,
  collected: bigint,
  clawbackWindow: number,
  at: number,
): bigint {
  const owed = owedAt(meter, at - clawbackWindow);
  return owed > collected ? owed - collected : 0n;
}

/** "1.25" with `decimals` = 6 → 1250000n. Refuses signs, exponents and more decimals than the token has. */
export function parseAmount(text: string, decimals: number): bigint {
  const match = /^([0-9]{1,30})(?:\.([0-9]+))?$/.exec(text.trim());
  const fraction = match?.[2] ?? '';
  if (!match || fraction.length > decimals) {
    throw new Fault('money.bad-amount', `"${text}" is not an amount with at most ${decimals} decimals`, {
      blame: 'user',
      remedy: 'write it like 12 or 0.30',
    });
  }
  return BigInt(match[1] + fraction.padEnd(decimals, '0'));
}

/** 1250000n with `decimals` = 6 → "1.25"; at least `minDecimals` are shown. */
export function formatAmount(amount: bigint, decimals: number, minDecimals = 2): string {
  const sign = amount < 0n ? '-' : '';
  const digits = (amount < 0n ? -amount : amount).toString().padStart(decimals + 1, '0');
  const whole = digits.slice(0, digits.length - decimals);
  const fraction = digits
    .slice(digits.length - decimals)
    .replace(/0+$/, '')
    .padEnd(minDecimals, '0');
  return fraction === '' ? `${sign}${whole}` : `${sign}${whole}.${fraction}`;
}

/** What a paused lease costs per hour, for the disk it keeps: a tenth of its rate, and never nothing. */
export function pausedRateOf(rate: bigint): bigint {
  return (rate + 9n) / 10n;
}
