/**
 * Taking the capacity of an interruptible lease back: notice first, with a last save of its volumes; when the notice is
 * over, SIGTERM and grace, one more save, a moment for the tenant's side to close, and the lease ends. What is promised is in the journal before it is told; a
 * crash at any point ends at the same place. Must never touch a lease that pays the full price.
 */
import { type Clock, type LeaseId, type Log, toFault } from '@souk/protocol';
import type { Driver } from '../drivers/driver.ts';
import type { Volumes } from '../volumes/volumes.ts';
import { type Book, type Lease, turn } from './book.ts';
import type { Settlement } from './settlement.ts';

export interface ReclaimDeps {
  readonly book: Book;
  readonly driver: Pick<Driver, 'stop'>;
  readonly volumes: Pick<Volumes, 'save'>;
  readonly settlement: Pick<Settlement, 'now'>;
  readonly wake: (lease: Lease) => void;
  readonly clock: Clock;
  readonly log: Log;
  /** Aborted when the daemon stops. */
  readonly signal: AbortSignal;
}

export type ReclaimRefusal = 'lease-unknown' | 'lease-ended' | 'not-interruptible';

export type Reclaimed =
  /** Unix seconds at which it is stopped. */
  | { readonly ok: true; readonly lease: LeaseId; readonly reclaimAt: number }
  | { readonly ok: false; readonly lease: LeaseId; readonly reason: ReclaimRefusal };

export interface Reclaimer {
  /** Give notice. Asked again, the same notice stands. */
  reclaim(lease: LeaseId): Reclaimed;
  /** Wake the leases whose notice is over. */
  tick(): void;
  isDue(lease: Lease): boolean;
  /** Stop it, save what it has, end it. Part of driving a lease. */
  finish(lease: Lease): Promise<void>;
}

/** A holder that does not answer keeps nobody's capacity. */
const lastSaveMs = 60_000;
/** Two looks of a tenant's watch. */
const closePatienceMs = 20_000;

export function createReclaimer(deps: ReclaimDeps): Reclaimer {
  const { book, settlement, clock, log, signal } = deps;

  const isDue = ({ record }: Lease) =>
    record.stage === 'up' && record.reclaimAt !== null && settlement.now() >= record.reclaimAt;

  const save = async (lease: Lease): Promise<void> => {
    const over = new AbortController();
    const late = clock.sleep(lastSaveMs, AbortSignal.any([signal, over.signal])).catch(() => undefined);
    await Promise.race([deps.volumes.save(lease), late]);
    over.abort(new Error('saved'));
  };

  return {
    isDue,
    reclaim(id) {
      const refuse = (reason: ReclaimRefusal): Reclaimed => ({ ok: false, lease: id, reason });
      const lease = book.get(id);
      if (!lease) return refuse('lease-unknown');
      const { stage, request, reclaimAt: known } = lease.record;
      if (stage !== 'up' || !request) return refuse('lease-ended');
      if (request.requirements.interruptible !== true) return refuse('not-interruptible');
      if (known !== null) return { ok: true, lease: id, reclaimAt: known };
      const notice = request.requirements.reclamationSeconds;
      const reclaimAt = settlement.now() + notice;
      book.change(lease, { reclaimAt });
      book.note(lease, 'reclaiming', `the provider takes the capacity back in ${notice} s`);
      log.info('lease reclaimed', { lease: id, noticeSeconds: notice });
      save(lease).catch((error: unknown) =>
        log.warn('volumes not saved at notice', {
          lease: id,
          code: toFault(error, 'lease.save-failed', 'self').code,
        }),
      );
      return { ok: true, lease: id, reclaimAt };
    },
    tick() {
      for (const lease of book.all()) {
        if (!isDue(lease) || lease.phase === 'reclaiming') continue;
        book.tell(lease, 'reclaiming', 'the notice is over; stopping it');
        turn(lease);
        deps.wake(lease);
      }
    },
    async finish(lease) {
      book.tell(lease, 'reclaiming', 'the notice is over; stopping it');
      await deps.driver.stop(lease.id);
      await save(lease);
      // Whoever watches for the tenant closes now, which is no mark against us; where nobody does, we have to.
      await clock.sleep(closePatienceMs, AbortSignal.any([lease.stop.signal, signal])).catch(() => undefined);
      signal.throwIfAborted();
      book.end(lease, { kind: 'reclaimed', detail: 'the provider took the capacity back after its notice' });
      deps.wake(lease);
    },
  };
}
