/** The docker driver by the suite that every driver passes. Where no engine answers, one test says so by name. */
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PassThrough } from 'node:stream';
import { text } from 'node:stream/consumers';
import { silentLog } from '@souk/protocol';
import Docker from 'dockerode';
import { afterAll, expect, test } from 'vitest';
import { describeDriver } from '../../src/drivers/conformance/conformance.ts';
import { formsOf, searchFolder } from '../../src/drivers/conformance/search.ts';
import { createDockerDriver } from '../../src/drivers/docker/docker.ts';

const searchProgram = join(import.meta.dirname, '../../src/drivers/conformance/search.ts');
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
      searchDisk: (needles, sinceMs) => searchEngine(needles, sinceMs),
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

type Known = Readonly<Record<string, { readonly id: string }>>;

/** The engine's folder is root's: a container of its own looks into it. Also what the engine shows of containers. */
async function searchEngine(needles: readonly Uint8Array[], sinceMs: number): Promise<readonly string[]> {
  const task = mkdtempSync('/dev/shm/souk-search-');
  try {
    cpSync(searchProgram, join(task, 'search.ts'));
    const texts = needles.map((each) => Buffer.from(each).toString('base64'));
    writeFileSync(join(task, 'needles'), JSON.stringify(texts));
    const { DockerRootDir: engineFolder } = (await docker.info()) as { readonly DockerRootDir: string };
    const known = JSON.parse(readFileSync(join(dataFolder, 'docker-images.json'), 'utf8')) as Known;
    const [image] = Object.values(known);
    const output = new PassThrough();
    const said = text(output);
    const line = ['node', '/task/search.ts', '/engine', '/task/needles', String(sinceMs)];
    const [result, container] = (await docker.run(image?.id ?? '', line, output, {
      Entrypoint: [],
      HostConfig: {
        Binds: [`${engineFolder}:/engine:ro`, `${task}:/task:ro`],
        NetworkMode: 'none',
      },
    })) as [{ StatusCode: number }, Docker.Container];
    await container.remove();
    output.end();
    expect({ code: result.StatusCode, said: result.StatusCode === 0 ? '' : await said }).toEqual({
      code: 0,
      said: '',
    });
    const forms = needles.flatMap(formsOf);
    const shown = await Promise.all(
      (await docker.listContainers({ all: true })).map(({ Id }) =>
        // Others' may be gone meanwhile.
        docker
          .getContainer(Id)
          .inspect()
          .then(JSON.stringify, () => ''),
      ),
    );
    const own = searchFolder(dataFolder, needles, sinceMs);
    const inEngine = (await said).split(/\r?\n/).filter((path) => path !== '');
    return [
      ...own,
      ...inEngine,
      ...shown.filter((each) => forms.some((form) => each.includes(form.toString('latin1')))),
    ];
  } finally {
    rmSync(task, { recursive: true });
  }
}

function describeMissing(): void {
  test('the docker driver was NOT tested here: no Docker engine answers', async () => {
    const driver = await createDockerDriver({ log: silentLog, dataFolder, instance });
    await expect(driver.ping()).rejects.toMatchObject({ code: 'driver.unavailable', retry: true });
  });
}
