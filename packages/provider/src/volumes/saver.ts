/**
 * Saves the volumes of leases to their holders, on each lease's own schedule and when asked to. What a lease's data can
 * be put back to is at most `everySeconds` and the time of one snapshot old. Level-triggered: what is due is found by
 * looking; a crash in the middle loses the work since the last batch, and the next try sends only what is lacking.
 */
import { hash } from 'node:crypto';
import { mkdir, readFile, readdir, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { MarketDomain } from '@souk/protocol';
import {
  type Clock,
  Fault,
  type Hex,
  type LeaseId,
  type Log,
  type Signer,
  type Snapshot,
  toFault,
} from '@souk/protocol';
import type { Peer } from '@souk/net';
import type { Driver, VolumePlace } from '../drivers/driver.ts';
import type { Book, Lease } from '../leases/book.ts';
import { openSecrets, type SecretBox } from '../leases/secrets.ts';
import { type BlobKeys, blobKeys } from './blob.ts';
import { type Holder, holderAt } from './client.ts';
import { makeSnapshot, tooLarge, type VolumeName } from './make.ts';
import { type Last, lastSchema } from './memory.ts';
import { createPush, noHolder } from './push.ts';

export interface SaverDeps {
  readonly peer: Pick<Peer, 'ask' | 'openStream' | 'peerId'>;
  readonly signer: Signer;
  readonly domain: MarketDomain;
  readonly driver: Pick<Driver, 'volumes'>;
  readonly book: Pick<Book, 'all' | 'note'>;
  readonly secrets: Pick<SecretBox, 'open'>;
  /** What is remembered of each volume, a folder for each lease. */
  readonly folder: string;
  readonly clock: Clock;
  readonly log: Log;
  /** Aborted when the daemon stops. */
  readonly signal: AbortSignal;
}

export interface SaverConfig {
  readonly snapshotMaxGib: bigint;
  readonly snapshotBytesPerSecond: number;
}

export interface Saved {
  readonly snapshots: readonly Snapshot[];
  /** What is not saved, or not all of it, and why. */
  readonly troubles: readonly string[];
}

export interface Saver {
  /** Save what is due; a few leases at a time. */
  tick(): Promise<void>;
  /** Save the volumes of a lease now: joins a save that has not begun yet. Never throws; troubles say what failed. */
  save(lease: Lease): Promise<Saved>;
  /** The latest of each volume that a holder has. */
  snapshotsOf(lease: LeaseId): readonly Snapshot[];
  /** Forget what is remembered of a lease's volumes: it has ended. */
  forget(lease: LeaseId): Promise<void>;
  idle(): Promise<void>;
}

const atOnce = 2;
/** A failed save is tried again after this, doubling up to the schedule. */
const retryMs = 5000;

interface State {
  readonly snapshots: Map<string, Snapshot>;
  troubles: readonly string[];
  /** Unix milliseconds when the next is due, and when the last that saved all was begun. */
  dueAt: number;
  savedAt: number;
  failures: number;
  /** The save that runs, and the one that waits for its end. */
  running: Promise<Saved> | undefined;
  waiting: Promise<Saved> | undefined;
}

export function createSaver(deps: SaverDeps, config: SaverConfig): Saver {
  const { book, clock, log, signal } = deps;
  const states = new Map<LeaseId, State>();
  const loading = new Map<LeaseId, Promise<State>>();

  const stateOf = async (lease: LeaseId): Promise<State> => {
    const known = states.get(lease);
    if (known) return known;
    const load = loading.get(lease) ?? loadState(join(deps.folder, lease));
    loading.set(lease, load);
    const state = states.get(lease) ?? (await load);
    loading.delete(lease);
    states.set(lease, state);
    return state;
  };

  /** Every volume in turn; one that fails keeps no other from being saved. */
  const saveAll = async (lease: Lease, state: State): Promise<Saved> => {
    const troubles: string[] = [];
    let hasFailed = false;
    const startMs = clock.now();
    const everyMs = (planOf(lease)?.everySeconds ?? 3600) * 1000;
    try {
      const job = await jobOf(deps, lease);
      const places = await deps.driver.volumes(lease.id);
      await mkdir(job.folder, { recursive: true, mode: 0o700 });
      for (const place of places) {
        try {
          const { snapshot, notes } = await saveVolume(deps, config, job, place);
          state.snapshots.set(keyOf(place), snapshot);
          troubles.push(...notes.map((text) => `${nameOf(place)}: ${text}`));
        } catch (error) {
          signal.throwIfAborted();
          troubles.push(`${nameOf(place)}: ${explain(error)}`);
          hasFailed = true;
        }
      }
    } catch (error) {
      if (signal.aborted) return { snapshots: [...state.snapshots.values()], troubles };
      troubles.push(explain(error));
      hasFailed = true;
    }
    state.dueAt = startMs + (hasFailed ? Math.min(everyMs, retryMs * 2 ** state.failures) : everyMs);
    state.failures = hasFailed ? Math.min(state.failures + 1, 16) : 0;
    if (!hasFailed) state.savedAt = startMs;
    tellTroubles(lease, state, troubles);
    return { snapshots: [...state.snapshots.values()], troubles };
  };

  /** As events of the lease, when they change. */
  const tellTroubles = (lease: Lease, state: State, troubles: readonly string[]) => {
    const isNews = troubles.join() !== state.troubles.join();
    state.troubles = troubles;
    if (!isNews) return;
    for (const trouble of troubles.slice(0, 8)) book.note(lease, 'snapshot-trouble', trouble);
    if (troubles.length === 0) book.note(lease, 'snapshot', 'volumes are saved');
    log.info('snapshots of a lease', { lease: lease.id, troubles: troubles.length });
  };

  const start = (lease: Lease, state: State): Promise<Saved> => {
    const running = saveAll(lease, state).finally(() => {
      if (state.running === running) state.running = undefined;
    });
    state.running = running;
    return running;
  };

  const save = async (lease: Lease): Promise<Saved> => {
    const state = await stateOf(lease.id);
    if (!state.running) return start(lease, state);
    state.waiting ??= state.running.then(() => {
      state.waiting = undefined;
      return start(lease, state);
    });
    return state.waiting;
  };

  return {
    save,
    async tick() {
      const due: Lease[] = [];
      for (const lease of book.all()) {
        if (!isSavable(lease)) continue;
        const state = await stateOf(lease.id);
        const { paused } = lease.record;
        // What rests is saved once more, and then it stays as it is.
        if (paused && state.savedAt > paused.at * 1000) continue;
        if (!state.running && state.dueAt <= clock.now()) due.push(lease);
      }
      const busy = [...states.values()].filter((state) => state.running !== undefined).length;
      for (const lease of due.slice(0, Math.max(0, atOnce - busy))) void save(lease);
    },
    snapshotsOf: (lease) => [...(states.get(lease)?.snapshots.values() ?? [])],
    async forget(lease) {
      await states.get(lease)?.running;
      states.delete(lease);
      await rm(join(deps.folder, lease), { recursive: true, force: true });
    },
    async idle() {
      for (const { running, waiting } of states.values()) {
        await running;
        await waiting;
      }
    },
  };
}

/** Volumes are only what the lease has put into them once it was started: before, they may have to be restored first. */
function isSavable(lease: Lease): boolean {
  const { stage, terms } = lease.record;
  return stage === 'up' && terms !== null && lease.done.has('workload') && planOf(lease) !== null;
}

function planOf(lease: Lease) {
  return lease.record.request?.runtime.snapshots ?? null;
}

/** What all volumes of a lease have in common. */
interface Job {
  readonly lease: LeaseId;
  readonly deployment: Hex;
  readonly folder: string;
  readonly keys: BlobKeys;
  readonly holders: readonly Holder[];
  readonly keep: number;
}

async function jobOf(deps: SaverDeps, lease: Lease): Promise<Job> {
  const runtime = lease.record.request?.runtime;
  const plan = planOf(lease);
  if (!runtime || !plan || runtime.deployment === null) throw notAsked();
  const key = (await openSecrets(deps.secrets, runtime))?.snapshotKey;
  if (!key) throw notAsked();
  const { deployment } = runtime;
  const holders = plan.holders
    .map((multiaddrs) => holderAt({ peer: deps.peer, multiaddrs, lease: lease.id, deployment }))
    .filter(({ peerId }) => peerId !== deps.peer.peerId);
  if (holders.length === 0) throw noHolder([]);
  const folder = join(deps.folder, lease.id);
  return { lease: lease.id, deployment, folder, keys: blobKeys(key), holders, keep: plan.keep };
}

interface SavedVolume {
  readonly snapshot: Snapshot;
  readonly notes: readonly string[];
}

async function saveVolume(
  deps: SaverDeps,
  config: SaverConfig,
  job: Job,
  place: VolumePlace,
): Promise<SavedVolume> {
  const { clock, signal } = deps;
  const { service, replica, volume } = place;
  if (BigInt(place.bytes) > config.snapshotMaxGib) throw tooLarge(config.snapshotMaxGib);
  const last = await readLast(job.folder, place);
  const trusted = await stillHolding(job.holders, last, signal);
  const push = createPush({
    holders: job.holders,
    trusted,
    keep: job.keep,
    bytesPerSecond: config.snapshotBytesPerSecond,
    clock,
    signal,
  });
  const at = Math.max(clock.now(), (last?.at ?? 0) + 1);
  const after = memoryOf(job.folder, place, at);
  const made = await makeSnapshot({
    name: { deployment: job.deployment, service, replica, volume },
    folder: place.path,
    keys: job.keys,
    sink: push,
    before: last && memoryOf(job.folder, place, last.memory),
    after,
    isOwnerless: place.owner !== null,
    maxBytes: config.snapshotMaxGib,
    signal,
  });
  const { root, bytes } = made;
  const head = { lease: job.lease, deployment: job.deployment, service, replica, volume, root, at, bytes };
  const isSame = last?.root === root && job.holders.every(({ peerId }) => trusted.has(peerId));
  const holders = isSame
    ? last.holders
    : await push.finish(await deps.signer.sign(deps.domain, 'Head', head), [...made.ids]);
  await writeLast(job.folder, place, {
    root,
    at,
    memory: at,
    bytes,
    sentBytes: push.sentBytes(),
    holders: [...holders],
  });
  const snapshot = {
    service,
    replica,
    volume,
    root,
    bytes,
    sentBytes: push.sentBytes(),
    at: Math.floor(at / 1000),
    holders: holders.slice(0, 8),
  };
  return { snapshot, notes: [...made.notes, ...push.troubles()] };
}

/** Of those who had all of the last snapshot, the ones that have not lost it. */
async function stillHolding(
  holders: readonly Holder[],
  last: Last | undefined,
  signal: AbortSignal,
): Promise<ReadonlySet<string>> {
  if (!last) return new Set();
  const { root } = last;
  const asked = await Promise.all(
    holders.map(async (holder) => {
      if (!last.holders.includes(holder.peerId)) return [];
      const missing = await holder.missing([root], signal).catch(() => undefined);
      return missing?.size === 0 ? [holder.peerId] : [];
    }),
  );
  signal.throwIfAborted();
  return new Set(asked.flat());
}

function keyOf({ service, replica, volume }: VolumeName): string {
  return hash('sha256', JSON.stringify([service, replica, volume]), 'hex').slice(0, 16);
}

function nameOf({ service, replica, volume }: VolumeName): string {
  return `${service}/${replica} ${volume}`;
}

function memoryOf(folder: string, name: VolumeName, at: number): string {
  return join(folder, `${keyOf(name)}.${at}.memory`);
}

async function readLast(folder: string, name: VolumeName): Promise<Last | undefined> {
  return parseLast(await readFile(join(folder, `${keyOf(name)}.json`), 'utf8').catch(() => ''));
}

/** The memory is on disk; from here on it is the one that counts. */
async function writeLast(
  folder: string,
  name: VolumeName,
  last: Omit<Last, keyof VolumeName>,
): Promise<void> {
  const { service, replica, volume } = name;
  const file = join(folder, `${keyOf(name)}.json`);
  const text = JSON.stringify({ service, replica, volume, ...last });
  await writeFile(`${file}.part`, text, { mode: 0o600, flush: true });
  await rename(`${file}.part`, file);
  const kept = `${keyOf(name)}.${last.memory}.memory`;
  for (const entry of await readdir(folder)) {
    const isOld = entry.startsWith(`${keyOf(name)}.`) && entry.endsWith('.memory') && entry !== kept;
    if (isOld) await rm(join(folder, entry), { force: true });
  }
}

async function loadState(folder: string): Promise<State> {
  const names = await readdir(folder).catch(() => []);
  const snapshots = new Map<string, Snapshot>();
  for (const name of names.filter((entry) => /^[0-9a-f]{16}\.json$/.test(entry))) {
    const last = parseLast(await readFile(join(folder, name), 'utf8').catch(() => ''));
    if (!last) continue;
    const { memory: _memory, ...rest } = last;
    snapshots.set(keyOf(last), {
      ...rest,
      at: Math.floor(last.at / 1000),
      holders: last.holders.slice(0, 8),
    });
  }
  return {
    snapshots,
    troubles: [],
    dueAt: 0,
    savedAt: 0,
    failures: 0,
    running: undefined,
    waiting: undefined,
  };
}

function parseLast(text: string): Last | undefined {
  try {
    return lastSchema.parse(JSON.parse(text));
  } catch {
    return undefined;
  }
}

function explain(error: unknown): string {
  const fault = toFault(error, 'snapshot.failed', 'self');
  return fault.remedy === undefined ? fault.message : `${fault.message}; ${fault.remedy}`;
}

function notAsked(): Fault {
  return new Fault('snapshot.not-asked', 'nothing says where snapshots of this deployment go', {
    blame: 'user',
    remedy: 'add x-souk.snapshots to the workload file and update the deployment',
  });
}
