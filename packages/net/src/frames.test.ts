import { Fault } from '@souk/protocol';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { encodeFault } from './faults.ts';
import { encodeFrame, FrameReader } from './frames.ts';

function readerOf(pieces: readonly Uint8Array[]): { reader: FrameReader; taken: () => number } {
  let next = 0;
  return { reader: new FrameReader(async () => pieces[next++] ?? null), taken: () => next };
}

/** Cuts at the given places. */
function cut(bytes: Uint8Array, places: readonly number[]): Uint8Array[] {
  const at = [0, ...places.map((place) => place % (bytes.byteLength + 1)), bytes.byteLength].toSorted(
    (a, b) => a - b,
  );
  return at.slice(1).map((end, i) => bytes.subarray(at[i], end));
}

async function readAll(reader: FrameReader, maxBytes: number) {
  const frames = [];
  for (let frame = await reader.next(maxBytes); frame !== null; frame = await reader.next(maxBytes)) {
    frames.push({ kind: frame.kind, bytes: Buffer.from(frame.bytes) });
  }
  return frames;
}

const frameList = fc.array(
  fc.record({ kind: fc.constantFrom('data', 'fault'), bytes: fc.uint8Array({ maxLength: 200 }) }),
);

describe('frames', () => {
  it('come out as they went in, however the bytes are cut', async () => {
    await fc.assert(
      fc.asyncProperty(frameList, fc.array(fc.nat(), { maxLength: 40 }), async (frames, places) => {
        const bytes = Buffer.concat(frames.map((frame) => encodeFrame(frame.bytes, frame.kind)));
        const { reader } = readerOf(cut(bytes, places));
        const expected = frames.map((frame) => ({ kind: frame.kind, bytes: Buffer.from(frame.bytes) }));
        expect(await readAll(reader, 200)).toEqual(expected);
      }),
    );
  });

  it('that end early are malformed, wherever they end', async () => {
    await fc.assert(
      fc.asyncProperty(fc.uint8Array({ maxLength: 50 }), fc.nat(), async (payload, at) => {
        const whole = encodeFrame(payload);
        const length = 1 + (at % (whole.byteLength - 1));
        const { reader } = readerOf([whole.subarray(0, length)]);
        await expect(reader.next(50)).rejects.toMatchObject({ code: 'net.malformed', blame: 'peer' });
      }),
    );
  });

  it('are taken at the limit and refused one byte above it, before the payload is read', async () => {
    const atLimit = readerOf([encodeFrame(new Uint8Array(10))]);
    expect((await atLimit.reader.next(10))?.bytes.byteLength).toBe(10);
    const frame = encodeFrame(new Uint8Array(11));
    const above = readerOf([frame.subarray(0, 4), frame.subarray(4)]);
    await expect(above.reader.next(10)).rejects.toMatchObject({ code: 'net.too-large' });
    expect(above.taken()).toBe(1);
    const fault = readerOf([encodeFrame(new Uint8Array(257), 'fault')]);
    await expect(fault.reader.next(1_000_000)).rejects.toMatchObject({ code: 'net.too-large' });
  });

  it('are never anything but frames or a fault, whatever the bytes', async () => {
    const outcomes = new Set<string>();
    await fc.assert(
      fc.asyncProperty(fc.array(fc.uint8Array({ maxLength: 20 })), async (pieces) => {
        const { reader } = readerOf(pieces);
        await readAll(reader, 1_000).then(
          () => outcomes.add('frames'),
          (error: unknown) => outcomes.add(error instanceof Fault ? error.code : String(error)),
        );
      }),
    );
    expect([...outcomes].toSorted()).toEqual(['frames', 'net.malformed', 'net.too-large']);
  });

  it('tell faults in few enough bytes', () => {
    expect(encodeFault(new Error('x'.repeat(10_000))).byteLength).toBeLessThan(256);
  });
});
