/** The conformance suite's kit for the drivers whose replicas are folders with a supervisor. */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { silentLog } from '@souk/protocol';
import type { DriverKit } from '../../src/drivers/conformance/kit.ts';
import { searchFolder } from '../../src/drivers/conformance/search.ts';
import type { Driver } from '../../src/drivers/driver.ts';
import { serviceKey } from '../../src/drivers/supervised/folders.ts';
import type { ReplicaState } from '../../src/drivers/supervised/supervisor/plan.ts';
import { isAlive } from '../../src/drivers/supervised/supervisor/processes.ts';
import type { SupervisedDriverOptions } from '../../src/drivers/supervised/supervised.ts';

export type Facts = Pick<DriverKit, 'runs' | 'isolates' | 'limitsDisk'>;

const services = ['web', 'api', 'other'];

export function supervisedKit(
  create: (options: SupervisedDriverOptions) => Promise<Driver>,
  dataFolder: string,
  facts: Facts,
): DriverKit {
  return {
    ...facts,
    open: () => create({ log: silentLog, dataFolder }),
    async leftovers(lease) {
      const keys = services.map((service) => serviceKey(lease, service));
      const isOfLease = (text: string) => keys.some((key) => text.includes(key)) || text.includes(lease);
      const groups = await Promise.all(
        ['memory/souk', 'cpu/souk', 'pids/souk', 'souk'].map((path) =>
          readdir(join('/sys/fs/cgroup', path)).catch(() => []),
        ),
      );
      const names = await Promise.all(
        ['replicas', 'volumes', 'sockets'].map((name) => readdir(join(dataFolder, name))),
      );
      const inMemory = readdirSync('/dev/shm', { recursive: true }).map(String);
      const mounts = readFileSync('/proc/mounts', 'utf8').split('\n');
      return [...names.flat(), ...groups.flat(), ...inMemory, ...mounts, ...(await commandLines())].filter(
        isOfLease,
      );
    },
    searchDisk: async (needles, sinceMs) => searchFolder(dataFolder, needles, sinceMs),
    async crash(_driver, lease, service) {
      const folder = join(dataFolder, 'replicas', `${serviceKey(lease, service)}.0`);
      const { supervisor } = JSON.parse(readFileSync(join(folder, 'state.json'), 'utf8')) as ReplicaState;
      process.kill(supervisor.pid, 'SIGKILL');
      while (isAlive(supervisor)) await sleep(5);
    },
  };
}

async function commandLines(): Promise<readonly string[]> {
  return (await readdir('/proc')).flatMap((name) => {
    const path = `/proc/${name}/cmdline`;
    if (!/^\d+$/.test(name) || !existsSync(path)) return [];
    try {
      return [`${readFileSync(path, 'utf8')} ${readFileSync(`/proc/${name}/environ`, 'utf8')}`];
    } catch {
      return [];
    }
  });
}
