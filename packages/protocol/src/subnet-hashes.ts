/** Hashes of what subnets put on chain, byte for byte as contracts/src/Epochs.sol computes them. Pure. */
import * as AbiParameters from 'ox/AbiParameters';
import * as Hash from 'ox/Hash';
import type { Address, Hex } from './hex.ts';

/** What a commit hides: the mechanism's version and a row of weights a mechanism. */
export function hashWeights(version: number, weights: readonly Hex[]): Hex {
  return hashOf('uint32, bytes[]', [version, weights]);
}

export interface CommitParts {
  readonly subnet: number;
  readonly epoch: number;
  readonly operator: Address;
  readonly salt: Hex;
  readonly weightsHash: Hex;
  readonly logRoot: Hex;
}

export function hashCommit(parts: CommitParts): Hex {
  const { subnet, epoch, operator, salt, weightsHash, logRoot } = parts;
  const values = [subnet, BigInt(epoch), operator, salt, weightsHash, logRoot];
  return hashOf('uint32, uint64, address, bytes32, bytes32, bytes32', values);
}

/** Of the list that weighs an attestation. */
export function hashPermits(permits: readonly { readonly operator: Address; readonly stake: bigint }[]): Hex {
  return hashOf('(address operator, uint256 stake)[]', [permits]);
}

export function hashPrunable(registrations: readonly number[]): Hex {
  return hashOf('uint32[]', [registrations]);
}

/** A leaf of an epoch's tree of rewards: hashed twice, so that no node can pass for one. */
export function hashReward(account: Address, cumulative: bigint): Hex {
  return Hash.keccak256(hashOf('address, uint256', [account, cumulative]));
}

function hashOf(types: string, values: readonly unknown[]): Hex {
  const parameters: unknown = AbiParameters.from(types.startsWith('(') ? [types] : types.split(', '));
  return Hash.keccak256(AbiParameters.encode(parameters as AbiParameters.AbiParameters, [...values]));
}
