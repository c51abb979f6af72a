/**
 * The folder that holds all state of the network on this machine, and what is remembered between runs: the ports, so
 * that URLs and addresses stay the same after a restart.
 */
import { existsSync, readFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { Fault } from '@souk/protocol';
import { z } from 'zod';
import { writeFileAtomically } from '../home.ts';

export interface LocalFolder {
  readonly root: string;
  readonly networkFile: string;
  readonly passwordFile: string;
  readonly chain: string;
  readonly stateFile: string;
  readonly pidFile: string;
  readonly logs: string;
  provider(name: string): string;
  /** What belongs to the subnet of that kind, and the home of one who works in it. */
  subnet(kind: string): string;
  actor(kind: string, name: string): string;
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
    subnet: (kind) => join(root, 'subnets', kind),
    actor: (kind, name) => join(root, 'subnets', kind, name),
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
  writeFileAtomically(folder.stateFile, `${JSON.stringify(state, null, 2)}\n`);
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
