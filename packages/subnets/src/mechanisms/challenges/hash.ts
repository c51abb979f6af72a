/** Nonces whose hash with the seed is small: as much work as they are rare, one hash each to check. */
import { hash } from 'node:crypto';

export interface HashSize {
  /** Hashes a unit on average. */
  readonly hashes: number;
  readonly nonces: number;
}

const digestRange = 2 ** 48;

export function hashBuffer(size: HashSize): SharedArrayBuffer {
  return new SharedArrayBuffer(4 * (1 + size.nonces));
}

/** Tries every `parts`th nonce until all parts together have enough. */
export function findNonces(
  seed: string,
  units: number,
  size: HashSize,
  shared: { readonly buffer: SharedArrayBuffer; readonly part: number; readonly parts: number },
): void {
  const found = new Uint32Array(shared.buffer);
  const limit = limitOf(units, size);
  for (let nonce = shared.part; Atomics.load(found, 0) < size.nonces; nonce += shared.parts) {
    if (digestOf(seed, nonce) >= limit) continue;
    const at = Atomics.add(found, 0, 1);
    if (at < size.nonces) found[1 + at] = nonce;
  }
}

export function hashAnswer(size: HashSize, buffer: SharedArrayBuffer): Uint8Array {
  return new Uint8Array(new Uint8Array(buffer, 4, 4 * size.nonces));
}

export function isHashAnswer(seed: string, units: number, size: HashSize, answer: Uint8Array): boolean {
  if (answer.length !== 4 * size.nonces) return false;
  const bytes = Buffer.from(answer);
  const limit = limitOf(units, size);
  const nonces = new Set(Array.from({ length: size.nonces }, (_, at) => bytes.readUInt32LE(4 * at)));
  return nonces.size === size.nonces && [...nonces].every((nonce) => digestOf(seed, nonce) < limit);
}

function digestOf(seed: string, nonce: number): number {
  return hash('sha256', `${seed}:${nonce}`, 'buffer').readUIntBE(0, 6);
}

function limitOf(units: number, { hashes, nonces }: HashSize): number {
  return Math.floor((digestRange / (units * hashes)) * nonces);
}
