import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { canonicalJson, encodeJson } from './json.ts';

describe('canonical JSON', () => {
  it('is the same for equal values, in whatever order their keys came', () => {
    fc.assert(
      fc.property(fc.dictionary(fc.string(), fc.jsonValue()), (value) => {
        const reversed = Object.fromEntries(Object.entries(value).reverse());
        expect(canonicalJson(reversed)).toBe(canonicalJson(value));
      }),
    );
  });

  it('is JSON of the same value, and canonical itself', () => {
    fc.assert(
      fc.property(fc.jsonValue(), (value) => {
        const text = canonicalJson(value);
        expect(JSON.parse(text)).toEqual(JSON.parse(JSON.stringify(value)));
        expect(canonicalJson(JSON.parse(text))).toBe(text);
      }),
    );
  });

  it('sorts by code unit, at every depth, and keeps the order of lists', () => {
    expect(canonicalJson({ b: [{ z: 1, a: 2 }, 3], a: null, B: 'x', é: 1 })).toBe(
      '{"B":"x","a":null,"b":[{"a":2,"z":1},3],"é":1}',
    );
  });

  it('writes bigint as decimal text and leaves undefined out', () => {
    expect(encodeJson({ amount: 2n ** 96n, none: undefined })).toBe(
      '{"amount":"79228162514264337593543950336"}',
    );
    expect(canonicalJson({ none: undefined, amount: -1n })).toBe('{"amount":"-1"}');
  });
});
