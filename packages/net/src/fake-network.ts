/**
 * The transport in memory, for fast tests of other rooms: no socket, no timer, no thread. The rules above the transport
 * are the real ones, and src/conformance holds both transports to the same behaviour.
 */
import { type Clock, type Hex, type Log, silentLog, systemClock } from '@souk/protocol';
import { type NetConfig, netConfigSchema } from './config.ts';
import { createPeer, type Gate } from './create-peer.ts';
import { netFault } from './faults.ts';
import { remoteOfKey } from './identity.ts';
import { memoryChannels } from './memory-channel.ts';
import type { GossipVerdict, Peer, Remote } from './peer.ts';
import { protocolId } from './room.ts';
import { parseTarget, placeOf } from './target.ts';
import type { ByteChannel, GossipIn, Target, Transport } from './transport.ts';

export interface FakePeerOptions {
  readonly log?: Log;
  readonly clock?: Clock;
  readonly config?: Partial<NetConfig>;
}

export interface FakeNetwork {
  /** A started peer. Two peers may have the same key, like two processes. */
  peer(key: { readonly privateKey: Hex }, options?: FakePeerOptions): Promise<Peer>;
  /** Somebody who keeps none of the rules. */
  stranger(key: { readonly privateKey: Hex }): Stranger;
}

export interface Stranger extends AsyncDisposable {
  readonly peerId: string;
  /** These bytes, as they are, and the end; resolves to what came back. Rejects where it is not let in. */
  say(peer: readonly string[], protocol: string, bytes: Uint8Array): Promise<Uint8Array>;
  /** As gossip to whoever is connected; resolves to how many that were. */
  shout(topic: string, bytes: Uint8Array): Promise<number>;
}

/** Peers of one network reach each other by the addresses they name. */
export function createFakeNetwork(): FakeNetwork {
  const nodes = new Map<string, FakeNode>();
  let nextPlace = 1;
  return {
    peer: (key, options = {}) => {
      const config = netConfigSchema.parse(options.config ?? {});
      const deps = { log: options.log ?? silentLog, clock: options.clock ?? systemClock };
      return createPeer(deps, config, async (gate) => {
        const node = new FakeNode(`/memory/${nextPlace++}`, remoteOfKey(key.privateKey), nodes, gate);
        nodes.set(node.place, node);
        return node;
      });
    },
    stranger: (key) => {
      const gate: Gate = { isRefused: () => false, strayed: () => undefined };
      const node = new FakeNode(`/memory/${nextPlace++}`, remoteOfKey(key.privateKey), nodes, gate);
      nodes.set(node.place, node);
      return strangerOver(node);
    },
  };
}

function strangerOver(node: FakeNode): Stranger {
  return {
    peerId: node.self.peerId,
    async say(peer, protocol, bytes) {
      const channel = await node.open(parseTarget(peer), protocolId(protocol), new AbortController().signal);
      const pieces: Uint8Array[] = [];
      const written = channel
        .write(bytes)
        .then(() => channel.end())
        .catch(() => undefined);
      try {
        for (let piece = await channel.read(); piece !== null; piece = await channel.read())
          pieces.push(piece);
      } catch {
        // Broken off by the other side.
      }
      await written;
      return Buffer.concat(pieces);
    },
    shout: (topic, bytes) => node.publish(topic, bytes),
    [Symbol.asyncDispose]: () => node[Symbol.asyncDispose](),
  };
}

class FakeNode implements Transport {
  readonly place: string;
  readonly self: Remote;
  readonly #nodes: Map<string, FakeNode>;
  readonly #gate: Gate;
  readonly #links = new Set<FakeNode>();
  readonly #channels = new Map<ByteChannel, FakeNode>();
  readonly #handlers = new Map<string, (channel: ByteChannel) => void>();
  readonly #topics = new Map<string, (message: GossipIn) => Promise<GossipVerdict>>();
  readonly #listeners = new Set<() => void>();
  readonly #seen = new WeakSet<object>();

  constructor(place: string, self: Remote, nodes: Map<string, FakeNode>, gate: Gate) {
    this.place = place;
    this.self = self;
    this.#nodes = nodes;
    this.#gate = gate;
  }

  addresses(): readonly string[] {
    return [`${this.place}/p2p/${this.self.peerId}`];
  }

