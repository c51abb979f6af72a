/**
 * One verdict on a deployment, with the evidence for it and what to do next. Pure: `examine.ts` asks chain and provider,
 * this says what follows, also where one or both did not answer. The provider's word is never taken over the chain's,
 * and "it runs" never over a probe from outside that fails.
 */
import { type LeaseStatus, pausedRateOf, type ServiceStatus } from '@souk/protocol';
import type { DeploymentGroup } from '../deployment.ts';

/** Worst first: a deployment's verdict is its worst group's. */
export const verdicts = [
  'cut-off',
  'crash-looping',
  'unhealthy',
  'out-of-capacity',
  'provider-unreachable',
  'moving',
  'closing',
  'reclaiming',
  'paused',
  'starting',
  'updating',
  'money-low',
  'chain-unreachable',
  'closed',
  'healthy',
] as const;
export type Verdict = (typeof verdicts)[number];

export interface ExamineOptions {
  /** A watch process runs on this machine. */
  readonly isWatched: boolean;
  readonly signal?: AbortSignal;
}

/** What was found out about one placement group. Times in unix seconds. */
export interface Facts {
  readonly name: string;
  readonly group: DeploymentGroup;
  readonly now: number;
  readonly chain:
    | {
        readonly status: 'unknown' | 'open' | 'closed';
        readonly fundedUntil: number | null;
        readonly rate: bigint | null;
      }
    | { readonly unreachable: string };
  /** Null where there is none to ask. */
  readonly provider:
    | { readonly status: LeaseStatus; readonly latencyMs: number }
    | { readonly unreachable: string }
    | null;
  /** As its users would find it; null where it was not looked. */
  readonly outside:
    | { readonly isHealthy: true }
    | { readonly isHealthy: false; readonly detail: string }
    | null;
  /** Last lines of what fails. */
  readonly logs: readonly string[];
  /** A watch process runs on this machine. */
  readonly isWatched: boolean;
  /** Money is topped up by itself. */
  readonly hasTopUp: boolean;
  readonly lowBalanceSeconds: number;
}

export interface Evidence {
  readonly about:
    | 'chain'
    | 'money'
    | 'provider'
    | 'state'
    | 'service'
    | 'outside'
    | 'log'
    | 'volume'
    | 'watch';
  readonly says: string;
  readonly isGood: boolean;
}

export interface Diagnosis {
  readonly group: string;
  readonly verdict: Verdict;
  readonly sentence: string;
  readonly evidence: readonly Evidence[];
  /** Commands and deeds, the first most likely to help. */
  readonly next: readonly string[];
}

interface Finding {
  readonly verdict: Verdict;
  readonly sentence: string;
  readonly next: readonly string[];
}

export function diagnose(facts: Facts): Diagnosis {
  const found = findingOf(facts);
  const watch =
    facts.isWatched || found.verdict === 'closed' ? [] : ['souk watch   # nothing watches over it'];
  return {
    group: facts.group.name,
    verdict: found.verdict,
    sentence: found.sentence,
    evidence: evidenceOf(facts),
    next: [...found.next, ...watch],
  };
}

export function worstOf(all: readonly Diagnosis[]): Verdict {
  return verdicts.find((verdict) => all.some((one) => one.verdict === verdict)) ?? 'closed';
}

function findingOf(facts: Facts): Finding {
  const { chain, provider, group } = facts;
  return (
    ended(facts) ??
    unreachable(facts) ??
    (provider && 'status' in provider ? byPhase(facts, provider.status) : undefined) ??
    (group.phase === 'ready'
      ? undefined
      : { ...isStarting(facts), sentence: 'it is being ordered or opened' }) ??
    byMoney(facts) ??
    ('unreachable' in chain
      ? {
          verdict: 'chain-unreachable',
          sentence: 'its provider says that it works; the chain can’t be asked about its money',
          next: ['check the network’s RPC address, and that the chain runs'],
        }
      : { verdict: 'healthy', sentence: 'it works', next: [] })
  );
}

