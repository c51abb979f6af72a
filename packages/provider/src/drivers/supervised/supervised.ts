/**
 * What the sandbox and process drivers share: replicas are folders, each with a supervisor process that runs in it.
 * The folders are the only truth, so a driver that starts anew finds all. Whoever constructs it says by `Runner` how a
 * replica is planned, launched and entered. It must never act on a pid without checking whose it is.
 */
import { mkdir, readdir, rename, rm, rmdir, writeFile } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import type { LeaseId, Log, ServiceSecrets } from '@souk/protocol';
import { commandLine } from '../../images/image-config.ts';
import { openImageStore, type StoredImage } from '../../images/store.ts';
import { type ImageUser, resolveUser } from '../../images/user.ts';
import { defaultDriversConfig, type DriversConfig } from '../config.ts';
import type {
  Driver,
  DriverName,
  ReplicaStatus,
  VolumePlace,
  WorkloadSpec,
  WorkloadStatus,
} from '../driver.ts';
import {
  asOutOfRoom,
  imageMalformed,
  imageNotFound,
  notRunning,
  portNotExposed,
  pullsNothing,
} from '../faults.ts';
import { openMemoryFolder } from '../memory-folder.ts';
import { pathVariable, secretEnv } from '../secrets.ts';
import { createTurns } from '../turns.ts';
import { type Mount, type WantedReplica, wantedReplicas } from '../wanted.ts';
import type { Cgroups } from './cgroups.ts';
import { type ExecLine, startExec } from './exec.ts';
import * as folders from './folders.ts';
import { endReplica, launch, stopReplica } from './launch.ts';
import { readLogs } from './log-reader.ts';
import type {
  PlannedCgroup,
  PlannedMount,
  ReplicaPlan,
  ReplicaSecrets,
  ReplicaState,
  ReplicaTraffic,
} from './supervisor/plan.ts';
import { isAlive } from './supervisor/processes.ts';
import { makeVolumeFolder, openVolumes } from './volumes.ts';

export interface SupervisedDriverOptions {
  readonly log: Log;
  /** Where images, replicas and volumes are kept. One driver at a time, of one provider. */
  readonly dataFolder: string;
  readonly config?: DriversConfig;
}

/** What is the same for a replica however it is run. */
export type BasePlan = Omit<ReplicaPlan, 'isolation' | 'ports' | 'links'>;

export interface Runner {
  readonly name: DriverName;
  readonly warnings: readonly string[];
  readonly cgroups: Cgroups | undefined;
  /** Who owns what workloads may write; left out where that is ourselves. */
  readonly owner: { readonly uid: number; readonly gid: number } | undefined;
  readonly folders: folders.Folders;
  ping(): Promise<void>;
  plan(base: BasePlan, wanted: WantedReplica, image: StoredImage): Promise<ReplicaPlan>;
  /** The command line of the supervisor. */
  launchLine(plan: ReplicaPlan): readonly string[];
  /** Once the supervisor is ready. */
  launched(plan: ReplicaPlan, state: ReplicaState): Promise<void>;
  execLine(
    plan: ReplicaPlan,
    state: ReplicaState,
    command: readonly string[],
  ): Promise<ExecLine & Disposable>;
}

