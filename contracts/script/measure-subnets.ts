/**
 * Walks a subnet through two epochs on the anvil of measure-gas.ts and notes what each transaction cost: the second is
 * posted by 64 permit holders, with all lists at their longest, as is the reveal of 256 weights.
 */
import {
  digestOf,
  encodeWeights,
  type EpochAttestation,
  hashCommit,
  hashPermits,
  hashPrunable,
  hashReward,
  hashWeights,
  merkleTree,
  zeroHash,
} from '@souk/protocol';
import { type Address, getContractAddress, keccak256, parseSignature, signatureToCompactSignature } from 'viem';
import type { PrivateKeyAccount } from 'viem/accounts';
import { foundry } from 'viem/chains';
import { emissionsAbi, emissionsBytecode } from '../../packages/chain/src/abi/emissions.ts';
import { epochsAbi, epochsBytecode } from '../../packages/chain/src/abi/epochs.ts';
import { feeSinkAbi, feeSinkBytecode } from '../../packages/chain/src/abi/fee-sink.ts';
import { operatorsAbi, operatorsBytecode } from '../../packages/chain/src/abi/operators.ts';
import { soukTokenAbi } from '../../packages/chain/src/abi/souk-token.ts';
import { stakesAbi, stakesBytecode } from '../../packages/chain/src/abi/stakes.ts';
import { subnetsAbi, subnetsBytecode } from '../../packages/chain/src/abi/subnets.ts';
import { testStablecoinAbi, testStablecoinBytecode } from '../../packages/chain/src/abi/test-stablecoin.ts';
import { deploy, deployer, key, node, reader, send } from './gas-chain.ts';

export interface SubnetGas {
  readonly subnetStake: number;
  readonly subnetRegister: number;
  readonly subnetCommit: number;
  readonly subnetReveal256: number;
  readonly subnetOpen2KiB: number;
  readonly subnetPost64: number;
  readonly subnetClaim: number;
  readonly subnetNextClaim: number;
}

const souk = 10n ** 18n;
const subnet = 1;
const tempo = 60;
const third = tempo / 3;
/** A cold key that is its own hot key, ascending by address, as lists on chain are. */
const validators = Array.from({ length: 64 }, (_, index) => key(`validator ${index}`)).toSorted((a, b) =>
  a.address.toLowerCase() < b.address.toLowerCase() ? -1 : 1,
);
const [first] = validators as [PrivateKeyAccount, ...PrivateKeyAccount[]];
const permits = validators.map(({ address }) => ({ operator: lower(address), stake: souk }));
const prunable = [8, 7, 6, 5, 4, 3, 2, 1];

interface Contracts {
  readonly operators: Address;
  readonly token: Address;
  readonly subnets: Address;
  readonly stakes: Address;
  readonly epochs: Address;
}

export async function measureSubnets(): Promise<SubnetGas> {
  const at = await deployAll();
  for (const { address } of validators) {
    await node().setBalance({ address, value: 10n ** 20n });
  }
  await Promise.all(
    validators.map((one) => send(one, at.operators, operatorsAbi, 'register', [one.address, 0n, zeroHash])),
  );
  const start = await found(at);
  const stake = await gasOf(first, at.stakes, 'stakes', 'stake', [subnet, first.address, 100n * souk]);
  const register = await gasOf(first, at.subnets, 'subnets', 'register', [subnet, 100n * souk]);
  const work = await hand(at, start);
  const claims = await post(at, start);
  return { subnetStake: stake, subnetRegister: register, ...work, ...claims };
}

async function deployAll(): Promise<Contracts> {
  const dollar = await deploy(testStablecoinAbi, testStablecoinBytecode, []);
  const feeSink = await deploy(feeSinkAbi, feeSinkBytecode, []);
  const operators = await deploy(operatorsAbi, operatorsBytecode, [dollar, feeSink, 0n, 0, []]);
  const nonce = await reader().getTransactionCount({ address: deployer.address });
  const addressOf = (from: Address, count: number) => getContractAddress({ from, nonce: BigInt(count) });
  const emissions = addressOf(deployer.address, nonce);
  const subnets = addressOf(deployer.address, nonce + 1);
  const stakes = addressOf(deployer.address, nonce + 2);
  const epochs = addressOf(deployer.address, nonce + 3);
  const token = addressOf(emissions, 1);
  const schedule = {
    cap: 21_000_000n * souk,
    initialPerBlock: souk,
    halvingBlocks: 10_000_000,
    genesisTo: deployer.address,
    genesisAmount: 1_000_000n * souk,
  };
  const settings = { creationFloor: souk, creationHalfBlocks: 100_800, collateralDelay: 60 };
  await deploy(emissionsAbi, emissionsBytecode, [schedule, subnets, stakes, epochs]);
  await deploy(subnetsAbi, subnetsBytecode, [settings, token, emissions, operators, epochs]);
  await deploy(stakesAbi, stakesBytecode, [60, token, emissions, operators, subnets, epochs]);
  await deploy(epochsAbi, epochsBytecode, [7200, emissions, operators, subnets, stakes]);
  return { operators, token, subnets, stakes, epochs };
}

