/** The libp2p node: TCP and WebSocket, noise, yamux, identify, ping, gossipsub. All tuning of libp2p is here. */
import {
  type GossipSub,
  gossipsub,
  StrictSign,
  type TopicValidatorFn,
  TopicValidatorResult,
} from '@libp2p/gossipsub';
import { type Identify, identify } from '@libp2p/identify';
import type { ConnectionGater, Libp2p, PeerId } from '@libp2p/interface';
import { mdns } from '@libp2p/mdns';
import { noise } from '@libp2p/noise';
import { type Ping, ping } from '@libp2p/ping';
import { tcp } from '@libp2p/tcp';
import { webSockets } from '@libp2p/websockets';
import { yamux } from '@libp2p/yamux';
import type { Hex } from '@souk/protocol';
import { createLibp2p } from 'libp2p';
import type { NetConfig } from '../config.ts';
import type { Gate } from '../create-peer.ts';
import { transportKey } from '../identity.ts';

export type Node = Libp2p<{ identify: Identify; ping: Ping; gossip: GossipSub }>;

/** A paused stream's sender may still send one window: it must fit the read buffer, or libp2p resets the stream. */
const streamWindowBytes = 1024 * 1024;
const readBufferBytes = 4 * streamWindowBytes;
const pingMs = 15_000;
const gossipBufferBytes = 8 * 1024 * 1024;

export async function createNode(privateKey: Hex, config: NetConfig, gate: Gate): Promise<Node> {
  const node: Node = await createLibp2p({
    start: false,
    privateKey: transportKey(privateKey),
    addresses: { listen: [...config.listen], announce: [...config.announce] },
    transports: [tcp(), webSockets()],
    connectionEncrypters: [noise()],
    streamMuxers: [
      yamux({
        // Requests that come right behind the handshake: by default all beyond ten are reset.
        maxEarlyStreams: config.maxStreamsPerPeer,
        streamOptions: {
          initialStreamWindowSize: streamWindowBytes,
          maxStreamWindowSize: streamWindowBytes,
          maxReadBufferLength: readBufferBytes,
        },
      }),
    ],
    peerDiscovery: config.mdns ? [mdns()] : [],
    connectionManager: {
      maxConnections: config.maxConnections,
      dialTimeout: config.dialTimeoutMs,
      addressDialTimeout: config.dialTimeoutMs,
      inboundUpgradeTimeout: config.openTimeoutMs,
      inboundStreamProtocolNegotiationTimeout: config.openTimeoutMs,
      inboundConnectionThreshold: config.connectionsPerSecond,
      maxIncomingPendingConnections: config.connectionsPerSecond,
    },
    connectionGater: gaterOf(gate, (peerId) => {
      return node.getConnections(peerId).length < config.maxConnectionsPerPeer;
    }),
    // A busy machine is not a dead one: libp2p would cut a connection whose ping takes 5 s.
    connectionMonitor: { pingInterval: pingMs, pingTimeout: { minTimeout: pingMs } },
    services: {
      identify: identify({ maxInboundStreams: 4, maxOutboundStreams: 4 }),
      ping: ping(),
      gossip: gossipsub(gossipOptions(config)),
    },
  });
  return node;
}

/** A refused key gets no connection; neither does one that is not secp256k1, since it is nobody's address. */
function gaterOf(gate: Gate, hasRoom: (peerId: PeerId) => boolean): ConnectionGater {
  const denies = (peerId: PeerId) => peerId.type !== 'secp256k1' || gate.isRefused(peerId.toString());
  return {
    denyDialPeer: denies,
    denyInboundEncryptedConnection: (peerId) => denies(peerId) || !hasRoom(peerId),
    denyOutboundEncryptedConnection: denies,
  };
}

function gossipOptions(config: NetConfig) {
  const mesh = config.gossipMeshPeers;
  return {
    globalSignaturePolicy: StrictSign,
    fallbackToFloodsub: false,
    floodPublish: true,
    emitSelf: false,
    allowPublishToZeroTopicPeers: true,
    heartbeatInterval: config.gossipHeartbeatMs,
    D: mesh,
    // At the floor a new subscriber is taken in at once; above it, at the next heartbeat.
    Dlo: mesh,
    Dhi: mesh * 2,
    Dout: Math.floor(mesh / 4),
    maxOutboundBufferSize: gossipBufferBytes,
    // Many honest peers share an address (one machine, one home): how they behave is scored, not where they are.
    scoreParams: { IPColocationFactorWeight: 0 },
    idontwantMinDataSize: 1_024,
  } as const;
}

/** Validators by topic. A message on a topic that nobody joined here is dropped, not kept, and told of. */
export class TopicValidators extends Map<string, TopicValidatorFn> {
  readonly #stray: TopicValidatorFn;

  constructor(onStray: (from: PeerId) => void) {
    super();
    this.#stray = (from) => {
      onStray(from);
      return TopicValidatorResult.Ignore;
    };
  }

  override get(topic: string): TopicValidatorFn {
    return super.get(topic) ?? this.#stray;
  }
}
