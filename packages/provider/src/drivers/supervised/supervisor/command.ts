/** The command line that runs a program of a replica: bare, or in bubblewrap on the prepared root. */
import type { Isolation, ReplicaPlan } from './plan.ts';
import type { Root } from './root.ts';

/** File descriptors that bubblewrap is handed. */
export const infoFd = 3;
export const filterFd = 4;
export const argumentsFd = 5;

/** Writes itself into the cgroups named by SOUK_CGROUPS, then becomes the rest of the line. */
const joinCgroups = 'for f in $SOUK_CGROUPS; do echo 0 > "$f"; done; unset SOUK_CGROUPS; exec "$@"';

/**
 * Without cgroups a process may still not hold more data than its replica may; the margin is for what V8 and threads
 * map and never touch.
 */
const dataMarginBytes = 2 ** 30;

export function limited(plan: ReplicaPlan, line: readonly string[]): readonly string[] {
  if (plan.cgroup !== null) return ['sh', '-c', joinCgroups, 'sh', ...line];
  return ['prlimit', `--data=${plan.limits.memoryBytes + dataMarginBytes}`, '--', ...line];
}

export interface SandboxLine {
  readonly line: readonly string[];
  /** To be written to `argumentsFd`: other users of the machine can read command lines, and env may hold secrets. */
  readonly arguments: string;
}

export function sandboxed(
  plan: ReplicaPlan,
  isolation: Isolation,
  root: Root,
  extra: readonly string[],
  command: readonly string[],
): SandboxLine {
  const { hostUser, filter } = isolation;
  const become =
    hostUser === null
      ? []
      : ['setpriv', `--reuid=${hostUser.uid}`, `--regid=${hostUser.gid}`, '--clear-groups', '--'];
  const binds = root.binds.flatMap(({ source, target, isReadOnly }) => [
    isReadOnly ? '--ro-bind' : '--bind',
    source,
    target,
  ]);
  const options = [
    extra,
    ['--die-with-parent', '--cap-drop', 'ALL', '--clearenv'],
    plan.env.flatMap((entry) => ['--setenv', ...splitEntry(entry)]),
    ['--bind', root.path, '/', '--proc', '/proc', '--dev', '/dev'],
    ['--bind', root.sharedMemory, '/dev/shm', '--remount-ro', '/dev'],
    binds,
    ['--chdir', root.workingDir],
    filter === null ? [] : ['--seccomp', String(filterFd)],
  ].flat();
  return {
    line: [...become, isolation.bwrap, '--args', String(argumentsFd), '--', ...command],
    arguments: options.map((option) => `${option}\0`).join(''),
  };
}

/** What makes the namespaces of a new sandbox. */
export function newNamespaces({ uid, gid, hostname }: ReplicaPlan): readonly string[] {
  return [
    ['--unshare-user', '--uid', String(uid), '--gid', String(gid)],
    ['--unshare-pid', '--unshare-ipc', '--unshare-uts', '--hostname', hostname, '--unshare-cgroup-try'],
    ['--new-session', '--info-fd', String(infoFd)],
  ].flat();
}

function splitEntry(entry: string): readonly [string, string] {
  const equals = entry.indexOf('=');
  return equals === -1 ? [entry, ''] : [entry.slice(0, equals), entry.slice(equals + 1)];
}