function ended({ name, group, chain }: Facts): Finding | undefined {
  const isClosedOnChain = 'status' in chain && chain.status === 'closed';
  if (group.phase === 'closed' || group.phase === 'void' || isClosedOnChain) {
    const by = group.receipt ? ` by ${whoOf(group.receipt.by)}` : '';
    const sentence = group.phase === 'void' ? 'its order ended without a lease' : `its lease was closed${by}`;
    return { verdict: 'closed', sentence, next: [`souk deploy FILE --name ${name}`] };
  }
  if (group.replaces)
    return {
      verdict: 'moving',
      sentence: `it is being moved to another provider: ${group.replaces.why}`,
      next: ['wait: watch goes on trying', `souk close ${name}`],
    };
  if (group.phase === 'closing')
    return { verdict: 'closing', sentence: 'its lease is being closed', next: [`souk close ${name}`] };
  return undefined;
}

function unreachable({ name, chain, provider, outside }: Facts): Finding | undefined {
  if (!provider || 'status' in provider) return undefined;
  const why = provider.unreachable;
  if ('unreachable' in chain)
    return {
      verdict: 'cut-off',
      sentence: 'neither the chain nor its provider can be reached: this machine may be cut off',
      next: ['check this machine’s network', 'souk network ls'],
    };
  const serves = outside?.isHealthy === true;
  return {
    verdict: 'provider-unreachable',
    sentence: serves
      ? `its provider does not answer (${why}), though the workload still does`
      : `its provider does not answer: ${why}`,
    next: serves
      ? ['wait: watch leaves it when the workload fails too']
      : ['wait: watch orders it elsewhere', `souk close ${name}   # takes back one clawback window of pay`],
  };
}

function byPhase(facts: Facts, status: LeaseStatus): Finding | undefined {
  const { name, group, outside } = facts;
  const { phase, detail } = status;
  switch (phase) {
    case 'accepted':
    case 'opening':
    case 'pulling':
    case 'starting':
      return isPaused(facts) ? paused(facts) : { ...isStarting(facts), sentence: `${phase}: ${detail}` };
    case 'crash-looping':
      return {
        verdict: 'crash-looping',
        sentence: detail,
        next: [`souk logs ${name}   # why it ends`, `souk update ${name} FILE`],
      };
    case 'out-of-capacity':
      return {
        verdict: 'out-of-capacity',
        sentence: `its provider has no room to start it now: ${detail}`,
        next: ['wait: the provider goes on trying', `souk close ${name}, and deploy it again elsewhere`],
      };
    case 'paused':
      return paused(facts);
    case 'updating':
      return { verdict: 'updating', sentence: `it is being updated: ${detail}`, next: ['wait for its end'] };
    case 'reclaiming':
      return {
        verdict: 'reclaiming',
        sentence: 'its provider takes the capacity back',
        next: ['wait: watch orders it elsewhere'],
      };
    case 'failed':
    case 'closing':
    case 'closed':
      return {
        verdict: 'closing',
        sentence: `its provider ends it: ${detail}`,
        next: [`souk events ${name}`],
      };
    case 'unhealthy':
      return unhealthy(facts, detail);
    case 'running':
    case 'ready':
      if (outside?.isHealthy === false)
        return unhealthy(facts, `it runs, but does not answer from here: ${outside.detail}`);
      if (group.phase === 'ready') return undefined;
      return { ...isStarting(facts), sentence: 'it runs; nobody has signed yet that it is ready' };
  }
}

function unhealthy({ name }: Facts, detail: string): Finding {
  return {
    verdict: 'unhealthy',
    sentence: detail,
    next: [
      `souk logs ${name}   # what it says`,
      `souk shell ${name}`,
      'watch leaves its provider if it stays so',
    ],
  };
}

function paused({ name, chain, now }: Facts): Finding {
  const until = 'status' in chain ? chain.fundedUntil : null;
  const kept = until === null ? '' : ` for another ${spanOf(until - now)}`;
  return {
    verdict: 'paused',
    sentence: `it is stopped, and its data is kept${kept}`,
    next: [`souk resume ${name} --top-up 5`],
  };
}

function isStarting({ name }: Facts): Pick<Finding, 'verdict' | 'next'> {
  return { verdict: 'starting', next: ['wait while it moves', `souk events -f ${name}`] };
}

function byMoney({ name, chain, now, hasTopUp, lowBalanceSeconds }: Facts): Finding | undefined {
  if ('unreachable' in chain || chain.fundedUntil === null) return undefined;
  const left = chain.fundedUntil - now;
  if (left >= lowBalanceSeconds) return undefined;
  return {
    verdict: 'money-low',
    sentence: `it works, and its money lasts ${spanOf(left)}`,
    next: [
      `souk top-up ${name} 5`,
      ...(hasTopUp ? ['souk balance   # topping up by itself may have met its end'] : []),
    ],
  };
}

