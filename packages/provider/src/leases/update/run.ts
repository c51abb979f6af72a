/**
 * Carries an update out: images, one step of its plan after the other, the amendment on chain; or back to what ran
 * before. Where it stands is in the journal before it is acted on, so after a crash it goes on, or goes back, and
 * nothing happens twice. Until the amendment is on chain nothing of the lease has changed but what runs.
 */
import { type Clock, Fault, hashMessage, type Log, toFault } from '@souk/protocol';
import type { Driver } from '../../drivers/driver.ts';
import type { Ingress } from '../../ingress/ingress.ts';
import type { Amender } from '../amend.ts';
import type { Book, Lease } from '../book.ts';
import type { ImageStore } from '../images.ts';
import type { LeaseRecord } from '../lease.ts';
import type { Observe } from '../observe.ts';
import type { SecretBox } from '../secrets.ts';
import type { Settlement } from '../settlement.ts';
import { fetchImages } from '../steps.ts';
import { currentVersion, type Part, servedOf, type Version, workloadOf } from '../workload.ts';
import { nextVersion, partsOfMix, planOf } from './parts.ts';
import type { EndedUpdate, PendingUpdate } from './pending.ts';
import { type Mix, type Plan, type Replicas, stayingIn } from './plan.ts';
import { findTrouble, type Look, restartsOf, type Trouble } from './works.ts';

export interface UpdaterDeps {
  readonly book: Book;
  readonly driver: Driver;
  readonly ingress: Ingress;
  readonly images: ImageStore;
  readonly secrets: SecretBox;
  readonly amender: Pick<Amender, 'apply'>;
  readonly settlement: Pick<Settlement, 'now'>;
  /** What the driver says now. */
  readonly observe: Observe;
  readonly clock: Clock;
  readonly log: Log;
  /** Aborted when the daemon stops. */
  readonly signal: AbortSignal;
}

export interface Updater {
  /**
   * True once the update of this lease has ended, one way or the other: what should run is in the record then, and the
   * lease's steps are to be taken again. False where there is none. Throws what may be tried again.
   */
  run(lease: Lease, until: AbortSignal): Promise<boolean>;
}

const pollMs = 250;
/** Only what has worked for this long counts as working. */
const steadyMs = 1500;
/** So many starts anew in one step, and no more are waited for. */
const mostRestarts = 3;
/** How long requests to a replica that is about to be ended may take to end by themselves. */
const drainMs = 10_000;
/** How long the old version may take until it is served again where it was replaced. */
const returnMs = 30_000;

/** All but what is on chain. */
const stepsToTakeAgain = ['capacity', 'ingress', 'images', 'workload'] as const;

