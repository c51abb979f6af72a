/**
 * @souk/net: the only room that speaks to peers. It carries the protocols that @souk/protocol defines, over libp2p: gossip
 * validated before it is passed on, requests and streams with limits on size, rate and time, misbehaving peers refused.
 * It must never hand on anything that was not parsed, keep anything without a bound, or know what a message means.
 * Daemons and the CLI start a peer; provider and tenant are handed one.
 */
export { type NetConfig, netConfigSchema } from './config.ts';
export type { NetFaultCode } from './faults.ts';
export { addressOfPeerId, remoteOfKey } from './identity.ts';
export type { CallOptions, FrameStream, GossipVerdict, Peer, PeerStats, Remote } from './peer.ts';
export { startPeer, type StartPeerDeps } from './start-peer.ts';
