/** The processes that `souk up` runs beside itself: started, watched, started again when they die, stopped in the end. */
import { type ChildProcess, spawn } from 'node:child_process';
import { closeSync, mkdirSync, openSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { Fault, type Log } from '@souk/protocol';
import { commandOfSelf } from '../self.ts';

export interface ChildOptions {
  readonly name: string;
  readonly args: readonly string[];
  readonly logs: string;
  readonly log: Log;
  /** How long it may take to say that it is up. */
  readonly startMs: number;
  /** Left out, it is started again when it dies. */
  readonly staysDead?: boolean;
}

export interface Child extends AsyncDisposable {
  readonly name: string;
  pid(): number | undefined;
  /** The JSON line with `event: "started"` of the present process. */
  readonly started: Readonly<Record<string, unknown>>;
}

const restartMs = { first: 1000, most: 15_000 };
const stopMs = 12_000;

/** Start a `souk` command as a process of its own. Throws `local.child-failed` with the end of what it said. */
export async function startChild(options: ChildOptions): Promise<Child> {
  const { name, log } = options;
  let isStopping = false;
  let child: ChildProcess;
  let restart: NodeJS.Timeout | undefined;
  const launch = async () => {
    const [next, started] = await spawnAndWait(options);
    child = next;
    if (isStopping) await stopChild(child);
    child.once('exit', (code, signal) => {
      if (isStopping) return;
      if (options.staysDead) return log.warn('child died', { child: name, code, signal });
      log.warn('child died and is started again', { child: name, code, signal });
      relaunch(restartMs.first);
    });
    return started;
  };
  // For ever: what kept it from starting, a full disk say, may pass.
  const relaunch = (pauseMs: number) => {
    restart = setTimeout(() => {
      launch().catch((error: unknown) => {
        log.error('child could not be started again', { child: name, error });
        if (!isStopping) relaunch(Math.min(2 * pauseMs, restartMs.most));
      });
    }, pauseMs);
  };
  const started = await launch();
  return {
    name,
    started,
    pid: () => (child.exitCode === null && child.signalCode === null ? child.pid : undefined),
    [Symbol.asyncDispose]: async () => {
      isStopping = true;
      clearTimeout(restart);
      await stopChild(child);
    },
  };
}

async function spawnAndWait(options: ChildOptions): Promise<[ChildProcess, Record<string, unknown>]> {
  mkdirSync(options.logs, { recursive: true });
  const errors = openSync(join(options.logs, `${options.name}.log`), 'a', 0o600);
  // Its own process group: Ctrl-C in the terminal reaches `souk up` alone, which then stops the rest in order.
  const { file, args, env } = commandOfSelf(options.args);
  const child = spawn(file, args, {
    env,
    stdio: ['ignore', 'pipe', errors],
    detached: true,
  });
  const started = await new Promise<Record<string, unknown>>((resolve, reject) => {
    const fail = (why: string) => {
      clearTimeout(timer);
      child.kill('SIGKILL');
      const file = join(options.logs, `${options.name}.log`);
      reject(
        new Fault('local.child-failed', `${options.name} did not start: ${why}`, {
          blame: 'self',
          data: { child: options.name, file },
          remedy: `read ${file}`,
        }),
      );
    };
    const timer = setTimeout(() => fail(`nothing heard for ${options.startMs / 1000} s`), options.startMs);
    child.once('exit', (code, signal) => fail(`it ended with ${code ?? signal}`));
    child.once('error', (error) => fail(error.message));
    const lines = createInterface({ input: child.stdout as NodeJS.ReadableStream });
    lines.once('close', () => closeSync(errors));
    lines.on('line', (line) => {
      const event = parseLine(line);
      // What it says later, as a watch does of deployments, is kept where it is looked for.
      if (event?.['event'] !== 'started') return note(errors, line);
      clearTimeout(timer);
      child.removeAllListeners('exit');
      resolve(event);
    });
  });
  return [child, started];
}

function note(file: number, line: string): void {
  try {
    writeSync(file, `${line}\n`);
  } catch {
    // The disk is full: a line is lost, the network goes on.
  }
}

function parseLine(line: string): Record<string, unknown> | undefined {
  try {
    return JSON.parse(line) as Record<string, unknown>;
  } catch {
    return undefined;
  }
}

async function stopChild(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const gone = new Promise((resolve) => child.once('exit', resolve));
  child.kill('SIGTERM');
  const timer = setTimeout(() => child.kill('SIGKILL'), stopMs);
  await gone;
  clearTimeout(timer);
}
