/** A whole market in memory for this package's tests: chain, living, connect, store, wallet, and time that moves when run. */
import { createFakeChain, createTestClock } from '@souk/chain/testing';
import type { Peer } from '@souk/net';
import { createFakeNetwork } from '@souk/net/testing';
import {
  createKey,
  encodeJson,
  hashManifest,
  type LocalKey,
  ordersTopic,
  type Requirements,
  silentLog,
} from '@souk/protocol';
import { type TenantConfig, tenantConfigSchema } from '../config.ts';
import { type Deployment, deploymentSchema, type DeploymentStore } from '../deployment.ts';
import { createTenant } from '../tenant.ts';
import type { OrderWish, Tenant, TenantDeps, WorkloadGroup } from '../types.ts';
import { keptWishSchema, type WishStore } from '../wish.ts';
import { type Script, startFakeProvider } from './fake-provider.ts';

export interface MemoryStore extends DeploymentStore {
  /** The process dies at the save that this says true to: nothing is saved from then on. */
  crashWhen: ((record: Deployment) => boolean) | undefined;
}

export class Crash extends Error {}

/** Keeps records as their JSON, as a disk would. */
export function createMemoryStore(): MemoryStore {
  const texts = new Map<string, string>();
  const parse = (text: string) => deploymentSchema.parse(JSON.parse(text));
  const store: MemoryStore = {
    crashWhen: undefined,
    load: async (name) => {
      const text = texts.get(name);
      return text === undefined ? undefined : parse(text);
    },
    list: async () => [...texts.values()].map(parse),
    save: async (record) => {
      if (store.crashWhen?.(record)) throw new Crash('the process died');
      texts.set(record.name, encodeJson(record));
    },
    remove: async (name) => void texts.delete(name),
  };
  return store;
}

/** Keeps wishes as their JSON, as a disk would. */
export function createMemoryWishes(): WishStore {
  const texts = new Map<string, string>();
  return {
    load: async (name) => {
      const text = texts.get(name);
      return text === undefined ? undefined : keptWishSchema.parse(JSON.parse(text));
    },
    save: async (name, wish) => void texts.set(name, encodeJson(wish)),
    remove: async (name) => void texts.delete(name),
  };
}

export const token = 1_000_000n;

export async function createWorld(settings: Partial<TenantConfig> = {}) {
  const clock = createTestClock();
  const chain = createFakeChain({ clock });
  const network = createFakeNetwork();
  const hub = await network.peer(createKey(), { clock });
  await hub.join(
    ordersTopic,
    () => 'accept',
    () => undefined,
  );
  const living = new Set<Peer>();
  const store = createMemoryStore();
  const wallet = createKey();
  chain.giveBalance(wallet.address, 100n * token);
  const signatures: string[] = [];
  const counted: LocalKey = {
    ...wallet,
    sign: (domain, name, message) => {
      signatures.push(name);
      return wallet.sign(domain, name, message);
    },
  };
  /** `down`: what does not answer besides. */
  const http = { status: 200, isDown: false, down: new Set<string>() };
  const wishes = createMemoryWishes();
  const config = tenantConfigSchema.parse(settings);

  /** A peer with one link, to the hub. */
  async function connect(key: LocalKey): Promise<Peer> {
    const peer = await network.peer(key, { clock });
    await peer.connect(hub.addresses());
    living.add(peer);
    return {
      ...peer,
      [Symbol.asyncDispose]: () => {
        living.delete(peer);
        return peer[Symbol.asyncDispose]();
      },
    };
  }

  function tenant(extra: Partial<TenantDeps> = {}): Tenant {
    const deps: TenantDeps = {
      chain: chain.reads,
      wallet: counted,
      store,
      connectPeer: connect,
      clock,
      log: silentLog,
      httpStatus: async (url) => {
        if (http.isDown || http.down.has(url)) throw new Error('connection refused');
        return http.status;
      },
      ...extra,
    };
    return createTenant(deps, config);
  }

  /** Lets time pass, with a block a second, until `work` is settled. */
  async function run<T>(work: Promise<T>, maxSeconds = 3_600): Promise<T> {
    let isSettled = false;
    const settle = () => void (isSettled = true);
    work.then(settle, settle);
    for (let tick = 1; !isSettled && tick < maxSeconds * 10; tick += 1) {
      await clock.advance(100);
      if (tick % 10 === 0) chain.mine();
    }
    if (!isSettled) throw new Error(`not settled after ${maxSeconds} s`);
    return work;
  }

  async function pass(seconds: number): Promise<void> {
    for (let second = 0; second < seconds; second += 1) {
      await clock.advance(1000);
      chain.mine();
    }
  }

  const provider = (script: Script) => startFakeProvider(chain, connect, script);
  return {
    clock,
    chain,
    network,
    living,
    connect,
    store,
    wishes,
    wallet,
    signatures,
    http,
    config,
    tenant,
    run,
    pass,
    provider,
  };
}

export type World = Awaited<ReturnType<typeof createWorld>>;

export function workload(name = 'dc', image = 'hello:1'): WorkloadGroup {
  const requirements: Requirements = {
    group: name,
    units: [
      {
        service: 'web',
        count: 1,
        resources: {
          cpuMilli: 100,
          memoryBytes: 1n << 26n,
          storage: [],
          gpu: { units: 0, alternatives: [] },
          cpuAttributes: {},
        },
      },
    ],
    endpoints: [{ kind: 'http', service: 'web' }],
    attributes: {},
    signedBy: { allOf: [], anyOf: [] },
    reclamationSeconds: 0,
  };
  const manifest: WorkloadGroup['manifest'] = {
    name,
    services: [
      {
        name: 'web',
        image,
        command: null,
        args: null,
        env: null,
        resources: {
          id: 1,
          cpu: { units: { val: '100' } },
          memory: { size: { val: '67108864' } },
          storage: [],
          gpu: { units: { val: '0' } },
          endpoints: null,
        },
        count: 1,
        expose: null,
      },
    ],
  };
  return { name, requirements, manifest, manifestHash: hashManifest([manifest]) };
}

export function wish(name: string, extra: Partial<OrderWish> = {}): OrderWish {
  return { name, groups: [workload()], maxRate: () => token, deposit: () => 5n * token, ...extra };
}
