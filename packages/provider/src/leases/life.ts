/**
 * Drives one lease towards what its record says it should be: up, paused, or gone. Level-triggered: `wake` may be
 * called at any time and any number of times; what is done is found done. Faults that may pass are tried again with growing
 * pauses, others end the lease. Neither a silent chain nor a silent driver ever ends one.
 */
import { type Clock, type Fault, type LeasePhase, type Log, toFault } from '@souk/protocol';
import type { WorkloadStatus } from '../drivers/driver.ts';
import { isOutOfCapacity } from '../drivers/faults.ts';
import type { ProviderMetrics } from '../metrics.ts';
import type { Book, Lease } from './book.ts';
import { type Condition, conditionOf, naturalPhases, noteReplicas, recentRestarts } from './condition.ts';
import type { Observe } from './observe.ts';
import type { Pauser } from './pause.ts';
import type { Prober } from './probes.ts';
import type { Reclaimer } from './reclaim.ts';
import { pastPatience, type Reviver } from './revive.ts';
import { sceneOf } from './scene.ts';
import type { Settlement } from './settlement.ts';
import type { LeaseStep } from './steps.ts';
import type { Updater } from './update/run.ts';

export interface LifeDeps {
  readonly book: Book;
  readonly stages: readonly (readonly LeaseStep[])[];
  readonly settlement: Settlement;
  readonly observe: Observe;
  readonly updater: Updater;
  readonly pauser: Pick<Pauser, 'hold' | 'goOn'>;
  readonly reclaimer: Pick<Reclaimer, 'isDue' | 'finish'>;
  readonly prober: Prober;
  readonly revive: Reviver;
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
  /** Look at all that should run: how it does, and whether a probe is due. Throws where the driver does not answer. */
  pulse(): Promise<void>;
  /** Resolves when nothing is being driven. */
  idle(): Promise<void>;
}

/** How often a starting workload is looked at, and one that takes its time. */
const healthPollMs = 150;
const patientPolls = 40;
const slowPollMs = 1000;
const glanceMs = 1000;
/** A driver that takes long to list all is asked less often: this many times as long is between. */
const idleShare = 9;

