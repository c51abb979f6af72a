/** A lease's story from its chain events: terms, meter, receipt. Pure. */
import type { ChainEvent, LeaseState, Terms } from '@souk/chain';
import { fundedUntil, type Hex, type LeaseMeter, pausedRateOf } from '@souk/protocol';
import type { LeaseReceipt } from '../deployment.ts';

export interface OpenedLease {
  readonly terms: Terms;
  readonly tx: Hex;
}

/** Current terms (amendments included) and the transaction that opened it. */
export function openedOf(events: readonly ChainEvent[]): OpenedLease | undefined {
  const opened = events.find((event) => event.kind === 'lease-opened');
  if (!opened) return undefined;
  const amended = events.findLast((event) => event.kind === 'lease-amended');
  return { terms: amended?.terms ?? opened.terms, tx: opened.tx };
}

/** What it cost per hour before it was paused; null where it is not: a pause is what lowers the rate to `pausedRateOf`. */
export function rateBeforePause(events: readonly ChainEvent[]): bigint | null {
  const rates = events.flatMap((event) => ('terms' in event ? event.terms.rate : []));
  const [before, now] = rates.slice(-2);
  return before !== undefined && now !== undefined && now < before && now === pausedRateOf(before)
    ? before
    : null;
}

/** All that was paid out for the lease so far, in collections, amendments and at its end. */
export function paidOf(events: readonly ChainEvent[]): bigint {
  return events.reduce((sum, event) => {
    if (event.kind === 'lease-collected') return sum + event.amount;
    return event.kind === 'lease-amended' || event.kind === 'lease-closed' ? sum + event.paid : sum;
  }, 0n);
}

/** What was paid under earlier terms: an amendment settles and starts to count anew. */
export function paidBeforeTerms(events: readonly ChainEvent[]): bigint {
  return paidOf(events.slice(0, events.findLastIndex((event) => event.kind === 'lease-amended') + 1));
}

export function receiptOf(events: readonly ChainEvent[]): LeaseReceipt | undefined {
  const closed = events.findLast((event) => event.kind === 'lease-closed');
  if (!closed) return undefined;
  const readyAt = events.findLast((event) => event.kind === 'lease-ready')?.readyAt;
  const meterFrom = readyAt ?? openedOf(events)?.terms.startDeadline ?? closed.effectiveAt;
  const { lease, by, wasReady, effectiveAt, refunded, clawedBack, tx } = closed;
  const paid = paidOf(events);
  const seconds = wasReady ? Math.max(0, effectiveAt - meterFrom) : 0;
  return { lease, by, wasReady, effectiveAt, seconds, paid, refunded, clawedBack, tx };
}

/** The meter, once it runs: from the signed Ready, or from the start deadline. */
export function meterOf(terms: Terms, state: LeaseState): LeaseMeter {
  return { rate: terms.rate, funded: state.funded, meterFrom: state.readyAt || terms.startDeadline };
}

export function moneyEndsAt(terms: Terms, state: LeaseState): number {
  return fundedUntil(meterOf(terms, state));
}
