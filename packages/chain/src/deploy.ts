/**
 * Puts the contracts on a chain and says where they are. For local networks, and for whoever founds a new one. Some
 * contracts must know others that come after them: all addresses are foretold from the deployer's nonce, and checked.
 */
import {
  type Address,
  type Clock,
  Fault,
  type LocalKey,
  type Log,
  silentLog,
  systemClock,
} from '@souk/protocol';
import { type Abi, encodeDeployData, getContractAddress, type Hex } from 'viem';
import { emissionsAbi, emissionsBytecode } from './abi/emissions.ts';
import { epochsAbi, epochsBytecode } from './abi/epochs.ts';
import { feeSinkAbi, feeSinkBytecode } from './abi/fee-sink.ts';
import { marketAbi, marketBytecode } from './abi/market.ts';
import { operatorsAbi, operatorsBytecode } from './abi/operators.ts';
import { stakesAbi, stakesBytecode } from './abi/stakes.ts';
import { subnetsAbi, subnetsBytecode } from './abi/subnets.ts';
import { testStablecoinAbi, testStablecoinBytecode } from './abi/test-stablecoin.ts';
import type { Network } from './chain.ts';
import { chainConfigSchema } from './config.ts';
import { lower } from './logs.ts';
import { ask, connectRpc } from './rpc.ts';
import { startSender, type Transaction } from './transactions.ts';

export interface DeployOptions {
  readonly name?: string;
  /** Protocol fee in hundredths of a percent. */
  readonly feeBps?: number;
  /** In the token's smallest unit. */
  readonly minimumBond?: bigint;
  readonly unbondDelaySeconds?: number;
  readonly bootstrap?: readonly string[];
  readonly isLocal?: boolean;
  readonly subnets?: Partial<SubnetRules>;
  readonly clock?: Clock;
  readonly log?: Log;
}

/** What the contracts of subnets are founded on, for good. Amounts in SOUK's smallest unit. */
export interface SubnetRules {
  readonly cap: bigint;
  /** Goes to the deployer at once. */
  readonly genesisAmount: bigint;
  readonly initialPerBlock: bigint;
  readonly halvingBlocks: number;
  /** Least price of a subnet, and the blocks in which the price falls by half. */
  readonly creationFloor: bigint;
  readonly creationHalfBlocks: number;
  readonly collateralDelaySeconds: number;
  readonly unstakeDelaySeconds: number;
  /** Blocks that an epoch may be late before all stake counts, and not the posted permits alone. */
  readonly quorumPatienceBlocks: number;
}

const decimals = 6;
const defaults = { feeBps: 0, minimumBond: 100n * 10n ** 6n, unbondDelaySeconds: 7 * 86_400 };
const souk = 10n ** 18n;
const publicRules: SubnetRules = {
  cap: 21_000_000n * souk,
  genesisAmount: 1_000_000n * souk,
  initialPerBlock: souk,
  halvingBlocks: 10_000_000,
  creationFloor: 100n * souk,
  creationHalfBlocks: 100_800,
  collateralDelaySeconds: 7 * 86_400,
  unstakeDelaySeconds: 14 * 86_400,
  quorumPatienceBlocks: 7_200,
};
/** On one machine nobody waits a week. */
const localRules: SubnetRules = { ...publicRules, collateralDelaySeconds: 60, unstakeDelaySeconds: 60 };

/** Epochs checks its own address: it must be the first of its block, for that is where an estimate puts it. */
const order = [
  'token',
  'feeSink',
  'operators',
  'emissions',
  'subnets',
  'stakes',
  'epochs',
  'market',
] as const;
type Place = (typeof order)[number];

