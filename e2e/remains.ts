/** What a network holds on this machine and on chain for its leases, to be compared before and after: nothing may leak. */
import { existsSync, readdirSync, readFileSync, readlinkSync } from 'node:fs';
import { join } from 'node:path';
import { eventsOf, readChain } from './chain-view.ts';
import type { TestNetwork } from './souk.ts';

export interface Remains {
  /** Leases of the chain that are not closed. */
  readonly openLeases: readonly string[];
  /** `<provider> <resource> <amount>` that is for rent now. */
  readonly free: readonly string[];
  /** Folders of replicas, and of uploads that are not done. */
  readonly folders: readonly string[];
  /** Processes that name this network's folder, without their pids. */
  readonly processes: readonly string[];
  /** TCP sockets that providers listen on. */
  readonly listening: number;
}

export async function remainsOf(net: TestNetwork): Promise<Remains> {
  const events = await readChain(net);
  const closed = new Set(eventsOf(events, 'lease-closed').map((event) => event.lease));
  const opened = eventsOf(events, 'lease-opened').map((event) => event.lease);
  const processes = processesOf(net.home);
  return {
    openLeases: opened.filter((lease) => !closed.has(lease)),
    free: (await Promise.all(net.providers.map(freeOf))).flat().sort(),
    folders: net.providers.flatMap((provider) => foldersOf(net.home, provider.name)),
    processes: processes.map(({ command }) => command).sort(),
    listening: processes
      .filter(({ command }) => command.includes(' provide '))
      .reduce((sum, { pid }) => sum + countListening(pid), 0),
  };
}

async function freeOf(provider: TestNetwork['providers'][number]): Promise<readonly string[]> {
  const text = await (await fetch(`${provider.admin}/metrics`)).text();
  const lines = text.split('\n').filter((line) => line.startsWith('souk_provider_free{'));
  return lines.map((line) => `${provider.name} ${line}`);
}

function foldersOf(home: string, name: string): readonly string[] {
  const folder = join(home, 'networks/local/providers', name, 'networks/local/providers', name);
  return ['driver/replicas', 'uploads'].flatMap((part) => {
    const parent = join(folder, part);
    return existsSync(parent) ? readdirSync(parent).map((entry) => `${name}/${part}/${entry}`) : [];
  });
}

function processesOf(home: string): readonly { readonly pid: string; readonly command: string }[] {
  return readdirSync('/proc')
    .filter((entry) => /^[0-9]+$/.test(entry))
    .map((pid) => ({ pid, command: read(`/proc/${pid}/cmdline`).replaceAll('\0', ' ') }))
    .filter(({ command }) => command.includes(home));
}

function countListening(pid: string): number {
  const sockets = ['tcp', 'tcp6'].flatMap((family) =>
    read(`/proc/${pid}/net/${family}`).split('\n').slice(1),
  );
  // Field 4 is the state, 0A being LISTEN; field 10 the inode.
  const fields = sockets.map((line) => line.trim().split(/\s+/));
  const listening = new Set(fields.flatMap((row) => (row[3] === '0A' ? [`socket:[${row[9]}]`] : [])));
  try {
    const handles = readdirSync(`/proc/${pid}/fd`).map((fd) => link(`/proc/${pid}/fd/${fd}`));
    return handles.filter((handle) => listening.has(handle)).length;
  } catch {
    return 0;
  }
}

// Processes and handles come and go while they are listed.
function read(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return '';
  }
}

function link(file: string): string {
  try {
    return readlinkSync(file);
  } catch {
    return '';
  }
}
