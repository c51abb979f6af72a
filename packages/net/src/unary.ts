/** Request and answer: one stream, one frame each way. */
import type { UnaryProtocol } from '@souk/protocol';
import type { z } from 'zod';
import { withDeadline } from './deadline.ts';
import { decodeFault, netFault } from './faults.ts';
import { encodeFrame, FrameReader } from './frames.ts';
import { encodeMessage, parseMessage } from './messages.ts';
import type { CallOptions, Remote } from './peer.ts';
import { handlerFault, noteFault, protocolId, readFirst, type Room, takeIn } from './room.ts';
import { parseTarget } from './target.ts';
import type { ByteChannel } from './transport.ts';

export async function ask<Q extends z.ZodType, A extends z.ZodType>(
  room: Room,
  peer: readonly string[],
  protocol: UnaryProtocol<Q, A>,
  request: z.output<Q>,
  options: CallOptions = {},
): Promise<z.output<A>> {
  const target = parseTarget(peer);
  const bytes = encodeMessage(protocol.name, protocol.request, request, protocol.maxRequestBytes);
  const ms = options.timeoutMs ?? room.config.askTimeoutMs;
  const limits = { clock: room.clock, ms, what: 'answer', signal: options.signal };
  room.counts.asked += 1;
  return withDeadline(limits, async (signal) => {
    const channel = await room.transport.open(target, protocolId(protocol.name), signal);
    const stop = () => channel.abort(signal.reason as Error);
    if (signal.aborted) stop();
    signal.addEventListener('abort', stop, { once: true });
    try {
      const answer = await exchange(channel, bytes, protocol);
      return parseMessage(protocol.name, protocol.answer, answer, protocol.maxAnswerBytes);
    } catch (error) {
      noteFault(room, target.remote.peerId, error);
      channel.abort(error as Error);
      throw error;
    } finally {
      signal.removeEventListener('abort', stop);
    }
  });
}

/** Sends and reads at once: a peer that refuses says so before it has read all. */
async function exchange(
  channel: ByteChannel,
  request: Uint8Array,
  protocol: { readonly name: string; readonly maxAnswerBytes: number },
): Promise<Uint8Array> {
  const sent = channel.write(encodeFrame(request)).then(() => channel.end());
  sent.catch(() => undefined);
  const frame = await new FrameReader(() => channel.read()).next(protocol.maxAnswerBytes);
  if (frame === null) throw netFault('net.malformed', 'the peer ended without an answer', 'peer');
  if (frame.kind === 'fault') throw decodeFault(frame.bytes, protocol.name);
  await sent;
  return frame.bytes;
}

export async function answer<Q extends z.ZodType, A extends z.ZodType>(
  room: Room,
  protocol: UnaryProtocol<Q, A>,
  handle: (request: z.output<Q>, remote: Remote, signal: AbortSignal) => Promise<z.output<A>>,
): Promise<void> {
  await takeIn(room, protocol, async (channel, reader) => {
    const bytes = await readFirst(room, reader, protocol.maxRequestBytes);
    const request = parseMessage(protocol.name, protocol.request, bytes, protocol.maxRequestBytes);
    room.counts.answered += 1;
    const signal = AbortSignal.any([channel.broken, room.closing]);
    try {
      const result = await handle(request, channel.remote, signal);
      const encoded = encodeMessage(protocol.name, protocol.answer, result, protocol.maxAnswerBytes);
      await channel.write(encodeFrame(encoded));
    } catch (error) {
      throw handlerFault(room, protocol, channel, error);
    }
  });
}
