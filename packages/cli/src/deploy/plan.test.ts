import { readSdl } from '@souk/protocol';
import type { RankedBid } from '@souk/tenant';
import { describe, expect, it } from 'vitest';
import { captured } from '../testing/captured.ts';
import { choiceText, renderPlan } from './plan.ts';

const usd = { symbol: 'USD', decimals: 6 };
const sdl = `
version: "2.0"
services:
  web:
    image: souk/hello:1
    expose: [{ port: 80, as: 80, to: [{ global: true }] }]
profiles:
  compute:
    web: { resources: { cpu: { units: 0.5 }, memory: { size: 512Mi }, storage: { size: 1Gi } } }
  placement:
    here: { pricing: { web: { denom: uact, amount: 100 } } }
deployment:
  web: { here: { profile: web, count: 2 } }
`;

function bid(rank: number, rate: bigint): RankedBid {
  const operator = `0x${String(rank).repeat(40)}` as const;
  return {
    rank,
    cost: 0,
    operator,
    hotKey: operator,
    bid: {
      message: { order: '0x', operator, rate, minimumCharge: 0n, expiresAt: 0 },
      signer: operator,
      signature: '0x',
    },
    provider: [],
    driver: 'sandbox',
    attributes: { tier: 'community', region: 'a' },
    latencyMs: 41.6,
    reliability:
      rank === 1
        ? { completed: 12, failedToStart: 1, failedRunning: 0, completedFees: 1n, failedFees: 1n }
        : undefined,
  };
}

describe('the plan', () => {
  it('ranks offers with prices per hour and month, record, driver and attributes', () => {
    const group = readSdl(sdl).workload?.groups[0];
    if (!group) throw new Error('the file is wrong');
    const plan = {
      group,
      ranked: [bid(1, 12_300n), bid(2, 20_000n)],
      maxRate: 120_000n,
      deposit: 5_000_000n,
    };
    expect(renderPlan(captured().output, [plan], usd)).toBe(
      [
        'here: 1 core, 1 GiB memory, 2 GiB storage; at most 0.12 USD per hour',
        '#  PROVIDER     USD/HOUR  /MONTH  RECORD                     DRIVER   AFTER  ATTRIBUTES',
        '1  0x1111…1111    0.0123   8.979  12/13 · 1 failed to start  sandbox  42 ms  region=a tier=community',
        '2  0x2222…2222      0.02   14.60  unknown                    sandbox  42 ms  region=a tier=community',
      ].join('\n'),
    );
  });

  it('asks with the price of all groups and what is locked', () => {
    const text = choiceText(
      [
        { rate: 10_000n, deposit: 5_000_000n },
        { rate: 20_000n, deposit: 5_000_000n },
      ],
      usd,
    );
    expect(text).toBe(
      'Start for 0.03 USD per hour, 21.90 USD per month? 10.00 USD is locked; what is not used comes back.',
    );
  });
});