async function found(at: Contracts): Promise<number> {
  await send(deployer, at.token, soukTokenAbi, 'transfer', [first.address, 1_000n * souk]);
  for (const spender of [at.subnets, at.stakes]) {
    for (const owner of [deployer, first]) {
      await send(owner, at.token, soukTokenAbi, 'approve', [spender, 10_000n * souk]);
    }
  }
  const { blockNumber } = await send(deployer, at.subnets, subnetsAbi, 'create', [tempo, souk, '', []]);
  return Number(blockNumber);
}

/** What a validator hands in for epoch 0. */
async function hand(at: Contracts, start: number) {
  const row = Array.from({ length: 256 }, (_, index) => ({
    registration: index + 1,
    weight: Number.parseInt(keccak256(`0x${(index + 256).toString(16).padStart(4, '0')}`).slice(2, 10), 16),
  }));
  const weights = [encodeWeights(row)];
  const [salt, logRoot] = [keccak256('0x01'), keccak256('0x02')];
  const weightsHash = hashWeights(1, weights);
  const parts = { subnet, epoch: 0, operator: lower(first.address), salt, weightsHash, logRoot };
  const subnetCommit = await gasOf(first, at.epochs, 'epochs', 'commit', [subnet, 0n, hashCommit(parts)]);
  const end = start + tempo;
  await mineTo(end);
  const reveal = [subnet, 0n, salt, 1, logRoot, weights];
  const subnetReveal256 = await gasOf(first, at.epochs, 'epochs', 'reveal', reveal);
  await mineTo(end + third);
  const evidence = `0x${'5a'.repeat(2048)}`;
  const subnetOpen2KiB = await gasOf(first, at.epochs, 'epochs', 'open', [subnet, 0n, evidence]);
  return { subnetCommit, subnetReveal256, subnetOpen2KiB };
}

/** Epoch 0 by the one pool there is, epoch 1 by 64 permits, and the claims of one account of 1024, not the first, after each. */
async function post(at: Contracts, start: number) {
  const postAndClaim = async (epoch: number, current: typeof permits, signers: readonly PrivateKeyAccount[]) => {
    const snapshot = start + (epoch + 1) * tempo + 2 * third;
    await mineTo(snapshot);
    const accounts = Array.from({ length: 1024 }, (_, index) => lower(key(`account ${index}`).address));
    const cumulative = BigInt(epoch + 1) * 1_000_000_007n;
    const tree = merkleTree(accounts.map((account) => hashReward(account, cumulative)));
    const { hash } = await reader().getBlock({ blockNumber: BigInt(snapshot) });
    const attestation: EpochAttestation = {
      subnet,
      epoch,
      engine: 1,
      snapshotBlock: hash,
      inputs: keccak256('0x03'),
      outputs: keccak256('0x04'),
      rewardRoot: tree.root,
      total: cumulative * 1024n,
      validators: hashPermits(permits),
      prunable: hashPrunable(prunable),
    };
    const digest = digestOf({ chainId: foundry.id, market: at.epochs }, 'EpochAttestation', attestation);
    const votes = await Promise.all(signers.map((signer) => voteOf(signer, digest)));
    const args = [{ ...attestation, epoch: BigInt(epoch) }, current, votes, permits, prunable];
    const posted = await gasOf(deployer, at.epochs, 'epochs', 'postEpoch', args);
    const claimOf = (index: number) => [subnet, accounts[index], cumulative, tree.proof(index)];
    await gasOf(deployer, at.epochs, 'epochs', 'claim', claimOf(1000));
    return { posted, claimed: await gasOf(deployer, at.epochs, 'epochs', 'claim', claimOf(7)) };
  };
  const byPools = await postAndClaim(0, [], [first]);
  const byPermits = await postAndClaim(1, permits, validators);
  return {
    subnetPost64: byPermits.posted,
    subnetClaim: byPools.claimed,
    subnetNextClaim: byPermits.claimed,
  };
}

async function voteOf(signer: PrivateKeyAccount, digest: `0x${string}`) {
  const signature = parseSignature(await signer.sign({ hash: digest }));
  const { r, yParityAndS } = signatureToCompactSignature(signature);
  return { operator: signer.address, r, vs: yParityAndS };
}

const abis = { subnets: subnetsAbi, stakes: stakesAbi, epochs: epochsAbi } as const;

async function gasOf(
  from: PrivateKeyAccount,
  to: Address,
  contract: keyof typeof abis,
  ...[functionName, args]: readonly [string, readonly unknown[]]
): Promise<number> {
  return Number((await send(from, to, abis[contract], functionName, args)).gasUsed);
}

/** The next transaction is mined in the block after. */
async function mineTo(block: number): Promise<void> {
  const blocks = block - Number(await reader().getBlockNumber());
  if (blocks > 0) await node().mine({ blocks });
}

function lower(address: string): Address {
  return address.toLowerCase() as Address;
}
