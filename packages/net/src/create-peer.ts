/** The port over any transport: the rules of this room in one place, the same for libp2p and for the fake. */
import { setMaxListeners } from 'node:events';
import type { Clock, Log } from '@souk/protocol';
import { bootstrapTargets, stayConnected } from './bootstrap.ts';
import type { NetConfig } from './config.ts';
import { withDeadline } from './deadline.ts';
import { netFault } from './faults.ts';
import { join, publish, waitForTopicPeers } from './gossip.ts';
import { type Offence, penalties, RateLimits, Standings } from './limits.ts';
import type { Peer } from './peer.ts';
import { type Counts, noteOffence, type Room } from './room.ts';
import { openStream, serveStream } from './streams.ts';
import { parseTarget } from './target.ts';
import type { Transport } from './transport.ts';
import { answer, ask } from './unary.ts';

export interface PeerDeps {
  readonly log: Log;
  readonly clock: Clock;
}

/** What the transport asks and tells of a peer. */
export interface Gate {
  /** Asked before a peer is let in or dialled. */
  isRefused(peerId: string): boolean;
  /** It sent gossip on a topic that nobody joined here. */
  strayed(peerId: string): void;
}

export async function createPeer(
  deps: PeerDeps,
  config: NetConfig,
  startTransport: (gate: Gate) => Promise<Transport>,
): Promise<Peer> {
  const { log, clock } = deps;
  const closing = new AbortController();
  setMaxListeners(0, closing.signal);
  const standings = new Standings(clock, config, (peerId, offence) => {
    log.warn('peer refused for a while', { peerId, offence });
    room.transport.disconnect(peerId).catch((error: unknown) => log.debug('disconnecting failed', { error }));
  });
  const transport = await startTransport({
    isRefused: (peerId) => standings.isRefused(peerId),
    strayed: (peerId) => noteOffence(room, peerId, 'rejected'),
  });
  const room: Room = {
    transport,
    clock,
    log,
    config,
    standings,
    rates: new RateLimits(clock, config.maxPeersRemembered * 4),
    counts: noCounts(),
    closing: closing.signal,
    open: new Map(),
    serving: new Set(),
  };
  const keepers = await keepBootstrap(room);

  return {
    address: transport.self.address,
    peerId: transport.self.peerId,
    addresses: () => transport.addresses(),
    connectedPeers: () => transport.connectedPeers(),
    stats: () => ({
      ...room.counts,
      refused: { ...room.counts.refused },
      connected: transport.connectedPeers().length,
    }),
    connect: async (multiaddrs, options = {}) => {
      const target = parseTarget(multiaddrs);
      const ms = options.timeoutMs ?? config.dialTimeoutMs;
      await withDeadline({ clock, ms, what: 'connection', signal: options.signal }, (signal) =>
        transport.connect(target, signal),
      );
      return target.remote;
    },
    join: async (topic, validate, hear) => join(room, topic, validate, hear),
    topicPeers: (topic) => transport.topicPeers(topic.name),
    waitForTopicPeers: (topic, count, options) => waitForTopicPeers(room, topic, count, options),
    publish: (topic, message) => publish(room, topic, message),
    ask: (peer, protocol, request, options) => ask(room, peer, protocol, request, options),
    answer: (protocol, handle) => answer(room, protocol, handle),
    openStream: (peer, protocol, opening, options) => openStream(room, peer, protocol, opening, options),
    serveStream: (protocol, handle) => serveStream(room, protocol, handle),
    [Symbol.asyncDispose]: async () => {
      if (closing.signal.aborted) return;
      closing.abort(netFault('net.closed', 'this peer is shutting down', 'self'));
      await transport[Symbol.asyncDispose]();
      await settled([...keepers, ...room.serving], clock, config.lingerMs);
    },
  };
}

/** Handlers were told to stop; one that doesn't is left behind. */
async function settled(work: readonly Promise<void>[], clock: Clock, ms: number): Promise<void> {
  const timer = new AbortController();
  const late = clock.sleep(ms, timer.signal).catch(() => undefined);
  await Promise.race([Promise.allSettled(work), late]);
  timer.abort();
}

/** A bootstrap address that can't be read stops the start; a peer that can't be reached does not. */
async function keepBootstrap(room: Room): Promise<readonly Promise<void>[]> {
  try {
    const targets = bootstrapTargets(room.config.bootstrap, room.transport.self.peerId);
    return targets.map((target) => stayConnected(room, target));
  } catch (error) {
    await room.transport[Symbol.asyncDispose]();
    throw error;
  }
}

function noCounts(): Counts {
  const offences = Object.keys(penalties) as Offence[];
  return {
    gossipHeard: 0,
    gossipPublished: 0,
    asked: 0,
    answered: 0,
    streamsOpened: 0,
    streamsServed: 0,
    refused: Object.fromEntries(offences.map((offence) => [offence, 0])) as Record<Offence, number>,
  };
}
