/** The streams of a lease: images in, logs, events, shell and port-forward out. For its tenant and agent alone. */
import type { FrameStream, Peer } from '@souk/net';
import {
  encodeJson,
  eventsProtocol,
  execProtocol,
  forwardProtocol,
  imageProtocol,
  type LeaseEvent,
  type LeaseId,
  type Log,
  type LogLine,
  logsProtocol,
  type Refused,
  toFault,
  zeroAddress,
} from '@souk/protocol';
import { z } from 'zod';
import type { Driver, ExecSession } from '../drivers/driver.ts';
import { connect } from '../ingress/connect.ts';
import type { LogKeeper } from '../logs/keeper.ts';
import { raceAbort, untilAborted } from './abortable.ts';
import { refuse } from './accept.ts';
import type { Book, Lease } from './book.ts';
import type { ImageStore } from './images.ts';
import { groupOf } from './steps.ts';

export interface SessionDeps {
  readonly peer: Pick<Peer, 'serveStream'>;
  readonly book: Book;
  readonly driver: Pick<Driver, 'exec' | 'dial'>;
  readonly logs: Pick<LogKeeper, 'read'>;
  readonly images: ImageStore;
  readonly wake: (lease: Lease) => void;
  readonly log: Log;
  /** Aborted when the daemon stops. */
  readonly signal: AbortSignal;
}

/** Streams of one lease at once. */
const maxSessions = 256;
/** Events a slow reader may be behind. */
const maxBacklog = 256;
const maxChunk = 32 * 1024;

type Handler<O> = (
  lease: Lease,
  opening: O,
  stream: FrameStream,
  signal: AbortSignal,
) => Promise<Refused | undefined>;

export async function serveSessions(deps: SessionDeps): Promise<void> {
  const { peer, book } = deps;
  const open = new Map<LeaseId, number>();

  /** Checks who it is, counts, answers with the first frame what the handler refuses, and cleans up. */
  const session =
    <O extends { readonly lease: LeaseId }>(handle: Handler<O>) =>
    async (opening: O, stream: FrameStream): Promise<void> => {
      const lease = book.get(opening.lease);
      const refused = lease ? checkParty(lease, stream) : refuse('lease-unknown', 'no such lease here');
      const count = open.get(opening.lease) ?? 0;
      const stop = new AbortController();
      const signal = AbortSignal.any([stop.signal, deps.signal]);
      try {
        if (!lease || refused)
          return await answer(stream, refused ?? refuse('lease-unknown', 'no such lease here'));
        if (count >= maxSessions)
          return await answer(stream, refuse('busy', 'too many streams on this lease'));
        open.set(opening.lease, count + 1);
        try {
          const late = await handle(lease, opening, stream, signal);
          if (late) await answer(stream, late);
        } finally {
          const left = (open.get(opening.lease) ?? 1) - 1;
          if (left === 0) open.delete(opening.lease);
          else open.set(opening.lease, left);
        }
        await stream.end();
      } catch (error) {
        const fault = toFault(error, 'lease.stream-failed', 'peer');
        deps.log.debug('stream broke off', { lease: opening.lease, code: fault.code });
        stream.abort(fault);
      } finally {
        stop.abort();
      }
    };

  await peer.serveStream(imageProtocol, session(receiveImage(deps)));
  await peer.serveStream(logsProtocol, session(sendLogs(deps)));
  await peer.serveStream(eventsProtocol, session(sendEvents(deps)));
  await peer.serveStream(execProtocol, session(runCommand(deps)));
  await peer.serveStream(forwardProtocol, session(forwardPort(deps)));
}

function checkParty(lease: Lease, stream: FrameStream): Refused | undefined {
  const { tenant, agent } = lease.record.parties;
  const { address } = stream.remote;
  const isBuyer = address === tenant || (address === agent && agent !== zeroAddress);
  return isBuyer ? undefined : refuse('not-yours', 'this lease is another tenant’s');
}

