/** What the parts of a peer share, and the one way in for every request and stream from outside. */
import { type Clock, Fault, type Log } from '@souk/protocol';
import type { NetConfig } from './config.ts';
import { withDeadline } from './deadline.ts';
import { encodeFault, netFault } from './faults.ts';
import { encodeFrame, FrameReader } from './frames.ts';
import type { Offence, RateLimits, Standings } from './limits.ts';
import type { PeerStats } from './peer.ts';
import type { ByteChannel, Transport } from './transport.ts';

type Writable<T> = { -readonly [K in keyof T]: T[K] };
export type Counts = Writable<Omit<PeerStats, 'connected' | 'refused'>> & {
  readonly refused: Record<Offence, number>;
};

export interface Room {
  readonly transport: Transport;
  readonly clock: Clock;
  readonly log: Log;
  readonly config: NetConfig;
  readonly standings: Standings;
  readonly rates: RateLimits;
  readonly counts: Counts;
  /** Aborted when the peer is disposed of. */
  readonly closing: AbortSignal;
  /** Streams being served, by peer id. */
  readonly open: Map<string, number>;
  readonly serving: Set<Promise<void>>;
}

export interface Served {
  readonly name: string;
  readonly perMinute: number;
}

const offences: Readonly<Record<string, Offence>> = {
  'net.malformed': 'malformed',
  'net.too-large': 'too-large',
  'net.timeout': 'timeout',
  'net.busy': 'busy',
  'net.rate-limited': 'rate-limited',
};

/** Counts and scores a fault that is the peer's doing. */
export function noteFault(room: Room, peerId: string, error: unknown): void {
  if (!(error instanceof Fault) || error.blame !== 'peer') return;
  const offence = offences[error.code];
  if (offence !== undefined) noteOffence(room, peerId, offence);
}

export function noteOffence(room: Room, peerId: string, offence: Offence): void {
  room.counts.refused[offence] += 1;
  room.standings.penalise(peerId, offence);
}

/** Takes in streams of `protocol`. `work` answers; what it throws is told to the other side as a fault frame. */
export async function takeIn(
  room: Room,
  protocol: Served,
  work: (channel: ByteChannel, reader: FrameReader) => Promise<void>,
): Promise<void> {
  await room.transport.handle(protocolId(protocol.name), (channel) => {
    const served = serve(room, protocol, channel, work).finally(() => room.serving.delete(served));
    room.serving.add(served);
  });
}

export function protocolId(name: string): string {
  return `/${name}`;
}

async function serve(
  room: Room,
  protocol: Served,
  channel: ByteChannel,
  work: (channel: ByteChannel, reader: FrameReader) => Promise<void>,
): Promise<void> {
  const { peerId } = channel.remote;
  const others = room.open.get(peerId) ?? 0;
  room.open.set(peerId, others + 1);
  try {
    admit(room, protocol, peerId, others);
    await work(channel, new FrameReader(() => channel.read()));
    await channel.end();
    await settle(room, channel);
  } catch (error) {
    noteFault(room, peerId, error);
    const code = error instanceof Fault ? error.code : 'unknown';
    room.log.debug('stream from peer failed', { protocol: protocol.name, peerId, code });
    await refuse(room, channel, error);
  } finally {
    const left = (room.open.get(peerId) ?? 1) - 1;
    if (left === 0) room.open.delete(peerId);
    else room.open.set(peerId, left);
  }
}

function admit(room: Room, protocol: Served, peerId: string, others: number): void {
  room.closing.throwIfAborted();
  if (others >= room.config.maxStreamsPerPeer) {
    throw netFault('net.busy', 'the peer has too many streams open', 'peer');
  }
  if (!room.rates.take(`${peerId} ${protocol.name}`, protocol.perMinute)) {
    throw netFault('net.rate-limited', 'the peer asks too often', 'peer');
  }
}

/** The first frame, within the time a peer has to send it. */
export async function readFirst(room: Room, reader: FrameReader, maxBytes: number): Promise<Uint8Array> {
  const limits = { clock: room.clock, ms: room.config.openTimeoutMs, what: 'request', signal: room.closing };
  const frame = await withDeadline(limits, () => reader.next(maxBytes));
  if (frame?.kind === 'data') return frame.bytes;
  throw netFault('net.malformed', 'the stream does not begin with a message', 'peer');
}

/** A handler's failure as the other side may know it: the code, where it isn't one of this room's. */
export function handlerFault(room: Room, protocol: Served, channel: ByteChannel, error: unknown): Fault {
  const code = error instanceof Fault ? error.code : 'unknown';
  if (channel.broken.aborted || room.closing.aborted) {
    room.log.debug('handler stopped', { protocol: protocol.name, code });
  } else {
    room.log.warn('handler failed', { protocol: protocol.name, code, error });
  }
  if (error instanceof Fault && !error.code.startsWith('net.')) {
    return new Fault(error.code, error.message, { blame: 'self', retry: error.retry });
  }
  const retry = error instanceof Fault && error.retry;
  return netFault('net.remote-failed', 'the handler failed', 'self', { cause: error, retry });
}

/** Tells the fault. A reset right after could overtake the opening of the stream at the other side, so it waits. */
async function refuse(room: Room, channel: ByteChannel, error: unknown): Promise<void> {
  try {
    await channel.write(encodeFrame(encodeFault(error), 'fault'));
    await channel.end();
  } catch {
    return;
  }
  await settle(room, channel);
}

/** Waits for the other side to end its half, throwing away what it still sends; after `lingerMs` breaks the channel. */
async function settle(room: Room, channel: ByteChannel): Promise<void> {
  const limits = {
    clock: room.clock,
    ms: room.config.lingerMs,
    what: 'end of the stream',
    signal: room.closing,
  };
  try {
    await withDeadline(limits, async () => {
      while ((await channel.read()) !== null);
    });
  } catch (error) {
    channel.abort(error instanceof Error ? error : new Error('not settled'));
  }
}
