/** Whether an attestation has two thirds, and whose turn it is to post it. Pure: as the contract counts. */
import type { Permit } from '@souk/chain';
import { type Address, type Hex, keccak } from '@souk/protocol';
import { poolsOf, type SubnetView } from '../book/view.ts';
import type { SignedAttestation } from './attestation-relay.ts';

export interface Quorum {
  readonly isReached: boolean;
  readonly signed: bigint;
  readonly all: bigint;
  /** The posted list, or none where the pools count. */
  readonly current: readonly Permit[];
  /** Of those that count, by operator. */
  readonly signatures: readonly SignedAttestation[];
}

export interface Counting {
  readonly signed: ReadonlyMap<Address, SignedAttestation>;
  readonly head: number;
  /** Of the epoch to be posted. */
  readonly snapshot: number;
  readonly quorumPatienceBlocks: number;
}

/** By the posted list; by all stake before the first post, where the list is empty, and where none came for too long. */
export function countQuorum(view: SubnetView, counting: Counting): Quorum {
  const lastPost = view.lastPost?.validators.length === 0 ? undefined : view.lastPost;
  const byList = lastPost && count(lastPost.validators, lastPost.validators, counting.signed);
  if (byList?.isReached) return byList;
  const patientUntil =
    lastPost === undefined ? -1 : Math.max(lastPost.block, counting.snapshot) + counting.quorumPatienceBlocks;
  if (byList && counting.head <= patientUntil) return byList;
  return count(poolsOf(view.pools), [], counting.signed);
}

function count(
  stakes: readonly Permit[],
  current: readonly Permit[],
  signed: ReadonlyMap<Address, SignedAttestation>,
): Quorum {
  const sum = (permits: readonly Permit[]) => permits.reduce((total, { stake }) => total + stake, 0n);
  const signers = stakes.filter(({ operator }) => signed.has(operator));
  const [weight, all] = [sum(signers), sum(stakes)];
  return {
    isReached: all > 0n && weight * 3n >= all * 2n,
    signed: weight,
    all,
    current,
    signatures: signers.map(({ operator }) => signed.get(operator)!),
  };
}

/** How many of `weighers` go before this operator: everybody comes to the same order, in each epoch to another one. */
export function postingRank(beacon: Hex, weighers: readonly Address[], operator: Address): number {
  const ticket = (one: Address) => keccak(beacon, one);
  const own = ticket(operator);
  return weighers.filter((one) => ticket(one) < own).length;
}
