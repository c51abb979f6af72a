/** Updates through the real CLI: nobody who asks is turned away, what fails goes back, the chain hears of it once. */
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { eventsOf, readChain } from '../chain-view.ts';
import { get } from '../http.ts';
import { startTestNetwork, type TestNetwork } from '../souk.ts';

const hello = readFileSync(join(import.meta.dirname, '../../examples/hello/deploy.yaml'), 'utf8');

interface Version {
  readonly env: string;
  readonly count?: number;
  readonly cores?: number;
  readonly region?: string;
}

interface Deployed {
  readonly groups: readonly {
    readonly lease: string;
    readonly urls: readonly string[];
    readonly rate: string;
  }[];
}
interface Updated {
  readonly status: string;
  readonly groups: readonly {
    readonly strategy: string;
    readonly rateBefore: string;
    readonly rate: string;
  }[];
}
interface Status {
  readonly groups: readonly {
    readonly lease: string;
    readonly rate: string;
    readonly provider: { readonly phase: string; readonly update: { readonly state: string } | null };
  }[];
}

let net: TestNetwork;
let url: string;

/** The example with other env, replicas and cores, as a file. */
function fileOf(name: string, { env, count = 1, cores = 0.1, region }: Version): string {
  const text = hello
    .replace('    image: souk/hello:1\n', `    image: souk/hello:1\n    env:\n      - ${env}\n`)
    .replace('count: 1', `count: ${count}`)
    .replace('units: 0.1', `units: ${cores}`)
    .replace('      pricing:', region ? `      attributes: { region: ${region} }\n      pricing:` : '$&');
  const file = join(net.home, `${name}.yaml`);
  writeFileSync(file, text);
  return file;
}

async function amendments(lease: string | undefined) {
  return eventsOf(await readChain(net), 'lease-amended').filter((event) => event.lease === lease);
}

/** Asks all the while that `work` takes. */
async function askMeanwhile<T>(
  work: Promise<T>,
): Promise<{ readonly result: T; readonly answers: string[] }> {
  const answers: string[] = [];
  let isOver = false;
  const over = () => void (isOver = true);
  work.then(over, over);
  while (!isOver) {
    answers.push(
      await get(url).then(
        ({ status }) => `${status}`,
        (error: unknown) => String(error),
      ),
    );
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
  return { result: await work, answers };
}

const versionIn = async (replica: number) =>
  (await net.souk('exec', 'web', '--replica', `${replica}`, '--', 'sh', '-c', 'echo $VERSION')).stdout.trim();

describe('an update', () => {
  let lease: string | undefined;

  beforeAll(async () => {
    net = await startTestNetwork({ driver: 'sandbox' });
    await net.souk('image', 'build-hello');
    const file = fileOf('one', { env: 'VERSION=1', count: 2 });
    const deployed = await net.souk('deploy', file, '--name', 'web', '--yes', '--json');
    const [group] = deployed.json<Deployed>().groups;
    url = group?.urls[0] ?? '';
    lease = group?.lease;
  });
  afterAll(async () => {
    await net[Symbol.asyncDispose]();
  });

  it('of two replicas rolls without one lost request, and its new price is on chain in one transaction', async () => {
    const file = fileOf('two', { env: 'VERSION=2', count: 2, cores: 0.2 });
    const { result, answers } = await askMeanwhile(net.souk('update', 'web', file, '--yes', '--json'));
    expect(result).toMatchObject({ code: 0 });
    expect(new Set(answers)).toEqual(new Set(['200']));
    expect(answers.length).toBeGreaterThan(50);
    const [group] = result.json<Updated>().groups;
    expect(group?.strategy).toBe('rolling');
    expect(BigInt(group?.rate ?? 0)).toBeGreaterThan(BigInt(group?.rateBefore ?? 0));
    const amended = await amendments(lease);
    expect(amended.map(({ terms }) => `${terms.rate}`)).toEqual([group?.rate]);
    expect([await versionIn(0), await versionIn(1)]).toEqual(['2', '2']);
  });

  it('that never comes up goes back by itself while it goes on answering, and nothing is on chain', async () => {
    const file = fileOf('broken', { env: 'PORT=4000', count: 2, cores: 0.3 });
    const update = net.souk('update', 'web', file, '--yes', '--json', '--healthy-seconds', '4');
    const { result, answers } = await askMeanwhile(update);
    expect(result.code).toBe(1);
    expect(result.stderr).toContain('rolled back: the new version did not come up');
    expect(new Set(answers)).toEqual(new Set(['200']));
    expect(await amendments(lease)).toHaveLength(1);
    const [group] = (await net.souk('status', 'web', '--json')).json<Status>().groups;
    expect(group?.provider).toMatchObject({ phase: 'ready', update: { state: 'rolled-back' } });
    expect(await versionIn(0)).toBe('2');
  });

  it('is what the same file means from then on: deployed again it goes on, and changes nothing', async () => {
    const file = join(net.home, 'two.yaml');
    const again = await net.souk('deploy', file, '--name', 'web', '--yes', '--json');
    expect(again.json<Deployed>().groups[0]?.lease).toBe(lease);
    const unchanged = await net.souk('update', 'web', file, '--yes', '--json');
    expect(unchanged.json<Updated>().status).toBe('unchanged');
    const old = await net.souk('deploy', join(net.home, 'one.yaml'), '--name', 'web', '--yes', '--json');
    expect(old.stderr).toContain('tenant.name-taken');
    expect(await amendments(lease)).toHaveLength(1);
  });

  it('of a lease that has its provider to the last core works', async () => {
    // A provider that has nothing else to run.
    const busy = (await readChain(net)).events.flatMap((event) =>
      'terms' in event ? event.terms.operator : [],
    );
    const { name = '' } = net.providers.find(({ operator }) => !busy.includes(operator)) ?? {};
    const whole = { amber: { cores: 8, region: 'local-a' }, basil: { cores: 16, region: 'local-b' } }[name];
    if (whole === undefined) throw new Error(`no provider is idle: ${busy.join(', ')}`);
    const first = fileOf('full', { env: 'VERSION=1', ...whole });
    const deployed = await net.souk(
      'deploy',
      first,
      '--name',
      'full',
      '--yes',
      '--json',
      '--max-price',
      '10',
    );
    const [group] = deployed.json<Deployed>().groups;
    const second = fileOf('full-2', { env: 'VERSION=2', ...whole });
    const updated = await net.souk('update', 'full', second, '--yes', '--json', '--max-price', '10');
    expect(updated).toMatchObject({ code: 0 });
    expect(updated.json<Updated>().groups[0]).toMatchObject({ strategy: 'recreate', rate: group?.rate });
    expect(await amendments(group?.lease)).toHaveLength(1);
    expect((await get(group?.urls[0] ?? '')).status).toBe(200);
  });
});
