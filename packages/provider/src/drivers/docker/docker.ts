/**
 * The `docker` driver: each replica is a container of a Docker engine, each lease a network of its own. It trusts the
 * engine and nothing in an image. It keeps no state but which image is which: what runs is read from the engine by
 * label, so a new daemon finds what an old one started. The provider's reconciler calls it.
 */
import type { LeaseId, Log } from '@souk/protocol';
import Docker from 'dockerode';
import type { DialTarget, Driver, ReplicaStatus, ReplicaUsage, WorkloadStatus } from '../driver.ts';
import { imageNotFound, noShell, notRunning, startFailed } from '../faults.ts';
import { createTurns } from '../turns.ts';
import { mayRestart, wantedReplicas, type WantedReplica } from '../wanted.ts';
import { containerOf, networkOf } from './container.ts';
import { guardDisk, warnOfOldEngine } from './disk-guard.ts';
import { ask, type Engine, filterOf, labels, nameOf, statusOf, unlessGone } from './engine.ts';
import { execIn } from './exec.ts';
import { lastExitOf } from './exits.ts';
import { raiseFirewall } from './firewall.ts';
import { type DockerImages, openDockerImages } from './images.ts';
import { readLogs, type ReplicaRef } from './logs.ts';
import { type DockerSecrets, openDockerSecrets, withSecretEnv } from './secrets.ts';
import { openStopped, type StoppedContainers } from './stopped.ts';
import { makeVolumes, volumesOf } from './volumes.ts';

export interface DockerDriverOptions {
  readonly log: Log;
  /** For what the engine does not remember. */
  readonly dataFolder: string;
  /** Tells this provider's workloads from those of others on the same engine; letters and digits. */
  readonly instance: string;
  /** Default: DOCKER_HOST or the usual socket. */
  readonly socketPath?: string;
}

const subnetAttempts = 16;

export async function createDockerDriver(options: DockerDriverOptions): Promise<Driver> {
  const { socketPath } = options;
  const docker = new Docker(socketPath === undefined ? {} : { socketPath });
  const engine: Engine = { docker, instance: options.instance };
  const images = openDockerImages(engine, options.dataFolder);
  const stopped = openStopped(options.dataFolder);
  const secrets = openDockerSecrets(engine, options.dataFolder);
  const warnings = [...(await raiseFirewall()), ...(await warnOfOldEngine(docker))];
  const guard = guardDisk(engine, options);
  const inTurn = createTurns();

  const findReplica = async (lease: LeaseId, service: string, replica: number) => {
    const id = nameOf(engine, lease, service, replica);
    const found = await unlessGone(() => docker.getContainer(id).inspect());
    if (!found?.State.Running) throw notRunning(service, replica);
    return { id, mounts: found.Mounts.map(({ Destination }) => Destination) };
  };

  return {
    name: 'docker',
    warnings,
    ping: async () => {
      await ask(() => docker.ping());
    },
    ensureImage: (source, ensure) => images.ensure(source, ensure),
    hasImage: (digest) => images.find(digest),
    apply: (spec, signal) =>
      inTurn(spec.lease, async () => {
        guard.mustFit(spec.lease);
        await applyReplicas({ engine, images, stopped, secrets }, wantedReplicas(spec), {
          lease: spec.lease,
          signal,
        });
      }),
    stop: (lease) => inTurn(lease, () => stopLease(engine, stopped, lease)),
    prepareVolumes: (spec) => inTurn(spec.lease, () => makeVolumes(engine, wantedReplicas(spec))),
    volumes: (lease) => volumesOf(engine, lease),
    remove: (lease) =>
      inTurn(lease, async () => {
        await removeLease(engine, lease);
        await stopped.forget(lease);
        await secrets.remove(lease);
      }),
    list: () => listWorkloads(engine, stopped),
    usage: async (lease) => {
      const replicas = await replicasOf(engine, lease);
      const read = await Promise.all(replicas.map((replica) => usageOf(docker, replica)));
      return read.flatMap((usage) => usage ?? []);
    },
    dial: (lease, service, replica, port) => dialReplica(engine, { lease, service, replica, port }),
    logs: async function* (lease, logOptions) {
      const replicas = await replicasOf(engine, lease);
      const chosen = replicas.filter(
        ({ service }) => logOptions.service === null || service === logOptions.service,
      );
      yield* readLogs(docker, chosen, logOptions);
    },
    exec: async (lease, exec) => {
      const found = await findReplica(lease, exec.service, exec.replica);
      const command = withSecretEnv(exec.command, found.mounts);
      return execIn(docker, found.id, { ...exec, command });
    },
    async [Symbol.asyncDispose]() {
      await guard[Symbol.asyncDispose]();
      await secrets.tidy();
    },
  };
}

