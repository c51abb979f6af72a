/**
 * One signed order out in the network: publishes it, takes offers, verifies each, keeps the best, says "enough". It
 * never locks money: only accepting does. Driven by the tenant's caller through `Auction`.
 */
import type { Peer, Remote } from '@souk/net';
import {
  type Address,
  bidProtocol,
  Fault,
  type Offer,
  type OrderEnvelope,
  ordersTopic,
  type Requirements,
} from '@souk/protocol';
import { createBidBook } from '../bids/book.ts';
import type { OfferRefusal, OfferSeen, OperatorDeclines, RankedBid, VerifiedBid } from '../bids/offer.ts';
import { rankBids } from '../bids/rank.ts';
import { refusalOfBid, refusalOfSender } from '../bids/verify.ts';
import type { Context } from '../context.ts';
import type { DeploymentGroup } from '../deployment.ts';
import { createFeed } from '../feed.ts';
import type { WaitForBids } from '../types.ts';

export interface OfferTaking {
  readonly publish: (requirements: Requirements, signal?: AbortSignal) => Promise<void>;
  readonly offers: () => AsyncIterable<OfferSeen>;
  readonly bids: () => readonly VerifiedBid[];
  readonly declines: () => readonly OperatorDeclines[];
  readonly listeners: () => number;
  readonly ranked: () => Promise<readonly RankedBid[]>;
  readonly waitForBids: (options?: WaitForBids) => Promise<readonly RankedBid[]>;
  /** From now on every offer is answered with "enough". */
  readonly end: () => void;
}

/** Operators that failed it lately: their bids are refused at once, or taken where there is no other. */
export interface Avoidance {
  readonly operators: ReadonlySet<string>;
  readonly isLastResort: boolean;
}

type BidAnswer = { status: 'noted' | 'enough' | 'unknown-order' };

const maxStrikers = 1024;
const blameless: ReadonlySet<OfferRefusal> = new Set(['too-late', 'too-dear-to-keep', 'avoided']);

