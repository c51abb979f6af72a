/** A libp2p stream as a byte channel: events become reads, with back-pressure both ways. */
import type { Stream, StreamCloseEvent, StreamMessageEvent } from '@libp2p/interface';
import { Fault } from '@souk/protocol';
import { netFault } from '../faults.ts';
import type { Remote } from '../peer.ts';
import type { ByteChannel } from '../transport.ts';

/** Unread cost at which the sender is held back, and at which it may go on. A piece costs its bytes and a bit. */
const highWater = 512 * 1024;
const lowWater = 128 * 1024;
const pieceCost = 128;
/** Handed to libp2p at a time, so that little waits in its buffers. */
const sliceBytes = 64 * 1024;
const closeTimeoutMs = 10_000;

export function byteChannel(stream: Stream, remote: Remote): ByteChannel {
  const broken = new AbortController();
  let unread: Uint8Array[] = [];
  let unreadCost = 0;
  // The stream may have ended or broken while its protocol was negotiated: its events are then past.
  let hasRemoteEnded = stream.remoteWriteStatus === 'closed' && stream.status === 'open';
  let isComplete = hasRemoteEnded && stream.readableEnded;
  let changed = Promise.withResolvers<void>();
  let lastWrite: Promise<unknown> = Promise.resolve();

  function wake(): void {
    changed.resolve();
    changed = Promise.withResolvers<void>();
  }

  function breakWith(reason: unknown): void {
    if (broken.signal.aborted) return;
    const fault =
      reason instanceof Fault
        ? reason
        : netFault('net.closed', 'the stream broke', 'peer', { cause: reason });
    broken.abort(fault);
    wake();
  }

  let isResuming = false;
  stream.addEventListener('message', (event: StreamMessageEvent) => {
    const pieces = event.data instanceof Uint8Array ? [event.data] : event.data;
    for (const piece of pieces) {
      unread.push(piece);
      unreadCost += piece.byteLength + pieceCost;
    }
    if (!isResuming) pauseIfFull();
    wake();
  });
  stream.addEventListener('remoteCloseWrite', () => {
    hasRemoteEnded = true;
  });
  // Without the remote's end first, `end` means that the connection went away.
  stream.addEventListener('end', () => {
    isComplete = hasRemoteEnded;
    wake();
  });
  stream.addEventListener('close', (event: StreamCloseEvent) => {
    if (event.error !== undefined || !hasRemoteEnded) breakWith(event.error);
    wake();
  });

  if (stream.status !== 'open') breakWith(undefined);

  function takePiece(): Uint8Array | undefined {
    const piece = unread.shift();
    if (piece === undefined) return undefined;
    unreadCost -= piece.byteLength + pieceCost;
    if (unreadCost <= lowWater && stream.readStatus === 'paused') resume();
    return piece;
  }

  function pauseIfFull(): void {
    if (unreadCost >= highWater && stream.readStatus === 'readable') stream.pause();
  }

  // `resume` first hands out what it has kept, then asks the sender for more: a pause from within would be undone, and
  // the sender would go on until libp2p's buffer overflows and the stream is reset.
  function resume(): void {
    isResuming = true;
    stream.resume();
    isResuming = false;
    pauseIfFull();
  }

  async function send(bytes: Uint8Array): Promise<void> {
    for (let at = 0; at < bytes.byteLength; at += sliceBytes) {
      while (stream.writableNeedsDrain && !broken.signal.aborted) await nextEvent(stream, ['drain', 'close']);
      broken.signal.throwIfAborted();
      try {
        stream.send(bytes.subarray(at, at + sliceBytes));
      } catch (cause) {
        throw netFault('net.closed', 'the stream takes no more bytes', 'peer', { cause });
      }
    }
  }

  return {
    remote,
    broken: broken.signal,
    read: async () => {
      for (;;) {
        const piece = takePiece();
        if (piece !== undefined) return piece;
        if (isComplete) return null;
        if (stream.readBufferLength === 0) broken.signal.throwIfAborted();
        await changed.promise;
      }
    },
    write: (bytes) => {
      const written = lastWrite.then(() => send(bytes));
      lastWrite = written.catch(() => undefined);
      return written;
    },
    end: async () => {
      await lastWrite;
      if (broken.signal.aborted) return;
      try {
        await stream.close({ signal: AbortSignal.timeout(closeTimeoutMs) });
      } catch (cause) {
        const fault = netFault('net.closed', 'the stream could not be ended', 'peer', { cause });
        stream.abort(fault);
        throw fault;
      }
    },
    abort: (reason) => {
      unread = [];
      unreadCost = 0;
      breakWith(
        reason instanceof Fault
          ? reason
          : netFault('net.closed', 'the stream was aborted', 'self', { cause: reason }),
      );
      stream.abort(reason);
    },
  };
}

function nextEvent(target: EventTarget | Stream, names: readonly ('drain' | 'close')[]): Promise<void> {
  return new Promise((resolve) => {
    const done = () => {
      for (const name of names) target.removeEventListener(name, done);
      resolve();
    };
    for (const name of names) target.addEventListener(name, done);
  });
}
