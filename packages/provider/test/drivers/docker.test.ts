/** The docker driver against a real engine. Where none answers, one test says so by name. */
import { mkdtempSync, rmSync } from 'node:fs';
import { request } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  canonicalJson,
  type LeaseId,
  type ManifestService,
  type ServiceSecrets,
  silentLog,
} from '@souk/protocol';
import Docker from 'dockerode';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createDockerDriver } from '../../src/drivers/docker/docker.ts';
import type { DialTarget, Driver, LocalImage, WorkloadSpec } from '../../src/drivers/driver.ts';
import { buildNodeImage } from '../../src/images/build.ts';

const docker = new Docker();
const answers = await docker.ping().then(
  () => true,
  () => false,
);
const server = `
const { createServer } = require('node:http');
console.log('hello from', process.env.SOUK_SERVICE);
createServer((req, res) => {
  if (req.url === '/exit') process.exit(3);
  if (req.url.startsWith('/get/'))
    return fetch('http://' + req.url.slice(5)).then((r) => r.text()).then((t) => res.end(t), (e) => res.end('error ' + e.message));
  if (req.url.startsWith('/read/')) return res.end(require('node:fs').readFileSync(req.url.slice(5)));
  res.end('I am ' + process.env.SOUK_SERVICE);
}).listen(3000);
`;

const describeHere = answers ? describeDocker : describeMissing;
describeHere();

function describeMissing(): void {
  it('the docker driver was NOT tested here: no Docker engine answers', async () => {
    await expect(docker.ping()).rejects.toMatchObject({
      code: expect.stringMatching(/ENOENT|ECONNREFUSED|EACCES/),
    });
  });
}

