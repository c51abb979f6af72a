/** A real chain with the real contracts, funded keys and signed leases, for the tests of this room. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  type Acceptance,
  type Address,
  type Bid,
  createKey,
  hashMessage,
  type Hex,
  leaseIdOf,
  type LocalKey,
  type Order,
  type Signed,
  silentLog,
  systemClock,
  zeroAddress,
  zeroHash,
} from '@souk/protocol';
import {
  type Chain,
  type ChainReads,
  type ChainSettings,
  connectChain,
  deployContracts,
  faucetKey,
  type LocalChain,
  type Network,
  startLocalChain,
  startWriter,
  type Writer,
} from '../src/index.ts';

export const oneToken = 1_000_000n;

export interface TestChain extends AsyncDisposable {
  readonly local: LocalChain;
  readonly network: Network;
  readonly chain: Chain;
  readonly faucet: Writer;
  readonly folder: string;
  rpc(method: string, ...params: readonly unknown[]): Promise<unknown>;
  /** Moves the chain's time on and mines a block. */
  pass(seconds: number): Promise<void>;
  writer(key: LocalKey, settings?: ChainSettings): Writer;
  /** A key with gas and tokens in its wallet. */
  account(tokens?: bigint): Promise<LocalKey>;
  /** A key with a Market account. */
  tenant(deposit?: bigint): Promise<LocalKey>;
  /** A key that is its own operator and hot key. */
  operator(): Promise<LocalKey>;
}

export async function startTestChain(blockTimeSeconds = 0): Promise<TestChain> {
  await using stack = new AsyncDisposableStack();
  const folder = temporaryFolder(stack);
  const local = stack.use(await startLocalChain({ dataFolder: folder, blockTimeSeconds, log: silentLog }));
  const network = await deployContracts(local.rpcUrl, faucetKey);
  const chain = stack.use(connectChain({ log: silentLog, clock: systemClock }, { network, pollMs: 20 }));
  const writers = stack.use(new AsyncDisposableStack());
  const rpc = (method: string, ...params: readonly unknown[]) => callRpc(local.rpcUrl, method, params);
  const writer = (key: LocalKey, settings: ChainSettings = {}) =>
    writers.use(startWriter({ chain, key, log: silentLog }, { pollMs: 20, ...settings }));
  const faucet = writer(faucetKey);
  const account = async (tokens = 1000n * oneToken) => {
    const key = createKey();
    await Promise.all([faucet.sendGas(key.address, 10n ** 18n), faucet.mintTest(key.address, tokens)]);
    return key;
  };
  const owned = stack.move();
  return {
    local,
    network,
    chain,
    faucet,
    folder,
    rpc,
    writer,
    account,
    pass: async (seconds) => {
      await rpc('evm_increaseTime', seconds);
      await rpc('evm_mine');
    },
    tenant: async (deposit = 100n * oneToken) => {
      const key = await account(deposit + 1000n * oneToken);
      await writer(key).deposit(deposit);
      return key;
    },
    operator: async () => {
      const key = await account();
      await writer(key).register(key.address, 100n * oneToken, zeroHash);
      return key;
    },
    [Symbol.asyncDispose]: () => owned.disposeAsync(),
  };
}

export function temporaryFolder(stack: AsyncDisposableStack): string {
  const folder = mkdtempSync(join(tmpdir(), 'souk-chain-'));
  stack.defer(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

export async function callRpc(
  url: string,
  method: string,
  params: readonly unknown[] = [],
): Promise<unknown> {
  const body = JSON.stringify({ jsonrpc: '2.0', id: 1, method, params });
  const answer = await fetch(url, { method: 'POST', headers: { 'content-type': 'application/json' }, body });
  const { result, error } = (await answer.json()) as { result?: unknown; error?: { message: string } };
  if (error) throw new Error(`${method}: ${error.message}`);
  return result;
}

export interface AgreedLease {
  readonly order: Signed<Order>;
  readonly bid: Signed<Bid>;
  readonly acceptance: Signed<Acceptance>;
}

export interface Parties {
  readonly tenant: LocalKey;
  readonly hotKey: LocalKey;
  readonly operator?: Address;
  /** Accepts in the tenant's stead. */
  readonly agent?: LocalKey;
}

let salts = 0;

/** A lease that both sides have signed; rate 3600 units an hour, so one unit a second, unless told otherwise. */
export async function agreeLease(
  chain: ChainReads,
  { tenant, hotKey, operator = hotKey.address, agent }: Parties,
  changes: { readonly order?: Partial<Order>; readonly bid?: Partial<Bid> } = {},
): Promise<AgreedLease> {
  const { timestamp } = await chain.head();
  salts += 1;
  const order: Order = {
    tenant: tenant.address,
    agent: agent?.address ?? zeroAddress,
    watcher: zeroAddress,
    token: chain.network.token.address,
    manifest: zeroHash,
    requirements: zeroHash,
    maxRate: 1_000_000n,
    deposit: oneToken,
    clawbackWindow: 600,
    startWindow: 300,
    expiresAt: timestamp + 3600,
    counter: 0n,
    salt: saltOf(salts),
    ...changes.order,
  };
  const bid: Bid = {
    order: leaseIdOf(order),
    operator,
    rate: 3600n,
    minimumCharge: 0n,
    expiresAt: timestamp + 3600,
    ...changes.bid,
  };
  const agreed = { order: bid.order, bid: hashMessage('Bid', bid) };
  return {
    order: await tenant.sign(chain.domain, 'Order', order),
    bid: await hotKey.sign(chain.domain, 'Bid', bid),
    acceptance: await (agent ?? tenant).sign(chain.domain, 'Acceptance', agreed),
  };
}

function saltOf(count: number): Hex {
  return `0x${count.toString(16).padStart(64, '0')}`;
}
