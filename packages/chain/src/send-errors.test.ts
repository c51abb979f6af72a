import { BaseError, HttpRequestError } from 'viem';
import { describe, expect, it } from 'vitest';
import { refusalOf } from './send-errors.ts';

describe('a refused transaction', () => {
  // As geth, Erigon, Nethermind, Besu and anvil word it.
  const words = [
    ['already known', 'known'],
    ['AlreadyKnown: transaction already in mempool', 'known'],
    ['Known transaction', 'known'],
    ['nonce too low: next nonce 5, tx nonce 4', 'nonce-too-low'],
    ['OldNonce, Current nonce: 5, nonce of rejected tx: 4', 'nonce-too-low'],
    ['replacement transaction underpriced', 'nonce-taken'],
    ['nonce too high', 'nonce-too-high'],
    ['insufficient funds for gas * price + value: balance 0', 'no-gas-money'],
    ['transaction underpriced: tip needed 1, tip permitted 0', 'fee-too-low'],
    ['max fee per gas less than block base fee', 'fee-too-low'],
    ['exceeds block gas limit', 'other'],
  ] as const;
  for (const [text, refusal] of words) {
    it(`is understood: ${text}`, () => {
      expect(refusalOf(new BaseError('refused', { details: text }))).toBe(refusal);
    });
  }

  it('is told from a node that cannot be reached', () => {
    const away = new HttpRequestError({ url: 'http://127.0.0.1:9', details: 'fetch failed' });
    expect(refusalOf(away)).toBe('outage');
  });
});
