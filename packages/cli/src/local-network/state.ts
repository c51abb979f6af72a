/**
 * The folder that holds all state of the network on this machine, and what is remembered between runs: the ports, so
 * that URLs and addresses stay the same after a restart.
 */
import { existsSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { Fault } from '@souk/protocol';
import { z } from 'zod';

export interface LocalFolder {
  readonly root: string;
  readonly networkFile: string;
  readonly passwordFile: string;
  readonly chain: string;
  readonly stateFile: string;
  readonly pidFile: string;
  readonly logs: string;
  provider(name: string): string;
}

export function localFolder(home: string): LocalFolder {
  const root = join(home, 'networks', 'local');
  return {
    root,
    networkFile: join(root, 'network.json'),
    passwordFile: join(root, 'password'),
    chain: join(root, 'chain'),
    stateFile: join(root, 'state.json'),
    pidFile: join(root, 'up.pid'),
    logs: join(root, 'logs'),
    provider: (name) => join(root, 'providers', name),
  };
}

const stateSchema = z.strictObject({
  rpcPort: z.number().int(),
  bootstrapPort: z.number().int(),
  bootstrapKey: z.string().regex(/^0x[0-9a-f]{64}$/),
  providers: z.record(
    z.string(),
    z.strictObject({
      peerPort: z.number().int(),
      ingressPort: z.number().int(),
      adminPort: z.number().int(),
    }),
  ),
});
export type LocalState = z.output<typeof stateSchema>;

export function loadState(folder: LocalFolder): LocalState | undefined {
  if (!existsSync(folder.stateFile)) return undefined;
  try {
    return stateSchema.parse(JSON.parse(readFileSync(folder.stateFile, 'utf8')));
  } catch (cause) {
    throw new Fault('local.state-damaged', `the local network's state ${folder.stateFile} can't be read`, {
      blame: 'user',
      remedy: 'remove it all with `./souk down --wipe` and start anew with `./souk up`',
      cause,
    });
  }
}

export function saveState(folder: LocalFolder, state: LocalState): void {
  writePrivate(folder.stateFile, JSON.stringify(state, null, 2));
}

/** Write then rename, for the owner alone. */
export function writePrivate(file: string, text: string): void {
  mkdirSync(join(file, '..'), { recursive: true, mode: 0o700 });
  writeFileSync(`${file}.new`, `${text}\n`, { mode: 0o600, flush: true });
  renameSync(`${file}.new`, file);
}

/** `count` different TCP ports of 127.0.0.1 that are free now. */
export async function freePorts(count: number): Promise<number[]> {
  const servers = Array.from({ length: count }, () => createServer());
  await Promise.all(
    servers.map((server) => new Promise<void>((resolve) => server.listen(0, '127.0.0.1', () => resolve()))),
  );
  const ports = servers.map((server) => (server.address() as { port: number }).port);
  await Promise.all(servers.map((server) => new Promise((resolve) => server.close(resolve))));
  return ports;
}

/** The process that runs the network of this folder, if it lives. */
export function runningPid(folder: LocalFolder): number | undefined {
  if (!existsSync(folder.pidFile)) return undefined;
  const [pid = '', started = ''] = readFileSync(folder.pidFile, 'utf8').trim().split(' ');
  return startTimeOf(Number(pid)) === started ? Number(pid) : undefined;
}

export function writePid(folder: LocalFolder): void {
  writePrivate(folder.pidFile, `${process.pid} ${startTimeOf(process.pid) ?? ''}`);
}

export function removePid(folder: LocalFolder): void {
  rmSync(folder.pidFile, { force: true });
}

// A pid alone may have been given to another process since: its start time (field 22) tells.
function startTimeOf(pid: number): string | undefined {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    return stat.slice(stat.lastIndexOf(')') + 2).split(' ')[19];
  } catch {
    return undefined;
  }
}
