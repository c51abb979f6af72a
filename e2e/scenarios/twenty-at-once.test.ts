/** Twenty deployments started together by twenty processes: none lost, none doubled, all money accounted for. */
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { eventsOf, readChain } from '../chain-view.ts';
import { startTestNetwork, type TestNetwork } from '../souk.ts';

const hello = join(import.meta.dirname, '../../examples/hello/deploy.yaml');
const count = 20;

// Twenty Node processes at once on a small machine take their time to start.
describe('twenty deployments at once', { timeout: 400_000 }, () => {
  let net: TestNetwork;
  beforeAll(async () => {
    net = await startTestNetwork({ driver: 'sandbox' });
    await net.souk('image', 'build-hello');
  });
  afterAll(async () => {
    await net[Symbol.asyncDispose]();
  });

  it('each get one lease, run, and close', async () => {
    const before = await readChain(net);
    const names = Array.from({ length: count }, (_, index) => `web-${index}`);
    const deployed = await Promise.all(
      names.map((name) =>
        net.souk('deploy', hello, '--name', name, '--yes', '--json', '--no-watch', '--bids-wait', '15000'),
      ),
    );
    const failed = deployed.filter((outcome) => outcome.code !== 0);
    expect(failed.map((outcome) => outcome.stderr)).toEqual([]);
    const opened = eventsOf(await readChain(net), 'lease-opened');
    expect(new Set(opened.map((event) => event.lease)).size).toBe(count);
    expect(opened).toHaveLength(count);
    for (const name of names) expect((await net.souk('close', name)).code).toBe(0);
    const after = await readChain(net);
    const closed = eventsOf(after, 'lease-closed');
    expect(closed).toHaveLength(count);
    const paid = closed.reduce((sum, event) => sum + event.paid + event.clawedBack, 0n);
    expect(before.balance - after.balance).toBe(paid);
  });
});
