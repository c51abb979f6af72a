/** Measures what a replica takes, and says when it takes more than it may. */
import { execFile } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Traffic } from './bridge.ts';
import type { ReplicaPlan, ReplicaTraffic } from './plan.ts';
import { costOf, descendantsOf, processesBeside } from './processes.ts';

export interface Gauge {
  /** Looks at memory, cpu and processes; says why the replica must be killed, if it must. */
  sample(child: number | null): string | null;
  /** Looks at the disk, slower. */
  sampleDisk(): Promise<string | null>;
  /** Times that the kernel killed for want of memory. */
  oomKills(): number;
  /** To be called when the child has ended: its cpu time is kept. */
  settle(): void;
  current(): ReplicaTraffic;
}

export function createGauge(plan: ReplicaPlan, traffic: Traffic): Gauge {
  const { cgroup, limits } = plan;
  const volumes = plan.mounts.flatMap(({ source, bytes, isEphemeral }) =>
    source === null ? [] : [{ source, bytes, isEphemeral }],
  );
  let settledCpuSeconds = 0;
  let cost = { cpuSeconds: 0, memoryBytes: 0 };
  let diskBytes = 0;

  function sampleCgroup(files: NonNullable<typeof cgroup>): void {
    cost = { cpuSeconds: cpuSecondsOf(files.cpuUsage), memoryBytes: numberIn(files.memoryUsage) };
  }

  return {
    sample(child) {
      if (cgroup !== null) {
        sampleCgroup(cgroup);
        return null;
      }
      if (child === null) return null;
      const pids = plan.isolation === null ? [child, ...descendantsOf(child)] : processesBeside(child);
      cost = costOf(pids);
      if (cost.memoryBytes > limits.memoryBytes) return 'killed: out of memory';
      return pids.length > limits.pids ? 'killed: too many processes' : null;
    },
    async sampleDisk() {
      const own = plan.isolation === null ? 0 : await diskUse(join(plan.folder, 'upper'));
      const used = await Promise.all(volumes.map(({ source }) => diskUse(source)));
      diskBytes = used.reduce((total, bytes) => total + bytes, own);
      const ephemeral = volumes.reduce(
        (total, volume, index) => total + (volume.isEphemeral ? (used[index] ?? 0) : 0),
        own,
      );
      const isVolumeFull = volumes.some(
        ({ bytes, isEphemeral }, index) => !isEphemeral && (used[index] ?? 0) > bytes,
      );
      return isVolumeFull || ephemeral > limits.diskBytes ? 'killed: disk limit exceeded' : null;
    },
    oomKills: () =>
      cgroup === null ? 0 : Number(/^oom_kill (\d+)/m.exec(textOf(cgroup.oomEvents))?.[1] ?? 0),
    settle() {
      if (cgroup !== null) return;
      settledCpuSeconds += cost.cpuSeconds;
      cost = { cpuSeconds: 0, memoryBytes: 0 };
    },
    current: () => ({
      cpuSeconds: settledCpuSeconds + cost.cpuSeconds,
      memoryBytes: cost.memoryBytes,
      networkRxBytes: traffic.rxBytes + tapBytes(1),
      networkTxBytes: traffic.txBytes + tapBytes(9),
      diskBytes,
    }),
  };
}

function textOf(path: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return '';
  }
}

function numberIn(path: string): number {
  return Number(textOf(path).trim()) || 0;
}

function cpuSecondsOf({ file, unit }: { file: string; unit: 'nanoseconds' | 'usage_usec' }): number {
  if (unit === 'nanoseconds') return numberIn(file) / 1e9;
  return Number(/^usage_usec (\d+)/m.exec(textOf(file))?.[1] ?? 0) / 1e6;
}

/** A column of our namespace's internet device; 0 where there is none. */
function tapBytes(column: number): number {
  const line = textOf('/proc/self/net/dev')
    .split('\n')
    .find((each) => each.trimStart().startsWith('tap0:'));
  return Number(line?.trim().split(/[\s:]+/)[column] ?? 0);
}

function diskUse(folder: string): Promise<number> {
  return new Promise((resolve) => {
    // Some files may go while it looks: what it prints is good all the same.
    execFile('du', ['-sx', '--block-size=1', folder], (_error, stdout) =>
      resolve(Number.parseInt(stdout, 10) || 0),
    );
  });
}
