import { describe, expect, it } from 'vitest';
import { collectPortion, parsePool, parseSubnet, splitBy } from './arguments.ts';

const ann = '0x00000000000000000000000000000000000000aa';
const bob = '0x00000000000000000000000000000000000000bb';

describe('arguments of the subnet commands', () => {
  it('name subnets, pools and portions', () => {
    expect(parseSubnet('7')).toBe(7);
    expect(parsePool(`3/${ann}`)).toEqual({ subnet: 3, operator: ann });
    expect(collectPortion(`${bob}=2.5`, collectPortion(ann))).toEqual([
      { operator: ann, portion: 1 },
      { operator: bob, portion: 2.5 },
    ]);
  });

  it.each([
    ['0', parseSubnet],
    ['-1', parseSubnet],
    ['1e3', parseSubnet],
    ['4294967296', parseSubnet],
    ['one', parseSubnet],
    [`1/${ann}/2`, parsePool],
    [ann, parsePool],
    [`${ann}=0`, collectPortion],
    [`${ann}=-3`, collectPortion],
    [`${ann}=1=2`, collectPortion],
    ['0x12=1', collectPortion],
  ])('"%s" is refused, with how to write it', (text, parse) => {
    expect(() => parse(text)).toThrow(/^(give|write)/);
  });

  it('are not taken twice for one operator', () => {
    expect(() => collectPortion(ann, [{ operator: ann, portion: 1 }])).toThrow('twice');
  });

  it('split an amount to the last unit', () => {
    const portions = [
      { operator: ann, portion: 1 },
      { operator: bob, portion: 2 },
    ] as const;
    expect(splitBy(100n, portions)).toEqual([34n, 66n]);
    expect(splitBy(1n, portions)).toEqual([1n, 0n]);
  });
});
