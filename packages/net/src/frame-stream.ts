/** The FrameStream of the port, over a byte channel. */
import { Fault } from '@souk/protocol';
import { decodeFault, netFault } from './faults.ts';
import { encodeFrame, type FrameReader } from './frames.ts';
import type { FrameStream } from './peer.ts';
import type { ByteChannel } from './transport.ts';

export interface FrameStreamRules {
  readonly protocol: string;
  readonly maxFrameBytes: number;
  /** Told of every fault that is the other side's doing. */
  readonly onFault: (fault: Fault) => void;
}

/** Disposing it breaks the channel unless both sides have ended. `reader` may already have read an opening. */
export function createFrameStream(
  channel: ByteChannel,
  reader: FrameReader,
  rules: FrameStreamRules,
): FrameStream {
  let turn: Promise<unknown> = Promise.resolve();
  let isEnded = false;
  let isRemoteEnded = false;

  async function next(): Promise<IteratorResult<Uint8Array, undefined>> {
    const frame = await reader.next(rules.maxFrameBytes).catch((error: unknown) => {
      throw broken(channel, error, rules.onFault);
    });
    if (frame === null) {
      isRemoteEnded = true;
      return { done: true, value: undefined };
    }
    if (frame.kind === 'data') return { done: false, value: frame.bytes };
    throw broken(channel, decodeFault(frame.bytes, rules.protocol), rules.onFault);
  }

  async function send(bytes: Uint8Array): Promise<void> {
    if (bytes.byteLength > rules.maxFrameBytes) {
      const data = { protocol: rules.protocol, length: bytes.byteLength, limit: rules.maxFrameBytes };
      throw netFault('net.too-large', 'a frame is longer than its protocol allows', 'self', { data });
    }
    if (isEnded) throw netFault('net.closed', 'our half of the stream has ended', 'self', { retry: false });
    await channel.write(encodeFrame(bytes));
  }

  async function end(): Promise<void> {
    if (isEnded) return;
    isEnded = true;
    await channel.end();
  }

  return {
    remote: channel.remote,
    send,
    end,
    abort: (reason) => channel.abort(reason),
    // No `return`: leaving a loop early does not end the stream, a later loop goes on where it stopped.
    [Symbol.asyncIterator]: () => ({
      next: () => {
        const result = turn.then(next);
        turn = result.catch(() => undefined);
        return result;
      },
    }),
    [Symbol.asyncDispose]: async () => {
      if (isEnded && isRemoteEnded) return;
      channel.abort(netFault('net.closed', 'the stream was disposed of', 'self'));
    },
  };
}

function broken(channel: ByteChannel, error: unknown, onFault: (fault: Fault) => void): unknown {
  if (!(error instanceof Fault)) return error;
  if (error.code === 'net.malformed' || error.code === 'net.too-large') channel.abort(error);
  onFault(error);
  return error;
}
