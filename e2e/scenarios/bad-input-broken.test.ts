/** What breaks in the middle of a deployment: a provider or the tenant killed, a disk that is full. */
import { spawn } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { eventsOf, readChain } from '../chain-view.ts';
import { get } from '../http.ts';
import { type Remains, remainsOf } from '../remains.ts';
import { eventually, type RunningCommand, runSouk, startTestNetwork, type TestNetwork } from '../souk.ts';

const hello = join(import.meta.dirname, '../../examples/hello/deploy.yaml');
const main = join(import.meta.dirname, '../../packages/cli/src/main.ts');

let net: TestNetwork;
let before: Remains;
beforeAll(async () => {
  net = await startTestNetwork({ driver: 'sandbox' });
  before = await remainsOf(net);
  expect((await net.souk('image', 'build-hello')).code).toBe(0);
});
afterAll(async () => {
  await net[Symbol.asyncDispose]();
});
afterEach(async () => {
  await eventually('nothing to be left', async () => {
    // Capacity that is held for bids comes back when these expire: the last test waits for it.
    expect({ ...(await remainsOf(net)), free: before.free }).toEqual(before);
    return true;
  });
});

/** What the command says of its steps, as a person sees it. */
function stepsOf(command: RunningCommand) {
  let said = '';
  command.child.stderr?.on('data', (chunk: Buffer) => (said += chunk.toString()));
  const ended = new Promise<number | null>((resolve) => command.child.once('exit', (code) => resolve(code)));
  return {
    ended,
    until: (words: RegExp) => eventually(`${words}`, async () => words.exec(said) ?? undefined, 60_000),
    said: () => said,
  };
}

const openings = async () => eventsOf(await readChain(net), 'lease-opened').length;

interface Deployed {
  readonly status: string;
  readonly groups: readonly { readonly urls: readonly string[]; readonly lease: string }[];
}

/** Closes it, and checks that it took no more than it owed: all but a few seconds of the cheapest provider's price. */
async function closes(name: string, moneyBefore: bigint): Promise<void> {
  expect((await net.souk('close', name)).code).toBe(0);
  const { balance } = await readChain(net);
  expect(balance).toBeLessThanOrEqual(moneyBefore);
  expect(moneyBefore - balance).toBeLessThan(200n);
}

describe('a deployment', () => {
  it('whose provider is killed between taking the order and running it goes on, or gives all money back', async () => {
    const { balance } = await readChain(net);
    const countBefore = await openings();
    await using deploy = net.start('deploy', hello, '--name', 'orphan', '--yes', '--no-watch');
    const steps = stepsOf(deploy);
    const [, start = ''] = await steps.until(/(0x[0-9a-f]{4})\S* took the order/);
    const provider = net.providers.find(({ operator }) => operator.startsWith(start));
    process.kill(provider?.pid ?? 0, 'SIGKILL');
    const code = await steps.ended;
    await eventually(
      'the provider to be back',
      async () => (await fetch(`${provider?.admin}/healthz`)).ok || undefined,
    );

    const { status, groups } = (await net.souk('status', 'orphan', '--json')).json<Deployed>();
    // Never both, and never two leases: the order opens one at most.
    expect(await openings()).toBeLessThanOrEqual(countBefore + 1);
    const answer =
      code === 0
        ? (await get(groups[0]?.urls[0] ?? '')).status
        : /the lease was closed|souk close/.exec(steps.said())?.[0];
    expect(`${status}: ${answer}`).toMatch(
      /^(running: 200|closed: the lease was closed|(ordering|opening|closing): souk close)$/,
    );
    await closes('orphan', balance);
  });

  it('whose tenant is killed on the way up is continued by the same command, on one lease', async () => {
    const { balance } = await readChain(net);
    const countBefore = await openings();
    const command = ['deploy', hello, '--name', 'again', '--yes', '--no-watch'];
    for (const step of [/offers .* per hour/, /took the order/, /lease open on chain/]) {
      await using deploy = net.start(...command);
      await stepsOf(deploy).until(step);
      deploy.child.kill('SIGKILL');
    }
    const deployed = await net.souk(...command, '--json');
    expect(deployed.stderr).not.toContain('"error"');
    const { status, groups } = deployed.json<Deployed>();
    expect(status).toBe('running');
    expect(await get(groups[0]?.urls[0] ?? '')).toMatchObject({ status: 200 });
    expect(await openings()).toBe(countBefore + 1);
    await closes('again', balance);
  });
});

