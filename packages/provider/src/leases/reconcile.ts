/**
 * Compares what should be (journal, chain) with what is (driver) and repairs the difference. Removes only what the
 * chain itself says nobody pays for: where chain or driver do not answer, everything stays as it is.
 */
import type { ChainEvent, ChainReads } from '@souk/chain';
import { type Address, type LeaseId, type Log, toFault } from '@souk/protocol';
import type { Driver } from '../drivers/driver.ts';
import type { Book, Lease } from './book.ts';
import type { Life } from './life.ts';
import type { Observe } from './observe.ts';
import type { Settlement } from './settlement.ts';

export interface ReconcileDeps {
  readonly chain: Pick<ChainReads, 'leaseOf' | 'eventsSince' | 'network'>;
  readonly driver: Pick<Driver, 'remove'>;
  readonly book: Book;
  readonly life: Pick<Life, 'wake'>;
  readonly observe: Observe;
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

/** A close on chain this long ago, in seconds, is final. */
const reorgSeconds = 600;

export function createReconciler(deps: ReconcileDeps): Reconciler {
  const { book, life, settlement, log } = deps;

  const attempt = async (what: string, work: () => Promise<unknown>): Promise<void> => {
    try {
      await work();
    } catch (error) {
      log.warn(what, { code: toFault(error, 'lease.reconcile-failed', 'chain').code });
    }
  };

  /** Closed on chain for long enough that no reorganisation undoes it. */
  const settled = new WeakSet<Lease>();

  /** What the chain says now, whoever told us what before: its blocks may have become void since, and nobody said so. */
  const compare = async (lease: Lease): Promise<void> => {
    const { stage, terms, changedAt } = lease.record;
    if (!terms || stage === 'down' || settled.has(lease)) return;
    if (stage === 'up') {
      const status = await settlement.refresh(lease);
      if (status !== 'unknown' || lease.record.stage !== 'up') return;
      // It has to be opened anew; where that can't be done any more, it ends like one that never was.
      book.remember(lease, { terms: null, readyAt: 0, collected: 0n, healthyAt: 0 });
      book.tell(lease, 'opening', 'the block that opened it is void');
      lease.done.delete('open');
      return;
    }
    const { status } = await deps.chain.leaseOf(lease.id);
    if (status === 'open') book.change(lease, { stage: 'down' });
    else if (settlement.now() - changedAt > reorgSeconds) settled.add(lease);
  };

  const compareAll = async (): Promise<void> => {
    for (const lease of book.all()) await attempt('lease not compared with the chain', () => compare(lease));
  };

  /** Open with us, though the journal knows nothing of it: somebody pays. */
  const isPaid = async (id: LeaseId): Promise<boolean> => {
    if (book.get(id) || (await deps.chain.leaseOf(id)).status !== 'open') return false;
    const { network } = deps.chain;
    const ours = await deps.chain.eventsSince(network.fromBlock, { lease: id, operator: deps.operator });
    return ours.length > 0;
  };

  const removeOrphan = async (id: LeaseId): Promise<void> => {
    const isWanted = () => (book.get(id)?.record.stage ?? 'closed') !== 'closed';
    if (isWanted()) return;
    if (await isPaid(id))
      return log.error('a workload’s lease is open on chain but not in the journal', { lease: id });
    // It may have been accepted while we asked.
    if (isWanted()) return;
    log.warn('removing a workload that no lease wants', { lease: id });
    await deps.driver.remove(id);
  };

  const removeOrphans = async (): Promise<void> => {
    for (const id of (await deps.observe(0)).keys() as MapIterator<LeaseId>)
      await attempt('workload not removed', () => removeOrphan(id));
  };

  return {
    async pass() {
      await compareAll();
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

    async onReorg() {
      for (const lease of book.all()) settled.delete(lease);
      await compareAll();
      for (const lease of book.all()) if (lease.record.stage !== 'closed') life.wake(lease);
    },
  };
}