export async function takeOffers(
  context: Context,
  group: DeploymentGroup,
  peer: Peer,
  { chainTime, avoidance }: { readonly chainTime: () => number; readonly avoidance: Avoidance },
): Promise<OfferTaking> {
  const { deps, config } = context;
  const order = group.order.message;
  const book = createBidBook(config);
  const feed = createFeed<OfferSeen>(config.maxBids + config.maxDeclines);
  const strikes = new Map<Address, number>();
  let startedAt = deps.clock.now();
  let isEnded = false;

  await peer.answer(bidProtocol, async (offer, remote): Promise<BidAnswer> => {
    if (orderOf(offer) !== group.lease) return { status: 'unknown-order' };
    if (isEnded || (strikes.get(remote.address) ?? 0) >= config.maxStrikes) return { status: 'enough' };
    const refusal = offer.kind === 'bid' ? await takeBid(offer, remote) : await takeDecline(offer, remote);
    if (refusal !== undefined) return refuse(offer, remote, refusal);
    return { status: book.bids().length >= config.bidCount ? 'enough' : 'noted' };
  });

  async function takeBid(offer: Offer & { kind: 'bid' }, remote: Remote): Promise<OfferRefusal | undefined> {
    const latencyMs = deps.clock.now() - startedAt;
    const refusal = await refusalOfBid(offer, remote, {
      domain: deps.chain.domain,
      lease: group.lease,
      order,
      now: chainTime(),
      activeHotKey: context.hotKeys.activeHotKey,
    });
    if (refusal !== undefined) return refusal;
    if (isEnded) return 'too-late';
    const { operator } = offer.bid.message;
    // Refused rather than ignored: whoever waits for an answer holds capacity for it.
    if (!avoidance.isLastResort && avoidance.operators.has(operator)) return 'avoided';
    const { bid, provider, driver, attributes } = offer;
    const verified = { bid, operator, hotKey: remote.address, provider, driver, attributes, latencyMs };
    if (!book.addBid(verified)) return 'too-dear-to-keep';
    context.reliability.prefetch(operator);
    feed.push({ kind: 'bid', bid: verified });
    return undefined;
  }

  async function takeDecline(
    offer: Offer & { kind: 'decline' },
    remote: Remote,
  ): Promise<OfferRefusal | undefined> {
    const refusal = await refusalOfSender(offer.operator, remote, context.hotKeys.activeHotKey);
    if (refusal !== undefined) return refusal;
    const decline = { operator: offer.operator, declines: offer.declines };
    book.addDecline(decline);
    feed.push({ kind: 'decline', ...decline });
    return undefined;
  }

  /** A sender to blame is struck; either way it hears that no more is wanted. */
  function refuse(offer: Offer, remote: Remote, reason: OfferRefusal): BidAnswer {
    const operator = offer.kind === 'bid' ? offer.bid.message.operator : offer.operator;
    feed.push({ kind: 'refused', operator, reason });
    deps.log.debug('offer refused', { lease: group.lease, operator, reason });
    if (!blameless.has(reason) && (strikes.size < maxStrikers || strikes.has(remote.address))) {
      strikes.set(remote.address, (strikes.get(remote.address) ?? 0) + 1);
    }
    return { status: 'enough' };
  }

  async function ranked(): Promise<readonly RankedBid[]> {
    const standing = book.bids().filter((bid) => bid.bid.message.expiresAt > chainTime());
    const others = standing.filter((bid) => !avoidance.operators.has(bid.operator));
    const bids = others.length > 0 ? others : standing;
    const operators = bids.map((bid) => bid.operator);
    const records = await context.reliability.read(operators, config.reliabilityWaitMs);
    const priorFees = 10n ** BigInt(deps.chain.network.token.decimals);
    return rankBids(bids, { ...config, priorFees }, records);
  }

  async function waitForBids(options: WaitForBids = {}): Promise<readonly RankedBid[]> {
    const count = options.count ?? config.bidCount;
    const over = new AbortController();
    const signals = options.signal ? [over.signal, options.signal] : [over.signal];
    const window = deps.clock
      .sleep(options.windowMs ?? config.bidWindowMs, AbortSignal.any(signals))
      .catch(() => undefined);
    await Promise.race([window, untilBids(feed.read(), () => book.bids().length >= count)]);
    over.abort(new Error('enough bids'));
    options.signal?.throwIfAborted();
    return ranked();
  }

  return {
    publish: async (requirements, signal) => {
      await waitForListener(peer, config.topicPeersWaitMs, signal);
      const replyTo = peer.addresses().slice(0, 8);
      const envelope: OrderEnvelope = { order: group.order, requirements, replyTo: [...replyTo] };
      startedAt = deps.clock.now();
      await peer.publish(ordersTopic, envelope);
      deps.log.info('order published', { lease: group.lease });
    },
    offers: feed.read,
    bids: book.bids,
    declines: book.declines,
    listeners: () => peer.topicPeers(ordersTopic),
    ranked,
    waitForBids,
    end: () => {
      isEnded = true;
      feed.end();
    },
  };
}

async function untilBids(offers: AsyncIterable<OfferSeen>, isEnough: () => boolean): Promise<void> {
  if (isEnough()) return;
  for await (const _ of offers) if (isEnough()) return;
}

function orderOf(offer: Offer): string {
  return offer.kind === 'bid' ? offer.bid.message.order : offer.order;
}

async function waitForListener(
  peer: Peer,
  timeoutMs: number,
  signal: AbortSignal | undefined,
): Promise<void> {
  try {
    await peer.waitForTopicPeers(ordersTopic, 1, { timeoutMs, ...(signal && { signal }) });
  } catch (cause) {
    signal?.throwIfAborted();
    const message = `nobody who passes orders on was found within ${timeoutMs / 1000} s`;
    throw new Fault('tenant.no-peers', message, {
      blame: 'peer',
      retry: true,
      remedy: 'check that this machine is online and that the address book’s bootstrap peers are up',
      cause,
    });
  }
}
