/** The whole walk of a lease through the real CLI, on each driver that works here. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { eventsOf, readChain } from '../chain-view.ts';
import { isDockerHere } from '../engine.ts';
import { get } from '../http.ts';
import { eventually, startTestNetwork, type TestNetwork } from '../souk.ts';

const hello = join(import.meta.dirname, '../../examples/hello/deploy.yaml');
/** What the three providers of a local network have. */
const cores = ['8', '16', '32'];
const hasDocker = await isDockerHere();

interface Deployed {
  readonly name: string;
  readonly groups: readonly {
    readonly lease: string;
    readonly urls: readonly string[];
    readonly rate: string;
  }[];
}
interface Closed {
  readonly receipts: readonly { readonly paid: string; readonly refunded: string; readonly by: string }[];
}

if (!hasDocker) {
  describe('a lease on docker', () => {
    it('is not tried here: no Docker engine answers', async () => {
      expect(await isDockerHere()).toBe(false);
    });
  });
}

describe.each(hasDocker ? (['sandbox', 'docker'] as const) : (['sandbox'] as const))(
  'a lease on %s',
  (driver) => {
    let net: TestNetwork;
    let url: string;
    let before: Awaited<ReturnType<typeof readChain>>;

    beforeAll(async () => {
      net = await startTestNetwork({ driver });
      await net.souk('image', 'build-hello');
      before = await readChain(net);
    });
    afterAll(async () => {
      await net[Symbol.asyncDispose]();
    });

    it('comes up from a workload file, with offers of all providers', async () => {
      const plan = await net.souk('deploy', hello, '--name', 'web', '--yes', '--json');
      expect(plan.stderr).not.toContain('"error"');
      expect(plan.code).toBe(0);
      const deployed = plan.json<Deployed>();
      url = deployed.groups[0]?.urls[0] ?? '';
      expect(await get(url)).toMatchObject({ status: 200, body: expect.stringContaining('Hello from Souk') });
      const bids = (await net.souk('bids', 'web', '--json')).json<unknown>();
      const operators = net.providers.map((provider) => provider.operator);
      for (const operator of operators) expect(JSON.stringify(bids)).toContain(operator);
    });

    it('is open and ready on chain, and the tenant sent no transaction', async () => {
      const after = await eventually('the Ready on chain', async () => {
        const view = await readChain(net);
        return eventsOf(view, 'lease-ready').length === 1 ? view : undefined;
      });
      const [opened] = eventsOf(after, 'lease-opened');
      expect(eventsOf(after, 'lease-opened')).toHaveLength(1);
      expect(opened?.terms.tenant).toBe(net.tenant);
      expect(after.gasWei).toBe(before.gasWei);
      expect(before.balance - after.balance).toBe(opened?.deposit);
    });

    it('shows logs, status and events, runs commands and forwards a port', async () => {
      await get(url);
      await eventually('the request in the log', async () => {
        const { stdout } = await net.souk('logs', 'web');
        return stdout.includes('GET /') ? true : undefined;
      });
      const ran = await net.souk('exec', 'web', '--', 'sh', '-c', 'echo out; echo err >&2; exit 5');
      expect(ran).toMatchObject({ code: 5, stdout: 'out\n' });
      expect(ran.stderr).toContain('err');
      const status = (await net.souk('status', 'web', '--json')).json<{
        status: string;
        groups: { phase: string }[];
      }>();
      expect(status.status).toBe('running');
      const events = (await net.souk('events', 'web', '--json')).stdout.trim().split('\n');
      const kinds = events.map((line) => (JSON.parse(line) as { kind: string }).kind);
      expect(kinds).toEqual(expect.arrayContaining(['accepted', 'opened', 'running', 'ready']));
      await using forward = net.start('port', 'web', '0:3000', '--json');
      const listening = JSON.parse(await forward.waitFor((line) => line.includes('listening'))) as {
        port: number;
      };
      expect((await get(`http://127.0.0.1:${listening.port}/health`)).status).toBe(200);
    });

    it('follows the log while it grows', async () => {
      await using logs = net.start('logs', '-f', 'web', '--tail', '0', '--json');
      const seen = logs.waitFor((line) => line.includes('/followed'), 30_000);
      await eventually('the followed line', async () => {
        await get(`${url}/followed`);
        return Promise.race([seen.then(() => true), pause(300)]);
      });
      expect(await seen).toContain('/followed');
    });

    it('takes more money, is metered by the provider, and shows up in its metrics', async () => {
      expect((await net.souk('top-up', 'web', '2')).code).toBe(0);
      const view = await readChain(net);
      expect(eventsOf(view, 'lease-topped-up')[0]?.amount).toBe(2_000_000n);
      const operator = eventsOf(view, 'lease-opened')[0]?.terms.operator;
      const provider = net.providers.find((each) => each.operator === operator);
      const metrics = await (await fetch(`${provider?.admin}/metrics`)).text();
      expect(metrics).toContain('souk_provider_leases{phase="ready"} 1');
      expect((await fetch(`${provider?.admin}/healthz`)).status).toBe(200);
    });

    it('ends with the remainder back, every unit accounted for, and nothing left running', async () => {
      const { receipts } = (await net.souk('close', 'web', '--json')).json<Closed>();
      const [receipt] = receipts;
      const view = await readChain(net);
      const [closed] = eventsOf(view, 'lease-closed');
      const [opened] = eventsOf(view, 'lease-opened');
      const [ready] = eventsOf(view, 'lease-ready');
      expect(closed).toMatchObject({ wasReady: true, clawedBack: 0n });
      expect(BigInt(receipt?.paid ?? -1)).toBe(closed?.paid);
      const seconds = BigInt((closed?.effectiveAt ?? 0) - (ready?.readyAt ?? 0));
      expect(closed?.paid).toBe(((opened?.terms.rate ?? 0n) * seconds) / 3600n);
      expect((closed?.paid ?? 0n) + (closed?.refunded ?? 0n)).toBe((opened?.deposit ?? 0n) + 2_000_000n);
      expect(before.balance - view.balance).toBe(closed?.paid);
      await eventually('the workload to be gone', async () => {
        const answer = await get(url).catch(() => ({ status: 0 }));
        return answer.status === 200 ? undefined : true;
      });
      await eventually('the providers to be free again', async () => {
        const pages = await Promise.all(
          net.providers.map(async ({ admin }) => (await fetch(`${admin}/metrics`)).text()),
        );
        const free = pages.map((page) => /souk_provider_free\{resource="cores"\} (\d+)/.exec(page)?.[1]);
        return isDeepStrictEqual(free, cores) ? true : undefined;
      });
      const again = (await net.souk('close', 'web', '--json')).json<Closed>();
      expect(again.receipts[0]?.paid).toBe(receipt?.paid);
    });

    it('left no agent key or password in the logs of any process', () => {
      const secrets = [readFileSync(join(net.home, 'networks/local/password'), 'utf8').trim()];
      for (const name of [...net.providers.map((provider) => provider.name), 'up']) {
        const log = readFileSync(join(net.home, 'networks/local/logs', `${name}.log`), 'utf8');
        for (const secret of secrets) expect(log).not.toContain(secret);
        expect(log).not.toMatch(/privateKey|agentKey/);
      }
    });
  },
);

function pause(ms: number): Promise<undefined> {
  return new Promise((resolve) => {
    setTimeout(() => resolve(undefined), ms);
  });
}