export async function createSupervisedDriver(
  runner: Runner,
  { log, config = defaultDriversConfig }: SupervisedDriverOptions,
): Promise<Driver> {
  const images = await openImageStore(runner.folders.images, {
    limits: {
      maxUnpackedBytes: config.maxUnpackedImageMib * 2 ** 20,
      maxFiles: config.maxImageFiles,
      maxLayers: 256,
    },
    ...(runner.owner && { owner: runner.owner }),
  });
  const inTurn = createTurns();
  const memory = openMemoryFolder(runner.folders.replicas, { isOpenToPass: runner.owner !== undefined });
  /** By replica folder, for commands beside the workload. */
  const secretsOf = new Map<string, ServiceSecrets>();
  const volumes = openVolumes(runner.folders.volumes, runner.owner);
  await removePlanless(runner);

  const plansOf = async (lease: LeaseId) =>
    (await folders.readPlans(runner.folders)).filter((plan) => plan.lease === lease);

  async function find(lease: LeaseId, service: string, replica: number): Promise<ReplicaPlan> {
    const plan = await folders.readPlan(folders.replicaFolder(runner.folders, lease, service, replica));
    if (plan === undefined) throw notRunning(service, replica);
    return plan;
  }

  async function findRunning(lease: LeaseId, service: string, replica: number) {
    const plan = await find(lease, service, replica);
    const state = await folders.readState(plan.folder);
    if (state?.state !== 'running' || !isAlive(state.supervisor)) throw notRunning(service, replica);
    return { plan, state };
  }

  /** Effects: folder, volumes, cgroup; then the process. */
  async function create(wanted: WantedReplica, image: StoredImage, signal: AbortSignal): Promise<void> {
    const folder = folders.replicaFolder(runner.folders, wanted.lease, wanted.service, wanted.replica);
    const plan = await prepare(folder, wanted, image).catch(async (error: unknown) => {
      await removeReplicaFolder(runner, folder);
      throw error;
    });
    await start(plan, wanted, signal);
  }

  async function prepare(folder: string, wanted: WantedReplica, image: StoredImage): Promise<ReplicaPlan> {
    for (const path of [folder, runner.folders.sockets]) await mkdir(path, { recursive: true, mode: 0o700 });
    const mounts = await Promise.all(wanted.mounts.map((mount) => makeMount(mount, wanted, folder)));
    const cgroup = (await runner.cgroups?.create(cgroupName(folder), wanted.limits)) ?? null;
    const user = await resolveUser(image.rootfs, image.config.user);
    const base = basePlan(wanted, image, { folder, mounts, cgroup, user }, config);
    const plan = await runner.plan(base, wanted, image);
    const path = join(folder, 'plan.json');
    await writeFile(`${path}.new`, JSON.stringify(plan), { mode: 0o600 });
    await rename(`${path}.new`, path);
    return plan;
  }

  async function start(plan: ReplicaPlan, wanted: WantedReplica, signal: AbortSignal): Promise<void> {
    const secrets = await secretsFor(plan, wanted.secrets);
    await launch(plan, { line: runner.launchLine(plan), secrets }, signal);
    const state = await folders.readState(plan.folder);
    if (state !== undefined) await runner.launched(plan, state);
    log.info('replica started', { lease: plan.lease, service: plan.service, replica: plan.replica });
  }

  async function makeMount(mount: Mount, wanted: WantedReplica, folder: string): Promise<PlannedMount> {
    const source =
      mount.kind === 'memory'
        ? null
        : mount.kind === 'persistent'
          ? (await volumes.make(wanted, mount)).path
          : await makeVolumeFolder(join(folder, `volume-${mount.volume}`), runner.owner);
    const { path, bytes, isReadOnly } = mount;
    return { path, bytes, isReadOnly, source, isEphemeral: mount.kind === 'ephemeral' };
  }

  /** Without isolation nothing can be mounted: a file lies in memory, and a variable says where. */
  async function secretsFor(plan: ReplicaPlan, secrets = noSecrets): Promise<ReplicaSecrets> {
    const paths = Object.keys(secrets.files);
    if (plan.isolation !== null || paths.length === 0) return secrets;
    const files = Object.values(secrets.files).map((text) => Buffer.from(text, 'base64'));
    const access = { owner: runner.owner, readers: 'owner' } as const;
    const places = await memory.put(basename(plan.folder), files, access);
    const said = paths.map((path, index) => [pathVariable('SOUK_FILE', path), places[index] ?? '']);
    return { env: { ...secrets.env, ...Object.fromEntries(said) }, files: {} };
  }

  async function discard(plan: ReplicaPlan): Promise<void> {
    await endReplica(plan);
    secretsOf.delete(plan.folder);
    await memory.remove(basename(plan.folder));
    for (const { socket } of plan.ports) await rm(socket, { force: true });
    await removeReplicaFolder(runner, plan.folder);
    log.info('replica removed', { lease: plan.lease, service: plan.service, replica: plan.replica });
  }

  async function ensure(
    wanted: WantedReplica,
    old: ReplicaPlan | undefined,
    signal: AbortSignal,
  ): Promise<void> {
    const image = await images.find(wanted.imageDigest);
    if (image === undefined) throw imageNotFound(wanted.imageReference);
    const folder = folders.replicaFolder(runner.folders, wanted.lease, wanted.service, wanted.replica);
    if (old !== undefined && old.hash === wanted.hash) {
      const state = await folders.readState(old.folder);
      if (wanted.secrets !== undefined) secretsOf.set(folder, wanted.secrets);
      if (state !== undefined && (isAlive(state.supervisor) || state.isFinal)) return;
      if (old.cgroup !== null) await runner.cgroups?.create(cgroupName(old.folder), wanted.limits);
      return start(old, wanted, signal);
    }
    if (old !== undefined) await discard(old);
    if (wanted.secrets !== undefined) secretsOf.set(folder, wanted.secrets);
    await create(wanted, image, signal);
  }

  return {
    name: runner.name,
    warnings: runner.warnings,
    ping: () => runner.ping(),

    async ensureImage(source, { signal, onProgress }) {
      if (source.kind === 'registry') throw pullsNothing(runner.name, source.reference);
      const { reference, digest } = await images.unpack(source, {
        signal,
        ...(onProgress && { onProgress }),
      });
      return { reference, digest };
    },

    async hasImage(digest) {
      const image = await images.find(digest);
      return image && { reference: image.reference, digest };
    },

    apply: (spec: WorkloadSpec, signal) =>
      inTurn(spec.lease, async () => {
        signal.throwIfAborted();
        const wanted = wantedReplicas(spec);
        const there = new Map((await plansOf(spec.lease)).map((plan) => [keyOf(plan), plan]));
        const wantedKeys = new Set(wanted.map(keyOf));
        const surplus = [...there.values()].filter((plan) => !wantedKeys.has(keyOf(plan)));
        await Promise.all(surplus.map(discard));
        try {
          await settled(wanted.map((each) => ensure(each, there.get(keyOf(each)), signal)));
        } catch (error) {
          throw asOutOfRoom(error) ?? error;
        }
      }),

    stop: (lease) =>
      inTurn(lease, async () => void (await Promise.all((await plansOf(lease)).map(stopReplica)))),

    prepareVolumes: (spec) =>
      inTurn(spec.lease, async () => {
        const wanted = wantedReplicas(spec).flatMap((replica) =>
          replica.mounts.flatMap((mount) => (mount.kind === 'persistent' ? [{ replica, mount }] : [])),
        );
        return Promise.all(wanted.map(({ replica, mount }) => volumes.make(replica, mount)));
      }),

    volumes: (lease): Promise<readonly VolumePlace[]> => volumes.of(lease),

    remove: (lease) =>
      inTurn(lease, async () => {
        await Promise.all((await plansOf(lease)).map(discard));
        await volumes.remove(lease);
      }),

    async list() {
      const leases = new Map<LeaseId, ReplicaStatus[]>();
      const plans = await folders.readPlans(runner.folders);
      const statuses = await Promise.all(plans.map(statusOf));
      for (const [index, plan] of plans.entries()) {
        const status = statuses[index];
        const lease = plan.lease as LeaseId;
        if (status !== undefined) leases.set(lease, [...(leases.get(lease) ?? []), status]);
      }
      return [...leases].map(([lease, replicas]): WorkloadStatus => ({ lease, replicas }));
    },

    async usage(lease) {
      const plans = await plansOf(lease);
      return Promise.all(
        plans.map(async ({ service, replica, folder }) => {
          const used = await folders.readJson<ReplicaTraffic>(join(folder, 'usage.json'));
          return { service, replica, ...(used ?? noTraffic) };
        }),
      );
    },

    async dial(lease, service, replica, port) {
      const { plan } = await findRunning(lease, service, replica);
      const found = plan.ports.find((each) => each.port === port);
      if (found === undefined) throw portNotExposed(service, port);
      return { kind: 'unix', path: found.socket };
    },

    logs(lease, options) {
      const { service } = options;
      const isWanted = (plan: ReplicaPlan) => service === null || plan.service === service;
      return readLogs(async () => (await plansOf(lease)).filter(isWanted), options);
    },

    async exec(lease, options) {
      const { plan, state } = await findRunning(lease, options.service, options.replica);
      const env = [...plan.env, ...secretEnv(secretsOf.get(plan.folder) ?? noSecrets)];
      using line = await runner.execLine({ ...plan, env }, state, options.command);
      return await startExec(line, options);
    },

    async [Symbol.asyncDispose]() {
      await memory.tidy();
      // Workloads outlive us. Without any, nothing stays outside our folder.
      const { sockets, replicas } = runner.folders;
      if (dirname(sockets) !== dirname(replicas)) await rmdir(sockets).catch(() => undefined);
    },
  };
}

