/**
 * Connections to a target: an open one that leads to one of its addresses, else a new one. Connections are told apart
 * by address, not by peer id alone, because several processes may share a key and only one of them is meant.
 */
import type { Connection } from '@libp2p/interface';
import { peerIdFromString } from '@libp2p/peer-id';
import { multiaddr } from '@multiformats/multiaddr';
import type { Fault } from '@souk/protocol';
import { netFault } from '../faults.ts';
import { placeOf } from '../target.ts';
import type { Target } from '../transport.ts';
import type { Node } from './node.ts';

export interface Dialer {
  connection(target: Target, signal: AbortSignal): Promise<Connection>;
}

export function createDialer(node: Node): Dialer {
  /** Where a connection leads, as far as we were told: what we dialled, or what the remote says it listens at. */
  const places = new WeakMap<Connection, Set<string>>();
  /** libp2p joins dials to one peer id, whatever their addresses: ours take turns. */
  const turns = new Map<string, Promise<unknown>>();

  node.addEventListener('peer:identify', ({ detail }) => {
    learn(
      detail.connection,
      detail.listenAddrs.map((address) => address.toString()),
    );
  });

  function learn(connection: Connection, multiaddrs: readonly string[]): void {
    const known = places.get(connection) ?? new Set();
    for (const address of multiaddrs.slice(0, 32)) known.add(placeOf(address));
    places.set(connection, known);
  }

  function findOpen(target: Target): Connection | undefined {
    const wanted = target.multiaddrs.map(placeOf);
    return node
      .getConnections(peerIdFromString(target.remote.peerId))
      .find((open) => open.status === 'open' && wanted.some((place) => places.get(open)?.has(place)));
  }

  async function dial(target: Target, signal: AbortSignal): Promise<Connection> {
    const open = findOpen(target);
    if (open !== undefined) return open;
    signal.throwIfAborted();
    try {
      const connection = await node.dial(target.multiaddrs.map(multiaddr), { signal, force: true });
      learn(connection, target.multiaddrs);
      return connection;
    } catch (cause) {
      signal.throwIfAborted();
      const opened = findOpen(target);
      if (opened !== undefined) return opened;
      throw dialFault(target, cause);
    }
  }

  return {
    connection: async (target, signal) => {
      const open = findOpen(target);
      if (open !== undefined) return open;
      const { peerId } = target.remote;
      const dialled = (turns.get(peerId) ?? Promise.resolve()).then(() => dial(target, signal));
      const turn = dialled
        .catch(() => undefined)
        .finally(() => {
          if (turns.get(peerId) === turn) turns.delete(peerId);
        });
      turns.set(peerId, turn);
      return dialled;
    },
  };
}

function dialFault(target: Target, cause: unknown): Fault {
  const data = { peerId: target.remote.peerId, multiaddrs: target.multiaddrs };
  if (isWrongPeer(cause))
    return netFault('net.wrong-peer', 'another key answers at the address', 'peer', { data, cause });
  return netFault('net.unreachable', 'no address of the peer answers', 'peer', { data, cause });
}

/** libp2p keeps nothing of the handshake's error but its text. Several addresses failed: all of them must be wrong. */
function isWrongPeer(error: unknown): boolean {
  if (error instanceof AggregateError) return error.errors.length > 0 && error.errors.every(isWrongPeer);
  return error instanceof Error && error.message.includes('does not match expected remote identity key');
}
