/**
 * Keeps what workloads write: a bounded ring of files per lease, filled by one follower each, readable over restarts of
 * the daemon and for days after a lease is closed. It decides by the book alone, once a second. It must never hold up a
 * lease: a full disk, a driver that is silent or a workload that floods cost log lines, nothing else.
 */
import { readdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { type Clock, type LeaseId, type Log, type LogLine, toFault } from '@souk/protocol';
import type { Driver } from '../drivers/driver.ts';
import type { Book, Lease } from '../leases/book.ts';
import type { ProviderMetrics } from '../metrics.ts';
import { createBudget } from './budget.ts';
import { type Follower, startFollower } from './follow.ts';
import type { ReadOptions } from './reader.ts';
import { openRing, type Ring } from './ring.ts';
import { listSegments } from './segments.ts';

export interface LogKeeper extends AsyncDisposable {
  /** Of a lease that is live, or was closed not too long ago. Nothing where nothing is kept. */
  read(lease: LeaseId, options: ReadOptions): AsyncIterable<LogLine>;
  /** End the workload and take its last words, before it is removed with all it wrote. */
  takeLast(lease: LeaseId): Promise<void>;
}

export interface LogKeeperDeps {
  readonly driver: Pick<Driver, 'logs' | 'stop'>;
  readonly book: Pick<Book, 'all' | 'get'>;
  readonly folder: string;
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
  /** Of the replicas there are; a change means that the driver is asked anew. */
  replicas: string;
}

const tickMs = 1000;
const sweepMs = 60_000;
const mebibyte = 1024 * 1024;
const dayMs = 86_400_000;
/** Read of all leases together; what a flood is beyond that, the driver's own ring drops. */
const readLinesPerSecond = 50_000;
/** From a line's printing to its being here, mostly. */
const settleMs = 250;

export function startLogKeeper(deps: LogKeeperDeps, config: LogKeeperConfig): LogKeeper {
  const { book, clock, log } = deps;
  const root = join(deps.folder, 'logs');
  const stop = new AbortController();
  const kept = new Map<LeaseId, Promise<Kept>>();
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
      replicas: '',
    }));
    kept.set(lease, opening);
    opening.catch(() => kept.delete(lease));
    return opening;
  };

  const drop = async (lease: LeaseId): Promise<void> => {
    const entry = await kept.get(lease);
    kept.delete(lease);
    await entry?.follower.stop();
    await entry?.ring.end();
  };

  const look = async (lease: Lease): Promise<void> => {
    if (lease.record.stage === 'closed') return kept.has(lease.id) ? drop(lease.id) : undefined;
    if (lease.record.stage !== 'up') return;
    const entry = await keep(lease.id);
    const replicas = replicasOf(lease);
    if (entry.replicas !== '' && entry.replicas !== replicas) entry.follower.refresh();
    entry.replicas = replicas;
  };

  const tick = async (): Promise<void> => {
    for (const lease of book.all()) {
      await look(lease).catch((error: unknown) =>
        log.warn('log not kept', { lease: lease.id, code: toFault(error, 'logs.not-kept', 'self').code }),
      );
    }
  };

  const sweep = createSweep({ ...deps, root, kept }, config);
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
        const { follower } = await keep(lease);
        await follower.finish();
      } catch (error) {
        log.debug('last log lines not taken', { lease, code: toFault(error, 'logs.not-kept', 'self').code });
      }
      await drop(lease).catch(() => undefined);
    },
    async [Symbol.asyncDispose]() {
      stop.abort(new Error('the provider stops'));
      await Promise.all(rounds);
      await Promise.all([...kept.keys()].map((lease) => drop(lease).catch(() => undefined)));
    },
  };
}

function replicasOf({ observed }: Lease): string {
  return (observed?.replicas ?? [])
    .map(({ service, replica, state, restarts }) => `${service}/${replica}/${state}/${restarts}`)
    .join(' ');
}

/** Removes what is too old, then, above the bound of all, the oldest of what is closed, then the oldest of what is largest. */
function createSweep(
  deps: Pick<LogKeeperDeps, 'book' | 'clock' | 'log' | 'metrics'> & {
    readonly root: string;
    readonly kept: ReadonlyMap<LeaseId, Promise<Kept>>;
  },
  config: LogKeeperConfig,
): () => Promise<void> {
  const { book, clock, root, kept } = deps;
  return async () => {
    const closed: { readonly path: string; readonly at: number; readonly bytes: number }[] = [];
    for (const name of await readdir(root).catch(() => [] as string[])) {
      const id = `0x${name}` as LeaseId;
      const lease = book.get(id);
      if (kept.has(id) || (lease && lease.record.stage !== 'closed')) continue;
      const path = join(root, name);
      const at = (lease?.record.changedAt ?? 0) * 1000;
      if (clock.now() - at > config.keptLogDays * dayMs) await rm(path, { recursive: true, force: true });
      else
        closed.push({
          path,
          at,
          bytes: (await listSegments(path)).reduce((sum, each) => sum + each.bytes, 0),
        });
    }
    const rings = (await Promise.all(kept.values())).map((entry) => entry.ring);
    const liveBytes = () => rings.reduce((sum, ring) => sum + ring.bytes(), 0);
    let closedBytes = closed.reduce((sum, each) => sum + each.bytes, 0);
    const limit = config.keptLogTotalMib * mebibyte;
    for (const { path, bytes } of closed.toSorted((a, b) => a.at - b.at)) {
      if (closedBytes + liveBytes() <= limit) break;
      await rm(path, { recursive: true, force: true });
      closedBytes -= bytes;
    }
    for (let over = liveBytes() > limit; over;) {
      const before = liveBytes();
      await rings.toSorted((a, b) => b.bytes() - a.bytes())[0]?.shrink();
      over = liveBytes() > limit && liveBytes() < before;
    }
    deps.metrics.keptLogBytes.set(closedBytes + liveBytes());
  };
}
