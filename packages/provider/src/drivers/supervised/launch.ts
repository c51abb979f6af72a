/** Starts and ends supervisors. They are of their own session: the daemon's end does not touch them. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { open, readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { startFailed } from '../faults.ts';
import { readState } from './folders.ts';
import type { ReplicaPlan } from './supervisor/plan.ts';
import { isAlive } from './supervisor/processes.ts';

const startTimeoutMs = 20_000;
const complaintBytes = 500;

/** Resolves when the supervisor is ready and has started the workload; rejects with its last words. */
export async function launch(plan: ReplicaPlan, line: readonly string[], signal: AbortSignal): Promise<void> {
  const words = join(plan.folder, 'supervisor.log');
  await rm(words, { force: true });
  await using output = await open(words, 'a', 0o600);
  const [program = '', ...rest] = line;
  const started = spawn(program, rest, {
    cwd: '/',
    // Nothing of the daemon's environment, which may hold secrets.
    env: { PATH: '/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin' },
    detached: true,
    stdio: ['ignore', output.fd, output.fd, 'pipe'],
  });
  started.unref();
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
    if (started.pid !== undefined && started.exitCode === null) killGroup(started.pid);
    signal.throwIfAborted();
    const said = await readFile(words, 'utf8').catch(() => '');
    throw startFailed(plan.service, said.trim().slice(-complaintBytes) || error);
  } finally {
    ready?.destroy();
  }
}

function killGroup(pid: number): void {
  try {
    process.kill(-pid, 'SIGKILL');
  } catch {
    // Gone already.
  }
}

/** Ends a replica: its workload gets its grace, then all of it is killed. */
export async function endReplica(folder: string, graceMs: number): Promise<void> {
  const state = await readState(folder);
  if (state === undefined || !isAlive(state.supervisor)) return;
  const { pid } = state.supervisor;
  process.kill(pid, 'SIGTERM');
  const deadline = performance.now() + graceMs + 2_000;
  while (isAlive(state.supervisor)) {
    if (performance.now() > deadline) {
      process.kill(pid, 'SIGKILL');
      await sleep(50);
      return;
    }
    await sleep(15);
  }
}
