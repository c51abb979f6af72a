/** The transport over libp2p. */
import { type Message, TopicValidatorResult } from '@libp2p/gossipsub';
import type { Connection, PeerId, Stream } from '@libp2p/interface';
import { peerIdFromString } from '@libp2p/peer-id';
import type { Hex } from '@souk/protocol';
import type { NetConfig } from '../config.ts';
import type { Gate } from '../create-peer.ts';
import { netFault } from '../faults.ts';
import { remoteOfKey, remoteOfPeerId } from '../identity.ts';
import type { GossipVerdict, Remote } from '../peer.ts';
import type { ByteChannel, GossipIn, Target, Transport } from '../transport.ts';
import { byteChannel } from './channel.ts';
import { createDialer } from './dialer.ts';
import { createNode, type Node, TopicValidators } from './node.ts';
import { speakToTwins } from './twins.ts';

/** What was written gets this long to leave before a connection is cut. */
const closeTimeoutMs = 250;
const forgetAfterMs = 2_000;

const verdicts: Record<GossipVerdict, TopicValidatorResult> = {
  accept: TopicValidatorResult.Accept,
  ignore: TopicValidatorResult.Ignore,
  reject: TopicValidatorResult.Reject,
};

export async function startTransport(privateKey: Hex, config: NetConfig, gate: Gate): Promise<Transport> {
  const self = remoteOfKey(privateKey);
  const node = await createNode(privateKey, config, gate);
  const { gossip } = node.services;
  const validators = new TopicValidators((from) => gate.strayed(from.toString()));
  gossip.topicValidators = validators;
  const topicListeners = new Set<() => void>();
  const topicsChanged = () => {
    for (const listener of topicListeners) listener();
  };
  const twins = speakToTwins(gossip, (peerId) => node.getConnections(peerId), topicsChanged);
  gossip.addEventListener('subscription-change', topicsChanged);
  node.addEventListener('peer:disconnect', topicsChanged);
  node.addEventListener('peer:disconnect', ({ detail }) => forgetLater(node, detail));
  const dialer = createDialer(node);
  if (config.mdns) dialDiscovered(node);
  const live = new Set<Stream>();
  await start(node);

  function channelOver(stream: Stream, remote: Remote): ByteChannel {
    live.add(stream);
    stream.addEventListener('close', () => live.delete(stream), { once: true });
    return byteChannel(stream, remote);
  }

  return {
    self,
    addresses: () => node.getMultiaddrs().map(String),
    connectedPeers: () => node.getPeers().map((peerId) => remoteOfPeerId(peerId.toString())),
    connect: async (target, signal) => {
      await dialer.connection(target, signal);
      await protect(node, config, target);
    },
    disconnect: async (peerId) => {
      for (const connection of node.getConnections(peerIdFromString(peerId))) {
        connection.abort(netFault('net.closed', 'the peer is refused', 'peer'));
      }
    },
    disconnected: (peerId, signal) => disconnected(node, peerId, signal),
    open: async (target, protocol, signal) => {
      const connection = await dialer.connection(target, signal);
      return channelOver(await newStream(connection, protocol, config, signal), target.remote);
    },
    handle: async (protocol, accept) => {
      await node.handle(
        protocol,
        (stream, connection) => accept(channelOver(stream, remoteOfPeerId(connection.remotePeer.toString()))),
        { maxInboundStreams: config.maxStreamsPerPeer },
      );
    },
    subscribe: (topic, receive) => {
      validators.set(topic, (from, message) => judge(from, message, receive));
      gossip.subscribe(topic);
    },
    topicPeers: (topic) =>
      gossip.getSubscribers(topic).filter((peer) => twins.canSendTo(peer.toString())).length,
    onTopicChange: (listener) => {
      topicListeners.add(listener);
      return () => topicListeners.delete(listener);
    },
    publish: async (topic, bytes) => {
      if (gossip.getSubscribers(topic).length === 0) return 0;
      const { recipients } = await gossip.publish(topic, bytes);
      return recipients.length;
    },
    [Symbol.asyncDispose]: async () => {
      // Reset, not ended: the other side must not take a stream cut short for a whole one.
      for (const stream of live) stream.abort(netFault('net.closed', 'the peer is shutting down', 'peer'));
      await Promise.all(node.getConnections().map(closeConnection));
      await node.stop();
    },
  };
}

async function closeConnection(connection: Connection): Promise<void> {
  try {
    await connection.close({ signal: AbortSignal.timeout(closeTimeoutMs) });
  } catch (error) {
    connection.abort(error instanceof Error ? error : new Error('not closed'));
  }
}

async function start(node: Node): Promise<void> {
  try {
    await node.start();
  } catch (cause) {
    await node.stop();
    throw netFault('net.bad-address', 'cannot listen at the configured addresses', 'user', { cause });
  }
}

async function judge(
  from: PeerId,
  message: Message,
  receive: (incoming: GossipIn) => Promise<GossipVerdict>,
): Promise<TopicValidatorResult> {
  if (message.type !== 'signed' || message.from.type !== 'secp256k1') return TopicValidatorResult.Reject;
  const verdict = await receive({
    bytes: message.data,
    author: remoteOfPeerId(message.from.toString()),
    from: remoteOfPeerId(from.toString()),
  });
  return verdicts[verdict];
}

async function newStream(
  connection: Connection,
  protocol: string,
  config: NetConfig,
  signal: AbortSignal,
): Promise<Stream> {
  try {
    return await connection.newStream(protocol, { signal, maxOutboundStreams: config.maxStreamsPerPeer });
  } catch (cause) {
    signal.throwIfAborted();
    const name = cause instanceof Error ? cause.name : '';
    if (name === 'UnsupportedProtocolError') {
      throw netFault('net.unsupported', 'the peer does not serve the protocol', 'peer', {
        data: { protocol },
        cause,
      });
    }
    if (name === 'TooManyOutboundProtocolStreamsError') {
      throw netFault('net.busy', 'too many open requests to the peer', 'self', { data: { protocol }, cause });
    }
    throw netFault('net.closed', 'the connection broke while opening a stream', 'peer', {
      data: { protocol },
      cause,
    });
  }
}

/** Bootstrap peers are the last to go when there are too many connections. */
async function protect(node: Node, config: NetConfig, target: Target): Promise<void> {
  if (!target.multiaddrs.some((address) => config.bootstrap.includes(address))) return;
  await node.peerStore.merge(peerIdFromString(target.remote.peerId), { tags: { bootstrap: { value: 100 } } });
}

/** libp2p remembers every peer it ever met; what we need of a peer is in its address. Others hear of the loss first. */
function forgetLater(node: Node, peerId: PeerId): void {
  setTimeout(() => {
    if (node.status !== 'started' || node.getConnections(peerId).length > 0) return;
    node.peerStore.delete(peerId).catch(() => undefined);
  }, forgetAfterMs).unref();
}

function dialDiscovered(node: Node): void {
  node.addEventListener('peer:discovery', ({ detail }) => {
    node.dial(detail.multiaddrs).catch(() => undefined);
  });
}

function disconnected(node: Node, peerId: string, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const check = () => {
      if (!signal.aborted && node.getConnections(peerIdFromString(peerId)).length > 0) return;
      node.removeEventListener('peer:disconnect', check);
      signal.removeEventListener('abort', check);
      resolve();
    };
    node.addEventListener('peer:disconnect', check);
    signal.addEventListener('abort', check);
    check();
  });
}
