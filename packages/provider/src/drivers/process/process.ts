/**
 * The driver for machines that have neither bubblewrap nor Docker: workloads are plain processes that see this
 * machine's files and network. For a private network among people who trust each other only; every status page says
 * so. It runs the image's own program out of the unpacked image; Node programs get ports of their own, others are told
 * theirs by PORT. Constructed by the provider's root when nothing better works.
 */
import { existsSync } from 'node:fs';
import { chmod } from 'node:fs/promises';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { Fault } from '@souk/protocol';
import type { StoredImage } from '../../images/store.ts';
import { defaultDriversConfig } from '../config.ts';
import type { Driver } from '../driver.ts';
import { pathVariable } from '../secrets.ts';
import { probeCgroups } from '../supervised/cgroups.ts';
import { openFolders, serviceKey, socketPath } from '../supervised/folders.ts';
import { installSupervisor } from '../supervised/program.ts';
import { run } from '../supervised/run.ts';
import {
  type BasePlan,
  createSupervisedDriver,
  type Runner,
  type SupervisedDriverOptions,
} from '../supervised/supervised.ts';
import { limited } from '../supervised/supervisor/command.ts';
import type { ReplicaPlan } from '../supervised/supervisor/plan.ts';
import { replicaMark } from '../supervised/supervisor/processes.ts';
import type { WantedReplica } from '../wanted.ts';

const warning = 'workloads are NOT isolated: they are plain processes that can read this machine’s files';

export async function createProcessDriver(options: SupervisedDriverOptions): Promise<Driver> {
  const { config = defaultDriversConfig } = options;
  if (process.platform !== 'linux')
    throw new Fault('driver.unavailable', 'the process driver runs on Linux', { blame: 'self' });
  const folders = await openFolders(options.dataFolder);
  const program = await installSupervisor(folders.program);
  const user = await workloadUser(config.workloadUid, options.dataFolder);
  if (user !== undefined)
    for (const folder of [folders.images, folders.program, folders.replicas, folders.volumes])
      await chmod(folder, 0o711);
  const become =
    user === undefined
      ? []
      : ['setpriv', `--reuid=${user.uid}`, `--regid=${user.gid}`, '--clear-groups', '--'];
  const isRoot = process.getuid?.() === 0;

  async function planProcess(
    base: BasePlan,
    wanted: WantedReplica,
    image: StoredImage,
  ): Promise<ReplicaPlan> {
    const { lease, service, replica } = wanted;
    const ports = await Promise.all(
      wanted.tcpPorts.map(async (port) => ({
        port,
        inside: await freePort(),
        socket: socketPath(folders, lease, service, replica, port),
      })),
    );
    const links = await Promise.all(
      wanted.links
        .filter(({ proto }) => proto === 'TCP')
        .map(async ({ target, port, targetPort }) => ({
          name: target,
          port,
          address: '127.0.0.1',
          inside: await freePort(),
          sockets: { folder: folders.sockets, prefix: serviceKey(lease, target), port: targetPort },
        })),
    );
    const swaps = {
      listen: Object.fromEntries(ports.map(({ port, inside }) => [port, inside])),
      connect: Object.fromEntries(links.map(({ name, port, inside }) => [`${name}:${port}`, inside])),
    };
    const [first] = ports;
    const inRoot = inFolder(image.rootfs);
    const env = [
      ...base.env.filter((entry) => !entry.startsWith('PATH=')),
      `PATH=${['/usr/local/bin', '/usr/bin', '/bin'].map((path) => join(image.rootfs, path)).join(':')}:/usr/bin:/bin`,
      ...base.mounts.map(({ path, source }) => `${pathVariable('SOUK_MOUNT', path)}=${source ?? '/tmp'}`),
      `SOUK_PORTS=${JSON.stringify(swaps)}`,
      `NODE_OPTIONS=--import=${pathToFileURL(join(program, 'node-ports.mjs')).href}`,
      ...(first === undefined ? [] : [`PORT=${first.inside}`]),
    ];
    const command = [...become, ...runnable(base.command, image.rootfs)];
    return { ...base, command, env, workingDir: inRoot(base.workingDir), isolation: null, ports, links };
  }

  const runner: Runner = {
    name: 'process',
    warnings: [warning, ...(isRoot && user === undefined ? ['workloads run as root'] : [])],
    cgroups: await probeCgroups(),
    owner: user,
    folders,
    ping: async () => undefined,
    plan: planProcess,
    launchLine: (plan) => [
      process.execPath,
      '--max-semi-space-size=1',
      join(program, 'main.mjs'),
      plan.folder,
    ],
    launched: async () => undefined,
    execLine: async (plan, _state, command) => ({
      enter: [],
      line: limited(plan, [...become, ...runnable(command, plan.rootfs)]),
      env: {
        ...environmentOf(plan),
        ...(plan.cgroup && { SOUK_CGROUPS: plan.cgroup.join.join(' ') }),
      },
      cwd: plan.workingDir,
      files: [],
      [Symbol.dispose]: () => undefined,
    }),
  };
  return createSupervisedDriver(runner, options);
}

/** Where we are root: the unprivileged user that workloads become, if it can get at their files at all. */
async function workloadUser(uid: number, dataFolder: string) {
  if (process.getuid?.() !== 0) return undefined;
  try {
    const become = [`--reuid=${uid}`, `--regid=${uid}`, '--clear-groups', '--'];
    await run('setpriv', [...become, 'test', '-x', dataFolder]);
    return { uid, gid: uid };
  } catch {
    return undefined;
  }
}

function environmentOf(plan: ReplicaPlan): NodeJS.ProcessEnv {
  const entries = [...plan.env, replicaMark(plan.folder)].map((entry) => {
    const equals = entry.indexOf('=');
    return [entry.slice(0, equals), entry.slice(equals + 1)] as const;
  });
  return Object.fromEntries(entries);
}

/** The image's program, and words that name files of the image, at where these lie on this machine. */
function runnable(command: readonly string[], rootfs: string): readonly string[] {
  const inRoot = inFolder(rootfs);
  const [program = '', ...words] = command;
  const places = program.includes('/')
    ? [inRoot(program)]
    : ['/usr/local/bin', '/usr/bin', '/bin'].map((folder) => join(rootfs, folder, program));
  const found = places.find((path) => existsSync(path));
  return [
    found ?? program,
    ...words.map((word) => (word.startsWith('/') && existsSync(inRoot(word)) ? inRoot(word) : word)),
  ];
}

function inFolder(rootfs: string) {
  return (path: string) => join(rootfs, join('/', path));
}

async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(0, '127.0.0.1', resolve);
  });
  const address = server.address();
  await new Promise((resolve) => server.close(resolve));
  if (address === null || typeof address === 'string') throw new Error('no free port');
  return address.port;
}
