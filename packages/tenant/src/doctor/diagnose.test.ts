import type { LeaseStatus } from '@souk/protocol';
import { describe, expect, it } from 'vitest';
import type { DeploymentGroup } from '../deployment.ts';
import { diagnose, type Facts, type Verdict, verdicts, worstOf } from './diagnose.ts';

const now = 100_000;
const operator = `0x${'aa'.repeat(20)}` as const;

function group(patch: Partial<DeploymentGroup> = {}): DeploymentGroup {
  return {
    name: 'dc',
    phase: 'ready',
    rateBeforePause: null,
    replaces: null,
    receipt: null,
    terms: { operator, rate: 1000n },
    ...patch,
  } as DeploymentGroup;
}

function status(patch: Partial<LeaseStatus> = {}): LeaseStatus {
  const usage = { cpuSeconds: 0, memoryBytes: 0, networkRxBytes: 0, networkTxBytes: 0, diskBytes: 0 };
  return {
    lease: `0x${'11'.repeat(32)}`,
    phase: 'ready',
    detail: 'all replicas run',
    progress: null,
    since: now - 300,
    openTx: null,
    driver: 'mock',
    services: [
      {
        name: 'web',
        wanted: 1,
        running: 1,
        restarts: 0,
        urls: [],
        ports: [],
        usage,
        lastExit: null,
        health: null,
      },
    ],
    warnings: [],
    update: null,
    pausesAt: null,
    reclaimAt: null,
    snapshots: [],
    ...patch,
  };
}

const open = { status: 'open', fundedUntil: now + 90_000, rate: 1000n } as const;
const silent = { unreachable: 'connection refused' };
const answering = (patch: Partial<LeaseStatus> = {}) => ({ status: status(patch), latencyMs: 4 });

function facts(patch: Partial<Facts> = {}): Facts {
  return {
    name: 'web',
    group: group(),
    now,
    chain: open,
    provider: answering(),
    outside: { isHealthy: true },
    logs: [],
    isWatched: true,
    hasTopUp: false,
    lowBalanceSeconds: 3600,
    ...patch,
  };
}

type Situation = readonly [what: string, patch: Partial<Facts>, verdict: Verdict, says: RegExp];

const situations: readonly Situation[] = [
  ['works', {}, 'healthy', /it works/],
  [
    'ran out of money',
    {
      group: group({ phase: 'closed', receipt: { by: 'exhausted' } as DeploymentGroup['receipt'] }),
      provider: null,
    },
    'closed',
    /money running out/,
  ],
  ['was closed elsewhere', { chain: { ...open, status: 'closed' } }, 'closed', /closed/],
  ['never opened', { group: group({ phase: 'void' }), provider: null }, 'closed', /without a lease/],
  ['is closing', { group: group({ phase: 'closing' }) }, 'closing', /being closed/],
  [
    'is being moved',
    { group: group({ replaces: { why: 'it died' } as DeploymentGroup['replaces'] }) },
    'moving',
    /it died/,
  ],
  ['is cut off', { chain: silent, provider: silent }, 'cut-off', /cut off/],
  ['lost its provider', { provider: silent, outside: null }, 'provider-unreachable', /refused/],
  ['is served by a deaf provider', { provider: silent }, 'provider-unreachable', /workload still does/],
  ['lost the chain', { chain: silent }, 'chain-unreachable', /says that it works/],
  [
    'gets its images',
    { provider: answering({ phase: 'pulling', detail: 'getting images: 43 %' }), outside: null },
    'starting',
    /pulling: getting images: 43 %/,
  ],
  ['is not called ready yet', { group: group({ phase: 'open' }) }, 'starting', /nobody has signed/],
  ['is being ordered', { group: group({ phase: 'ordering' }), provider: null }, 'starting', /ordered/],
  [
    'crashes',
    { provider: answering({ phase: 'crash-looping', detail: 'web ends again and again: exit code 3' }) },
    'crash-looping',
    /exit code 3/,
  ],
  [
    'fails its probe',
    { provider: answering({ phase: 'unhealthy', detail: 'web fails' }) },
    'unhealthy',
    /web fails/,
  ],
  [
    'runs, and does not answer from here',
    { outside: { isHealthy: false, detail: 'http://x answers 502' } },
    'unhealthy',
    /does not answer from here: http:\/\/x answers 502/,
  ],
  [
    'has no room',
    { provider: answering({ phase: 'out-of-capacity', detail: 'disk' }) },
    'out-of-capacity',
    /disk/,
  ],
  ['is updated', { provider: answering({ phase: 'updating', detail: '1 of 3' }) }, 'updating', /1 of 3/],
  ['is reclaimed', { provider: answering({ phase: 'reclaiming' }) }, 'reclaiming', /takes the capacity back/],
  ['is paused', { provider: answering({ phase: 'paused' }), outside: null }, 'paused', /kept for another/],
  [
    'is paused, at a provider that has just started again',
    {
      group: group({ rateBeforePause: 1000n }),
      chain: { ...open, rate: 100n },
      provider: answering({ phase: 'accepted' }),
    },
    'paused',
    /stopped/,
  ],
  [
    'is ended by its provider',
    { provider: answering({ phase: 'failed', detail: 'no image' }) },
    'closing',
    /no image/,
  ],
  ['is low on money', { chain: { ...open, fundedUntil: now + 600 } }, 'money-low', /lasts 10 min/],
];

