/**
 * What a driver is to run for a lease, from what the lease's record says. One place for it, so that a start, a repair
 * after a crash and an update all ask for the same.
 */
import { Fault, type ManifestGroup, type Runtime } from '@souk/protocol';
import type { ServiceSpec, WorkloadSpec } from '../drivers/driver.ts';
import type { Lease } from './book.ts';
import type { LeaseState } from './lease.ts';

/** One version of a lease's workload, with its images as they are on this machine. */
export interface Version {
  readonly manifest: ManifestGroup;
  readonly runtime: Runtime;
  readonly images: LeaseState['images'];
}

/** A version, and which replicas of its services run it: all, where it says nothing. */
export interface Part {
  readonly version: Version;
  readonly replicasOf?: (service: string) => readonly number[];
}

export function currentVersion(lease: Lease): Version {
  const { request, images } = lease.record;
  if (!request)
    throw new Fault('lease.manifest-gone', 'the manifest of a closed lease is not kept', { blame: 'self' });
  return { manifest: request.manifest, runtime: request.runtime, images };
}

/** `url`: the first of its own, if it has one. */
export async function workloadOf(
  lease: Lease,
  parts: readonly Part[],
  url: string | undefined,
): Promise<WorkloadSpec> {
  const env = { SOUK_LEASE: lease.id, ...(url === undefined ? {} : { SOUK_URL: url }) };
  return { lease: lease.id, services: parts.flatMap(specsOf), env };
}

function specsOf({ version, replicasOf }: Part): readonly ServiceSpec[] {
  return version.manifest.services.flatMap((service): ServiceSpec[] => {
    const replicas = replicasOf?.(service.name);
    if (replicas?.length === 0) return [];
    const image = version.images.find((local) => local.image === service.image);
    if (!image) throw new Fault('lease.image-missing', `no image ${service.image}`, { blame: 'self' });
    return [
      {
        service,
        image: { reference: image.reference, digest: image.digest },
        ...(replicas === undefined ? {} : { replicas }),
      },
    ];
  });
}
