/**
 * What a lease runs now, while an update is under way and at any other time: which replicas in which version, and what
 * it holds of the machine for that. Everything follows from the record, so that a start after a crash finds the same.
 */
import { canonicalJson, totalResources } from '@souk/protocol';
import type { Claim } from '../../inventory/ledger.ts';
import type { Lease } from '../book.ts';
import type { LeaseRecord } from '../lease.ts';
import { currentVersion, type Part, type Version } from '../workload.ts';
import type { PendingUpdate } from './pending.ts';
import { type Mix, type Plan, planUpdate } from './plan.ts';

export function partsOf(lease: Lease): readonly Part[] {
  const { update } = lease.record;
  if (!update || update.stage === 'preparing') return [{ version: currentVersion(lease) }];
  const { steps } = planOf(lease.record, update);
  const step = steps[Math.min(update.step, steps.length - 1)];
  return step ? partsOfMix(lease, update, step.mix) : [{ version: currentVersion(lease) }];
}

export function partsOfMix(lease: Lease, update: PendingUpdate, mix: Mix): readonly Part[] {
  return [
    { version: currentVersion(lease), replicasOf: (service) => mix.old.get(service) ?? [] },
    { version: nextVersion(update), replicasOf: (service) => mix.next.get(service) ?? [] },
  ];
}

export function nextVersion({ manifest, runtime, local }: PendingUpdate): Version {
  return { manifest, runtime, images: local };
}

/** Known once its images are: another image under the same name is another version. */
export function planOf({ request, images }: LeaseRecord, update: PendingUpdate): Plan {
  if (!request) throw new Error('a lease that is up has its request');
  const isSame = isSameBetween({ ...request, images }, nextVersion(update));
  const { strategy, canary, hasSurge } = update;
  return planUpdate(request.requirements, update.requirements, { strategy, canary, hasSurge, isSame });
}

/** Of a service, whatever its count: a driver would leave its replicas alone. */
function isSameBetween(old: Version, next: Version): (service: string) => boolean {
  const shape = ({ manifest, runtime, images }: Version, name: string) => {
    const service = manifest.services.find((one) => one.name === name);
    const digest = images.find(({ image }) => image === service?.image)?.digest ?? null;
    const { restart, secrets } = runtime;
    return canonicalJson({
      service: { ...service, count: 0 },
      digest,
      restart: restart[name] ?? null,
      secrets,
    });
  };
  return (service) => shape(old, service) === shape(next, service);
}

/** Of a lease that is not closed. */
export function claimOf({ request, gpuIds, update }: LeaseRecord): Claim {
  if (!request) throw new Error('a lease that is not closed has its request');
  if (!update) return { resources: totalResources(request.requirements), gpuIds };
  const { strategy, canary, hasSurge } = update;
  // Before it is known what is the same, as if nothing were.
  const wish = { strategy, canary, hasSurge, isSame: () => false };
  return {
    resources: planUpdate(request.requirements, update.requirements, wish).peak,
    gpuIds: [...new Set([...gpuIds, ...update.gpuIds])],
  };
}
