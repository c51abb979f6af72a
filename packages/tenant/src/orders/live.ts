/** One group's auction as its caller drives it: a peer under the agent's key, offers, and the way into an opening. */
import type { ChainHead } from '@souk/chain';
import { Fault, type ImageBlob } from '@souk/protocol';
import type { RankedBid, VerifiedBid } from '../bids/offer.ts';
import type { Context } from '../context.ts';
import type { AcceptedBid, DeploymentGroup } from '../deployment.ts';
import { chosenBid } from '../leases/lot.ts';
import { startOpening } from '../leases/opening.ts';
import type { Auction, Opening } from '../types.ts';
import type { KeptGroup } from '../wish.ts';
import { type Avoidance, type OfferTaking, takeOffers } from './auction.ts';

export interface AuctionParts {
  readonly name: string;
  readonly group: DeploymentGroup;
  readonly workload: KeptGroup;
  readonly images: readonly ImageBlob[];
  readonly head: ChainHead;
  readonly avoidance?: Avoidance;
}

const mostAccepted = 64;
const nobody: Avoidance = { operators: new Set(), isLastResort: false };
const never = new AbortController().signal;

export async function startAuction(
  context: Context,
  parts: AuctionParts,
  options: { readonly signal?: AbortSignal },
): Promise<Auction> {
  const { deps } = context;
  const { name, group, workload, images, head } = parts;
  const headReadAt = deps.clock.now();
  const chainTime = () => head.timestamp + Math.floor((deps.clock.now() - headReadAt) / 1000);
  await using stack = new AsyncDisposableStack();
  const { peer } = stack.use(await context.peers.hold(group.agentKey));
  const taking = await takeOffers(context, group, peer, { chainTime, avoidance: parts.avoidance ?? nobody });
  stack.defer(taking.end);
  await publish(context, taking, parts, options.signal);
  const kept = stack.move();
  const chosen = group.phase === 'ordering' ? undefined : chosenBid(group).bid.message;

  let isOpening = false;
  function open(choose: () => Promise<DeploymentGroup>, signal: AbortSignal): Opening {
    if (isOpening) {
      throw new Fault('tenant.already-opening', `group "${group.name}" is being opened already`, {
        blame: 'user',
      });
    }
    isOpening = true;
    const opening = startOpening(async () => {
      const held = await context.peers.hold(group.agentKey);
      try {
        const nextBid = nextBidOf(taking, context, name, group);
        const run = { context, name, peer: held.peer, workload, images, nextBid, signal };
        return { run, group: await choose(), [Symbol.asyncDispose]: () => held[Symbol.asyncDispose]() };
      } catch (error) {
        await held[Symbol.asyncDispose]();
        throw error;
      }
    });
    const settle = () => void (isOpening = false);
    opening.result.then(settle, settle);
    return opening;
  }

  return {
    group: group.name,
    lease: group.lease,
    chosen: chosen && { operator: chosen.operator, rate: chosen.rate },
    offers: taking.offers,
    bids: taking.bids,
    declines: taking.declines,
    listeners: taking.listeners,
    ranked: taking.ranked,
    waitForBids: taking.waitForBids,
    accept: (bid, given) => open(() => choose(context, name, group, bid), given?.signal ?? never),
    resume: (given) => open(() => currentGroup(context, name, group), given?.signal ?? never),
    [Symbol.asyncDispose]: () => kept.disposeAsync(),
  };
}

/** Where an earlier run has chosen, other bids are only wanted in case that one does not open. */
async function publish(
  context: Context,
  taking: OfferTaking,
  { group, workload }: AuctionParts,
  signal: AbortSignal | undefined,
): Promise<void> {
  if (group.phase === 'ordering') return taking.publish(workload.requirements, signal);
  if (group.phase !== 'accepted') return;
  taking
    .publish(workload.requirements, signal)
    .catch(() => context.deps.log.debug('order not published again', { lease: group.lease }));
}

/** On record before anything is sent. Earlier choices stay: one of them may be what opens. */
async function choose(context: Context, name: string, group: DeploymentGroup, bid: VerifiedBid) {
  const { accepted } = await currentGroup(context, name, group);
  const others = accepted.filter((one) => one.bid.message.operator !== bid.operator);
  const changed = await context.records.change(name, group.lease, {
    phase: 'accepted',
    accepted: [...others, acceptedOf(bid)].slice(-mostAccepted),
  });
  if (changed.phase === 'accepted') return changed;
  throw new Fault('tenant.closed-meanwhile', `"${name}" was closed while it was being ordered`, {
    blame: 'user',
    data: { name, lease: group.lease },
  });
}

/** The best bid of an operator that was not tried yet, as the record knows it. */
function nextBidOf(taking: OfferTaking, context: Context, name: string, group: DeploymentGroup) {
  return async (): Promise<AcceptedBid | undefined> => {
    const { accepted } = await currentGroup(context, name, group);
    const tried = new Set(accepted.map((one) => one.bid.message.operator));
    const ranked: readonly RankedBid[] = await taking.ranked();
    const next = ranked.find((bid) => !tried.has(bid.operator));
    return next && acceptedOf(next);
  };
}

async function currentGroup(context: Context, name: string, group: DeploymentGroup) {
  const record = await context.records.load(name);
  return record.groups.find((one) => one.lease === group.lease) ?? group;
}

function acceptedOf(bid: VerifiedBid): AcceptedBid {
  return { bid: bid.bid, provider: [...bid.provider], driver: bid.driver };
}
