/**
 * Compares what should be (journal, chain) with what is (driver) and repairs the difference. Removes only what the
 * chain itself says nobody pays for: where chain or driver do not answer, everything stays as it is.
 */
import type { ChainEvent, ChainReads } from '@souk/chain';
import { type Address, type LeaseId, type Log, toFault } from '@souk/protocol';
import type { Driver } from '../drivers/driver.ts';
import type { Book } from './book.ts';
import type { Life } from './life.ts';
import type { Settlement } from './settlement.ts';

export interface ReconcileDeps {
  readonly chain: Pick<ChainReads, 'leaseOf'>;
  readonly driver: Pick<Driver, 'remove'>;
  readonly book: Book;
  readonly life: Life;
  readonly settlement: Settlement;
  readonly operator: Address;
  /** Another provider got the order. */
  readonly onOpenedElsewhere: (lease: LeaseId) => void;
  readonly log: Log;
}

export interface Reconciler {
  pass(): Promise<void>;
  onEvent(event: ChainEvent): Promise<void>;
  onReorg(): Promise<void>;
}

export function createReconciler(deps: ReconcileDeps): Reconciler {
  const { book, life, settlement, log } = deps;

  const attempt = async (what: string, work: () => Promise<unknown>): Promise<void> => {
    try {
      await work();
    } catch (error) {
      log.warn(what, { code: toFault(error, 'lease.reconcile-failed', 'chain').code });
    }
  };

  const refreshAll = async () => {
    for (const lease of book.all()) {
      if (lease.record.stage === 'up' && lease.record.terms) await settlement.refresh(lease);
    }
  };

  const removeOrphans = async () => {
    for (const id of (await life.observe(0)).keys() as MapIterator<LeaseId>) {
      const lease = book.get(id);
      if (lease && lease.record.stage !== 'closed') continue;
      const { status } = await deps.chain.leaseOf(id);
      if (status === 'open') {
        log.error('a workload’s lease is open on chain but not in the journal', { lease: id });
        continue;
      }
      log.warn('removing a workload that no lease wants', { lease: id, status });
      await deps.driver.remove(id);
    }
  };

  return {
    async pass() {
      await attempt('leases not compared with the chain', refreshAll);
      for (const lease of book.all()) if (lease.record.stage !== 'closed') life.wake(lease);
      await attempt('driver not looked through', removeOrphans);
    },

    async onEvent(event) {
      const lease = book.get(event.lease);
      if (event.kind === 'lease-opened' && event.terms.operator !== deps.operator)
        deps.onOpenedElsewhere(event.lease);
      if (!lease) return;
      const isTerms = event.kind === 'lease-opened' || event.kind === 'lease-amended';
      if (isTerms && event.terms.operator === deps.operator && lease.record.stage !== 'closed') {
        book.remember(lease, { terms: event.terms });
      }
      // The event only says that something changed; what holds is asked.
      await attempt('lease not refreshed', () => settlement.refresh(lease));
      if (lease.record.stage !== 'closed') life.wake(lease);
    },

    /** What was opened or closed in blocks that are void may have to be done again. */
    async onReorg() {
      for (const lease of book.all()) {
        if (!lease.record.terms) continue;
        await attempt('lease not refreshed after a reorg', async () => {
          const { status } = await deps.chain.leaseOf(lease.id);
          if (lease.record.stage === 'closed' && status === 'open') book.change(lease, { stage: 'down' });
          if (lease.record.stage === 'up' && status === 'unknown') {
            book.remember(lease, { terms: null });
            lease.done.delete('open');
          }
          life.wake(lease);
        });
      }
    },
  };
}