function describeDocker(): void {
  describe('the docker driver', () => {
    let folder: string;
    let driver: Driver;
    let image: LocalImage;
    let archive: { readonly path: string; readonly digest: string };
    const leases = ['0x11', '0x22', '0x33'].map((start) => start.padEnd(66, start.slice(2)) as LeaseId);
    const [lease = '0x', other = '0x', third = '0x'] = leases;
    const signal = AbortSignal.timeout(120_000);

    beforeAll(async () => {
      folder = mkdtempSync(join(tmpdir(), 'souk-docker-'));
      driver = await createDockerDriver({
        log: silentLog,
        dataFolder: folder,
        instance: `test${process.pid}`,
      });
      archive = await buildNodeImage(
        {
          reference: 'souk/test:1',
          output: join(folder, 'image.tar'),
          files: { '/server.cjs': server },
          entrypoint: ['node', '/server.cjs'],
          nodePath: process.execPath,
        },
        signal,
      );
      image = await driver.ensureImage(
        { kind: 'archive', reference: 'souk/test:1', path: archive.path, digest: archive.digest },
        { signal },
      );
    });
    afterAll(async () => {
      for (const each of leases) await driver.remove(each);
      await driver[Symbol.asyncDispose]();
      rmSync(folder, { recursive: true });
    });

    it('gives the engine no tag of a tenant’s image', async () => {
      const images = await docker.listImages();
      expect(images.flatMap(({ RepoTags }) => RepoTags ?? [])).not.toContain('souk/test:1');
      expect(await driver.hasImage(archive.digest)).toEqual(image);
      expect(await driver.hasImage(`sha256:${'0'.repeat(64)}`)).toBeUndefined();
    });

    it('runs two services that talk by name, and lets no other lease in', async () => {
      await driver.apply(spec(lease, [service('web', ['api']), service('api')], image), signal);
      await driver.apply(spec(other, [service('spy')], image), signal);
      expect(await eventually(() => get(driver, lease, 'web', '/'))).toBe('I am web');
      expect(await eventually(() => get(driver, lease, 'web', '/get/api:3000/'))).toBe('I am api');
      const containers = await docker.listContainers({
        filters: JSON.stringify({ label: [`souk.lease=${lease}`] }),
      });
      const api = containers.find(({ Labels }) => Labels['souk.service'] === 'api');
      const address = Object.values(api?.NetworkSettings.Networks ?? {})[0]?.IPAddress;
      expect(address).toMatch(/^10\.22[23]\./);
      const answer = await eventually(() => get(driver, other, 'spy', '/get/api:3000/'));
      expect(answer).toMatch(/^error/);
    });

    it('is idempotent, and brings back what has died', async () => {
      const wanted = spec(lease, [service('web', ['api']), service('api')], image);
      const before = await idsOf(lease);
      await driver.apply(wanted, signal);
      expect(await idsOf(lease)).toEqual(before);
      await get(driver, lease, 'api', '/exit').catch(() => undefined);
      await eventually(async () => {
        const status = (await driver.list()).find((each) => each.lease === lease);
        const api = status?.replicas.find((replica) => replica.service === 'api');
        return api?.state === 'running' && api.restarts > 0 && api.lastExit?.startsWith('exit code')
          ? true
          : undefined;
      });
      await docker.getContainer(before[0] ?? '').remove({ force: true });
      await driver.apply(wanted, signal);
      expect(await idsOf(lease)).toHaveLength(2);
    });

    it('reads logs, runs commands with and without a terminal, measures', async () => {
      const lines = await eventually(async () => {
        const options = { service: 'web', follow: false, tail: 5, signal } as const;
        const read = await Array.fromAsync(driver.logs(lease, options));
        return read.length > 0 ? read : undefined;
      });
      expect(lines.at(-1)).toMatchObject({
        service: 'web',
        replica: 0,
        stream: 'stdout',
        text: 'hello from web',
      });
      for (const tty of [null, { cols: 100, rows: 30 }]) {
        const exec = await driver.exec(lease, {
          service: 'web',
          replica: 0,
          command: ['sh', '-c', 'read x; echo got $x; exit 7'],
          tty,
          signal,
        });
        await exec.write(Buffer.from('it\n'));
        const output = (await Array.fromAsync(exec.output))
          .map(({ bytes }) => Buffer.from(bytes).toString())
          .join('');
        expect(output).toContain('got it');
        expect(await exec.exit).toBe(7);
      }
      const usage = await driver.usage(lease);
      expect(usage.map(({ service: name }) => name).sort()).toEqual(['api', 'web']);
      expect(usage.every(({ memoryBytes, cpuSeconds }) => memoryBytes > 1e6 && cpuSeconds > 0)).toBe(true);
    });

    it('holds a container to its limits and to few capabilities', async () => {
      const [id = ''] = await idsOf(other);
      const { HostConfig: host } = await docker.getContainer(id).inspect();
      expect(host).toMatchObject({
        Memory: 256 * 2 ** 20,
        NanoCpus: 100_000_000,
        PidsLimit: 1024,
        Privileged: false,
      });
      expect(host.CapDrop).toEqual(['ALL']);
      expect(host.SecurityOpt).toContain('no-new-privileges');
    });

    it('refuses secrets as variables where the image has no shell, and gives them as files', async () => {
      const bare = await buildNodeImage(
        {
          reference: 'souk/bare:1',
          output: join(folder, 'bare.tar'),
          files: { '/server.cjs': server },
          entrypoint: ['node', '/server.cjs'],
          nodePath: process.execPath,
          isBare: true,
        },
        signal,
      );
      const local = await driver.ensureImage({ kind: 'archive', ...bare }, { signal });
      const wanted = (secrets: ServiceSecrets): WorkloadSpec => ({
        lease: third,
        env: {},
        services: [
          { service: service('bare'), image: local, secrets, secretsVersion: canonicalJson(secrets) },
        ],
      });
      const asEnv = driver.apply(wanted({ env: { KEY: 'x' }, files: {} }), signal);
      await expect(asEnv).rejects.toMatchObject({
        code: 'driver.no-shell',
        blame: 'user',
        remedy: expect.stringContaining('file'),
      });
      expect(await idsOf(third)).toEqual([]);
      await driver.apply(wanted({ env: {}, files: { '/secret.txt': btoa('kept') } }), signal);
      expect(await eventually(() => get(driver, third, 'bare', '/read/secret.txt'))).toBe('kept');
    });

    it('finds what an earlier daemon started, and removes all of a lease', async () => {
      const next = await createDockerDriver({
        log: silentLog,
        dataFolder: folder,
        instance: `test${process.pid}`,
      });
      expect((await next.list()).map((status) => status.lease).sort()).toEqual([...leases].sort());
      await next.remove(lease);
      await next.remove(lease);
      expect((await next.list()).map((status) => status.lease).sort()).toEqual([other, third]);
      const filters = JSON.stringify({ label: [`souk.lease=${lease}`] });
      expect(await docker.listContainers({ all: true, filters })).toEqual([]);
      expect(await docker.listNetworks({ filters })).toEqual([]);
      expect((await docker.listVolumes({ filters })).Volumes ?? []).toEqual([]);
    });

    it('refuses an archive that is not what it says, and says when no engine answers', async () => {
      await expect(
        driver.ensureImage(
          { kind: 'archive', reference: 'x', path: import.meta.filename, digest: `sha256:${'1'.repeat(64)}` },
          { signal },
        ),
      ).rejects.toMatchObject({ code: 'driver.image-digest-mismatch' });
      const lost = await createDockerDriver({
        log: silentLog,
        dataFolder: join(folder, 'lost'),
        instance: 'lost',
        socketPath: join(folder, 'no.sock'),
      });
      await expect(lost.list()).rejects.toMatchObject({ code: 'driver.unavailable', retry: true });
    });
  });
}

