/** A deployment's volumes: what there is, saving them now, putting them back, reading them without a provider. */
import {
  Fault,
  leaseSnapshotProtocol,
  type LeaseStatus,
  type Restore,
  type Snapshot,
  toFault,
} from '@souk/protocol';
import type { z } from 'zod';
import type { Context } from '../context.ts';
import type { Deployment, DeploymentGroup } from '../deployment.ts';
import { askStatus, chosenBid, type Lot } from '../leases/lot.ts';
import { chooseGroup } from '../sessions/choose.ts';
import type { GroupChoice } from '../types.ts';
import type { KeptGroup, KeptWish } from '../wish.ts';
import { heldSnapshots, type HeldSnapshots } from './heads.ts';
import { newestOf, restoresFor } from './restores.ts';
import type {
  HeldSnapshot,
  SavedVolumes,
  SnapshotChoice,
  SnapshotsTaken,
  VolumeOptions,
  VolumeView,
} from './shape.ts';

/** A question may wait for some seconds at the provider. */
const askMs = 20_000;
const pollMs = 500;
/** Silences in a row that a long save or restore survives. */
const patience = 30;

export async function volumesOf(
  context: Context,
  name: string,
  options: GroupChoice & { readonly isThorough?: boolean } = {},
): Promise<readonly VolumeView[]> {
  const record = await context.records.load(name);
  const groups = options.group === undefined ? record.groups : [chooseGroup(record, options.group)];
  const wish = await context.deps.wishes?.load(name);
  const views = await Promise.all(
    groups.map(async (group) => {
      const kept = wish?.groups.find((one) => one.name === group.name);
      if (!wish || !kept) return [];
      const snapshots = await latestOf(context, record, group, options.signal);
      const held =
        options.isThorough === true
          ? (await heldSnapshots(context, { record, group, wish }, options.signal)).snapshots
          : [];
      return volumesIn(kept).map((volume) => viewOf(group, kept, volume, { snapshots, held }));
    }),
  );
  return views.flat();
}

type Volume = Pick<VolumeView, 'service' | 'replica' | 'volume' | 'bytes'>;

function volumesIn({ requirements }: KeptGroup): readonly Volume[] {
  return requirements.units.flatMap(({ service, count, resources }) =>
    Array.from({ length: count }, (_, replica) =>
      resources.storage
        .filter(({ persistent }) => persistent)
        .map(({ name, bytes }) => ({ service, replica, volume: name, bytes: Number(bytes) })),
    ).flat(),
  );
}

function viewOf(
  group: DeploymentGroup,
  kept: KeptGroup,
  volume: Volume,
  known: { readonly snapshots: readonly Snapshot[]; readonly held: readonly HeldSnapshot[] },
): VolumeView {
  return {
    group: group.name,
    lease: group.lease,
    ...volume,
    everySeconds: kept.runtime.snapshots?.everySeconds ?? null,
    snapshot: known.snapshots.find((one) => isSameVolume(one, volume)) ?? null,
    held: known.held.filter((one) => isSameVolume(one, volume)),
  };
}

/** From the provider where it answers; kept, so that it is known when the provider is gone. */
async function latestOf(
  context: Context,
  record: Deployment,
  group: DeploymentGroup,
  signal: AbortSignal | undefined,
): Promise<readonly Snapshot[]> {
  if (group.accepted.length === 0) return group.snapshots;
  await using held = await context.peers.hold(group.agentKey);
  const lot = { name: record.name, group, peer: held.peer };
  const answered = await askStatus(context, lot, signal);
  if (!('status' in answered)) return group.snapshots;
  await rememberSnapshots(context, lot, answered.status);
  return answered.status.snapshots;
}

/** What the provider says it has saved, on record where it is news. */
export async function rememberSnapshots(
  context: Context,
  { name, group }: Pick<Lot, 'name' | 'group'>,
  { snapshots }: Pick<LeaseStatus, 'snapshots'>,
): Promise<void> {
  const rootsOf = (all: readonly Snapshot[]) =>
    all.map(({ root, holders }) => `${root} ${holders.join()}`).join();
  if (snapshots.length === 0 || rootsOf(snapshots) === rootsOf(group.snapshots)) return;
  await context.records.change(name, group.lease, { snapshots: [...snapshots] });
}

export async function takeSnapshots(
  context: Context,
  name: string,
  options: VolumeOptions = {},
): Promise<SnapshotsTaken> {
  const group = chooseGroup(await context.records.load(name), options.group);
  let turn: number | null = null;
  const taken = await askUntilDone(
    context,
    group,
    options,
    () => ({ kind: 'take', lease: group.lease, turn }),
    (answer) => {
      turn = answer.turn;
    },
  );
  await rememberSnapshots(context, { name, group }, taken);
  return taken;
}

