/** Words from a key: ChaCha with 8 rounds, so that nobody finds a shortcut to a challenge's numbers, at about 100 ns a block. Pure. */
import { createHash } from 'node:crypto';

const constants = [0x61707865, 0x3320646e, 0x79622d32, 0x6b206574] as const;
const rounds = 8;

export interface Keystream {
  /** Sixteen words of `lane` at `counter`; the array is overwritten by the next call. */
  block(lane: number, counter: number): Uint32Array;
}

export function keystream(seed: Uint8Array | string): Keystream {
  const key = createHash('sha256').update(seed).digest();
  const start = new Uint32Array(16);
  start.set(constants);
  for (let word = 0; word < 8; word++) start[4 + word] = key.readUInt32LE(4 * word);
  const state = new Uint32Array(16);
  return {
    block(lane, counter) {
      start[12] = counter;
      start[14] = lane;
      state.set(start);
      for (let round = 0; round < rounds; round += 2) {
        mix(state, 0, 4, 8, 12);
        mix(state, 1, 5, 9, 13);
        mix(state, 2, 6, 10, 14);
        mix(state, 3, 7, 11, 15);
        mix(state, 0, 5, 10, 15);
        mix(state, 1, 6, 11, 12);
        mix(state, 2, 7, 8, 13);
        mix(state, 3, 4, 9, 14);
      }
      for (let word = 0; word < 16; word++) state[word] = state[word]! + start[word]!;
      return state;
    },
  };
}

/** `count` numbers in [0, below). For `below` ≤ 2^24 the bias of the remainder is less than one in 256. */
export function numbersOf(stream: Keystream, lane: number, count: number, below: number): Float64Array {
  const numbers = new Float64Array(count);
  for (let at = 0; at < count; at += 16) {
    const words = stream.block(lane, at / 16);
    for (let word = 0; word < 16 && at + word < count; word++) numbers[at + word] = words[word]! % below;
  }
  return numbers;
}

function mix(x: Uint32Array, a: number, b: number, c: number, d: number): void {
  let xa = x[a]! + x[b]!;
  let xd = rotate(x[d]! ^ xa, 16);
  let xc = x[c]! + xd;
  let xb = rotate(x[b]! ^ xc, 12);
  xa += xb;
  xd = rotate(xd ^ xa, 8);
  xc += xd;
  xb = rotate(xb ^ xc, 7);
  x[a] = xa;
  x[b] = xb;
  x[c] = xc;
  x[d] = xd;
}

function rotate(word: number, by: number): number {
  return (word << by) | (word >>> (32 - by));
}
