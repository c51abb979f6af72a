/**
 * Gossip with several processes that share one key. gossipsub keeps one outgoing stream for each peer id, so it would
 * speak to the first process only and forget the key when any of them dies. Here one entry speaks to every connection
 * of the key, and the key is forgotten with its last connection. Reaches into gossipsub 17.1 (pinned); conformance/gossip.ts shows it.
 */
import type { Connection, PeerId } from '@libp2p/interface';

interface Outbound {
  readonly protocol: string;
  readonly rawStream: EventTarget & { readonly writeStatus: string };
  push(data: unknown): void;
  pushPrefixed(data: unknown): void;
  close(options?: object): Promise<void>;
}

interface Internals {
  readonly streamsOutbound: Map<string, Outbound>;
  /** Topics, and the peers subscribed to each. */
  readonly topics: ReadonlyMap<string, ReadonlySet<string>>;
  graftOnSubscribe(peerId: string, topic: string): boolean;
  sendGraft(peerId: string, topics: readonly string[]): void;
  createOutboundStream(peerId: PeerId, connection: Connection): Promise<void>;
  handlePeerReadStreamError(error: Error, peerId: PeerId): void;
}

export interface TwinnedGossip {
  /** Whether a message for this peer id has a stream to go out on. */
  canSendTo(peerId: string): boolean;
}

export function speakToTwins(
  gossip: object,
  connectionsOf: (peerId: PeerId) => readonly Connection[],
  onChange: () => void,
): TwinnedGossip {
  const internals = gossip as Internals;
  const streams = new Map<string, Map<string, Outbound>>();
  const createFirst = internals.createOutboundStream.bind(gossip);
  const forgetPeer = internals.handlePeerReadStreamError.bind(gossip);

  internals.createOutboundStream = async (peerId, connection) => {
    const id = peerId.toString();
    const twins = streams.get(id) ?? new Map<string, Outbound>();
    if (twins.has(connection.id)) return;
    internals.streamsOutbound.delete(id);
    await createFirst(peerId, connection);
    const created = internals.streamsOutbound.get(id);
    if (created !== undefined) {
      streams.set(id, twins.set(connection.id, created));
      created.rawStream.addEventListener('close', () => lose(id, connection), { once: true });
    }
    publishEntry(id, twins);
    graft(id);
  };

  /** A peer that subscribed before we could speak to it joins the mesh now, not at some later heartbeat. */
  function graft(id: string): void {
    const topics = [...internals.topics].flatMap(([topic, peers]) => (peers.has(id) ? [topic] : []));
    const grafted = topics.filter((topic) => internals.graftOnSubscribe(id, topic));
    if (grafted.length > 0) internals.sendGraft(id, grafted);
  }

  internals.handlePeerReadStreamError = (error, peerId) => {
    const [connection, ...others] = connectionsOf(peerId);
    if (others.length > 0) return;
    forgetPeer(error, peerId);
    connection?.abort(error);
  };

  /** A connection without gossip would be deaf for as long as it lives: whoever needs it makes a new one. */
  function lose(id: string, connection: Connection): void {
    if (connection.status === 'open') connection.close().catch(() => undefined);
    const twins = streams.get(id);
    if (twins === undefined) return;
    twins.delete(connection.id);
    if (twins.size === 0) streams.delete(id);
    publishEntry(id, twins);
  }

  function publishEntry(id: string, twins: ReadonlyMap<string, Outbound>): void {
    const [first, ...rest] = twins.values();
    if (first === undefined) internals.streamsOutbound.delete(id);
    else internals.streamsOutbound.set(id, rest.length === 0 ? first : chorus(first, rest));
    onChange();
  }

  return { canSendTo: (peerId) => internals.streamsOutbound.has(peerId) };
}

function chorus(first: Outbound, rest: readonly Outbound[]): Outbound {
  const each = (act: (one: Outbound) => void) => {
    for (const one of [first, ...rest]) if (one.rawStream.writeStatus === 'writable') act(one);
  };
  return {
    protocol: first.protocol,
    rawStream: first.rawStream,
    push: (data) => each((one) => one.push(data)),
    pushPrefixed: (data) => each((one) => one.pushPrefixed(data)),
    close: async (options) => {
      await Promise.all([first, ...rest].map((one) => one.close(options)));
    },
  };
}
