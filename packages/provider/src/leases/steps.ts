/**
 * What brings a lease up, as a list: each step finds its own work done when it is taken again, and each can be undone
 * when nothing was done. What the steps of one stage do is independent, so it is done at once.
 */
import type { Clock, ImageBlob, ManifestGroup } from '@souk/protocol';
import type { Driver, LocalImage } from '../drivers/driver.ts';
import type { Ingress } from '../ingress/ingress.ts';
import type { LogKeeper } from '../logs/keeper.ts';
import type { Ledger } from '../inventory/ledger.ts';
import type { Book, Lease } from './book.ts';
import { naturalPhases } from './condition.ts';
import type { EnsureOptions, ImageStore } from './images.ts';
import type { LeaseState, StepName } from './lease.ts';
import type { SecretBox } from './secrets.ts';
import { startPull } from './pull.ts';
import type { Settlement } from './settlement.ts';
import { claimOf, partsOf } from './update/parts.ts';
import type { Volumes } from '../volumes/volumes.ts';
import { currentVersion, servedOf, workloadOf } from './workload.ts';

export interface LeaseStep {
  readonly name: StepName;
  /** Rejects with the signal's reason when the lease ends meanwhile. */
  run(lease: Lease, signal: AbortSignal): Promise<void>;
  undo(lease: Lease): Promise<void>;
}

export interface StepDeps {
  readonly book: Book;
  readonly ledger: Ledger;
  readonly ingress: Ingress;
  readonly settlement: Settlement;
  readonly images: ImageStore;
  readonly driver: Driver;
  readonly secrets: SecretBox;
  readonly logs: Pick<LogKeeper, 'takeLast'>;
  readonly volumes: Pick<Volumes, 'prepare' | 'forget'>;
  readonly clock: Clock;
  /** Getting images that moves nothing for this long is broken off. */
  readonly pullStallMs: number;
}

/** Stages in order; the steps of one stage run at once. */
export function leaseSteps(deps: StepDeps): readonly (readonly LeaseStep[])[] {
  return [[capacity(deps)], [ingress(deps)], [open(deps), images(deps)], [volumes(deps)], [workload(deps)]];
}

/** Committed when the acceptance or an update was taken; what an update no longer needs is given back here. */
function capacity({ ledger }: StepDeps): LeaseStep {
  return {
    name: 'capacity',
    run: async ({ id, record }) => ledger.restore({ id, holder: record.parties.tenant, ...claimOf(record) }),
    undo: async (lease) => ledger.release(lease.id),
  };
}

/** Routes first: until the workload runs they answer with the state it is in. */
function ingress({ ingress: front, book }: StepDeps): LeaseStep {
  return {
    name: 'ingress',
    async run(lease) {
      const { ports, taken } = await front.serve(lease.id, servedOf(partsOf(lease)), lease.record.ports);
      for (const host of taken) book.note(lease, 'host-taken', `${host} is used by another lease here`);
      book.remember(lease, { ports: [...ports] });
    },
    undo: async (lease) => front.withdraw(lease.id),
  };
}

/** Undone by the settlement of the whole lease, not here: it is the chain that must agree. */
function open({ settlement, book }: StepDeps): LeaseStep {
  return {
    name: 'open',
    async run(lease, signal) {
      const wasOpen = lease.record.terms !== null;
      await settlement.open(lease);
      signal.throwIfAborted();
      if (!wasOpen) book.note(lease, 'opened', 'open on chain');
    },
    undo: async () => undefined,
  };
}

function images({ images: store, driver, book, clock, pullStallMs: stallMs }: StepDeps): LeaseStep {
  return {
    name: 'images',
    async run(lease, signal) {
      const group = groupOf(lease);
      const offered = lease.record.request?.images ?? [];
      const onMove = (percent: number | null, detail: string) => {
        if (!signal.aborted && lease.record.stage === 'up') book.tell(lease, 'pulling', detail, percent);
      };
      using pull = startPull({ clock, stallMs, signal, onMove });
      const options = { signal: pull.signal, onProgress: pull.note };
      const local = await fetchImages({ store, driver }, group, offered, options);
      book.remember(lease, { images: local });
      book.note(lease, 'images-ready', local.map(({ image }) => image).join(', '));
    },
    // Images stay: the driver keeps a cache of its own.
    undo: async () => undefined,
  };
}

/**
 * All images of a group on this machine: those the tenant offers from its upload, others from their registries.
 * `onProgress` is called whenever something moves, with how far all of them are together.
 */
export async function fetchImages(
  { store, driver }: { readonly store: ImageStore; readonly driver: Pick<Driver, 'ensureImage'> },
  group: ManifestGroup,
  offered: readonly ImageBlob[],
  { signal, onProgress }: EnsureOptions,
): Promise<LeaseState['images']> {
  const wanted = [...new Set(group.services.map((service) => service.image))];
  const parts = new Map<string, number>();
  const ensure = (image: string): Promise<LocalImage> => {
    const note = (percent: number | null) => {
      if (percent !== null) parts.set(image, percent);
      const sum = [...parts.values()].reduce((total, part) => total + part, 0);
      onProgress(parts.size === 0 ? null : Math.floor((sum / wanted.length) * 10) / 10);
    };
    const options = { signal, onProgress: note };
    const blob = offered.find((one) => one.image === image);
    if (blob) return store.ensure(blob, options);
    const credentials = group.services.find((service) => service.image === image)?.credentials;
    const source = { kind: 'registry', reference: image, ...(credentials ? { credentials } : {}) } as const;
    return driver.ensureImage(source, options);
  };
  return Promise.all(wanted.map(async (image) => ({ image, ...(await ensure(image)) })));
}

/** What a volume is to start from is in it before anything can see it. */
function volumes({ volumes: keeper, ingress: front, secrets }: StepDeps): LeaseStep {
  return {
    name: 'volumes',
    run: (lease, signal) => {
      const url = front.urlsOf(lease.id)[0]?.url;
      return keeper.prepare(lease, () => workloadOf(lease, partsOf(lease), { url, secrets }), signal);
    },
    undo: (lease) => keeper.forget(lease.id),
  };
}

function workload({ driver, ingress: front, book, logs, secrets }: StepDeps): LeaseStep {
  return {
    name: 'workload',
    async run(lease, signal) {
      if (!naturalPhases.has(lease.phase) && lease.phase !== 'out-of-capacity')
        book.tell(lease, 'starting', 'starting the workload');
      const url = front.urlsOf(lease.id)[0]?.url;
      await driver.apply(await workloadOf(lease, partsOf(lease), { url, secrets }), signal);
    },
    async undo(lease) {
      await logs.takeLast(lease.id);
      await driver.remove(lease.id);
    },
  };
}

export function groupOf(lease: Lease): ManifestGroup {
  return currentVersion(lease).manifest;
}
