/**
 * A whole Souk network on this machine: a chain, the contracts, a faucet, a bootstrap peer, three providers and a
 * watch. For `souk up`, the scenarios and the benches. Everything here is the real thing; only its scale is small.
 */
import { randomBytes } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import {
  type ChainReads,
  connectChain,
  connectSubnets,
  deployContracts,
  faucetKey,
  loadNetwork,
  type LocalChain,
  type Network,
  startLocalChain,
  startWriter,
  type Writer,
} from '@souk/chain';
import { openKeystore } from '@souk/daemon';
import { netConfigSchema, type Peer, remoteOfKey, startPeer } from '@souk/net';
import {
  type Address,
  attestationsTopic,
  capacityTopic,
  createKey,
  Fault,
  type Hex,
  type LocalKey,
  localKey,
  type Log,
  ordersTopic,
  systemClock,
} from '@souk/protocol';
import { createCapacityValidator, createOrderValidator } from '@souk/provider';
import { createAttestationRelay } from '@souk/subnets';
import { writeFileAtomically } from '../home.ts';
import { type Child, startChild } from './children.ts';
import { type LocalProvider, localProviders, priceFileOf } from './providers.ts';
import { type LocalActor, type LocalSubnet, type LocalSubnetOptions, startLocalSubnet } from './subnet.ts';
import { freePorts, loadState, localFolder, type LocalFolder, type LocalState, saveState } from './state.ts';

export interface LocalNetworkOptions {
  readonly home: string;
  readonly log: Log;
  readonly blockTimeSeconds?: number;
  readonly driver?: string;
  readonly providers?: readonly LocalProvider[];
  readonly watch?: boolean;
  /** Also a subnet with miners and validators in it. */
  readonly subnet?: LocalSubnetOptions;
  /** Leave a provider that dies dead, as a machine that is gone. */
  readonly deadStayDead?: boolean;
  /** What the tenant's key gets of the test token at first, in whole tokens; a tenth of it is deposited. */
  readonly fundUsd?: number;
  /** Called before each step that takes a while. */
  readonly onStep?: (step: string) => void;
}

export interface LocalNetwork extends AsyncDisposable {
  readonly network: Network;
  readonly folder: LocalFolder;
  readonly tenant: Address;
  readonly providers: readonly RunningProvider[];
  readonly subnet: LocalSubnet | undefined;
}

export interface RunningProvider {
  readonly name: string;
  readonly pid: () => number | undefined;
  readonly operator: string;
  readonly ingress: string;
  readonly admin: string;
  readonly driver: string;
  readonly warnings: readonly string[];
}

/** Name of the tenant's key that a local network makes and funds. */
export const localKeyName = 'local';
const tenantFunds = 1_000;
const providerFunds = 1_000;
const tenantSouk = 10_000n;
const oneSouk = 10n ** 18n;
const gasWei = 10n ** 18n;
/** Stake and collateral come back while one looks on. */
const briefDelays = { unstakeDelaySeconds: 20, collateralDelaySeconds: 20 };
const providerStartMs = 60_000;

export async function startLocalNetwork(options: LocalNetworkOptions): Promise<LocalNetwork> {
  const folder = localFolder(options.home);
  const step = options.onStep ?? (() => undefined);
  const sellers = options.providers ?? localProviders;
  const state = await prepareState(folder, sellers);
  await using stack = new AsyncDisposableStack();

  step('starting the chain');
  const anvil = stack.use(
    await startLocalChain({
      dataFolder: folder.chain,
      port: state.rpcPort,
      blockTimeSeconds: options.blockTimeSeconds ?? 1,
      log: options.log,
    }),
  );
  const network = await ensureContracts(folder, state, anvil, step);
  const chain = stack.use(connectChain({ log: options.log, clock: systemClock }, { network }));
  const faucet = stack.use(startWriter({ chain, key: faucetKey, log: options.log }, {}));

  step('starting the bootstrap peer');
  stack.use(await startBootstrap(state, chain, options.log));

  step('funding the keys of this network');
  const password = ensurePassword(folder);
  const tenant = await fundTenant({ options, chain, faucet, password });

  step(`starting ${sellers.length} providers`);
  const providers: RunningProvider[] = [];
  const children = await Promise.all(
    sellers.map(async (seller) => {
      await fundProvider({ folder, seller, chain, faucet, password });
      return startProviderChild({ folder, seller, state, options });
    }),
  );
  for (const child of children) {
    stack.use(child);
    providers.push(describe(child));
  }
  step('waiting for the providers to serve');
  await Promise.all(providers.map((provider) => untilHealthy(provider)));
  if (options.watch ?? true) {
    stack.use(
      await startChild({
        name: 'watch',
        args: ['watch', '--json', '--home', options.home, '--network', folder.networkFile],
        logs: folder.logs,
        log: options.log,
        startMs: 20_000,
      }),
    );
  }
  const funding = { chain, faucet, password };
  const subnet =
    options.subnet &&
    stack.use(await startSubnet({ ...funding, folder, step, options, wish: options.subnet }));
  const owned = stack.move();
  return { network, folder, tenant, providers, subnet, [Symbol.asyncDispose]: () => owned.disposeAsync() };
}

