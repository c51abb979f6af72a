/**
 * What a peer stands on: bytes to and from peers, and gossip of bytes. Two implementations: libp2p and the in-memory
 * fake. All rules (sizes, schemas, rates, scores, time limits) are above it, in create-peer.ts, the same for both.
 */
import type { GossipVerdict, Remote } from './peer.ts';

/** Bytes both ways, in order. */
export interface ByteChannel {
  readonly remote: Remote;
  /** Aborted with a Fault when the channel breaks; not when both sides end it. */
  readonly broken: AbortSignal;
  /** The next bytes, or null once the other side has ended its half. Throws a Fault where the channel broke. */
  read(): Promise<Uint8Array | null>;
  /** Resolves when the bytes are accepted for sending. Calls keep their order. */
  write(bytes: Uint8Array): Promise<void>;
  /** End our half once what was written is sent. */
  end(): Promise<void>;
  abort(reason: Error): void;
}

/** Addresses that name one peer. */
export interface Target {
  readonly remote: Remote;
  readonly multiaddrs: readonly string[];
}

export interface GossipIn {
  readonly bytes: Uint8Array;
  /** Who signed it. */
  readonly author: Remote;
  /** The neighbour that passed it to us. */
  readonly from: Remote;
}

export interface Transport extends AsyncDisposable {
  readonly self: Remote;
  addresses(): readonly string[];
  connectedPeers(): readonly Remote[];
  connect(target: Target, signal: AbortSignal): Promise<void>;
  /** Close every connection to a peer. */
  disconnect(peerId: string): Promise<void>;
  /** Resolves once there is no connection to the peer. */
  disconnected(peerId: string, signal: AbortSignal): Promise<void>;

  open(target: Target, protocol: string, signal: AbortSignal): Promise<ByteChannel>;
  handle(protocol: string, accept: (channel: ByteChannel) => void): Promise<void>;

  /** `receive` decides whether a message is passed on. */
  subscribe(topic: string, receive: (message: GossipIn) => Promise<GossipVerdict>): void;
  topicPeers(topic: string): number;
  /** Calls back whenever `topicPeers` may have changed. Returns the way to stop. */
  onTopicChange(listener: () => void): () => void;
  /** How many peers it was sent to. */
  publish(topic: string, bytes: Uint8Array): Promise<number>;
}
