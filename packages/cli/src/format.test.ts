import { describe, expect, it } from 'vitest';
import { amountText, bytesText, coresText, durationText, moneyText, monthlyOf, shortHex } from './format.ts';

const usd = { symbol: 'USD', decimals: 6 };

describe('amounts', () => {
  it.each([
    [0n, '0.00'],
    [5_000_000n, '5.00'],
    [1_234_567n, '1.2345'],
    [43_200n, '0.0432'],
    [123n, '0.000123'],
    [1n, '0.000001'],
    [99_999_999n, '99.9999'],
    [1_000_001n, '1.00'],
  ])('%s is shown as %s: small rates never as zero', (amount, text) => {
    expect(amountText(amount, usd)).toBe(text);
  });

  it('carry their token, and a month has 730 hours', () => {
    expect(moneyText(monthlyOf(10_000n), usd)).toBe('7.30 USD');
  });
});

describe('other numbers', () => {
  it.each([
    [45, '45 s'],
    [60, '1 min'],
    [3_700, '1 h 1 min'],
    [7_200, '2 h'],
    [90_000, '1 d 1 h'],
    [-5, '0 s'],
  ])('%s seconds are %s', (seconds, text) => {
    expect(durationText(seconds)).toBe(text);
  });

  it.each([
    [0n, '0 B'],
    [1023n, '1023 B'],
    [1n << 29n, '512 MiB'],
    [3n << 29n, '1.5 GiB'],
  ])('%s bytes are %s', (bytes, text) => {
    expect(bytesText(bytes)).toBe(text);
  });

  it('are short where they would be long', () => {
    expect([coresText(1000), coresText(1500)]).toEqual(['1 core', '1.5 cores']);
    expect(shortHex('0x5fbdb2315678afecb367f032d93f642f64180aa3')).toBe('0x5fbd…0aa3');
  });
});
