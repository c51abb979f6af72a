/** The offers on one order: the latest of each operator, never more than the limits, the cheapest kept. */
import type { Address } from '@souk/protocol';
import type { OperatorDeclines, VerifiedBid } from './offer.ts';

export interface BidBook {
  /** False where the book is full of bids that are no dearer. */
  readonly addBid: (bid: VerifiedBid) => boolean;
  readonly addDecline: (decline: OperatorDeclines) => void;
  readonly bids: () => readonly VerifiedBid[];
  readonly declines: () => readonly OperatorDeclines[];
}

export function createBidBook(limits: { readonly maxBids: number; readonly maxDeclines: number }): BidBook {
  const bids = new Map<Address, VerifiedBid>();
  const declines = new Map<Address, OperatorDeclines>();

  function makeRoom(bid: VerifiedBid): boolean {
    if (bids.has(bid.operator) || bids.size < limits.maxBids) return true;
    const dearest = [...bids.values()].reduce((a, b) => (rateOf(b) >= rateOf(a) ? b : a));
    if (rateOf(dearest) <= rateOf(bid)) return false;
    return bids.delete(dearest.operator);
  }

  return {
    addBid: (bid) => {
      if (!makeRoom(bid)) return false;
      bids.set(bid.operator, bid);
      declines.delete(bid.operator);
      return true;
    },
    addDecline: (decline) => {
      bids.delete(decline.operator);
      if (!declines.has(decline.operator) && declines.size >= limits.maxDeclines) return;
      declines.set(decline.operator, decline);
    },
    bids: () => [...bids.values()],
    declines: () => [...declines.values()],
  };
}

const rateOf = (bid: VerifiedBid) => bid.bid.message.rate;
