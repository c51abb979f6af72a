/** Amounts as SDL writes them, read exactly: no float arithmetic, what can't be divided is rounded up as the reference does. */

/** A non-negative decimal: `digits / 10^scale`. */
export interface Decimal {
  readonly digits: bigint;
  readonly scale: number;
}

export function parseDecimal(text: string): Decimal | undefined {
  const match = /^([0-9]{0,60})(?:\.([0-9]{0,60}))?$/.exec(text);
  const [whole = '', fraction = ''] = [match?.[1], match?.[2]];
  if (!match || whole + fraction === '') return undefined;
  return { digits: BigInt(whole + fraction), scale: fraction.length };
}

/** A YAML number as the decimal it was written as. */
export function decimalOf(value: number): Decimal | undefined {
  if (!Number.isFinite(value) || value < 0) return undefined;
  const [mantissa = '', exponent = '0'] = String(value).split('e');
  const decimal = parseDecimal(mantissa);
  if (decimal === undefined) return undefined;
  const scale = decimal.scale - Number(exponent);
  return scale >= 0
    ? { digits: decimal.digits, scale }
    : { digits: decimal.digits * 10n ** BigInt(-scale), scale: 0 };
}

/** `decimal × factor`, rounded up to a whole number. */
export function timesUp(decimal: Decimal, factor: bigint): bigint {
  const divisor = 10n ** BigInt(decimal.scale);
  return (decimal.digits * factor + divisor - 1n) / divisor;
}

export interface Quantity {
  readonly amount: bigint;
  /** What was not understood of the unit, where something wasn't. */
  readonly oddUnit?: string;
}

const prefixes = 'kmgtpe';

/** "1.5Gi", "16G", "512mi", "1024" (bytes). Case doesn't count. Undefined where there is no number. */
export function parseSize(text: string): Quantity | undefined {
  const match = /^([0-9]*\.?[0-9]*)([a-zA-Z]?)([a-zA-Z]*)$/.exec(text);
  const decimal = match?.[1] === undefined ? undefined : parseDecimal(match[1]);
  if (!match || decimal === undefined) return undefined;
  const [, , prefix = '', suffix = ''] = match.map((part) => part.toLowerCase());
  const base = suffix === 'i' ? 1024n : 1000n;
  const power = prefix === '' ? -1 : prefixes.indexOf(prefix);
  const amount = timesUp(decimal, base ** BigInt(power + 1));
  const isKnown = prefix === '' || (power >= 0 && ['', 'i', 'b'].includes(suffix)) || prefix + suffix === 'b';
  return isKnown ? { amount } : { amount, oddUnit: `${match[2]}${match[3]}` };
}

/** Thousandths of a core: "100m", "0.5", "2". */
export function parseCpu(text: string): Quantity | undefined {
  const match = /^([0-9]+(?:\.[0-9]+)?)([a-zA-Z]*)$/.exec(text);
  const decimal = match?.[1] === undefined ? undefined : parseDecimal(match[1]);
  if (!match || decimal === undefined) return undefined;
  const unit = match[2]?.toLowerCase() ?? '';
  const amount = timesUp(decimal, unit === 'm' ? 1n : 1000n);
  return unit === '' || unit === 'm' ? { amount } : { amount, oddUnit: match[2] ?? '' };
}

const unitSeconds: Readonly<Record<string, number>> = { s: 1, m: 60, h: 3600 };

/** "30s", "15m", "24h". */
export function parseWindow(text: string): number | undefined {
  const match = /^([1-9][0-9]{0,12})([smh])$/.exec(text);
  const seconds = unitSeconds[match?.[2] ?? ''];
  return seconds === undefined ? undefined : Number(match?.[1]) * seconds;
}

/** A price with exactly 18 decimals, as the chain writes it: "50.000000000000000000". */
export function formatPrice(decimal: Decimal): string {
  const units = atScale18(decimal).toString().padStart(19, '0');
  return `${units.slice(0, -18)}.${units.slice(-18)}`;
}

/** In 10^-18, rounded down. */
export function atScale18(decimal: Decimal): bigint {
  return (decimal.digits * 10n ** 18n) / 10n ** BigInt(decimal.scale);
}

/** As short as it goes: "12.5". */
export function formatDecimal(decimal: Decimal): string {
  return formatPrice(decimal).replace(/\.?0+$/, '');
}
