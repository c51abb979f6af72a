/**
 * A Merkle tree that keeps order: a proof says that a leaf stands at a place, so that a log has one group for each
 * weight and no other to choose from. A node is keccak256 of its left and right child; a node without a sibling moves up.
 */
import { type Hex, keccak, zeroHash } from '@souk/protocol';

export interface OrderedTree {
  /** Of no leaves, 32 zero bytes. */
  readonly root: Hex;
  /** Siblings of the leaf at `index`, lowest first. */
  proof(index: number): readonly Hex[];
}

export function orderedTree(leaves: readonly Hex[]): OrderedTree {
  const levels: (readonly Hex[])[] = [leaves];
  for (let level = leaves; level.length > 1;) {
    const next: Hex[] = [];
    for (let at = 0; at < level.length; at += 2) next.push(parentOf(level[at]!, level[at + 1]));
    levels.push(next);
    level = next;
  }
  return {
    root: levels.at(-1)?.[0] ?? zeroHash,
    proof: (index) => levels.slice(0, -1).flatMap((level, height) => level[(index >> height) ^ 1] ?? []),
  };
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
    node = at % 2 === 0 ? parentOf(node, sibling) : parentOf(sibling, node);
  }
  return siblings.length === 0 ? node : undefined;
}

function parentOf(left: Hex, right: Hex | undefined): Hex {
  return right === undefined ? left : keccak(left, right);
}
