import { describe, expect, it } from 'vitest';
import { readSdl } from './read.ts';
import { type SampleParts, sampleSdl } from './sample.ts';

const isReadable = (parts: SampleParts) => readSdl(sampleSdl(parts), { purpose: 'check' }).ok;

describe('prices', () => {
  it.each([
    ['1', '1.000000000000000000'],
    ['0', '0.000000000000000000'],
    ['0.25', '0.250000000000000000'],
    ['"100"', '100.000000000000000000'],
    ['"1.5"', '1.500000000000000000'],
    ['1e3', '1000.000000000000000000'],
    ['"99999999999999999999999999999"', '99999999999999999999999999999.000000000000000000'],
  ])('of %s are %s', (amount, expected) => {
    const result = readSdl(sampleSdl({ price: `{denom: uact, amount: ${amount}}` }), { purpose: 'check' });
    expect(result.workload?.groups[0]?.groupSpec.resources[0]?.price).toEqual({
      denom: 'uact',
      amount: expected,
    });
  });

  it.each([
    ['-1'],
    ['"-1"'],
    ['""'],
    ['"1."'],
    ['".5"'],
    ['"1e3"'],
    ['free'],
    ['null'],
    ['true'],
    ['.inf'],
    ['[1]'],
  ])('of %s are refused', (amount) => {
    expect(isReadable({ price: `{denom: uact, amount: ${amount}}` })).toBe(false);
  });

  it.each([['uact'], ['uakt']])('are in %s', (denom) => {
    expect(isReadable({ price: `{denom: ${denom}, amount: 1}` })).toBe(true);
  });

  it.each([['akt'], ['UAKT'], ['usdc'], ['ibc/170C'], ['""'], ['1']])('are not in %s', (denom) => {
    expect(isReadable({ price: `{denom: ${denom}, amount: 1}` })).toBe(false);
  });

  it.each([['{denom: uact}'], ['{amount: 1}'], ['{denom: uact, amount: 1, unit: h}'], ['1']])(
    'are not %s',
    (price) => {
      expect(isReadable({ price })).toBe(false);
    },
  );
});

describe('placements', () => {
  it.each([
    ['attributes: {}'],
    ['attributes: {region: eu, tier: 1, spot: true, "feature/*": x}'],
    ['signedBy: {}'],
    ['signedBy: {anyOf: [], allOf: [a]}'],
  ])('have %s', (placement) => {
    expect(isReadable({ placement })).toBe(true);
  });

  it.each([
    ['attributes: [a]'],
    ['attributes: {a: {b: c}}'],
    ['signedBy: [a]'],
    ['signedBy: {anyOf: a}'],
    ['signedBy: {anyOf: [1]}'],
    ['signedBy: {oneOf: []}'],
    ['region: eu'],
  ])('do not have %s', (placement) => {
    expect(isReadable({ placement })).toBe(false);
  });
});

describe('deployment counts', () => {
  it.each([['1'], ['10'], ['999999']])('may be %s', (count) => {
    expect(isReadable({ count })).toBe(true);
  });

  it.each([['0'], ['-1'], ['1.5'], ['"1"'], ['null'], ['many']])('may not be %s', (count) => {
    expect(isReadable({ count })).toBe(false);
  });

  it('know no other key', () => {
    expect(isReadable({ count: '1\n      region: eu' })).toBe(false);
  });
});
