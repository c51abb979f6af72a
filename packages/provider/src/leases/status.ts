/** What a tenant is told of its lease. */
import type { Clock, LeaseStatus, ServiceStatus } from '@souk/protocol';
import type { Driver, ReplicaUsage } from '../drivers/driver.ts';
import type { Ingress } from '../ingress/ingress.ts';
import type { Volumes } from '../volumes/volumes.ts';
import type { Metering } from '../metering/metering.ts';
import type { Lease } from './book.ts';
import { serviceHealth, wantedNow } from './condition.ts';
import type { Pauser } from './pause.ts';
import { sceneOf } from './scene.ts';
import { updateStatusOf } from './update/run.ts';

export interface StatusDeps {
  readonly clock: Pick<Clock, 'now'>;
  readonly driver: Pick<Driver, 'name' | 'warnings'>;
  readonly ingress: Pick<Ingress, 'urlsOf' | 'portsOf' | 'warningsOf'>;
  readonly metering: Pick<Metering, 'usageOf'>;
  readonly pausesAt: Pauser['pausesAt'];
  readonly volumes: Pick<Volumes, 'snapshotsOf'>;
  readonly publicHost: string;
}

export function statusOf(lease: Lease, deps: StatusDeps): LeaseStatus {
  const { record } = lease;
  return {
    lease: lease.id,
    ...phaseOf(lease),
    progress: lease.progress,
    since: lease.since,
    openTx: record.openTx,
    driver: deps.driver.name,
    services: record.stage === 'up' ? servicesOf(lease, deps) : [],
    warnings: [...deps.driver.warnings, ...deps.ingress.warningsOf(lease.id)]
      .slice(0, 8)
      .map((warning) => warning.slice(0, 300)),
    update: updateStatusOf(record, lease.detail),
    pausesAt: deps.pausesAt(lease),
    reclaimAt: record.reclaimAt,
    snapshots: deps.volumes.snapshotsOf(lease.id).slice(0, 256),
  };
}

/** Under notice a lease that works is told as such; one in trouble, as what it is. */
function phaseOf({ phase, detail, record }: Lease): Pick<LeaseStatus, 'phase' | 'detail'> {
  const works = phase === 'ready' || (phase === 'running' && record.readyAt > 0);
  if (record.stage !== 'up' || record.reclaimAt === null || !works) return { phase, detail };
  return { phase: 'reclaiming', detail: `${detail}; the provider is about to take the capacity back` };
}

function servicesOf(lease: Lease, deps: StatusDeps): ServiceStatus[] {
  const urls = deps.ingress.urlsOf(lease.id);
  const ports = deps.ingress.portsOf(lease.id);
  const usage = deps.metering.usageOf(lease);
  const scene = sceneOf(lease, Math.floor(deps.clock.now() / 1000));
  return (lease.record.request?.manifest.services ?? []).map(({ name, count }) => {
    const replicas = lease.observed?.replicas.filter((replica) => replica.service === name) ?? [];
    return {
      name,
      wanted: wantedNow(scene, { name, count }),
      running: replicas.filter((replica) => replica.state === 'running').length,
      restarts: replicas.reduce((sum, replica) => sum + replica.restarts, 0),
      urls: urls
        .filter((entry) => entry.service === name)
        .map((entry) => entry.url)
        .slice(0, 64),
      ports: ports
        .filter((mapping) => mapping.service === name)
        .slice(0, 64)
        .map(({ port, externalPort }) => ({
          host: deps.publicHost,
          externalPort,
          port,
          proto: 'TCP' as const,
        })),
      usage: totalUsage(usage.filter((replica) => replica.service === name)),
      lastExit: replicas.findLast((replica) => replica.lastExit !== null)?.lastExit?.slice(0, 500) ?? null,
      health: serviceHealth(scene, name),
    };
  });
}

function totalUsage(replicas: readonly ReplicaUsage[]): ServiceStatus['usage'] {
  const sum = (pick: (usage: ReplicaUsage) => number) =>
    replicas.reduce((total, usage) => total + pick(usage), 0);
  return {
    cpuSeconds: sum((usage) => usage.cpuSeconds),
    memoryBytes: sum((usage) => usage.memoryBytes),
    networkRxBytes: sum((usage) => usage.networkRxBytes),
    networkTxBytes: sum((usage) => usage.networkTxBytes),
    diskBytes: sum((usage) => usage.diskBytes),
  };
}