const bytesOf = (value: unknown) => Buffer.from(encodeJson(value));
const answer = (stream: FrameStream, value: { readonly ok: true } | Refused) => stream.send(bytesOf(value));

function receiveImage({
  images,
  book,
  wake,
}: SessionDeps): Handler<{ lease: LeaseId; digest: string; bytes: number }> {
  return async (lease, { digest, bytes }, stream, signal) => {
    const { request, update } = lease.record;
    const offered = [...(update?.images ?? []), ...(request?.images ?? [])];
    const blob = offered.find((one) => one.digest === digest);
    if (!blob || lease.record.stage !== 'up')
      return refuse('image-mismatch', 'this lease does not want that image');
    if (blob.bytes !== bytes) return refuse('image-mismatch', `announced as ${blob.bytes} bytes before`);
    await answer(stream, { ok: true });
    const until = AbortSignal.any([signal, lease.stop.signal]);
    const refused = await images.receive(blob, stream, until);
    await answer(stream, refused ?? { ok: true });
    await stream.end();
    // An update that does not get its image goes back by itself.
    if (refused && !update) {
      const what = refused.reason === 'image-mismatch' ? 'is not what was promised' : 'could not be taken';
      book.end(lease, { kind: 'failed', detail: `the image ${blob.image} ${what}: ${refused.detail}` });
      wake(lease);
    }
    await images.drain(stream, blob.bytes, signal);
    return undefined;
  };
}

function sendLogs({ logs }: SessionDeps): Handler<{
  lease: LeaseId;
  service: string | null;
  follow: boolean;
  tail: number;
  since: number | null;
  grep: string | null;
}> {
  return async (lease, opening, stream, signal) => {
    const { service } = opening;
    // Once it is closed nobody knows any more which services there were.
    if (service !== null && lease.record.request && !hasService(lease, service))
      return refuse('service-unknown', `no service ${service}`);
    await answer(stream, { ok: true });
    const until = abortWhenBroken(stream, signal);
    // A frame's limit is 64 KiB; a line's text may be 32 Ki characters of up to three bytes, escaped.
    const clip = (line: LogLine) => ({ ...line, text: line.text.slice(0, 10_000) });
    for await (const line of untilAborted(logs.read(lease.id, { ...opening, signal: until }), until)) {
      await stream.send(bytesOf(clip(line)));
    }
    return undefined;
  };
}

function sendEvents({ book }: SessionDeps): Handler<{ lease: LeaseId; follow: boolean }> {
  return async (lease, { follow }, stream, signal) => {
    const backlog: LeaseEvent[] = [];
    let wakeUp = () => {};
    const watch = (event: LeaseEvent) => {
      backlog.push(event);
      if (backlog.length > maxBacklog) backlog.shift();
      wakeUp();
    };
    if (follow) lease.watchers.add(watch);
    try {
      await answer(stream, { ok: true });
      for (const event of book.eventsOf(lease.id))
        if (!backlog.includes(event)) await stream.send(bytesOf(event));
      const until = abortWhenBroken(stream, signal);
      until.addEventListener('abort', () => wakeUp(), { once: true });
      while (follow && !until.aborted) {
        for (const event of backlog.splice(0)) await stream.send(bytesOf(event));
        if (lease.record.stage === 'closed') break;
        await new Promise<void>((resolve) => {
          wakeUp = resolve;
          if (backlog.length > 0 || until.aborted) resolve();
        });
      }
    } finally {
      lease.watchers.delete(watch);
    }
    return undefined;
  };
}

const resizeSchema = z.strictObject({
  cols: z.number().int().min(1).max(1000),
  rows: z.number().int().min(1).max(1000),
});

