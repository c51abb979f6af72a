/** A program beside a running workload: its streams and its end, with a terminal from `script` where one is wanted. */
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { readlinkSync } from 'node:fs';
import { constants } from 'node:os';
import { type Readable, Writable } from 'node:stream';
import type { ExecOptions, ExecSession } from '../driver.ts';
import { startFailed } from '../faults.ts';
import { run } from './run.ts';
import { descendantsOf } from './supervisor/processes.ts';

export interface ExecLine {
  /** Enters the replica's namespaces; before the terminal is made. */
  readonly enter: readonly string[];
  readonly line: readonly string[];
  readonly env: NodeJS.ProcessEnv;
  readonly cwd: string;
  /** Open files for descriptors 3 and up; a text is written to its descriptor. */
  readonly files: readonly (number | 'ignore' | { readonly text: string })[];
}

type Output = { readonly stream: 'stdout' | 'stderr'; readonly bytes: Uint8Array };

export async function startExec(
  { enter, line, env, cwd, files }: ExecLine,
  options: ExecOptions,
): Promise<ExecSession> {
  const { tty, signal } = options;
  const inside = tty === null ? line : inTerminal(line, tty);
  const [program = '', ...rest] = [...enter, ...inside];
  const started = spawn(program, rest, {
    cwd,
    env,
    detached: true,
    stdio: ['pipe', 'pipe', 'pipe', ...files.map((file) => (typeof file === 'object' ? 'pipe' : file))],
  });
  for (const [index, file] of files.entries())
    if (typeof file === 'object') sendText(started.stdio[index + 3], file.text);
  const exit = exitOf(started);
  exit.catch(() => undefined);
  await once(started, 'spawn').catch((error: unknown) => {
    throw startFailed(options.service, error);
  });
  const stop = () => killGroup(started);
  signal.addEventListener('abort', stop, { once: true });
  if (signal.aborted) stop();
  void exit.finally(() => signal.removeEventListener('abort', stop));
  const { stdin, stdout, stderr } = started;
  // A program that has ended takes no more input.
  stdin?.on('error', () => undefined);
  return {
    output: merge(stdout, stderr),
    async write(bytes) {
      if (stdin?.writable && !stdin.write(bytes)) await once(stdin, 'drain').catch(() => undefined);
    },
    async endInput() {
      stdin?.end(tty === null ? undefined : '\u0004');
    },
    async resize(cols, rows) {
      const terminal = terminalOf(started);
      if (terminal !== undefined) await run('stty', ['-F', terminal, 'cols', `${cols}`, 'rows', `${rows}`]);
    },
    exit,
  };
}

function sendText(stream: unknown, text: string): void {
  if (stream instanceof Writable) stream.on('error', () => undefined).end(text);
}

function inTerminal(
  line: readonly string[],
  { cols, rows }: { cols: number; rows: number },
): readonly string[] {
  const quoted = line.map((word) => `'${word.replaceAll("'", `'\\''`)}'`).join(' ');
  return ['script', '-q', '-e', '-c', `stty cols ${cols} rows ${rows}; exec ${quoted}`, '/dev/null'];
}

/** The terminal that `script` made, by what its children have open. */
function terminalOf({ pid }: ChildProcess): string | undefined {
  if (pid === undefined) return undefined;
  for (const child of descendantsOf(pid)) {
    try {
      const target = readlinkSync(`/proc/${child}/fd/0`);
      if (/^\/dev\/pts\/\d+$/.test(target)) return target;
    } catch {
      // Gone, or not ours to look at.
    }
  }
  return undefined;
}

async function exitOf(started: ChildProcess): Promise<number> {
  const [code, signal] = (await once(started, 'close')) as [number | null, NodeJS.Signals | null];
  return code ?? 128 + (signal === null ? 0 : constants.signals[signal]);
}

function killGroup({ pid }: ChildProcess): void {
  try {
    if (pid !== undefined) process.kill(-pid, 'SIGKILL');
  } catch {
    // Gone already.
  }
}

/** Both streams as they come; reads no further than it is read. */
async function* merge(stdout: Readable | null, stderr: Readable | null): AsyncIterable<Output> {
  const sources = new Map<'stdout' | 'stderr', AsyncIterator<Buffer>>();
  if (stdout !== null) sources.set('stdout', stdout[Symbol.asyncIterator]());
  if (stderr !== null) sources.set('stderr', stderr[Symbol.asyncIterator]());
  const next = async (stream: 'stdout' | 'stderr', source: AsyncIterator<Buffer>) => ({
    stream,
    result: await source.next(),
  });
  const waiting = new Map([...sources].map(([stream, source]) => [stream, next(stream, source)]));
  while (waiting.size > 0) {
    const { stream, result } = await Promise.race(waiting.values());
    const source = sources.get(stream);
    if (result.done || source === undefined) waiting.delete(stream);
    else {
      yield { stream, bytes: result.value };
      waiting.set(stream, next(stream, source));
    }
  }
}