async function prepareState(folder: LocalFolder, sellers: readonly LocalProvider[]): Promise<LocalState> {
  const known = loadState(folder);
  if (known && sellers.every((seller) => seller.name in known.providers)) return known;
  const [rpcPort = 0, bootstrapPort = 0, ...rest] = await freePorts(2 + 3 * sellers.length);
  const state: LocalState = {
    rpcPort: known?.rpcPort ?? rpcPort,
    bootstrapPort: known?.bootstrapPort ?? bootstrapPort,
    bootstrapKey: known?.bootstrapKey ?? createKey().privateKey,
    providers: Object.fromEntries(
      sellers.map((seller, index) => {
        const [peerPort = 0, ingressPort = 0, adminPort = 0] = rest.slice(index * 3, index * 3 + 3);
        return [seller.name, known?.providers[seller.name] ?? { peerPort, ingressPort, adminPort }];
      }),
    ),
  };
  saveState(folder, state);
  return state;
}

async function ensureContracts(
  folder: LocalFolder,
  state: LocalState,
  anvil: LocalChain,
  step: (text: string) => void,
): Promise<Network> {
  if (existsSync(folder.networkFile)) return loadNetwork(folder.networkFile);
  step('deploying the contracts');
  const deployed = await deployContracts(anvil.rpcUrl, faucetKey, { subnets: briefDelays });
  const bootstrap = [bootstrapAddress(state)];
  const network: Network = { ...deployed, name: 'local', rpcUrl: anvil.rpcUrl, bootstrap, isLocal: true };
  writeFileAtomically(folder.networkFile, `${JSON.stringify(network, null, 2)}\n`);
  return network;
}

function bootstrapAddress(state: LocalState): string {
  return `/ip4/127.0.0.1/tcp/${state.bootstrapPort}/p2p/${remoteOfKey(state.bootstrapKey as Hex).peerId}`;
}

/** The peer that everyone knows. It checks orders as providers do before it passes them on. */
async function startBootstrap(state: LocalState, chain: ChainReads, log: Log): Promise<Peer> {
  const config = netConfigSchema.parse({ listen: [`/ip4/127.0.0.1/tcp/${state.bootstrapPort}`] });
  const key = localKey(state.bootstrapKey as Hex);
  const peer = await startPeer({ key, log: log.child({ peer: 'bootstrap' }), clock: systemClock }, config);
  const validate = createOrderValidator({ chain, clock: systemClock });
  await peer.join(ordersTopic, validate, () => undefined);
  const { domain } = connectSubnets(chain);
  const relay = createAttestationRelay({
    domain,
    clock: systemClock,
    operatorByHotKey: (key) => chain.operatorByHotKey(key),
  });
  await peer.join(attestationsTopic, relay, () => undefined);
  await peer.join(capacityTopic, createCapacityValidator({ chain, clock: systemClock }), () => undefined);
  return peer;
}

function ensurePassword(folder: LocalFolder): string {
  if (!existsSync(folder.passwordFile))
    writeFileAtomically(folder.passwordFile, `${randomBytes(24).toString('base64url')}\n`);
  return readFileSync(folder.passwordFile, 'utf8').trim();
}

interface Funding {
  readonly chain: ChainReads;
  readonly faucet: Writer;
  readonly password: string;
}

async function fundTenant(input: Funding & { readonly options: LocalNetworkOptions }): Promise<Address> {
  const { chain, faucet, password, options } = input;
  const key = await ensureKey(`${options.home}/keys`, localKeyName, password);
  const amount = tokens(chain.network, options.fundUsd ?? tenantFunds);
  if ((await chain.walletBalanceOf(key.address)) + (await chain.balanceOf(key.address)) > 0n)
    return key.address;
  await fund({ chain, faucet, to: key.address, amount, souk: tenantSouk * oneSouk });
  await using writer = startWriter({ chain, key, log: options.log }, {});
  await writer.deposit(amount / 10n);
  return key.address;
}

async function fundProvider(
  input: Funding & { readonly folder: LocalFolder; readonly seller: LocalProvider },
): Promise<void> {
  const { chain, faucet, password, folder, seller } = input;
  const home = folder.provider(seller.name);
  writeFileAtomically(`${home}/prices.yaml`, priceFileOf(seller));
  const key = await ensureKey(`${home}/keys`, seller.name, password);
  if ((await chain.gasBalanceOf(key.address)) > 0n) return;
  await fund({ chain, faucet, to: key.address, amount: tokens(chain.network, providerFunds) });
}

