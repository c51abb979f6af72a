/**
 * Limits by the kernel's control groups: version 1 or 2, where this process may make them. `probeCgroups` says which;
 * undefined where neither works, and then supervisors sample and kill instead.
 */
import { existsSync } from 'node:fs';
import { mkdir, readFile, rmdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { codeOf } from '../faults.ts';
import type { Limits } from '../wanted.ts';
import type { PlannedCgroup } from './supervisor/plan.ts';

export interface Cgroups {
  create(name: string, limits: Limits): Promise<PlannedCgroup>;
  /** Only when nothing runs in it any more. */
  remove(name: string): Promise<void>;
}

const mountPoint = '/sys/fs/cgroup';
const parent = 'souk';
const periodMicros = 100_000;

export async function probeCgroups(): Promise<Cgroups | undefined> {
  const cgroups = existsSync(join(mountPoint, 'cgroup.controllers')) ? version2 : version1;
  const name = `probe-${process.pid}`;
  try {
    await cgroups.create(name, { cpuMilli: 100, memoryBytes: 2 ** 26, diskBytes: 0, pids: 10, gpus: 0 });
    await cgroups.remove(name);
    return cgroups;
  } catch {
    await cgroups.remove(name).catch(() => undefined);
    return undefined;
  }
}

const version1: Cgroups = {
  async create(name, limits) {
    const at = (controller: string) => join(mountPoint, controller, parent, name);
    const controllers = ['memory', 'cpu', 'cpuacct', 'pids'];
    for (const controller of controllers) await mkdir(at(controller), { recursive: true });
    await writeFile(join(at('memory'), 'memory.limit_in_bytes'), String(limits.memoryBytes));
    // Swap would only slow it; not every kernel accounts it.
    await writeFile(join(at('memory'), 'memory.memsw.limit_in_bytes'), String(limits.memoryBytes)).catch(
      () => undefined,
    );
    await writeFile(join(at('cpu'), 'cpu.cfs_period_us'), String(periodMicros));
    await writeFile(join(at('cpu'), 'cpu.cfs_quota_us'), String(quota(limits)));
    await writeFile(join(at('pids'), 'pids.max'), String(limits.pids));
    return {
      join: controllers.map((controller) => join(at(controller), 'cgroup.procs')),
      memoryUsage: join(at('memory'), 'memory.usage_in_bytes'),
      oomEvents: join(at('memory'), 'memory.oom_control'),
      cpuUsage: { file: join(at('cpuacct'), 'cpuacct.usage'), unit: 'nanoseconds' },
    };
  },
  async remove(name) {
    for (const controller of ['memory', 'cpu', 'cpuacct', 'pids'])
      await removeGroup(join(mountPoint, controller, parent, name));
  },
};

const version2: Cgroups = {
  async create(name, limits) {
    const group = join(mountPoint, parent, name);
    await mkdir(group, { recursive: true });
    for (const above of [mountPoint, join(mountPoint, parent)]) {
      const control = join(above, 'cgroup.subtree_control');
      const on = new Set((await readFile(control, 'utf8')).split(/\s+/));
      if (!['memory', 'cpu', 'pids'].every((controller) => on.has(controller)))
        await writeFile(control, '+memory +cpu +pids');
    }
    await writeFile(join(group, 'memory.max'), String(limits.memoryBytes));
    await writeFile(join(group, 'memory.swap.max'), '0').catch(() => undefined);
    await writeFile(join(group, 'cpu.max'), `${quota(limits)} ${periodMicros}`);
    await writeFile(join(group, 'pids.max'), String(limits.pids));
    return {
      join: [join(group, 'cgroup.procs')],
      memoryUsage: join(group, 'memory.current'),
      oomEvents: join(group, 'memory.events'),
      cpuUsage: { file: join(group, 'cpu.stat'), unit: 'usage_usec' },
    };
  },
  remove: (name) => removeGroup(join(mountPoint, parent, name)),
};

/** The kernel takes no quota below 1 ms. */
function quota({ cpuMilli }: Limits): number {
  return Math.max(1000, Math.round((cpuMilli * periodMicros) / 1000));
}

/** The last process may take a moment to be gone. */
async function removeGroup(path: string): Promise<void> {
  for (let tries = 0; ; tries += 1) {
    try {
      return await rmdir(path);
    } catch (error) {
      if (codeOf(error) === 'ENOENT') return;
      if (codeOf(error) !== 'EBUSY' || tries >= 50) throw error;
      await sleep(20);
    }
  }
}
