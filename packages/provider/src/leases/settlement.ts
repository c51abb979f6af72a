/**
 * A lease's life on chain, as the provider brings it about: open, mark ready, collect, close. Each call looks first at
 * what the chain says and does only what is missing, so it can be repeated after any crash. Throws where the chain
 * does not answer; never concludes anything from silence.
 */
import {
  type ChainHead,
  type ChainReads,
  type ChainWriter,
  hashTerms,
  type LeaseRef,
  type LeaseState,
} from '@souk/chain';
import {
  type Address,
  type Clock,
  collectableAt,
  Fault,
  fundedUntil,
  type Hex,
  type Log,
  toFault,
} from '@souk/protocol';
import type { ProviderMetrics } from '../metrics.ts';
import type { Book, Lease } from './book.ts';
import { meterOf, openableUntil, refOf } from './lease.ts';

export interface SettlementDeps {
  readonly chain: Pick<ChainReads, 'leaseOf' | 'eventsSince' | 'network' | 'head'>;
  readonly writer: Pick<
    ChainWriter,
    'open' | 'markReady' | 'collect' | 'close' | 'closeSigned' | 'closeExhausted'
  >;
  readonly operator: Address;
  readonly book: Book;
  /** The latest block the follower saw. */
  readonly seenHead: () => ChainHead | undefined;
  readonly clock: Clock;
  readonly log: Log;
  readonly metrics: ProviderMetrics;
}

export interface Settlement {
  /** Unix seconds: our clock's, or the chain's where that is ahead. */
  now(): number;
  /** Resolves once the lease is open on chain. Throws `lease.open-failed` where it never will be. */
  open(lease: Lease): Promise<void>;
  /** Take over what the chain says of a lease; ends it where the chain has, or has it with somebody else. */
  refresh(lease: Lease): Promise<LeaseState['status']>;
  /** Bring the tenant's Ready on chain, if there is one that is not. */
  markReady(lease: Lease): Promise<void>;
  /** Resolves once the lease can't cost anybody anything any more: closed, or never to be opened. */
  close(lease: Lease): Promise<void>;
  /** Seconds left that are paid for; undefined before it is open. */
  fundedFor(lease: Lease): number | undefined;
  collectable(lease: Lease): bigint;
  collect(leases: readonly Lease[]): Promise<void>;
  /** Transactions in a row that failed for other reasons than a revert. */
  failuresInARow(): number;
}

/** A transaction of ours may still be on its way this long after nobody could open the lease any more. */
const openSlackSeconds = 30;

