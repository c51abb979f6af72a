/**
 * Keeps an eye on every deployment: probes what runs, leaves what stays unhealthy and orders it elsewhere, warns when
 * money ends. Level-triggered: each round acts on what record and chain say, so a watch that was killed at any line, or
 * runs twice, changes nothing. A node or network that can't be asked is never taken for a dead workload.
 */
import { encodeJson, type LeaseStatus, toFault } from '@souk/protocol';
import type { Context } from '../context.ts';
import { type Deployment, type DeploymentGroup, isEnded, isToReplace } from '../deployment.ts';
import { placesOf, urlsOf } from '../leases/bring-up.ts';
import { closeLease } from '../leases/close.ts';
import type { Lot, OnChain } from '../leases/lot.ts';
import { isPaused } from '../leases/pause.ts';
import type { HeldPeer } from '../sessions/peers.ts';
import { rememberSnapshots } from '../volumes/volumes.ts';
import type { WatchNews } from '../types.ts';
import { createJobs } from './jobs.ts';
import { leaveLease } from './leave.ts';
import { type Look, lookAt } from './look.ts';
import { createMoneyDesk, type MoneyDesk } from './money.ts';
import { type Cause, moveGroup } from './move.ts';
import { resendReady, syncGroup } from './reconcile.ts';
import { bringReplacement } from './replace.ts';
import { isCloseOnly } from './standby.ts';
import { startJob, type Watching } from './watching.ts';

interface Watched {
  readonly held: HeldPeer;
  /** Chain time at which it was last seen healthy, or first seen at all. */
  workedAt: number;
  /** Chain time of the first of unbroken unhealthy looks; null while healthy or when a look failed on our side. */
  sickSince: number | null;
  isHealthy: boolean;
  /** That it can't be moved was said once. */
  isStuck: boolean;
}

export interface WatchOptions {
  readonly signal: AbortSignal;
  readonly onNews?: (news: WatchNews) => void;
}

interface Round extends Watching {
  readonly watched: Map<string, Watched>;
  readonly money: MoneyDesk;
  readonly signal: AbortSignal;
}

/** A group as this round found it. */
interface Subject {
  readonly record: Deployment;
  readonly group: DeploymentGroup;
}

export async function watchLeases(context: Context, options: WatchOptions): Promise<void> {
  const { clock, log } = context.deps;
  const { signal } = options;
  const jobs = createJobs();
  const tell = options.onNews ?? (() => undefined);
  const round: Round = {
    context,
    jobs,
    tell,
    money: createMoneyDesk(context, tell),
    watched: new Map(),
    signal,
  };
  try {
    while (!signal.aborted) {
      try {
        await watchOnce(round);
      } catch (error) {
        if (signal.aborted) break;
        log.warn('watch round failed', { code: toFault(error, 'tenant.watch-failed', 'self').code });
      }
      await clock.sleep(context.config.watchIntervalMs, signal).catch(() => undefined);
    }
  } finally {
    await jobs[Symbol.asyncDispose]();
    await Promise.allSettled([...round.watched.values()].map((one) => one.held[Symbol.asyncDispose]()));
  }
}

/** Groups are looked at side by side: one that hangs holds up no other for longer than its time-outs. */
async function watchOnce(round: Round): Promise<void> {
  const records = await round.context.records.list();
  for (const record of records) {
    for (const group of record.leaving) {
      const what = { does: 'leave', lease: group.lease };
      startJob(round, `leave ${group.lease}`, what, (signal) => leaveLease(round, record, group, signal));
    }
  }
  const subjects = records.flatMap((record) => record.groups.map((group) => ({ record, group })));
  await forget(
    round,
    new Set(subjects.filter(({ group }) => !isEnded(group)).map(({ group }) => group.lease)),
  );
  await Promise.all(subjects.map((subject) => watchSafely(round, subject)));
}

async function forget(round: Round, living: ReadonlySet<string>): Promise<void> {
  const { watched } = round;
  for (const [lease, one] of watched) {
    if (living.has(lease)) continue;
    watched.delete(lease);
    round.money.forget(lease);
    await one.held[Symbol.asyncDispose]();
  }
}

