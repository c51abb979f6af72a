/** A wanted replica in Docker's words: limits, isolation, mounts, names. */
import { createHash } from 'node:crypto';
import type { LeaseId } from '@souk/protocol';
import type { ContainerCreateOptions, MountSettings, NetworkCreateOptions } from 'dockerode';
import type { Mount, WantedReplica } from '../wanted.ts';
import { commandOf } from './command.ts';
import { bridgeNameOf, type Engine, labels, nameOf } from './engine.ts';
import type { MountedSecrets } from './secrets.ts';

/**
 * What ordinary images need to start as root and step down (chown their folders, change user, bind port 80). Every
 * other capability is dropped, and none can be gained: no new privileges.
 */
const capabilities = ['CHOWN', 'DAC_OVERRIDE', 'FOWNER', 'SETGID', 'SETUID', 'NET_BIND_SERVICE'];
const restartPolicies = { always: 'unless-stopped', 'on-failure': 'on-failure', never: 'no' } as const;
const logLimits = { 'max-size': '5m', 'max-file': '2' };
const shmBytes = 64 * 2 ** 20;

export function containerOf(
  engine: Engine,
  wanted: WantedReplica,
  { imageId, secrets }: { readonly imageId: string; readonly secrets: MountedSecrets | undefined },
): ContainerCreateOptions {
  const { lease, service, replica, limits } = wanted;
  return {
    name: nameOf(engine, lease, service, replica),
    Image: imageId,
    Hostname: service,
    Env: [...wanted.env],
    ...(secrets?.command ?? commandOf(wanted)),
    Labels: {
      ...labelsOf(engine, lease),
      [labels.service]: service,
      [labels.replica]: String(replica),
      [labels.hash]: wanted.hash,
      [labels.disk]: String(limits.diskBytes),
    },
    ExposedPorts: Object.fromEntries(wanted.tcpPorts.map((port) => [`${port}/tcp`, {}])),
    HostConfig: {
      NetworkMode: nameOf(engine, lease),
      // Loopback only: the ingress is the one way in.
      PortBindings: Object.fromEntries(
        wanted.tcpPorts.map((port) => [`${port}/tcp`, [{ HostIp: '127.0.0.1', HostPort: '' }]]),
      ),
      Memory: limits.memoryBytes,
      MemorySwap: limits.memoryBytes,
      NanoCpus: limits.cpuMilli * 1_000_000,
      PidsLimit: limits.pids,
      ShmSize: Math.min(shmBytes, limits.memoryBytes),
      CapDrop: ['ALL'],
      CapAdd: capabilities,
      SecurityOpt: ['no-new-privileges'],
      Privileged: false,
      // Its first process would else not notice a SIGTERM that it has no handler for.
      Init: true,
      RestartPolicy: { Name: restartPolicies[wanted.restart] },
      LogConfig: { Type: 'json-file', Config: logLimits },
      Mounts: [...wanted.mounts.map((mount) => mountOf(engine, wanted, mount)), ...(secrets?.mounts ?? [])],
      ...(limits.gpus === 0 ? {} : { DeviceRequests: [{ Count: limits.gpus, Capabilities: [['gpu']] }] }),
    },
    ...(wanted.stopGraceMs === undefined ? {} : { StopTimeout: Math.ceil(wanted.stopGraceMs / 1000) }),
    NetworkingConfig: { EndpointsConfig: { [nameOf(engine, lease)]: { Aliases: [service] } } },
  };
}

export function networkOf(
  engine: Engine,
  lease: LeaseId,
  input: { readonly replicas: number; readonly attempt: number },
): NetworkCreateOptions {
  return {
    Name: nameOf(engine, lease),
    CheckDuplicate: true,
    Driver: 'bridge',
    Labels: labelsOf(engine, lease),
    IPAM: { Driver: 'default', Config: [{ Subnet: subnetOf(engine, lease, input) }] },
    Options: { 'com.docker.network.bridge.name': bridgeNameOf(engine, lease) },
  };
}

export function volumeNameOf(
  engine: Engine,
  wanted: Pick<WantedReplica, 'lease' | 'service' | 'replica'>,
  mount: Pick<Mount, 'volume'>,
): string {
  return nameOf(engine, wanted.lease, wanted.service, wanted.replica, mount.volume);
}

export function labelsOf(engine: Engine, lease: LeaseId): Record<string, string> {
  return { [labels.instance]: engine.instance, [labels.lease]: lease };
}

export function volumeLabelsOf(
  engine: Engine,
  wanted: Pick<WantedReplica, 'lease' | 'service' | 'replica'>,
  mount: Pick<Mount, 'volume' | 'bytes' | 'kind'>,
): Record<string, string> {
  return {
    ...labelsOf(engine, wanted.lease),
    [labels.service]: wanted.service,
    [labels.replica]: String(wanted.replica),
    [labels.volume]: mount.volume,
    [labels.kind]: mount.kind,
    [labels.bytes]: String(mount.bytes),
  };
}

function mountOf(engine: Engine, wanted: WantedReplica, mount: Mount): MountSettings {
  const common = { Target: mount.path, ReadOnly: mount.isReadOnly };
  if (mount.kind === 'memory') {
    return { ...common, Type: 'tmpfs', Source: '', TmpfsOptions: { SizeBytes: mount.bytes, Mode: 0o1777 } };
  }
  return {
    ...common,
    Type: 'volume',
    Source: volumeNameOf(engine, wanted, mount),
    VolumeOptions: {
      NoCopy: false,
      Labels: volumeLabelsOf(engine, wanted, mount),
      DriverConfig: { Name: 'local', Options: {} },
    },
  };
}

/**
 * Docker's own pools hold about thirty networks in all. Ours are small ones out of 10.222.0.0/15, by a hash of the
 * lease: of 13 addresses (4,096 such), or of 253 for a lease with many replicas (256 such).
 */
function subnetOf(
  engine: Engine,
  lease: LeaseId,
  { replicas, attempt }: { readonly replicas: number; readonly attempt: number },
): string {
  const hash = createHash('sha256').update(`${engine.instance}/${lease}/${attempt}`).digest();
  const isSmall = replicas <= 12;
  return isSmall ? `10.223.${hash[0]}.${(hash[1] ?? 0) & 0xf0}/28` : `10.222.${hash[0]}.0/24`;
}
