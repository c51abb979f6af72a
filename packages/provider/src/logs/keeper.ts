/**
 * Keeps what workloads write: a bounded ring of files per lease, filled by one follower each, readable over restarts of
 * the daemon and for days after a lease is closed. It decides by the book alone, once a second. It must never hold up a
 * lease: a full disk, a driver that is silent or a workload that floods cost log lines, nothing else.
 */
import { join } from 'node:path';
import { type Clock, type LeaseId, type Log, type LogForward, type LogLine, toFault } from '@souk/protocol';
import type { Driver } from '../drivers/driver.ts';
import type { Book, Lease } from '../leases/book.ts';
import type { ProviderMetrics } from '../metrics.ts';
import type { Outbound } from '../outbound/outbound.ts';
import { createBudget } from './budget.ts';
import { type Follower, startFollower } from './follow.ts';
import { type Forwarder, startForwarder } from './forward/forwarder.ts';
import type { ReadOptions } from './reader.ts';
import { openRing, type Ring } from './ring.ts';
import { sweepLogs } from './sweep.ts';

export interface LogKeeper extends AsyncDisposable {
  /** Of a lease that is live, or was closed not too long ago. Nothing where nothing is kept. */
  read(lease: LeaseId, options: ReadOptions): AsyncIterable<LogLine>;
  /** End the workload and take its last words, before it is removed with all it wrote. */
  takeLast(lease: LeaseId): Promise<void>;
}

export interface LogKeeperDeps {
  readonly driver: Pick<Driver, 'logs' | 'stop'>;
  readonly book: Pick<Book, 'all' | 'get' | 'note'>;
  readonly folder: string;
  readonly outbound: Outbound;
  readonly clock: Clock;
  readonly log: Log;
  readonly metrics: Pick<ProviderMetrics, 'keptLogBytes'>;
}

export interface LogKeeperConfig {
  readonly keptLogMib: number;
  readonly keptLogTotalMib: number;
  readonly keptLogDays: number;
  readonly logLinesPerSecond: number;
}

interface Kept {
  readonly ring: Ring;
  readonly follower: Follower;
  readonly forwarders: Map<string, Forwarder>;
  /** Of the replicas there are; a change means that the driver is asked anew. */
  replicas: string;
}

const tickMs = 1000;
const sweepMs = 60_000;
const mebibyte = 1024 * 1024;
/** Read of all leases together; what a flood is beyond that, the driver's own ring drops. */
const readLinesPerSecond = 50_000;
/** From a line's printing to its being here, mostly. */
const settleMs = 250;
/** For what is left of a closed lease's log to be sent where its tenant wants it. */
const lastSendMs = 30_000;

