/**
 * The driver that needs no engine: bubblewrap on an unpacked image, each replica in user, mount, pid, ipc, uts and
 * network namespaces of its own, with no capability and a filter of system calls. Works for an ordinary user; where
 * Souk is root, workloads are an unprivileged user all the same. Traffic goes over unix sockets. It must never let a
 * workload see this machine's files, processes or networks. Constructed by the provider's root.
 */
import { closeSync, openSync } from 'node:fs';
import { join } from 'node:path';
import { Fault } from '@souk/protocol';
import type { StoredImage } from '../../images/store.ts';
import { defaultDriversConfig } from '../config.ts';
import type { Driver } from '../driver.ts';
import { notRunning, unavailable } from '../faults.ts';
import { probeCgroups } from '../supervised/cgroups.ts';
import { openFolders, readJson, socketPath, serviceKey } from '../supervised/folders.ts';
import { installSupervisor } from '../supervised/program.ts';
import {
  type BasePlan,
  createSupervisedDriver,
  type Runner,
  type SupervisedDriverOptions,
} from '../supervised/supervised.ts';
import { limited, sandboxed } from '../supervised/supervisor/command.ts';
import type { Isolation, ReplicaPlan, ReplicaState } from '../supervised/supervisor/plan.ts';
import type { Root } from '../supervised/supervisor/root.ts';
import type { WantedReplica } from '../wanted.ts';
import { blockedNetworks, findInternet, startInternet } from './internet.ts';
import { probeSandbox } from './probe.ts';
import { writeFilter } from './filter.ts';

/** Above the ports that Linux gives out by itself. */
const firstLinkPort = 61_001;

export async function createSandboxDriver(options: SupervisedDriverOptions): Promise<Driver> {
  const { config = defaultDriversConfig } = options;
  const probed = await probeSandbox();
  if (!probed.ok)
    throw new Fault('driver.unavailable', probed.reason, { blame: 'self', remedy: probed.remedy });
  const folders = await openFolders(options.dataFolder);
  const program = await installSupervisor(folders.program);
  const filter = await writeFilter(folders.program);
  const cgroups = await probeCgroups();
  const slirp = config.internet === 'off' ? undefined : await findInternet();
  const isRoot = process.getuid?.() === 0;
  const owner = isRoot ? { uid: config.workloadUid, gid: config.workloadUid } : undefined;
  const isolation: Isolation = {
    bwrap: probed.bwrap,
    hostUser: owner ?? null,
    root: probed.root,
    filter,
    hasInternet: slirp !== undefined,
    blockedNetworks: blockedNetworks(),
  };

  const runner: Runner = {
    name: 'sandbox',
    warnings: warningsOf(isolation, cgroups !== undefined),
    cgroups,
    owner,
    folders,
    async ping() {
      const again = await probeSandbox();
      if (!again.ok) throw unavailable('bubblewrap', again.reason, again.remedy);
    },
    plan: async (base, wanted, image) => ({
      ...base,
      ...(await planSandbox(base, wanted, image)),
      isolation,
    }),
    launchLine: (plan) =>
      [
        probed.bwrap,
        isRoot ? [] : ['--unshare-user', '--uid', '0', '--gid', '0'],
        ['--cap-add', 'ALL', '--unshare-net', '--dev-bind', '/', '/', '--'],
        [process.execPath, '--max-semi-space-size=1', join(program, 'main.mjs'), plan.folder],
      ].flat(),
    async launched(plan, state) {
      if (slirp !== undefined) startInternet(slirp, plan, state);
    },
    execLine: (plan, state, command) => enter(plan, state, command, isolation, isRoot),
  };

  async function planSandbox(_base: BasePlan, wanted: WantedReplica, _image: StoredImage) {
    const { lease, service, replica, tcpPorts } = wanted;
    const tcpLinks = wanted.links.filter(({ proto }) => proto === 'TCP');
    const names = [...new Set(tcpLinks.map(({ target }) => target))];
    return {
      ports: tcpPorts.map((port) => ({
        port,
        inside: port,
        socket: socketPath(folders, lease, service, replica, port),
      })),
      links: tcpLinks.map(({ target, port, targetPort }, index) => ({
        name: target,
        port,
        address: `127.0.1.${names.indexOf(target) + 1}`,
        inside: firstLinkPort + index,
        sockets: { folder: folders.sockets, prefix: serviceKey(lease, target), port: targetPort },
      })),
    };
  }

  return createSupervisedDriver(runner, options);
}

function warningsOf({ hasInternet }: Isolation, hasCgroups: boolean): readonly string[] {
  const warnings: string[] = [];
  if (!hasCgroups)
    warnings.push('cpu is not limited, and memory only by sampling: no control groups could be made here');
  if (!hasInternet)
    warnings.push('workloads can’t reach the internet: slirp4netns or ip is missing, or it is off');
  return warnings;
}

/** The line that runs a program in a running sandbox: the same mounts, its user and pid namespaces. */
async function enter(
  plan: ReplicaPlan,
  { supervisor, child }: ReplicaState,
  command: readonly string[],
  isolation: Isolation,
  isRoot: boolean,
) {
  const root = await readJson<Root>(join(plan.folder, 'root.json'));
  if (child === null || root === undefined) throw notRunning(plan.service, plan.replica);
  const opened: number[] = [];
  const openFile = (path: string) => {
    const file = openSync(path, 'r');
    opened.push(file);
    return file;
  };
  const namespaces = ['--userns', '6', '--pidns', '7', '--uid', String(plan.uid), '--gid', String(plan.gid)];
  const inside = sandboxed(plan, isolation, root, namespaces, command);
  return {
    enter: [
      ['nsenter', `--target=${supervisor.pid}`],
      isRoot ? [] : ['--user', '--preserve-credentials'],
      ['--mount', '--net', '--'],
    ].flat(),
    line: limited(plan, inside.line),
    env: {
      PATH: '/usr/sbin:/usr/bin:/sbin:/bin',
      ...(plan.cgroup && { SOUK_CGROUPS: plan.cgroup.join.join(' ') }),
    },
    cwd: '/',
    files: [
      'ignore' as const,
      isolation.filter === null ? ('ignore' as const) : openFile(isolation.filter),
      { text: inside.arguments },
      openFile(`/proc/${child}/ns/user`),
      openFile(`/proc/${child}/ns/pid`),
    ],
    [Symbol.dispose]: () => opened.forEach(closeSync),
  };
}