const noSecrets: ReplicaSecrets = { env: {}, files: {} };

const noTraffic: ReplicaTraffic = {
  cpuSeconds: 0,
  memoryBytes: 0,
  networkRxBytes: 0,
  networkTxBytes: 0,
  diskBytes: 0,
};

function keyOf({ service, replica }: { readonly service: string; readonly replica: number }): string {
  return `${service}/${replica}`;
}

interface Made {
  readonly folder: string;
  readonly mounts: readonly PlannedMount[];
  readonly cgroup: PlannedCgroup | null;
  readonly user: ImageUser;
}

function basePlan(
  wanted: WantedReplica,
  image: StoredImage,
  { user, ...made }: Made,
  config: DriversConfig,
): BasePlan {
  const { lease, service, replica, hash, limits } = wanted;
  const command = commandLine(image.config, wanted.command, wanted.args);
  if (command.length === 0) throw imageMalformed('it names nothing to run, and neither does the service');
  const hostname = `${service}-${replica}`;
  return {
    lease,
    service,
    replica,
    hash,
    limits,
    hostname,
    command,
    ...made,
    rootfs: image.rootfs,
    env: [`HOSTNAME=${hostname}`, `HOME=${user.home}`, ...image.config.env, ...wanted.env],
    workingDir: image.config.workingDir,
    uid: user.uid,
    gid: user.gid,
    logFileBytes: config.logFileMib * 2 ** 20,
    stopGraceMs: wanted.stopGraceMs ?? config.stopGraceMs,
    restart: wanted.restart,
  };
}

