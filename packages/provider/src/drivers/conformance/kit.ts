/** What the conformance suite asks of whoever runs it, and the specs and requests that its tests share. */
import { randomBytes } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { request } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { LeaseId, ManifestService } from '@souk/protocol';
import { type BuiltImage, buildNodeImage } from '../../images/build.ts';
import type { Driver, LocalImage, ReplicaStatus, ServiceSpec, WorkloadSpec } from '../driver.ts';

export interface DriverKit {
  /** A driver over the same data each time, as a new daemon would make it. */
  open(): Promise<Driver>;
  /** What exists of a lease on this machine behind the driver's back: processes, mounts, networks, folders. */
  leftovers(lease: LeaseId): Promise<readonly string[]>;
  /** Files of the driver and of its engine, changed since then, that hold one of these in any usual form. */
  searchDisk(needles: readonly Uint8Array[], sinceMs: number): Promise<readonly string[]>;
  /** Runs the image's program. The mock does not. */
  readonly runs: boolean;
  /** Keeps workloads from this machine and from one another. The process driver does not. */
  readonly isolates: boolean;
  readonly limitsDisk: boolean;
  /** Ends everything that keeps the replica alive, as a crash of the machine's software would. */
  crash(driver: Driver, lease: LeaseId, service: string): Promise<void>;
}

export const signal = new AbortController().signal;
const mebibyte = 2 ** 20;

export function newLease(): LeaseId {
  return `0x${randomBytes(32).toString('hex')}` as const;
}

export async function buildWorkloadImage(): Promise<BuiltImage & AsyncDisposable> {
  const folder = await mkdtemp(join(tmpdir(), 'souk-conformance-'));
  const built = await buildNodeImage(
    {
      reference: 'souk/conformance:1',
      output: join(folder, 'image.tar'),
      files: { '/app/workload.mjs': { from: join(import.meta.dirname, 'workload.mjs') } },
      entrypoint: ['node', '/app/workload.mjs'],
      env: ['FROM_IMAGE=yes'],
      workingDir: '/app',
      nodePath: process.execPath,
    },
    signal,
  );
  return { ...built, [Symbol.asyncDispose]: () => rm(folder, { recursive: true }) };
}

export interface ServiceWish {
  readonly name?: string;
  readonly count?: number;
  readonly env?: readonly string[];
  readonly command?: readonly string[];
  readonly memoryMib?: number;
  /** Services that may connect to its port. */
  readonly to?: readonly string[];
  readonly volume?: { readonly mount: string; readonly kind: 'persistent' | 'ram' };
  readonly how?: Omit<ServiceSpec, 'service' | 'image'>;
}

export function serviceOf(wish: ServiceWish = {}): ManifestService {
  const { name = 'web', count = 1, env = [], command, memoryMib = 256, to = [], volume } = wish;
  const kind =
    volume?.kind === 'ram' ? { class: 'ram', persistent: 'false' } : { class: 'beta2', persistent: 'true' };
  const size = (mib: number) => ({ val: String(mib * mebibyte) });
  return {
    name,
    image: 'souk/conformance:1',
    command: command === undefined ? null : [...command],
    args: null,
    env: [...env],
    resources: {
      id: 1,
      cpu: { units: { val: '1000' } },
      memory: { size: size(memoryMib) },
      storage: [
        { name: 'default', size: size(64) },
        ...(volume === undefined
          ? []
          : [
              {
                name: 'data',
                size: size(32),
                attributes: Object.entries(kind).map(([key, value]) => ({ key, value })),
              },
            ]),
      ],
      gpu: { units: { val: '0' } },
      endpoints: null,
    },
    count,
    expose: [exposeTo(''), ...to.map(exposeTo)],
    ...(volume && { params: { storage: [{ name: 'data', mount: volume.mount, readOnly: false }] } }),
  };
}

function exposeTo(service: string): NonNullable<ManifestService['expose']>[number] {
  return {
    port: 3000,
    externalPort: service === '' ? 80 : 3000,
    proto: 'TCP',
    service,
    global: service === '',
    hosts: null,
    httpOptions: {
      maxBodySize: 1,
      readTimeout: 1,
      sendTimeout: 1,
      nextTries: 0,
      nextTimeout: 0,
      nextCases: null,
    },
    ip: '',
    endpointSequenceNumber: 0,
  };
}

export function specOf(
  lease: LeaseId,
  image: WorkloadSpec['services'][number]['image'],
  wishes: readonly ServiceWish[],
) {
  const services = wishes.map((wish) => ({ ...wish.how, service: serviceOf(wish), image }));
  return { lease, services, env: { SOUK_LEASE: lease } } satisfies WorkloadSpec;
}

/** The body of an answer of the workload's; rejects where nothing answers. */
export async function ask(
  driver: Driver,
  lease: LeaseId,
  path: string,
  { service = 'web', replica = 0 }: { readonly service?: string; readonly replica?: number } = {},
): Promise<string> {
  const target = await driver.dial(lease, service, replica, 3000);
  const at = target.kind === 'unix' ? { socketPath: target.path } : { host: target.host, port: target.port };
  return new Promise((resolve, reject) => {
    const asked = request({ ...at, path, agent: false, timeout: 20_000 }, (response) => {
      let text = '';
      response.on('data', (chunk) => (text += String(chunk)));
      response.on('end', () => resolve(text)).on('error', reject);
    });
    asked.on('timeout', () => asked.destroy(new Error('no answer in time')));
    asked.on('error', reject).end();
  });
}

/** The first value that is not undefined; a rejection counts as undefined. */
export async function eventually<T>(probe: () => Promise<T | undefined>, timeoutMs = 20_000): Promise<T> {
  const deadline = performance.now() + timeoutMs;
  let cause: unknown;
  while (performance.now() < deadline) {
    try {
      const found = await probe();
      if (found !== undefined) return found;
    } catch (error) {
      cause = error;
    }
    await sleep(50);
  }
  throw new Error('did not happen in time', { cause });
}

/** The answer, once the workload listens. */
export function askSoon(...words: Parameters<typeof ask>): Promise<string> {
  return eventually(() => ask(...words));
}

export async function statusOf(driver: Driver, lease: LeaseId, service = 'web', replica = 0) {
  const found = (await driver.list()).find((each) => each.lease === lease);
  return found?.replicas.find((each) => each.service === service && each.replica === replica);
}

export function statusWhen(
  driver: Driver,
  lease: LeaseId,
  is: (status: ReplicaStatus) => boolean,
  service = 'web',
  replica = 0,
): Promise<ReplicaStatus> {
  return eventually(async () => {
    const status = await statusOf(driver, lease, service, replica);
    return status !== undefined && is(status) ? status : undefined;
  });
}

export async function execText(driver: Driver, lease: LeaseId, line: string, input?: string) {
  const session = await driver.exec(lease, {
    service: 'web',
    replica: 0,
    command: ['sh', '-c', line],
    tty: null,
    signal,
  });
  if (input !== undefined) await session.write(Buffer.from(input));
  await session.endInput();
  const text = { stdout: '', stderr: '' };
  for await (const { stream, bytes } of session.output) text[stream] += Buffer.from(bytes).toString();
  return { ...text, code: await session.exit };
}

/** What a test of the suite works with. */
export interface Stand {
  readonly kit: DriverKit;
  readonly driver: Driver;
  readonly image: LocalImage;
  readonly archive: BuiltImage;
  /** A lease that is removed when the test ends. */
  readonly lease: () => LeaseId;
}
