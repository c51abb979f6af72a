/** Checks an offer against its order, its sender and the chain, the cheap checks first. No effects. */
import {
  type Address,
  type Bid,
  type LeaseId,
  type MarketDomain,
  type Order,
  recoverSigner,
  type Signed,
} from '@souk/protocol';
import type { Remote } from '@souk/net';
import type { OfferRefusal } from './offer.ts';

export interface BidCheck {
  readonly domain: MarketDomain;
  readonly lease: LeaseId;
  readonly order: Order;
  /** Chain time in unix seconds. */
  readonly now: number;
  readonly activeHotKey: (operator: Address) => Promise<Address | undefined>;
}

export async function refusalOfBid(
  offer: { readonly bid: Signed<Bid>; readonly provider: readonly string[] },
  remote: Remote,
  check: BidCheck,
): Promise<OfferRefusal | undefined> {
  const { message, signer } = offer.bid;
  if (message.rate > check.order.maxRate) return 'above-ceiling';
  if (message.rate === 0n) return 'rate-zero';
  if (message.minimumCharge > check.order.deposit) return 'minimum-above-deposit';
  if (message.expiresAt <= check.now) return 'expired';
  if (signer !== remote.address) return 'sender-not-operator';
  if (!offer.provider.every((address) => peerIdOf(address) === remote.peerId)) return 'peer-not-operator';
  if (recoverSigner(check.domain, 'Bid', offer.bid) !== signer) return 'signature-wrong';
  return refusalOfSender(message.operator, remote, check.activeHotKey);
}

/** A sender speaks for an operator only with the operator's active hot key. */
export async function refusalOfSender(
  operator: Address,
  remote: Remote,
  activeHotKey: BidCheck['activeHotKey'],
): Promise<OfferRefusal | undefined> {
  const hotKey = await activeHotKey(operator);
  if (hotKey === undefined) return 'operator-inactive';
  return hotKey === remote.address ? undefined : 'sender-not-operator';
}

/** The peer that a multiaddr ends at: the last `/p2p/` part, behind a relay's. */
function peerIdOf(multiaddr: string): string | undefined {
  const parts = multiaddr.split('/');
  return parts[parts.lastIndexOf('p2p') + 1];
}
