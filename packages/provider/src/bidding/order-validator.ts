/**
 * Is a gossiped order worth passing on? Whoever forwards orders asks here first, so that nobody can fill the network
 * with orders that no key signed or no money stands behind. Cheap checks come first; the chain is read at most once a
 * second for each tenant, whatever arrives.
 */
import type { ChainReads } from '@souk/chain';
import type { GossipVerdict, Remote } from '@souk/net';
import {
  type Address,
  type Clock,
  hashRequirements,
  type LeaseId,
  leaseIdOf,
  type OrderEnvelope,
} from '@souk/protocol';
import { createRecent } from './recent.ts';

/** Why an order is not passed on. */
export type OrderFault =
  | 'expired'
  | 'expires-too-late'
  | 'requirements-mismatch'
  | 'reply-mismatch'
  | 'no-rate'
  | 'signature-wrong'
  | 'order-cancelled'
  | 'balance-too-small'
  | 'too-many-orders'
  | 'chain-unreachable';

export type OrderVerdict =
  | { readonly ok: true; readonly lease: LeaseId }
  | {
      readonly ok: false;
      readonly reason: OrderFault;
      /** True where only its author can have made it so: score it down. */
      readonly isHostile: boolean;
    };

export type OrderCheck = (envelope: OrderEnvelope, author: Remote) => Promise<OrderVerdict>;

export interface OrderCheckDeps {
  readonly chain: Pick<ChainReads, 'balanceOf' | 'counterOf' | 'isSignatureValid'>;
  readonly clock: Clock;
  /** Told why an order is not passed on. */
  readonly onRefused?: (reason: OrderFault) => void;
}

const chainCacheMs = 1000;
const trackedTenants = 4096;
/** Further ahead than any honest clock and any order's life. */
const longestLifeSeconds = 7 * 86_400;

/** For `Peer.join(ordersTopic, …)`. */
export function createOrderValidator(
  deps: OrderCheckDeps,
  options?: { readonly ordersPerMinutePerTenant: number },
): (envelope: OrderEnvelope, author: Remote) => Promise<GossipVerdict> {
  const check = createOrderCheck(deps, options);
  return async (envelope, author) => {
    const verdict = await check(envelope, author);
    if (verdict.ok) return 'accept';
    deps.onRefused?.(verdict.reason);
    return verdict.isHostile ? 'reject' : 'ignore';
  };
}

export function createOrderCheck(
  deps: OrderCheckDeps,
  options: { readonly ordersPerMinutePerTenant: number } = { ordersPerMinutePerTenant: 600 },
): OrderCheck {
  const { chain, clock } = deps;
  const cached = <V>(read: (account: Address) => Promise<V>) => {
    const recent = createRecent<Promise<V>>({
      limit: trackedTenants,
      maxAgeMs: chainCacheMs,
      clock,
    });
    return (account: Address) => {
      const known = recent.get(account);
      if (known) return known;
      const value = read(account);
      recent.set(account, value);
      value.catch(() => recent.delete(account));
      return value;
    };
  };
  const balanceOf = cached((account) => chain.balanceOf(account));
  const counterOf = cached((account) => chain.counterOf(account));
  const counts = createRecent<{ seen: number }>({ limit: trackedTenants, maxAgeMs: 60_000, clock });

  return async (envelope, author) => {
    const { message: order } = envelope.order;
    const fault = checkAlone(envelope, author, Math.floor(clock.now() / 1000));
    if (fault) return fault;
    try {
      // Before the count: an order that the tenant did not sign must not use up the tenant's turn.
      if (!(await chain.isSignatureValid('Order', envelope.order))) return hostile('signature-wrong');
      const count = counts.get(order.tenant) ?? { seen: 0 };
      if (count.seen === 0) counts.set(order.tenant, count);
      count.seen += 1;
      if (count.seen > options.ordersPerMinutePerTenant) return unlucky('too-many-orders');
      const [balance, counter] = await Promise.all([balanceOf(order.tenant), counterOf(order.tenant)]);
      if (counter !== order.counter) return unlucky('order-cancelled');
      if (balance < order.deposit) return unlucky('balance-too-small');
      return { ok: true, lease: leaseIdOf(order) };
    } catch {
      return unlucky('chain-unreachable');
    }
  };
}

/** What can be told from the envelope alone. */
function checkAlone(envelope: OrderEnvelope, author: Remote, now: number): OrderVerdict | undefined {
  const { message: order, signer } = envelope.order;
  if (order.expiresAt <= now) return unlucky('expired');
  if (order.expiresAt > now + longestLifeSeconds) return hostile('expires-too-late');
  if (order.maxRate === 0n || order.deposit === 0n) return hostile('no-rate');
  if (signer !== order.tenant) return hostile('signature-wrong');
  if (author.address !== order.agent && author.address !== order.tenant) return hostile('reply-mismatch');
  if (!envelope.replyTo.every((address) => address.endsWith(`/p2p/${author.peerId}`))) {
    return hostile('reply-mismatch');
  }
  if (hashRequirements(envelope.requirements) !== order.requirements) return hostile('requirements-mismatch');
  return undefined;
}

function hostile(reason: OrderFault): OrderVerdict {
  return { ok: false, reason, isHostile: true };
}

/** May be nobody's fault: late, or the tenant's balance moved meanwhile. */
function unlucky(reason: OrderFault): OrderVerdict {
  return { ok: false, reason, isHostile: false };
}