  connectedPeers(): readonly Remote[] {
    return [...new Map([...this.#links].map((node) => [node.self.peerId, node.self])).values()];
  }

  async connect(target: Target, signal: AbortSignal): Promise<void> {
    await this.#reach(target, signal);
  }

  async disconnect(peerId: string): Promise<void> {
    for (const other of this.#links) if (other.self.peerId === peerId) this.#unlink(other);
  }

  disconnected(peerId: string, signal: AbortSignal): Promise<void> {
    return new Promise((resolve) => {
      const check = () => {
        if (!signal.aborted && this.connectedPeers().some((remote) => remote.peerId === peerId)) return;
        this.#listeners.delete(check);
        signal.removeEventListener('abort', check);
        resolve();
      };
      this.#listeners.add(check);
      signal.addEventListener('abort', check);
      check();
    });
  }

  async open(target: Target, protocol: string, signal: AbortSignal): Promise<ByteChannel> {
    const other = await this.#reach(target, signal);
    const accept = other.#handlers.get(protocol);
    if (accept === undefined) {
      throw netFault('net.unsupported', 'the peer does not serve the protocol', 'peer', {
        data: { protocol },
      });
    }
    const [ours, theirs] = memoryChannels(other.self, this.self);
    this.#keep(ours, other);
    other.#keep(theirs, this);
    accept(theirs);
    return ours;
  }

  async handle(protocol: string, accept: (channel: ByteChannel) => void): Promise<void> {
    if (this.#handlers.has(protocol)) throw new Error(`${protocol} is served already`);
    this.#handlers.set(protocol, accept);
  }

  subscribe(topic: string, receive: (message: GossipIn) => Promise<GossipVerdict>): void {
    this.#topics.set(topic, receive);
    for (const other of this.#links) other.#changed();
  }

  topicPeers(topic: string): number {
    return this.#listenersOf(topic).length;
  }

  onTopicChange(listener: () => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  async publish(topic: string, bytes: Uint8Array): Promise<number> {
    const message = { bytes, author: this.self };
    this.#seen.add(message);
    const listeners = this.#listenersOf(topic);
    for (const other of listeners) void other.#receive(topic, message, this);
    return listeners.length;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#nodes.delete(this.place);
    for (const other of this.#links) this.#unlink(other);
  }

  async #reach(target: Target, signal: AbortSignal): Promise<FakeNode> {
    signal.throwIfAborted();
    const found = target.multiaddrs.map((address) => this.#nodes.get(placeOf(address))).find((node) => node);
    const data = { peerId: target.remote.peerId, multiaddrs: target.multiaddrs };
    if (found !== undefined && found.self.peerId !== target.remote.peerId) {
      throw netFault('net.wrong-peer', 'another key answers at the address', 'peer', { data });
    }
    if (found === undefined || found === this || this.#refuses(found) || found.#refuses(this)) {
      throw netFault('net.unreachable', 'no address of the peer answers', 'peer', { data });
    }
    if (!this.#links.has(found)) {
      this.#links.add(found);
      found.#links.add(this);
      this.#changed();
      found.#changed();
    }
    return found;
  }

  #refuses(other: FakeNode): boolean {
    return this.#gate.isRefused(other.self.peerId);
  }

  #unlink(other: FakeNode): void {
    this.#links.delete(other);
    other.#links.delete(this);
    for (const [channel, end] of this.#channels) {
      if (end === other) channel.abort(netFault('net.closed', 'the connection is closed', 'peer'));
    }
    this.#changed();
    other.#changed();
  }

  #keep(channel: ByteChannel, other: FakeNode): void {
    this.#channels.set(channel, other);
    channel.broken.addEventListener('abort', () => this.#channels.delete(channel), { once: true });
  }

  #changed(): void {
    for (const listener of this.#listeners) listener();
  }

  #listenersOf(topic: string): FakeNode[] {
    return [...this.#links].filter((other) => other.#topics.has(topic));
  }

  async #receive(
    topic: string,
    message: { bytes: Uint8Array; author: Remote },
    from: FakeNode,
  ): Promise<void> {
    if (this.#seen.has(message)) return;
    this.#seen.add(message);
    const verdict = await this.#topics.get(topic)?.({ ...message, from: from.self });
    if (verdict !== 'accept') return;
    for (const other of this.#listenersOf(topic))
      if (other !== from) void other.#receive(topic, message, this);
  }
}
