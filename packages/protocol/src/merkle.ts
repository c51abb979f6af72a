/**
 * Merkle trees of 32-byte leaves, by default as OpenZeppelin's MerkleProof checks them: a node is keccak256 of its two
 * children, the smaller first; a node without a sibling moves up as it is. Leaves keep the order they are given in. A leaf must be a hash of
 * something other than 64 bytes, else a node could pass for one.
 */
import { keccak } from './hash.ts';
import { type Hex, zeroHash } from './hex.ts';

export interface MerkleTree {
  /** Of no leaves, 32 zero bytes. */
  readonly root: Hex;
  /** Siblings of the leaf at `index`, lowest first. */
  proof(index: number): readonly Hex[];
}

/** The node above two siblings. */
export type JoinNodes = (left: Hex, right: Hex) => Hex;

/** O(n) hashes for the tree, O(log n) for a proof. `join`: another rule for nodes, where the order of siblings counts. */
export function merkleTree(leaves: readonly Hex[], join: JoinNodes = joinSorted): MerkleTree {
  const levels: (readonly Hex[])[] = [leaves];
  for (let level = leaves; level.length > 1;) {
    const next: Hex[] = [];
    for (let at = 0; at < level.length; at += 2) {
      const [left, right] = [level[at]!, level[at + 1]];
      next.push(right === undefined ? left : join(left, right));
    }
    levels.push(next);
    level = next;
  }
  return {
    root: levels.at(-1)?.[0] ?? zeroHash,
    proof(index) {
      if (!Number.isInteger(index) || index < 0 || index >= leaves.length) {
        throw new RangeError(`no leaf ${index} among ${leaves.length}`);
      }
      return levels.slice(0, -1).flatMap((level, height) => level[(index >> height) ^ 1] ?? []);
    },
  };
}

/** Whether `proof` leads from `leaf` to `root`. It does not say where in the tree the leaf stands. */
export function isInMerkleTree(root: Hex, leaf: Hex, proof: readonly Hex[]): boolean {
  return proof.reduce<Hex>(joinSorted, leaf) === root;
}

function joinSorted(a: Hex, b: Hex): Hex {
  return a < b ? keccak(a, b) : keccak(b, a);
}
