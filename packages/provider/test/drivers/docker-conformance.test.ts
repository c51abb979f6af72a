/** The docker driver by the suite that every driver passes. Where no engine answers, one test says so by name. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { silentLog } from '@souk/protocol';
import Docker from 'dockerode';
import { afterAll, expect, test } from 'vitest';
import { describeDriver } from '../../src/drivers/conformance/conformance.ts';
import { createDockerDriver } from '../../src/drivers/docker/docker.ts';

const facts = { runs: true, isolates: true, limitsDisk: false };
const docker = new Docker();
const answers = await docker.ping().then(
  () => true,
  () => false,
);
const dataFolder = mkdtempSync(join(tmpdir(), 'souk-docker-suite-'));
const instance = `suite${process.pid}`;
afterAll(() => rmSync(dataFolder, { recursive: true }));

const describeHere = answers ? describeDocker : describeMissing;
describeHere();

function describeDocker(): void {
  describeDriver(
    'docker',
    async () => ({
      ...facts,
      open: () => createDockerDriver({ log: silentLog, dataFolder, instance }),
      async leftovers(lease) {
        const filters = JSON.stringify({ label: [`souk.lease=${lease}`] });
        const containers = await docker.listContainers({ all: true, filters });
        const networks = await docker.listNetworks({ filters });
        const volumes = await docker.listVolumes({ filters });
        return [...containers, ...networks]
          .map(({ Id }) => Id)
          .concat((volumes.Volumes ?? []).map(({ Name }) => Name));
      },
      async crash(_driver, lease, service) {
        const filters = JSON.stringify({
          label: [`souk.lease=${lease}`, `souk.service=${service}`, 'souk.replica=0'],
        });
        const [found] = await docker.listContainers({ all: true, filters });
        await docker.getContainer(found?.Id ?? '').remove({ force: true });
      },
    }),
    facts,
  );
}

function describeMissing(): void {
  test('the docker driver was NOT tested here: no Docker engine answers', async () => {
    const driver = await createDockerDriver({ log: silentLog, dataFolder, instance });
    await expect(driver.ping()).rejects.toMatchObject({ code: 'driver.unavailable', retry: true });
  });
}
