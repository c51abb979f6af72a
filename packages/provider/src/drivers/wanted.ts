/**
 * What a workload's spec asks of a driver, in a driver's terms: replicas, limits, ports, mounts, links. Pure, and the
 * same for every driver, so that a lease means the same on each.
 */
import { createHash } from 'node:crypto';
import {
  canonicalJson,
  Fault,
  type LeaseId,
  type ManifestService,
  type RestartPolicy,
  type ServiceSecrets,
} from '@souk/protocol';
import type { ServiceSpec, WorkloadSpec } from './driver.ts';
import { secretsUnfit } from './faults.ts';
import { hasSecrets, troubleWithSecrets } from './secrets.ts';

export interface Limits {
  readonly cpuMilli: number;
  readonly memoryBytes: number;
  /** Of the root file system and the ephemeral volumes together. */
  readonly diskBytes: number;
  readonly pids: number;
  readonly gpus: number;
}

export interface Mount {
  readonly volume: string;
  readonly path: string;
  readonly kind: 'persistent' | 'ephemeral' | 'memory';
  readonly bytes: number;
  readonly isReadOnly: boolean;
}

/** `service` may connect to `target` at `port`, which reaches the target's `targetPort`. */
export interface Link {
  readonly service: string;
  readonly target: string;
  readonly port: number;
  readonly targetPort: number;
  readonly proto: 'TCP' | 'UDP';
}

export interface WantedReplica {
  readonly lease: LeaseId;
  readonly service: string;
  readonly replica: number;
  readonly imageDigest: string;
  readonly imageReference: string;
  /** Null: the image's own. */
  readonly command: readonly string[] | null;
  readonly args: readonly string[] | null;
  readonly env: readonly string[];
  readonly limits: Limits;
  readonly mounts: readonly Mount[];
  readonly tcpPorts: readonly number[];
  readonly udpPorts: readonly number[];
  /** Where this replica may connect to. */
  readonly links: readonly Link[];
  readonly restart: RestartPolicy;
  /** Changes when anything above does, or the secrets do. */
  readonly hash: string;
  /** Undefined: the driver's own. */
  readonly stopGraceMs: number | undefined;
  readonly secrets: ServiceSecrets | undefined;
}

const maxPids = 1024;

/** One entry per replica, in the order of the spec. */
export function wantedReplicas(spec: WorkloadSpec): readonly WantedReplica[] {
  const links = linksOf(spec);
  const wanted = spec.services.flatMap((version) => {
    const indices = version.replicas ?? Array.from({ length: version.service.count }, (_, index) => index);
    return indices.map((replica) => wantedReplica(spec, version, { replica, links }));
  });
  const names = wanted.map(({ service, replica }) => `${service}/${replica}`);
  const twice = names.find((name, index) => names.indexOf(name) !== index);
  if (twice !== undefined)
    throw new Fault('driver.replica-twice', `replica ${twice} is wanted in two versions`, { blame: 'self' });
  return wanted;
}

function wantedReplica(
  spec: WorkloadSpec,
  { service, image, secrets, secretsVersion, stopGraceSeconds, restart = 'always' }: ServiceSpec,
  { replica, links }: { readonly replica: number; readonly links: readonly Link[] },
): WantedReplica {
  const hashed = {
    lease: spec.lease,
    service: service.name,
    replica,
    imageDigest: image.digest,
    imageReference: image.reference,
    command: service.command,
    args: service.args,
    env: [
      ...Object.entries(spec.env).map(([name, value]) => `${name}=${value}`),
      ...(service.env ?? []),
      `SOUK_SERVICE=${service.name}`,
      `SOUK_REPLICA=${replica}`,
    ],
    limits: limitsOf(service),
    mounts: mountsOf(service),
    tcpPorts: portsOf(service, 'TCP'),
    udpPorts: portsOf(service, 'UDP'),
    links: links.filter((link) => link.service === service.name),
    restart,
  };
  const trouble =
    secrets &&
    troubleWithSecrets(
      secrets,
      hashed.mounts.map(({ path }) => path),
    );
  if (trouble !== undefined) throw secretsUnfit(service.name, trouble);
  // The secrets themselves stay out: whoever reads the hash could guess short ones. What is left out or ordinary adds
  // nothing, so that what runs since before there was such a thing is left running.
  const text = canonicalJson({
    ...hashed,
    restart: restart === 'always' ? undefined : restart,
    secretsVersion,
  });
  return {
    ...hashed,
    hash: createHash('sha256').update(text).digest('hex'),
    stopGraceMs: stopGraceSeconds === undefined ? undefined : stopGraceSeconds * 1000,
    secrets: hasSecrets(secrets) ? secrets : undefined,
  };
}

/** Whether a replica that ended by itself is to be started again. */
export function mayRestart(policy: RestartPolicy, lastExit: string | null): boolean {
  return policy === 'always' || (policy === 'on-failure' && lastExit !== 'exit code 0');
}

/** Every `expose … to: - service:` as a link. Akash's manifests carry `service: ''` for global ones. */
export function linksOf(spec: WorkloadSpec): readonly Link[] {
  const names = new Set(spec.services.map(({ service }) => service.name));
  const links = spec.services.flatMap(({ service }: ServiceSpec) =>
    (service.expose ?? [])
      .filter((expose) => expose.service !== '' && names.has(expose.service))
      .map((expose) => ({
        service: expose.service,
        target: service.name,
        port: expose.externalPort === 0 ? expose.port : expose.externalPort,
        targetPort: expose.port,
        proto: expose.proto,
      })),
  );
  // Versions of one service mostly say the same.
  return [...new Map(links.map((link) => [canonicalJson(link), link])).values()];
}

export function limitsOf(service: ManifestService): Limits {
  const { resources } = service;
  const mounts = mountsOf(service);
  const sum = (kind: Mount['kind']) =>
    mounts.filter((mount) => mount.kind === kind).reduce((total, mount) => total + mount.bytes, 0);
  const mounted = new Set(mounts.map((mount) => mount.volume));
  const rest = resources.storage
    .filter((storage) => !mounted.has(storage.name))
    .reduce((total, storage) => total + Number(storage.size.val), 0);
  return {
    cpuMilli: Number(resources.cpu.units.val),
    memoryBytes: Number(resources.memory.size.val) + sum('memory'),
    diskBytes: rest + sum('ephemeral'),
    pids: maxPids,
    gpus: Number(resources.gpu.units.val),
  };
}

export function mountsOf(service: ManifestService): readonly Mount[] {
  return (service.params?.storage ?? []).flatMap((mount) => {
    const storage = service.resources.storage.find(({ name }) => name === mount.name);
    if (storage === undefined || mount.mount === '') return [];
    const attribute = (key: string) => storage.attributes?.find((each) => each.key === key)?.value;
    const kind =
      attribute('class') === 'ram'
        ? 'memory'
        : attribute('persistent') === 'true'
          ? 'persistent'
          : 'ephemeral';
    return [
      {
        volume: mount.name,
        path: mount.mount,
        kind,
        bytes: Number(storage.size.val),
        isReadOnly: mount.readOnly,
      },
    ];
  });
}

function portsOf(service: ManifestService, proto: 'TCP' | 'UDP'): readonly number[] {
  const ports = (service.expose ?? []).filter((expose) => expose.proto === proto).map(({ port }) => port);
  return [...new Set(ports)];
}
