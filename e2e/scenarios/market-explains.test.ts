/**
 * The market explains itself: an order nobody takes says why and what would help, and what it says holds when it is
 * followed; operators' records follow from the chain; an interruptible lease is cheaper, reclaimed with notice, and
 * moved by the watch before it stops.
 */
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { eventsOf, readChain } from '../chain-view.ts';
import { get } from '../http.ts';
import { eventually, startTestNetwork, type TestNetwork } from '../souk.ts';

const hello = readFileSync(join(import.meta.dirname, '../../examples/hello/deploy.yaml'), 'utf8');
const decimals = 1_000_000;

interface Help {
  readonly text: string;
  readonly remedy: string;
  readonly offers: number;
  readonly isGuess: boolean;
}
interface Explained {
  readonly groups: readonly {
    readonly known: number;
    readonly offers: number;
    readonly cheapest: string | null;
    readonly excluded: readonly {
      readonly reason: string;
      readonly count: number;
      readonly soleCount: number;
    }[];
    readonly wouldHelp: readonly Help[];
  }[];
}
interface Deployed {
  readonly groups: readonly { readonly lease: string; readonly operator: string; readonly rate: string }[];
}
interface Record {
  readonly completed: number;
  readonly failedToStart: number;
  readonly failedRunning: number;
  readonly endedBy: Readonly<{ [who: string]: number }>;
  readonly leases: readonly { readonly lease: string; readonly ending: string; readonly fees: string }[];
}

let net: TestNetwork;
let folder: string;
/** Of the cheapest offer for examples/hello. */
let fullRate: number;

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'souk-market-'));
  net = await startTestNetwork({ driver: 'sandbox' });
  // Every offer is waited for, however busy the machine.
  writeFileSync(join(net.home, 'config.yaml'), 'tenant: { bidWindowMs: 8000, bidCount: 3 }\n');
  await net.souk('image', 'build-hello');
});
afterAll(async () => {
  await net[Symbol.asyncDispose]();
  rmSync(folder, { recursive: true, force: true });
});

function file(name: string, text: string): string {
  const path = join(folder, name);
  writeFileSync(path, text);
  return path;
}

async function explain(
  path: string,
  ...flags: string[]
): Promise<Explained['groups'][number] & { code: number }> {
  const outcome = await net.souk('explain', path, '--json', ...flags);
  const [group] = outcome.json<Explained>().groups;
  if (!group) throw new Error('nothing was explained');
  return { ...group, code: outcome.code };
}

const reliability = async (operator: string) =>
  (await net.souk('reliability', operator, '--json')).json<Record>();
const deploy = (path: string, ...flags: string[]) => net.souk('deploy', path, '--yes', '--json', ...flags);

describe('an order that nobody takes', () => {
  it('says why before it is placed, from what providers publish, and costs nothing', async () => {
    const app = file('far.yaml', `${hello}\nx-souk:\n  regions: [mars]\n`);
    const far = await eventually('all providers to be known', async () => {
      const explained = await explain(app);
      return explained.known === 3 ? explained : undefined;
    });
    expect(far).toMatchObject({ code: 5, offers: 0 });
    expect(far.excluded).toMatchObject([{ reason: 'region-mismatch', count: 3, soleCount: 3 }]);
    expect(far.wouldHelp[0]).toMatchObject({ text: 'without region → 3 offers', isGuess: false });
    const near = await explain(file('near.yaml', hello));
    expect(near).toMatchObject({ code: 0, known: 3, offers: 3, excluded: [] });
    expect((await readChain(net)).events).toEqual([]);
  });

  it('says why when it was placed, and the change that it names brings the offers that it names', async () => {
    const app = file('app.yaml', hello);
    const predicted = await explain(app, '--max-price', '0.0005');
    const refused = await deploy(app, '--max-price', '0.0005');
    expect(refused.code).toBe(5);
    const { error } = JSON.parse(refused.stderr.trim().split('\n').at(-1) ?? '') as {
      error: { code: string; reason: string; remedy: string; data: { reasons: object[]; wouldHelp: Help[] } };
    };
    expect(error.code).toBe('cli.no-bids');
    expect(error.data.reasons).toMatchObject([{ reason: 'price-below-ours', count: 3, soleCount: 3 }]);
    expect(error.reason).toContain('what would bring offers:');
    expect(error.data.wouldHelp).toEqual(predicted.wouldHelp);

    const one = error.data.wouldHelp.find(({ offers }) => offers === 1);
    expect(one?.text).toMatch(/^\+0\.000[0-9]+ tUSD\/hour → 1 offer$/);
    expect(one?.remedy).toBe(error.remedy);
    const [, price = ''] = /^pay more: --max-price ([0-9.]+)$/.exec(error.remedy) ?? [];
    const followed = await deploy(app, '--max-price', price);
    expect(followed.code).toBe(0);
    const { rate } = followed.json<Deployed>().groups[0] ?? { rate: '' };
    expect(Number(rate) / decimals).toBe(Number(price));
    const bids = (await net.souk('bids', 'app', '--json')).json<{ groups: { bids: object[] }[] }>();
    expect(bids.groups[0]?.bids).toHaveLength(1);
    expect((await explain(app)).cheapest).toBe(rate);
    fullRate = Number(rate);
  });
});

