import {
  type Address,
  type CapacitySummary,
  type Decline,
  type MarketWish,
  zeroAddress,
} from '@souk/protocol';
import type { OperatorDeclines } from '@souk/tenant';
import { describe, expect, it } from 'vitest';
import { noBids, type Silence } from './no-bids.ts';

const usd = { symbol: 'USD', decimals: 6 };
const operator = (index: number) => `0x${String(index).padStart(40, '0')}` as Address;
const from = (index: number, ...declines: Decline[]): OperatorDeclines => ({
  operator: operator(index),
  declines,
});
const price = (ours: bigint): Decline => ({ reason: 'price-below-ours', ceiling: 10_000n, ours });

const asked: MarketWish = {
  requirements: {
    group: 'web',
    units: [
      {
        service: 'web',
        count: 1,
        resources: {
          cpuMilli: 1000,
          memoryBytes: 1n << 30n,
          storage: [],
          gpu: { units: 1, alternatives: [{ vendor: 'nvidia', model: 'a100' }] },
          cpuAttributes: {},
        },
      },
    ],
    endpoints: [],
    attributes: {},
    signedBy: { allOf: [], anyOf: [] },
    reclamationSeconds: 0,
  },
  terms: {
    token: zeroAddress,
    maxRate: 10_000n,
    deposit: 5_000_000n,
    clawbackWindow: 600,
    startWindow: 600,
  },
};

const silence = (patch: Partial<Silence>): Silence => ({
  group: 'web',
  asked,
  declines: [],
  refused: [],
  summaries: [],
  listeners: 2,
  waitedMs: 2000,
  ...patch,
});

describe('nobody offers', () => {
  it('because nobody answered', () => {
    const fault = noBids(silence({}), usd);
    expect(fault.code).toBe('cli.no-bids');
    expect(fault.message.split('\n')).toEqual([
      'nobody answered the order for "web" within 2.0 s',
      'no provider is known here; the order went to 2 peers',
    ]);
    expect(fault.remedy).toContain('souk offers');
  });

  it('though somebody is known that should', () => {
    const summary: CapacitySummary = {
      operator: operator(1),
      peer: [],
      at: 0,
      driver: 'mock',
      free: { cpuMilli: 8000, memoryBytes: 1n << 40n, storageBytes: 0n, gpus: 1 },
      gpus: [{ vendor: 'nvidia', model: 'a100', count: 1 }],
      attributes: {},
      arch: 'amd64',
      auditors: [],
      storageClasses: [],
      endpoints: [],
      tokens: [zeroAddress],
      minimumFundedSeconds: 60,
      maxClawbackWindowSeconds: 3600,
      maxStartWindowSeconds: 3600,
      reclamationSeconds: 0,
      prices: {
        core: 0n,
        memoryGib: 0n,
        storageGib: {},
        endpoint: { http: 0n, port: 0n, ip: 0n },
        gpu: {},
        minimumCharge: 0n,
        minimumRate: 1n,
        interruptiblePermille: 500,
      },
    };
    const fault = noBids(silence({ summaries: [summary] }), usd);
    expect(fault.message).toContain('1 provider would fit by what it publishes, and did not answer in time');
    expect(fault.remedy).toBe('wait longer: --bids-wait 10000');
  });

  it('because the ceiling is low: what more would bring is named exactly', () => {
    const declines = [from(1, price(43_210n)), from(2, price(50_000n))];
    const fault = noBids(silence({ declines }), usd);
    expect(fault.message.split('\n')).toEqual([
      'all 2 providers that answered declined the order for "web"',
      '2 providers: the ceiling of 0.01 is below the lowest price of 0.0432 per hour',
      'what would bring offers:',
      '  +0.04 USD/hour → about 2 offers',
      '  +0.0332 USD/hour → about 1 offer',
    ]);
    expect(fault.remedy).toBe('pay more: --max-price 0.04321');
  });

  it('for several reasons, merged, and offers that could not be taken are counted', () => {
    const noGpu: Decline = { reason: 'gpu-mismatch', wanted: ['nvidia a100'] };
    const refused = [1, 2].map((index) => ({
      kind: 'refused' as const,
      operator: operator(index),
      reason: 'expired' as const,
    }));
    const fault = noBids(silence({ declines: [from(1, noGpu), from(2, noGpu)], refused }), usd);
    expect(fault.message).toContain('2 providers: no GPU of nvidia a100');
    expect(fault.message).toContain('2 offers not taken: expired');
    expect(fault.message).toContain('any GPU → about 2 offers');
    expect(fault.remedy).toBe('set x-souk.anyGpu: true');
    expect(fault.data['operators']).toBe(2);
  });

  it('for reasons that nothing asked would change', () => {
    const fault = noBids(silence({ declines: [from(1, { reason: 'too-many-orders' })] }), usd);
    expect(fault.message).toContain('1 provider: too many orders from this tenant at once');
    expect(fault.remedy).toContain('souk offers');
  });
});
