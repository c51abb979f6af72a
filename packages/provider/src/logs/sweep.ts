/** Removes kept logs: what is too old, then, above the bound of all, the oldest of what is closed, then of what is largest. */
import { readdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { Clock, LeaseId } from '@souk/protocol';
import type { Book } from '../leases/book.ts';
import type { ProviderMetrics } from '../metrics.ts';
import type { Ring } from './ring.ts';
import { listSegments } from './segments.ts';

export interface SweepDeps {
  readonly book: Pick<Book, 'get'>;
  readonly clock: Clock;
  readonly metrics: Pick<ProviderMetrics, 'keptLogBytes'>;
  /** Holds one folder per lease. */
  readonly root: string;
  /** Of leases that are live. */
  readonly rings: () => Promise<ReadonlyMap<LeaseId, Ring>>;
}

export interface SweepConfig {
  readonly keptLogTotalMib: number;
  readonly keptLogDays: number;
}

interface ClosedLog {
  readonly path: string;
  /** Unix milliseconds of its lease's end. */
  readonly at: number;
  readonly bytes: number;
}

const dayMs = 86_400_000;
const mebibyte = 1024 * 1024;

export async function sweepLogs(deps: SweepDeps, config: SweepConfig): Promise<void> {
  const rings = await deps.rings();
  const limit = config.keptLogTotalMib * mebibyte;
  const liveBytes = () => [...rings.values()].reduce((sum, ring) => sum + ring.bytes(), 0);
  const closed = await dropExpired(deps, rings, config.keptLogDays * dayMs);
  let closedBytes = closed.reduce((sum, { bytes }) => sum + bytes, 0);
  for (const { path, bytes } of closed.toSorted((a, b) => a.at - b.at)) {
    if (closedBytes + liveBytes() <= limit) break;
    await rm(path, { recursive: true, force: true });
    closedBytes -= bytes;
  }
  for (let before = Number.POSITIVE_INFINITY; liveBytes() > limit && liveBytes() < before;) {
    before = liveBytes();
    await [...rings.values()].toSorted((a, b) => b.bytes() - a.bytes())[0]?.shrink();
  }
  deps.metrics.keptLogBytes.set(closedBytes + liveBytes());
}

/** Of leases that are closed; of such as nobody remembers nothing is kept. */
async function dropExpired(
  { book, clock, root }: SweepDeps,
  rings: ReadonlyMap<LeaseId, Ring>,
  keptMs: number,
): Promise<readonly ClosedLog[]> {
  const closed: ClosedLog[] = [];
  for (const name of await readdir(root).catch(() => [] as string[])) {
    const id = `0x${name}` as LeaseId;
    const lease = book.get(id);
    if (rings.has(id) || (lease && lease.record.stage !== 'closed')) continue;
    const path = join(root, name);
    const at = (lease?.record.changedAt ?? 0) * 1000;
    if (clock.now() - at > keptMs) {
      await rm(path, { recursive: true, force: true });
      continue;
    }
    const bytes = (await listSegments(path)).reduce((sum, segment) => sum + segment.bytes, 0);
    closed.push({ path, at, bytes });
  }
  return closed;
}
