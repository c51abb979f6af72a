/**
 * The provider: everything between an order heard and money collected, put together. Constructs every part and stops
 * them in reverse; what runs for tenants goes on running, and the next start finds it again.
 */
import { join } from 'node:path';
import type { ChainReads, ChainWriter } from '@souk/chain';
import { type Metrics, startHttp, type Store } from '@souk/daemon';
import type { Peer } from '@souk/net';
import {
  type Address,
  capacityTopic,
  type Clock,
  type Log,
  type OrderEnvelope,
  ordersTopic,
  parseAmount,
  type PriceList,
  priceOf,
  type Signer,
} from '@souk/protocol';
import { createAdmin } from './admin.ts';
import { createAssessor } from './bidding/assess.ts';
import { createBidder, type Pricer } from './bidding/bidder.ts';
import { createCapacityValidator } from './bidding/capacity-validator.ts';
import { createOrderValidator } from './bidding/order-validator.ts';
import { publishCapacity } from './bidding/publish.ts';
import type { ProviderConfig } from './config.ts';
import { addControl, keepControlFile, newToken } from './control.ts';
import type { Driver } from './drivers/driver.ts';
import { type HealthPart, startHealth } from './health.ts';
import type { DomainNames } from './ingress/https/ownership.ts';
import { startSecure } from './ingress/https/secure.ts';
import { type IngressDeps, startIngress } from './ingress/ingress.ts';
import { capacityOf, pricesOf } from './inventory/capacity.ts';
import { createLedger } from './inventory/ledger.ts';
import { discoverMachine, type Machine } from './inventory/machine.ts';
import { openBook } from './leases/book.ts';
import { createImageStore } from './leases/images.ts';
import { openJournal } from './leases/journal.ts';
import { startLeases } from './leases/leases.ts';
import type { SecretBox } from './leases/secrets.ts';
import { startLogKeeper } from './logs/keeper.ts';
import { startMetering } from './metering/metering.ts';
import { createProviderMetrics } from './metrics.ts';
import { createOutbound } from './outbound/outbound.ts';
import { priceByScript } from './pricing/script.ts';

export interface ProviderDeps {
  readonly peer: Peer;
  readonly chain: ChainReads;
  /** Of the hot key. */
  readonly writer: ChainWriter;
  /** The operator's hot key: signs bids. The peer's key must be the same. */
  readonly signer: Signer;
  readonly operator: Address;
  /** Of the hot key: opens what is sealed to it. */
  readonly secrets: SecretBox;
  readonly driver: Driver;
  readonly store: Store;
  readonly metrics: Metrics;
  readonly prices: PriceList;
  /** Where this daemon may keep files. */
  readonly folder: string;
  readonly clock: Clock;
  readonly log: Log;
  /** The DNS for tenants’ own domains; the system’s where it is left out. */
  readonly names?: DomainNames;
  /** Left out, this machine is looked at. */
  readonly machine?: Machine;
}

export interface Provider extends AsyncDisposable {
  /** Of the HTTP ingress. */
  readonly url: string;
  readonly adminUrl: string;
  troubles(): Readonly<Partial<Record<HealthPart, string>>>;
  /** Leases that are not closed. */
  countLeases(): number;
}

