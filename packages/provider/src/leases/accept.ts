/**
 * Is this acceptance one that we must honour? Our bid, still good; signed by the tenant or its agent; the manifest and
 * the requirements that the order committed to. A bid is recognised by its signature, not by memory, so an acceptance
 * may come after a restart.
 */
import type { ChainReads } from '@souk/chain';
import {
  type AcceptRequest,
  type Address,
  hashManifest,
  hashMessage,
  hashRequirements,
  isSignedBySigner,
  leaseIdOf,
  type LeaseRefusal,
  type ManifestGroup,
  type MarketDomain,
  manifestMatchesRequirements,
  type Refused,
  type Requirements,
  zeroAddress,
} from '@souk/protocol';

export interface Ours {
  readonly operator: Address;
  readonly hotKey: Address;
  readonly domain: MarketDomain;
  readonly maxImageBytes: bigint;
}

export function refuse(reason: LeaseRefusal, detail: string): Refused {
  return { ok: false, reason, detail: detail.slice(0, 1000) };
}

/** All that needs no chain. `now` in unix seconds. */
export function checkAcceptance(
  request: AcceptRequest,
  sender: Address,
  ours: Ours,
  now: number,
): Refused | undefined {
  const { order, bid, acceptance } = request;
  const { tenant, agent } = order.message;
  const lease = leaseIdOf(order.message);
  const isBuyer = (address: Address) => address === tenant || (address === agent && agent !== zeroAddress);

  if (!isBuyer(sender)) return refuse('not-yours', 'only the order’s tenant or agent may accept');
  if (bid.message.operator !== ours.operator || bid.signer !== ours.hotKey || bid.message.order !== lease) {
    return refuse('bid-unknown', 'the bid is not ours or not on this order');
  }
  if (!isSignedBySigner(ours.domain, 'Bid', bid)) return refuse('bid-unknown', 'we did not sign this bid');
  if (bid.message.expiresAt <= now)
    return refuse('bid-expired', `the bid expired ${now - bid.message.expiresAt} s ago`);
  if (order.message.expiresAt <= now) return refuse('bid-expired', 'the order has expired');
  if (bid.message.rate > order.message.maxRate)
    return refuse('bid-unknown', 'the rate is above the order’s ceiling');
  if (order.signer !== tenant) return refuse('signature-wrong', 'the order is not signed by its tenant');
  if (!isBuyer(acceptance.signer))
    return refuse('signature-wrong', 'the acceptance is not by tenant or agent');
  if (acceptance.message.order !== lease || acceptance.message.bid !== hashMessage('Bid', bid.message)) {
    return refuse('signature-wrong', 'the acceptance is of another order or bid');
  }
  return (
    checkCommitted(request) ??
    checkWorkload(request.manifest, request.requirements) ??
    checkImages(request, ours.maxImageBytes)
  );
}

function checkCommitted({ order, requirements, manifest }: AcceptRequest): Refused | undefined {
  if (hashRequirements(requirements) !== order.message.requirements) {
    return refuse('requirements-mismatch', 'the requirements are not those that the order commits to');
  }
  if (hashManifest([manifest]) !== order.message.manifest) {
    return refuse('manifest-mismatch', 'the manifest is not the one that the order commits to');
  }
  return undefined;
}

/** Does the manifest ask for what the requirements say, and for nothing that no lease here can have? */
export function checkWorkload(manifest: ManifestGroup, requirements: Requirements): Refused | undefined {
  const difference = manifestMatchesRequirements(manifest, requirements);
  if (difference !== undefined) return refuse('requirements-mismatch', difference);
  for (const service of manifest.services) {
    for (const expose of service.expose ?? []) {
      if (!expose.global) continue;
      if (expose.proto === 'UDP')
        return refuse('unsupported', `${service.name}: public UDP ports are not offered`);
      if (expose.ip !== '')
        return refuse('unsupported', `${service.name}: leased IP addresses are not offered`);
    }
  }
  return undefined;
}

export function checkImages(
  request: Pick<AcceptRequest, 'manifest' | 'images'>,
  maxImageBytes: bigint,
): Refused | undefined {
  const used = new Set(request.manifest.services.map((service) => service.image));
  const offered = new Set(request.images.map((blob) => blob.image));
  if (offered.size !== request.images.length) return refuse('image-mismatch', 'an image is offered twice');
  const stray = request.images.find((blob) => !used.has(blob.image));
  if (stray) return refuse('image-mismatch', `no service uses the offered image ${stray.image}`);
  const large = request.images.find((blob) => BigInt(blob.bytes) > maxImageBytes);
  if (large) return refuse('unsupported', `the image ${large.image} is larger than ${maxImageBytes} bytes`);
  return undefined;
}

/** The signatures, which contract wallets make the chain's business. Throws where the chain does not answer. */
export async function checkSignatures(
  request: AcceptRequest,
  chain: Pick<ChainReads, 'isSignatureValid'>,
): Promise<Refused | undefined> {
  const [isOrder, isAcceptance] = await Promise.all([
    chain.isSignatureValid('Order', request.order),
    chain.isSignatureValid('Acceptance', request.acceptance),
  ]);
  if (!isOrder) return refuse('signature-wrong', 'the order’s signature is wrong');
  if (!isAcceptance) return refuse('signature-wrong', 'the acceptance’s signature is wrong');
  return undefined;
}
