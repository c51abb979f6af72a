/**
 * Keeps an eye on every running lease: probes it, closes with clawback what stays unhealthy, warns when its money
 * ends. A node or network that can't be asked is never taken for a dead workload.
 */
import { toFault } from '@souk/protocol';
import type { Context } from '../context.ts';
import { type DeploymentGroup, isEnded } from '../deployment.ts';
import { closeLease } from '../leases/close.ts';
import { moneyEndsAt } from '../leases/history.ts';
import { askStatus, type Lot, type OnChain } from '../leases/lot.ts';
import type { HeldPeer } from '../sessions/peers.ts';
import type { WatchNews } from '../types.ts';
import { type Health, probeLease, probeUrl } from './probe.ts';
import { resendReady, syncGroup } from './reconcile.ts';

interface Watched {
  readonly held: HeldPeer;
  /** Chain time at which this watch last saw it healthy, or first saw it at all. */
  healthyAt: number;
  /** Chain time of the first of unbroken unhealthy looks; null while healthy or when a look failed on our side. */
  sickSince: number | null;
  isHealthy: boolean;
  isLowTold: boolean;
}

export interface WatchOptions {
  readonly signal: AbortSignal;
  readonly onNews?: (news: WatchNews) => void;
}

export async function watchLeases(context: Context, options: WatchOptions): Promise<void> {
  const watched = new Map<string, Watched>();
  const { clock, log } = context.deps;
  try {
    while (!options.signal.aborted) {
      try {
        await watchOnce(context, watched, options);
      } catch (error) {
        if (options.signal.aborted) break;
        log.warn('watch round failed', { code: toFault(error, 'tenant.watch-failed', 'self').code });
      }
      await clock.sleep(context.config.watchIntervalMs, options.signal).catch(() => undefined);
    }
  } finally {
    await Promise.allSettled([...watched.values()].map((one) => one.held[Symbol.asyncDispose]()));
  }
}

/** Groups are looked at side by side: one that hangs holds up no other for longer than its time-outs. */
async function watchOnce(
  context: Context,
  watched: Map<string, Watched>,
  options: WatchOptions,
): Promise<void> {
  const records = await context.records.list();
  const groups = records.flatMap((record) => record.groups.map((group) => ({ name: record.name, group })));
  const living = new Set(
    groups.filter(({ group }) => !isEnded(group)).map(({ group }) => group.lease as string),
  );
  for (const [lease, one] of watched) {
    if (living.has(lease)) continue;
    watched.delete(lease);
    await one.held[Symbol.asyncDispose]();
  }
  await Promise.all(
    groups
      .filter(({ group }) => living.has(group.lease))
      .map(async ({ name, group }) => {
        try {
          await watchGroup(context, watched, { name, group }, options);
        } catch (error) {
          const { code } = toFault(error, 'tenant.watch-failed', 'self');
          const one = watched.get(group.lease);
          if (one) one.sickSince = null;
          if (!options.signal.aborted)
            context.deps.log.warn('lease not watched', { lease: group.lease, code });
        }
      }),
  );
}

async function watchGroup(
  context: Context,
  watched: Map<string, Watched>,
  { name, group }: { readonly name: string; readonly group: DeploymentGroup },
  options: WatchOptions,
): Promise<void> {
  const tell = options.onNews ?? (() => undefined);
  const found = await syncGroup(context, name, group);
  if (found?.is === 'closed')
    return tell({ kind: 'closed', name, group: group.name, receipt: found.receipt });
  if (found?.is !== 'open') return;
  const { timestamp: now } = await context.deps.chain.head();
  const one = watched.get(group.lease) ?? {
    held: await context.peers.hold(group.agentKey),
    healthyAt: now,
    sickSince: null,
    isHealthy: true,
    isLowTold: false,
  };
  watched.set(group.lease, one);
  const lot = { name, group: found.group, peer: one.held.peer };
  if (lot.group.phase === 'closing') return closeAndTell(context, lot, undefined, options);
  if (!isMetered(lot.group, now)) return;
  await resendReady(context, lot, found, options.signal);
  warnOfEnd(context, lot, found, one, now, tell);
  const health = await healthOf(context, lot, options.signal);
  if (health.isHealthy) one.healthyAt = now;
  one.sickSince = health.isHealthy ? null : (one.sickSince ?? now);
  if (health.isHealthy !== one.isHealthy) {
    one.isHealthy = health.isHealthy;
    const detail = health.isHealthy ? 'answers again' : health.detail;
    tell({ kind: health.isHealthy ? 'healthy' : 'unhealthy', name, group: group.name, detail });
  }
  if (one.sickSince === null || now - one.sickSince < context.config.unhealthyPatienceSeconds) return;
  await closeAndTell(context, lot, one.healthyAt, options);
}

/** Before it is ready, an opening looks after its lease; but one that died must not leave a meter running. */
function isMetered(group: DeploymentGroup, now: number): boolean {
  if (group.phase === 'ready') return true;
  return group.phase === 'open' && group.terms !== null && now >= group.terms.startDeadline;
}

async function closeAndTell(
  context: Context,
  lot: Lot,
  effectiveAt: number | undefined,
  options: WatchOptions,
): Promise<void> {
  const receipt = await closeLease(context, lot, {
    signal: options.signal,
    ...(effectiveAt !== undefined && { effectiveAt }),
  });
  options.onNews?.({ kind: 'closed', name: lot.name, group: lot.group.name, receipt });
}

/** By the provider's status where it answers, else by the URLs it last gave: a deaf peer may still serve. */
async function healthOf(context: Context, lot: Lot, signal: AbortSignal): Promise<Health> {
  const answered = await askStatus(context, lot, signal);
  if ('status' in answered) return probeLease(context, lot, answered.status, signal);
  const url = lot.group.urls[0];
  if (url === undefined) return { isHealthy: false, detail: answered.unreachable };
  return probeUrl(context, { url, path: '/', below: 500 }, signal);
}

function warnOfEnd(
  context: Context,
  lot: Lot,
  found: OnChain & { is: 'open' },
  one: Watched,
  now: number,
  tell: (news: WatchNews) => void,
): void {
  if (!lot.group.terms) return;
  const secondsLeft = moneyEndsAt(lot.group.terms, found.state) - now;
  const isLow = secondsLeft < context.config.lowBalanceSeconds;
  if (isLow && !one.isLowTold)
    tell({ kind: 'low-balance', name: lot.name, group: lot.group.name, secondsLeft });
  one.isLowTold = isLow;
}
