/** Every state that a lease can be in is told as it is, with what it is doing or why it does not work. */
import { createServer, type Server } from 'node:http';
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import {
  eventsProtocol,
  healthProbeSchema,
  type HealthProbe,
  type LeaseEvent,
  type LeaseId,
  type LeasePhase,
  plainRuntime,
  type Runtime,
} from '@souk/protocol';
import { afterEach, describe, expect, it } from 'vitest';
import type { Driver } from '../src/drivers/driver.ts';
import { diskFull } from '../src/drivers/faults.ts';
import { createWorld, type StartOptions, type World } from './world.ts';

let world: World;
afterEach(async () => world[Symbol.asyncDispose]());

const probeOf = (probe: object): HealthProbe =>
  healthProbeSchema.parse({ intervalSeconds: 1, timeoutSeconds: 1, failures: 2, ...probe });

async function accepted(runtime: Partial<Runtime> = {}, options: StartOptions = {}): Promise<LeaseId> {
  world = await createWorld(options);
  const deployment = await world.draft();
  const request = await world.acceptance(deployment, await world.bidOn(deployment));
  const answer = await world.accept({ ...request, runtime: { ...plainRuntime, ...runtime } });
  expect(answer.ok).toBe(true);
  return deployment.lease;
}

async function readied(runtime: Partial<Runtime> = {}, options: StartOptions = {}): Promise<LeaseId> {
  const lease = await accepted(runtime, options);
  await phase(lease, 'running');
  await world.ready(lease);
  return lease;
}

const phase = (lease: LeaseId, wanted: LeasePhase) =>
  world.until(wanted, async () => {
    const status = await world.status(lease);
    return status.phase === wanted && status;
  });

/** What its probe says, once it was run. */
const looked = (lease: LeaseId) =>
  world.until('a look', async () => (await world.status(lease)).services[0]?.health ?? undefined);

async function eventsOf(lease: LeaseId): Promise<LeaseEvent[]> {
  const stream = await world.peer.openStream(world.providerPeer.addresses(), eventsProtocol, {
    lease,
    follow: false,
  });
  const frames: unknown[] = [];
  for await (const frame of stream) frames.push(JSON.parse(new TextDecoder().decode(frame)));
  return frames.slice(1) as LeaseEvent[];
}

describe('getting images', () => {
  it('is told with percent and speed, and waited for as long as it moves', async () => {
    let percent = 0;
    let isThere = false;
    const lease = await accepted(
      {},
      {
        config: { pullStallMs: 5_000 },
        driver: (driver): Driver => ({
          ...driver,
          async ensureImage(source, { signal, onProgress }) {
            for (; !isThere; percent += 0.5) {
              onProgress?.(percent);
              await world.clock.sleep(1000, signal);
            }
            return driver.ensureImage(source, { signal });
          },
        }),
      },
    );
    await phase(lease, 'pulling');
    for (let seconds = 0; seconds < 60; seconds += 1) await world.clock.advance(1000);
    const status = await world.status(lease);
    expect(status.progress).toBeGreaterThan(20);
    expect(status.detail).toMatch(/^getting images: [0-9]+ %, 30 % a minute$/);
    isThere = true;
    await phase(lease, 'running');
  });

  it('that moves nothing is broken off with a sentence, and begun again', async () => {
    let tries = 0;
    const lease = await accepted(
      {},
      {
        config: { pullStallMs: 5_000 },
        driver: (driver): Driver => ({
          ...driver,
          async ensureImage(source, options) {
            tries += 1;
            if (tries > 1) return driver.ensureImage(source, options);
            options.onProgress?.(37);
            await world.clock.sleep(10_000_000, options.signal);
            throw new Error('never');
          },
        }),
      },
    );
    await phase(lease, 'running');
    expect(tries).toBe(2);
    const stalled = (await eventsOf(lease)).find(({ kind }) => kind === 'lease.pull-stalled');
    expect(stalled?.detail).toBe('getting images stopped at 37 %: no byte for 5 s');
  });
});

describe('a machine without room', () => {
  it('is out of capacity until there is some', async () => {
    world = await createWorld();
    world.driver.control.fail('apply', diskFull(new Error('ENOSPC')), 3);
    const deployment = await world.draft();
    const request = await world.acceptance(deployment, await world.bidOn(deployment));
    await world.accept(request);
    const status = await phase(deployment.lease, 'out-of-capacity');
    expect(status.detail).toContain('no space left');
    await phase(deployment.lease, 'running');
  });
});