function service(name: string, reaches: readonly string[] = []): ManifestService {
  const http = {
    maxBodySize: 1,
    readTimeout: 1,
    sendTimeout: 1,
    nextTries: 0,
    nextTimeout: 0,
    nextCases: null,
  };
  return {
    name,
    image: 'souk/test:1',
    command: null,
    args: null,
    env: null,
    resources: {
      id: 1,
      cpu: { units: { val: '100' } },
      memory: { size: { val: String(256 * 2 ** 20) } },
      storage: [{ name: 'default', size: { val: String(2 ** 29) } }],
      gpu: { units: { val: '0' } },
      endpoints: null,
    },
    count: 1,
    expose: ['', ...reaches].map((to) => ({
      port: 3000,
      externalPort: to === '' ? 80 : 3000,
      proto: 'TCP',
      service: to,
      global: to === '',
      hosts: null,
      httpOptions: http,
      ip: '',
      endpointSequenceNumber: 0,
    })),
  };
}

function spec(lease: LeaseId, services: readonly ManifestService[], image: LocalImage): WorkloadSpec {
  return { lease, env: {}, services: services.map((each) => ({ service: each, image })) };
}

async function idsOf(lease: LeaseId): Promise<string[]> {
  const filters = JSON.stringify({ label: [`souk.lease=${lease}`] });
  return (await docker.listContainers({ all: true, filters })).map(({ Id }) => Id).sort();
}

async function get(driver: Driver, lease: LeaseId, name: string, path: string): Promise<string> {
  const target = await driver.dial(lease, name, 0, 3000);
  return new Promise((resolve, reject) => {
    const call = request({ ...where(target), path, timeout: 20_000 }, (response) => {
      let text = '';
      response.on('data', (chunk) => (text += String(chunk)));
      response.on('end', () => resolve(text));
    });
    call.on('timeout', () => call.destroy(new Error('no answer in time')));
    call.on('error', reject);
    call.end();
  });
}

function where(target: DialTarget) {
  return target.kind === 'tcp' ? { host: target.host, port: target.port } : { socketPath: target.path };
}

async function eventually<T>(probe: () => Promise<T | undefined>, timeoutMs = 20_000): Promise<T> {
  const deadline = Date.now() + timeoutMs;
  let last: unknown;
  while (Date.now() < deadline) {
    try {
      const found = await probe();
      if (found !== undefined) return found;
    } catch (error) {
      last = error;
    }
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  throw new Error('not in time', { cause: last });
}
