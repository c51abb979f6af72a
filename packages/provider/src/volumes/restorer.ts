/**
 * Fills volumes from snapshots: before a lease first starts, and in place when its tenant asks for it. How far each
 * volume is stands on disk, so a crash in the middle is gone on with; nothing starts on half a volume. A snapshot that
 * can't be had ends a lease that has yet to start, and leaves one that has run as it was.
 */
import { mkdir, readFile, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Peer } from '@souk/net';
import {
  type Clock,
  Fault,
  type Hex,
  type LeaseId,
  type Log,
  type Restore,
  restoreSchema,
  toFault,
} from '@souk/protocol';
import { z } from 'zod';
import type { Driver, VolumePlace, WorkloadSpec } from '../drivers/driver.ts';
import { type Book, type Lease, turn } from '../leases/book.ts';
import { openSecrets, type SecretBox } from '../leases/secrets.ts';
import { blobKeys } from './blob.ts';
import { holderAt } from './client.ts';
import { fetchFrom } from './fetch.ts';
import { readRoot, replaceVolume, type RestorePhase, restorePhases } from './write.ts';

export interface RestorerDeps {
  readonly peer: Pick<Peer, 'ask' | 'openStream'>;
  readonly driver: Pick<Driver, 'prepareVolumes' | 'stop'>;
  readonly book: Pick<Book, 'note' | 'tell'>;
  readonly secrets: Pick<SecretBox, 'open'>;
  readonly folder: string;
  readonly clock: Clock;
  readonly log: Log;
}

export interface RestorerConfig {
  readonly restorePatienceMs: number;
}

/** How a restore that a tenant asked for does. */
export interface Restoring {
  readonly isDone: boolean;
  readonly detail: string;
  readonly troubles: readonly string[];
}

export interface Restorer {
  /** The step before the workload: resolves once every volume is what it should start from. */
  prepare(lease: Lease, spec: () => Promise<WorkloadSpec>, signal: AbortSignal): Promise<void>;
  /** Put volumes of a running lease back: on disk when it resolves, done by the lease's next steps. */
  request(lease: Lease, restore: readonly Restore[]): Promise<void>;
  progressOf(lease: LeaseId): Restoring;
}

const pendingSchema = z.strictObject({
  /** The lease has run: a failure leaves its volumes as they were. */
  isInPlace: z.boolean(),
  volumes: z.array(
    z.strictObject({ restore: restoreSchema, phase: z.enum([...restorePhases, 'done', 'failed']) }),
  ),
});
type Pending = z.output<typeof pendingSchema>;

