/** An anvil of one's own with fixed keys and times, and one real transaction at a time on it. */
import { type ChildProcess, spawn } from 'node:child_process';
import {
  type Abi,
  type Address,
  createPublicClient,
  createTestClient,
  createWalletClient,
  type Hex,
  http,
  keccak256,
  stringToHex,
} from 'viem';
import { type PrivateKeyAccount, privateKeyToAccount } from 'viem/accounts';
import { foundry } from 'viem/chains';
import { foundryBinary } from './forge.ts';

const startsAt = 1_800_000_000;
export const key = (name: string): PrivateKeyAccount =>
  privateKeyToAccount(keccak256(stringToHex(`souk gas ${name}`)));
export const deployer = key('deployer');

let rpc = http();
export const reader = () => createPublicClient({ chain: foundry, transport: rpc, pollingInterval: 5 });
export const node = () => createTestClient({ chain: foundry, mode: 'anvil', transport: rpc });

export async function onAnvil<T>(work: () => Promise<T>): Promise<T> {
  const anvil = spawn(
    foundryBinary('anvil'),
    [
      '--port',
      '0',
      '--timestamp',
      String(startsAt),
      '--hardfork',
      'cancun',
      '--chain-id',
      String(foundry.id),
    ],
    { stdio: ['ignore', 'pipe', 'inherit'] },
  );
  try {
    rpc = http(`http://${await listeningAddress(anvil)}`);
    return await work();
  } finally {
    anvil.kill();
  }
}

function listeningAddress(anvil: ChildProcess): Promise<string> {
  return new Promise((resolve, reject) => {
    let text = '';
    anvil.once('exit', () => reject(new Error(`anvil ended: ${text}`)));
    anvil.stdout?.on('data', (chunk: Buffer) => {
      text += chunk.toString();
      const address = /Listening on (\S+)/.exec(text)?.[1];
      if (address !== undefined) resolve(address);
    });
  });
}

export async function deploy(abi: Abi, bytecode: Hex, args: readonly unknown[]): Promise<Address> {
  const wallet = createWalletClient({ account: deployer, chain: foundry, transport: rpc });
  const hash = await wallet.deployContract({ abi, bytecode, args });
  const { contractAddress } = await reader().waitForTransactionReceipt({ hash });
  if (!contractAddress) throw new Error('no contract');
  return contractAddress;
}

export async function send(
  from: PrivateKeyAccount,
  to: Address,
  abi: Abi,
  functionName: string,
  args: readonly unknown[],
) {
  const wallet = createWalletClient({ account: from, chain: foundry, transport: rpc });
  const hash = await wallet.writeContract({ address: to, abi, functionName, args, gas: 10_000_000n });
  const receipt = await reader().waitForTransactionReceipt({ hash });
  if (receipt.status !== 'success') throw new Error(`${functionName} reverted`);
  return receipt;
}

export async function wait(seconds: number): Promise<void> {
  await node().increaseTime({ seconds });
  await node().mine({ blocks: 1 });
}

export async function now(): Promise<number> {
  return Number((await reader().getBlock()).timestamp);
}
