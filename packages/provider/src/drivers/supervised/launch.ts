/** Starts and ends supervisors. They are of their own session: the daemon's end does not touch them. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { open, readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { Writable } from 'node:stream';
import { setTimeout as sleep } from 'node:timers/promises';
import { startFailed } from '../faults.ts';
import { readState, writeState } from './folders.ts';
import type { ProcessId, ReplicaPlan, ReplicaSecrets } from './supervisor/plan.ts';
import { isAlive, processesWithEnv, replicaMark } from './supervisor/processes.ts';

const startTimeoutMs = 20_000;
const complaintBytes = 500;

/** Resolves when the supervisor is ready and has started the workload; rejects with its last words. */
export async function launch(
  plan: ReplicaPlan,
  { line, secrets }: { readonly line: readonly string[]; readonly secrets: ReplicaSecrets },
  signal: AbortSignal,
): Promise<void> {
  const words = join(plan.folder, 'supervisor.log');
  await rm(words, { force: true });
  await using output = await open(words, 'a', 0o600);
  const [program = '', ...rest] = line;
  const started = spawn(program, rest, {
    cwd: '/',
    // Nothing of the daemon's environment, which may hold secrets.
    env: { PATH: '/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin' },
    detached: true,
    stdio: ['ignore', output.fd, output.fd, 'pipe', 'pipe'],
  });
  started.unref();
  const hand = (started.stdio as readonly unknown[])[4];
  if (hand instanceof Writable) hand.on('error', () => undefined).end(JSON.stringify(secrets));
  const timeout = AbortSignal.any([signal, AbortSignal.timeout(startTimeoutMs)]);
  const ready = started.stdio[3];
  try {
    const failed = once(started, 'exit', { signal: timeout }).then(() => false);
    const isReady = await Promise.race([
      ...(ready ? [once(ready, 'data', { signal: timeout }).then(() => true)] : []),
      failed,
    ]);
    if (!isReady) throw new Error('its supervisor ended');
  } catch (error) {
    if (started.pid !== undefined && started.exitCode === null) killIfThere(-started.pid);
    signal.throwIfAborted();
    const said = await readFile(words, 'utf8').catch(() => '');
    throw startFailed(plan.service, said.trim().slice(-complaintBytes) || error);
  } finally {
    ready?.destroy();
  }
}

/** Ends a replica: its workload gets its grace, then all of it is killed. */
export async function endReplica(plan: ReplicaPlan): Promise<void> {
  const state = await readState(plan.folder);
  if (state !== undefined) {
    if (isAlive(state.supervisor)) await endProcess(state.supervisor, plan.stopGraceMs + 2_000);
    // It ends by itself, a moment after the supervisor.
    if (state.holder && isAlive(state.holder)) await endProcess(state.holder, 2_000);
  }
  // A sandbox dies with its supervisor; a plain process may not.
  if (plan.isolation === null) await endOrphans(plan.folder);
}

/** Ends it and notes that this was wanted; one that has ended for good by itself is left as it is. */
export async function stopReplica(plan: ReplicaPlan): Promise<void> {
  await endReplica(plan);
  const state = await readState(plan.folder);
  if (state === undefined || state.isFinal) return;
  await writeState(plan.folder, { ...state, state: 'stopped', child: null });
}

async function endProcess(id: ProcessId, graceMs: number): Promise<void> {
  signalIfThere(id.pid, 'SIGTERM');
  const deadline = performance.now() + graceMs;
  while (isAlive(id)) {
    if (performance.now() > deadline) signalIfThere(id.pid, 'SIGKILL');
    await sleep(15);
  }
}

async function endOrphans(folder: string): Promise<void> {
  const entry = replicaMark(folder);
  for (let pids = processesWithEnv(entry); pids.length > 0; pids = processesWithEnv(entry)) {
    for (const pid of pids) killIfThere(pid);
    await sleep(15);
  }
}

function killIfThere(pid: number): void {
  signalIfThere(pid, 'SIGKILL');
}

function signalIfThere(pid: number, signal: NodeJS.Signals): void {
  try {
    process.kill(pid, signal);
  } catch {
    // Gone already.
  }
}
