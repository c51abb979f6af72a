/**
 * Where escapes are tried: an attacker and a victim, each a real workload of a tenant of its own, and on the host the
 * canaries that an escape would reach: files, a process, listeners on every address. What an attempt got is judged by
 * the canaries wherever that can be, not by what the attacker says.
 */
import { execFile, spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { request } from 'node:http';
import { type AddressInfo, createServer, type Server } from 'node:net';
import { networkInterfaces, tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import type { LeaseId } from '@souk/protocol';
import { eventually, newLease, type ServiceWish, signal, specOf } from '../../src/drivers/conformance/kit.ts';
import type { Driver, LocalImage } from '../../src/drivers/driver.ts';
import { buildNodeImage } from '../../src/images/build.ts';

const run = promisify(execFile);
const metadataAddress = '169.254.169.254';
const hostPrivateAddress = '10.250.0.77';

export interface Host extends AsyncDisposable {
  /** Only who has read a file of the host or of the victim knows it. */
  readonly secret: string;
  readonly file: string;
  readonly processId: number;
  readonly port: number;
  readonly abstractSocket: string;
  /** Of this machine, private ones and that of cloud metadata among them where they could be set up. */
  readonly addresses: readonly string[];
  /** Connections that any canary has seen. */
  connections(): number;
  isUntouched(): boolean;
}

export type Endpoint = { readonly host: string; readonly port: number } | { readonly path: string };

export interface Stage extends AsyncDisposable {
  readonly host: Host;
  readonly driver: Driver;
  /** Where the driver keeps plans, journals, volumes. */
  readonly dataFolder: string;
  readonly victim: LeaseId;
  /** Everywhere that the victim's workload could be reached at. */
  readonly victimAt: readonly Endpoint[];
  /** What a script in the attacker's workload got. */
  attack(script: string): Promise<string>;
  /** The same in a workload of its own, which may not survive it; `undefined` where it did not. */
  attackAlone(
    script: string,
    wish?: ServiceWish,
  ): Promise<{ readonly lease: LeaseId; readonly got: string | undefined }>;
  /** Does the victim still serve, with its data whole? */
  isVictimWell(): Promise<boolean>;
}

export async function prepareHost(): Promise<Host> {
  const folder = mkdtempSync(join(tmpdir(), 'souk-canary-'));
  const secret = randomBytes(16).toString('hex');
  const file = join(folder, 'canary');
  writeFileSync(file, secret, { mode: 0o666 });
  const victimProcess = spawn('sleep', ['3600'], { stdio: 'ignore' });
  let connections = 0;
  const listener = createServer((socket) => {
    connections += 1;
    socket.destroy();
  });
  const abstract = createServer((socket) => {
    connections += 1;
    socket.destroy();
  });
  const abstractSocket = `\0souk-canary-${secret}`;
  listener.listen(0, '0.0.0.0');
  abstract.listen(abstractSocket);
  await Promise.all([once(listener, 'listening'), once(abstract, 'listening')]);
  const added: string[] = [];
  for (const address of [metadataAddress, hostPrivateAddress]) {
    const isAdded = await run('ip', ['addr', 'add', `${address}/32`, 'dev', 'lo']).then(
      () => true,
      () => false,
    );
    if (isAdded) added.push(address);
  }
  const own = Object.values(networkInterfaces())
    .flatMap((each) => each ?? [])
    .filter(({ family }) => family === 'IPv4')
    .map(({ address }) => address);
  return {
    secret,
    file,
    processId: victimProcess.pid ?? 0,
    port: (listener.address() as AddressInfo).port,
    abstractSocket,
    addresses: [...new Set([...own, metadataAddress, hostPrivateAddress, '10.0.2.2'])],
    connections: () => connections,
    isUntouched: () => readFileSync(file, 'utf8') === secret && victimProcess.exitCode === null,
    async [Symbol.asyncDispose]() {
      victimProcess.kill('SIGKILL');
      for (const server of [listener, abstract] satisfies Server[]) server.close();
      for (const address of added) await run('ip', ['addr', 'del', `${address}/32`, 'dev', 'lo']);
      rmSync(folder, { recursive: true });
    },
  };
}

export async function buildAttackImage(driver: Driver): Promise<LocalImage> {
  const folder = mkdtempSync(join(tmpdir(), 'souk-escape-'));
  try {
    const built = await buildNodeImage(
      {
        reference: 'souk/escape:1',
        output: join(folder, 'image.tar'),
        files: { '/app/inside.mjs': { from: join(import.meta.dirname, 'inside.mjs') } },
        entrypoint: ['node', '/app/inside.mjs'],
        workingDir: '/app',
        nodePath: process.execPath,
      },
      signal,
    );
    return await driver.ensureImage({ kind: 'archive', ...built }, { signal });
  } finally {
    rmSync(folder, { recursive: true });
  }
}

export interface StageOptions {
  readonly dataFolder: string;
  /** Addresses that the driver gave a lease's workload, where it has some of its own. */
  readonly addressesOf?: (lease: LeaseId) => Promise<readonly string[]>;
}

export async function prepareStage(
  host: Host,
  driver: Driver,
  { dataFolder, addressesOf }: StageOptions,
): Promise<Stage> {
  await using stack = new AsyncDisposableStack();
  const image = await buildAttackImage(driver);
  const volume = { mount: '/data', kind: 'persistent' } as const;
  const start = async (wish: ServiceWish): Promise<LeaseId> => {
    const lease = newLease();
    stack.defer(() => driver.remove(lease));
    await driver.apply(specOf(lease, image, [{ volume, ...wish }]), signal);
    await eventually(() => send(driver, lease, ''), 120_000);
    return lease;
  };
  const [attacker, victim] = [await start({}), await start({ name: 'web' })];
  const keep = `fs.writeFileSync('/data/mine', '${host.secret}'); fs.writeFileSync('/dev/shm/mine', '${host.secret}');`;
  await send(driver, victim, keep);
  const dialled = await driver.dial(victim, 'web', 0, 3000);
  const hosts = [...((await addressesOf?.(victim)) ?? []), `web-${victim.slice(2, 10)}`];
  const victimAt: Endpoint[] = [
    ...hosts.map((at) => ({ host: at, port: 3000 })),
    ...(dialled.kind === 'unix'
      ? [{ path: dialled.path }]
      : host.addresses.map((at) => ({ host: at, port: dialled.port }))),
  ];
  const running = stack.move();
  return {
    host,
    driver,
    dataFolder,
    victim,
    victimAt,
    attack: (script) => send(driver, attacker, script),
    async attackAlone(script, wish = {}) {
      const lease = newLease();
      running.defer(() => driver.remove(lease));
      await driver.apply(specOf(lease, image, [{ volume, ...wish }]), signal);
      await eventually(() => send(driver, lease, ''), 120_000);
      return { lease, got: await send(driver, lease, script).catch(() => undefined) };
    },
    isVictimWell: () =>
      eventually(() => send(driver, victim, `return fs.readFileSync('/data/mine', 'utf8')`), 60_000).then(
        (kept) => kept === host.secret,
        () => false,
      ),
    [Symbol.asyncDispose]: () => running.disposeAsync(),
  };
}

async function send(driver: Driver, lease: LeaseId, script: string): Promise<string> {
  const target = await driver.dial(lease, 'web', 0, 3000);
  const at = target.kind === 'unix' ? { socketPath: target.path } : { host: target.host, port: target.port };
  return new Promise((resolve, reject) => {
    const asked = request({ ...at, method: 'POST', agent: false, timeout: 60_000 }, (response) => {
      let text = '';
      response.on('data', (chunk) => (text += String(chunk)));
      response.on('end', () => resolve(text)).on('error', reject);
    });
    asked.on('timeout', () => asked.destroy(new Error('no answer in time')));
    asked.on('error', reject).end(script);
  });
}
