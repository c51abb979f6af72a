/**
 * From an order heard to an offer sent: evaluate, reserve, sign, send. Nothing here waits for a disk or the chain; the
 * order was validated before it was heard. A bid that the tenant does not want gives its capacity back at once, one
 * that nobody answers does when it expires.
 */
import type { Peer } from '@souk/net';
import {
  type Address,
  bidProtocol,
  type Clock,
  type Decline,
  type LeaseId,
  leaseIdOf,
  type Log,
  type MarketDomain,
  type Offer,
  type OrderEnvelope,
  type PriceList,
  type ProviderFacts,
  type Signer,
  toFault,
} from '@souk/protocol';
import type { ProviderConfig } from '../config.ts';
import type { Capacity } from '../inventory/capacity.ts';
import type { Ledger } from '../inventory/ledger.ts';
import type { ProviderMetrics } from '../metrics.ts';
import { evaluate, type MachineState, providerFacts } from './evaluate.ts';
import { createLimit } from './limit.ts';
import { createRecent } from './recent.ts';

/** What one order costs per hour, by list or by script. */
export type Pricer = (envelope: OrderEnvelope) => Promise<bigint>;

export interface BidderDeps {
  readonly peer: Pick<Peer, 'ask' | 'addresses'>;
  readonly signer: Signer;
  readonly operator: Address;
  readonly domain: MarketDomain;
  readonly capacity: Capacity;
  readonly ledger: Ledger;
  readonly prices: PriceList;
  readonly price: Pricer;
  readonly driver: { readonly name: string };
  readonly tokens: readonly Address[];
  /** Leases that are not closed. */
  readonly countLeases: () => number;
  /** Why no orders are taken now; undefined while all is well. */
  readonly notServing: () => string | undefined;
  readonly clock: Clock;
  readonly log: Log;
  readonly metrics: ProviderMetrics;
}

export interface Bidder {
  hear(envelope: OrderEnvelope): void;
  /** The order went elsewhere, or nowhere: give its capacity back. */
  forget(lease: LeaseId): void;
  /** What a bid would depend on now. */
  facts(): ProviderFacts;
  /** Resolves when every offer so far was sent or given up. */
  idle(): Promise<void>;
}

/** Offers waiting to be sent; more are dropped, for their orders would be old when their turn came. */
const queueLimit = 512;
const rememberedOrders = 8192;
const rememberedMs = 10 * 60_000;
/** A tenant that starts anew asks again from another place; not even its own order may make us answer for ever. */
const answersPerOrder = 4;
/** The acceptance of a bid's last second must still find its capacity. */
const reserveSlackMs = 2000;

export function createBidder(deps: BidderDeps, config: ProviderConfig): Bidder {
  const { clock, ledger, metrics } = deps;
  const heard = createRecent<Set<string>>({ limit: rememberedOrders, maxAgeMs: rememberedMs, clock });
  const limit = createLimit(config.offerConcurrency, queueLimit);

  const decline = (lease: LeaseId, declines: readonly Decline[]): Offer => {
    for (const { reason } of declines) metrics.declines.inc({ reason });
    return { kind: 'decline', order: lease, operator: deps.operator, declines: [...declines] };
  };

  const lookAround = (now: number): Omit<MachineState, 'openBids'> => {
    const free = new Set(ledger.freeGpuIds(now));
    return {
      capacity: deps.capacity,
      free: ledger.free(now),
      freeGpus: deps.capacity.gpus.filter((gpu) => free.has(gpu.id)),
      leases: deps.countLeases(),
      notServing: deps.notServing(),
    };
  };

  const makeOffer = async (envelope: OrderEnvelope, lease: LeaseId): Promise<Offer> => {
    const order = envelope.order.message;
    let rate: bigint;
    try {
      rate = await deps.price(envelope);
    } catch (error) {
      deps.log.warn('an order could not be priced', { code: toFault(error, 'pricing.failed', 'self').code });
      return decline(lease, [{ reason: 'not-serving', detail: 'the price could not be worked out' }]);
    }
    const now = clock.now();
    // What an earlier answer to the same order holds is for this one.
    forget(lease);
    const openBids = { ofTenant: ledger.countReserved(now, order.tenant), all: ledger.countReserved(now) };
    const evaluation = evaluate(
      order,
      envelope.requirements,
      { ...lookAround(now), openBids },
      { tokens: deps.tokens, prices: deps.prices, rate },
      config,
    );
    if (!evaluation.ok) return decline(lease, evaluation.declines);
    const { claim, minimumCharge } = evaluation;
    const expiresAt = Math.min(Math.floor(now / 1000) + config.bidTtlSeconds, order.expiresAt);
    // Evaluated and reserved without a pause between: it can't fail.
    ledger.reserve(
      { id: lease, holder: order.tenant, ...claim, expiresAt: expiresAt * 1000 + reserveSlackMs },
      now,
    );
    const message = { order: lease, operator: deps.operator, rate, minimumCharge, expiresAt };
    return {
      kind: 'bid',
      bid: { ...(await deps.signer.sign(deps.domain, 'Bid', message)) },
      provider: deps.peer.addresses().slice(0, 8),
      driver: deps.driver.name,
      attributes: { ...deps.capacity.attributes },
    };
  };

  const send = async (envelope: OrderEnvelope, lease: LeaseId, heardAt: number) => {
    const offer = await makeOffer(envelope, lease);
    metrics.bidLatency.observe((clock.now() - heardAt) / 1000);
    const ask = () =>
      deps.peer.ask(envelope.replyTo, bidProtocol, offer, { timeoutMs: config.offerTimeoutMs });
    const { status } = await ask().catch(ask);
    metrics.offers.inc({ kind: offer.kind, answer: status });
    if (offer.kind === 'bid' && status !== 'noted') forget(lease);
  };

  const holdingOf = (lease: LeaseId) => ledger.holdings(clock.now()).find(({ id }) => id === lease);
  const isCommitted = (lease: LeaseId) => {
    const holding = holdingOf(lease);
    return holding !== undefined && holding.expiresAt === undefined;
  };

  /** Only what is reserved: what a lease has committed stays. */
  const forget = (lease: LeaseId) => {
    if (holdingOf(lease) && !isCommitted(lease)) ledger.release(lease);
  };

  return {
    hear(envelope) {
      const lease = leaseIdOf(envelope.order.message);
      const places = heard.get(lease) ?? new Set();
      const place = envelope.replyTo.join(' ');
      if (places.has(place) || places.size >= answersPerOrder || isCommitted(lease)) return;
      heard.set(lease, places.add(place));
      metrics.orders.inc();
      const heardAt = clock.now();
      const isTaken = limit.submit(() =>
        send(envelope, lease, heardAt).catch((error: unknown) => {
          forget(lease);
          metrics.offers.inc({ kind: 'bid', answer: 'unreachable' });
          deps.log.debug('offer not delivered', {
            lease,
            code: toFault(error, 'bidding.failed', 'peer').code,
          });
        }),
      );
      if (!isTaken) metrics.offers.inc({ kind: 'bid', answer: 'dropped' });
    },
    forget,
    facts: () => providerFacts(lookAround(clock.now()), deps, config),
    idle: () => limit.idle(),
  };
}
