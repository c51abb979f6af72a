/** What a contract's error means to a person, and how its numbers are said. Pure. */
import type { Blame } from '@souk/protocol';
import { formatEther } from 'viem';

export type RevertArgs = Readonly<Record<string, unknown>>;

export interface Meaning {
  readonly sentence: (args: RevertArgs) => string;
  readonly blame: Blame;
  readonly remedy?: string;
  readonly retry?: boolean;
}

export function text(value: unknown): string {
  return typeof value === 'string' ? value.toLowerCase() : String(value);
}

/** Unix seconds as a date; anything else as it is. */
export function time(value: unknown): string {
  const seconds = Number(value);
  const isDate = Number.isFinite(seconds) && seconds > 0 && seconds < 8.64e12;
  return isDate ? new Date(seconds * 1000).toISOString().replace('.000Z', 'Z') : String(value);
}

/** An amount in SOUK's smallest unit. */
export function souk(value: unknown): string {
  return typeof value === 'bigint' ? `${formatEther(value)} SOUK` : text(value);
}