async function statusOf(plan: ReplicaPlan): Promise<ReplicaStatus> {
  const { service, replica, folder } = plan;
  const state = await folders.readState(folder);
  if (state === undefined) return { service, replica, state: 'starting', restarts: 0, lastExit: null };
  const { restarts, lastExit } = state;
  if (isAlive(state.supervisor)) return { service, replica, state: state.state, restarts, lastExit };
  return {
    service,
    replica,
    state: state.state === 'stopped' ? 'stopped' : 'exited',
    restarts,
    lastExit: lastExit ?? 'killed: its supervisor ended',
  };
}

/** What a crash left before its plan was written belongs to no lease. */
async function removePlanless(runner: Runner): Promise<void> {
  for (const name of await readdir(runner.folders.replicas)) {
    const folder = join(runner.folders.replicas, name);
    if ((await folders.readPlan(folder)) === undefined) await removeReplicaFolder(runner, folder);
  }
}

async function removeReplicaFolder(runner: Runner, folder: string): Promise<void> {
  await runner.cgroups?.remove(cgroupName(folder));
  await folders.removeFolder(folder);
}

function cgroupName(folder: string): string {
  return folder.slice(1).replaceAll('/', '_').slice(-200);
}

/** All of them, each to its end; then the first that failed. */
async function settled(promises: readonly Promise<void>[]): Promise<void> {
  const results = await Promise.allSettled(promises);
  for (const result of results) if (result.status === 'rejected') throw result.reason;
}
