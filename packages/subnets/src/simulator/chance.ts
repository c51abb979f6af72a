/** Chance from a seed, with a name for each use, so that one actor more changes nothing for the others. */
import { hashText } from '@souk/protocol';
import type { SeededRandom } from '../mechanisms/mechanism.ts';
import { seededRandom } from '../mechanisms/random.ts';

export interface Chance extends SeededRandom {
  /** Normal, mean 0, deviation 1. */
  gauss(): number;
}

export function chanceOf(seed: number, ...names: readonly (string | number)[]): Chance {
  const random = seededRandom(hashText([seed, ...names].join(' ')));
  return {
    ...random,
    gauss: () => Math.sqrt(-2 * Math.log(1 - random.next())) * Math.cos(2 * Math.PI * random.next()),
  };
}
