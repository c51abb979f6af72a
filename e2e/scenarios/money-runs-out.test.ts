/** A lease that nobody tops up ends on time: all of its money is paid, not one second more is served. */
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { eventsOf, readChain } from '../chain-view.ts';
import { get } from '../http.ts';
import { eventually, startTestNetwork, type TestNetwork } from '../souk.ts';

const hello = join(import.meta.dirname, '../../examples/hello/deploy.yaml');

describe('a lease without enough money', () => {
  let net: TestNetwork;
  beforeAll(async () => {
    net = await startTestNetwork({ driver: 'sandbox' });
    await net.souk('image', 'build-hello');
  });
  afterAll(async () => {
    await net[Symbol.asyncDispose]();
  });

  it('is stopped when its money is used up, and settled to the last unit', async () => {
    // Much machine for little money, so that the shortest time that providers accept takes only a minute.
    const dear = join(net.home, 'dear.yaml');
    const text = readFileSync(hello, 'utf8')
      .replace(/units: [0-9.]+/, 'units: 6')
      .replace('amount: 1000', 'amount: 100000');
    writeFileSync(dear, text);
    const deployed = await net.souk(
      'deploy',
      dear,
      '--name',
      'short',
      '--yes',
      '--json',
      '--deposit',
      '0.0014',
    );
    expect(deployed.stderr).not.toContain('"error"');
    expect(deployed.code).toBe(0);
    const url = deployed.json<{ groups: { urls: string[] }[] }>().groups[0]?.urls[0] ?? '';
    expect((await get(url)).status).toBe(200);
    const view = await eventually(
      'the end of the lease',
      async () => {
        const seen = await readChain(net);
        return eventsOf(seen, 'lease-closed').length === 1 ? seen : undefined;
      },
      150_000,
    );
    const [opened] = eventsOf(view, 'lease-opened');
    const [ready] = eventsOf(view, 'lease-ready');
    const [closed] = eventsOf(view, 'lease-closed');
    const rate = opened?.terms.rate ?? 1n;
    const deposit = opened?.deposit ?? 0n;
    const fundedUntil = (ready?.readyAt ?? 0) + Number((deposit * 3600n) / rate);
    expect(closed).toMatchObject({ by: 'exhausted', effectiveAt: fundedUntil, clawedBack: 0n });
    expect(closed?.paid).toBe((rate * BigInt(fundedUntil - (ready?.readyAt ?? 0))) / 3600n);
    expect((closed?.paid ?? 0n) + (closed?.refunded ?? 0n)).toBe(deposit);
    // On time: within a few blocks, and the workload with it.
    expect(view.now - fundedUntil).toBeLessThanOrEqual(10);
    await eventually('the workload to be gone', async () => {
      const answer = await get(url).catch(() => ({ status: 0 }));
      return answer.status === 200 ? undefined : true;
    });
    await eventually('the record to say so', async () => {
      const listed = (await net.souk('ps', '--all', '--json')).json<{ name: string; status: string }[]>();
      return listed.find((each) => each.name === 'short')?.status === 'closed' ? true : undefined;
    });
  });
});
