/** Numbers as people read them. */
import { formatAmount, hoursPerMonth } from '@souk/protocol';

export interface Token {
  readonly symbol: string;
  readonly decimals: number;
}

/** "0.0432": enough digits that small rates are not shown as zero, never more than the token has. */
export function amountText(amount: bigint, token: Token): string {
  const exact = formatAmount(amount, token.decimals);
  const [whole = '0', fraction = ''] = exact.split('.');
  if (fraction.length <= 4) return exact;
  const leadingZeros = /^0*/.exec(fraction)?.[0].length ?? 0;
  const kept = whole === '0' || whole === '-0' ? Math.max(4, leadingZeros + 3) : 4;
  return `${whole}.${fraction.slice(0, kept).replace(/0+$/, '').padEnd(2, '0')}`;
}

export function moneyText(amount: bigint, token: Token): string {
  return `${amountText(amount, token)} ${token.symbol}`;
}

export function monthlyOf(rate: bigint): bigint {
  return rate * hoursPerMonth;
}

/** "3 d 4 h", "12 min", "45 s": the two largest units that matter. */
export function durationText(seconds: number): string {
  const whole = Math.max(0, Math.floor(seconds));
  const days = Math.floor(whole / 86_400);
  const hours = Math.floor((whole % 86_400) / 3600);
  const minutes = Math.floor((whole % 3600) / 60);
  if (days > 0) return hours > 0 ? `${days} d ${hours} h` : `${days} d`;
  if (hours > 0) return minutes > 0 ? `${hours} h ${minutes} min` : `${hours} h`;
  if (minutes > 0) return `${minutes} min`;
  return `${whole} s`;
}

/** "512 MiB", "1.5 GiB". */
export function bytesText(bytes: bigint | number): string {
  const units = ['B', 'KiB', 'MiB', 'GiB', 'TiB', 'PiB'];
  let value = Number(bytes);
  let unit = 0;
  while (value >= 1024 && unit < units.length - 1) {
    value /= 1024;
    unit += 1;
  }
  const text = value >= 100 || Number.isInteger(value) ? value.toFixed(0) : value.toFixed(1);
  return `${text} ${units[unit] ?? ''}`;
}

/** "1.5 cores". */
export function coresText(cpuMilli: number): string {
  const cores = cpuMilli / 1000;
  return `${cores} ${cores === 1 ? 'core' : 'cores'}`;
}

/** "0x1234…abcd": enough to tell addresses apart by eye. */
export function shortHex(hex: string): string {
  return hex.length <= 14 ? hex : `${hex.slice(0, 6)}…${hex.slice(-4)}`;
}

/** "2026-11-22 21:03:07", local time. */
export function timeText(unixMs: number): string {
  const date = new Date(unixMs);
  const two = (value: number) => String(value).padStart(2, '0');
  const day = `${date.getFullYear()}-${two(date.getMonth() + 1)}-${two(date.getDate())}`;
  return `${day} ${two(date.getHours())}:${two(date.getMinutes())}:${two(date.getSeconds())}`;
}
