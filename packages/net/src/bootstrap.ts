/** Stays connected to the peers through which all others are reached. */
import { Fault } from '@souk/protocol';
import { withDeadline } from './deadline.ts';
import type { Room } from './room.ts';
import { parseTarget } from './target.ts';
import type { Target } from './transport.ts';

/** One target for each peer named, without ourselves. Throws `net.bad-address`. */
export function bootstrapTargets(multiaddrs: readonly string[], selfId: string): Target[] {
  const byPeer = Map.groupBy(multiaddrs, (address) => parseTarget([address]).remote.peerId);
  byPeer.delete(selfId);
  return [...byPeer.values()].map(parseTarget);
}

/** Runs until the peer is disposed of: connect, wait until the connection is lost, connect again. */
export async function stayConnected(room: Room, target: Target): Promise<void> {
  const { config, clock, log, closing } = room;
  const { peerId } = target.remote;
  let waitMs = config.reconnectMinMs;
  while (!closing.aborted) {
    try {
      await withDeadline({ clock, ms: config.dialTimeoutMs, what: 'connection', signal: closing }, (signal) =>
        room.transport.connect(target, signal),
      );
      log.info('bootstrap peer connected', { peerId });
      waitMs = config.reconnectMinMs;
      await room.transport.disconnected(peerId, closing);
      if (!closing.aborted) log.warn('bootstrap peer lost', { peerId });
    } catch (error) {
      if (closing.aborted) return;
      log.debug('bootstrap peer not reached', {
        peerId,
        code: error instanceof Fault ? error.code : 'unknown',
      });
      await clock.sleep(waitMs, closing).catch(() => undefined);
      waitMs = Math.min(waitMs * 2, config.reconnectMaxMs);
    }
  }
}
