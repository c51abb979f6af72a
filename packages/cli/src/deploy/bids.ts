/** Collects bids with a live line of what has come in, and keeps what was offered for `souk bids`. */
import type { Network } from '@souk/chain';
import type { Auction, OfferSeen, RankedBid } from '@souk/tenant';
import type { Context } from '../context.ts';
import { moneyText, shortHex, type Token } from '../format.ts';
import { runTasks, type TaskView } from '../progress.ts';

export interface Collected {
  readonly auction: Auction;
  readonly ranked: readonly RankedBid[];
  readonly refused: readonly (OfferSeen & { readonly kind: 'refused' })[];
  readonly waitedMs: number;
}

export async function collectBids(
  context: Context,
  auctions: readonly Auction[],
  options: { readonly network: Network; readonly windowMs?: number | undefined },
): Promise<readonly Collected[]> {
  const collected: Collected[] = [];
  await runTasks(
    context.output,
    auctions.map((auction) => ({
      title: auctions.length > 1 ? `offers for ${auction.group}` : 'offers',
      run: async (view) => {
        const one = await collectFor(context, auction, view, options);
        collected.push(one);
        return one.ranked.length > 0;
      },
    })),
  );
  return auctions.flatMap((auction) => collected.filter((one) => one.auction === auction));
}

async function collectFor(
  context: Context,
  auction: Auction,
  view: TaskView,
  options: { readonly network: Network; readonly windowMs?: number | undefined },
): Promise<Collected> {
  const startedAt = context.clock.now();
  const refused: Collected['refused'][number][] = [];
  const shown = showOffers(auction, view, { token: options.network.token, refused });
  const ranked = await auction.waitForBids({
    signal: context.signal,
    ...(options.windowMs === undefined ? {} : { windowMs: options.windowMs }),
  });
  shown.stop();
  return { auction, ranked, refused, waitedMs: context.clock.now() - startedAt };
}

function showOffers(
  auction: Auction,
  view: TaskView,
  options: { readonly token: Token; readonly refused: Collected['refused'][number][] },
): { stop(): void } {
  let isStopped = false;
  const read = async () => {
    for await (const offer of auction.offers()) {
      if (isStopped) return;
      if (offer.kind === 'refused') options.refused.push(offer);
      view.now(countText(auction));
      view.did(offerText(offer, options.token));
    }
  };
  // What ends the auction is reported by waiting for bids.
  read().catch(() => undefined);
  return { stop: () => (isStopped = true) };
}

function countText(auction: Auction): string {
  const [bids, declines] = [auction.bids().length, auction.declines().length];
  return `${bids} so far${declines > 0 ? `, ${declines} declined` : ''}`;
}

function offerText(offer: OfferSeen, token: Token): string {
  switch (offer.kind) {
    case 'bid': {
      const { operator, bid, latencyMs } = offer.bid;
      return `${shortHex(operator)} offers ${moneyText(bid.message.rate, token)} per hour after ${Math.round(latencyMs)} ms`;
    }
    case 'decline':
      return `${shortHex(offer.operator)} declines: ${offer.declines.map((decline) => decline.reason).join(', ')}`;
    case 'refused':
      return `an offer of ${shortHex(offer.operator)} is not taken: ${offer.reason}`;
  }
}
