/** What an epoch leaves for accounts to claim, and what permit holders sign of it. Pure. */
import {
  type Address,
  type EpochAttestation,
  hashPermits,
  hashPrunable,
  hashReward,
  type Hex,
  type MerkleTree,
  merkleTree,
} from '@souk/protocol';
import type { EpochResult } from './epoch.ts';

/** Accounts in the order of their leaves. */
function accountsOf(rewards: ReadonlyMap<Address, bigint>): readonly Address[] {
  return [...rewards.keys()].toSorted();
}

/** A leaf an account, by account. */
export function rewardTree(rewards: ReadonlyMap<Address, bigint>): MerkleTree {
  return merkleTree(accountsOf(rewards).map((account) => hashReward(account, rewards.get(account) ?? 0n)));
}

export interface RewardClaim {
  readonly cumulative: bigint;
  readonly proof: readonly Hex[];
}

/** Undefined for an account that has never earned anything. */
export function claimOf({ rewards }: EpochResult, account: Address): RewardClaim | undefined {
  const cumulative = rewards.get(account);
  if (cumulative === undefined) return undefined;
  return { cumulative, proof: rewardTree(rewards).proof(accountsOf(rewards).indexOf(account)) };
}

/** As it is signed; the lists that its hashes stand for are `permits` and `prunable`. */
export function attestationOf(result: EpochResult): EpochAttestation {
  const { subnet, epoch, engine, snapshotBlock, inputs, outputs, rewardRoot, total } = result;
  return {
    subnet,
    epoch,
    engine,
    snapshotBlock,
    inputs,
    outputs,
    rewardRoot,
    total,
    validators: hashPermits(result.permits),
    prunable: hashPrunable(result.prunable),
  };
}
