import { subnetParams } from '@souk/protocol';
import { describe, expect, it } from 'vitest';
import { paramText, parseParam, parseShare, parseSouk, percentText, soukText } from './amounts.ts';

const param = (name: string) => subnetParams.find((one) => one.name === name)!;

describe('amounts in subnets', () => {
  it('are SOUK with at most 18 decimals, never zero', () => {
    expect(parseSouk('1.5')).toBe(1_500_000_000_000_000_000n);
    expect(soukText(1_500_000_000_000_000_000n)).toBe('1.50 SOUK');
    expect(() => parseSouk('0')).toThrow('zero');
    expect(() => parseSouk('-1')).toThrow('not an amount');
    expect(() => parseSouk('0.0000000000000000001')).toThrow('at most 18 decimals');
  });

  it('are shares as a percentage or in 65535ths', () => {
    expect(parseShare('18%')).toBe(11_796);
    expect(parseShare('100 %')).toBe(65_535);
    expect(parseShare('32767')).toBe(32_767);
    expect(percentText(11_796, 65_535)).toBe('18 %');
    for (const wrong of ['101%', '65536', '1.5', 'half', '-1%', ''])
      expect(() => parseShare(wrong)).toThrow(`"${wrong}" is no share`);
  });

  it.each([
    ['collateral', '12.5', 12_500_000_000_000_000_000n, '12.50 SOUK'],
    ['minersShare', '50%', 32_768n, '50 %'],
    ['isRegistrationOpen', 'no', 0n, 'no'],
    ['maxMiners', '64', 64n, '64'],
  ] as const)('set the parameter %s from "%s"', (name, text, value, shown) => {
    expect(parseParam(param(name), text)).toBe(value);
    expect(paramText(name, value)).toBe(shown);
  });

  it.each([
    ['ownerCut', '19%', '18 %'],
    ['maxMiners', '0', '1'],
    ['maxMiners', 'many', '4096'],
    ['isYuma3', 'perhaps', 'yes'],
  ] as const)('outside the bounds of %s are refused with the bounds', (name, text, bound) => {
    expect(() => parseParam(param(name), text)).toThrow(
      expect.objectContaining({ code: 'subnet.bad-param', remedy: expect.stringContaining(bound) }),
    );
  });

  it('hold every default within its bounds, as it is shown and typed', () => {
    for (const each of subnetParams) {
      const text = paramText(each.name, each.default).replace(' SOUK', '').replace(' %', '%');
      const value = parseParam(each, text);
      // A percentage has two decimals.
      const difference = Math.abs(Number(value - each.default));
      expect({ name: each.name, isClose: difference <= 6 }).toEqual({ name: each.name, isClose: true });
    }
  });
});
