/** ERC-2612 permits: a signature in place of an `approve` transaction, where the token takes one. */
import type { Address, Hex, LocalKey } from '@souk/protocol';
import { domainSeparator, parseSignature } from 'viem';
import { privateKeyToAccount } from 'viem/accounts';
import { ask, type Rpc } from './rpc.ts';
import { tokenAbi } from './token-abi.ts';

export interface Permit {
  readonly deadline: bigint;
  readonly v: number;
  readonly r: Hex;
  readonly s: Hex;
}

export interface PermitDomain {
  readonly name: string;
  readonly version: string;
  readonly chainId: number;
  readonly verifyingContract: Address;
}

const permitTypes = {
  Permit: [
    { name: 'owner', type: 'address' },
    { name: 'spender', type: 'address' },
    { name: 'value', type: 'uint256' },
    { name: 'nonce', type: 'uint256' },
    { name: 'deadline', type: 'uint256' },
  ],
} as const;
const lifetimeSeconds = 3600n;

/** The domain that the token signs under: the one that hashes to its own separator. Undefined: no permit there. */
export async function findPermitDomain(
  rpc: Rpc,
  chainId: number,
  address: Address,
): Promise<PermitDomain | undefined> {
  const token = { address, abi: tokenAbi } as const;
  const [separator, name, version] = await Promise.all([
    optional(rpc, (client) => client.readContract({ ...token, functionName: 'DOMAIN_SEPARATOR' })),
    optional(rpc, (client) => client.readContract({ ...token, functionName: 'name' })),
    optional(rpc, (client) => client.readContract({ ...token, functionName: 'version' })),
  ]);
  if (separator === undefined || name === undefined) return undefined;
  const versions = [...(version === undefined ? [] : [version]), '1', '2'];
  return versions
    .map((one) => ({ name, version: one, chainId, verifyingContract: address }))
    .find((domain) => domainSeparator({ domain }) === separator);
}

export async function signPermit(
  rpc: Rpc,
  key: LocalKey,
  wish: { readonly domain: PermitDomain; readonly spender: Address; readonly value: bigint },
): Promise<Permit> {
  const { domain, spender, value } = wish;
  const token = { address: domain.verifyingContract, abi: tokenAbi } as const;
  const [nonce, block] = await Promise.all([
    ask(rpc, (client) => client.readContract({ ...token, functionName: 'nonces', args: [key.address] })),
    ask(rpc, (client) => client.getBlock({ blockTag: 'latest' })),
  ]);
  const deadline = block.timestamp + lifetimeSeconds;
  const signature = await privateKeyToAccount(key.privateKey).signTypedData({
    domain,
    types: permitTypes,
    primaryType: 'Permit',
    message: { owner: key.address, spender, value, nonce, deadline },
  });
  const { r, s, yParity } = parseSignature(signature);
  return { deadline, v: yParity + 27, r, s };
}

/** Undefined where the contract has no such function; an outage still throws. */
async function optional<T>(rpc: Rpc, question: Parameters<typeof ask<T>>[1]): Promise<T | undefined> {
  try {
    return await ask(rpc, question);
  } catch (error) {
    if ((error as { readonly code?: string }).code === 'chain.unreachable') throw error;
    return undefined;
  }
}
