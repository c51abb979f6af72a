import type { Address, Decline } from '@souk/protocol';
import type { OperatorDeclines } from '@souk/tenant';
import { describe, expect, it } from 'vitest';
import { noBids } from './no-bids.ts';

const usd = { symbol: 'USD', decimals: 6 };
const from = (index: number, ...declines: Decline[]): OperatorDeclines => ({
  operator: `0x${String(index).padStart(40, '0')}` as Address,
  declines,
});
const price = (ours: bigint): Decline => ({ reason: 'price-below-ours', ceiling: 10_000n, ours });

describe('nobody offers', () => {
  it('because nobody answered', () => {
    const fault = noBids({ group: 'web', declines: [], refused: [], waitedMs: 2000 }, usd);
    expect(fault.code).toBe('cli.no-bids');
    expect(fault.message).toBe('nobody answered the order for "web" within 2.0 s');
    expect(fault.remedy).toContain('souk offers');
  });

  it('because the ceiling is low: the price that would do is named exactly', () => {
    const declines = [from(1, price(43_210n)), from(2, price(50_000n))];
    const fault = noBids({ group: 'web', declines, refused: [], waitedMs: 2000 }, usd);
    expect(fault.message.split('\n')).toEqual([
      'all 2 providers that answered declined the order for "web"',
      '2 providers: the ceiling of 0.01 is below the lowest price of 0.0432 per hour',
    ]);
    expect(fault.remedy).toBe('pay more: --max-price 0.04321');
  });

  it('for several reasons, merged, and offers that could not be taken are counted', () => {
    const noGpu: Decline = { reason: 'gpu-mismatch', wanted: ['nvidia a100'] };
    const refused = [1, 2].map((index) => ({
      kind: 'refused' as const,
      operator: from(index).operator,
      reason: 'expired' as const,
    }));
    const fault = noBids(
      { group: 'web', declines: [from(1, noGpu), from(2, noGpu)], refused, waitedMs: 1 },
      usd,
    );
    expect(fault.message).toContain('2 providers: no GPU of nvidia a100');
    expect(fault.message).toContain('2 offers not taken: expired');
    expect(fault.remedy).toContain('ask for less');
    expect(fault.data['operators']).toBe(2);
  });
});
