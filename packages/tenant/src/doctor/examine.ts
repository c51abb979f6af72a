/** Asks chain, provider and workload about a deployment. Whoever does not answer is a finding, never a failure. */
import { type LeaseStatus, toFault } from '@souk/protocol';
import type { Context } from '../context.ts';
import { type DeploymentGroup, isEnded } from '../deployment.ts';
import { moneyEndsAt } from '../leases/history.ts';
import { askStatus, type Lot, syncWithChain } from '../leases/lot.ts';
import { readLogs } from '../sessions/sessions.ts';
import { type Health, probeLease, probeUrl } from '../watch/probe.ts';
import type { ExamineOptions, Facts } from './diagnose.ts';

const logLines = 5;
const logWaitMs = 3000;

export async function examine(
  context: Context,
  name: string,
  options: ExamineOptions,
): Promise<readonly Facts[]> {
  const { groups } = await context.records.load(name);
  const wish = await context.deps.wishes?.load(name).catch(() => undefined);
  const hasTopUp = Boolean(wish?.topUp && context.deps.writer);
  return Promise.all(groups.map((group) => examineGroup(context, { name, group, hasTopUp, ...options })));
}

async function examineGroup(
  context: Context,
  {
    name,
    group: known,
    hasTopUp,
    isWatched,
    signal = new AbortController().signal,
  }: ExamineOptions & {
    readonly name: string;
    readonly group: DeploymentGroup;
    readonly hasTopUp: boolean;
  },
): Promise<Facts> {
  const { chain, group, now } = await askChain(context, name, known);
  const shared = {
    name,
    group,
    now,
    chain,
    isWatched,
    hasTopUp,
    lowBalanceSeconds: context.config.lowBalanceSeconds,
  };
  if (isEnded(group) || group.accepted.length === 0)
    return { ...shared, provider: null, outside: null, logs: [] };
  await using held = await context.peers.hold(group.agentKey);
  const lot = { name, group, peer: held.peer };
  const { clock } = context.deps;
  const askedAt = clock.now();
  const answered = await askStatus(context, lot, signal);
  const provider =
    'status' in answered ? { status: answered.status, latencyMs: clock.now() - askedAt } : answered;
  const outside = await lookFromOutside(context, lot, provider, signal);
  const facts = { ...shared, provider, outside };
  const logs = 'status' in provider ? await lastLines(context, lot, provider.status, outside) : [];
  return { ...facts, logs };
}

async function askChain(
  context: Context,
  name: string,
  group: DeploymentGroup,
): Promise<Pick<Facts, 'chain' | 'group' | 'now'>> {
  const { chain, clock } = context.deps;
  try {
    const head = await chain.head();
    const found = isEnded(group) ? undefined : await syncWithChain(context, name, group);
    const current = found && found.is !== 'unknown' ? found.group : group;
    const isOpen = found?.is === 'open' && current.terms !== null;
    return {
      now: head.timestamp,
      group: current,
      chain: {
        status: found?.is ?? 'closed',
        fundedUntil: isOpen && current.terms ? moneyEndsAt(current.terms, found.state) : null,
        rate: current.terms?.rate ?? null,
      },
    };
  } catch (error) {
    const { message } = toFault(error, 'chain.unreachable', 'chain');
    return { now: Math.floor(clock.now() / 1000), group, chain: { unreachable: message } };
  }
}

async function lookFromOutside(
  context: Context,
  lot: Lot,
  provider: NonNullable<Facts['provider']>,
  signal: AbortSignal,
): Promise<Health | null> {
  if ('status' in provider) {
    const { phase } = provider.status;
    const isUp = phase === 'running' || phase === 'ready' || phase === 'unhealthy';
    return isUp ? probeLease(context, lot, provider.status, signal) : null;
  }
  const url = lot.group.urls[0];
  return url === undefined ? null : probeUrl(context, { url, path: '/', below: 500 }, signal);
}

/** Of the first service that has trouble. */
async function lastLines(
  context: Context,
  { name, group }: Lot,
  status: LeaseStatus,
  outside: Health | null,
): Promise<readonly string[]> {
  const sick = status.services.find(
    ({ running, wanted, restarts, health }) =>
      running < wanted || restarts > 0 || health?.isHealthy === false,
  );
  const service = sick ?? (outside?.isHealthy === false ? status.services[0] : undefined);
  if (!service || status.phase === 'paused') return [];
  const lines: string[] = [];
  try {
    const signal = AbortSignal.timeout(logWaitMs);
    const options = { group: group.name, service: service.name, tail: logLines, signal };
    for await (const line of readLogs(context, name, options)) lines.push(line.text.slice(0, 300));
  } catch {
    // What it wrote is a help, not a need.
  }
  return lines.slice(-logLines);
}