// --- what should run ----------------------------------------------------------------------------------------------------

interface ApplyDeps {
  readonly engine: Engine;
  readonly images: DockerImages;
  readonly stopped: StoppedContainers;
  readonly secrets: DockerSecrets;
}

async function applyReplicas(
  { engine, images, stopped, secrets }: ApplyDeps,
  wanted: readonly WantedReplica[],
  { lease, signal }: { readonly lease: LeaseId; readonly signal: AbortSignal },
): Promise<void> {
  const present = await ask(() =>
    engine.docker.listContainers({ all: true, filters: filterOf(engine, lease) }),
  );
  signal.throwIfAborted();
  const fitting = new Set(wanted.map(({ hash }) => hash));
  const surplus = present.filter(({ Labels }) => !fitting.has(Labels[labels.hash] ?? ''));
  await Promise.all(surplus.map(({ Id }) => endContainer(engine.docker, Id)));
  const ours = await stopped.of(lease);
  await ensureNetwork(engine, lease, wanted.length);
  await makeVolumes(engine, wanted);
  await Promise.all(
    wanted.map(async (replica) => {
      signal.throwIfAborted();
      const found = present.find(({ Labels }) => Labels[labels.hash] === replica.hash);
      // Gone with the machine's power, unlike the container.
      await secrets.ensure(replica);
      if (found?.State === 'running' || found?.State === 'restarting') return;
      if (!found) await createReplica({ engine, secrets }, replica, images.idOf(replica.imageDigest));
      else if (!ours.has(found.Id) && (await hasEndedForGood(engine.docker, found.Id, replica))) return;
      await startReplica(engine, replica);
    }),
  );
  if (ours.size > 0) await stopped.forget(lease);
  await secrets.removeOthers(lease, wanted);
}

async function hasEndedForGood(docker: Docker, id: string, { restart }: WantedReplica): Promise<boolean> {
  const found = await unlessGone(() => docker.getContainer(id).inspect());
  return found?.State.Status === 'exited' && !mayRestart(restart, exitText(found.State));
}

/** With its own grace. */
async function stopContainer(docker: Docker, id: string): Promise<void> {
  try {
    await unlessGone(() => docker.getContainer(id).stop());
  } catch (error) {
    if (statusOf(error) !== 304) throw error;
  }
}

/** Its named volumes stay. */
async function endContainer(docker: Docker, id: string): Promise<void> {
  await stopContainer(docker, id);
  await unlessGone(() => docker.getContainer(id).remove({ force: true, v: true }));
}

async function stopLease(engine: Engine, stopped: StoppedContainers, lease: LeaseId): Promise<void> {
  const { docker } = engine;
  const containers = await ask(() => docker.listContainers({ all: true, filters: filterOf(engine, lease) }));
  const live = containers.filter(({ State }) => State === 'running' || State === 'restarting');
  if (live.length === 0) return;
  await stopped.note(
    lease,
    live.map(({ Id }) => Id),
  );
  await Promise.all(live.map(({ Id }) => stopContainer(docker, Id)));
}

