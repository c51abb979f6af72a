/** Samples what each lease's replicas use, for Prometheus and for the tenant's status. */
import { type Clock, type LeaseId, type Log, toFault } from '@souk/protocol';
import type { Driver, ReplicaUsage } from '../drivers/driver.ts';
import type { Book } from '../leases/book.ts';
import type { ProviderMetrics } from '../metrics.ts';

export interface Metering extends AsyncDisposable {
  /** As last sampled. */
  usageOf(lease: { readonly id: LeaseId }): readonly ReplicaUsage[];
}

export interface MeteringDeps {
  readonly driver: Pick<Driver, 'usage'>;
  readonly book: Book;
  readonly clock: Clock;
  readonly log: Log;
  readonly metrics: ProviderMetrics;
}

export function startMetering(deps: MeteringDeps, config: { readonly meteringMs: number }): Metering {
  const { driver, book, clock, metrics } = deps;
  const latest = new Map<LeaseId, readonly ReplicaUsage[]>();
  const stop = new AbortController();

  const labelsOf = (lease: LeaseId, { service, replica }: ReplicaUsage) => ({
    lease,
    service,
    replica: `${replica}`,
  });
  const publish = (lease: LeaseId, usage: ReplicaUsage) => {
    const labels = labelsOf(lease, usage);
    metrics.cpu.set(labels, usage.cpuSeconds);
    metrics.memory.set(labels, usage.memoryBytes);
    metrics.received.set(labels, usage.networkRxBytes);
    metrics.sent.set(labels, usage.networkTxBytes);
    metrics.disk.set(labels, usage.diskBytes);
  };
  const forget = (lease: LeaseId) => {
    for (const usage of latest.get(lease) ?? []) {
      const labels = labelsOf(lease, usage);
      for (const gauge of [metrics.cpu, metrics.memory, metrics.received, metrics.sent, metrics.disk]) {
        gauge.remove(labels);
      }
    }
    latest.delete(lease);
  };

  const sample = async () => {
    const running = book.all().filter((lease) => lease.record.stage === 'up' && lease.done.has('workload'));
    const ids = new Set(running.map((lease) => lease.id));
    for (const lease of latest.keys()) if (!ids.has(lease)) forget(lease);
    for (const { id } of running) {
      const usage = await driver.usage(id);
      forget(id);
      latest.set(id, usage);
      for (const replica of usage) publish(id, replica);
    }
  };

  const loop = (async () => {
    while (!stop.signal.aborted) {
      await sample().catch((error: unknown) =>
        deps.log.debug('usage not sampled', { code: toFault(error, 'metering.failed', 'self').code }),
      );
      await clock.sleep(config.meteringMs, stop.signal).catch(() => undefined);
    }
  })();

  return {
    usageOf: (lease) => latest.get(lease.id) ?? [],
    async [Symbol.asyncDispose]() {
      stop.abort();
      await loop;
    },
  };
}