export function createUpdater(deps: UpdaterDeps): Updater {
  const { book, driver, ingress, clock, log } = deps;
  /** When the step that a lease is at was begun by this process. */
  const begun = new WeakMap<Lease, { readonly step: number; readonly at: number }>();

  const patch = (lease: Lease, change: Partial<PendingUpdate>): PendingUpdate => {
    const { update } = lease.record;
    if (!update) throw new Error('there is an update');
    const patched = { ...update, ...change };
    book.change(lease, { update: patched });
    return patched;
  };

  const prepare = async (lease: Lease, update: PendingUpdate, until: AbortSignal): Promise<void> => {
    let last: number | null | undefined;
    const onProgress = (percent: number | null) => {
      if (percent !== last && !until.aborted)
        book.tell(lease, 'updating', 'getting the new images', (last = percent));
    };
    const { manifest, images: offered } = update;
    const found = { store: deps.images, driver };
    const local = await fetchImages(found, manifest, offered, { signal: until, onProgress });
    until.throwIfAborted();
    patch(lease, { stage: 'moving', step: 0, local });
  };

  /** Puts one mix in place and waits until what is new in it works. */
  const move = async (lease: Lease, plan: Plan, index: number, until: AbortSignal): Promise<void> => {
    const { update } = lease.record;
    const step = plan.steps[index];
    if (!update || !step) throw new Error('the step is one of the plan');
    const before = plan.steps[index - 1]?.mix ?? plan.start;
    const parts = partsOfMix(lease, update, step.mix);
    book.tell(lease, 'updating', describeStep(plan, index), Math.floor((index * 100) / plan.steps.length));
    await serveOnly(lease, parts, partsOfMix(lease, update, stayingIn(before, step.mix)), until);
    await apply(lease, parts, until);
    const fresh = freshIn(before, step.mix);
    const at = begun.get(lease)?.step === index ? (begun.get(lease)?.at ?? clock.now()) : clock.now();
    begun.set(lease, { step: index, at });
    const look = { version: nextVersion(update), replicas: step.mix.next, fresh };
    if ([...fresh.values()].every((replicas) => replicas.length === 0)) return await serve(lease, parts);
    await waitWorking(lease, parts, look, { untilMs: at + update.healthySeconds * 1000, steadyMs }, until);
    await serve(lease, parts);
    if (step.bakeSeconds === 0) return;
    book.tell(lease, 'updating', `${describeStep(plan, index)}; watching them for ${step.bakeSeconds} s`);
    const bakeMs = step.bakeSeconds * 1000;
    const limits = { untilMs: clock.now() + bakeMs + 2 * pollMs, steadyMs: bakeMs, isStrict: true as const };
    await waitWorking(lease, parts, look, limits, until);
  };

  const waitWorking = async (
    lease: Lease,
    parts: readonly Part[],
    what: Pick<Look, 'version' | 'replicas' | 'fresh'>,
    limits: { readonly untilMs: number; readonly steadyMs: number; readonly isStrict?: true },
    until: AbortSignal,
  ): Promise<void> => {
    let first: number | undefined;
    let last = 0;
    let steadySince: number | undefined;
    for (;;) {
      const seen = (await deps.observe(0)).get(lease.id)?.replicas ?? [];
      const look = { ...what, lease: lease.id, seen };
      const restarts = restartsOf(look);
      first ??= restarts;
      const trouble = await findTrouble(deps, look);
      until.throwIfAborted();
      const now = clock.now();
      if (trouble || restarts !== last) steadySince = undefined;
      last = restarts;
      if (!trouble) steadySince ??= now;
      if (steadySince !== undefined && now - steadySince >= limits.steadyMs) return;
      if (trouble && (limits.isStrict || restarts - first >= mostRestarts || now >= limits.untilMs))
        throw notWorking(trouble, limits.isStrict ? undefined : what.version);
      if (trouble?.isEnded) await apply(lease, parts, until);
      await clock.sleep(pollMs, until);
    }
  };

  const apply = async (lease: Lease, parts: readonly Part[], until: AbortSignal): Promise<void> => {
    const url = ingress.urlsOf(lease.id)[0]?.url;
    await driver.apply(await workloadOf(lease, parts, { url, secrets: deps.secrets }), until);
    until.throwIfAborted();
  };

  const serve = async (lease: Lease, parts: readonly Part[]): Promise<void> => {
    const { ports } = await ingress.serve(lease.id, servedOf(parts), lease.record.ports);
    book.remember(lease, { ports: [...ports] });
  };

  /** New requests go to what the next step leaves alone; what is under way to the rest may end. */
  const serveOnly = async (
    lease: Lease,
    all: readonly Part[],
    staying: readonly Part[],
    until: AbortSignal,
  ): Promise<void> => {
    const stays = (service: string) => staying.some(({ replicasOf }) => replicasOf?.(service).length);
    const parts = all.map((part, index) => ({
      ...part,
      // Where nothing stays, whatever comes up first.
      replicasOf: (service: string) =>
        (stays(service) ? staying[index]?.replicasOf?.(service) : part.replicasOf?.(service)) ?? [],
    }));
    await serve(lease, parts);
    const enough = new AbortController();
    const timer = clock.sleep(drainMs, enough.signal).catch(() => undefined);
    const over = AbortSignal.any([until, abortAfter(timer)]);
    await ingress.drained(lease.id, over);
    enough.abort();
    until.throwIfAborted();
  };

  const commit = (lease: Lease, update: PendingUpdate): void => {
    const { request } = lease.record;
    if (!request) throw new Error('a lease that is up has its request');
    const { requirements, manifest, runtime, images, local, gpuIds } = update;
    book.replace(
      lease,
      { ...request, requirements, manifest, runtime, images },
      {
        images: local,
        gpuIds,
        update: null,
        updated: endOf(update, 'done', 'the new version runs', deps.settlement.now()),
      },
    );
    book.note(lease, 'updated', `the new version runs at ${update.amendment.message.rate} per hour`);
    log.info('lease updated', { lease: lease.id, strategy: update.strategy });
  };

  /** The decision is in the journal first; that it goes smoothly is only a kindness. */
  const goBack = async (lease: Lease, update: PendingUpdate, why: string, until: AbortSignal) => {
    const updated = endOf(update, 'rolled-back', why, deps.settlement.now());
    const plan = update.stage === 'preparing' ? undefined : planOf(lease.record, update);
    book.change(lease, { update: null, updated });
    book.note(lease, 'rolled-back', why);
    log.info('lease rolled back', { lease: lease.id, strategy: update.strategy });
    if (!plan) return;
    book.tell(lease, 'updating', `going back to the old version: ${why}`);
    const last = plan.steps.length - 1;
    const mix = plan.steps[Math.min(update.step, last)]?.mix ?? plan.start;
    const version = currentVersion(lease);
    const part = (replicas: Replicas) => [
      { version, replicasOf: (service: string) => replicas.get(service) ?? [] },
    ];
    const all = new Map(
      version.manifest.services.map(({ name, count }) => [
        name,
        Array.from({ length: count }, (_, index) => index),
      ]),
    );
    const before = { old: mix.old, next: new Map() };
    const after = { old: all, next: new Map() };
    // What is the same in both versions counts as new in the plan, and stays all the same.
    const same = stayingIn({ old: plan.start.next, next: new Map() }, { old: mix.next, next: new Map() }).old;
    const staying = new Map([...stayingIn(before, after).old, ...same]);
    await serveOnly(lease, part(all), part(staying), until);
    await apply(lease, part(all), until);
    const fresh = freshIn({ old: new Map(), next: staying }, { old: new Map(), next: all });
    const look = { version, replicas: all, fresh };
    const limits = { untilMs: clock.now() + returnMs, steadyMs: 0 };
    await waitWorking(lease, part(all), look, limits, until).catch((error: unknown) => {
      until.throwIfAborted();
      book.note(lease, 'old-version-down', toFault(error, 'lease.update-failed', 'user').message);
    });
  };

  const carryOut = async (lease: Lease, until: AbortSignal): Promise<void> => {
    const { update } = lease.record;
    if (!update) return;
    const { stage, isAborted, amendment } = update;
    if (stage !== 'amending') {
      if (isAborted) throw failed('its tenant stopped it');
      if (deps.settlement.now() > amendment.message.expiresAt) throw failed('the amendment has expired');
    }
    if (stage === 'preparing') await prepare(lease, update, until);
    const moving = lease.record.update;
    if (!moving) return;
    const plan = planOf(lease.record, moving);
    for (let index = moving.step; index < plan.steps.length; index += 1) {
      await move(lease, plan, index, until);
      patch(
        lease,
        index === plan.steps.length - 1 ? { stage: 'amending', step: index + 1 } : { step: index + 1 },
      );
    }
    book.tell(lease, 'updating', 'the new version works; bringing the amendment on chain', 100);
    await deps.amender.apply(lease, amendment);
  };

  return {
    async run(lease, until) {
      const { update } = lease.record;
      if (!update) return false;
      try {
        await carryOut(lease, until);
        commit(lease, lease.record.update ?? update);
      } catch (error) {
        until.throwIfAborted();
        const fault = toFault(error, 'lease.update-failed', 'self');
        const isOver = deps.settlement.now() > update.amendment.message.expiresAt;
        // Once it may be on chain only the chain says that it is not.
        const mayPass = fault.retry || (lease.record.update?.stage === 'amending' && fault.blame === 'chain');
        if (mayPass && (!isOver || lease.record.update?.stage === 'amending')) throw error;
        await goBack(lease, lease.record.update ?? update, fault.message, until);
      } finally {
        if (!lease.record.update) {
          for (const step of stepsToTakeAgain) lease.done.delete(step);
          lease.vitals.clear();
          begun.delete(lease);
        }
      }
      return true;
    },
  };
}

