/** Two ends of a byte channel in memory, with back-pressure. */
import { Fault } from '@souk/protocol';
import { netFault } from './faults.ts';
import type { Remote } from './peer.ts';
import type { ByteChannel } from './transport.ts';

/** Unread bytes at which a write waits. */
const highWater = 512 * 1024;

/** One direction. */
interface Pipe {
  readonly pieces: Uint8Array[];
  bytes: number;
  isEnded: boolean;
}

/** `[end of the one that sees far, end of far]`. */
export function memoryChannels(far: Remote, near: Remote): [ByteChannel, ByteChannel] {
  const there: Pipe = { pieces: [], bytes: 0, isEnded: false };
  const back: Pipe = { pieces: [], bytes: 0, isEnded: false };
  const state = { changed: Promise.withResolvers<void>() };
  const ends = [new AbortController(), new AbortController()] as const;

  function wake(): void {
    state.changed.resolve();
    state.changed = Promise.withResolvers();
  }

  function breakBoth(reason: Error, mine: AbortController, theirs: AbortController): void {
    if (mine.signal.aborted) return;
    if (there.isEnded && back.isEnded && back.bytes === 0 && there.bytes === 0) return;
    mine.abort(
      reason instanceof Fault
        ? reason
        : netFault('net.closed', 'the stream was aborted', 'self', { cause: reason }),
    );
    theirs.abort(netFault('net.closed', 'the stream broke', 'peer'));
    wake();
  }

  function end(
    remote: Remote,
    out: Pipe,
    into: Pipe,
    mine: AbortController,
    theirs: AbortController,
  ): ByteChannel {
    let lastWrite: Promise<unknown> = Promise.resolve();

    async function send(bytes: Uint8Array): Promise<void> {
      while (out.bytes >= highWater && !mine.signal.aborted) await state.changed.promise;
      mine.signal.throwIfAborted();
      if (out.isEnded) throw netFault('net.closed', 'the stream takes no more bytes', 'self');
      out.pieces.push(bytes.slice());
      out.bytes += bytes.byteLength;
      wake();
    }

    return {
      remote,
      broken: mine.signal,
      read: async () => {
        for (;;) {
          const piece = into.pieces.shift();
          if (piece !== undefined) {
            into.bytes -= piece.byteLength;
            wake();
            return piece;
          }
          if (into.isEnded) return null;
          mine.signal.throwIfAborted();
          await state.changed.promise;
        }
      },
      write: (bytes) => {
        const written = lastWrite.then(() => send(bytes));
        lastWrite = written.catch(() => undefined);
        return written;
      },
      end: async () => {
        await lastWrite;
        mine.signal.throwIfAborted();
        out.isEnded = true;
        wake();
      },
      abort: (reason) => {
        into.pieces.length = 0;
        into.bytes = 0;
        breakBoth(reason, mine, theirs);
      },
    };
  }

  return [end(far, there, back, ends[0], ends[1]), end(near, back, there, ends[1], ends[0])];
}