describe('a workload that ends again and again', () => {
  it('is crash-looping, with its last exit, until it has run quietly for a while', async () => {
    const lease = await readied();
    await phase(lease, 'ready');
    for (let n = 0; n < 3; n += 1) {
      await world.until('running', async () => {
        const [status] = await world.driver.list();
        return status?.replicas[0]?.state === 'running';
      });
      world.driver.control.crash(lease, 'web', 0, 'exit code 9');
      await world.clock.advance(2000);
    }
    const looping = await phase(lease, 'crash-looping');
    expect(looping.detail).toContain('exit code 9');
    expect(looping.services[0]?.lastExit).toBe('exit code 9');
    await world.clock.advance(30_000);
    expect((await world.status(lease)).phase).toBe('crash-looping');
    await world.clock.advance(40_000);
    await phase(lease, 'ready');
    expect((await eventsOf(lease)).map(({ kind }) => kind)).toContain('crash-looping');
  });

  it('is left alone and complete where its policy says that it may end', async () => {
    const lease = await readied({ restart: { web: 'on-failure' } });
    await phase(lease, 'ready');
    world.driver.control.crash(lease, 'web', 0, 'exit code 0');
    await world.clock.advance(30_000);
    const status = await world.status(lease);
    expect(status).toMatchObject({ phase: 'ready', detail: 'all of it has ended as it should' });
    expect(status.services[0]).toMatchObject({ wanted: 0, running: 0, restarts: 0 });
  });
});

describe('a health probe', () => {
  it('by command is run inside: the lease is ready once it passes, unhealthy once it fails', async () => {
    let exit = '1';
    const command = ['check', 'it'];
    const lease = await readied(
      { health: { web: probeOf({ kind: 'exec', command }) } },
      {
        driver: (driver): Driver => ({
          ...driver,
          exec: (id, options) => {
            expect(options).toMatchObject({ service: 'web', replica: 0, command, tty: null });
            return driver.exec(id, { ...options, command: ['exit', exit] });
          },
        }),
      },
    );
    expect(await looked(lease)).toMatchObject({ isHealthy: false });
    expect((await world.status(lease)).phase).toBe('running');
    exit = '0';
    const ready = await phase(lease, 'ready');
    expect(ready.services[0]?.health).toMatchObject({ isHealthy: true });
    exit = '1';
    const sick = await phase(lease, 'unhealthy');
    expect(sick.detail).toBe('web fails its health probe: its command exits with 1 (2 times in a row)');
    exit = '0';
    await phase(lease, 'ready');
    const applied = world.driver.control.calls.filter(({ method }) => method === 'apply').length;
    expect(applied).toBe(1);
  });

  it('that fails for long has its replica replaced, once', async () => {
    let exit = '0';
    const lease = await readied(
      { health: { web: probeOf({ kind: 'exec', command: ['check'] }) } },
      {
        driver: (driver): Driver => ({
          ...driver,
          exec: (id, options) => driver.exec(id, { ...options, command: ['exit', exit] }),
          apply: async (spec, signal) => {
            if (spec.services.length === 0) exit = '0';
            return driver.apply(spec, signal);
          },
        }),
      },
    );
    await phase(lease, 'ready');
    exit = '1';
    await phase(lease, 'unhealthy');
    await phase(lease, 'ready');
    const replaced = (await eventsOf(lease)).filter(({ kind }) => kind === 'replaced');
    expect(replaced).toHaveLength(1);
    expect(replaced[0]?.detail).toContain('exits with 1');
  });

  it('over HTTP passes below 400', async () => {
    let status = 503;
    const server = createServer((_request, response) => response.writeHead(status).end());
    const driver = await dialling(server);
    const probe = probeOf({ kind: 'http', port: 3000, path: '/healthz' });
    const lease = await readied({ health: { web: probe } }, { driver });
    expect((await looked(lease)).detail).toContain('/healthz answers 503');
    status = 204;
    await phase(lease, 'ready');
    await closeServer(server);
    expect((await phase(lease, 'unhealthy')).detail).toContain('does not take connections');
  });

  it('over TCP passes when something listens', async () => {
    const server = createServer();
    const driver = await dialling(server);
    const lease = await readied({ health: { web: probeOf({ kind: 'tcp', port: 3000 }) } }, { driver });
    await phase(lease, 'ready');
    expect(await looked(lease)).toMatchObject({ isHealthy: true });
    await closeServer(server);
    await phase(lease, 'unhealthy');
  });
});

/** A driver whose replicas are this server, whatever they are. */
async function dialling(server: Server): Promise<(driver: Driver) => Driver> {
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  return (driver) => ({ ...driver, dial: async () => ({ kind: 'tcp', host: '127.0.0.1', port }) });
}

async function closeServer(server: Server): Promise<void> {
  const closed = once(server, 'close');
  server.close();
  server.closeAllConnections();
  await closed;
}

describe('a lease that is being ended', () => {
  it('is closing until the chain has settled it', async () => {
    const lease = await readied();
    await phase(lease, 'ready');
    world.driver.control.fail('remove', diskFull(new Error('busy')), 2);
    await world.close(lease);
    expect((await phase(lease, 'closing')).services).toEqual([]);
    await phase(lease, 'closed');
  });
});
