/** Tells everyone all that this provider's bids depend on: the public market. A hint, never an offer. */
import type { Peer } from '@souk/net';
import {
  type Address,
  capacityTopic,
  type Clock,
  type Log,
  type ProviderFacts,
  summariseCapacity,
  toFault,
} from '@souk/protocol';
import type { ProviderMetrics } from '../metrics.ts';

export interface PublishDeps {
  readonly peer: Pick<Peer, 'publish' | 'addresses' | 'topicPeers'>;
  readonly operator: Address;
  readonly driver: { readonly name: string };
  readonly facts: () => ProviderFacts;
  readonly isScripted: boolean;
  readonly clock: Clock;
  readonly log: Log;
  readonly metrics: ProviderMetrics;
}

/** Until somebody hears it, it is tried this often. */
const firstTryMs = 1000;

export function publishCapacity(
  deps: PublishDeps,
  config: { readonly capacityPublishMs: number },
): AsyncDisposable {
  const { peer, clock, metrics } = deps;
  const stop = new AbortController();
  const publish = async (now: number): Promise<void> => {
    const head = {
      operator: deps.operator,
      peer: peer.addresses(),
      at: Math.floor(now / 1000),
      driver: deps.driver.name,
      isScripted: deps.isScripted,
    };
    await peer.publish(capacityTopic, summariseCapacity(head, deps.facts()));
  };
  const loop = (async () => {
    while (!stop.signal.aborted) {
      const now = clock.now();
      const { free } = deps.facts();
      metrics.free.set({ resource: 'cores' }, free.cpuMilli / 1000);
      metrics.free.set({ resource: 'memory' }, Number(free.memoryBytes));
      metrics.free.set({ resource: 'storage' }, Number(free.storageBytes));
      metrics.free.set({ resource: 'gpus' }, free.gpus);
      const isHeard = peer.topicPeers(capacityTopic) > 0;
      if (isHeard) {
        await publish(now).catch((error: unknown) => {
          deps.log.debug('capacity not published', {
            code: toFault(error, 'bidding.publish-failed', 'peer').code,
          });
        });
      }
      const pause = isHeard ? config.capacityPublishMs : Math.min(firstTryMs, config.capacityPublishMs);
      await clock.sleep(pause, stop.signal).catch(() => undefined);
    }
  })();
  return {
    async [Symbol.asyncDispose]() {
      stop.abort();
      await loop;
    },
  };
}