async function watchSafely(round: Round, subject: Subject): Promise<void> {
  const { lease } = subject.group;
  try {
    await watchGroup(round, subject);
  } catch (error) {
    const one = round.watched.get(lease);
    if (one) one.sickSince = null;
    const { code } = toFault(error, 'tenant.watch-failed', 'self');
    if (!round.signal.aborted) round.context.deps.log.warn('lease not watched', { lease, code });
  }
}

async function watchGroup(round: Round, { record, group }: Subject): Promise<void> {
  const { context } = round;
  if (isToReplace(record, group)) return orderAgain(round, { record, group });
  const found = await syncGroup(context, record.name, group);
  if (!group.isWanted) round.jobs.stop(`bring ${group.lease}`);
  if (found?.is === 'closed') {
    round.tell({ kind: 'closed', name: record.name, group: group.name, receipt: found.receipt });
    const ended = { record, group: found.group };
    return isToReplace(record, found.group) ? orderAgain(round, ended) : undefined;
  }
  const current = found?.is === 'open' ? found.group : group;
  if (group.replaces && group.isWanted) return bringUp(round, { record, group: current });
  if (found?.is === 'open') await watchOpen(round, { record, group: found.group }, found);
}

/** A lease that ended without anybody here having asked for it. */
function orderAgain(round: Round, { record, group }: Subject): void {
  const { context } = round;
  if (group.replaces && context.deps.clock.now() < group.replaces.nextTryAt) return;
  const { receipt } = group;
  const why = receipt ? `its lease was closed by ${receipt.by}` : 'its order has ended';
  const cause = { why, workedAt: receipt?.effectiveAt ?? 0, keepUntil: null };
  startJob(round, `move ${group.lease}`, { does: 'order again', lease: group.lease }, async () => {
    if (await moveGroup(round, record, group, cause)) return;
    await context.records.change(record.name, group.lease, { isWanted: false });
  });
}

function bringUp(round: Round, { record, group }: Subject): void {
  const what = { does: 'bring up', lease: group.lease };
  startJob(round, `bring ${group.lease}`, what, (signal) => bringReplacement(round, record, group, signal));
}

async function watchOpen(round: Round, subject: Subject, found: OnChain & { is: 'open' }): Promise<void> {
  const { context, signal } = round;
  const { record, group } = subject;
  const { timestamp: now } = await context.deps.chain.head();
  const one = await watchedOf(round, group, now);
  const lot = { name: record.name, group, peer: one.held.peer };
  if (group.phase === 'closing' || !group.isWanted) return closeInTime(round, subject, undefined);
  if (!isMetered(group, now) || round.jobs.isRunning(`move ${group.lease}`)) return;
  await resendReady(context, lot, found, signal);
  const look = await lookAt(context, lot, signal);
  const seen = { lot, state: found.state, status: look.status, now, signal };
  if (look.status) await rememberSnapshots(context, lot, look.status);
  // Without the tenant's agent key there is nothing to agree on.
  const claimedSince = isCloseOnly(group) ? null : await round.money.look(seen);
  if (claimedSince !== null) {
    const why = 'it is stopped as if paused, but costs as before';
    return giveUp(round, subject, { why, workedAt: claimedSince, keepUntil: null });
  }
  // What is paused costs little and serves nobody: nothing is gained by leaving its provider.
  if (isPaused(group)) return;
  await note(round, lot, one, { look, now });
  if (look.status !== null && reclaimOf(look.status) !== null)
    return makeRoom(round, subject, one, { now, keepUntil: reclaimOf(look.status) });
  if (one.sickSince === null || now - one.sickSince < patienceOf(context, one, look)) return;
  const detail = look.health.isHealthy ? '' : look.health.detail;
  giveUp(round, subject, { why: detail, workedAt: one.workedAt, keepUntil: null });
}

async function watchedOf({ context, watched }: Round, group: DeploymentGroup, now: number): Promise<Watched> {
  const known = watched.get(group.lease);
  if (known) return known;
  const held = await context.peers.hold(group.agentKey);
  const workedAt = group.workedAt ?? now;
  const one: Watched = {
    held,
    workedAt,
    sickSince: null,
    isHealthy: true,
    isStuck: false,
  };
  watched.set(group.lease, one);
  return one;
}

