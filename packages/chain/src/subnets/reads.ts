/** Subnets as they are read: the port SubnetReads over the node that a chain reads from. Holds no key, sends nothing. */
import { Fault, subnetParams as paramTable, type SubnetParams } from '@souk/protocol';
import { BlockNotFoundError } from 'viem';
import { emissionsAbi } from '../abi/emissions.ts';
import { epochsAbi } from '../abi/epochs.ts';
import { soukTokenAbi } from '../abi/souk-token.ts';
import { stakesAbi } from '../abi/stakes.ts';
import { subnetsAbi } from '../abi/subnets.ts';
import type { ChainReads, Network, SubnetsBook } from '../chain.ts';
import { chainConfigSchema, type ChainSettings } from '../config.ts';
import { lower } from '../logs.ts';
import { ask, connectRpc, type Rpc } from '../rpc.ts';
import { readSubnetEvents } from './events.ts';
import type { SubnetReads, SubnetState } from './port.ts';

/** Throws `chain.no-subnets` where the network has none. */
export function connectSubnets(chain: ChainReads, settings: ChainSettings = {}): SubnetReads {
  const { network } = chain;
  const book = subnetsOf(network);
  const { rpcTimeoutMs } = chainConfigSchema.parse(settings);
  const rpc = connectRpc(network.rpcUrl, rpcTimeoutMs);
  const { subnets, stakes, epochs, emissions, souk } = contractsOf(book);
  return {
    domain: { chainId: network.chainId, market: book.epochs },
    head: () => chain.head(),
    blockHash: (block) => blockHashAt(rpc, block),
    events: (range) => readSubnetEvents(rpc, { operators: network.operators, subnets: book }, range),
    accruedAt: (subnet, block) =>
      ask(rpc, (client) =>
        client.readContract({ ...emissions, functionName: 'accruedAt', args: [subnet, BigInt(block)] }),
      ),
    countSubnets: () =>
      ask(rpc, (client) => client.readContract({ ...subnets, functionName: 'subnetCount' })),
    subnetOf: (subnet) => readSubnet(rpc, book, subnet),
    creationPrice: () =>
      ask(rpc, (client) => client.readContract({ ...subnets, functionName: 'creationPrice' })),
    registrationPrice: (subnet) =>
      ask(rpc, (client) =>
        client.readContract({ ...subnets, functionName: 'registrationPrice', args: [subnet] }),
      ),
    stakeOf: (subnet, operator, delegator) =>
      ask(rpc, (client) =>
        client.readContract({ ...stakes, functionName: 'stakeOf', args: [subnet, operator, delegator] }),
      ),
    unbondingOf: (subnet, operator, delegator) =>
      ask(rpc, (client) =>
        client.readContract({ ...stakes, functionName: 'unbondingOf', args: [subnet, operator, delegator] }),
      ),
    claimedOf: (subnet, account) =>
      ask(rpc, (client) =>
        client.readContract({ ...epochs, functionName: 'claimedOf', args: [subnet, account] }),
      ),
    soukBalanceOf: (account) =>
      ask(rpc, (client) => client.readContract({ ...souk, functionName: 'balanceOf', args: [account] })),
    schedule: async () => {
      const [perBlock, minted, cap] = await Promise.all([
        ask(rpc, (client) => client.readContract({ ...emissions, functionName: 'perBlock' })),
        ask(rpc, (client) => client.readContract({ ...emissions, functionName: 'minted' })),
        ask(rpc, (client) => client.readContract({ ...souk, functionName: 'cap' })),
      ]);
      return { perBlock, minted, cap };
    },
  };
}

/** Throws `chain.no-subnets`. */
export function subnetsOf(network: Network): SubnetsBook {
  if (network.subnets !== undefined) return network.subnets;
  throw new Fault('chain.no-subnets', `the network "${network.name}" has no subnets in its address book`, {
    blame: 'user',
    data: { network: network.name },
    remedy: 'use a network that has them; a local one from before is made anew by `souk down --wipe`',
  });
}

export function contractsOf(book: SubnetsBook) {
  return {
    subnets: { address: book.subnets, abi: subnetsAbi },
    stakes: { address: book.stakes, abi: stakesAbi },
    epochs: { address: book.epochs, abi: epochsAbi },
    emissions: { address: book.emissions, abi: emissionsAbi },
    souk: { address: book.token, abi: soukTokenAbi },
  } as const;
}

/** What does not fit the book, in words; undefined where all fits. */
export async function subnetsMismatch(rpc: Rpc, book: SubnetsBook): Promise<string | undefined> {
  const { emissions } = contractsOf(book);
  const parts = ['token', 'subnets', 'stakes', 'epochs'] as const;
  const found = await Promise.all(
    parts.map((functionName) => ask(rpc, (client) => client.readContract({ ...emissions, functionName }))),
  );
  const wrong = parts.findIndex((part, index) => lower(found[index] ?? '') !== book[part]);
  const part = parts[wrong];
  return part && `the emission's ${part} is at ${lower(found[wrong] ?? '')}, not at ${book[part]}`;
}

async function readSubnet(rpc: Rpc, book: SubnetsBook, subnet: number): Promise<SubnetState | undefined> {
  const { subnets, stakes, epochs } = contractsOf(book);
  const args = [subnet] as const;
  const it = await ask(rpc, (client) => client.readContract({ ...subnets, functionName: 'subnetOf', args }));
  if (it.startBlock === 0) return undefined;
  const [values, stake, posted] = await Promise.all([
    ask(rpc, (client) => client.readContract({ ...subnets, functionName: 'paramsOf', args })),
    ask(rpc, (client) => client.readContract({ ...stakes, functionName: 'totalStake', args })),
    ask(rpc, (client) => client.readContract({ ...epochs, functionName: 'postedOf', args })),
  ]);
  return {
    owner: lower(it.owner),
    startBlock: it.startBlock,
    tempo: it.tempo,
    params: toParams(values),
    miners: it.miners,
    stake,
    isDissolved: it.dissolvedAt !== 0,
    nextEpoch: Number(posted.nextEpoch),
    total: posted.total,
    rewardRoot: posted.rewardRoot,
  };
}

function toParams(values: readonly bigint[]): SubnetParams {
  const pairs = paramTable.map(
    ({ name, default: standard }, key) => [name, values[key] ?? standard] as const,
  );
  return Object.fromEntries(pairs) as SubnetParams;
}

async function blockHashAt(rpc: Rpc, block: number) {
  return ask(rpc, async (client) => {
    try {
      return (await client.getBlock({ blockNumber: BigInt(block) })).hash;
    } catch (error) {
      if (error instanceof BlockNotFoundError) return undefined;
      throw error;
    }
  });
}
