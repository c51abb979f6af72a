/**
 * Drives one lease towards what its record says it should be: up, or gone. Level-triggered: `wake` may be called at
 * any time and any number of times; what is done is found done. Faults that may pass are tried again with growing
 * pauses, others end the lease. Neither a silent chain nor a silent driver ever ends one.
 */
import { type Clock, type Log, toFault } from '@souk/protocol';
import type { Driver, WorkloadStatus } from '../drivers/driver.ts';
import type { ProviderMetrics } from '../metrics.ts';
import type { Book, Lease } from './book.ts';
import type { LeaseRecord } from './lease.ts';
import type { Settlement } from './settlement.ts';
import type { LeaseStep } from './steps.ts';

export interface LifeDeps {
  readonly book: Book;
  readonly stages: readonly (readonly LeaseStep[])[];
  readonly settlement: Settlement;
  readonly driver: Pick<Driver, 'list'>;
  readonly clock: Clock;
  readonly log: Log;
  readonly metrics: ProviderMetrics;
  /** Aborted when the daemon stops: everything is left as it is. */
  readonly signal: AbortSignal;
}

export interface LifeConfig {
  readonly retryMs: number;
  readonly retryMaxMs: number;
}

export interface Life {
  wake(lease: Lease): void;
  /** Look at a running lease again if that is due, without waiting: for whoever asks often how it is. */
  glance(lease: Lease): void;
  /** What the driver says, at most `maxAgeMs` old. Throws where it does not answer. */
  observe(maxAgeMs: number): Promise<ReadonlyMap<string, WorkloadStatus>>;
  /** Resolves when nothing is being driven. */
  idle(): Promise<void>;
}

/** How often a starting workload is looked at, and one that takes its time. */
const healthPollMs = 150;
const patientPolls = 40;
const slowPollMs = 1000;
const glanceMs = 1000;

