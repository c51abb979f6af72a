/**
 * Outgoing internet for a sandbox by slirp4netns: a user-mode network stack that needs no privilege. It offers no way
 * to this machine's loopback; its routes to private networks and to this machine's own addresses are shut by the
 * supervisor, inside the sandbox's network, where the workload can't change them.
 */
import { spawn } from 'node:child_process';
import { accessSync, closeSync, constants, openSync } from 'node:fs';
import { networkInterfaces } from 'node:os';
import { join } from 'node:path';
import { alivePipe } from '../supervised/supervisor/network.ts';
import type { ReplicaPlan, ReplicaState } from '../supervised/supervisor/plan.ts';
import { findTool } from './probe.ts';

/** Undefined where it can't be had. */
export async function findInternet(): Promise<string | undefined> {
  const [slirp, ip] = await Promise.all([findTool('slirp4netns'), findTool('ip')]);
  if (ip === undefined) return undefined;
  try {
    accessSync('/dev/net/tun', constants.R_OK | constants.W_OK);
    return slirp;
  } catch {
    return undefined;
  }
}

/** Private networks, the cloud's metadata address among them, and this machine itself. */
export function blockedNetworks(): readonly string[] {
  const own = Object.values(networkInterfaces())
    .flatMap((addresses) => addresses ?? [])
    .filter(({ family, internal }) => family === 'IPv4' && !internal)
    .map(({ address }) => `${address}/32`);
  return ['10.0.0.0/8', '100.64.0.0/10', '169.254.0.0/16', '172.16.0.0/12', '192.168.0.0/16', ...own];
}

/** Ends by itself with the supervisor, whose end of the pipe closes then. */
export function startInternet(slirp: string, plan: ReplicaPlan, { supervisor }: ReplicaState): void {
  const pipe = openSync(join(plan.folder, alivePipe), constants.O_RDONLY | constants.O_NONBLOCK);
  const userns = process.getuid?.() === 0 ? [] : [`--userns-path=/proc/${supervisor.pid}/ns/user`];
  const options = [
    '--configure',
    '--mtu=65520',
    '--disable-host-loopback',
    '--enable-sandbox',
    '--exit-fd=3',
  ];
  const started = spawn(slirp, [...options, ...userns, String(supervisor.pid), 'tap0'], {
    cwd: '/',
    env: { PATH: '/usr/bin:/bin' },
    detached: true,
    stdio: ['ignore', 'ignore', 'ignore', pipe],
  });
  started.on('error', () => undefined);
  started.unref();
  closeSync(pipe);
}