export function createRestorer(deps: RestorerDeps, config: RestorerConfig): Restorer {
  const { book, clock } = deps;
  const progress = new Map<LeaseId, Restoring>();
  /** When a lease's restore was first tried, by this process. */
  const since = new Map<LeaseId, number>();
  const fileOf = (lease: LeaseId) => join(deps.folder, lease, 'restore.json');

  const load = async (lease: Lease): Promise<Pending | undefined> => {
    const text = await readFile(fileOf(lease.id), 'utf8').catch(() => undefined);
    if (text !== undefined) return pendingSchema.parse(JSON.parse(text));
    const wanted = lease.record.request?.runtime.restore ?? [];
    if (wanted.length === 0 || lease.record.healthyAt > 0) return undefined;
    return { isInPlace: false, volumes: wanted.map((restore) => ({ restore, phase: 'filling' })) };
  };
  const save = async (lease: LeaseId, pending: Pending): Promise<void> => {
    const file = fileOf(lease);
    await mkdir(join(file, '..'), { recursive: true, mode: 0o700 });
    await writeFile(`${file}.part`, JSON.stringify(pending), { mode: 0o600, flush: true });
    await rename(`${file}.part`, file);
  };
  const show = (lease: Lease, { isInPlace }: Pending, detail: string, percent: number | null) => {
    book.tell(lease, isInPlace ? 'updating' : 'starting', detail, percent);
    progress.set(lease.id, { isDone: false, detail, troubles: [] });
  };

  const fill = async (lease: Lease, pending: Pending, at: number, job: Job): Promise<void> => {
    const one = pending.volumes[at];
    if (!one) return;
    const { restore } = one;
    const place = placeOf(job.places, restore);
    const source = fetchFrom(
      restore.holders.map((multiaddrs) => holderAt({ ...job, peer: deps.peer, multiaddrs })),
    );
    const { keys, signal } = job;
    const name = `${restore.service}/${restore.replica} ${restore.volume}`;
    show(lease, pending, `restoring ${name}`, 0);
    const root = await readRoot(restore.root, { keys, source, signal });
    checkRoot(root, restore, { deployment: job.deployment, place });
    let shown = -1;
    await replaceVolume(place.path, root, {
      keys,
      source,
      signal,
      owner: place.owner,
      onBytes: (written, of) => {
        const percent = of === 0 ? 100 : Math.floor((written / of) * 100);
        if (percent === shown) return;
        shown = percent;
        show(lease, pending, `restoring ${name}`, percent);
      },
      phase: one.phase === 'done' || one.phase === 'failed' ? 'filling' : one.phase,
      onPhase: (phase) => advance(phase),
    });
    await advance('done');
    book.note(lease, 'restored', `${name} from snapshot ${restore.root.slice(0, 18)}…`);

    async function advance(phase: RestorePhase | 'done') {
      if (one) one.phase = phase;
      await save(lease.id, pending);
    }
  };

  /** Nobody has it, or it is none: what then depends on whether there is something to go back to. */
  const giveUp = async (lease: Lease, pending: Pending, at: number, fault: Fault): Promise<void> => {
    const one = pending.volumes[at];
    if (!one || !pending.isInPlace) {
      throw new Fault(fault.code, `the data can't be restored: ${fault.message}`, {
        blame: fault.blame,
        retry: false,
        cause: fault,
        ...(fault.remedy === undefined ? {} : { remedy: fault.remedy }),
      });
    }
    one.phase = 'failed';
    await save(lease.id, pending);
    book.note(lease, 'restore-failed', fault.message);
  };

  return {
    async prepare(lease, spec, signal) {
      const pending = await load(lease);
      if (!pending || pending.volumes.every(({ phase }) => phase === 'done' || phase === 'failed')) return;
      if (pending.isInPlace) await deps.driver.stop(lease.id);
      const startMs = since.get(lease.id) ?? clock.now();
      since.set(lease.id, startMs);
      const places = await deps.driver.prepareVolumes(await spec());
      const job = { ...(await keyOf(deps, lease)), lease: lease.id, places, signal };
      const troubles: string[] = [];
      for (const [at, { phase }] of pending.volumes.entries()) {
        if (phase === 'done' || phase === 'failed') continue;
        try {
          await fill(lease, pending, at, job);
        } catch (error) {
          signal.throwIfAborted();
          const fault = toFault(error, 'snapshot.restore-failed', 'self');
          // Holders may be on their way back.
          if (fault.retry && clock.now() - startMs < config.restorePatienceMs) throw fault;
          troubles.push(fault.message);
          await giveUp(lease, pending, at, fault);
        }
      }
      since.delete(lease.id);
      progress.set(lease.id, { isDone: true, detail: 'restored', troubles });
    },

    async request(lease, restore) {
      await save(lease.id, {
        isInPlace: true,
        volumes: restore.map((one) => ({ restore: one, phase: 'filling' as const })),
      });
      progress.set(lease.id, { isDone: false, detail: 'stopping the workload', troubles: [] });
      book.note(lease, 'restoring', `${restore.length} volumes, as the tenant asked`);
      book.tell(lease, 'updating', 'restoring volumes');
      lease.done.delete('volumes');
      lease.done.delete('workload');
      turn(lease);
    },

    progressOf: (lease) =>
      progress.get(lease) ?? { isDone: true, detail: 'nothing is being restored', troubles: [] },
  };
}

interface Job {
  readonly lease: LeaseId;
  readonly deployment: Hex;
  readonly keys: ReturnType<typeof blobKeys>;
  readonly places: readonly VolumePlace[];
  readonly signal: AbortSignal;
}

async function keyOf(deps: RestorerDeps, lease: Lease): Promise<Pick<Job, 'deployment' | 'keys'>> {
  const runtime = lease.record.request?.runtime;
  const key = runtime && (await openSecrets(deps.secrets, runtime))?.snapshotKey;
  if (runtime?.deployment && key) return { deployment: runtime.deployment, keys: blobKeys(key) };
  throw new Fault('snapshot.no-key', 'snapshots are to be restored, but their key was not handed over', {
    blame: 'peer',
  });
}

function placeOf(places: readonly VolumePlace[], { service, replica, volume }: Restore): VolumePlace {
  const found = places.find(
    (place) => place.service === service && place.replica === replica && place.volume === volume,
  );
  if (found) return found;
  throw new Fault('snapshot.no-such-volume', `${service}/${replica} has no persistent volume "${volume}"`, {
    blame: 'user',
    remedy: 'see what there is: souk volume ls',
  });
}

function checkRoot(
  root: Awaited<ReturnType<typeof readRoot>>,
  { service, replica, volume }: Restore,
  { deployment, place }: { readonly deployment: Hex; readonly place: VolumePlace },
): void {
  if (root.deployment !== deployment || root.service !== service || root.volume !== volume) {
    const what = `${root.service}/${root.replica} ${root.volume}`;
    throw new Fault(
      'snapshot.other-volume',
      `the snapshot is of ${what}, not of ${service}/${replica} ${volume}`,
      {
        blame: 'user',
        remedy: 'choose one of this volume: souk volume ls',
      },
    );
  }
  if (root.bytes > place.bytes) {
    throw new Fault(
      'snapshot.volume-too-small',
      `the snapshot has ${root.bytes} bytes, the volume ${place.bytes}`,
      {
        blame: 'user',
        remedy: 'give the volume more storage in the workload file',
      },
    );
  }
}
