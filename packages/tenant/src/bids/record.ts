/**
 * An operator's record from chain events alone, so that anyone gets the same: how each of its leases ended, by whom,
 * and what was paid for it over its whole life. docs/reliability.md says the rule in words. Pure; the order in which
 * events are given, and whether one is given twice, changes nothing.
 */
import type { ChainEvent } from '@souk/chain';
import type { Address, Hex, LeaseId } from '@souk/protocol';
import type { Reliability } from './offer.ts';

export type LeaseClosed = ChainEvent & { readonly kind: 'lease-closed' };
export type LeaseEnding = 'completed' | 'failed-to-start' | 'failed-while-running';

/** How one lease ended. Amounts in the token's smallest unit. */
export interface LeaseOutcome {
  readonly lease: LeaseId;
  readonly operator: Address;
  readonly ending: LeaseEnding;
  readonly by: LeaseClosed['by'];
  /** Everything paid over its life, before the protocol fee. */
  readonly fees: bigint;
  readonly clawedBack: bigint;
  /** Unix seconds. */
  readonly endedAt: number;
  readonly block: number;
  readonly tx: Hex;
}

/** Whether the meter ever ran, whether pay was taken back, and who ended it: that is all the chain knows. */
export function endingOf(closed: Pick<LeaseClosed, 'wasReady' | 'clawedBack' | 'by'>): LeaseEnding {
  if (!closed.wasReady) return 'failed-to-start';
  return closed.clawedBack > 0n || closed.by === 'operator' ? 'failed-while-running' : 'completed';
}

export const noRecord: Reliability = {
  completed: 0,
  failedToStart: 0,
  failedRunning: 0,
  completedFees: 0n,
  failedFees: 0n,
};

/** Leases that have ended, oldest first; of those still open there is nothing to say. */
export function outcomesOf(events: readonly ChainEvent[]): readonly LeaseOutcome[] {
  const distinct = new Map(events.map((event) => [`${event.tx} ${event.logIndex}`, event]));
  const paid = new Map<LeaseId, bigint>();
  for (const event of distinct.values()) {
    paid.set(event.lease, (paid.get(event.lease) ?? 0n) + paidBy(event));
  }
  return [...distinct.values()]
    .flatMap((event) => (event.kind === 'lease-closed' ? [event] : []))
    .sort((a, b) => a.block - b.block || a.logIndex - b.logIndex)
    .map((closed) => outcomeOf(closed, paid.get(closed.lease) ?? 0n));
}

function paidBy(event: ChainEvent): bigint {
  if (event.kind === 'lease-collected') return event.amount;
  return event.kind === 'lease-amended' || event.kind === 'lease-closed' ? event.paid : 0n;
}

function outcomeOf(closed: LeaseClosed, fees: bigint): LeaseOutcome {
  const { lease, operator, by, clawedBack, effectiveAt: endedAt, block, tx } = closed;
  return { lease, operator, ending: endingOf(closed), by, fees, clawedBack, endedAt, block, tx };
}

/** A failure counts for at least `minimumFees`, so that failing early is not free. */
export function addOutcome(record: Reliability, outcome: LeaseOutcome, minimumFees: bigint): Reliability {
  const { ending, fees, clawedBack } = outcome;
  if (ending === 'completed') {
    return { ...record, completed: record.completed + 1, completedFees: record.completedFees + fees };
  }
  const lost = fees + clawedBack;
  return {
    ...record,
    failedToStart: record.failedToStart + (ending === 'failed-to-start' ? 1 : 0),
    failedRunning: record.failedRunning + (ending === 'failed-while-running' ? 1 : 0),
    failedFees: record.failedFees + (lost > minimumFees ? lost : minimumFees),
  };
}

export function recordOf(outcomes: readonly LeaseOutcome[], minimumFees: bigint): Reliability {
  return outcomes.reduce((record, outcome) => addOutcome(record, outcome, minimumFees), noRecord);
}

/** A record that is carried on: what is settled, and what was paid so far for leases that are open. */
export interface RunningRecord {
  readonly record: Reliability;
  readonly paid: ReadonlyMap<LeaseId, bigint>;
}

export const emptyRecord: RunningRecord = { record: noRecord, paid: new Map() };

/** The events that follow those before, each given once: gives what all of them at once would. */
export function continueRecord(
  before: RunningRecord,
  events: readonly ChainEvent[],
  minimumFees: bigint,
): RunningRecord {
  const paid = new Map(before.paid);
  let { record } = before;
  for (const event of events) {
    const fees = (paid.get(event.lease) ?? 0n) + paidBy(event);
    if (event.kind === 'lease-closed') {
      record = addOutcome(record, outcomeOf(event, fees), minimumFees);
      paid.delete(event.lease);
    } else if (fees > 0n) paid.set(event.lease, fees);
  }
  return { record, paid };
}

/** "12/15 · 2 failed to start · 1 failed running", or "new". */
export function describeReliability(record: Reliability | undefined): string {
  if (record === undefined) return 'unknown';
  const { completed, failedToStart, failedRunning } = record;
  const all = completed + failedToStart + failedRunning;
  if (all === 0) return 'new';
  return [
    `${completed}/${all}`,
    ...(failedToStart > 0 ? [`${failedToStart} failed to start`] : []),
    ...(failedRunning > 0 ? [`${failedRunning} failed running`] : []),
  ].join(' · ');
}

/** What a failure counts for at least: a hundredth of a token. */
export function minimumFeesOf(token: { readonly decimals: number }): bigint {
  return 10n ** BigInt(token.decimals) / 100n;
}