describe('a provider whose disk is full', () => {
  it('says so, and gives all money back', async () => {
    await using full = await startOnSmallDisk();
    const { balance } = await readChain(net);
    const failed = await net.souk('deploy', hello, '--name', 'full', '--yes', '--no-watch', '--json');
    expect(failed.code).toBe(1);
    const { error } = JSON.parse(failed.stderr.trim().split('\n').at(-1) ?? '') as {
      error: { code: string; reason: string };
    };
    expect(error.code).toBe('cli.deploy-failed');
    expect(error.reason).toMatch(/disk.*the lease was closed: paid 0\.00 tUSD, 5\.00 tUSD came back/s);
    const { terms } = eventsOf(await readChain(net), 'lease-opened').at(-1) ?? {};
    expect(terms?.operator).toBe(full.operator);
    expect((await readChain(net)).balance).toBe(balance);
    await eventually('its capacity to be free', async () => {
      const metrics = await (await fetch(`${full.admin}/metrics`)).text();
      return metrics.includes('souk_provider_free{resource="cores"} 2\n') || undefined;
    });
    expect((await fetch(`${full.admin}/healthz`)).ok).toBe(true);
  });
});

describe('what was held for bids that nobody took', () => {
  it('is free again once they have expired', async () => {
    await eventually(
      'all capacity',
      async () => {
        expect((await remainsOf(net)).free).toEqual(before.free);
        return true;
      },
      150_000,
    );
  });
});

interface SmallProvider extends AsyncDisposable {
  readonly operator: string;
  readonly admin: string;
}

/** A provider, cheaper than the others, whose disk is smaller than the image: a file system of its own, seen by it alone. */
async function startOnSmallDisk(): Promise<SmallProvider> {
  const folder = mkdtempSync(join(tmpdir(), 'souk-small-'));
  const disk = join(folder, 'networks');
  mkdirSync(disk);
  const prices = join(folder, 'prices.yaml');
  writeFileSync(
    prices,
    'core: 0.0001\nmemoryGib: 0.0001\nstorageGib: {default: 0.0001}\nminimumRate: "0.000001"\n',
  );
  writeFileSync(join(folder, 'config.yaml'), 'provider: { diskReserveGib: 0 }\n');
  const password = join(net.home, 'networks/local/password');
  const as = [
    '--home',
    folder,
    '--network',
    net.networkFile,
    '--key',
    'small',
    '--password-file',
    password,
    '--json',
    '--yes',
  ];
  for (const command of [
    ['key', 'new', 'small'],
    ['faucet', '1000'],
  ])
    expect((await runSouk([...command, ...as])).code).toBe(0);
  const provide = [
    'provide',
    '--driver',
    'process',
    '--capacity',
    'cpu=2,memory=2Gi,storage=8Gi',
    '--price-file',
    prices,
  ];
  const mounted = 'mount -t tmpfs -o size=64m none "$0" && exec "$@"';
  const souk = [process.execPath, '--disable-warning=ExperimentalWarning', main, ...provide, ...as];
  const child = spawn('unshare', ['-Urm', 'sh', '-c', mounted, disk, ...souk], {
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let said = '';
  child.stdout.on('data', (chunk: Buffer) => (said += chunk.toString()));
  child.stderr.resume();
  const gone = new Promise((resolve) => child.once('close', resolve));
  const line = await eventually('the provider to start', async () => /.*"event":"started".*/.exec(said)?.[0]);
  const { operator, admin } = JSON.parse(line) as { operator: string; admin: string };
  await eventually('the provider to serve', async () => (await fetch(`${admin}/healthz`)).ok || undefined);
  return {
    operator,
    admin,
    [Symbol.asyncDispose]: async () => {
      child.kill('SIGTERM');
      await gone;
      rmSync(folder, { recursive: true, force: true });
    },
  };
}