/** On record as soon as it fails: whoever watches next claws back from when it last worked. */
async function note(
  { context, tell }: Round,
  { name, group }: Lot,
  one: Watched,
  { look, now }: { readonly look: Look; readonly now: number },
): Promise<void> {
  const { health } = look;
  if (health.isHealthy) one.workedAt = now;
  one.sickSince = health.isHealthy ? null : (one.sickSince ?? now);
  const workedAt = health.isHealthy ? null : one.workedAt;
  const isAsBefore = workedAt === group.workedAt && !hasMoved(group, look);
  if (!isAsBefore) await context.records.change(name, group.lease, { workedAt, ...placesNow(group, look) });
  if (health.isHealthy === one.isHealthy) return;
  one.isHealthy = health.isHealthy;
  const detail = health.isHealthy ? 'answers again' : health.detail;
  tell({ kind: health.isHealthy ? 'healthy' : 'unhealthy', name, group: group.name, detail });
}

/** A provider that was restarted or updated may serve it elsewhere. */
function hasMoved(group: DeploymentGroup, look: Look): boolean {
  return encodeJson(placesNow(group, look).places) !== encodeJson(group.places);
}

function placesNow(
  group: DeploymentGroup,
  { health, status }: Look,
): Pick<DeploymentGroup, 'urls' | 'places'> {
  const { urls, places } = group;
  return health.isHealthy && status ? { urls: urlsOf(status), places: placesOf(status) } : { urls, places };
}

/** Without any peer it may well be this machine that is cut off. */
function patienceOf({ config }: Context, one: Watched, look: Look): number {
  const isIsolated = look.status === null && one.held.peer.connectedPeers().length === 0;
  return isIsolated
    ? Math.max(config.isolatedPatienceSeconds, config.unhealthyPatienceSeconds)
    : config.unhealthyPatienceSeconds;
}

/** Before it is ready, an opening looks after its lease; but one that died must not leave a meter running. */
function isMetered(group: DeploymentGroup, now: number): boolean {
  if (group.phase === 'ready') return true;
  return group.phase === 'open' && group.terms !== null && now >= group.terms.startDeadline;
}

function giveUp(round: Round, subject: Subject, cause: Cause): void {
  const { record, group } = subject;
  startJob(round, `move ${group.lease}`, { does: 'move', lease: group.lease }, async (signal) => {
    const isMoved = record.failover && (await moveGroup(round, record, group, cause));
    if (!isMoved) await close(round, subject, cause.workedAt, signal);
  });
}

/** The provider takes the capacity back: the successor is brought up while this one still serves. */
function makeRoom(
  round: Round,
  { record, group }: Subject,
  one: Watched,
  { now, keepUntil }: { readonly now: number; readonly keepUntil: number | null },
): void {
  if (!record.failover || one.isStuck) return;
  const cause = { why: 'the provider takes the capacity back', workedAt: now, keepUntil };
  startJob(round, `move ${group.lease}`, { does: 'move', lease: group.lease }, async () => {
    one.isStuck = !(await moveGroup(round, record, group, cause));
  });
}

function reclaimOf(status: LeaseStatus): number | null {
  return status.reclaimAt ?? (status.phase === 'reclaiming' ? status.since : null);
}

function closeInTime(round: Round, subject: Subject, effectiveAt: number | undefined): void {
  const { lease } = subject.group;
  startJob(round, `leave ${lease}`, { does: 'close', lease }, (signal) =>
    close(round, subject, effectiveAt, signal),
  );
}

async function close(
  { context, tell }: Round,
  { record, group }: Subject,
  effectiveAt: number | undefined,
  signal: AbortSignal,
): Promise<void> {
  await using held = await context.peers.hold(group.agentKey);
  const lot = { name: record.name, group, peer: held.peer };
  const at = effectiveAt === undefined ? {} : { effectiveAt };
  const receipt = await closeLease(context, lot, { signal, ...at });
  tell({ kind: 'closed', name: record.name, group: group.name, receipt });
}
