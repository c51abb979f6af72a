/** A provider daemon killed in the middle of a lease, and the whole network stopped and started: leases are recovered. */
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { eventsOf, readChain } from '../chain-view.ts';
import { get } from '../http.ts';
import { eventually, startTestNetwork, type TestNetwork } from '../souk.ts';

const hello = join(import.meta.dirname, '../../examples/hello/deploy.yaml');

describe('a lease whose provider dies', () => {
  let net: TestNetwork;
  let url: string;
  beforeAll(async () => {
    net = await startTestNetwork({ driver: 'sandbox' });
    await net.souk('image', 'build-hello');
    const deployed = await net.souk('deploy', hello, '--name', 'web', '--yes', '--json');
    url = deployed.json<{ groups: { urls: string[] }[] }>().groups[0]?.urls[0] ?? '';
  });
  afterAll(async () => {
    await net[Symbol.asyncDispose]();
  });

  it('answers again at the same address once the daemon is back, without a second lease', async () => {
    const operator = eventsOf(await readChain(net), 'lease-opened')[0]?.terms.operator;
    const provider = net.providers.find((each) => each.operator === operator);
    expect(await get(url)).toMatchObject({ status: 200 });
    process.kill(provider?.pid ?? 0, 'SIGKILL');
    await eventually('the ingress to be gone', async () =>
      (await get(url).catch(() => undefined)) ? undefined : true,
    );
    await eventually('the answer', async () => {
      const answer = await get(url);
      return answer.status === 200 ? true : undefined;
    });
    const status = await net.souk('status', 'web', '--json');
    expect(status.json<{ status: string }>().status).toBe('running');
    expect(eventsOf(await readChain(net), 'lease-opened')).toHaveLength(1);
  });

  it('answers again after the whole network was stopped and started', async () => {
    await net.stop();
    await expect(get(url)).rejects.toThrow('ECONNREFUSED');
    await net.restart();
    await eventually('the answer', async () => {
      const answer = await get(url);
      return answer.status === 200 ? true : undefined;
    });
    const view = await readChain(net);
    expect(eventsOf(view, 'lease-opened')).toHaveLength(1);
    expect(eventsOf(view, 'lease-closed')).toHaveLength(0);
    expect((await net.souk('close', 'web')).code).toBe(0);
  });
});
