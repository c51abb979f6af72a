/** Streams: one opening message, then frames both ways until both sides have ended. */
import type { StreamProtocol } from '@souk/protocol';
import type { z } from 'zod';
import { withDeadline } from './deadline.ts';
import { createFrameStream } from './frame-stream.ts';
import { encodeFrame, FrameReader } from './frames.ts';
import { encodeMessage, parseMessage } from './messages.ts';
import type { CallOptions, FrameStream } from './peer.ts';
import { handlerFault, noteFault, protocolId, readFirst, type Room, takeIn } from './room.ts';
import { parseTarget } from './target.ts';
import type { ByteChannel } from './transport.ts';

export async function openStream<Q extends z.ZodType>(
  room: Room,
  peer: readonly string[],
  protocol: StreamProtocol<Q>,
  opening: z.output<Q>,
  options: CallOptions = {},
): Promise<FrameStream> {
  const target = parseTarget(peer);
  const bytes = encodeMessage(protocol.name, protocol.open, opening, protocol.maxOpenBytes);
  const ms = options.timeoutMs ?? room.config.askTimeoutMs;
  const limits = { clock: room.clock, ms, what: 'stream', signal: options.signal };
  const channel = await withDeadline(limits, async (signal) => {
    const opened = await room.transport.open(target, protocolId(protocol.name), signal);
    abortWith(opened, signal);
    await opened.write(encodeFrame(bytes));
    return opened;
  });
  abortWith(channel, options.signal);
  room.counts.streamsOpened += 1;
  return streamOver(room, channel, new FrameReader(() => channel.read()), protocol);
}

export async function serveStream<Q extends z.ZodType>(
  room: Room,
  protocol: StreamProtocol<Q>,
  handle: (opening: z.output<Q>, stream: FrameStream) => Promise<void>,
): Promise<void> {
  await takeIn(room, protocol, async (channel, reader) => {
    const bytes = await readFirst(room, reader, protocol.maxOpenBytes);
    const opening = parseMessage(protocol.name, protocol.open, bytes, protocol.maxOpenBytes);
    room.counts.streamsServed += 1;
    const abort = () => channel.abort(room.closing.reason as Error);
    room.closing.addEventListener('abort', abort, { once: true });
    try {
      const stream = streamOver(room, channel, reader, protocol);
      // What the handler sent must still arrive: disposing only ends, and the room waits for the other side.
      await handle(opening, { ...stream, [Symbol.asyncDispose]: () => stream.end() });
    } catch (error) {
      throw handlerFault(room, protocol, channel, error);
    } finally {
      room.closing.removeEventListener('abort', abort);
    }
  });
}

function streamOver(
  room: Room,
  channel: ByteChannel,
  reader: FrameReader,
  protocol: StreamProtocol<z.ZodType>,
): FrameStream {
  return createFrameStream(channel, reader, {
    protocol: protocol.name,
    maxFrameBytes: protocol.maxFrameBytes,
    onFault: (fault) => noteFault(room, channel.remote.peerId, fault),
  });
}

/** The signal breaks the channel for as long as that lives. */
function abortWith(channel: ByteChannel, signal: AbortSignal | undefined): void {
  if (signal === undefined) return;
  const abort = () => channel.abort(signal.reason as Error);
  if (signal.aborted) abort();
  signal.addEventListener('abort', abort, { once: true, signal: channel.broken });
}
