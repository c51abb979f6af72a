/** The manifest of each placement group, in the canonical form that every SDL tool hashes alike. */
import type { ManifestExpose, ManifestGroup, ManifestResources, ManifestService } from '../manifest.ts';
import type { SdlCompute } from './compute.ts';
import type { SdlDocument } from './document.ts';
import type { SdlDeployment } from './placement.ts';
import type { SdlParams, SdlService } from './services.ts';

type Endpoint = NonNullable<ManifestResources['endpoints']>[number];
type Params = NonNullable<ManifestService['params']>;

const sharedHttp = 0;
const randomPort = 1;
const leasedIp = 2;

export function buildManifest(document: SdlDocument): readonly ManifestGroup[] {
  const sequence = numberEndpoints(document);
  const names = [...new Set(document.deployments.map(({ placement }) => placement))].sort();
  return names.map((name) => {
    const members = document.deployments.filter(({ placement }) => placement === name).sort(byService);
    const profiles = [...new Set(members.map(({ profile }) => profile))];
    const services = members.flatMap((member) => {
      const service = document.services.find((each) => each.name === member.service);
      const compute = document.computes.get(member.profile);
      if (service === undefined || compute === undefined) return [];
      return [buildService(service, compute, profiles.indexOf(member.profile) + 1, member.count, sequence)];
    });
    return { name, services };
  });
}

function byService(a: SdlDeployment, b: SdlDeployment): number {
  return a.service < b.service ? -1 : a.service > b.service ? 1 : 0;
}

/** Every use of an endpoint takes a number in the order of names; the last use of a name is the one that counts. */
function numberEndpoints(document: SdlDocument): ReadonlyMap<string, number> {
  const uses = document.services
    .flatMap(({ exposes }) => exposes.flatMap(({ to }) => to.map(({ ip }) => ip)))
    .filter((ip) => ip !== '')
    .sort();
  return new Map(uses.map((ip, index) => [ip, index + 1]));
}

function buildService(
  service: SdlService,
  compute: SdlCompute,
  id: number,
  count: number,
  sequence: ReadonlyMap<string, number>,
): ManifestService {
  return {
    name: service.name,
    image: service.image,
    command: orNull(service.command),
    args: orNull(service.args),
    env: orNull(service.env),
    resources: buildResources(service, compute, id, sequence),
    count,
    expose: buildExposes(service, sequence),
    ...(service.params === undefined ? {} : { params: buildParams(service.params) }),
    credentials: service.credentials ?? null,
  };
}

function orNull<T>(list: readonly T[]): T[] | null {
  return list.length === 0 ? null : [...list];
}

function buildResources(
  service: SdlService,
  compute: SdlCompute,
  id: number,
  sequence: ReadonlyMap<string, number>,
): ManifestResources {
  const amount = (value: bigint) => ({ val: value.toString() });
  const attributes = <T>(list: readonly T[]) => (list.length === 0 ? {} : { attributes: [...list] });
  return {
    id,
    cpu: { units: amount(compute.cpuMilli), ...attributes(compute.cpuAttributes) },
    memory: { size: amount(compute.memoryBytes) },
    storage: compute.volumes.map((volume) => ({
      name: volume.name,
      size: amount(volume.bytes),
      ...attributes(volume.attributes),
    })),
    gpu: { units: amount(compute.gpuUnits), ...attributes(compute.gpuAttributes) },
    endpoints: buildEndpoints(service, sequence),
  };
}

function buildEndpoints(service: SdlService, sequence: ReadonlyMap<string, number>): Endpoint[] {
  return service.exposes.flatMap((expose) =>
    expose.to
      .filter(({ isGlobal }) => isGlobal)
      .flatMap(({ ip }) => {
        const isHttp = expose.proto === 'TCP' && (expose.as || expose.port) === 80;
        const own = endpointOf(isHttp ? sharedHttp : randomPort, 0);
        return ip === '' ? [own] : [own, endpointOf(leasedIp, sequence.get(ip) ?? 0)];
      }),
  );
}

/** The reference leaves out kind 0. */
function endpointOf(kind: number, sequenceNumber: number): Endpoint {
  return { ...(kind === 0 ? {} : { kind }), sequence_number: sequenceNumber };
}

export function compareEndpoints(a: Endpoint, b: Endpoint): number {
  return (a.kind ?? 0) - (b.kind ?? 0) || a.sequence_number - b.sequence_number;
}

function buildExposes(service: SdlService, sequence: ReadonlyMap<string, number>): ManifestExpose[] {
  return service.exposes
    .flatMap((expose) =>
      expose.to.map((to): ManifestExpose => {
        const { proxyBufferSize, nextCases, ...http } = expose.http;
        return {
          port: expose.port,
          externalPort: expose.as,
          proto: expose.proto,
          service: to.service,
          global: to.isGlobal,
          hosts: orNull(expose.accept),
          // Left out at 0, so that hashes stay what they were before the field existed.
          httpOptions: {
            ...http,
            nextCases: [...nextCases],
            ...(proxyBufferSize === 0 ? {} : { proxyBufferSize }),
          },
          ip: to.ip,
          endpointSequenceNumber: sequence.get(to.ip) ?? 0,
        };
      }),
    )
    .sort(compareExposes);
}

function compareExposes(a: ManifestExpose, b: ManifestExpose): number {
  if (a.service !== b.service) return a.service < b.service ? -1 : 1;
  if (a.port !== b.port) return a.port - b.port;
  if (a.proto !== b.proto) return a.proto < b.proto ? -1 : 1;
  return Number(b.global) - Number(a.global);
}

function buildParams(params: SdlParams): Params {
  const storage = params.mounts
    .map(({ volume, mount, isReadOnly }) => ({ name: volume, mount, readOnly: isReadOnly }))
    .sort((a, b) => (a.name < b.name ? -1 : 1));
  return {
    storage: orNull(storage),
    ...(params.permissions === undefined
      ? {}
      : { permissions: { read: params.permissions === null ? null : [...params.permissions] } }),
    ...(params.tee === undefined ? {} : { tee: { type: params.tee, attestation: true } }),
  };
}
