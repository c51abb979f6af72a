import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Fault } from '@souk/protocol';
import { brimfulOf, hostileOf, wireMessages } from '@souk/protocol/testing';
import { decodeFault } from '../src/faults.ts';
import { type Frame, FrameReader } from '../src/frames.ts';
import { parseMessage } from '../src/messages.ts';

/** In all, over every kind of message. */
const cases = 100_000;
const frameCases = 10_000;
const seed = 20_261_123;
/** One message may take this long at most to be read or refused, on a busy machine. */
const slowestMs = 2000;
const heapGrowthBytes = 48 * 2 ** 20;

const perMessage = Math.ceil(cases / wireMessages.length);
const expected = new Set(['net.malformed', 'net.too-large']);

/** True where it was read, false where it was refused as it should be. Throws on anything else. */
function isRead(work: () => unknown): boolean {
  try {
    work();
    return true;
  } catch (error) {
    if (error instanceof Fault && expected.has(error.code) && error.blame === 'peer') return false;
    throw error;
  }
}

/** Frames until the bytes end or are refused. Throws on any other fault. */
async function readAll(reader: FrameReader, maxBytes: number): Promise<readonly Frame[]> {
  const frames: Frame[] = [];
  try {
    for (;;) {
      const frame = await reader.next(maxBytes);
      if (frame === null) return frames;
      frames.push(frame);
    }
  } catch (error) {
    if (error instanceof Fault && expected.has(error.code)) return frames;
    throw error;
  }
}

setFlagsFromString('--expose-gc');
const collectGarbage = runInNewContext('gc') as () => void;

function heapBytes(): number {
  collectGarbage();
  return process.memoryUsage().heapUsed;
}

describe('hostile messages', () => {
  let slowest = 0;
  let read = 0;
  let total = 0;

  it.each(wireMessages.map((message) => [message.name, message] as const))(
    '%s: read or refused, and nothing else',
    (_name, { name, schema, maxBytes }) => {
      const arbitrary = hostileOf(schema);
      const before = heapBytes();
      const property = fc.property(arbitrary, (bytes) => {
        const startedAt = performance.now();
        if (isRead(() => parseMessage(name, schema, bytes, maxBytes))) read += 1;
        slowest = Math.max(slowest, performance.now() - startedAt);
        total += 1;
      });
      fc.assert(property, { numRuns: perMessage, seed });
      expect(heapBytes() - before).toBeLessThan(heapGrowthBytes);
      expect(Object.keys(Object.prototype)).toEqual([]);
      expect(({} as { ok?: unknown }).ok).toBeUndefined();
    },
  );

  it('as long as allowed, and full of what is not wanted, cost no more than they weigh', () => {
    for (const { name, schema, maxBytes } of wireMessages) {
      for (const bytes of brimfulOf(schema, maxBytes)) {
        const before = process.memoryUsage().heapUsed;
        const startedAt = performance.now();
        isRead(() => parseMessage(name, schema, bytes, maxBytes));
        slowest = Math.max(slowest, performance.now() - startedAt);
        expect(process.memoryUsage().heapUsed - before).toBeLessThan(100 * maxBytes + heapGrowthBytes);
      }
    }
  });

  it('were many, some of them good, none of them slow', () => {
    expect(total).toBeGreaterThanOrEqual(cases);
    expect(read).toBeGreaterThan(total / 100);
    expect(slowest).toBeLessThan(slowestMs);
  });
});

describe('hostile frames', () => {
  it('are cut or refused, however the bytes come', async () => {
    const pieces = fc.array(fc.uint8Array({ maxLength: 40 }), { maxLength: 12 });
    const property = fc.asyncProperty(pieces, fc.nat({ max: 64 }), async (chunks, maxBytes) => {
      const left = [...chunks];
      const reader = new FrameReader(async () => left.shift() ?? null);
      const frames = await readAll(reader, maxBytes);
      expect(frames.every(({ kind, bytes }) => bytes.length <= (kind === 'fault' ? 256 : maxBytes))).toBe(
        true,
      );
    });
    await fc.assert(property, { numRuns: frameCases, seed });
  });

  it('that tell of a fault are faults, whatever they say', () => {
    const property = fc.property(fc.uint8Array({ maxLength: 300 }), (bytes) => {
      expect(decodeFault(bytes, 'souk/x/1')).toBeInstanceOf(Fault);
    });
    fc.assert(property, { numRuns: frameCases, seed });
  });
});