export async function startProvider(deps: ProviderDeps, config: ProviderConfig): Promise<Provider> {
  const { peer, chain, driver, clock, log, operator, signer } = deps;
  await using stack = new AsyncDisposableStack();
  const metrics = createProviderMetrics(deps.metrics);
  const capacity = capacityOf(deps.machine ?? (await discoverMachine(deps.folder)), config);
  const ledger = createLedger(
    capacity.total,
    capacity.gpus.map((gpu) => gpu.id),
  );
  const journal = openJournal(deps.store, config);
  const book = openBook({ journal, clock, log });
  const images = createImageStore({ driver, folder: join(deps.folder, 'uploads'), clock }, config);

  const shared = { ...deps, metrics, capacity, ledger, journal, book, images, hotKey: signer.address };
  const late: { nudge: Parameters<typeof startIngress>[0]['onTrouble'] } = { nudge: () => undefined };
  const ingress = stack.use(
    await startIngress(
      {
        ...shared,
        phaseOf: (id) => book.get(id)?.phase,
        onTrouble: (id) => late.nudge(id),
        lastPort: journal.ingressPort(),
        ...httpsOf(shared, config),
      },
      config,
    ),
  );
  if (ingress.port !== journal.ingressPort()) journal.saveIngressPort(ingress.port);
  const metering = stack.use(startMetering(shared, config));
  const outbound = createOutbound({ mayCallPrivate: config.callPrivateAddresses });
  const logs = stack.use(startLogKeeper({ ...shared, outbound }, config));

  const prices = pricesOf(deps.prices, capacity);
  const tokens = config.tokens ?? [chain.network.token.address];
  const troubles: { notServing: () => string | undefined } = { notServing: () => 'starting' };
  const price = pricer(prices, config);
  const bidder = createBidder(
    {
      ...shared,
      domain: chain.domain,
      tokens,
      prices,
      price,
      countLeases: () => book.countLive(),
      notServing: () => troubles.notServing(),
    },
    config,
  );
  const leases = stack.use(
    await startLeases(
      {
        ...shared,
        ingress,
        metering,
        logs,
        collectMinimum: parseAmount(config.collectMinimum, chain.network.token.decimals),
        assess: createAssessor({ ...shared, price, tokens }, config),
        onOpenedElsewhere: (lease) => bidder.forget(lease),
      },
      config,
    ),
  );
  late.nudge = (lease) => leases.nudge(lease);

  const health = stack.use(
    await startHealth(
      {
        ...shared,
        isFollowing: () => leases.isFollowing(),
        transactionFailures: () => leases.transactionFailures(),
      },
      { ...config, minimumGasWei: BigInt(config.minimumGasWei) },
    ),
  );
  troubles.notServing = () => health.notServing();

  const validate = createOrderValidator(
    { chain, clock, onRefused: (reason) => metrics.ordersRefused.inc({ reason }) },
    config,
  );
  const stop = new AbortController();
  stack.defer(() => stop.abort());
  await peer.join(ordersTopic, validate, (envelope) => {
    if (!stop.signal.aborted) bidder.hear(envelope);
  });
  await peer.join(capacityTopic, createCapacityValidator({ chain, clock }), () => undefined);
  stack.use(
    publishCapacity(
      { ...shared, facts: () => bidder.facts(), isScripted: config.priceScript !== undefined },
      config,
    ),
  );
  const token = newToken();
  const app = createAdmin({ metrics: deps.metrics, health, book });
  addControl(app, { token, book, reclaim: (lease) => leases.reclaim(lease) });
  const admin = stack.use(await startHttp(app, { host: config.adminHost, port: config.adminPort }));
  stack.use(keepControlFile(deps.folder, { url: admin.url, token }));
  log.info('provider started', { operator, driver: driver.name, ingress: ingress.url, admin: admin.url });

  const running = stack.move();
  return {
    url: ingress.url,
    adminUrl: admin.url,
    troubles: () => health.troubles(),
    countLeases: () => book.countLive(),
    [Symbol.asyncDispose]: () => running.disposeAsync(),
  };
}

function httpsOf(
  deps: Parameters<typeof startSecure>[0],
  config: ProviderConfig,
): Pick<IngressDeps, 'startSecure'> {
  const { httpsPort } = config;
  if (httpsPort === undefined) return {};
  return { startSecure: (front) => startSecure(deps, front, { ...config, httpsPort }) };
}

function pricer(list: PriceList, config: ProviderConfig): Pricer {
  const { priceScript, priceScriptTimeoutMs: timeoutMs } = config;
  return async (envelope: OrderEnvelope) => {
    const rate = priceOf(envelope.requirements, list);
    return priceScript === undefined ? rate : priceByScript(priceScript, envelope, rate, { timeoutMs });
  };
}
