import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { blobKeys, idOf, openBlob, sealBlob } from './blob.ts';
import { Chunker, maxChunkBytes, minChunkBytes } from './chunker.ts';

const keys = blobKeys(`0x${'11'.repeat(32)}`);
const others = blobKeys(`0x${'22'.repeat(32)}`);

/** Bytes that look random and are the same every time. */
function noise(bytes: number, seed = 1): Buffer {
  const blocks = Array.from({ length: Math.ceil(bytes / 32) }, (_, at) =>
    createHash('sha256').update(`${seed}/${at}`).digest(),
  );
  return Buffer.concat(blocks).subarray(0, bytes);
}

function cut(parts: readonly Buffer[], gear = keys.gear): Buffer[] {
  const chunker = new Chunker(gear);
  const chunks = parts.flatMap((part) => [...chunker.push(part)]);
  return [...chunks, ...chunker.end()];
}

const hashes = (chunks: readonly Buffer[]) => chunks.map((chunk) => idOf(chunk));

describe('chunks', () => {
  const data = noise(12 * 1024 * 1024);

  it('are all there is, in order, and none is too long or too short', () => {
    const chunks = cut([data]);
    expect(Buffer.concat(chunks).equals(data)).toBe(true);
    for (const chunk of chunks) expect(chunk.length).toBeLessThanOrEqual(maxChunkBytes);
    for (const chunk of chunks.slice(0, -1)) expect(chunk.length).toBeGreaterThanOrEqual(minChunkBytes);
    const mean = data.length / chunks.length;
    expect(mean).toBeGreaterThan(150 * 1024);
    expect(mean).toBeLessThan(500 * 1024);
  });

  it('are the same however the bytes are handed in', () => {
    const parts = Array.from({ length: Math.ceil(data.length / 70_001) }, (_, at) =>
      data.subarray(at * 70_001, (at + 1) * 70_001),
    );
    expect(hashes(cut(parts))).toEqual(hashes(cut([data])));
  });

  it('stay the same but for a few around bytes that are put in or taken out', () => {
    const before = new Set(hashes(cut([data])));
    for (const at of [0, 1_000_003, 6_000_001, data.length]) {
      const inserted = cut([data.subarray(0, at), Buffer.from('something new'), data.subarray(at)]);
      expect(hashes(inserted).filter((id) => !before.has(id)).length).toBeLessThanOrEqual(4);
      const removed = cut([data.subarray(0, at), data.subarray(at + 777)]);
      expect(hashes(removed).filter((id) => !before.has(id)).length).toBeLessThanOrEqual(4);
    }
  });

  it('are cut elsewhere under another key', () => {
    const lengths = (chunks: readonly Buffer[]) => chunks.map((chunk) => chunk.length);
    expect(lengths(cut([data], others.gear))).not.toEqual(lengths(cut([data])));
  });

  it('of zeros are all the same one', () => {
    expect(new Set(hashes(cut([Buffer.alloc(8 * 1024 * 1024)]))).size).toBe(1);
  });

  it('of nothing are none', () => {
    expect(cut([])).toEqual([]);
  });
});

describe('a blob', () => {
  const plain = noise(100_000);

  it('opens to what was sealed, compressed or not', () => {
    for (const data of [plain, Buffer.alloc(500_000, 'abc'), Buffer.alloc(0)]) {
      expect(openBlob(keys, sealBlob(keys, data).bytes).equals(data)).toBe(true);
    }
    expect(sealBlob(keys, Buffer.alloc(500_000, 'abc')).bytes.length).toBeLessThan(1000);
  });

  it('is the same for the same data and key, and another for another key', () => {
    expect(sealBlob(keys, plain).id).toBe(sealBlob(keys, Buffer.from(plain)).id);
    expect(sealBlob(keys, plain).id).not.toBe(sealBlob(others, plain).id);
  });

  it('does not open with another key, changed, or cut short', () => {
    const { bytes } = sealBlob(keys, plain);
    const changed = Buffer.from(bytes);
    changed[5000] = (changed[5000] ?? 0) ^ 1;
    for (const wrong of [changed, bytes.subarray(0, -1), bytes.subarray(0, 20), Buffer.alloc(0)]) {
      expect(() => openBlob(keys, wrong)).toThrow(/not sealed with this key/);
    }
    expect(() => openBlob(others, bytes)).toThrow(/not sealed with this key/);
  });
});