export function createLife(deps: LifeDeps, config: LifeConfig): Life {
  const { book, settlement, observe, clock, log, signal } = deps;
  const driving = new Map<
    Lease,
    { isWoken: boolean; readonly wakeUp: () => void; readonly work: Promise<void> }
  >();
  const seconds = () => Math.floor(clock.now() / 1000);
  let nextPulseAt = 0;

  const drive = async (lease: Lease, nudge: () => Promise<void>): Promise<void> => {
    let attempt = 0;
    while (!signal.aborted) {
      const { stage } = lease.record;
      const { turning } = lease;
      try {
        await advance(lease);
        attempt = 0;
        if (driving.get(lease)?.isWoken !== true) return;
        const entry = driving.get(lease);
        if (entry) entry.isWoken = false;
      } catch (error) {
        if (signal.aborted) return;
        // Something else is wanted of it by now; whatever that broke off is no fault.
        if (lease.record.stage !== stage || lease.turning !== turning) continue;
        const fault = toFault(error, 'lease.failed', 'self');
        log.warn('lease step failed', { lease: lease.id, code: fault.code, retry: fault.retry, attempt });
        // What ran once may run again: only its tenant, its money or the chain ends it.
        if (stage === 'up' && !fault.retry && lease.record.healthyAt === 0) {
          book.end(lease, { kind: 'failed', detail: fault.message });
          continue;
        }
        if (attempt === 0) book.note(lease, fault.code, fault.message);
        if (stage === 'up') book.tell(lease, phaseAfter(lease, fault), `will try again: ${fault.message}`);
        const pause = Math.min(config.retryMs * 2 ** attempt, config.retryMaxMs);
        attempt += 1;
        await Promise.race([clock.sleep(pause, signal), nudge()]).catch(() => undefined);
      }
    }
  };

  const advance = async (lease: Lease): Promise<void> => {
    switch (lease.record.stage) {
      case 'up':
        if (deps.reclaimer.isDue(lease)) return await deps.reclaimer.finish(lease);
        if (lease.record.paused && !lease.record.paused.resume) return await deps.pauser.hold(lease);
        await keepHealthy(lease, await bringUpdated(lease));
        return await deps.pauser.goOn(lease);
      case 'down':
        return await bringDown(lease);
      case 'closed':
        return;
    }
  };

  /** Resolves to what of a list of the driver's is still news: none that is older than a step just taken. */
  const bringUp = async (lease: Lease): Promise<number> => {
    let maxAgeMs = healthPollMs;
    const until = untilOf(lease);
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

  /** What an update has ended with is brought up in its place. */
  const bringUpdated = async (lease: Lease): Promise<number> => {
    const newsMs = await bringUp(lease);
    return (await deps.updater.run(lease, untilOf(lease))) ? bringUp(lease) : newsMs;
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

  const untilOf = (lease: Lease) => AbortSignal.any([lease.stop.signal, lease.turning.signal, signal]);

  const see = (lease: Lease, seen: WorkloadStatus | undefined): Condition => {
    lease.observed = seen;
    const isNew = lease.record.healthyAt === 0;
    noteReplicas(lease.vitals, seen?.replicas ?? [], { now: seconds(), isNew });
    return conditionOf(sceneOf(lease, seconds()));
  };

  const show = (lease: Lease, { phase, detail }: Condition): void => {
    const isNews = phase !== lease.phase && (phase === 'unhealthy' || phase === 'crash-looping');
    if (isNews) book.note(lease, phase, detail);
    book.tell(lease, phase, detail);
  };

  /** Resolves once all replicas run, or have ended as they should. */
  const keepHealthy = async (lease: Lease, newsMs: number): Promise<void> => {
    const until = untilOf(lease);
    const workload = deps.stages.flat().find((step) => step.name === 'workload');
    let maxAgeMs = newsMs;
    for (let round = 0; ; round += 1) {
      const condition = see(lease, (await observe(maxAgeMs)).get(lease.id));
      maxAgeMs = healthPollMs;
      until.throwIfAborted();
      const failing = pastPatience(lease);
      if (condition.isUp && failing.length === 0) break;
      show(lease, condition);
      if (failing.length > 0) {
        await deps.revive(lease, failing, until);
        maxAgeMs = 0;
        continue;
      }
      const isGone = !lease.observed || lease.observed.replicas.some(({ state }) => state === 'exited');
      if (isGone) {
        const tries = Math.max(round, recentRestarts(lease.vitals, seconds()));
        await clock.sleep(tries === 0 ? 0 : Math.min(config.retryMs * 2 ** tries, config.retryMaxMs), until);
        await workload?.run(lease, until);
        maxAgeMs = 0;
      } else {
        await clock.sleep(round < patientPolls ? healthPollMs : slowPollMs, until);
      }
    }
    const before = lease.phase;
    if (lease.record.healthyAt === 0) book.remember(lease, { healthyAt: settlement.now() });
    show(lease, conditionOf(sceneOf(lease, seconds())));
    if (!worksIn(before) && worksIn(lease.phase)) book.note(lease, 'running', lease.detail);
  };

  /** What is being driven is looked at there. */
  const look = (lease: Lease, seen: WorkloadStatus | undefined): void => {
    if (driving.has(lease) || !naturalPhases.has(lease.phase) || lease.record.stage !== 'up') return;
    const condition = see(lease, seen);
    show(lease, condition);
    if (!condition.isUp || pastPatience(lease).length > 0) return wake(lease);
    const { request } = lease.record;
    if (!request || !lease.observed) return;
    const { replicas } = lease.observed;
    deps.prober.tick({ id: lease.id, runtime: request.runtime, replicas, vitals: lease.vitals }, () => {
      if (!driving.has(lease) && naturalPhases.has(lease.phase))
        show(lease, conditionOf(sceneOf(lease, seconds())));
    });
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
      if (!naturalPhases.has(lease.phase) || driving.has(lease)) return;
      observe(glanceMs)
        .then((seen) => look(lease, seen.get(lease.id)))
        // The reconciler says so.
        .catch(() => undefined);
    },
    async pulse() {
      const due = book.all().filter((lease) => lease.record.stage === 'up' && naturalPhases.has(lease.phase));
      if (due.length === 0 || clock.now() < nextPulseAt) return;
      const startedAt = clock.now();
      const seen = await observe(glanceMs);
      nextPulseAt = clock.now() + idleShare * (clock.now() - startedAt);
      for (const lease of due) look(lease, seen.get(lease.id));
    },
    idle: async () => void (await Promise.all([...driving.values()].map((entry) => entry.work))),
  };
}

const worksIn = (phase: LeasePhase) => phase === 'running' || phase === 'ready';

/** A machine without room is its own state; other faults leave it in the one that it is in. */
function phaseAfter(lease: Lease, fault: Fault): LeasePhase {
  return isOutOfCapacity(fault) ? 'out-of-capacity' : lease.phase;
}