async function createReplica(
  { engine, secrets }: Pick<ApplyDeps, 'engine' | 'secrets'>,
  wanted: WantedReplica,
  imageId: string | undefined,
): Promise<void> {
  if (imageId === undefined) throw imageNotFound(wanted.imageReference);
  try {
    const mounted = await secrets.mount(wanted, imageId);
    const container = await ask(() =>
      engine.docker.createContainer(containerOf(engine, wanted, { imageId, secrets: mounted })),
    );
    if (mounted?.needsShell === true) await checkShell(container, wanted);
  } catch (error) {
    // Made by an earlier try that was cut off.
    if (statusOf(error) === 409) return;
    throw statusOf(error) === 404 ? imageNotFound(wanted.imageReference, error) : error;
  }
}

/** Said before it is started: the engine's own words would be of a file that nobody named. */
async function checkShell(container: Docker.Container, { service }: WantedReplica): Promise<void> {
  const found = await unlessGone(() => container.infoArchive({ path: '/bin/sh' }));
  if (found !== undefined) return;
  await unlessGone(() => container.remove({ force: true }));
  throw noShell(service);
}

async function startReplica(engine: Engine, { lease, service, replica }: WantedReplica): Promise<void> {
  const container = engine.docker.getContainer(nameOf(engine, lease, service, replica));
  try {
    // Docker 20.10 under load fails one start in some hundreds with a root that is not in place yet.
    await ask(() => container.start()).catch((error: unknown) => {
      if (statusOf(error) !== 400) throw error;
      return ask(() => container.start());
    });
  } catch (error) {
    if (statusOf(error) === 304) return;
    throw statusOf(error) === undefined ? error : startFailed(service, error);
  }
}

async function ensureNetwork(engine: Engine, lease: LeaseId, replicas: number): Promise<void> {
  const found = await unlessGone(() => engine.docker.getNetwork(nameOf(engine, lease)).inspect());
  if (found !== undefined) return;
  for (let attempt = 0; ; attempt += 1) {
    try {
      await ask(() => engine.docker.createNetwork(networkOf(engine, lease, { replicas, attempt })));
      return;
    } catch (error) {
      if (statusOf(error) === 409) return;
      // Another lease, or the host itself, has this subnet.
      const isTaken = error instanceof Error && /overlaps|conflicts/.test(error.message);
      if (!isTaken || attempt + 1 >= subnetAttempts) throw error;
    }
  }
}

async function removeLease(engine: Engine, lease: LeaseId): Promise<void> {
  const { docker } = engine;
  const filters = filterOf(engine, lease);
  const containers = await ask(() => docker.listContainers({ all: true, filters }));
  await Promise.all(containers.map(({ Id }) => endContainer(docker, Id)));
  const networks = await ask(() => docker.listNetworks({ filters }));
  await Promise.all(networks.map(({ Id }) => unlessGone(() => docker.getNetwork(Id).remove())));
  const { Volumes: volumes } = await ask(() => docker.listVolumes({ filters }));
  await Promise.all((volumes ?? []).map(({ Name }) => unlessGone(() => docker.getVolume(Name).remove())));
}

// --- what is ------------------------------------------------------------------------------------------------------------

async function replicasOf(engine: Engine, lease: LeaseId): Promise<readonly ReplicaRef[]> {
  const containers = await ask(() =>
    engine.docker.listContainers({ all: true, filters: filterOf(engine, lease) }),
  );
  return containers.map(({ Id, Labels }) => ({
    id: Id,
    service: Labels[labels.service] ?? '',
    replica: Number(Labels[labels.replica]),
  }));
}

async function listWorkloads(engine: Engine, stopped: StoppedContainers): Promise<readonly WorkloadStatus[]> {
  const { docker } = engine;
  const filters = filterOf(engine);
  const [containers, networks] = await Promise.all([
    ask(() => docker.listContainers({ all: true, filters })),
    ask(() => docker.listNetworks({ filters })),
  ]);
  // A lease of which only the network is left still has something to remove.
  const leases = new Map<LeaseId, ReplicaStatus[]>(
    networks.map(({ Labels }) => [(Labels?.[labels.lease] ?? '0x') as LeaseId, []]),
  );
  const statuses = await Promise.all(containers.map(({ Id }) => statusOfContainer(docker, Id)));
  for (const [index, found] of statuses.entries()) {
    const { Id: id = '', Labels = {} } = containers[index] ?? {};
    const lease = Labels[labels.lease] as LeaseId;
    const isOurs = found?.state === 'exited' && (await stopped.of(lease)).has(id);
    const status = isOurs ? { ...found, state: 'stopped' as const } : found;
    if (status) leases.set(lease, [...(leases.get(lease) ?? []), status]);
  }
  return [...leases].map(([lease, replicas]) => ({ lease, replicas }));
}

