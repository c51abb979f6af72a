/**
 * Fills a lease's ring from its driver, one reader at a time. Each reading begins with the driver's past, of which what
 * the ring has already is left out; so a restart of the daemon neither loses nor doubles a line that the driver still
 * has. (Set a clock back and restart: lines of that span come twice.) A workload that floods is cut to size, counted.
 */
import { type Clock, type Fault, type LeaseId, type LogLine, toFault } from '@souk/protocol';
import type { Driver } from '../drivers/driver.ts';
import { untilAborted } from '../leases/abortable.ts';
import type { Budget } from './budget.ts';
import type { Ring } from './ring.ts';
import { type Cursor, cursorKey } from './segments.ts';

export interface FollowDeps {
  readonly driver: Pick<Driver, 'logs'>;
  readonly clock: Clock;
  /** What this daemon reads of all leases together. */
  readonly readBudget: Budget;
  readonly onFault: (fault: Fault) => void;
}

export interface Follower {
  /** Look anew which replicas there are. */
  refresh(): void;
  /** Read now, where the next look at the driver is a while off. */
  hurry(): void;
  /** What the driver has by now is in the ring; then no more is read. */
  finish(): Promise<void>;
  stop(): Promise<void>;
}

export interface FollowOptions {
  readonly linesPerSecond: number;
}

const pauseMs = 1000;
const pastLines = 1_000_000;
const slackMs = 60_000;
/** Seconds of the usual rate that may come at once. */
const burstSeconds = 10;

export function startFollower(
  deps: FollowDeps,
  lease: LeaseId,
  ring: Ring,
  { linesPerSecond }: FollowOptions,
): Follower {
  const { driver, clock, readBudget } = deps;
  const stop = new AbortController();
  let current = new AbortController();
  let isReading = false;
  let tokens = linesPerSecond * burstSeconds;
  let filledAt = clock.now();
  let dropped: { count: number; last: LogLine } | undefined;

  /** Whether a line printed by now may be kept; what was printed before we looked always may. */
  const isWithin = (line: LogLine, openedAt: number): boolean => {
    if (line.at < openedAt) return true;
    const now = clock.now();
    tokens = Math.min(
      linesPerSecond * burstSeconds,
      tokens + (Math.max(0, now - filledAt) / 1000) * linesPerSecond,
    );
    filledAt = now;
    if (tokens < 1) return false;
    tokens -= 1;
    return true;
  };

  const noteDropped = () => {
    if (!dropped) return;
    const { count, last } = dropped;
    dropped = undefined;
    ring.append({
      ...last,
      text: `souk: at least ${count} lines dropped here: more than ${linesPerSecond} a second`,
    });
  };

  const take = (line: LogLine, openedAt: number) => {
    if (isWithin(line, openedAt)) {
      // Room for a while before the note: not one after each line.
      if (dropped && tokens > linesPerSecond / 10) noteDropped();
      return ring.append(line);
    }
    dropped = { count: (dropped?.count ?? 0) + 1, last: line };
  };

  const readOnce = async (follow: boolean, signal: AbortSignal): Promise<void> => {
    const isNew = newerThan(new Map(ring.cursors));
    const openedAt = clock.now();
    const lines = driver.logs(lease, {
      service: null,
      follow,
      tail: pastLines,
      since: knownUntil(ring),
      signal,
    });
    for await (const line of untilAborted(lines, signal)) {
      if (isNew(line)) take(line, openedAt);
      const pause = readBudget.take();
      if (pause > 0) await clock.sleep(pause, signal);
    }
    noteDropped();
  };

  const run = (async () => {
    while (!stop.signal.aborted) {
      current = new AbortController();
      const signal = AbortSignal.any([current.signal, stop.signal]);
      isReading = true;
      await readOnce(true, signal).catch((error: unknown) => {
        if (!signal.aborted) deps.onFault(toFault(error, 'logs.follow-failed', 'self'));
      });
      isReading = false;
      await clock.sleep(pauseMs, signal).catch(() => undefined);
    }
  })();

  const stopNow = async () => {
    stop.abort(new Error('no longer followed'));
    await run;
  };

  return {
    refresh: () => current.abort(new Error('replicas changed')),
    hurry: () => (isReading ? undefined : current.abort(new Error('wanted now'))),
    stop: stopNow,
    async finish() {
      await stopNow();
      await readOnce(false, AbortSignal.timeout(10_000)).catch((error: unknown) =>
        deps.onFault(toFault(error, 'logs.follow-failed', 'self')),
      );
    },
  };
}

/** Lines come in order of time over all streams, but for a little: the ring has all from well before its latest line. */
function knownUntil({ cursors }: Ring): number {
  return Math.max(0, ...[...cursors.values()].map(({ at }) => at - slackMs));
}

/** Tells which of a reading's lines the ring does not have. Per stream they come in the order in which they were written. */
function newerThan(cursors: ReadonlyMap<string, Cursor>): (line: LogLine) => boolean {
  const past = new Map([...cursors].map(([key, cursor]) => [key, { ...cursor, seen: 0 }]));
  return (line) => {
    const key = cursorKey(line);
    const cursor = past.get(key);
    if (!cursor) return true;
    if (line.at < cursor.at) return false;
    if (line.at === cursor.at && (cursor.seen += 1) <= cursor.count) return false;
    past.delete(key);
    return true;
  };
}
