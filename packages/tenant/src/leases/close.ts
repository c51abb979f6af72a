/**
 * Ends a lease: the agent signs Close, the provider brings it on chain co-signed (its gas, nothing clawed back);
 * where it does not, an own transaction does, with clawback of at most one window. Idempotent: a closed lease gives
 * its receipt again.
 */
import { type Close, Fault, localKey, type Signed, signedProtocol, toFault } from '@souk/protocol';
import type { Context } from '../context.ts';
import type { LeaseReceipt } from '../deployment.ts';
import { moneyEndsAt } from './history.ts';
import { chosenBid, type Lot, type OnChain, pauseMs, syncWithChain } from './lot.ts';

export interface CloseOptions {
  /** Unix seconds of chain time; now by default, never in the future. */
  readonly effectiveAt?: number;
  readonly signal?: AbortSignal;
}

type OpenLease = OnChain & { is: 'open' };

export async function closeLease(
  context: Context,
  lot: Lot,
  options: CloseOptions = {},
): Promise<LeaseReceipt> {
  const found = await syncWithChain(context, lot.name, lot.group);
  if (found.is === 'closed') return found.receipt;
  if (found.is === 'unknown') throw notOpen(lot);
  const head = await context.deps.chain.head();
  const asked = found.group.closeAt ?? options.effectiveAt ?? head.timestamp;
  const effectiveAt = Math.min(asked, head.timestamp);
  const change = { phase: 'closing' as const, closeAt: effectiveAt };
  const group = await context.records.change(lot.name, lot.group.lease, change);
  const open: OpenLease = { ...found, group };
  const current = { ...lot, group };
  const byProvider = await closeByProvider(context, current, effectiveAt, options.signal);
  const receipt = byProvider ?? (await closeByOwnTransaction(context, current, open, effectiveAt));
  context.deps.log.info('lease closed', { lease: group.lease, tx: receipt.tx, by: receipt.by });
  return receipt;
}

async function closeByProvider(
  context: Context,
  lot: Lot,
  effectiveAt: number,
  signal: AbortSignal | undefined,
): Promise<LeaseReceipt | undefined> {
  const { callTimeoutMs, closeConfirmMs } = context.config;
  const close = await signClose(context, lot, effectiveAt);
  try {
    const answer = await lot.peer.ask(
      chosenBid(lot.group).provider,
      signedProtocol,
      { kind: 'close', close },
      { timeoutMs: callTimeoutMs, ...(signal && { signal }) },
    );
    if (!answer.ok) {
      context.deps.log.warn('provider refuses a close', { lease: lot.group.lease, reason: answer.reason });
    }
    // One that refuses may be closing by itself: it gets a quarter of the time.
    return await waitClosed(context, lot, answer.ok ? closeConfirmMs : closeConfirmMs / 4, signal);
  } catch (error) {
    signal?.throwIfAborted();
    const { code } = toFault(error, 'tenant.no-answer', 'peer');
    context.deps.log.warn('provider not reached for a close', { lease: lot.group.lease, code });
  }
  return undefined;
}

async function closeByOwnTransaction(
  context: Context,
  lot: Lot,
  open: OpenLease,
  effectiveAt: number,
): Promise<LeaseReceipt> {
  const { chain, writer } = context.deps;
  const { terms } = lot.group;
  if (!writer || !terms || (await chain.gasBalanceOf(writer.address)) === 0n) throw unconfirmed(lot);
  const ref = { lease: lot.group.lease, terms };
  const head = await chain.head();
  try {
    if (head.timestamp >= moneyEndsAt(terms, open.state)) {
      await writer.closeExhausted(ref);
    } else {
      // An effective time older than the clawback window counts as one window back.
      await writer.closeSigned(ref, await signClose(context, lot, effectiveAt));
    }
  } catch (error) {
    const closed = await waitClosed(context, lot, 0);
    if (closed) return closed;
    throw error;
  }
  const receipt = await waitClosed(context, lot, context.config.closeConfirmMs);
  if (!receipt) throw unconfirmed(lot);
  return receipt;
}

async function waitClosed(
  context: Context,
  lot: Lot,
  forMs: number,
  signal?: AbortSignal,
): Promise<LeaseReceipt | undefined> {
  const { clock } = context.deps;
  const startMs = clock.now();
  for (;;) {
    const found = await syncWithChain(context, lot.name, lot.group);
    if (found.is === 'closed') return found.receipt;
    if (clock.now() - startMs >= forMs) return undefined;
    await clock.sleep(pauseMs(context, clock.now() - startMs), signal);
  }
}

function signClose(context: Context, lot: Lot, effectiveAt: number): Promise<Signed<Close>> {
  const message = { lease: lot.group.lease, effectiveAt };
  return localKey(lot.group.agentKey).sign(context.deps.chain.domain, 'Close', message);
}

function notOpen(lot: Lot): Fault {
  return new Fault('tenant.lease-not-open', `the lease of group "${lot.group.name}" is not on chain`, {
    blame: 'user',
    retry: true,
    data: { lease: lot.group.lease },
    remedy: 'if its provider still opens it, close it then; otherwise the order ends by itself',
  });
}

function unconfirmed(lot: Lot): Fault {
  return new Fault(
    'tenant.close-unconfirmed',
    `the provider did not bring the close of "${lot.name}" on chain, and there is no gas here to do it`,
    {
      blame: 'peer',
      retry: true,
      data: { name: lot.name, lease: lot.group.lease },
      remedy: 'give the wallet some of the chain’s coin for gas and close again',
    },
  );
}
