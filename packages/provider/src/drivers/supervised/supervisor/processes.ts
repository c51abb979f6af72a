/** Processes as `/proc` shows them. */
import { readdirSync, readFileSync, readlinkSync } from 'node:fs';
import type { ProcessId } from './plan.ts';

interface Stat {
  readonly state: string;
  readonly parent: number;
  /** User and system time, with that of children that were waited for, in clock ticks. */
  readonly ticks: number;
  readonly startTime: string;
}

/** Both are 100 and 4096 on every Linux that Node runs on, save for pages on some ARM servers. */
const ticksPerSecond = 100;
const pageBytes = 4096;

function statOf(pid: number): Stat | undefined {
  try {
    const text = readFileSync(`/proc/${pid}/stat`, 'latin1');
    const fields = text.slice(text.lastIndexOf(')') + 2).split(' ');
    const number = (field: number) => Number(fields[field - 3]);
    return {
      state: fields[0] ?? '',
      parent: number(4),
      ticks: number(14) + number(15) + number(16) + number(17),
      startTime: fields[19] ?? '',
    };
  } catch {
    return undefined;
  }
}

let bootId: string | undefined;
function readBootId(): string {
  bootId ??= readFileSync('/proc/sys/kernel/random/boot_id', 'utf8').trim();
  return bootId;
}

export function processIdOf(pid: number): ProcessId {
  return { pid, startTime: statOf(pid)?.startTime ?? '', bootId: readBootId() };
}

/** Whether this very process, and not another with its pid, lives. */
export function isAlive(id: ProcessId): boolean {
  const stat = statOf(id.pid);
  return (
    stat !== undefined &&
    !'ZX'.includes(stat.state) &&
    stat.startTime === id.startTime &&
    readBootId() === id.bootId
  );
}

/** All processes in the pid namespace of `pid`, as seen from ours. */
export function processesBeside(pid: number): readonly number[] {
  const namespace = namespaceOf(pid);
  return namespace === undefined ? [] : allPids().filter((other) => namespaceOf(other) === namespace);
}

/** In the environment of all processes of a replica that is not isolated. */
export function replicaMark(folder: string): string {
  return `SOUK_REPLICA_ID=${folder}`;
}

/** All processes whose environment has the entry `NAME=VALUE`. */
export function processesWithEnv(entry: string): readonly number[] {
  return allPids().filter((pid) => {
    try {
      return readFileSync(`/proc/${pid}/environ`, 'latin1').split('\0').includes(entry);
    } catch {
      return false;
    }
  });
}

export function childrenOf(pid: number): readonly number[] {
  return allPids().filter((other) => statOf(other)?.parent === pid);
}

export function descendantsOf(pid: number): readonly number[] {
  const parents = allPids().map((each) => [each, statOf(each)?.parent] as const);
  const found = [pid];
  for (let index = 0; index < found.length; index += 1)
    for (const [each, parent] of parents) if (parent === found[index]) found.push(each);
  return found.slice(1);
}

/** Memory that is their own: what files share with others is not counted. */
export function costOf(pids: readonly number[]): {
  readonly cpuSeconds: number;
  readonly memoryBytes: number;
} {
  const stats = pids.flatMap((pid) => statOf(pid) ?? []);
  const sum = (pick: (stat: Stat) => number) => stats.reduce((total, stat) => total + pick(stat), 0);
  return {
    cpuSeconds: sum((stat) => stat.ticks) / ticksPerSecond,
    memoryBytes: pids.reduce((total, pid) => total + ownPagesOf(pid), 0) * pageBytes,
  };
}

function ownPagesOf(pid: number): number {
  try {
    const [, resident = 0, shared = 0] = readFileSync(`/proc/${pid}/statm`, 'latin1').split(' ').map(Number);
    return Math.max(0, resident - shared);
  } catch {
    return 0;
  }
}

function allPids(): readonly number[] {
  return readdirSync('/proc').flatMap((name) => (/^[0-9]+$/.test(name) ? [Number(name)] : []));
}

function namespaceOf(pid: number): string | undefined {
  try {
    return readlinkSync(`/proc/${pid}/ns/pid`);
  } catch {
    return undefined;
  }
}