describe('the verdict on a deployment that', () => {
  for (const [what, patch, verdict, says] of situations)
    it(`${what} is ${verdict}`, () => {
      const found = diagnose(facts(patch));
      expect(found.verdict).toBe(verdict);
      expect(found.sentence).toMatch(says);
      expect(found.next.length > 0).toBe(verdict !== 'healthy');
    });

  it('has every verdict among its situations', () => {
    expect(new Set(situations.map(([, , verdict]) => verdict))).toEqual(new Set(verdicts));
  });

  it('has two groups is its worse group’s', () => {
    const well = diagnose(facts());
    const sick = diagnose(facts({ provider: answering({ phase: 'crash-looping' }) }));
    expect(worstOf([well, sick])).toBe('crash-looping');
    expect(worstOf([well, well])).toBe('healthy');
  });
});

describe('the evidence', () => {
  it('names lease, money, provider, state, services, volumes, logs and watch', () => {
    const { services, ...rest } = status();
    const found = diagnose(
      facts({
        isWatched: false,
        logs: ['panic: no database'],
        provider: {
          latencyMs: 12.4,
          status: {
            ...rest,
            pausesAt: now + 5000,
            services: [{ ...services[0]!, restarts: 2, lastExit: 'exit code 1' }],
            snapshots: [
              {
                service: 'web',
                replica: 0,
                volume: 'data',
                root: `0x${'22'.repeat(32)}`,
                at: now - 60,
                bytes: 1,
                sentBytes: 1,
                holders: ['peer'],
              },
            ],
          },
        },
      }),
    );
    expect(
      found.evidence.map(({ about, says, isGood }) => `${isGood ? '+' : '-'} ${about}: ${says}`),
    ).toEqual([
      `+ chain: lease open with ${operator}`,
      '+ money: lasts 25 h',
      '+ provider: answers within 12 ms',
      '+ state: ready for 5 min: all replicas run',
      '+ money: pauses in 83 min',
      '+ service: web: 1 of 1 run; 2 restarts; last ended: exit code 1',
      '+ outside: answers from here',
      '+ volume: web/data: last snapshot 60 s ago, with 1 holders',
      '- log: panic: no database',
      '- watch: no watch runs on this machine',
    ]);
    expect(found.next.at(-1)).toContain('souk watch');
  });

  it('says of what did not answer that it did not', () => {
    const found = diagnose(facts({ chain: silent, provider: silent, outside: null }));
    expect(found.evidence.slice(0, 2)).toEqual([
      { about: 'chain', says: 'not reached: connection refused', isGood: false },
      { about: 'provider', says: 'not reached: connection refused', isGood: false },
    ]);
  });
});
