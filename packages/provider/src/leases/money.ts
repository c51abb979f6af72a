/**
 * Looks at every lease's money and patience, once a second: pauses what is about to run out, ends what has, what never started in time, what
 * nobody called ready; brings Ready on chain; collects when it is worth a transaction. Decides on known facts only:
 * where the chain is silent it waits.
 */
import { type Clock, type Log, toFault } from '@souk/protocol';
import type { Book, Lease } from './book.ts';
import type { Cause } from './lease.ts';
import type { Pauser } from './pause.ts';
import type { Settlement } from './settlement.ts';

export interface MoneyDeps {
  readonly book: Book;
  readonly settlement: Settlement;
  readonly pauser: Pick<Pauser, 'pauseIfDue'>;
  readonly wake: (lease: Lease) => void;
  readonly clock: Clock;
  readonly log: Log;
}

export interface MoneyConfig {
  readonly readyPatienceMs: number;
  readonly exhaustedGraceSeconds: number;
  readonly collectEveryMs: number;
  /** In the token's smallest unit, of all leases together. */
  readonly collectMinimum: bigint;
}

/** A lease that can't run by its start deadline is closed this long before, so that its meter never starts. */
const startMarginSeconds = 3;
/** The Market takes what fits a block; more go in further transactions. */
const collectBatch = 20;
const collectPauseMs = 30_000;

export function createMoney(deps: MoneyDeps, config: MoneyConfig): { tick(): Promise<void> } {
  const { book, settlement, clock } = deps;
  const busy = new Set<Lease>();
  let collectedAt = 0;
  let lookedAt = 0;
  let isCollecting = false;

  /** After asking the chain again: what we know may be old, and where it is silent nothing ends. */
  const endIfStill = async (lease: Lease, kind: Cause['kind'], detail: string, isStill: () => boolean) => {
    await settlement.refresh(lease);
    if (!isStill()) return;
    book.end(lease, { kind, detail });
    deps.wake(lease);
  };

  const look = async (lease: Lease): Promise<void> => {
    const { terms } = lease.record;
    if (!terms) return;
    const isExhausted = () => (settlement.fundedFor(lease) ?? 0) <= -config.exhaustedGraceSeconds;
    if (isExhausted())
      return endIfStill(lease, 'exhausted', 'the money for this lease has run out', isExhausted);
    if (await deps.pauser.pauseIfDue(lease)) return;
    if (lease.record.ready && lease.record.readyAt === 0) return settlement.markReady(lease);
    const now = settlement.now();
    const isUnmetered = () => lease.record.readyAt === 0 && !lease.record.ready && now < terms.startDeadline;
    if (!isUnmetered()) return;
    const { healthyAt } = lease.record;
    if (healthyAt === 0 && now >= terms.startDeadline - startMarginSeconds) {
      return endIfStill(lease, 'failed', `not running by the start deadline: ${lease.detail}`, isUnmetered);
    }
    if (healthyAt > 0 && (now - healthyAt) * 1000 >= config.readyPatienceMs) {
      return endIfStill(
        lease,
        'no-ready',
        'it runs, but the tenant did not sign that it is ready',
        isUnmetered,
      );
    }
  };

  const collect = async (): Promise<void> => {
    const due = book
      .all()
      .map((lease) => ({ lease, amount: settlement.collectable(lease) }))
      .filter(({ amount }) => amount > 0n);
    const total = due.reduce((sum, { amount }) => sum + amount, 0n);
    const isOld = clock.now() - collectedAt >= config.collectEveryMs;
    if (total === 0n || (total < config.collectMinimum && !isOld)) return;
    for (let from = 0; from < due.length; from += collectBatch) {
      await settlement.collect(due.slice(from, from + collectBatch).map(({ lease }) => lease));
    }
    collectedAt = clock.now();
  };

  const guarded = async (what: string, work: () => Promise<void>) => {
    try {
      await work();
    } catch (error) {
      deps.log.warn(what, { code: toFault(error, 'lease.money-failed', 'chain').code });
    }
  };

  return {
    async tick() {
      const live = book.all().filter((lease) => lease.record.stage === 'up' && !busy.has(lease));
      for (const lease of live) {
        busy.add(lease);
        void guarded('lease’s money not looked at', () => look(lease)).finally(() => busy.delete(lease));
      }
      if (isCollecting || clock.now() - lookedAt < collectPauseMs) return;
      lookedAt = clock.now();
      isCollecting = true;
      await guarded('could not collect', collect).finally(() => {
        isCollecting = false;
      });
    },
  };
}
