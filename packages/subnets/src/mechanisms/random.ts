/** Numbers from a seed, the same bits on every machine: sfc32 over the keccak256 of the seed, whole numbers only. */
import { type Hex, keccak } from '@souk/protocol';
import type { SeededRandom } from './mechanism.ts';

export function seededRandom(seed: Hex): SeededRandom {
  const digest = keccak(seed);
  const word = (at: number) => Number.parseInt(digest.slice(2 + 8 * at, 10 + 8 * at), 16) | 0;
  let [a, b, c, counter] = [word(0), word(1), word(2), word(3)];

  function next32(): number {
    const sum = (a + b + counter) | 0;
    counter = (counter + 1) | 0;
    a = b ^ (b >>> 9);
    b = (c + (c << 3)) | 0;
    c = ((c << 21) | (c >>> 11)) + sum;
    c |= 0;
    return sum >>> 0;
  }

  const next = () => ((next32() >>> 5) * 0x4000000 + (next32() >>> 6)) / 2 ** 53;
  const below = (limit: number) => Math.floor(next() * limit);
  return {
    next,
    below,
    pick: (list) => {
      if (list.length === 0) throw new RangeError('there is nothing to pick from');
      return list[below(list.length)]!;
    },
  };
}
