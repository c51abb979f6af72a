/**
 * Collisions among seeded values: to find some, one keeps a table of all values so far, in memory that grows with the
 * units; half the memory costs about twice the work. The answer is pairs of places with the same value: two blocks
 * of the keystream check a pair, whatever it took to find.
 */
import { type Keystream, keystream } from './keystream.ts';

export interface MemorySize {
  /** Values a unit that one looks through on average. */
  readonly entries: number;
  readonly pairs: number;
}

const lane = 0;
/** A table of twice the values; each place is a tag and where the value stands. */
const spare = 2;
const maxProbes = 256;

export function memoryBuffer(units: number, size: MemorySize): SharedArrayBuffer {
  return new SharedArrayBuffer(4 * (1 + 2 * size.pairs + 2 * slotsOf(units, size)));
}

/** Looks at every `parts`th value until all parts together have enough pairs. */
export function findCollisions(
  seed: string,
  units: number,
  size: MemorySize,
  shared: { readonly buffer: SharedArrayBuffer; readonly part: number; readonly parts: number },
): void {
  const slots = slotsOf(units, size);
  const range = rangeOf(units, size);
  const stream = keystream(seed);
  const found = new Int32Array(shared.buffer, 0, 1 + 2 * size.pairs);
  const tags = new Int32Array(shared.buffer, 4 * found.length, slots);
  const places = new Int32Array(shared.buffer, 4 * (found.length + slots), slots);
  for (let place = shared.part; Atomics.load(found, 0) < size.pairs; place += shared.parts) {
    const value = valueOf(stream, place, range);
    const tag = 1 + (Math.floor(value / slots) % 0x7fff_fffe);
    for (let probe = 0, slot = value % slots; probe < maxProbes; probe++, slot = (slot + 1) % slots) {
      const there = Atomics.compareExchange(tags, slot, 0, tag);
      if (there === 0) {
        Atomics.store(places, slot, place + 1);
        break;
      }
      if (there !== tag) continue;
      const other = Atomics.load(places, slot) - 1;
      if (other < 0 || valueOf(stream, other, range) !== value) continue;
      const pair = Atomics.add(found, 0, 1);
      if (pair < size.pairs) found.set([other, place], 1 + 2 * pair);
      break;
    }
  }
}

export function memoryAnswer(size: MemorySize, buffer: SharedArrayBuffer): Uint8Array {
  return new Uint8Array(new Uint8Array(buffer, 4, 8 * size.pairs));
}

export function isMemoryAnswer(seed: string, units: number, size: MemorySize, answer: Uint8Array): boolean {
  if (answer.length !== 8 * size.pairs) return false;
  const stream = keystream(seed);
  const range = rangeOf(units, size);
  const places = Buffer.from(answer);
  const seen = new Set<number>();
  for (let at = 0; at < places.length; at += 8) {
    const [first, second] = [places.readUInt32LE(at), places.readUInt32LE(at + 4)];
    // Every pair brings a place of its own, so one pair can't be counted twice.
    if (first === second || seen.has(second)) return false;
    seen.add(first).add(second);
    if (valueOf(stream, first, range) !== valueOf(stream, second, range)) return false;
  }
  return true;
}

function valueOf(stream: Keystream, place: number, range: number): number {
  const words = stream.block(lane, place);
  return (words[0]! * 2 ** 20 + (words[1]! >>> 12)) % range;
}

/** Among n values of `range` there are about n² / 2·range pairs. */
function rangeOf(units: number, { entries, pairs }: MemorySize): number {
  return Math.floor((units * entries) ** 2 / (2 * pairs));
}

function slotsOf(units: number, { entries }: MemorySize): number {
  return spare * units * entries;
}
