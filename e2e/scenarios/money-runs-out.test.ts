/**
 * Money running low, on a real chain: warned, topped up within a budget, then paused with its data kept, and resumed.
 * All along `souk doctor` says what is the matter.
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pausedRateOf } from '@souk/protocol';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { eventsOf, readChain } from '../chain-view.ts';
import { get } from '../http.ts';
import { eventually, startTestNetwork, type TestNetwork } from '../souk.ts';

// Much machine for little money, with a volume: so that less than a minute of it can be paid for.
const file = `
version: "2.0"
services:
  web:
    image: souk/hello:1
    expose:
      - { port: 3000, as: 80, to: [{ global: true }] }
    params:
      storage:
        data: { mount: /data }
profiles:
  compute:
    web:
      resources:
        cpu: { units: 6 }
        memory: { size: 128Mi }
        storage:
          - size: 128Mi
          - { name: data, size: 64Mi, attributes: { persistent: true, class: beta2 } }
  placement:
    anywhere:
      pricing:
        web: { denom: uact, amount: 100000 }
deployment:
  web:
    anywhere: { profile: web, count: 1 }
x-souk:
  health:
    web: { http: { port: 3000, path: / }, intervalSeconds: 1 }
  topUp: { amount: "0.0002" }
  maxTotal: "0.00115"
`;
const variables = { SOUK_PROVIDER_MINIMUM_FUNDED_SECONDS: '5', SOUK_TENANT_WATCH_INTERVAL_MS: '1000' };
const budget = 1150n;

interface Doctor {
  readonly verdict: string;
  readonly groups: readonly {
    readonly sentence: string;
    readonly evidence: readonly { readonly about: string; readonly says: string }[];
  }[];
}

describe('a deployment whose money runs low', () => {
  let net: TestNetwork;
  beforeAll(async () => {
    net = await startTestNetwork({ driver: 'sandbox', variables });
    await net.souk('image', 'build-hello');
  });
  afterAll(async () => {
    await net[Symbol.asyncDispose]();
  });

  /** What the watch has told. */
  const news = () =>
    readFileSync(join(net.home, 'networks/local/logs/watch.log'), 'utf8')
      .split('\n')
      .flatMap((line) => (line.startsWith('{"event"') ? [JSON.parse(line) as { event: string }] : []))
      .map(({ event }) => event);
  const diagnosis = async () => {
    const outcome = await net.souk('doctor', 'short', '--json');
    return { code: outcome.code, ...outcome.json<Doctor>() };
  };
  const inside = (script: string) => net.souk('exec', 'short', '--', 'node', '-e', script);

  it('is topped up within its budget, paused with its data, and goes on when it is paid again', async () => {
    const path = join(net.home, 'short.yaml');
    writeFileSync(path, file);
    const flags = ['--name', 'short', '--yes', '--json', '--deposit', '0.00075'];
    const deployed = await net.souk('deploy', path, ...flags);
    expect(deployed.stderr).not.toContain('"error"');
    const url = deployed.json<{ groups: { urls: string[] }[] }>().groups[0]?.urls[0] ?? '';
    const written = await inside(`require('fs').writeFileSync('/data/kept', 'precious')`);
    expect(written.code).toBe(0);
    expect(await diagnosis()).toMatchObject({ code: 6, verdict: 'money-low' });

    await eventually(
      'the pause on chain',
      async () => {
        const [amended] = eventsOf(await readChain(net), 'lease-amended');
        return amended;
      },
      90_000,
    );
    const view = await readChain(net);
    const [opened] = eventsOf(view, 'lease-opened');
    const [amended] = eventsOf(view, 'lease-amended');
    expect(amended?.terms.rate).toBe(pausedRateOf(opened?.terms.rate ?? 0n));
    const added = eventsOf(view, 'lease-topped-up').map(({ amount }) => amount);
    expect(added).toEqual([200n, 200n]);
    expect((opened?.deposit ?? 0n) + 400n).toBe(budget);
    expect(eventsOf(view, 'lease-closed')).toEqual([]);
    await eventually('the news of it', async () => (news().includes('paused') ? true : undefined));
    expect(new Set(news())).toEqual(
      new Set(['low-balance', 'topped-up', 'budget-reached', 'paused', 'data-ends']),
    );
    const page = await get(url);
    expect(page.status).toBe(503);
    expect(page.body).toContain('paused');
    const paused = await diagnosis();
    expect(paused).toMatchObject({ code: 1, verdict: 'paused' });
    expect(paused.groups[0]?.evidence).toContainEqual(
      expect.objectContaining({ about: 'service', says: expect.stringContaining('0 of 1 run') }),
    );

    const resumed = await net.souk('resume', 'short', '--top-up', '1', '--json');
    expect(resumed.stderr).not.toContain('"error"');
    expect(resumed.code).toBe(0);
    expect((await get(url)).status).toBe(200);
    expect((await inside(`console.log(require('fs').readFileSync('/data/kept', 'utf8'))`)).stdout).toBe(
      'precious\n',
    );
    expect(await diagnosis()).toMatchObject({ code: 0, verdict: 'healthy' });
  });

  it('is paused and resumed by hand too', async () => {
    expect((await net.souk('pause', 'short')).stdout).toContain('short is paused');
    const listed = (await net.souk('ps', '--json')).json<{ name: string; status: string }[]>();
    expect(listed).toEqual([expect.objectContaining({ name: 'short', status: 'paused' })]);
    expect((await net.souk('resume', 'short')).stdout).toContain('runs again');
    expect(eventsOf(await readChain(net), 'lease-amended')).toHaveLength(4);
  });

  it('and is closed gets back all that was not used', async () => {
    expect((await net.souk('close', 'short', '--yes')).code).toBe(0);
    const view = await readChain(net);
    const [closed] = eventsOf(view, 'lease-closed');
    const paid = eventsOf(view, 'lease-amended').reduce((sum, event) => sum + event.paid, closed?.paid ?? 0n);
    expect(paid + (closed?.refunded ?? 0n)).toBe(budget + 1_000_000n);
    expect((await net.souk('doctor', 'short')).stdout).toContain('short is closed');
  });
});
