import { Readable } from 'node:stream';
import type { LogLine } from '@souk/protocol';
import type Docker from 'dockerode';
import type { LogOptions } from '../driver.ts';
import { ask } from './engine.ts';
import { demultiplex, mergeByArrival } from './streams.ts';

export interface ReplicaRef {
  readonly id: string;
  readonly service: string;
  readonly replica: number;
}

const maxTextLength = 32_768;

/** The last `tail` lines of all replicas in the order of time, then, with `follow`, what comes. */
export async function* readLogs(
  docker: Docker,
  replicas: readonly ReplicaRef[],
  options: LogOptions,
): AsyncIterable<LogLine> {
  const past = await Promise.all(replicas.map((replica) => readPast(docker, replica, options)));
  const lines = past.flat().sort((a, b) => a.at - b.at);
  if (options.tail > 0) yield* lines.slice(-options.tail);
  if (!options.follow || options.signal.aborted) return;
  yield* mergeByArrival(
    replicas.map((replica, index) =>
      followReplica(docker, replica, { ...options, last: past[index]?.at(-1) }),
    ),
  );
}

async function readPast(docker: Docker, replica: ReplicaRef, options: LogOptions): Promise<LogLine[]> {
  // One line at least, so that following knows where the past ends.
  const wanted = {
    stdout: true,
    stderr: true,
    timestamps: true,
    tail: Math.max(1, options.tail),
    since: secondsOf(options.since),
    follow: false,
  } as const;
  const bytes = await ask(() => docker.getContainer(replica.id).logs(wanted));
  return Array.fromAsync(toLines(demultiplex(Readable.from([bytes])), replica));
}

async function* followReplica(
  docker: Docker,
  replica: ReplicaRef,
  { last, since, signal }: LogOptions & { readonly last: LogLine | undefined },
): AsyncIterable<LogLine> {
  const stream = await ask(() =>
    docker.getContainer(replica.id).logs({
      stdout: true,
      stderr: true,
      timestamps: true,
      since: secondsOf(last?.at ?? since),
      follow: true,
    }),
  );
  const stop = () => (stream as Readable).destroy();
  signal.addEventListener('abort', stop, { once: true });
  try {
    for await (const line of toLines(demultiplex(stream as AsyncIterable<Buffer>), replica)) {
      // `since` is in whole seconds: what was shown already comes again.
      if (last === undefined || line.at > last.at) yield line;
    }
  } catch (error) {
    if (!signal.aborted) throw error;
  } finally {
    signal.removeEventListener('abort', stop);
    stop();
  }
}

function secondsOf(unixMs = 0): number {
  return Math.floor(unixMs / 1000);
}

async function* toLines(frames: ReturnType<typeof demultiplex>, replica: ReplicaRef): AsyncIterable<LogLine> {
  for await (const { stream, bytes } of frames) {
    for (const line of Buffer.from(bytes).toString('utf8').split('\n')) {
      const space = line.indexOf(' ');
      if (space < 0) continue;
      const at = timeOf(line.slice(0, space));
      const { service, replica: index } = replica;
      yield { at, service, replica: index, stream, text: line.slice(space + 1, space + 1 + maxTextLength) };
    }
  }
}

// RFC 3339 with nanoseconds: the milliseconds keep a fraction, so that order and equality survive.
function timeOf(stamp: string): number {
  const [, seconds = '', fraction = '0'] = /^(.*?)(?:\.([0-9]+))?Z$/.exec(stamp) ?? [];
  return Date.parse(`${seconds}Z`) + Number(`0.${fraction}`) * 1000;
}
