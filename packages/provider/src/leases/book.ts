/**
 * The leases at hand: the records of the journal, and beside each what is known only while the daemon runs. Every
 * change is in the journal before it is in memory, so what is acted on survives a crash.
 */
import type { AcceptRequest, Clock, Hex, LeaseEvent, LeaseId, LeasePhase, Log } from '@souk/protocol';
import type { WorkloadStatus } from '../drivers/driver.ts';
import type { Journal } from './journal.ts';
import type { Vitals } from './condition.ts';
import type { Cause, LeaseRecord, LeaseState, StepName } from './lease.ts';

export interface Lease {
  readonly id: LeaseId;
  record: LeaseRecord;
  phase: LeasePhase;
  detail: string;
  progress: number | null;
  /** Unix seconds of the last change of phase. */
  since: number;
  /** Steps done by this process: after a restart every step is taken again, and finds its work done. */
  readonly done: Set<StepName>;
  /** Aborts what waits for this lease to come up. */
  readonly stop: AbortController;
  /** Aborted, and replaced, when it is up and something else is wanted of it: `turn`. */
  turning: AbortController;
  /** Told of new events. */
  readonly watchers: Set<(event: LeaseEvent) => void>;
  /** False while no transaction that opens it can ever have been sent. */
  mayOpen: boolean;
  /** As the driver last said. */
  observed: WorkloadStatus | undefined;
  /** What was seen of its replicas while this daemon runs; by `keyOf`. */
  readonly vitals: Map<string, Vitals>;
}

export interface Book {
  get(id: LeaseId): Lease | undefined;
  all(): readonly Lease[];
  /** Leases that are not closed. */
  countLive(): number;
  add(id: LeaseId, bid: Hex, request: AcceptRequest, state: LeaseState): Lease;
  /** On disk before it returns: for what is about to be acted on, or was promised. */
  change(lease: Lease, patch: Partial<LeaseState>): void;
  /** From now on it runs what this request says: with the patch on disk before it returns. */
  replace(lease: Lease, request: AcceptRequest, patch: Partial<LeaseState>): void;
  /** On disk soon: for what can be found out again. */
  remember(lease: Lease, patch: Partial<LeaseState>): void;
  /** What a status page shows; not in the journal. */
  tell(lease: Lease, phase: LeasePhase, detail: string, progress?: number | null): void;
  note(lease: Lease, kind: string, detail: string): void;
  eventsOf(id: LeaseId): readonly LeaseEvent[];
  /** Decide that a lease ends. The first cause stays. */
  end(lease: Lease, cause: Cause, patch?: Partial<LeaseState>): void;
  /** Nothing is left of it: keep the receipt, forget its secrets. */
  close(lease: Lease): void;
}

export function openBook(deps: {
  readonly journal: Journal;
  readonly clock: Clock;
  readonly log: Log;
}): Book {
  const { journal, clock } = deps;
  const leases = new Map<LeaseId, Lease>();
  const seconds = () => Math.floor(clock.now() / 1000);

  const place = (record: LeaseRecord) => {
    const lease: Lease = {
      id: record.lease,
      record,
      phase: phaseOf(record),
      detail: record.cause?.detail ?? 'recovering after a restart',
      progress: null,
      since: record.changedAt,
      done: new Set(),
      stop: new AbortController(),
      turning: new AbortController(),
      watchers: new Set(),
      mayOpen: true,
      observed: undefined,
      vitals: new Map(),
    };
    leases.set(lease.id, lease);
    return lease;
  };
  for (const record of journal.load()) place(record);

  const change = (lease: Lease, patch: Partial<LeaseState>) => {
    const record = { ...lease.record, ...patch, changedAt: seconds() };
    journal.save(record);
    lease.record = record;
  };
  const remember = (lease: Lease, patch: Partial<LeaseState>) => {
    lease.record = { ...lease.record, ...patch, changedAt: seconds() };
    journal.saveSoon(lease.record);
  };
  const note = (lease: Lease, kind: string, detail: string) => {
    const event = { at: clock.now(), kind, detail: detail.slice(0, 1000) };
    journal.addEvent(lease.id, event);
    for (const watch of lease.watchers) watch(event);
  };
  const tell = (lease: Lease, phase: LeasePhase, detail: string, progress: number | null = null) => {
    if (lease.phase !== phase) {
      lease.since = seconds();
      deps.log.info('lease changed phase', { lease: lease.id, from: lease.phase, to: phase });
    }
    lease.phase = phase;
    lease.detail = detail.slice(0, 1000);
    lease.progress = progress;
  };

  return {
    get: (id) => leases.get(id),
    all: () => [...leases.values()],
    countLive: () => [...leases.values()].filter(({ record }) => record.stage !== 'closed').length,
    add(id, bid, request, state) {
      journal.create(id, bid, request, state);
      const { tenant, agent, watcher } = request.order.message;
      const lease = place({ ...state, lease: id, bid, request, parties: { tenant, agent, watcher } });
      lease.mayOpen = false;
      tell(lease, 'accepted', 'accepted, about to open on chain');
      note(lease, 'accepted', `accepted at ${request.bid.message.rate} per hour`);
      return lease;
    },
    change,
    replace(lease, request, patch) {
      const record = { ...lease.record, ...patch, request, changedAt: seconds() };
      journal.replace(record, request);
      lease.record = record;
    },
    remember,
    tell,
    note,
    eventsOf: (id) => journal.eventsOf(id),
    end(lease, cause, patch = {}) {
      if (lease.record.stage !== 'up') return;
      change(lease, { ...patch, stage: 'down', cause });
      note(lease, 'ending', `${cause.kind}: ${cause.detail}`);
      tell(lease, phaseOf(lease.record), cause.detail);
      lease.stop.abort(new LeaseEnded());
    },
    close(lease) {
      const changedAt = seconds();
      const record: LeaseRecord = {
        ...lease.record,
        stage: 'closed',
        request: null,
        ready: null,
        close: null,
        update: null,
        changedAt,
      };
      for (const gone of journal.close(record)) leases.delete(gone);
      lease.record = record;
      lease.observed = undefined;
    },
  };
}

/** What is wanted of it has changed: whatever brings about something else is cut short. */
export function turn(lease: Lease): void {
  lease.turning.abort(new LeaseTurned());
  lease.turning = new AbortController();
}

export class LeaseTurned extends Error {
  override readonly name = 'LeaseTurned';
}

/** Why a wait for a lease was cut short: it is being ended. */
export class LeaseEnded extends Error {
  override readonly name = 'LeaseEnded';
}

/** What can be told from the record alone. */
function phaseOf(record: LeaseRecord): LeasePhase {
  switch (record.stage) {
    case 'up':
      return record.paused && !record.paused.resume ? 'paused' : 'accepted';
    case 'down':
      return record.cause?.kind === 'failed' ? 'failed' : 'closing';
    case 'closed':
      return record.cause?.kind === 'failed' ? 'failed' : 'closed';
  }
}