/** Put volumes back in place: the workload is stopped for it. What was there is saved first. */
export async function restoreVolumes(
  context: Context,
  name: string,
  options: SnapshotChoice = {},
): Promise<readonly Restore[]> {
  const { restores, group } = await chooseRestores(context, name, options);
  options.onProgress?.('saving what is there now');
  await takeSnapshots(context, name, options);
  let isAsked = false;
  const { troubles } = await askUntilDone(
    context,
    group,
    options,
    () =>
      isAsked
        ? { kind: 'restoring', lease: group.lease }
        : { kind: 'restore', lease: group.lease, restore: [...restores] },
    () => {
      isAsked = true;
    },
  );
  if (troubles.length > 0) throw notRestored(troubles);
  return restores;
}

export async function savedVolumes(
  context: Context,
  name: string,
  options: SnapshotChoice = {},
): Promise<SavedVolumes> {
  const { restores, group, wish } = await chooseRestores(context, name, options);
  const snapshotKey = wish.groups.find((kept) => kept.name === group.name)?.secrets?.snapshotKey;
  if (!snapshotKey) throw noSnapshots(name);
  return { deployment: wish.deployment, lease: group.lease, agentKey: group.agentKey, snapshotKey, restores };
}

interface Chosen {
  readonly restores: readonly Restore[];
  readonly group: DeploymentGroup;
  readonly wish: KeptWish;
}

async function chooseRestores(context: Context, name: string, options: SnapshotChoice): Promise<Chosen> {
  const record = await context.records.load(name);
  const group = chooseGroup(record, options.group);
  const wish = await context.deps.wishes?.load(name);
  if (!wish) throw noSnapshots(name);
  const { root } = options;
  const restores =
    root === undefined
      ? await restoresFor(context, record, group, options.signal)
      : restoresOfRoot(await heldSnapshots(context, { record, group, wish }, options.signal), root);
  if (restores.length === 0) throw noSnapshots(name);
  return { restores, group, wish };
}

/** A root may be shortened as long as it says which. */
function restoresOfRoot({ snapshots }: HeldSnapshots, root: string): readonly Restore[] {
  return newestOf(
    snapshots
      .filter((one) => one.root.startsWith(root))
      .map((one) => ({ ...one, holders: one.holders.map((holder) => [...holder]) })),
  );
}

type Request = z.output<(typeof leaseSnapshotProtocol)['request']>;
type Answer = Extract<z.output<(typeof leaseSnapshotProtocol)['answer']>, { ok: true }>;

/** Asked again and again: a provider that restarts meanwhile goes on where it was. */
async function askUntilDone(
  context: Context,
  group: DeploymentGroup,
  { signal, onProgress }: VolumeOptions,
  request: () => Request,
  onAnswer: (answer: Answer) => void,
): Promise<Answer> {
  await using held = await context.peers.hold(group.agentKey);
  const { provider } = chosenBid(group);
  for (let silences = 0; ;) {
    const answer = await held.peer
      .ask(provider, leaseSnapshotProtocol, request(), { timeoutMs: askMs, ...(signal && { signal }) })
      .catch((error: unknown) => {
        signal?.throwIfAborted();
        silences += 1;
        if (silences > patience) throw toFault(error, 'tenant.no-answer', 'peer');
        return undefined;
      });
    if (answer?.ok === false) throw refused(answer.reason, answer.detail);
    if (answer) {
      silences = 0;
      onAnswer(answer);
      onProgress?.(answer.detail);
      if (answer.isDone) return answer;
    }
    await context.deps.clock.sleep(pollMs, signal);
  }
}

function isSameVolume(a: Omit<Volume, 'bytes'>, b: Omit<Volume, 'bytes'>): boolean {
  return a.service === b.service && a.replica === b.replica && a.volume === b.volume;
}

function noSnapshots(name: string): Fault {
  return new Fault('tenant.no-snapshots', `there is no snapshot of "${name}" to be had`, {
    blame: 'user',
    data: { name },
    remedy: 'see what is saved, and by whom: souk volume ls; snapshots are asked for under x-souk.snapshots',
  });
}

function refused(reason: string, detail: string): Fault {
  return new Fault('tenant.refused', `the provider refuses: ${detail}`, { blame: 'peer', data: { reason } });
}

function notRestored(troubles: readonly string[]): Fault {
  return new Fault('tenant.not-restored', `the volumes are as they were: ${troubles.join('; ')}`, {
    blame: 'peer',
    data: { troubles },
    remedy: 'choose another snapshot: souk volume ls --all',
  });
}
