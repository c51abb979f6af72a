/**
 * A Merkle tree that keeps order: a proof says that a leaf stands at a place, so that a log has one group for each
 * weight and no other to choose from. A node is keccak256 of its left and right child; a node without a sibling moves up.
 */
import { type Hex, keccak, type MerkleTree, merkleTree } from '@souk/protocol';

export function orderedTree(leaves: readonly Hex[]): MerkleTree {
  return merkleTree(leaves, joinInOrder);
}

export interface Place {
  readonly index: number;
  /** Leaves of the whole tree. */
  readonly count: number;
}

/** The root that `proof` leads to from a leaf at this place; undefined where the proof is too long or too short. */
export function rootFrom(leaf: Hex, { index, count }: Place, proof: readonly Hex[]): Hex | undefined {
  const siblings = [...proof];
  let node = leaf;
  for (let at = index, width = count; width > 1; at >>= 1, width = Math.ceil(width / 2)) {
    if ((at ^ 1) >= width) continue;
    const sibling = siblings.shift();
    if (sibling === undefined) return undefined;
    node = at % 2 === 0 ? joinInOrder(node, sibling) : joinInOrder(sibling, node);
  }
  return siblings.length === 0 ? node : undefined;
}

function joinInOrder(left: Hex, right: Hex): Hex {
  return keccak(left, right);
}