/** By the chain: what it costs now is what a pause costs. */
function isPaused({ group, chain }: Facts): boolean {
  if (group.rateBeforePause === null) return false;
  return 'unreachable' in chain || chain.rate === pausedRateOf(group.rateBeforePause);
}

function evidenceOf(facts: Facts): readonly Evidence[] {
  const { provider, outside, logs, isWatched } = facts;
  const status = provider && 'status' in provider ? provider.status : undefined;
  return [
    ...chainEvidence(facts),
    ...providerEvidence(facts),
    ...(status ? status.services.map((service) => serviceEvidence(service)) : []),
    ...(outside
      ? [
          {
            about: 'outside' as const,
            says: outside.isHealthy ? 'answers from here' : outside.detail,
            isGood: outside.isHealthy,
          },
        ]
      : []),
    ...(status?.snapshots ?? []).map(({ service, volume, at, holders }) => ({
      about: 'volume' as const,
      says: `${service}/${volume}: last snapshot ${spanOf(facts.now - at)} ago, with ${holders.length} holders`,
      isGood: holders.length > 0,
    })),
    ...logs.map((line) => ({ about: 'log' as const, says: line, isGood: false })),
    {
      about: 'watch',
      says: isWatched ? 'a watch runs on this machine' : 'no watch runs on this machine',
      isGood: isWatched,
    },
  ];
}

function chainEvidence({ chain, group, now, hasTopUp, lowBalanceSeconds }: Facts): Evidence[] {
  if ('unreachable' in chain)
    return [{ about: 'chain', says: `not reached: ${chain.unreachable}`, isGood: false }];
  const operator = group.terms?.operator;
  const lease: Evidence = {
    about: 'chain',
    says: `lease ${chain.status}${operator === undefined ? '' : ` with ${operator}`}`,
    isGood: chain.status === 'open',
  };
  if (chain.fundedUntil === null) return [lease];
  const left = chain.fundedUntil - now;
  const topUp = hasTopUp ? '; topped up by itself' : '';
  return [
    lease,
    { about: 'money', says: `lasts ${spanOf(left)}${topUp}`, isGood: left >= lowBalanceSeconds },
  ];
}

function providerEvidence({ provider, now }: Facts): Evidence[] {
  if (!provider) return [];
  if ('unreachable' in provider)
    return [{ about: 'provider', says: `not reached: ${provider.unreachable}`, isGood: false }];
  const { phase, detail, since, pausesAt, update } = provider.status;
  const works = phase === 'running' || phase === 'ready';
  const about = { about: 'state' as const, isGood: works };
  return [
    { about: 'provider', says: `answers within ${Math.round(provider.latencyMs)} ms`, isGood: true },
    { ...about, says: `${phase} for ${spanOf(now - since)}: ${detail}` },
    ...(pausesAt === null
      ? []
      : [{ about: 'money' as const, says: `pauses in ${spanOf(pausesAt - now)}`, isGood: pausesAt > now }]),
    ...(update
      ? [
          {
            ...about,
            isGood: update.state !== 'rolled-back',
            says: `update ${update.state}: ${update.detail}`,
          },
        ]
      : []),
  ];
}

function serviceEvidence({ name, running, wanted, restarts, lastExit, health }: ServiceStatus): Evidence {
  const parts = [
    `${running} of ${wanted} run`,
    ...(restarts > 0 ? [`${restarts} restarts`] : []),
    ...(lastExit === null ? [] : [`last ended: ${lastExit}`]),
    ...(health ? [`health: ${health.detail}`] : []),
  ];
  const isGood = running >= wanted && health?.isHealthy !== false;
  return { about: 'service', says: `${name}: ${parts.join('; ')}`, isGood };
}

function whoOf(by: NonNullable<DeploymentGroup['receipt']>['by']): string {
  if (by === 'operator') return 'its provider';
  return by === 'exhausted' ? 'its money running out' : 'its tenant';
}

/** "3 d 4 h", "12 min", "45 s". */
function spanOf(seconds: number): string {
  const whole = Math.max(0, Math.floor(seconds));
  if (whole < 120) return `${whole} s`;
  if (whole < 7200) return `${Math.floor(whole / 60)} min`;
  if (whole < 172_800) return `${Math.floor(whole / 3600)} h`;
  return `${Math.floor(whole / 86_400)} d`;
}
