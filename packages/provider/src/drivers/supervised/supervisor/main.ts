/**
 * The supervisor of one replica: a small process of its own that outlives the daemon. It prepares the root, bridges
 * the network, runs the workload and restarts it when it ends, keeps its log, measures it and enforces what the kernel
 * does not. Runs with `plan.json` in its folder; says how it is in `state.json`; ends on SIGTERM. It must never trust
 * the workload. Started by the sandbox and process drivers, in fresh mount and network namespaces where isolated.
 * Imports nothing but Node's own modules and its neighbours here.
 */
import { type ChildProcess, spawn } from 'node:child_process';
import { closeSync, openSync, readFileSync, renameSync, writeFileSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { Writable } from 'node:stream';
import { bridgeLink, bridgePort } from './bridge.ts';
import { argumentsFd, infoFd, limited, newNamespaces, sandboxed } from './command.ts';
import { createGauge } from './gauge.ts';
import { openLogFile } from './log-file.ts';
import type { ReplicaPlan, ReplicaSecrets, ReplicaState } from './plan.ts';
import { blockNetworks, holdAlivePipe, redirectLinks } from './network.ts';
import { childrenOf, processesWithEnv, processIdOf, replicaMark } from './processes.ts';
import { prepareRoot, type Root } from './root.ts';

const sampleMs = 1_000;
const diskSampleMs = 5_000;
const firstPauseMs = 1_000;
const longestPauseMs = 30_000;
/** A run this long was a good one: the next pause is short again. */
const goodRunMs = 60_000;
const readyFd = 3;
const secretsFd = 4;
const maxLastWords = 1_000;

const folder = process.argv[2] ?? '.';
const secrets = takeSecrets();
const plan = withSecrets(JSON.parse(readFileSync(join(folder, 'plan.json'), 'utf8')) as ReplicaPlan);
const mark = replicaMark(plan.folder);
const log = openLogFile(folder, plan.logFileBytes);
const traffic = { rxBytes: 0, txBytes: 0 };
const gauge = createGauge(plan, traffic);

let state: ReplicaState = firstState();
let child: ChildProcess | null = null;
let root: Root | null = null;
let startedAt = 0;
let pauseMs = firstPauseMs;
let pause: NodeJS.Timeout | undefined;
/** Why we killed it, when we did. */
let verdict: string | null = null;
let isStopping = false;
let isReady = false;
let isStateWritten = false;

/** To its end, and shut: the workload must not inherit it. */
function takeSecrets(): ReplicaSecrets {
  const text = readFileSync(secretsFd, 'utf8');
  closeSync(secretsFd);
  return JSON.parse(text) as ReplicaSecrets;
}

function withSecrets(written: ReplicaPlan): ReplicaPlan {
  const own = Object.entries(secrets.env).map(([name, value]) => `${name}=${value}`);
  return { ...written, env: [...written.env, ...own] };
}

function firstState(): ReplicaState {
  const before = readState();
  const wasStopped = before?.state === 'stopped';
  return {
    supervisor: processIdOf(process.pid),
    holder: plan.isolation === null ? null : processIdOf(process.ppid),
    state: 'starting',
    isFinal: false,
    restarts: before === undefined ? 0 : before.restarts + (wasStopped ? 0 : 1),
    lastExit:
      before?.lastExit ?? (before === undefined || wasStopped ? null : 'killed: its supervisor ended'),
    child: null,
  };
}

function readState(): ReplicaState | undefined {
  try {
    return JSON.parse(readFileSync(join(folder, 'state.json'), 'utf8')) as ReplicaState;
  } catch {
    return undefined;
  }
}

function writeWhole(name: string, value: unknown): void {
  const path = join(folder, name);
  writeFileSync(`${path}.new`, JSON.stringify(value), { mode: 0o600 });
  renameSync(`${path}.new`, path);
}

/** A full disk ends no workload: what could not be written is written when there is room again. */
function tryWrite(name: string, value: unknown): boolean {
  try {
    writeWhole(name, value);
    return true;
  } catch {
    return false;
  }
}

function change(next: Partial<ReplicaState>): void {
  state = { ...state, ...next };
  isStateWritten = tryWrite('state.json', state);
  if (state.state !== 'starting') sayReady();
}

/** Once the workload runs, or has ended at once. */
function sayReady(): void {
  if (isReady) return;
  isReady = true;
  writeSync(readyFd, 'ready\n');
  closeSync(readyFd);
}

function start(): void {
  pause = undefined;
  const { isolation } = plan;
  const inside =
    isolation === null || root === null
      ? { line: plan.command, arguments: '' }
      : sandboxed(plan, isolation, root, newNamespaces(plan), plan.command);
  const filter = isolation?.filter ? openSync(isolation.filter, 'r') : null;
  const [program = '', ...rest] = limited(plan, inside.line);
  const oomKillsBefore = gauge.oomKills();
  let lastWords = '';
  startedAt = Date.now();
  const started = spawn(program, rest, {
    cwd: isolation === null ? plan.workingDir : '/',
    env: environment(),
    // Its own group, so that it can be ended whole where it has no pid namespace.
    detached: isolation === null,
    stdio: ['ignore', 'pipe', 'pipe', 'pipe', filter ?? 'ignore', 'pipe'],
  });
  if (filter !== null) closeSync(filter);
  child = started;
  const options = (started.stdio as readonly unknown[])[argumentsFd];
  if (options instanceof Writable) options.on('error', () => undefined).end(inside.arguments);
  started.stdout?.on('data', (chunk: Buffer) => log.add('o', chunk));
  started.stderr?.on('data', (chunk: Buffer) => {
    log.add('e', chunk);
    lastWords = (lastWords + chunk.toString()).slice(-maxLastWords);
  });
  started.stdio[infoFd]?.on('data', (chunk: Buffer) => {
    const pid = /"child-pid": (\d+)/.exec(chunk.toString())?.[1];
    if (pid !== undefined) change({ state: 'running', child: Number(pid) });
  });
  started.on('error', (error) => log.add('e', Buffer.from(`${error.message}\n`)));
  // 'error' comes alone where nothing could be started; 'close' after the last output.
  started.once('spawn', () => {
    if (isolation === null) change({ state: 'running', child: started.pid ?? null });
  });
  started.once('error', (error) => ended(`cannot start: ${error.message}`));
  started.once('exit', () => {
    // Whoever it left behind would hold its output open.
    if (isolation === null) killAll('SIGKILL');
  });
  started.once('close', (code, signal) => {
    log.add('o', null);
    log.add('e', null);
    const isOutOfMemory = gauge.oomKills() > oomKillsBefore;
    const complaint = /bwrap: (.*)/.exec(lastWords)?.[1];
    const cannotStart = isolation !== null && code === 1 && complaint !== undefined;
    ended(
      verdict ??
        (isOutOfMemory ? 'killed: out of memory' : null) ??
        (cannotStart ? `cannot start: ${complaint}` : describeExit(code, signal)),
    );
  });
}

function environment(): NodeJS.ProcessEnv {
  const cgroups = plan.cgroup === null ? {} : { SOUK_CGROUPS: plan.cgroup.join.join(' ') };
  if (plan.isolation !== null) return { PATH: process.env['PATH'], ...cgroups };
  const entries = [...plan.env, mark].map((entry) => {
    const equals = entry.indexOf('=');
    return [entry.slice(0, equals), entry.slice(equals + 1)] as const;
  });
  return { ...Object.fromEntries(entries), ...cgroups };
}

function describeExit(code: number | null, signal: NodeJS.Signals | null): string {
  if (signal !== null) return `killed: ${signal}`;
  return code !== null && code > 128 ? `killed: signal ${code - 128}` : `exit code ${code}`;
}

function ended(lastExit: string): void {
  if (child === null) return;
  child = null;
  verdict = null;
  gauge.settle();
  killAll('SIGKILL');
  const isFinal = !isStopping && !mayRestart(lastExit);
  change({ state: 'exited', child: null, isFinal, lastExit: isStopping ? state.lastExit : lastExit });
  if (isStopping || isFinal) return finish();
  if (Date.now() - startedAt >= goodRunMs) pauseMs = firstPauseMs;
  pause = setTimeout(() => {
    change({ state: 'starting', restarts: state.restarts + 1 });
    start();
  }, pauseMs);
  pauseMs = Math.min(2 * pauseMs, longestPauseMs);
}

function mayRestart(lastExit: string): boolean {
  // Left out in plans of an earlier version.
  const { restart = 'always' } = plan as Partial<ReplicaPlan>;
  return restart === 'always' || (restart === 'on-failure' && lastExit !== 'exit code 0');
}

/** SIGTERM goes to the workload, which sits below bubblewrap's first process; SIGKILL to that, and so to all. */
function killAll(signal: 'SIGTERM' | 'SIGKILL'): void {
  const pids =
    plan.isolation === null
      ? processesWithEnv(mark)
      : state.child === null
        ? []
        : signal === 'SIGKILL'
          ? [state.child]
          : childrenOf(state.child);
  for (const pid of pids) {
    try {
      process.kill(pid, signal);
    } catch {
      // Gone already.
    }
  }
}

function kill(reason: string): void {
  verdict = reason;
  killAll('SIGKILL');
  child?.kill('SIGKILL');
}

function stop(): void {
  if (isStopping) return;
  isStopping = true;
  clearTimeout(pause);
  if (child === null) return finish();
  killAll('SIGTERM');
  setTimeout(() => {
    killAll('SIGKILL');
    child?.kill('SIGKILL');
    setTimeout(finish, 1_000);
  }, plan.stopGraceMs);
}

function finish(): never {
  killAll('SIGKILL');
  process.exit(0);
}

async function main(): Promise<void> {
  process.on('SIGTERM', stop);
  process.on('SIGINT', stop);
  process.on('SIGHUP', () => undefined);
  // Nothing has been started yet: without a state, whoever started us could not end us.
  writeWhole('state.json', state);
  change({});
  // What an earlier supervisor left when it was killed.
  killAll('SIGKILL');
  if (plan.isolation !== null) {
    if (plan.isolation.hasInternet) holdAlivePipe(plan);
    blockNetworks(plan.isolation);
    root = prepareRoot(plan, plan.isolation, secrets.files);
    writeWhole('root.json', root);
  }
  const links = plan.isolation === null ? plan.links : redirectLinks(plan.links);
  await Promise.all([
    ...plan.ports.map(({ socket, inside }) => bridgePort(socket, inside, traffic)),
    ...links.map((link) => bridgeLink(link, traffic)),
  ]);
  start();
  setInterval(() => {
    const reason = gauge.sample(state.child);
    if (reason !== null) kill(reason);
    tryWrite('usage.json', gauge.current());
    if (!isStateWritten) change({});
  }, sampleMs);
  let isMeasuring = false;
  setInterval(() => {
    if (isMeasuring) return;
    isMeasuring = true;
    void gauge.sampleDisk().then((reason) => {
      isMeasuring = false;
      if (reason !== null) kill(reason);
    });
  }, diskSampleMs);
}

try {
  await main();
} catch (error) {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
  killAll('SIGKILL');
  process.exit(1);
}
