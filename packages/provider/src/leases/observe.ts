/** One look at everything the driver runs, for all who ask within the same moment. */
import type { Clock } from '@souk/protocol';
import type { Driver, WorkloadStatus } from '../drivers/driver.ts';

/** What the driver says of all leases, at most `maxAgeMs` old. Throws where it does not answer. */
export type Observe = (maxAgeMs: number) => Promise<ReadonlyMap<string, WorkloadStatus>>;

export function createObserver(deps: {
  readonly driver: Pick<Driver, 'list'>;
  readonly clock: Clock;
}): Observe {
  let latest:
    | { readonly at: number; readonly list: Promise<ReadonlyMap<string, WorkloadStatus>> }
    | undefined;
  return async (maxAgeMs) => {
    const now = deps.clock.now();
    if (latest && now - latest.at < maxAgeMs) return latest.list;
    const list = deps.driver
      .list()
      .then((all) => new Map(all.map((status) => [status.lease as string, status])));
    const entry = { at: now, list };
    latest = entry;
    list.catch(() => {
      if (latest === entry) latest = undefined;
    });
    return list;
  };
}
