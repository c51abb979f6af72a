import { type MarketWish, zeroAddress } from '@souk/protocol';
import type { Relaxation } from '@souk/tenant';
import { describe, expect, it } from 'vitest';
import { counterfactualText, remedyText } from './relaxed.ts';

const usd = { symbol: 'USD', decimals: 6 };
const gib = 1n << 30n;
const asked: MarketWish = {
  requirements: {
    group: 'web',
    units: [
      {
        service: 'web',
        count: 4,
        resources: {
          cpuMilli: 2000,
          memoryBytes: 2n * gib,
          storage: [{ name: 'data', bytes: 10n * gib, class: 'beta3', persistent: true }],
          gpu: { units: 1, alternatives: [{ vendor: 'nvidia', model: 'a100' }] },
          cpuAttributes: {},
        },
      },
    ],
    endpoints: [{ kind: 'ip', service: 'web' }],
    attributes: { tier: 'gold' },
    signedBy: { allOf: [], anyOf: ['ann'] },
    reclamationSeconds: 600,
    regions: ['eu'],
  },
  terms: {
    token: zeroAddress,
    maxRate: 100_000n,
    deposit: 5_000_000n,
    clawbackWindow: 600,
    startWindow: 600,
  },
};

describe('what would bring offers, in words', () => {
  it.each<[Relaxation, string, string]>([
    [{ what: 'price', maxRate: 140_000n }, '+0.04 USD/hour', 'pay more: --max-price 0.14'],
    [{ what: 'deposit', deposit: 7_000_000n }, 'deposit of 7.00 USD', 'lock more: --deposit 7.00'],
    [{ what: 'attribute', attribute: 'tier' }, 'without tier', 'remove the placement’s attribute tier'],
    [{ what: 'cpu-attribute', attribute: 'arch' }, 'without arch', 'remove the cpu’s attribute arch'],
    [{ what: 'regions' }, 'without region', 'name more regions in x-souk.regions, or none'],
    [{ what: 'auditors' }, 'without signedBy', 'remove the placement’s signedBy'],
    [{ what: 'gpu-model' }, 'any GPU', 'set x-souk.anyGpu: true'],
    [{ what: 'resource', resource: 'gpus', to: 2n }, '2 GPUs instead of 4 GPUs', 'ask for at most 2 GPUs'],
    [{ what: 'resource', resource: 'gpus', to: 0n }, 'without GPUs', 'do without GPUs'],
    [
      { what: 'resource', resource: 'cpuMilli', to: 1500n },
      '1.5 cores instead of 8 cores',
      'ask for at most 1.5 cores',
    ],
    [
      { what: 'resource', resource: 'memoryBytes', to: gib },
      '1 GiB memory instead of 8 GiB memory',
      'ask for at most 1 GiB memory',
    ],
    [{ what: 'replicas', service: 'web', count: 3 }, '3 × web instead of 4', 'set count: 3 for web'],
    [
      { what: 'storage-class', class: 'beta3', to: 'default' },
      'storage class default instead of beta3',
      'use storage of class default',
    ],
    [{ what: 'endpoint', kind: 'ip' }, 'without public ip', 'do without public ip endpoints'],
    [{ what: 'clawback', seconds: 60 }, 'clawback window of 60 s', 'set x-souk.clawbackSeconds: 60'],
    [{ what: 'start', seconds: 60 }, 'start window of 60 s', 'set x-souk.startSeconds: 60'],
    [{ what: 'notice', seconds: 300 }, '300 s of notice', 'ask for at most 300 s of notice'],
    [{ what: 'interruptible' }, 'interruptible', 'set x-souk.interruptible: true'],
  ])('%o is "%s"', (relaxation, text, remedy) => {
    const found = { relaxations: [relaxation], offers: 7, gained: 7, cost: 1, isGuess: false };
    expect(counterfactualText(found, asked, usd)).toBe(`${text} → 7 offers`);
    expect(remedyText(found, usd)).toContain(remedy);
  });

  it('says what must change together, and what is not certain', () => {
    const found = {
      relaxations: [{ what: 'regions' }, { what: 'price', maxRate: 150_000n }] as const,
      offers: 1,
      gained: 1,
      cost: 1,
      isGuess: true,
    };
    expect(counterfactualText(found, asked, usd)).toBe('without region and +0.05 USD/hour → about 1 offer');
  });
});