async function startSubnet(
  input: Funding & {
    readonly folder: LocalFolder;
    readonly step: (text: string) => void;
    readonly options: LocalNetworkOptions;
    readonly wish: LocalSubnetOptions;
  },
): Promise<LocalSubnet> {
  const { chain, faucet, password, folder, step, options, wish } = input;
  const { log } = options;
  const key = await ensureKey(`${options.home}/keys`, localKeyName, password);
  await using writer = startWriter({ chain, key, log }, {});
  const fundActor = async (home: string, actor: LocalActor) => {
    const { address } = await ensureKey(`${home}/keys`, actor.name, password);
    if ((await chain.gasBalanceOf(address)) > 0n) return;
    const amount = tokens(chain.network, providerFunds);
    await fund({ chain, faucet, to: address, amount, souk: BigInt(actor.souk) * oneSouk });
  };
  const staysDead = options.deadStayDead === true;
  const deps = {
    folder,
    log,
    step,
    staysDead,
    reads: connectSubnets(chain),
    owner: writer.subnets,
    fund: fundActor,
  };
  return await startLocalSubnet(deps, wish);
}

async function fund(input: {
  readonly chain: ChainReads;
  readonly faucet: Writer;
  readonly to: Address;
  readonly amount: bigint;
  readonly souk?: bigint;
}): Promise<void> {
  const { faucet, to, amount, souk } = input;
  await Promise.all([
    faucet.sendGas(to, gasWei),
    faucet.mintTest(to, amount),
    ...(souk === undefined ? [] : [faucet.subnets.transferSouk(to, souk)]),
  ]);
}

async function ensureKey(folder: string, name: string, password: string): Promise<LocalKey> {
  const keystore = openKeystore(folder);
  if (!keystore.list().some((entry) => entry.name === name)) await keystore.create(name, password);
  return keystore.unlock(name, password);
}

function tokens(network: Network, whole: number): bigint {
  return BigInt(whole) * 10n ** BigInt(network.token.decimals);
}

function startProviderChild(input: {
  readonly folder: LocalFolder;
  readonly seller: LocalProvider;
  readonly state: LocalState;
  readonly options: LocalNetworkOptions;
}): Promise<Child> {
  const { folder, seller, state, options } = input;
  const ports = state.providers[seller.name];
  if (!ports) throw new Fault('local.state-damaged', `no ports for ${seller.name}`, { blame: 'self' });
  const home = folder.provider(seller.name);
  const flags = {
    home,
    network: folder.networkFile,
    key: seller.name,
    'password-file': folder.passwordFile,
    'price-file': `${home}/prices.yaml`,
    capacity: seller.capacity,
    listen: `/ip4/127.0.0.1/tcp/${ports.peerPort}`,
    'ingress-port': String(ports.ingressPort),
    'admin-port': String(ports.adminPort),
    ...(options.driver === undefined ? {} : { driver: options.driver }),
  };
  const args = [
    'provide',
    '--json',
    '--yes',
    ...Object.entries(flags).flatMap(([flag, value]) => [`--${flag}`, value]),
    ...seller.attributes.flatMap((attribute) => ['--attribute', attribute]),
  ];
  return startChild({
    name: seller.name,
    args,
    logs: folder.logs,
    log: options.log,
    startMs: providerStartMs,
    ...(options.deadStayDead === undefined ? {} : { staysDead: options.deadStayDead }),
  });
}

/** Until it follows the chain and hears orders; throws what its health page says otherwise. */
async function untilHealthy(provider: RunningProvider): Promise<void> {
  const deadline = systemClock.now() + providerStartMs;
  for (let last = 'no answer'; ; await systemClock.sleep(100)) {
    try {
      const response = await fetch(`${provider.admin}/healthz`, { signal: AbortSignal.timeout(2_000) });
      if (response.ok) return;
      last = await response.text();
    } catch (error) {
      last = (error as Error).message;
    }
    if (systemClock.now() < deadline) continue;
    throw new Fault('local.provider-unhealthy', `${provider.name} does not serve: ${last}`, {
      blame: 'self',
      data: { provider: provider.name },
      remedy: `look at ${provider.admin}/healthz and at its log`,
    });
  }
}

function describe(child: Child): RunningProvider {
  const text = (key: string) => {
    const value = child.started[key];
    return typeof value === 'string' ? value : '';
  };
  const warnings = child.started['warnings'];
  return {
    name: child.name,
    pid: () => child.pid(),
    operator: text('operator'),
    ingress: text('ingress'),
    admin: text('admin'),
    driver: text('driver'),
    warnings: Array.isArray(warnings) ? warnings.map(String) : [],
  };
}
