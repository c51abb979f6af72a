/**
 * Frames on a byte channel: four bytes of length, big-endian, then that many bytes. The length's top bit marks a fault
 * frame. A frame that is longer than allowed is refused at its header, before its bytes are gathered.
 */
import { maxFaultBytes, netFault } from './faults.ts';

export type FrameKind = 'data' | 'fault';
export interface Frame {
  readonly kind: FrameKind;
  readonly bytes: Uint8Array;
}

const headerBytes = 4;
const faultBit = 0x8000_0000;

export function encodeFrame(bytes: Uint8Array, kind: FrameKind = 'data'): Uint8Array {
  const frame = new Uint8Array(headerBytes + bytes.byteLength);
  const length = kind === 'fault' ? bytes.byteLength + faultBit : bytes.byteLength;
  new DataView(frame.buffer).setUint32(0, length);
  frame.set(bytes, headerBytes);
  return frame;
}

/** Cuts frames out of whatever pieces the bytes come in. */
export class FrameReader {
  readonly #read: () => Promise<Uint8Array | null>;
  #pieces: Uint8Array[] = [];
  #held = 0;

  constructor(read: () => Promise<Uint8Array | null>) {
    this.#read = read;
  }

  /** The next frame, or null where the bytes end between frames. */
  async next(maxBytes: number): Promise<Frame | null> {
    if (!(await this.#gather(headerBytes))) {
      if (this.#held === 0) return null;
      throw netFault('net.malformed', 'the stream ends inside a frame header', 'peer');
    }
    const header = this.#take(headerBytes);
    const word = new DataView(header.buffer, header.byteOffset, headerBytes).getUint32(0);
    const kind = word >= faultBit ? 'fault' : 'data';
    const length = kind === 'fault' ? word - faultBit : word;
    const limit = kind === 'fault' ? maxFaultBytes : maxBytes;
    if (length > limit) {
      throw netFault('net.too-large', 'a frame is longer than allowed', 'peer', { data: { length, limit } });
    }
    if (!(await this.#gather(length))) {
      throw netFault('net.malformed', 'the stream ends inside a frame', 'peer');
    }
    return { kind, bytes: this.#take(length) };
  }

  async #gather(count: number): Promise<boolean> {
    while (this.#held < count) {
      const piece = await this.#read();
      if (piece === null) return false;
      if (piece.byteLength === 0) continue;
      this.#pieces.push(piece);
      this.#held += piece.byteLength;
    }
    return true;
  }

  #take(count: number): Uint8Array {
    this.#held -= count;
    const first = this.#pieces[0];
    if (first !== undefined && first.byteLength > count) {
      this.#pieces[0] = first.subarray(count);
      return first.subarray(0, count);
    }
    return this.#join(count);
  }

  #join(count: number): Uint8Array {
    const joined = new Uint8Array(count);
    let filled = 0;
    let used = 0;
    for (const piece of this.#pieces) {
      if (filled === count) break;
      const part = piece.subarray(0, count - filled);
      joined.set(part, filled);
      filled += part.byteLength;
      if (part.byteLength < piece.byteLength) {
        this.#pieces[used] = piece.subarray(part.byteLength);
        break;
      }
      used += 1;
    }
    this.#pieces.splice(0, used);
    return joined;
  }
}
