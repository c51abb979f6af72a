/**
 * A provider with everything around it in memory: chain, peers, driver, clock. Only its HTTP listeners and its folder
 * are real. Time moves when a test waits.
 */
import { createHash } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { ChainReads, ChainWriter } from '@souk/chain';
import { createFakeChain, createTestClock, type FakeChain, type TestClock } from '@souk/chain/testing';
import { createMetrics, openStore, type Store } from '@souk/daemon';
import type { Peer } from '@souk/net';
import { createFakeNetwork, type FakeNetwork } from '@souk/net/testing';
import {
  acceptProtocol,
  type AcceptRequest,
  bidProtocol,
  type Bid,
  createKey,
  hashMessage,
  type Hex,
  type ImageBlob,
  type LeaseId,
  leaseIdOf,
  type LeaseStatus,
  type LocalKey,
  type Log,
  type Offer,
  type Order,
  type OrderEnvelope,
  ordersTopic,
  plainRuntime,
  readSdl,
  hashRequirements,
  type Signed,
  silentLog,
  signedProtocol,
  statusProtocol,
  systemClock,
  zeroAddress,
} from '@souk/protocol';
import type { z } from 'zod';
import { providerConfigSchema } from '../src/config.ts';
import type { Driver } from '../src/drivers/driver.ts';
import { createMockDriver, type MockControl, type MockOptions } from '../src/drivers/mock/mock.ts';
import type { DomainNames } from '../src/ingress/https/ownership.ts';
import type { Machine } from '../src/inventory/machine.ts';
import { createSecretBox } from '../src/leases/secrets.ts';
import { defaultPrices, parsePriceList } from '../src/pricing/price-list.ts';
import { type Provider, startProvider } from '../src/provider.ts';

export const image = 'souk/hello:1';

export const sdl = `
version: "2.0"
services:
  web:
    image: ${image}
    expose:
      - port: 3000
        as: 80
        to:
          - global: true
profiles:
  compute:
    web:
      resources:
        cpu: { units: 0.5 }
        memory: { size: 256Mi }
        storage: { size: 512Mi }
  placement:
    here:
      pricing:
        web: { denom: uact, amount: 10000 }
deployment:
  web:
    here: { profile: web, count: 1 }
`;

export interface Deployment {
  readonly envelope: OrderEnvelope;
  readonly lease: LeaseId;
  readonly group: AcceptRequest['manifest'];
}

export interface World extends AsyncDisposable {
  readonly clock: TestClock;
  readonly chain: FakeChain;
  readonly network: FakeNetwork;
  readonly driver: Driver & { readonly control: MockControl };
  readonly store: Store;
  readonly tenant: LocalKey;
  readonly agent: LocalKey;
  readonly peer: Peer;
  readonly operator: Hex;
  readonly hotKey: LocalKey;
  readonly folder: string;
  readonly offers: Offer[];
  provider: Provider;
  providerPeer: Peer;
  /** What the tenant answers to offers. */
  answer: 'noted' | 'enough';
  start(options?: StartOptions): Promise<void>;
  stop(): Promise<void>;
  /** Moves time on in small steps until it holds. */
  until<T>(what: string, get: () => T | undefined | false | Promise<T | undefined | false>): Promise<T>;
  draft(patch?: Partial<Order>, text?: string): Promise<Deployment>;
  /** Publishes and waits for the bid. */
  bidOn(deployment: Deployment): Promise<Signed<Bid>>;
  offerOn(deployment: Deployment): Promise<Offer>;
  acceptance(deployment: Deployment, bid: Signed<Bid>, images?: readonly ImageBlob[]): Promise<AcceptRequest>;
  accept(request: AcceptRequest, from?: Peer): Promise<z.output<(typeof acceptProtocol)['answer']>>;
  /** From draft to a lease that runs. */
  run(patch?: Partial<Order>, text?: string): Promise<Deployment & { readonly request: AcceptRequest }>;
  ready(lease: LeaseId, patch?: { readonly readyAt?: number; readonly by?: LocalKey }): Promise<unknown>;
  close(lease: LeaseId, patch?: { readonly effectiveAt?: number; readonly by?: LocalKey }): Promise<unknown>;
  status(lease: LeaseId): Promise<LeaseStatus>;
  /** What the market holds for a lease. */
  onChain(lease: LeaseId): ReturnType<ChainReads['leaseOf']>;
}

