/** Tells everyone what this provider has free and about what it costs: the public market. A hint, never an offer. */
import type { Peer } from '@souk/net';
import {
  type Address,
  type CapacitySummary,
  capacityTopic,
  type Clock,
  type Log,
  type Resources,
  toFault,
} from '@souk/protocol';
import type { Capacity } from '../inventory/capacity.ts';
import type { Ledger } from '../inventory/ledger.ts';
import type { ProviderMetrics } from '../metrics.ts';
import { priceOf } from '../pricing/price.ts';
import type { PriceList } from '../pricing/price-list.ts';

export interface PublishDeps {
  readonly peer: Pick<Peer, 'publish' | 'addresses' | 'topicPeers'>;
  readonly operator: Address;
  readonly token: Address;
  readonly driver: { readonly name: string };
  readonly capacity: Capacity;
  readonly ledger: Ledger;
  readonly prices: PriceList;
  readonly clock: Clock;
  readonly log: Log;
  readonly metrics: ProviderMetrics;
}

/** Until somebody hears it, it is tried this often. */
const firstTryMs = 1000;
/** What one message may hold of lists that an operator can make long. */
const maxAddresses = 2;
const maxAttributes = 8;

export function publishCapacity(
  deps: PublishDeps,
  config: { readonly capacityPublishMs: number },
): AsyncDisposable {
  const { peer, clock, ledger, metrics } = deps;
  const stop = new AbortController();
  const loop = (async () => {
    while (!stop.signal.aborted) {
      const now = clock.now();
      const free = ledger.free(now);
      metrics.free.set({ resource: 'cores' }, free.cpuMilli / 1000);
      metrics.free.set({ resource: 'memory' }, Number(free.memoryBytes));
      metrics.free.set({ resource: 'storage' }, Number(free.storageBytes));
      metrics.free.set({ resource: 'gpus' }, free.gpus);
      const isHeard = peer.topicPeers(capacityTopic) > 0;
      if (isHeard) {
        await peer.publish(capacityTopic, summaryOf(deps, free, now)).catch((error: unknown) => {
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

function summaryOf(deps: PublishDeps, free: Resources, now: number): CapacitySummary {
  const { peer, operator, driver, capacity, prices, token } = deps;
  return {
    operator,
    peer: peer.addresses().slice(0, maxAddresses),
    at: Math.floor(now / 1000),
    driver: driver.name,
    free,
    samplePrice: samplePrice(prices),
    token,
    attributes: Object.fromEntries(Object.entries(capacity.attributes).slice(0, maxAttributes)),
  };
}

/** One core and one GiB of memory, for an hour. */
function samplePrice(prices: PriceList): bigint {
  const resources = {
    cpuMilli: 1000,
    memoryBytes: 1n << 30n,
    storage: [],
    gpu: { units: 0, alternatives: [] },
    cpuAttributes: {},
  };
  return priceOf(
    {
      group: '',
      units: [{ service: '', count: 1, resources }],
      endpoints: [],
      attributes: {},
      signedBy: { allOf: [], anyOf: [] },
      reclamationSeconds: 0,
    },
    prices,
  );
}
