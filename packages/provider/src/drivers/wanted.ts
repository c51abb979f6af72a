/**
 * What a workload's spec asks of a driver, in a driver's terms: replicas, limits, ports, mounts, links. Pure, and the
 * same for every driver, so that a lease means the same on each.
 */
import { createHash } from 'node:crypto';
import type { LeaseId, ManifestService } from '@souk/protocol';
import { canonicalJson } from '@souk/protocol';
import type { ServiceSpec, WorkloadSpec } from './driver.ts';

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
  /** Changes when anything above does. */
  readonly hash: string;
}

const maxPids = 1024;

/** One entry per replica, in the order of the spec. */
export function wantedReplicas(spec: WorkloadSpec): readonly WantedReplica[] {
  const links = linksOf(spec);
  return spec.services.flatMap(({ service, image }) => {
    const common = {
      lease: spec.lease,
      service: service.name,
      imageDigest: image.digest,
      imageReference: image.reference,
      command: service.command,
      args: service.args,
      limits: limitsOf(service),
      mounts: mountsOf(service),
      tcpPorts: portsOf(service, 'TCP'),
      udpPorts: portsOf(service, 'UDP'),
      links: links.filter((link) => link.service === service.name),
    };
    return Array.from({ length: service.count }, (_, replica) => {
      const env = [
        ...Object.entries(spec.env).map(([name, value]) => `${name}=${value}`),
        ...(service.env ?? []),
        `SOUK_SERVICE=${service.name}`,
        `SOUK_REPLICA=${replica}`,
      ];
      const wanted = { ...common, replica, env };
      return { ...wanted, hash: createHash('sha256').update(canonicalJson(wanted)).digest('hex') };
    });
  });
}

/** Every `expose … to: - service:` as a link. Akash's manifests carry `service: ''` for global ones. */
export function linksOf(spec: WorkloadSpec): readonly Link[] {
  const names = new Set(spec.services.map(({ service }) => service.name));
  return spec.services.flatMap(({ service }: ServiceSpec) =>
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