function runCommand({ driver }: SessionDeps): Handler<{
  lease: LeaseId;
  service: string | null;
  replica: number;
  command: string[];
  tty: { cols: number; rows: number } | null;
}> {
  return async (lease, { service, replica, command, tty }, stream, signal) => {
    if (lease.record.stage !== 'up') return refuse('not-running', 'the lease has ended');
    const name = service ?? groupOf(lease).services[0]?.name ?? '';
    if (!hasService(lease, name)) return refuse('service-unknown', `no service ${name}`);
    const stop = new AbortController();
    const until = AbortSignal.any([signal, stop.signal, lease.stop.signal]);
    let exec: ExecSession;
    try {
      exec = await driver.exec(lease.id, { service: name, replica, command, tty, signal: until });
    } catch (error) {
      return refuse('not-running', toFault(error, 'lease.exec-failed', 'self').message);
    }
    await answer(stream, { ok: true });
    const input = feed(exec, stream).catch(() => stop.abort());
    try {
      for await (const chunk of untilAborted(exec.output, until)) {
        for (let from = 0; from < chunk.bytes.length; from += maxChunk) {
          const part = chunk.bytes.subarray(from, from + maxChunk);
          await stream.send(Buffer.concat([Uint8Array.of(chunk.stream === 'stdout' ? 0 : 1), part]));
        }
      }
      await stream.send(
        Buffer.concat([Uint8Array.of(2), bytesOf({ exitCode: await raceAbort(exec.exit, until) })]),
      );
    } finally {
      stop.abort();
      void input;
    }
    return undefined;
  };
}

/** Frames from the tenant: 0 bytes, 1 end of input, 2 new size. */
async function feed(exec: ExecSession, stream: FrameStream): Promise<void> {
  for await (const frame of stream) {
    const body = frame.subarray(1);
    if (frame[0] === 0) await exec.write(body);
    else if (frame[0] === 1) await exec.endInput();
    else if (frame[0] === 2) {
      const { cols, rows } = resizeSchema.parse(JSON.parse(Buffer.from(body).toString()));
      await exec.resize(cols, rows);
    }
  }
}

function forwardPort({
  driver,
}: SessionDeps): Handler<{ lease: LeaseId; service: string | null; port: number }> {
  return async (lease, { service, port }, stream) => {
    if (lease.record.stage !== 'up') return refuse('not-running', 'the lease has ended');
    const name = service ?? serviceOfPort(lease, port);
    if (!hasService(lease, name)) return refuse('service-unknown', `no service ${name}`);
    let socket: Awaited<ReturnType<typeof connect>>;
    try {
      socket = await connect(await driver.dial(lease.id, name, 0, port));
    } catch (error) {
      return refuse('not-running', toFault(error, 'lease.dial-failed', 'self').message);
    }
    const end = () => socket.destroy();
    lease.stop.signal.addEventListener('abort', end, { once: true });
    socket.on('error', () => socket.destroy());
    try {
      await answer(stream, { ok: true });
      const up = (async () => {
        for await (const frame of stream) {
          if (!socket.write(frame)) await drained(socket);
        }
        socket.end();
      })();
      up.catch(() => socket.destroy());
      for await (const chunk of socket as AsyncIterable<Buffer>) {
        for (let from = 0; from < chunk.length; from += maxChunk)
          await stream.send(chunk.subarray(from, from + maxChunk));
      }
    } finally {
      lease.stop.signal.removeEventListener('abort', end);
      socket.destroy();
    }
    return undefined;
  };
}

function drained(socket: { once(event: 'drain' | 'close', done: () => void): unknown }): Promise<void> {
  return new Promise((resolve) => {
    socket.once('drain', resolve);
    socket.once('close', resolve);
  });
}

function hasService(lease: Lease, name: string): boolean {
  return lease.record.request?.manifest.services.some((service) => service.name === name) ?? false;
}

function serviceOfPort(lease: Lease, port: number): string {
  const { services } = groupOf(lease);
  const exposing = services.find((service) => service.expose?.some((expose) => expose.port === port));
  return (exposing ?? services[0])?.name ?? '';
}

/** A reader may end its half and go on reading; only a broken stream means that nobody reads. */
function abortWhenBroken(stream: FrameStream, signal: AbortSignal): AbortSignal {
  const broken = new AbortController();
  void (async () => {
    for await (const _ of stream);
  })().catch(() => broken.abort());
  return AbortSignal.any([signal, broken.signal]);
}
