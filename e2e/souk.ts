/** Drives the real `souk` as a person or a script would: processes, arguments, standard streams, exit codes. */
import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { environment } from '@souk/daemon';

const main = join(import.meta.dirname, '../packages/cli/src/main.ts');
const node = [process.execPath, '--disable-warning=ExperimentalWarning', main] as const;

export interface Outcome {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
  /** Standard output as one JSON document. */
  json<T>(): T;
}

export interface UpProvider {
  readonly name: string;
  readonly pid: number;
  readonly operator: `0x${string}`;
  readonly ingress: string;
  readonly admin: string;
  readonly driver: string;
}

export interface UpActor {
  readonly name: string;
  readonly role: 'mine' | 'validate';
  readonly pid: number;
  readonly operator: `0x${string}`;
  readonly registration: number | null;
}

/** A network of its own, in an empty home. Disposing takes it down and removes every trace; it throws where some is left. */
export interface TestNetwork extends AsyncDisposable {
  readonly home: string;
  readonly rpcUrl: string;
  readonly networkFile: string;
  readonly tenant: `0x${string}`;
  readonly providers: readonly UpProvider[];
  /** Miners and validators of its subnet. */
  readonly actors: readonly UpActor[];
  souk(...args: string[]): Promise<Outcome>;
  /** Start a command that does not end by itself. */
  start(...args: string[]): RunningCommand;
  /** SIGTERM to `souk up`, as Ctrl-C does, and wait for its end. */
  stop(): Promise<void>;
  /** `souk up` again in the same home. */
  restart(): Promise<void>;
}

export interface RunningCommand extends AsyncDisposable {
  readonly child: ChildProcess;
  readonly lines: AsyncIterableIterator<string>;
  /** The first line that `match` takes. */
  waitFor(match: (line: string) => boolean, timeoutMs?: number): Promise<string>;
}

export interface TestNetworkOptions {
  readonly driver: 'sandbox' | 'docker' | 'process';
  readonly deploy?: boolean;
  /** Environment variables of everything in it, as SOUK_PROVIDER_…: settings. */
  readonly variables?: Readonly<Record<string, string>>;
  /** A provider that dies stays dead. */
  readonly noRestart?: boolean;
  /** Also a subnet with this mechanism, its epochs so many blocks long. */
  readonly subnet?: { readonly mechanism: string; readonly tempo: number };
}

export async function startTestNetwork(options: TestNetworkOptions): Promise<TestNetwork> {
  const home = mkdtempSync(join(tmpdir(), 'souk-e2e-'));
  let up = startUp(home, options);
  let ready: Readonly<Record<string, unknown>>;
  try {
    ready = await waitUntilReady(up);
  } catch (error) {
    await up[Symbol.asyncDispose]();
    throw error;
  }
  const souk = (...args: string[]) => runSouk(['--home', home, ...args]);
  const stop = async () => {
    await up[Symbol.asyncDispose]();
  };
  return {
    home,
    rpcUrl: String(ready['rpcUrl']),
    networkFile: String(ready['networkFile']),
    tenant: String(ready['tenant']) as `0x${string}`,
    providers: ready['providers'] as UpProvider[],
    actors: (ready['subnet'] as { readonly actors: UpActor[] } | null)?.actors ?? [],
    souk,
    start: (...args) => startSouk(['--home', home, ...args]),
    stop,
    restart: async () => {
      up = startUp(home, options);
      await waitUntilReady(up);
    },
    [Symbol.asyncDispose]: async () => {
      await stop();
      const down = await souk('down', '--wipe', '--yes');
      rmSync(home, { recursive: true, force: true });
      if (down.code !== 0) throw new Error(`souk down --wipe ended with ${down.code}: ${down.stderr}`);
    },
  };
}

/** Run to the end. */
export function runSouk(
  args: readonly string[],
  { input = '', timeoutMs = 300_000 }: { readonly input?: string; readonly timeoutMs?: number } = {},
): Promise<Outcome> {
  return new Promise((resolve, reject) => {
    const [command, ...rest] = node;
    const child = spawn(command, [...rest, ...args], {
      stdio: ['pipe', 'pipe', 'pipe'],
      timeout: timeoutMs,
    });
    // One that reads none of it may end first.
    child.stdin.on('error', () => undefined).end(input);
    let stdout = '';
    let stderr = '';
    child.stdout.on('data', (chunk: Buffer) => (stdout += chunk.toString()));
    child.stderr.on('data', (chunk: Buffer) => (stderr += chunk.toString()));
    child.once('error', reject);
    child.once('close', (code) => {
      resolve({ code: code ?? -1, stdout, stderr, json: <T>() => parse<T>(stdout, stderr) });
    });
  });
}

export function startSouk(
  args: readonly string[],
  variables: Readonly<Record<string, string>> = {},
): RunningCommand {
  const [command, ...rest] = node;
  const env = { ...environment().variables, ...variables };
  const child = spawn(command, [...rest, ...args], { stdio: ['pipe', 'pipe', 'pipe'], env });
  let stderr = '';
  child.stderr.on('data', (chunk: Buffer) => (stderr = (stderr + chunk.toString()).slice(-10_000)));
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
  const gone = new Promise<void>((resolve) => child.once('close', () => resolve()));
  return {
    child,
    lines,
    waitFor: async (match, timeoutMs = 60_000) => {
      const timer = setTimeout(() => child.kill('SIGKILL'), timeoutMs);
      try {
        for (let next = await lines.next(); !next.done; next = await lines.next())
          if (match(next.value)) return next.value;
        throw new Error(`souk ${args.join(' ')} ended without the line that was waited for: ${stderr}`);
      } finally {
        clearTimeout(timer);
      }
    },
    [Symbol.asyncDispose]: async () => {
      if (child.exitCode === null && child.signalCode === null) child.kill('SIGTERM');
      // Nobody reads it any more: let it flow, so that the process can end.
      child.stdout.resume();
      await gone;
    },
  };
}

function startUp(home: string, options: TestNetworkOptions): RunningCommand {
  const deploy = options.deploy === true ? [] : ['--no-deploy'];
  const restart = options.noRestart === true ? ['--no-restart'] : [];
  const { subnet: wish } = options;
  const subnet = wish === undefined ? [] : ['--subnet', wish.mechanism, '--tempo', String(wish.tempo)];
  const flags = ['--home', home, '--driver', options.driver, ...deploy, ...restart, ...subnet];
  return startSouk(['up', '--json', ...flags], options.variables);
}

async function waitUntilReady(up: RunningCommand): Promise<Readonly<Record<string, unknown>>> {
  const line = await up.waitFor((text) => text.includes('"event":"ready"'), 120_000);
  return JSON.parse(line) as Record<string, unknown>;
}

function parse<T>(stdout: string, stderr: string): T {
  try {
    return JSON.parse(stdout) as T;
  } catch {
    throw new Error(`not one JSON document on standard output:\n${stdout}\nstandard error:\n${stderr}`);
  }
}

/** Poll until `probe` gives something; throws with `what` after `timeoutMs`. */
export async function eventually<T>(
  what: string,
  probe: () => Promise<T | undefined>,
  timeoutMs = 30_000,
): Promise<T> {
  const deadline = Date.now() + timeoutMs;
  let last: unknown;
  while (Date.now() < deadline) {
    try {
      const found = await probe();
      if (found !== undefined) return found;
    } catch (error) {
      last = error;
    }
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  throw new Error(`${what}: not within ${timeoutMs} ms`, { cause: last });
}
