/**
 * Passes on attestations of subnets that are not followed here, so that validators behind different peers hear each
 * other: once in a while for each operator, subnet and epoch, and only where an operator's hot key signed.
 */
import type { GossipVerdict } from '@souk/net';
import {
  type Address,
  type Clock,
  type EpochAttestation,
  isSignedBySigner,
  type MarketDomain,
  type Signed,
} from '@souk/protocol';

export type SignedAttestation = Signed<EpochAttestation>;

export interface RelayDeps {
  /** Of attestations: that of the subnets' reads. */
  readonly domain: MarketDomain;
  readonly clock: Clock;
  readonly operatorByHotKey: (key: Address) => Promise<Address | undefined>;
}

const repeatMs = 1_000;
const maxKnown = 4_096;

/** For `Peer.join(attestationsTopic, …)` of a peer that validates nothing itself. */
export function createAttestationRelay(
  deps: RelayDeps,
): (signed: SignedAttestation) => Promise<GossipVerdict> {
  const passOn = createPassOn(deps);
  return async (signed) => {
    const operator = await deps.operatorByHotKey(signed.signer);
    return operator === undefined ? 'ignore' : passOn(signed);
  };
}

/** For attestations whose signer is known to be some operator's hot key. */
export function createPassOn({ domain, clock }: Pick<RelayDeps, 'domain' | 'clock'>) {
  const passed = new Map<string, number>();

  return (signed: SignedAttestation): GossipVerdict => {
    const { signer, message } = signed;
    const key = `${signer} ${message.subnet} ${message.epoch} ${message.snapshotBlock}`;
    const last = passed.get(key);
    if (last !== undefined && clock.now() - last < repeatMs) return 'ignore';
    if (!isSignedBySigner(domain, 'EpochAttestation', signed)) return 'reject';
    for (const old of passed.keys()) if (passed.size >= maxKnown) passed.delete(old);
    passed.delete(key);
    passed.set(key, clock.now());
    return 'accept';
  };
}
