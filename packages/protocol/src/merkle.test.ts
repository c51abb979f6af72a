import fc from 'fast-check';
import * as Hash from 'ox/Hash';
import { describe, expect, it } from 'vitest';
import { zeroHash } from './hex.ts';
import { isInMerkleTree, merkleTree } from './merkle.ts';

const leaf = (value: number) => Hash.keccak256(`0x${value.toString(16).padStart(8, '0')}`);
const leavesOf = (count: number) => Array.from({ length: count }, (_, at) => leaf(at));

describe('a Merkle tree', () => {
  it('of one leaf is that leaf, of none is zero', () => {
    expect(merkleTree([leaf(1)]).root).toBe(leaf(1));
    expect(merkleTree([]).root).toBe(zeroHash);
  });

  it('does not depend on which of two siblings is first', () => {
    expect(merkleTree([leaf(1), leaf(2)]).root).toBe(merkleTree([leaf(2), leaf(1)]).root);
  });

  it('proves every leaf of its own and none of another', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 70 }), fc.nat(), (count, seed) => {
        const tree = merkleTree(leavesOf(count));
        const index = seed % count;
        expect(isInMerkleTree(tree.root, leaf(index), tree.proof(index))).toBe(true);
        expect(isInMerkleTree(tree.root, leaf(count + index), tree.proof(index))).toBe(false);
      }),
    );
  });

  it('has no proof for a leaf that is not there', () => {
    expect(() => merkleTree(leavesOf(3)).proof(3)).toThrow('no leaf 3 among 3');
  });
});
