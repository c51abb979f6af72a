/** What there is to judge a lease's workload by, out of its record and what was seen of it. */
import { plainRuntime } from '@souk/protocol';
import type { Lease } from './book.ts';
import type { Scene } from './condition.ts';

/** `now` in unix seconds. */
export function sceneOf({ record, observed, vitals }: Lease, now: number): Scene {
  const { request, paused } = record;
  return {
    services: request?.manifest.services ?? [],
    runtime: request?.runtime ?? plainRuntime,
    replicas: observed?.replicas,
    vitals,
    now,
    isReady: record.readyAt > 0 || record.ready !== null,
    hasRun: record.healthyAt > 0 && !paused,
  };
}