export function createSettlement(deps: SettlementDeps): Settlement {
  const { chain, writer, book, metrics } = deps;
  let failures = 0;

  const now = () => Math.max(Math.floor(deps.clock.now() / 1000), deps.seenHead()?.timestamp ?? 0);

  const send = async <T>(kind: string, write: () => Promise<T>): Promise<T> => {
    try {
      const receipt = await write();
      failures = 0;
      metrics.transactions.inc({ kind, result: 'mined' });
      return receipt;
    } catch (error) {
      const fault = toFault(error, 'lease.transaction-failed', 'chain');
      if (fault.code === 'chain.reverted') failures = 0;
      else failures += 1;
      metrics.transactions.inc({ kind, result: fault.code === 'chain.reverted' ? 'reverted' : 'failed' });
      throw fault;
    }
  };

  /** The terms that the chain holds the hash of. */
  const findRef = async (lease: Lease, termsHash: Hex): Promise<LeaseRef | undefined> => {
    const known = refOf(lease.record);
    if (known && hashTerms(known.terms) === termsHash) return known;
    const events = await chain.eventsSince(chain.network.fromBlock, { lease: lease.id });
    const announced = events.flatMap((event) => ('terms' in event ? event.terms : []));
    const terms = announced.findLast((one) => hashTerms(one) === termsHash);
    if (terms?.operator === deps.operator) book.remember(lease, { terms });
    return terms && { lease: lease.id, terms };
  };

  const openFailed = (detail: string, cause?: unknown) =>
    new Fault('lease.open-failed', detail, { blame: 'peer', cause });

  const open = async (lease: Lease): Promise<void> => {
    const request = lease.record.request;
    if (!request) throw openFailed('the acceptance is gone');
    const state = await chain.leaseOf(lease.id);
    if (state.status === 'closed') return void (await refresh(lease));
    if (state.status === 'open') {
      const ref = await findRef(lease, state.termsHash);
      if (ref?.terms.operator !== deps.operator)
        throw openFailed('the order was opened with another provider');
      return void (await refresh(lease));
    }
    if (now() >= openableUntil(request))
      throw openFailed('the bid or the order expired before it was opened');
    lease.mayOpen = true;
    try {
      const { order, bid, acceptance } = request;
      const receipt = await send('open', () => writer.open({ order, bid, acceptance }));
      book.remember(lease, { terms: receipt.ref.terms, openTx: receipt.tx, funded: order.message.deposit });
    } catch (error) {
      const fault = toFault(error, 'lease.open-failed', 'chain');
      if (fault.code !== 'chain.reverted') throw fault;
      // An earlier try of ours may have been mined meanwhile.
      if ((await chain.leaseOf(lease.id)).status === 'open') return open(lease);
      throw openFailed(`the chain refused to open the lease: ${fault.message}`, fault);
    }
  };

  const refresh: Settlement['refresh'] = async (lease) => {
    const state = await chain.leaseOf(lease.id);
    const { status } = state;
    if (status === 'unknown') return status;
    const { funded, collected, readyAt } = lease.record;
    if (state.status === 'open') {
      const ref = await findRef(lease, state.termsHash);
      if (ref && ref.terms.operator !== deps.operator) {
        book.end(lease, { kind: 'chain', detail: 'the order was opened with another provider' });
        return status;
      }
      if (funded !== state.funded || collected !== state.collected || readyAt !== state.readyAt) {
        book.remember(lease, { funded: state.funded, collected: state.collected, readyAt: state.readyAt });
      }
      return status;
    }
    book.end(lease, { kind: 'chain', detail: 'closed on chain' });
    return status;
  };

  const marking = new Map<Lease, Promise<void>>();
  const markReady = (lease: Lease): Promise<void> => {
    const running = marking.get(lease) ?? markReadyOnce(lease).finally(() => marking.delete(lease));
    marking.set(lease, running);
    return running;
  };

  const markReadyOnce = async (lease: Lease): Promise<void> => {
    const ref = refOf(lease.record);
    const { ready, readyAt } = lease.record;
    if (!ref || !ready || readyAt > 0) return;
    try {
      await send('ready', () => writer.markReady(ref, ready));
      book.remember(lease, { readyAt: ready.message.readyAt });
      book.note(lease, 'ready', 'the meter runs');
    } catch (error) {
      const fault = toFault(error, 'lease.ready-failed', 'chain');
      if (fault.code !== 'chain.reverted') throw fault;
      await refresh(lease);
      // Out of range or too late: it will never be taken.
      book.remember(lease, { ready: null });
      if (lease.record.readyAt === 0) book.note(lease, 'ready-refused', fault.message);
    }
  };

  const close = async (lease: Lease): Promise<void> => {
    const { request } = lease.record;
    const state = await chain.leaseOf(lease.id);
    if (state.status === 'closed') return;
    if (state.status === 'unknown') {
      if (!lease.mayOpen || !request) return;
      const left = openableUntil(request) + openSlackSeconds - now();
      if (left < 0) return;
      throw new Fault('lease.may-open-yet', `a transaction may open the lease for another ${left} s`, {
        blame: 'self',
        retry: true,
      });
    }
    const ref = await findRef(lease, state.termsHash);
    if (!ref || ref.terms.operator !== deps.operator) return;
    await closeOpen(lease, ref, state);
  };

  const closeOpen = async (
    lease: Lease,
    ref: LeaseRef,
    state: { readonly funded: bigint; readonly readyAt: number },
  ): Promise<void> => {
    const meterFrom = state.readyAt > 0 ? state.readyAt : ref.terms.startDeadline;
    const end = fundedUntil({ rate: ref.terms.rate, funded: state.funded, meterFrom });
    const { timestamp } = await chain.head();
    const signed = lease.record.close;
    if (now() >= end) {
      // The chain's clock may be a block behind ours.
      await send('close-exhausted', () => writer.closeExhausted(ref)).catch((error: unknown) => {
        throw retryLater(error);
      });
    } else if (signed) {
      await send('close-signed', () => writer.closeSigned(ref, signed)).catch(async (error: unknown) => {
        const isRefused = error instanceof Fault && error.code === 'chain.reverted';
        // Not yet due by the chain's clock: later. Otherwise it will never be taken, and the lease still must end.
        if (!isRefused || signed.message.effectiveAt > timestamp) throw retryLater(error);
        await send('close', () => writer.close(ref, timestamp));
      });
    } else if (lease.record.cause?.kind === 'exhausted') {
      throw retryLater(new Error('not yet exhausted by the chain’s clock'));
    } else {
      await send('close', () => writer.close(ref, timestamp));
    }
  };

  return {
    now,
    open,
    refresh,
    markReady,
    close,
    fundedFor(lease) {
      const meter = meterOf(lease.record);
      return meter && fundedUntil(meter) - now();
    },
    collectable(lease) {
      const { record } = lease;
      const meter = meterOf(record);
      if (!meter || !record.terms || record.stage !== 'up') return 0n;
      return collectableAt(meter, record.collected, record.terms.clawbackWindow, now());
    },
    async collect(leases) {
      const refs = leases.flatMap((lease) => refOf(lease.record) ?? []);
      if (refs.length === 0) return;
      const { collected } = await send('collect', () => writer.collect(refs));
      metrics.collected.inc(Number(collected));
      for (const lease of leases) await refresh(lease);
    },
    failuresInARow: () => failures,
  };
}

function retryLater(cause: unknown): Fault {
  if (cause instanceof Fault && cause.retry) return cause;
  return new Fault('lease.close-later', 'the lease can’t be closed on chain yet', {
    blame: 'chain',
    retry: true,
    cause,
  });
}