/** All contracts of a network and its address book. The key must be in nobody else's use meanwhile. */
export async function deployContracts(
  rpcUrl: string,
  deployer: LocalKey,
  options: DeployOptions = {},
): Promise<Network> {
  const { clock = systemClock, log = silentLog, isLocal = true } = options;
  const config = chainConfigSchema.parse({});
  const rpc = connectRpc(rpcUrl, config.rpcTimeoutMs);
  const [chainId, nonce] = await Promise.all([
    ask(rpc, (client) => client.getChainId()),
    ask(rpc, (client) => client.getTransactionCount({ address: deployer.address, blockTag: 'pending' })),
  ]);
  await using sender = startSender({ rpc, chainId, key: deployer, clock, log, pollMs: 100 }, config);
  const at = foretell(deployer.address, nonce);
  const calls = callsOf(at, deployer.address, options);

  /** Those of one list do not need each other to be mined. */
  async function deploy(places: readonly Place[]): Promise<number> {
    const mined = await sender.sendAll(places.map((place) => calls[place]));
    for (const [index, place] of places.entries()) {
      const made = mined[index]?.contractAddress;
      if (made === undefined || lower(made) !== at[place]) throw movedFault(place);
    }
    return Math.min(...mined.map(({ receipt }) => receipt.block));
  }

  const fromBlock = await deploy(order.slice(0, 6));
  await deploy(order.slice(6));
  return {
    name: options.name ?? 'local',
    chainId,
    rpcUrl,
    market: at.market,
    operators: at.operators,
    token: { address: at.token, symbol: 'tUSD', decimals },
    fromBlock,
    bootstrap: options.bootstrap ?? [],
    isLocal,
    subnets: {
      token: at.souk,
      emissions: at.emissions,
      subnets: at.subnets,
      stakes: at.stakes,
      epochs: at.epochs,
    },
  };
}

type Addresses = Readonly<Record<Place | 'souk', Address>>;

/** The emission makes its token itself, as the first thing it does. */
function foretell(deployer: Address, nonce: number): Addresses {
  const addressOf = (from: Address, at: number) => lower(getContractAddress({ from, nonce: BigInt(at) }));
  const places = order.map((place, index) => [place, addressOf(deployer, nonce + index)] as const);
  const at = Object.fromEntries(places) as Record<Place, Address>;
  return { ...at, souk: addressOf(at.emissions, 1) };
}

function callsOf(
  at: Addresses,
  deployer: Address,
  options: DeployOptions,
): Readonly<Record<Place, Transaction>> {
  const { feeBps, minimumBond, unbondDelaySeconds } = { ...defaults, ...options };
  const rules = { ...(options.isLocal === false ? publicRules : localRules), ...options.subnets };
  const schedule = {
    cap: rules.cap,
    initialPerBlock: rules.initialPerBlock,
    halvingBlocks: rules.halvingBlocks,
    genesisTo: deployer,
    genesisAmount: rules.genesisAmount,
  };
  const settings = {
    creationFloor: rules.creationFloor,
    creationHalfBlocks: rules.creationHalfBlocks,
    collateralDelay: rules.collateralDelaySeconds,
  };
  const { token, feeSink, operators, emissions, subnets, stakes, epochs, souk: soukToken } = at;
  const ofOperators = [token, feeSink, minimumBond, unbondDelaySeconds, []];
  const ofStakes = [rules.unstakeDelaySeconds, soukToken, emissions, operators, subnets, epochs];
  const ofEpochs = [rules.quorumPatienceBlocks, emissions, operators, subnets, stakes];
  return {
    token: deployment('TestStablecoin', testStablecoinAbi, testStablecoinBytecode, []),
    feeSink: deployment('FeeSink', feeSinkAbi, feeSinkBytecode, []),
    operators: deployment('Operators', operatorsAbi, operatorsBytecode, ofOperators),
    emissions: deployment('Emissions', emissionsAbi, emissionsBytecode, [schedule, subnets, stakes, epochs]),
    subnets: deployment('Subnets', subnetsAbi, subnetsBytecode, [
      settings,
      soukToken,
      emissions,
      operators,
      epochs,
    ]),
    stakes: deployment('Stakes', stakesAbi, stakesBytecode, ofStakes),
    market: deployment('Market', marketAbi, marketBytecode, [operators, feeSink, feeBps, [token]]),
    epochs: deployment('Epochs', epochsAbi, epochsBytecode, ofEpochs),
  };
}

function deployment(contract: string, abi: Abi, bytecode: Hex, args: readonly unknown[]): Transaction {
  return { call: `deploy of ${contract}`, data: encodeDeployData({ abi, bytecode, args }) };
}

function movedFault(place: Place): Fault {
  return new Fault('chain.deploy-failed', `the contract "${place}" is not where it was foretold to be`, {
    blame: 'user',
    data: { place },
    remedy: 'deploy again, with a key that nothing else sends from meanwhile',
  });
}
