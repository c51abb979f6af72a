/** One peer per agent key while anybody needs it: the first user starts it, the last one's leaving disposes it. */
import type { Peer } from '@souk/net';
import { type Hex, type LocalKey, localKey } from '@souk/protocol';

export interface HeldPeer extends AsyncDisposable {
  readonly peer: Peer;
}

export interface Peers extends AsyncDisposable {
  hold(agentKey: Hex): Promise<HeldPeer>;
}

interface Entry {
  readonly peer: Promise<Peer>;
  holders: number;
}

export function createPeers(connectPeer: (agentKey: LocalKey) => Promise<Peer>): Peers {
  const entries = new Map<Hex, Entry>();

  async function drop(agentKey: Hex, entry: Entry): Promise<void> {
    if (entries.get(agentKey) === entry) entries.delete(agentKey);
    const peer = await entry.peer.catch(() => undefined);
    await peer?.[Symbol.asyncDispose]();
  }

  return {
    hold: async (agentKey) => {
      const entry = entries.get(agentKey) ?? { peer: connectPeer(localKey(agentKey)), holders: 0 };
      entries.set(agentKey, entry);
      entry.holders += 1;
      let isHeld = true;
      const release = async () => {
        if (!isHeld) return;
        isHeld = false;
        entry.holders -= 1;
        if (entry.holders === 0) await drop(agentKey, entry);
      };
      try {
        return { peer: await entry.peer, [Symbol.asyncDispose]: release };
      } catch (error) {
        await release();
        throw error;
      }
    },
    [Symbol.asyncDispose]: async () => {
      await Promise.all([...entries].map(([agentKey, entry]) => drop(agentKey, entry)));
    },
  };
}
