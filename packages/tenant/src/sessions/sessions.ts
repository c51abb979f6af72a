/** Using what runs: logs, events, exec, port forwarding, over the lease's provider under the agent's key. */
import type { FrameStream } from '@souk/net';
import {
  eventsProtocol,
  execProtocol,
  Fault,
  forwardProtocol,
  type LeaseEvent,
  leaseEventSchema,
  type LogLine,
  logLineSchema,
  logsProtocol,
  type StreamProtocol,
} from '@souk/protocol';
import { z } from 'zod';
import type { Context } from '../context.ts';
import { chosenBid } from '../leases/lot.ts';
import type {
  ExecOptions,
  ExecSession,
  ForwardedConnection,
  ForwardOptions,
  GroupChoice,
  LogsOptions,
} from '../types.ts';
import { chooseGroup } from './choose.ts';
import { encodeText, parseFrame, readAnswer } from './frames.ts';

interface Session extends AsyncDisposable {
  readonly stream: FrameStream;
  readonly frames: AsyncIterator<Uint8Array>;
}

/** Open and granted: the answer frame is read. Disposing also lets go of the peer. */
async function openSession<Q extends z.ZodType>(
  context: Context,
  name: string,
  choice: GroupChoice,
  protocol: StreamProtocol<Q>,
  opening: (lease: `0x${string}`) => z.output<Q>,
): Promise<Session> {
  const group = chooseGroup(await context.records.load(name), choice.group);
  await using stack = new AsyncDisposableStack();
  const { peer } = stack.use(await context.peers.hold(group.agentKey));
  const stream = await peer.openStream(chosenBid(group).provider, protocol, opening(group.lease), {
    timeoutMs: context.config.callTimeoutMs,
    ...(choice.signal && { signal: choice.signal }),
  });
  stack.use(stream);
  const stop = () => stream.abort(choice.signal?.reason as Error);
  choice.signal?.addEventListener('abort', stop, { once: true });
  stack.defer(() => choice.signal?.removeEventListener('abort', stop));
  const frames = stream[Symbol.asyncIterator]();
  await readAnswer(frames);
  const kept = stack.move();
  return { stream, frames, [Symbol.asyncDispose]: () => kept.disposeAsync() };
}

export async function* readLogs(
  context: Context,
  name: string,
  options: LogsOptions = {},
): AsyncGenerator<LogLine> {
  const { service = null, follow = false, since = null, grep = null } = options;
  const tail = options.tail ?? (since === null && grep === null ? 100 : 100_000);
  await using session = await openSession(context, name, options, logsProtocol, (lease) => ({
    lease,
    service,
    follow,
    tail,
    since,
    grep,
  }));
  for await (const frame of rest(session.frames)) yield parseFrame(logLineSchema, frame);
}

export async function* readEvents(
  context: Context,
  name: string,
  options: GroupChoice & { readonly follow?: boolean } = {},
): AsyncGenerator<LeaseEvent> {
  const { follow = false } = options;
  await using session = await openSession(context, name, options, eventsProtocol, (lease) => ({
    lease,
    follow,
  }));
  for await (const frame of rest(session.frames)) yield parseFrame(leaseEventSchema, frame);
}

const exitSchema = z.strictObject({ exitCode: z.number().int() });
const input = { stdin: 0, endOfInput: 1, resize: 2 } as const;
const output = { stdout: 0, stderr: 1, exit: 2 } as const;

export async function startExec(context: Context, name: string, options: ExecOptions): Promise<ExecSession> {
  const session = await openSession(context, name, options, execProtocol, (lease) => ({
    lease,
    service: options.service ?? null,
    replica: options.replica ?? 0,
    command: [...options.command],
    tty: options.tty ?? null,
  }));
  const { stream, frames } = session;
  const exit = Promise.withResolvers<number>();
  exit.promise.catch(() => undefined);

  async function* readOutput(): AsyncGenerator<{ stream: 'stdout' | 'stderr'; bytes: Uint8Array }> {
    try {
      for await (const frame of rest(frames)) {
        const kind = frame[0];
        const bytes = frame.subarray(1);
        if (kind === output.exit) return exit.resolve(parseFrame(exitSchema, bytes).exitCode);
        if (kind !== output.stdout && kind !== output.stderr) throw badFrame();
        yield { stream: kind === output.stdout ? 'stdout' : 'stderr', bytes };
      }
      throw new Fault('tenant.session-lost', 'the session ended without an exit code', {
        blame: 'peer',
        retry: true,
      });
    } catch (error) {
      exit.reject(error);
      throw error;
    }
  }

  return {
    output: readOutput(),
    write: (bytes) => sendChunks(stream, bytes, execProtocol.maxFrameBytes - 1, input.stdin),
    endInput: () => stream.send(Uint8Array.of(input.endOfInput)),
    resize: (cols, rows) => stream.send(framed(input.resize, encodeText(JSON.stringify({ cols, rows })))),
    exit: exit.promise,
    [Symbol.asyncDispose]: () => {
      exit.reject(new Error('the session was left'));
      return session[Symbol.asyncDispose]();
    },
  };
}

export async function startForward(
  context: Context,
  name: string,
  options: ForwardOptions,
): Promise<ForwardedConnection> {
  const session = await openSession(context, name, options, forwardProtocol, (lease) => ({
    lease,
    service: options.service ?? null,
    port: options.port,
  }));
  return {
    output: rest(session.frames),
    write: (bytes) => sendChunks(session.stream, bytes, forwardProtocol.maxFrameBytes),
    end: () => session.stream.end(),
    [Symbol.asyncDispose]: () => session[Symbol.asyncDispose](),
  };
}

async function sendChunks(
  stream: FrameStream,
  bytes: Uint8Array,
  size: number,
  kind?: number,
): Promise<void> {
  for (let at = 0; at < bytes.length; at += size) {
    const chunk = bytes.subarray(at, at + size);
    await stream.send(kind === undefined ? chunk : framed(kind, chunk));
  }
}

function framed(kind: number, bytes: Uint8Array): Uint8Array {
  const frame = new Uint8Array(bytes.length + 1);
  frame[0] = kind;
  frame.set(bytes, 1);
  return frame;
}

/** The frames after those already taken from this iterator. */
async function* rest(frames: AsyncIterator<Uint8Array>): AsyncGenerator<Uint8Array> {
  for (;;) {
    const next = await frames.next();
    if (next.done) return;
    yield next.value;
  }
}

function badFrame(): Fault {
  return new Fault('tenant.bad-frame', 'the provider sent a frame of no known kind', { blame: 'peer' });
}
