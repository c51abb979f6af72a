import { createFakeChain, createTestClock } from '@souk/chain/testing';
import type { ChainEvent, Terms } from '@souk/chain';
import { asAddress, type Hex, silentLog, zeroAddress } from '@souk/protocol';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  continueRecord,
  describeReliability,
  emptyRecord,
  endingOf,
  type LeaseClosed,
  noRecord,
  outcomesOf,
  recordOf,
} from './record.ts';
import { createReliabilityReader } from './reliability.ts';

const operator = asAddress(`0x${'22'.repeat(20)}`);
const minimumFees = 10_000n;
const leaseOf = (index: number): Hex => `0x${index.toString(16).padStart(64, '0')}`;

const terms: Terms = {
  tenant: zeroAddress,
  agent: zeroAddress,
  watcher: zeroAddress,
  operator,
  token: zeroAddress,
  rate: 1n,
  minimumCharge: 0n,
  clawbackWindow: 60,
  openedAt: 0,
  startDeadline: 60,
  revision: 0,
};

const closers = ['tenant', 'agent', 'watcher', 'operator', 'exhausted'] as const;

/** What the chain may say of one lease, in its order. */
const anyLife = fc.record({
  collected: fc.array(fc.bigInt({ min: 0n, max: 50_000n }), { maxLength: 3 }),
  amended: fc.array(fc.bigInt({ min: 0n, max: 50_000n }), { maxLength: 2 }),
  close: fc.option(
    fc.record({
      by: fc.constantFrom(...closers),
      wasReady: fc.boolean(),
      paid: fc.bigInt({ min: 0n, max: 50_000n }),
      clawedBack: fc.oneof(fc.constant(0n), fc.bigInt({ min: 1n, max: 50_000n })),
    }),
    { nil: undefined, freq: 5 },
  ),
});

/** Lives told at the same time: the events of all leases, between one another, each lease's own in order. */
const anyHistory = fc
  .tuple(fc.array(anyLife, { minLength: 1, maxLength: 12 }), fc.infiniteStream(fc.nat()))
  .map(([lives, picks]) => {
    const queues = lives.map((life, index) => eventsOf(life, leaseOf(index + 1)));
    const events: ChainEvent[] = [];
    for (let left = queues.filter((queue) => queue.length > 0); left.length > 0;) {
      const queue = left[picks.next().value! % left.length];
      const event = queue?.shift();
      if (event) events.push({ ...event, block: events.length >> 1, logIndex: events.length } as ChainEvent);
      left = queues.filter((one) => one.length > 0);
    }
    return events;
  });

type Untold = ChainEvent extends infer E
  ? E extends ChainEvent
    ? Omit<E, 'block' | 'logIndex'>
    : never
  : never;

function eventsOf(life: typeof anyLife extends fc.Arbitrary<infer L> ? L : never, lease: Hex): Untold[] {
  const tx = lease;
  const events: Untold[] = [{ kind: 'lease-opened', tx, lease, terms, deposit: 1_000_000n }];
  if (life.close?.wasReady !== false) events.push({ kind: 'lease-ready', tx, lease, readyAt: 1 });
  for (const amount of life.collected) events.push({ kind: 'lease-collected', tx, lease, amount });
  for (const paid of life.amended) events.push({ kind: 'lease-amended', tx, lease, terms, paid, funded: 1n });
  if (life.close) {
    const { by, wasReady, paid, clawedBack } = life.close;
    const money = { paid, clawedBack, refunded: 0n };
    const who = { tenant: zeroAddress, operator };
    events.push({ kind: 'lease-closed', tx, lease, ...who, by, wasReady, effectiveAt: 9, ...money });
  }
  return events;
}

const closed: LeaseClosed = {
  kind: 'lease-closed',
  block: 9,
  logIndex: 0,
  tx: '0x01',
  lease: leaseOf(1),
  tenant: zeroAddress,
  operator,
  by: 'agent',
  wasReady: true,
  effectiveAt: 10,
  paid: 5_000n,
  refunded: 0n,
  clawedBack: 0n,
};

describe('how a lease ended', () => {
  it.each<[string, Partial<LeaseClosed>, string]>([
    ['by its tenant', { by: 'tenant' }, 'completed'],
    ['by its agent', {}, 'completed'],
    ['by its watcher', { by: 'watcher' }, 'completed'],
    ['with its money', { by: 'exhausted' }, 'completed'],
    ['by its operator', { by: 'operator' }, 'failed-while-running'],
    ['with pay taken back', { clawedBack: 1n }, 'failed-while-running'],
    ['before it was ready', { wasReady: false }, 'failed-to-start'],
    ['before it was ready, by its operator', { wasReady: false, by: 'operator' }, 'failed-to-start'],
    ['before it was ready, with its money', { wasReady: false, by: 'exhausted' }, 'failed-to-start'],
  ])('%s', (_how, patch, ending) => {
    expect(endingOf({ ...closed, ...patch })).toBe(ending);
  });
});

