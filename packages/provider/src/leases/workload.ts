/**
 * What a driver is to run for a lease, from what the lease's record says. One place for it, so that a start, a repair
 * after a crash and an update all ask for the same.
 */
import { Fault, type GroupSecrets, type ManifestGroup, type Runtime } from '@souk/protocol';
import type { ServiceSpec, WorkloadSpec } from '../drivers/driver.ts';
import type { Served } from '../ingress/routes.ts';
import type { Lease } from './book.ts';
import type { LeaseState } from './lease.ts';
import { openSecrets, type SecretBox } from './secrets.ts';

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

/** With its secrets, opened: for the driver alone. `url`: the first of its own, if it has one. */
export async function workloadOf(
  lease: Lease,
  parts: readonly Part[],
  { url, secrets }: { readonly url: string | undefined; readonly secrets: SecretBox },
): Promise<WorkloadSpec> {
  const env = { SOUK_LEASE: lease.id, ...(url === undefined ? {} : { SOUK_URL: url }) };
  const specs = await Promise.all(
    parts.map(async (part) =>
      specsOf(part, {
        opened: await openSecrets(secrets, part.version.runtime),
        mark: (sealed) => secrets.mark(sealed),
      }),
    ),
  );
  return { lease: lease.id, services: specs.flat(), env };
}

/** The same, as the ingress takes it. */
export function servedOf(parts: readonly Part[]): readonly Served[] {
  return parts.map(({ version, replicasOf }) => ({
    group: version.manifest,
    ...(version.runtime.deployment ? { deployment: version.runtime.deployment } : {}),
    ...(replicasOf ? { replicasOf } : {}),
  }));
}

interface Opened {
  readonly opened: GroupSecrets | undefined;
  readonly mark: SecretBox['mark'];
}

function specsOf({ version, replicasOf }: Part, { opened, mark }: Opened): readonly ServiceSpec[] {
  const { runtime } = version;
  return version.manifest.services.flatMap((service): ServiceSpec[] => {
    const replicas = replicasOf?.(service.name);
    if (replicas?.length === 0) return [];
    const image = version.images.find((local) => local.image === service.image);
    if (!image) throw new Fault('lease.image-missing', `no image ${service.image}`, { blame: 'self' });
    const restart = Object.hasOwn(runtime.restart, service.name) ? runtime.restart[service.name] : undefined;
    const own = opened?.services ?? {};
    const secrets = Object.hasOwn(own, service.name) ? own[service.name] : undefined;
    return [
      {
        service,
        image: { reference: image.reference, digest: image.digest },
        stopGraceSeconds: runtime.stopGraceSeconds,
        ...(replicas === undefined ? {} : { replicas }),
        ...(restart === undefined ? {} : { restart }),
        ...(secrets === undefined ? {} : { secrets, secretsVersion: mark(secrets) }),
      },
    ];
  });
}
