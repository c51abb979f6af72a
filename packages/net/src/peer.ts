/**
 * The port of the room net: a peer that gossips, asks, answers and streams. Implemented over libp2p in this package;
 * callers see only this. Everything received was parsed by the protocol's schema and limits before a handler sees it.
 */
import type { Address, GossipTopic, StreamProtocol, UnaryProtocol } from '@souk/protocol';
import type { z } from 'zod';

/** Who is at the other end: the address of the key that its peer id is made of. */
export interface Remote {
  readonly address: Address;
  readonly peerId: string;
}

/** What this peer has done since it started. */
export interface PeerStats {
  readonly connected: number;
  readonly gossipHeard: number;
  readonly gossipPublished: number;
  readonly asked: number;
  readonly answered: number;
  readonly streamsOpened: number;
  readonly streamsServed: number;
  /** What peers did wrong, by kind. */
  readonly refused: Readonly<
    Record<'malformed' | 'too-large' | 'rejected' | 'timeout' | 'busy' | 'rate-limited', number>
  >;
}

/** `signal` also breaks a stream that it opened, for as long as that lives; `timeoutMs` bounds only its opening. */
export interface CallOptions {
  readonly signal?: AbortSignal;
  readonly timeoutMs?: number;
}

/**
 * Frames both ways. Iterating ends when the other side has ended its half; it throws a Fault when the stream breaks.
 * Leaving a loop early keeps the stream: a later loop goes on. Disposing breaks it unless both sides have ended.
 */
export interface FrameStream extends AsyncIterable<Uint8Array>, AsyncDisposable {
  readonly remote: Remote;
  /** Resolves when the frame is accepted for sending (back-pressure). */
  send(frame: Uint8Array): Promise<void>;
  /** End our half. */
  end(): Promise<void>;
  abort(reason: Error): void;
}

/** What to do with a gossip message: pass it on, drop it quietly, or drop it and score the sender down. */
export type GossipVerdict = 'accept' | 'ignore' | 'reject';

export interface Peer extends AsyncDisposable {
  readonly address: Address;
  readonly peerId: string;
  /** Multiaddrs with `/p2p/<peer id>` at which this peer can be dialled now. */
  addresses(): readonly string[];
  connectedPeers(): readonly Remote[];
  stats(): PeerStats;
  /** Connect to the first multiaddr that answers. All must name the same peer id. */
  connect(multiaddrs: readonly string[], options?: CallOptions): Promise<Remote>;

  /** `validate` runs before the message is passed on to other peers; `hear` only after `accept`. */
  join<M extends z.ZodType>(
    topic: GossipTopic<M>,
    validate: (message: z.output<M>, author: Remote) => Promise<GossipVerdict> | GossipVerdict,
    hear: (message: z.output<M>, author: Remote) => void,
  ): Promise<void>;
  /** Peers of `topic` that would get a message published now. */
  topicPeers(topic: GossipTopic<z.ZodType>): number;
  /** Resolves once at least `count` peers are on the topic. */
  waitForTopicPeers(topic: GossipTopic<z.ZodType>, count: number, options?: CallOptions): Promise<void>;
  /** Throws `net.no-peers` where nobody would hear it. */
  publish<M extends z.ZodType>(topic: GossipTopic<M>, message: z.output<M>): Promise<void>;

  ask<Q extends z.ZodType, A extends z.ZodType>(
    peer: readonly string[],
    protocol: UnaryProtocol<Q, A>,
    request: z.output<Q>,
    options?: CallOptions,
  ): Promise<z.output<A>>;
  answer<Q extends z.ZodType, A extends z.ZodType>(
    protocol: UnaryProtocol<Q, A>,
    handle: (request: z.output<Q>, remote: Remote, signal: AbortSignal) => Promise<z.output<A>>,
  ): Promise<void>;

  openStream<Q extends z.ZodType>(
    peer: readonly string[],
    protocol: StreamProtocol<Q>,
    opening: z.output<Q>,
    options?: CallOptions,
  ): Promise<FrameStream>;
  /** The stream ends when `handle` resolves; when it rejects, the other side's iteration throws `net.remote-failed`. */
  serveStream<Q extends z.ZodType>(
    protocol: StreamProtocol<Q>,
    handle: (opening: z.output<Q>, stream: FrameStream) => Promise<void>,
  ): Promise<void>;
}