async function statusOfContainer(docker: Docker, id: string): Promise<ReplicaStatus | undefined> {
  const found = await unlessGone(() => docker.getContainer(id).inspect());
  if (!found) return undefined;
  const { State: state, RestartCount: restarts, Config: config } = found;
  return {
    service: config.Labels[labels.service] ?? '',
    replica: Number(config.Labels[labels.replica]),
    state: stateOf(state),
    restarts,
    lastExit: state.Running
      ? restarts > 0
        ? await lastExitOf(docker, id, found.Created)
        : null
      : stateOf(state) === 'starting'
        ? null
        : exitText(state),
  };
}

/** A container that could not be started stays `created`, with the reason as its error. */
function stateOf(state: Docker.ContainerInspectInfo['State']): ReplicaStatus['state'] {
  if (state.Status === 'running') return 'running';
  return state.Status === 'created' && state.ExitCode === 0 ? 'starting' : 'exited';
}

function exitText(state: Docker.ContainerInspectInfo['State']): string {
  if (state.OOMKilled) return 'killed: out of memory';
  return state.Error
    ? `exit code ${state.ExitCode}: ${state.Error}`.slice(0, 500)
    : `exit code ${state.ExitCode}`;
}

interface EngineStats {
  readonly cpu_stats?: { readonly cpu_usage?: { readonly total_usage?: number } };
  readonly memory_stats?: { readonly usage?: number };
  readonly networks?: Readonly<Record<string, { readonly rx_bytes: number; readonly tx_bytes: number }>>;
}

async function usageOf(
  docker: Docker,
  { id, service, replica }: ReplicaRef,
): Promise<ReplicaUsage | undefined> {
  const container = docker.getContainer(id);
  const [stats, info] = await Promise.all([
    unlessGone(() => container.stats({ stream: false, 'one-shot': true }) as Promise<unknown>),
    unlessGone(() => container.inspect({ size: true } as Docker.ContainerInspectOptions)),
  ]);
  if (stats === undefined || info === undefined) return undefined;
  const { cpu_stats: cpu, memory_stats: memory, networks = {} } = stats as EngineStats;
  const sum = (pick: 'rx_bytes' | 'tx_bytes') =>
    Object.values(networks).reduce((total, link) => total + link[pick], 0);
  return {
    service,
    replica,
    cpuSeconds: (cpu?.cpu_usage?.total_usage ?? 0) / 1e9,
    memoryBytes: memory?.usage ?? 0,
    networkRxBytes: sum('rx_bytes'),
    networkTxBytes: sum('tx_bytes'),
    diskBytes: (info as { readonly SizeRw?: number }).SizeRw ?? 0,
  };
}

/** By the port published on loopback; one that was not exposed by the container's own address. */
async function dialReplica(
  engine: Engine,
  { lease, service, replica, port }: { lease: LeaseId; service: string; replica: number; port: number },
): Promise<DialTarget> {
  const name = nameOf(engine, lease, service, replica);
  const found = await unlessGone(() => engine.docker.getContainer(name).inspect());
  if (!found?.State.Running) throw notRunning(service, replica);
  const published = found.NetworkSettings.Ports[`${port}/tcp`]?.[0];
  if (published) return { kind: 'tcp', host: '127.0.0.1', port: Number(published.HostPort) };
  const address = Object.values(found.NetworkSettings.Networks)[0]?.IPAddress;
  if (!address) throw notRunning(service, replica);
  return { kind: 'tcp', host: address, port };
}
