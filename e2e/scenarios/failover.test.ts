/**
 * A provider killed for good in the middle of a lease: the watch leaves it with clawback and the deployment answers
 * again from another provider, under its name and its address; proven on chain. Comes the dead one back, it cleans up.
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { eventsOf, readChain } from '../chain-view.ts';
import { get } from '../http.ts';
import { eventually, startTestNetwork, type TestNetwork } from '../souk.ts';

const hello = join(import.meta.dirname, '../../examples/hello/deploy.yaml');

interface Shown {
  readonly status: string;
  readonly address: string;
  readonly groups: readonly { readonly lease: string; readonly operator: string; readonly readyAt: number }[];
  readonly history: readonly {
    readonly lease: string;
    readonly at: number;
    readonly receipt: { readonly effectiveAt: number } | null;
  }[];
}

/** The next best provider has run the image before. */
async function bringImageTo(net: TestNetwork, region: string): Promise<void> {
  const there = readFileSync(hello, 'utf8').replace(
    '    anywhere:\n      pricing:',
    `    anywhere:\n      attributes:\n        region: ${region}\n      pricing:`,
  );
  const file = join(net.home, 'there.yaml');
  writeFileSync(file, there);
  expect((await net.souk('deploy', file, '--name', 'there', '--yes', '--bids-wait', '5000')).code).toBe(0);
  expect((await net.souk('close', 'there')).code).toBe(0);
}

describe('a deployment whose provider is killed and stays dead', () => {
  let net: TestNetwork;
  beforeAll(async () => {
    net = await startTestNetwork({ driver: 'sandbox', noRestart: true });
    await net.souk('image', 'build-hello');
    await bringImageTo(net, 'local-b');
  });
  afterAll(async () => {
    await net[Symbol.asyncDispose]();
  });

  it('answers again at its address within a minute, and pays at most one window for the dead time', async () => {
    const deployed = await net.souk('deploy', hello, '--name', 'web', '--yes', '--json');
    const { address, groups } = deployed.json<Shown>();
    expect(address).toMatch(/^http:\/\/web\.localhost:[0-9]+$/);
    const [before] = groups;
    expect((await get(address)).status).toBe(200);

    const provider = net.providers.find((each) => each.operator === before?.operator);
    const killedAt = Date.now();
    process.kill(provider?.pid ?? 0, 'SIGKILL');
    // Held while it moves; asked again where that takes longer than a request waits.
    await eventually(
      'the answer from elsewhere',
      async () => {
        const answer = await get(address).catch(() => undefined);
        return answer?.status === 200 && Date.now() - killedAt > 3_000 ? true : undefined;
      },
      90_000,
    );
    const answeredAt = Date.now();
    const status = await eventually('the old lease to be settled', async () => {
      const shown = (await net.souk('status', 'web', '--json')).json<Shown>();
      return shown.history[0]?.receipt ? shown : undefined;
    });

    expect(status).toMatchObject({ status: 'running', address });
    const noticedAt = status.history[0]?.at ?? 0;
    expect(answeredAt - noticedAt).toBeLessThanOrEqual(30_000);
    expect(answeredAt - killedAt).toBeLessThanOrEqual(60_000);

    const view = await readChain(net);
    const opened = eventsOf(view, 'lease-opened').slice(-2);
    expect(opened.map((event) => event.lease)).toEqual([before?.lease, status.groups[0]?.lease]);
    expect(opened[1]?.terms.operator).not.toBe(before?.operator);
    const closed = eventsOf(view, 'lease-closed').at(-1);
    expect(closed).toMatchObject({ lease: before?.lease, by: 'agent', wasReady: true });
    expect(closed?.clawedBack).toBeGreaterThan(0n);
    const deadSecondsPaid = Math.max(0, (closed?.effectiveAt ?? 0) - Math.floor(killedAt / 1000));
    expect(deadSecondsPaid).toBeLessThanOrEqual(opened[0]?.terms.clawbackWindow ?? 0);
    // Better than promised: back to the last time that it was seen to work.
    expect(deadSecondsPaid).toBeLessThanOrEqual(1);
  });

  it('runs once only when the dead provider comes back, and is not ordered again when it is closed', async () => {
    await net.stop();
    await net.restart();
    const { address } = (await net.souk('status', 'web', '--json')).json<Shown>();
    await eventually('the answer', async () => ((await get(address)).status === 200 ? true : undefined));
    expect((await net.souk('close', 'web')).code).toBe(0);
    expect((await get(address)).status).toBe(404);
    const view = await readChain(net);
    expect(eventsOf(view, 'lease-opened')).toHaveLength(3);
    expect(eventsOf(view, 'lease-closed')).toHaveLength(3);
  });
});
