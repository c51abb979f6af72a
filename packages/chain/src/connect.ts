/** The chain as it is read: the port ChainReads over one RPC node. Holds no key and sends nothing. */
import {
  type Address,
  type Clock,
  digestOf,
  Fault,
  type Log,
  type MessageName,
  type Messages,
  recoverSigner,
  type Signed,
  zeroAddress,
} from '@souk/protocol';
import { BlockNotFoundError, type Hex, parseAbi } from 'viem';
import { marketAbi } from './abi/market.ts';
import { operatorsAbi } from './abi/operators.ts';
import type { ChainReads, Follower, Network } from './chain.ts';
import { chainConfigSchema, type ChainSettings, pollMsOf } from './config.ts';
import { createEventReader } from './events.ts';
import { type Block, type BlockSource, startFollower } from './follow.ts';
import { lower } from './logs.ts';
import { ask, connectRpc, type Rpc } from './rpc.ts';
import type { SubnetReads } from './subnets/port.ts';
import { connectSubnets, subnetsMismatch } from './subnets/reads.ts';
import { tokenAbi } from './token-abi.ts';

export interface ChainDeps {
  readonly log: Log;
  readonly clock: Clock;
}

export type Chain = ChainReads &
  AsyncDisposable & {
    /** Throws `chain.no-subnets` where the network has none. */
    readonly subnets: SubnetReads;
  };

const statuses = ['unknown', 'open', 'closed'] as const;
const erc1271Abi = parseAbi([
  'function isValidSignature(bytes32 hash, bytes signature) view returns (bytes4)',
]);
const erc1271Yes = '0x1626ba7e';

/** Connects on first use; `check()` tells whether the node is of this network. */
export function connectChain(deps: ChainDeps, config: { readonly network: Network } & ChainSettings): Chain {
  const { network: book, ...settings } = config;
  const { rpcUrl, rpcTimeoutMs, ...rest } = chainConfigSchema.parse(settings);
  const pollMs = pollMsOf(book.isLocal, 'following', rest.pollMs);
  const network: Network = { ...book, rpcUrl: rpcUrl ?? book.rpcUrl };
  const rpc = connectRpc(network.rpcUrl, rpcTimeoutMs);
  const domain = { chainId: network.chainId, market: network.market };
  const market = { address: network.market, abi: marketAbi } as const;
  const operators = { address: network.operators, abi: operatorsAbi } as const;
  const token = { address: network.token.address, abi: tokenAbi } as const;
  const events = createEventReader(rpc, network);
  const followers = new Set<Follower>();
  let minimumBond: Promise<bigint> | undefined;
  let subnets: SubnetReads | undefined;

  async function isSignatureValid<N extends MessageName>(
    name: N,
    signed: Signed<Messages[N]>,
  ): Promise<boolean> {
    if (recoverSigner(domain, name, signed) === signed.signer) return true;
    const code = await ask(rpc, (client) => client.getCode({ address: signed.signer }));
    if (code === undefined || code === '0x') return false;
    const args = [digestOf(domain, name, signed.message), signed.signature] as const;
    return isAcceptedByWallet(rpc, signed.signer, args);
  }

  const reads: ChainReads = {
    network,
    domain,
    check: () => checkNetwork(rpc, network),
    head: async () => {
      const { number, timestamp } = await latestBlock(rpc);
      return { number, timestamp };
    },
    balanceOf: (account) =>
      ask(rpc, (client) =>
        client.readContract({ ...market, functionName: 'balanceOf', args: [token.address, account] }),
      ),
    walletBalanceOf: (account) =>
      ask(rpc, (client) => client.readContract({ ...token, functionName: 'balanceOf', args: [account] })),
    gasBalanceOf: (account) => ask(rpc, (client) => client.getBalance({ address: account })),
    counterOf: (tenant) =>
      ask(rpc, (client) => client.readContract({ ...market, functionName: 'counterOf', args: [tenant] })),
    leaseOf: async (lease) => {
      const [state, termsHash] = await ask(rpc, (client) =>
        client.readContract({ ...market, functionName: 'leaseOf', args: [lease] }),
      );
      const { funded, collected, readyAt } = state;
      return { funded, collected, readyAt, status: statuses[state.status] ?? 'unknown', termsHash };
    },
    operatorOf: async (operator) => {
      const found = await ask(rpc, (client) =>
        client.readContract({ ...operators, functionName: 'operatorOf', args: [operator] }),
      );
      return { hotKey: lower(found.hotKey), bond: found.bond, metadata: found.metadata };
    },
    operatorByHotKey: async (hotKey) =>
      unlessZero(
        await ask(rpc, (client) =>
          client.readContract({ ...operators, functionName: 'operatorByHotKey', args: [hotKey] }),
        ),
      ),
    activeHotKey: async (operator) =>
      unlessZero(
        await ask(rpc, (client) =>
          client.readContract({ ...operators, functionName: 'activeHotKey', args: [operator] }),
        ),
      ),
    minimumBond: () => {
      minimumBond ??= ask(rpc, (client) =>
        client.readContract({ ...operators, functionName: 'minimumBond' }),
      );
      minimumBond.catch(() => (minimumBond = undefined));
      return minimumBond;
    },
    isSignatureValid,
    eventsSince: async (from, filter = {}) => {
      const { number } = await latestBlock(rpc);
      return events.readAll(Math.max(from, network.fromBlock), number, filter);
    },
    follow: async (options) => {
      const filter = options.filter ?? {};
      const source: BlockSource = {
        head: () => latestBlock(rpc),
        block: (number) => blockAt(rpc, number),
        eventsOf: (block) => events.read({ hash: block.hash }, filter),
        eventsBetween: (from, to) => events.read({ from, to }, filter),
        nextHead: (signal) => deps.clock.sleep(pollMs, signal),
      };
      const follower = startFollower({ ...deps, source }, { fromBlock: network.fromBlock }, options);
      followers.add(follower);
      return {
        isHealthy: () => follower.isHealthy(),
        head: () => follower.head(),
        [Symbol.asyncDispose]: async () => {
          followers.delete(follower);
          await follower[Symbol.asyncDispose]();
        },
      };
    },
  };
  return {
    ...reads,
    get subnets() {
      subnets ??= connectSubnets(reads, settings);
      return subnets;
    },
    [Symbol.asyncDispose]: async () => {
      await Promise.all([...followers].map((follower) => follower[Symbol.asyncDispose]()));
    },
  };
}

