/** A lease's story from its chain events: terms, meter, receipt. Pure. */
import type { ChainEvent, LeaseState, Terms } from '@souk/chain';
import { fundedUntil, type Hex, type LeaseMeter } from '@souk/protocol';
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

export function receiptOf(events: readonly ChainEvent[]): LeaseReceipt | undefined {
  const closed = events.findLast((event) => event.kind === 'lease-closed');
  if (!closed) return undefined;
  const readyAt = events.findLast((event) => event.kind === 'lease-ready')?.readyAt;
  const meterFrom = readyAt ?? openedOf(events)?.terms.startDeadline ?? closed.effectiveAt;
  const { lease, by, wasReady, effectiveAt, paid, refunded, clawedBack, tx } = closed;
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