function freshIn(before: Mix, after: Mix): Replicas {
  const kept = stayingIn(before, after).next;
  return new Map(
    [...after.next].map(([service, replicas]) => [
      service,
      replicas.filter((replica) => !kept.get(service)?.includes(replica)),
    ]),
  );
}

function describeStep({ steps }: Plan, index: number): string {
  return `step ${index + 1} of ${steps.length}: starting ${describeReplicas(steps[index]?.mix.next)}`;
}

function describeReplicas(replicas: Replicas = new Map()): string {
  const parts = [...replicas].map(([service, indices]) => `${service} ${indices.join(',')}`);
  return parts.length === 0 ? 'nothing; the old version ends' : parts.join('; ');
}

function endOf(update: PendingUpdate, state: EndedUpdate['state'], detail: string, at: number): EndedUpdate {
  const { message } = update.amendment;
  return {
    amendment: hashMessage('Amendment', message),
    manifest: message.manifest,
    state,
    strategy: update.strategy,
    detail: detail.slice(0, 1000),
    at,
  };
}

function failed(message: string): Fault {
  return new Fault('lease.update-failed', message, { blame: 'user' });
}

function notWorking({ detail }: Trouble, version: Version | undefined): Fault {
  return failed(
    version ? `the new version did not come up: ${detail}` : `it went wrong while watched: ${detail}`,
  );
}

function abortAfter(timer: Promise<void>): AbortSignal {
  const controller = new AbortController();
  void timer.then(() => controller.abort());
  return controller.signal;
}

/** What a tenant is told of it. */
export function updateStatusOf({ update, updated }: LeaseRecord, detail: string) {
  if (update) {
    const { manifest } = update.amendment.message;
    return { manifest, state: 'applying' as const, strategy: update.strategy, detail, at: update.startedAt };
  }
  if (!updated) return null;
  const { amendment: _, ...told } = updated;
  return told;
}
