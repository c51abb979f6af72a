/** MinHash: how much two texts share, from a few numbers of each. Whole numbers only, so that every machine gets the same bits. Pure. */
const shingleWords = 4;
/** Standard error of a similarity is about half of one over the root of this. */
const hashes = 64;
export const signatureDigits = 8 * hashes;

/** Of the runs of four words in `text`: 64 numbers of 32 bits in hex. Words are what blanks divide. */
export function minHash(text: string): string {
  const words = text.split(/[ \n]/);
  const least = new Uint32Array(hashes).fill(0xffff_ffff);
  for (let at = 0; at === 0 || at + shingleWords <= words.length; at++) {
    const shingle = fnv(words.slice(at, at + shingleWords).join(' '));
    for (let index = 0; index < hashes; index++) {
      const value = scramble(shingle ^ scramble(index + 1));
      if (value < least[index]!) least[index] = value;
    }
  }
  return Array.from(least, (value) => value.toString(16).padStart(8, '0')).join('');
}

/** Estimated Jaccard similarity of two signatures, 0 to 1. */
export function similarity(a: string, b: string): number {
  let same = 0;
  for (let at = 0; at < signatureDigits; at += 8) {
    if (a.slice(at, at + 8) === b.slice(at, at + 8)) same += 1;
  }
  return same / hashes;
}

function fnv(text: string): number {
  let value = 0x811c9dc5;
  for (const byte of new TextEncoder().encode(text)) value = Math.imul(value ^ byte, 0x01000193);
  return value >>> 0;
}

function scramble(word: number): number {
  let value = Math.imul(word ^ (word >>> 16), 0x85ebca6b);
  value = Math.imul(value ^ (value >>> 13), 0xc2b2ae35);
  return (value ^ (value >>> 16)) >>> 0;
}