export interface StartOptions {
  readonly config?: Record<string, unknown>;
  readonly writer?: (writer: ChainWriter) => ChainWriter;
  readonly driver?: (driver: Driver) => Driver;
  readonly store?: (store: Store) => Store;
  readonly names?: DomainNames;
  readonly chain?: (reads: ChainReads) => ChainReads;
  readonly log?: Log;
}

/** For what runs outside this process. */
const realClock: TestClock = { ...systemClock, advance: (ms) => systemClock.sleep(ms) };

const machine: Machine = {
  cores: 4,
  memoryBytes: 8n << 30n,
  storageBytes: 64n << 30n,
  gpus: [],
  arch: 'amd64',
};

export async function createWorld(
  options: StartOptions & { readonly mock?: Omit<MockOptions, 'clock'>; readonly isRealTime?: boolean } = {},
): Promise<World> {
  const clock = options.isRealTime === true ? realClock : createTestClock();
  const chain = createFakeChain({ clock });
  const network = createFakeNetwork();
  const folder = mkdtempSync(join(tmpdir(), 'souk-provider-'));
  const store = openStore(':memory:');
  const driver = createMockDriver({ ...options.mock, clock });
  const [tenant, agent, hotKey, cold] = [createKey(), createKey(), createKey(), createKey()];
  const operator = cold.address;
  chain.giveBalance(tenant.address, 100_000_000n);
  chain.addOperator(operator, hotKey.address);
  // So that no reorg of a test undoes this.
  chain.mine();
  const peer = await network.peer(agent, { clock });
  await peer.join(
    ordersTopic,
    () => 'accept',
    () => undefined,
  );
  const offers: Offer[] = [];
  let salt = 0;

  const until: World['until'] = async (what, get) => {
    for (let turn = 0; turn < 2000; turn += 1) {
      const value = await get();
      if (value !== undefined && value !== false) return value;
      await clock.advance(20);
    }
    throw new Error(`never came: ${what}`);
  };

  const offerOn: World['offerOn'] = async (deployment) => {
    const before = offers.length;
    await peer.publish(ordersTopic, deployment.envelope);
    return until('an offer', () =>
      offers
        .slice(before)
        .find((offer) => (offer.kind === 'bid' ? offer.bid.message.order : offer.order) === deployment.lease),
    );
  };

  const world: World = {
    clock,
    chain,
    network,
    driver,
    store,
    tenant,
    agent,
    peer,
    operator,
    hotKey,
    folder,
    offers,
    provider: undefined as unknown as Provider,
    providerPeer: undefined as unknown as Peer,
    answer: 'noted',
    until,
    offerOn,

    async start(start = {}) {
      const chosen = { ...options, ...start };
      world.providerPeer = await network.peer(hotKey, { clock, ...(chosen.log && { log: chosen.log }) });
      const config = providerConfigSchema.parse({
        portFrom: 0,
        portTo: 0,
        ...options.config,
        ...start.config,
      });
      const writer = chain.writer(hotKey);
      world.provider = await startProvider(
        {
          peer: world.providerPeer,
          chain: chosen.chain?.(chain.reads) ?? chain.reads,
          writer: chosen.writer?.(writer) ?? writer,
          signer: hotKey,
          operator,
          secrets: createSecretBox(hotKey.privateKey),
          driver: chosen.driver?.(driver) ?? driver,
          store: chosen.store?.(store) ?? store,
          metrics: createMetrics({ process: false }),
          prices: parsePriceList(defaultPrices, 6),
          folder,
          clock,
          log: chosen.log ?? silentLog,
          machine,
          ...(chosen.names ? { names: chosen.names } : {}),
        },
        config,
      );
      await peer.connect(world.providerPeer.addresses());
      await peer.waitForTopicPeers(ordersTopic, 1);
    },
    async stop() {
      const stopping = world.provider[Symbol.asyncDispose]();
      await until('the provider to stop', () => Promise.resolve(stopping).then(() => true as const));
      await world.providerPeer[Symbol.asyncDispose]();
    },

    async draft(patch = {}, text = sdl) {
      const read = readSdl(text);
      const group = read.workload?.groups[0];
      if (!group) throw new Error(`not a workload: ${JSON.stringify(read.errors)}`);
      const order: Order = {
        tenant: tenant.address,
        agent: agent.address,
        watcher: zeroAddress,
        token: chain.reads.network.token.address,
        manifest: group.manifestHash,
        requirements: hashRequirements(group.requirements),
        maxRate: 1_000_000n,
        deposit: 1_000_000n,
        clawbackWindow: 60,
        startWindow: 600,
        expiresAt: chain.now() + 300,
        counter: 0n,
        salt: `0x${(salt += 1).toString(16).padStart(64, '0')}`,
        ...patch,
      };
      const envelope = {
        order: { ...(await tenant.sign(chain.reads.domain, 'Order', order)) },
        requirements: group.requirements,
        replyTo: [...peer.addresses()],
      };
      return { envelope, lease: leaseIdOf(order), group: group.manifest };
    },
    async bidOn(deployment) {
      const offer = await offerOn(deployment);
      if (offer.kind !== 'bid')
        throw new Error(`declined: ${JSON.stringify(offer.declines, (_k, v) => `${v}`)}`);
      return offer.bid;
    },
    async acceptance(deployment, bid, images = []) {
      const message = { order: deployment.lease, bid: hashMessage('Bid', bid.message) };
      const acceptance = await agent.sign(chain.reads.domain, 'Acceptance', message);
      const { order, requirements } = deployment.envelope;
      return {
        order,
        bid: { ...bid },
        acceptance: { ...acceptance },
        requirements,
        manifest: deployment.group,
        runtime: plainRuntime,
        images: [...images],
      };
    },
    accept: (request, from = peer) => from.ask(world.providerPeer.addresses(), acceptProtocol, request),
    async run(patch, text) {
      const deployment = await world.draft(patch, text);
      const request = await world.acceptance(deployment, await world.bidOn(deployment));
      const answer = await world.accept(request);
      if (!answer.ok) throw new Error(`refused: ${answer.reason} ${answer.detail}`);
      await until('running', async () => (await world.status(deployment.lease)).phase === 'running');
      return { ...deployment, request };
    },
    async ready(lease, { readyAt = chain.now(), by = agent } = {}) {
      const ready = { ...(await by.sign(chain.reads.domain, 'Ready', { lease, readyAt })) };
      return peer.ask(world.providerPeer.addresses(), signedProtocol, { kind: 'ready', ready });
    },
    async close(lease, { effectiveAt = chain.now(), by = agent } = {}) {
      const close = { ...(await by.sign(chain.reads.domain, 'Close', { lease, effectiveAt })) };
      return peer.ask(world.providerPeer.addresses(), signedProtocol, { kind: 'close', close });
    },
    async status(lease) {
      const answer = await peer.ask(world.providerPeer.addresses(), statusProtocol, { lease });
      if (!answer.ok) throw new Error(`no status: ${answer.reason}`);
      return answer.status;
    },
    onChain: (lease) => chain.reads.leaseOf(lease),
    async [Symbol.asyncDispose]() {
      await world.stop();
      await peer[Symbol.asyncDispose]();
      await chain[Symbol.asyncDispose]();
      store[Symbol.dispose]();
      rmSync(folder, { recursive: true });
    },
  };
  await peer.answer(bidProtocol, async (offer) => {
    offers.push(offer);
    return { status: world.answer };
  });
  await world.start();
  return world;
}

export function digestOf(bytes: Uint8Array): string {
  return `sha256:${createHash('sha256').update(bytes).digest('hex')}`;
}