describe('an operator’s record', () => {
  it('counts all that was paid over a lease’s life, amendments and collections too', () => {
    const at = { block: 1, tx: '0x02', lease: closed.lease } as const;
    const events: ChainEvent[] = [
      { ...at, logIndex: 1, kind: 'lease-opened', terms, deposit: 100_000n },
      { ...at, logIndex: 2, kind: 'lease-collected', amount: 20_000n },
      { ...at, logIndex: 3, kind: 'lease-amended', terms, paid: 3_000n, funded: 1n },
      { ...at, logIndex: 4, kind: 'lease-topped-up', amount: 7n, funded: 8n },
      { ...at, logIndex: 5, kind: 'lease-collected', amount: 400n },
      closed,
    ];
    expect(outcomesOf(events)).toMatchObject([{ ending: 'completed', by: 'agent', fees: 28_400n }]);
    expect(recordOf(outcomesOf(events), minimumFees)).toEqual({
      ...noRecord,
      completed: 1,
      completedFees: 28_400n,
    });
    const failed = [...events.slice(0, -1), { ...closed, clawedBack: 600n }];
    expect(recordOf(outcomesOf(failed), minimumFees)).toMatchObject({
      failedRunning: 1,
      failedFees: 29_000n,
    });
  });

  it('counts a failure for a minimum at least', () => {
    const early = { ...closed, wasReady: false, paid: 0n };
    expect(recordOf(outcomesOf([early]), minimumFees)).toEqual({
      ...noRecord,
      failedToStart: 1,
      failedFees: minimumFees,
    });
  });

  it('is the same whatever the order of events, told twice or not', () => {
    fc.assert(
      fc.property(anyHistory, fc.infiniteStream(fc.nat()), (history, picks) => {
        const mixed = [...history, ...history.filter(() => picks.next().value! % 3 === 0)]
          .map((event) => ({ event, by: picks.next().value! }))
          .sort((a, b) => a.by - b.by)
          .map(({ event }) => event);
        expect(outcomesOf(mixed)).toEqual(outcomesOf(history));
      }),
    );
  });

  it('carried on part by part is what all at once gives', () => {
    fc.assert(
      fc.property(anyHistory, fc.infiniteStream(fc.integer({ min: 1, max: 9 })), (history, sizes) => {
        let running = emptyRecord;
        for (let from = 0, to = 0; from < history.length; from = to) {
          to = from + sizes.next().value!;
          running = continueRecord(running, history.slice(from, to), minimumFees);
        }
        const open = new Set(history.map(({ lease }) => lease));
        for (const { lease } of outcomesOf(history)) open.delete(lease);
        expect(running.record).toEqual(recordOf(outcomesOf(history), minimumFees));
        expect([...running.paid.keys()].every((lease) => open.has(lease))).toBe(true);
      }),
    );
  });

  it('read in parts as the chain grows is the one of the whole chain', async () => {
    const clock = createTestClock();
    await using chain = createFakeChain({ clock });
    const history: ChainEvent[] = [];
    let head = 0;
    const reads = {
      ...chain.reads,
      head: async () => ({ number: head, timestamp: 0 }),
      eventsSince: async (from: number) => history.filter((event) => event.block >= from),
    };
    const reader = createReliabilityReader(
      { chain: reads, clock, log: silentLog },
      { cacheMs: 1, minimumFees },
    );
    const [whole] = fc.sample(anyHistory, { numRuns: 1, seed: 7 });
    for (const event of whole ?? []) {
      history.push(event);
      // The latest block's events may not all be there yet.
      head = event.block - 1;
      await clock.advance(2);
      await reader.read([operator], 1000);
    }
    head += 1;
    await clock.advance(2);
    const records = await reader.read([operator], 1000);
    expect(records.get(operator)).toEqual(recordOf(outcomesOf(history), minimumFees));
    expect(records.get(operator)).not.toEqual(noRecord);
  });

  it('is told in words', () => {
    expect(describeReliability(noRecord)).toBe('new');
    expect(describeReliability({ ...noRecord, completed: 12 })).toBe('12/12');
    expect(describeReliability({ ...noRecord, completed: 12, failedToStart: 1 })).toBe(
      '12/13 · 1 failed to start',
    );
    expect(describeReliability({ ...noRecord, failedToStart: 2, failedRunning: 1 })).toBe(
      '0/3 · 2 failed to start · 1 failed running',
    );
    expect(describeReliability(undefined)).toBe('unknown');
  });
});