export function startLogKeeper(deps: LogKeeperDeps, config: LogKeeperConfig): LogKeeper {
  const { book, clock, log } = deps;
  const root = join(deps.folder, 'logs');
  const stop = new AbortController();
  const kept = new Map<LeaseId, Promise<Kept>>();
  const lastSends = new Set<Promise<void>>();
  const readBudget = createBudget(clock, readLinesPerSecond);
  const folderOf = (lease: LeaseId) => join(root, lease.slice(2));

  const openRingOf = (lease: LeaseId) =>
    openRing(folderOf(lease), {
      maxBytes: config.keptLogMib * mebibyte,
      clock,
      onTrouble: (error) =>
        log.warn('log lines lost', { lease, code: toFault(error, 'logs.disk-refuses', 'self').code }),
    });

  const keep = (lease: LeaseId): Promise<Kept> => {
    const known = kept.get(lease);
    if (known) return known;
    const opening = openRingOf(lease).then((ring) => ({
      ring,
      follower: startFollower(
        { ...deps, readBudget, onFault: ({ code }) => log.debug('log not followed', { lease, code }) },
        lease,
        ring,
        { linesPerSecond: config.logLinesPerSecond },
      ),
      forwarders: new Map<string, Forwarder>(),
      replicas: '',
    }));
    kept.set(lease, opening);
    opening.catch(() => kept.delete(lease));
    return opening;
  };

  const drop = async (lease: LeaseId): Promise<void> => {
    const entry = await kept.get(lease);
    if (!entry || !kept.delete(lease)) return;
    await entry.follower.stop();
    await entry.ring.end();
    for (const forwarder of entry.forwarders.values()) {
      const work = Promise.race([forwarder.done, clock.sleep(lastSendMs, stop.signal)])
        .catch(() => undefined)
        .then(() => forwarder.stop())
        .finally(() => lastSends.delete(work));
      lastSends.add(work);
    }
  };

  /** Made equal to what the lease asks for. */
  const forward = async (lease: Lease, entry: Kept): Promise<void> => {
    const wanted = new Map<string, LogForward>(
      (lease.record.request?.runtime.logForward ?? []).map((target) => [JSON.stringify(target), target]),
    );
    for (const [key, forwarder] of entry.forwarders) {
      if (wanted.has(key)) continue;
      entry.forwarders.delete(key);
      await forwarder.stop();
    }
    for (const [key, target] of wanted) {
      if (entry.forwarders.has(key)) continue;
      const source = { lease: lease.id, ring: entry.ring, folder: folderOf(lease.id) };
      const note = (detail: string) => book.note(lease, 'log-forward', detail);
      entry.forwarders.set(key, startForwarder({ ...deps, note }, source, target));
    }
  };

  const look = async (lease: Lease): Promise<void> => {
    if (lease.record.stage === 'closed') return kept.has(lease.id) ? drop(lease.id) : undefined;
    if (lease.record.stage !== 'up') return;
    const entry = await keep(lease.id);
    const replicas = replicasOf(lease);
    if (entry.replicas !== '' && entry.replicas !== replicas) entry.follower.refresh();
    entry.replicas = replicas;
    await forward(lease, entry);
  };

  const tick = async (): Promise<void> => {
    for (const lease of book.all()) {
      await look(lease).catch((error: unknown) =>
        log.warn('log not kept', { lease: lease.id, code: toFault(error, 'logs.not-kept', 'self').code }),
      );
    }
  };

  const rings = async () =>
    new Map(await Promise.all([...kept].map(async ([lease, entry]) => [lease, (await entry).ring] as const)));
  const sweep = () => sweepLogs({ ...deps, root, rings }, config);
  const rounds = [every(tickMs, tick), every(sweepMs, sweep)];
  async function every(ms: number, work: () => Promise<void>): Promise<void> {
    while (!stop.signal.aborted) {
      await work().catch((error: unknown) =>
        log.warn('logs not looked through', { code: toFault(error, 'logs.sweep-failed', 'self').code }),
      );
      await clock.sleep(ms, stop.signal).catch(() => undefined);
    }
  }

  return {
    async *read(lease, options) {
      const isUp = book.get(lease)?.record.stage === 'up' && !stop.signal.aborted;
      const live = await (isUp ? keep(lease) : kept.get(lease));
      if (live) {
        live.follower.hurry();
        if (!options.follow) await clock.sleep(settleMs, options.signal);
        return yield* live.ring.read(options);
      }
      const ring = await openRingOf(lease);
      try {
        yield* ring.read({ ...options, follow: false });
      } finally {
        await ring.end();
      }
    },
    async takeLast(lease) {
      if (stop.signal.aborted) return;
      try {
        await deps.driver.stop(lease);
        const entry = await keep(lease);
        const ending = book.get(lease);
        if (ending) await forward(ending, entry);
        await entry.follower.finish();
      } catch (error) {
        log.debug('last log lines not taken', { lease, code: toFault(error, 'logs.not-kept', 'self').code });
      }
      await drop(lease).catch(() => undefined);
    },
    async [Symbol.asyncDispose]() {
      stop.abort(new Error('the provider stops'));
      await Promise.all(rounds);
      await Promise.all([...kept.keys()].map((lease) => drop(lease).catch(() => undefined)));
      await Promise.all(lastSends);
    },
  };
}

function replicasOf({ observed }: Lease): string {
  return (observed?.replicas ?? [])
    .map(({ service, replica, state, restarts }) => `${service}/${replica}/${state}/${restarts}`)
    .join(' ');
}