describe('an operator’s record', () => {
  it('follows from the chain: what was completed, and what never started; full price can’t be reclaimed', async () => {
    const [running] = (await net.souk('ps', '--json')).json<Deployed[]>();
    const operator = running?.groups[0]?.operator ?? '';
    expect(await reliability(operator)).toMatchObject({ completed: 0, leases: [] });
    const refused = await net.souk('reclaim', running?.groups[0]?.lease ?? '', '--json');
    expect(refused.code).toBe(1);
    expect(refused.stderr).toContain('lease.not-interruptible');
    expect((await net.souk('close', 'app')).code).toBe(0);
    expect(await reliability(operator)).toMatchObject({ completed: 1, failedToStart: 0, failedRunning: 0 });

    const broken = await deploy(file('broken.yaml', hello.replace('souk/hello:1', 'souk/nowhere:1')));
    expect(broken.code).toBe(1);
    const failed = await eventually('the failure to be on chain', async () => {
      const ends = eventsOf(await readChain(net), 'lease-closed').filter(({ wasReady }) => !wasReady);
      return ends[0];
    });
    const record = await reliability(failed.operator);
    expect(record.failedToStart).toBe(1);
    expect(record.leases.at(-1)).toMatchObject({ lease: failed.lease, ending: 'failed-to-start', fees: '0' });
  });
});

describe('an interruptible lease', () => {
  it('costs half, and moves by itself when it is reclaimed', async () => {
    const text = `${hello}\nx-souk:\n  interruptible: { noticeSeconds: 20 }\n`;
    const cheap = file('cheap.yaml', text);
    expect(Number((await explain(cheap)).cheapest)).toBe(Math.ceil(fullRate / 2));
    const deployed = (await deploy(cheap)).json<Deployed & { address: string }>();
    const [before] = deployed.groups;
    if (!before) throw new Error('nothing was deployed');
    const { completed, failedRunning } = await reliability(before.operator);
    await eventually('its Ready on chain', async () =>
      eventsOf(await readChain(net), 'lease-ready').find(({ lease }) => lease === before.lease),
    );

    const reclaimed = await net.souk('reclaim', before.lease, '--json');
    expect(reclaimed.code).toBe(0);
    expect(reclaimed.json<object[]>()).toMatchObject([{ ok: true, lease: before.lease }]);
    const closed = await eventually(
      'the old lease to be left',
      async () => eventsOf(await readChain(net), 'lease-closed').find(({ lease }) => lease === before.lease),
      60_000,
    );
    expect(closed).toMatchObject({ by: 'agent', wasReady: true, clawedBack: 0n });
    expect(await reliability(before.operator)).toMatchObject({ completed: completed + 1, failedRunning });
    const after = await eventually(
      'the successor',
      async () => {
        const [shown] = (await net.souk('ps', '--json')).json<(Deployed & { status: string })[]>();
        return shown?.status === 'running' && shown.groups[0]?.lease !== before.lease ? shown : undefined;
      },
      60_000,
    );
    expect(after.groups[0]?.operator).not.toBe(before.operator);
    expect((await get(deployed.address)).body).toContain('Hello from Souk');
  });
});
