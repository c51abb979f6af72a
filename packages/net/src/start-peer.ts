/** The peer over libp2p. */
import type { Clock, Hex, Log } from '@souk/protocol';
import type { NetConfig } from './config.ts';
import { createPeer } from './create-peer.ts';
import { startTransport } from './libp2p/transport.ts';
import type { Peer } from './peer.ts';

export interface StartPeerDeps {
  /** The key that the peer is; see identity.ts. */
  readonly key: { readonly privateKey: Hex };
  readonly log: Log;
  readonly clock: Clock;
}

/** Listens, and connects to the bootstrap peers in the background. Disposing the peer leaves nothing open. */
export function startPeer(deps: StartPeerDeps, config: NetConfig): Promise<Peer> {
  return createPeer(deps, config, (gate) => startTransport(deps.key.privateKey, config, gate));
}
