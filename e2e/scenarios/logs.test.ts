/** A workload's log: kept by its provider over a kill -9 and after the lease is closed, and sent where the tenant wants it. */
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { eventsOf, readChain } from '../chain-view.ts';
import { get } from '../http.ts';
import { eventually, startTestNetwork, type TestNetwork } from '../souk.ts';

const hello = join(import.meta.dirname, '../../examples/hello/deploy.yaml');

interface Line {
  readonly at: number;
  readonly text: string;
}

describe('the log of a workload', () => {
  let net: TestNetwork;
  let url: string;
  let folder: string;
  let collector: Server;
  const collected: string[] = [];

  beforeAll(async () => {
    collector = createServer((request, response) => {
      let body = '';
      request.on('data', (chunk: Buffer) => (body += chunk.toString()));
      request.on('end', () => {
        if (request.url === '/v1/logs' && request.headers.authorization === 'Bearer e2e')
          collected.push(body);
        response.writeHead(200).end('{}');
      });
    });
    collector.listen(0, '127.0.0.1');
    await once(collector, 'listening');
    const { port } = collector.address() as AddressInfo;
    folder = mkdtempSync(join(tmpdir(), 'souk-logs-'));
    const file = join(folder, 'deploy.yaml');
    const forward = `{ kind: otlp, url: "http://127.0.0.1:${port}", headers: { authorization: Bearer e2e } }`;
    writeFileSync(file, `${readFileSync(hello, 'utf8')}\nx-souk:\n  logs:\n    forward: [${forward}]\n`);
    net = await startTestNetwork({ driver: 'sandbox' });
    await net.souk('image', 'build-hello');
    const deployed = await net.souk('deploy', file, '--name', 'web', '--yes', '--json');
    url = deployed.json<{ groups: { urls: string[] }[] }>().groups[0]?.urls[0] ?? '';
  });
  afterAll(async () => {
    await net[Symbol.asyncDispose]();
    collector.closeAllConnections();
    collector.close();
    rmSync(folder, { recursive: true });
  });

  const lines = async (...flags: string[]): Promise<Line[]> => {
    const { stdout } = await net.souk('logs', 'web', '--json', ...flags);
    return stdout.split('\n').flatMap((line) => (line === '' ? [] : [JSON.parse(line) as Line]));
  };
  const texts = async (...flags: string[]) => (await lines(...flags)).map(({ text }) => text);
  const numbers = (from: number, to: number) =>
    Array.from({ length: to - from }, (_, index) => `GET /number-${from + index}`);
  const ask = async (from: number, to: number) => {
    for (let n = from; n < to; n += 1) await get(`${url.replace(/\/$/, '')}/number-${n}`);
  };

  it('has every line once, in order, also after a kill -9 of its provider', async () => {
    await ask(0, 20);
    await eventually('the first lines', async () =>
      (await texts('--grep', 'number-19')).length === 1 ? true : undefined,
    );
    const operator = eventsOf(await readChain(net), 'lease-opened')[0]?.terms.operator;
    const provider = net.providers.find((each) => each.operator === operator);
    await ask(20, 40);
    process.kill(provider?.pid ?? 0, 'SIGKILL');
    await eventually('the ingress to be back', async () =>
      (await get(`${url.replace(/\/$/, '')}/back`)).status === 404 ? true : undefined,
    );
    await ask(40, 60);
    await eventually('the last line', async () =>
      (await texts('--grep', 'number-59')).length === 1 ? true : undefined,
    );
    expect(await texts('--grep', 'GET /NUMBER-')).toEqual(numbers(0, 60));
  });

  it('is read since a time', async () => {
    const [pivot] = await lines('--grep', 'number-30');
    const since = new Date(pivot?.at ?? 0).toISOString();
    const later = await texts('--since', since, '--grep', 'number-');
    expect(later).toEqual(expect.arrayContaining(numbers(30, 60)));
    expect(later).not.toContain('GET /number-10');
    expect((await net.souk('logs', 'web', '--since', 'noon')).code).toBe(2);
  });

  it('went to the collector of the workload file, with its headers', async () => {
    await eventually('all lines', async () => {
      const all = collected.join('\n');
      return numbers(0, 60).every((text) => all.includes(`"${text}"`)) ? true : undefined;
    });
    const [first] = collected.map((body) => JSON.parse(body) as { resourceLogs: unknown[] });
    expect(first?.resourceLogs).toHaveLength(1);
  });

  it('and its events are there after the lease is closed', async () => {
    expect((await net.souk('close', 'web')).code).toBe(0);
    expect(await texts('--grep', 'number-')).toEqual(numbers(0, 60));
    const { stdout } = await net.souk('events', 'web', '--json');
    expect(stdout).toContain('"kind":"opened"');
  });
});
