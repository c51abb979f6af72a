/** The drivers that isolate, as this machine has them. */
import { join } from 'node:path';
import { silentLog } from '@souk/protocol';
import Docker from 'dockerode';
import { createDockerDriver } from '../../src/drivers/docker/docker.ts';
import type { Driver } from '../../src/drivers/driver.ts';
import { probeSandbox } from '../../src/drivers/sandbox/probe.ts';
import { createSandboxDriver } from '../../src/drivers/sandbox/sandbox.ts';
import type { StageOptions } from './stage.ts';

export type Opened =
  | ({ readonly ok: true; readonly driver: Driver } & StageOptions)
  | { readonly ok: false; readonly reason: string };

export interface Openable {
  readonly label: string;
  readonly open: () => Promise<Opened>;
}

export async function openStages(folder: string): Promise<readonly Openable[]> {
  return [
    {
      label: 'sandbox',
      async open() {
        const probed = await probeSandbox();
        if (!probed.ok) return { ok: false, reason: 'bubblewrap can’t run here' };
        const dataFolder = join(folder, 'sandbox');
        return { ok: true, dataFolder, driver: await createSandboxDriver({ log: silentLog, dataFolder }) };
      },
    },
    {
      label: 'docker',
      async open() {
        const docker = new Docker();
        const answers = await docker.ping().then(
          () => true,
          () => false,
        );
        if (!answers) return { ok: false, reason: 'no Docker engine answers' };
        const dataFolder = join(folder, 'docker');
        const instance = `escape${process.pid}`;
        return {
          ok: true,
          dataFolder,
          driver: await createDockerDriver({ log: silentLog, dataFolder, instance }),
          addressesOf: async (lease) => {
            const filters = JSON.stringify({ label: [`souk.lease=${lease}`] });
            const found = await docker.listContainers({ filters });
            return found.flatMap(({ NetworkSettings }) =>
              Object.values(NetworkSettings.Networks).map(({ IPAddress }) => IPAddress),
            );
          },
        };
      },
    },
  ];
}
