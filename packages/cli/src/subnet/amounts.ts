/** SOUK and shares as people type and read them. SOUK has 18 decimals on every network; a share is a u16 of 65535. */
import { Fault, formatAmount, parseAmount, type SubnetParam, type SubnetParamName } from '@souk/protocol';
import { moneyText } from '../format.ts';

export const souk = { symbol: 'SOUK', decimals: 18 } as const;
const fullShare = 65_535n;

/** An amount of SOUK, above zero. */
export function parseSouk(text: string): bigint {
  const amount = parseAmount(text, souk.decimals);
  if (amount > 0n) return amount;
  throw new Fault('money.bad-amount', 'the amount is zero', { blame: 'user', remedy: 'give more than 0' });
}

export function soukText(amount: bigint): string {
  return moneyText(amount, souk);
}

/** Raw bits of an I32F32 as a figure between 0 and 1. */
export function fixedText(bits: bigint): string {
  return (Number(bits) / 2 ** 32).toFixed(4);
}

export function percentText(part: number | bigint, whole: number | bigint): string {
  return `${((100 * Number(part)) / Number(whole)).toFixed(2).replace(/\.?0+$/, '')} %`;
}

/** "18%" or a bare number of 65535ths. */
export function parseShare(text: string): number {
  const percent = /^([0-9]{1,3}(?:\.[0-9]{1,6})?) ?%$/.exec(text)?.[1];
  const share = percent === undefined ? Number(text) : Math.round((Number(percent) * 65_535) / 100);
  if (/^[0-9.]+ ?%?$/.test(text) && Number.isInteger(share) && share <= 65_535) return share;
  throw new Fault('subnet.bad-share', `"${text}" is no share`, {
    blame: 'user',
    remedy: 'give a percentage from 0% to 100%, or a whole number of 65535ths',
  });
}

type Kind = 'amount' | 'share' | 'switch' | 'number';

const kinds: Partial<Record<SubnetParamName, Kind>> = {
  collateral: 'amount',
  minPrice: 'amount',
  maxPrice: 'amount',
  minStake: 'amount',
  kappa: 'share',
  bondsPenalty: 'share',
  alphaLow: 'share',
  alphaHigh: 'share',
  ownerCut: 'share',
  minersShare: 'share',
  mechanismSplit1: 'share',
  mechanismSplit2: 'share',
  mechanismSplit3: 'share',
  isRegistrationOpen: 'switch',
  isYuma3: 'switch',
  isLiquidAlpha: 'switch',
};

export function paramText(name: SubnetParamName, value: bigint): string {
  switch (kinds[name] ?? 'number') {
    case 'amount':
      return `${formatAmount(value, souk.decimals)} SOUK`;
    case 'share':
      return percentText(value, fullShare);
    case 'switch':
      return value === 1n ? 'yes' : 'no';
    case 'number':
      return value.toString();
  }
}

/** The value of a parameter as it is typed: SOUK, a percentage, yes or no, a number. Throws `subnet.bad-param` outside its bounds. */
export function parseParam(param: SubnetParam & { readonly name: SubnetParamName }, text: string): bigint {
  const value = valueOf(param.name, text);
  if (value !== undefined && value >= param.min && value <= param.max) return value;
  const [low, high] = [paramText(param.name, param.min), paramText(param.name, param.max)];
  throw new Fault('subnet.bad-param', `${param.name} can't be "${text}": ${param.about}`, {
    blame: 'user',
    data: { param: param.name, min: param.min, max: param.max },
    remedy: `give a value from ${low} to ${high}`,
  });
}

function valueOf(name: SubnetParamName, text: string): bigint | undefined {
  switch (kinds[name] ?? 'number') {
    case 'amount':
      return parseAmount(text.replace(/ *SOUK$/i, ''), souk.decimals);
    case 'share':
      return BigInt(parseShare(text));
    case 'switch':
      return { yes: 1n, no: 0n, '1': 1n, '0': 0n }[text];
    case 'number':
      return /^[0-9]{1,30}$/.test(text) ? BigInt(text) : undefined;
  }
}
