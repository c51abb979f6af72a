/**
 * Does what an update has started work? All its replicas run, none of them ends again and again, and those that are new
 * pass their health probe; one without a probe takes connections on the ports it says it has.
 */
import type { HealthProbe, LeaseId, ManifestService } from '@souk/protocol';
import type { ReplicaStatus } from '../../drivers/driver.ts';
import { mayRestart } from '../../drivers/wanted.ts';
import { probeOnce, type ProbesDeps } from '../probes.ts';
import type { Version } from '../workload.ts';
import type { Replicas } from './plan.ts';

export interface Look {
  readonly lease: LeaseId;
  readonly version: Version;
  /** All that should run this version, and those of them that were started just now. */
  readonly replicas: Replicas;
  readonly fresh: Replicas;
  readonly seen: readonly ReplicaStatus[];
}

export interface Trouble {
  readonly detail: string;
  /** It ended, and has to be started again. */
  readonly isEnded: boolean;
}

/** What is wrong first, undefined where nothing is. */
export async function findTrouble(deps: ProbesDeps, look: Look): Promise<Trouble | undefined> {
  for (const [service, indices] of look.replicas) {
    for (const replica of indices) {
      const status = look.seen.find((one) => one.service === service && one.replica === replica);
      const trouble = troubleOf(look, { service, replica }, status);
      if (trouble) return trouble;
    }
  }
  const said = await Promise.all(
    [...look.fresh].flatMap(([service, indices]) =>
      indices
        .filter((replica) => isRunning(look, service, replica))
        .map((replica) => probe(deps, look, service, replica)),
    ),
  );
  const failed = said.find((detail) => detail !== undefined);
  return failed === undefined ? undefined : { detail: failed, isEnded: false };
}

/** Sums of restarts, to see whether any of them started anew. */
export function restartsOf({ replicas, seen }: Look): number {
  return seen
    .filter(({ service, replica }) => replicas.get(service)?.includes(replica))
    .reduce((sum, { restarts }) => sum + restarts, 0);
}

function troubleOf(
  { version }: Look,
  { service, replica }: { readonly service: string; readonly replica: number },
  status: ReplicaStatus | undefined,
): Trouble | undefined {
  const name = `${service}/${replica}`;
  if (!status) return { detail: `${name} is not there`, isEnded: true };
  switch (status.state) {
    case 'running':
      return undefined;
    case 'starting':
      return { detail: `${name} is starting`, isEnded: false };
    case 'stopped':
      return { detail: `${name} is stopped`, isEnded: true };
    case 'exited': {
      const policy = version.runtime.restart[service] ?? 'always';
      const isComplete = policy !== 'always' && !mayRestart('on-failure', status.lastExit);
      if (isComplete) return undefined;
      return {
        detail: `${name} ended: ${status.lastExit ?? 'no reason given'}`,
        isEnded: mayRestart(policy, status.lastExit),
      };
    }
  }
}

function isRunning({ seen }: Look, service: string, replica: number): boolean {
  return seen.some((one) => one.service === service && one.replica === replica && one.state === 'running');
}

async function probe(
  deps: ProbesDeps,
  { lease, version }: Look,
  service: string,
  replica: number,
): Promise<string | undefined> {
  const { health } = version.runtime;
  const own = Object.hasOwn(health, service) ? health[service] : undefined;
  const manifest = version.manifest.services.find((one) => one.name === service);
  const probes = own ? [own] : portProbes(manifest);
  const said = await Promise.all(probes.map((one) => probeOnce(deps, lease, { service, replica }, one)));
  const failed = said.find(({ isPassed }) => !isPassed);
  return failed && `${service}/${replica}: ${failed.detail}`;
}

function portProbes(service: ManifestService | undefined): readonly HealthProbe[] {
  const tcp = (service?.expose ?? []).filter(({ proto }) => proto === 'TCP').map(({ port }) => port);
  return [...new Set(tcp)].map((port) => ({
    kind: 'tcp',
    port,
    intervalSeconds: 1,
    timeoutSeconds: 3,
    failures: 1,
  }));
}