export function createLife(deps: LifeDeps, config: LifeConfig): Life {
  const { book, settlement, clock, log, signal } = deps;
  const driving = new Map<
    Lease,
    { isWoken: boolean; readonly wakeUp: () => void; readonly work: Promise<void> }
  >();
  const observe = createObserver(deps);

  const drive = async (lease: Lease, nudge: () => Promise<void>): Promise<void> => {
    let attempt = 0;
    while (!signal.aborted) {
      const { stage } = lease.record;
      try {
        await advance(lease);
        attempt = 0;
        if (driving.get(lease)?.isWoken !== true) return;
        const entry = driving.get(lease);
        if (entry) entry.isWoken = false;
      } catch (error) {
        if (signal.aborted) return;
        // It was ended meanwhile; whatever that broke off is no fault.
        if (lease.record.stage !== stage) continue;
        const fault = toFault(error, 'lease.failed', 'self');
        log.warn('lease step failed', { lease: lease.id, code: fault.code, retry: fault.retry, attempt });
        // What ran once may run again: only its tenant, its money or the chain ends it.
        if (stage === 'up' && !fault.retry && lease.record.healthyAt === 0) {
          book.end(lease, { kind: 'failed', detail: fault.message });
          continue;
        }
        if (attempt === 0) book.note(lease, fault.code, fault.message);
        if (stage === 'up') book.tell(lease, lease.phase, `will try again: ${fault.message}`);
        const pause = Math.min(config.retryMs * 2 ** attempt, config.retryMaxMs);
        attempt += 1;
        await Promise.race([clock.sleep(pause, signal), nudge()]).catch(() => undefined);
      }
    }
  };

  const advance = async (lease: Lease): Promise<void> => {
    switch (lease.record.stage) {
      case 'up':
        return await keepHealthy(lease, await bringUp(lease));
      case 'down':
        return await bringDown(lease);
      case 'closed':
        return;
    }
  };

  /** Resolves to what of a list of the driver's is still news: none that is older than a step just taken. */
  const bringUp = async (lease: Lease): Promise<number> => {
    let maxAgeMs = healthPollMs;
    const until = AbortSignal.any([lease.stop.signal, signal]);
    for (const stage of deps.stages) {
      const left = stage.filter((step) => !lease.done.has(step.name));
      if (left.length === 0) continue;
      maxAgeMs = 0;
      const results = await Promise.allSettled(left.map((step) => runStep(lease, step, until)));
      until.throwIfAborted();
      const failure = results.find((result) => result.status === 'rejected');
      if (failure) throw failure.reason;
    }
    return maxAgeMs;
  };

  const runStep = async (lease: Lease, step: LeaseStep, until: AbortSignal): Promise<void> => {
    until.throwIfAborted();
    if (step.name === 'open' && lease.phase === 'accepted')
      book.tell(lease, 'opening', 'opening the lease on chain');
    try {
      await step.run(lease, until);
      lease.done.add(step.name);
    } catch (error) {
      deps.metrics.leaseFaults.inc({ step: step.name });
      throw error;
    }
  };

  /** Resolves once all replicas run. */
  const keepHealthy = async (lease: Lease, newsMs: number): Promise<void> => {
    const until = AbortSignal.any([lease.stop.signal, signal]);
    const workload = deps.stages.flat().find((step) => step.name === 'workload');
    let maxAgeMs = newsMs;
    for (let round = 0; ; round += 1) {
      lease.observed = (await observe(maxAgeMs)).get(lease.id);
      maxAgeMs = healthPollMs;
      until.throwIfAborted();
      if (isRunning(lease)) break;
      if (lease.record.healthyAt > 0) book.tell(lease, 'unhealthy', describeTrouble(lease));
      else book.tell(lease, 'starting', describeTrouble(lease));
      const isGone = !lease.observed || lease.observed.replicas.some((replica) => replica.state === 'exited');
      if (isGone) {
        await clock.sleep(round === 0 ? 0 : Math.min(config.retryMs * 2 ** round, config.retryMaxMs), until);
        await workload?.run(lease, until);
        maxAgeMs = 0;
      } else {
        await clock.sleep(round < patientPolls ? healthPollMs : slowPollMs, until);
      }
    }
    if (lease.phase === 'running') return;
    if (lease.record.healthyAt === 0) book.remember(lease, { healthyAt: settlement.now() });
    book.tell(lease, 'running', 'running');
    book.note(lease, 'running', 'all replicas run');
  };

  const bringDown = async (lease: Lease): Promise<void> => {
    const results = await Promise.allSettled([undoSteps(lease), settlement.close(lease)]);
    const failure = results.find((result) => result.status === 'rejected');
    if (failure) throw failure.reason;
    book.note(lease, 'closed', 'nothing of it is left here');
    book.close(lease);
    const { cause } = lease.record;
    book.tell(lease, cause?.kind === 'failed' ? 'failed' : 'closed', cause?.detail ?? '');
  };

  /** All of them, whatever was done: a step that was never taken has nothing to undo. */
  const undoSteps = async (lease: Lease): Promise<void> => {
    for (const step of deps.stages.flat().toReversed()) {
      await step.undo(lease);
      lease.done.delete(step.name);
    }
  };

  const wake = (lease: Lease): void => {
    const entry = driving.get(lease);
    if (entry) {
      entry.isWoken = true;
      return entry.wakeUp();
    }
    if (signal.aborted || lease.record.stage === 'closed') return;
    let nudged = Promise.withResolvers<void>();
    const nudge = () => {
      nudged = Promise.withResolvers();
      return nudged.promise;
    };
    const work = Promise.resolve()
      .then(() => drive(lease, nudge))
      // The journal can't be written: nothing may be acted on. The reconciler comes by again.
      .catch((error: unknown) => {
        log.error('lease can’t be driven', {
          lease: lease.id,
          code: toFault(error, 'lease.stuck', 'self').code,
        });
      })
      .finally(() => {
        const { isWoken } = driving.get(lease) ?? {};
        driving.delete(lease);
        if (isWoken === true) wake(lease);
      });
    driving.set(lease, { isWoken: false, wakeUp: () => nudged.resolve(), work });
  };

  return {
    wake,
    glance(lease) {
      if (lease.phase !== 'running') return;
      observe(glanceMs)
        .then((seen) => {
          lease.observed = seen.get(lease.id);
          if (!isRunning(lease)) wake(lease);
        })
        // The reconciler says so.
        .catch(() => undefined);
    },
    observe,
    idle: async () => void (await Promise.all([...driving.values()].map((entry) => entry.work))),
  };
}

export function isRunning(lease: Lease): boolean {
  const { observed } = lease;
  const wanted = wantedReplicas(lease.record);
  return (
    observed !== undefined &&
    observed.replicas.filter((replica) => replica.state === 'running').length >= wanted
  );
}

function wantedReplicas(record: LeaseRecord): number {
  return record.request?.manifest.services.reduce((sum, service) => sum + service.count, 0) ?? 0;
}

function describeTrouble({ observed }: Lease): string {
  const ended = observed?.replicas.find((replica) => replica.state === 'exited' || replica.lastExit !== null);
  if (ended)
    return `${ended.service} ended: ${ended.lastExit ?? 'no reason given'}; started ${ended.restarts + 1} times`;
  return observed ? 'waiting for the workload to run' : 'starting the workload';
}

/** One `list` of the driver for all who ask within the same moment. */
function createObserver(deps: Pick<LifeDeps, 'driver' | 'clock'>): Life['observe'] {
  let latest:
    | { readonly at: number; readonly list: Promise<ReadonlyMap<string, WorkloadStatus>> }
    | undefined;
  return async (maxAgeMs) => {
    const now = deps.clock.now();
    if (latest && now - latest.at < maxAgeMs) return latest.list;
    const list = deps.driver
      .list()
      .then((all) => new Map(all.map((status) => [status.lease as string, status])));
    const entry = { at: now, list };
    latest = entry;
    list.catch(() => {
      if (latest === entry) latest = undefined;
    });
    return list;
  };
}
