/** Puts the contracts on a chain and says where they are. For local networks, and for whoever founds a new one. */
import {
  type Address,
  type Clock,
  Fault,
  type LocalKey,
  type Log,
  silentLog,
  systemClock,
} from '@souk/protocol';
import { type Abi, encodeDeployData, type Hex } from 'viem';
import { feeSinkAbi, feeSinkBytecode } from './abi/fee-sink.ts';
import { marketAbi, marketBytecode } from './abi/market.ts';
import { operatorsAbi, operatorsBytecode } from './abi/operators.ts';
import { testStablecoinAbi, testStablecoinBytecode } from './abi/test-stablecoin.ts';
import type { Network } from './chain.ts';
import { chainConfigSchema } from './config.ts';
import { lower } from './events.ts';
import { ask, connectRpc } from './rpc.ts';
import { startSender } from './transactions.ts';

export interface DeployOptions {
  readonly name?: string;
  /** Protocol fee in hundredths of a percent. */
  readonly feeBps?: number;
  /** In the token's smallest unit. */
  readonly minimumBond?: bigint;
  readonly unbondDelaySeconds?: number;
  readonly bootstrap?: readonly string[];
  readonly isLocal?: boolean;
  readonly clock?: Clock;
  readonly log?: Log;
}

const decimals = 6;
const defaults = { feeBps: 0, minimumBond: 100n * 10n ** 6n, unbondDelaySeconds: 7 * 86_400 };

/** TestStablecoin, FeeSink, Operators and Market, and the address book of the network that they make. */
export async function deployContracts(
  rpcUrl: string,
  deployer: LocalKey,
  options: DeployOptions = {},
): Promise<Network> {
  const { feeBps, minimumBond, unbondDelaySeconds } = { ...defaults, ...options };
  const { clock = systemClock, log = silentLog } = options;
  const config = chainConfigSchema.parse({});
  const rpc = connectRpc(rpcUrl, config.rpcTimeoutMs);
  const chainId = await ask(rpc, (client) => client.getChainId());
  await using sender = startSender({ rpc, chainId, key: deployer, clock, log, pollMs: 100 }, config);

  async function deploy(
    call: string,
    data: Hex,
  ): Promise<{ readonly address: Address; readonly block: number }> {
    const { contractAddress, receipt } = await sender.send({ call, data });
    if (contractAddress === undefined) {
      throw new Fault('chain.deploy-failed', `${call} made no contract`, { blame: 'chain' });
    }
    return { address: lower(contractAddress), block: receipt.block };
  }

  const [token, feeSink] = await Promise.all([
    deploy('deploy of TestStablecoin', codeOf(testStablecoinAbi, testStablecoinBytecode, [])),
    deploy('deploy of FeeSink', codeOf(feeSinkAbi, feeSinkBytecode, [])),
  ]);
  const operatorsArgs = [token.address, feeSink.address, minimumBond, unbondDelaySeconds, []];
  const operators = await deploy(
    'deploy of Operators',
    codeOf(operatorsAbi, operatorsBytecode, operatorsArgs),
  );
  const marketArgs = [operators.address, feeSink.address, feeBps, [token.address]];
  const market = await deploy('deploy of Market', codeOf(marketAbi, marketBytecode, marketArgs));
  return {
    name: options.name ?? 'local',
    chainId,
    rpcUrl,
    market: market.address,
    operators: operators.address,
    token: { address: token.address, symbol: 'tUSD', decimals },
    fromBlock: Math.min(token.block, feeSink.block),
    bootstrap: options.bootstrap ?? [],
    isLocal: options.isLocal ?? true,
  };
}

function codeOf(abi: Abi, bytecode: Hex, args: readonly unknown[]): Hex {
  return encodeDeployData({ abi, bytecode, args });
}
