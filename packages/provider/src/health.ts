/**
 * Is this provider doing its business? Looks at what bidding and settling need, not at whether the process lives: a
 * daemon that hears no orders or can't pay for its transactions is ill however well it runs.
 */
import type { ChainReads } from '@souk/chain';
import type { Peer } from '@souk/net';
import { type Address, type Clock, type Log, ordersTopic } from '@souk/protocol';
import type { Driver } from './drivers/driver.ts';
import type { ProviderMetrics } from './metrics.ts';

export const healthParts = ['chain', 'operator', 'gas', 'driver', 'settling', 'peers'] as const;
export type HealthPart = (typeof healthParts)[number];

export interface Health extends AsyncDisposable {
  /** What is wrong, by part; empty while all is well. */
  troubles(): Readonly<Partial<Record<HealthPart, string>>>;
  /** Why no bid should be made now; undefined while they can be honoured. */
  notServing(): string | undefined;
}

export interface HealthDeps {
  readonly chain: Pick<ChainReads, 'gasBalanceOf' | 'activeHotKey'>;
  readonly peer: Pick<Peer, 'topicPeers'>;
  readonly driver: Pick<Driver, 'ping'>;
  readonly operator: Address;
  readonly hotKey: Address;
  readonly isFollowing: () => boolean;
  readonly transactionFailures: () => number;
  readonly clock: Clock;
  readonly log: Log;
  readonly metrics: ProviderMetrics;
}

export interface HealthConfig {
  readonly healthMs: number;
  readonly minimumGasWei: bigint;
}

/** As many transactions in a row may fail before settling counts as broken. */
const toleratedFailures = 2;

export async function startHealth(deps: HealthDeps, config: HealthConfig): Promise<Health> {
  const stop = new AbortController();
  let troubles: Partial<Record<HealthPart, string>> = {};

  const probes: Readonly<Record<HealthPart, () => Promise<string | undefined>>> = {
    chain: async () => (deps.isFollowing() ? undefined : 'the chain is not being followed'),
    operator: async () => {
      const active = await deps.chain.activeHotKey(deps.operator);
      return active === deps.hotKey
        ? undefined
        : 'the operator is not registered and bonded with this hot key';
    },
    gas: async () => {
      const wei = await deps.chain.gasBalanceOf(deps.hotKey);
      return wei >= config.minimumGasWei
        ? undefined
        : `the hot key ${deps.hotKey} has too little gas: ${wei} wei`;
    },
    driver: async () => {
      await deps.driver.ping();
      return undefined;
    },
    settling: async () =>
      deps.transactionFailures() > toleratedFailures ? 'transactions keep failing' : undefined,
    peers: async () => (deps.peer.topicPeers(ordersTopic) > 0 ? undefined : 'no peer to hear orders from'),
  };

  const look = async () => {
    const found = await Promise.all(
      healthParts.map(async (part) => {
        const trouble = await probes[part]().catch((error: Error) => error.message);
        return [part, trouble] as const;
      }),
    );
    for (const [part, trouble] of found) {
      deps.metrics.healthy.set({ part }, trouble === undefined ? 1 : 0);
      if (trouble !== undefined && troubles[part] === undefined)
        deps.log.warn('trouble began', { part, trouble });
      if (trouble === undefined && troubles[part] !== undefined) deps.log.info('trouble is over', { part });
    }
    troubles = Object.fromEntries(found.filter(([, trouble]) => trouble !== undefined));
  };

  await look();
  const loop = (async () => {
    for (;;) {
      await deps.clock.sleep(config.healthMs, stop.signal).catch(() => undefined);
      if (stop.signal.aborted) return;
      await look();
    }
  })();

  return {
    troubles: () => troubles,
    notServing: () =>
      healthParts
        .filter((part) => part !== 'peers')
        .map((part) => troubles[part])
        .find(Boolean),
    async [Symbol.asyncDispose]() {
      stop.abort();
      await loop;
    },
  };
}