/** All questions at once; the first answer that does not fit the address book is the fault. */
async function checkNetwork(rpc: Rpc, network: Network): Promise<void> {
  const chainId = await ask(rpc, (client) => client.getChainId());
  if (chainId !== network.chainId) {
    throw wrongNetwork(
      network,
      `the node is of chain ${chainId}, the address book of chain ${network.chainId}`,
    );
  }
  await Promise.all(
    (['market', 'operators'] as const).map(async (name) => {
      const code = await ask(rpc, (client) => client.getCode({ address: network[name] }));
      if (code === undefined || code === '0x') {
        throw wrongNetwork(network, `there is no contract at ${network[name]}, where ${name} should be`);
      }
    }),
  );
  const market = { address: network.market, abi: marketAbi } as const;
  const { address, decimals } = network.token;
  const [operators, isAllowed, tokenDecimals] = await Promise.all([
    answerOf(network, () => rpc.client.readContract({ ...market, functionName: 'operators' })),
    answerOf(network, () =>
      rpc.client.readContract({ ...market, functionName: 'isTokenAllowed', args: [address] }),
    ),
    answerOf(network, () => rpc.client.readContract({ address, abi: tokenAbi, functionName: 'decimals' })),
  ]);
  if (lower(operators) !== network.operators) {
    throw wrongNetwork(
      network,
      `the Market's operators are at ${lower(operators)}, not at ${network.operators}`,
    );
  }
  if (!isAllowed) throw wrongNetwork(network, `the Market does not take the token ${address}`);
  if (tokenDecimals !== decimals) {
    throw wrongNetwork(network, `the token has ${tokenDecimals} decimals, the address book says ${decimals}`);
  }
  const { subnets } = network;
  const mismatch = subnets && (await answerOf(network, () => subnetsMismatch(rpc, subnets)));
  if (mismatch !== undefined) throw wrongNetwork(network, mismatch);

  async function answerOf<T>(book: Network, question: () => Promise<T>): Promise<T> {
    try {
      return await ask(rpc, question);
    } catch (error) {
      if (error instanceof Fault && error.code === 'chain.unreachable') throw error;
      throw wrongNetwork(book, 'a contract of the address book does not answer as the Market does', error);
    }
  }
}

function wrongNetwork(network: Network, what: string, cause?: unknown): Fault {
  return new Fault('chain.wrong-network', `this is not the network "${network.name}": ${what}`, {
    blame: 'user',
    data: { network: network.name, chainId: network.chainId, market: network.market },
    remedy:
      'check the RPC URL and the address book; a local network is made anew by `souk down --wipe` and `souk up`',
    ...(cause === undefined ? {} : { cause }),
  });
}

async function latestBlock(rpc: Rpc): Promise<Block> {
  return toBlock(await ask(rpc, (client) => client.getBlock({ blockTag: 'latest' })));
}

async function blockAt(rpc: Rpc, number: number): Promise<Block | undefined> {
  return ask(rpc, async (client) => {
    try {
      return toBlock(await client.getBlock({ blockNumber: BigInt(number) }));
    } catch (error) {
      if (error instanceof BlockNotFoundError) return undefined;
      throw error;
    }
  });
}

function toBlock(block: {
  readonly number: bigint;
  readonly hash: Hex;
  readonly parentHash: Hex;
  readonly timestamp: bigint;
}): Block {
  const { hash, parentHash } = block;
  return { number: Number(block.number), hash, parentHash, timestamp: Number(block.timestamp) };
}

/** A wallet that reverts says no; a node that does not answer says nothing. */
async function isAcceptedByWallet(rpc: Rpc, wallet: Address, args: readonly [Hex, Hex]): Promise<boolean> {
  const call = { address: wallet, abi: erc1271Abi, functionName: 'isValidSignature', args } as const;
  try {
    return (await ask(rpc, (client) => client.readContract(call))) === erc1271Yes;
  } catch (error) {
    if (error instanceof Fault && error.code === 'chain.rpc-failed') return false;
    throw error;
  }
}

function unlessZero(address: Address): Address | undefined {
  return address === zeroAddress ? undefined : lower(address);
}
