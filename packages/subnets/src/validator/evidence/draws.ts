/** Which entries of a score log the beacon asks for. Pure: nobody knows them before the beacon, everybody after. */
import { type Address, type Hex, keccak, maxEvidenceBytes } from '@souk/protocol';
import { maxObservationBytes } from '../../mechanisms/define.ts';
import type { Mechanism } from '../../mechanisms/mechanism.ts';
import { seededRandom } from '../../mechanisms/random.ts';

/** Bytes of an opening besides answer, observation and what each entry of its group takes. */
const openingBytes = 2_200;
const groupEntryBytes = 96;

export interface Drawing {
  readonly beacon: Hex;
  readonly validator: Address;
}

/** Draws that fit in one opening even where every answer is as long as it may be; at least one. */
export function drawsThatFit(mechanisms: readonly Mechanism[], asked: number): number {
  const sizes = mechanisms.map(
    ({ limits }) =>
      openingBytes + maxObservationBytes + limits.maxResponseBytes + groupEntryBytes * limits.tasksPerEpoch,
  );
  return Math.max(1, Math.min(asked, Math.floor(maxEvidenceBytes / Math.max(...sizes))));
}

/** Places of the drawn weights, in the order they are opened: `draws` different ones of `count`, or all. */
export function drawnWeights(
  { beacon, validator }: Drawing,
  count: number,
  draws: number,
): readonly number[] {
  const random = seededRandom(keccak(beacon, validator));
  const places = Array.from({ length: count }, (_, place) => place);
  const taken = Math.min(draws, count);
  for (let at = 0; at < taken; at += 1) {
    const other = at + random.below(count - at);
    [places[at], places[other]] = [places[other]!, places[at]!];
  }
  return places.slice(0, taken);
}

/** Place of the drawn entry among the `count` entries of the weight at `place`. */
export function drawnEntry({ beacon, validator }: Drawing, place: number, count: number): number {
  const digits = place.toString(16).padStart(8, '0');
  return seededRandom(keccak(beacon, validator, `0x${digits}`)).below(count);
}
