import { once } from 'node:events';
import { createServer, type IncomingHttpHeaders, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { encodeJson, type LogForward, plainRuntime } from '@souk/protocol';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createOutbound } from '../../src/outbound/outbound.ts';
import { createWorld, type Deployment, type World } from '../world.ts';

interface Seen {
  readonly url: string;
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
}

let world: World;
let collector: Server;
let seen: Seen[];
/** What the collector answers next; 200 when there is nothing. */
let answers: { status: number; headers?: Record<string, string> }[];

beforeEach(async () => {
  seen = [];
  answers = [];
  collector = createServer((request, response) => {
    let body = '';
    request.on('data', (chunk: Buffer) => (body += chunk.toString()));
    request.on('end', () => {
      const { status, headers = {} } = answers.shift() ?? { status: 200 };
      if (status === 200) seen.push({ url: request.url ?? '', headers: request.headers, body });
      response.writeHead(status, headers).end();
    });
  });
  collector.listen(0, '127.0.0.1');
  await once(collector, 'listening');
});
afterEach(async () => {
  await world[Symbol.asyncDispose]();
  collector.closeAllConnections();
  collector.close();
});

const base = () => `http://127.0.0.1:${(collector.address() as AddressInfo).port}`;

async function runWith(targets: readonly LogForward[], mayCallPrivate = true): Promise<Deployment> {
  world = await createWorld({ config: { callPrivateAddresses: mayCallPrivate } });
  const deployment = await world.draft();
  const request = await world.acceptance(deployment, await world.bidOn(deployment));
  await world.accept({ ...request, runtime: { ...plainRuntime, logForward: [...targets] } });
  await world.until('running', async () => (await world.status(deployment.lease)).phase === 'running');
  return deployment;
}

const otlpTexts = () =>
  seen.flatMap(({ body }) =>
    [...body.matchAll(/"body":\{"stringValue":"([^"]*)"/g)].map((match) => match[1]),
  );
const events = (deployment: Deployment) =>
  world.store.all('SELECT detail FROM events WHERE lease = ? AND kind = ?', deployment.lease, 'log-forward');
const told = async (deployment: Deployment, text: string) =>
  world.until(`the event “${text}”`, () =>
    events(deployment).find((row) => String(row['detail']).includes(text)),
  );

describe('a lease’s log, forwarded', () => {
  it('arrives at an OTLP collector and at Loki, whole and in order, with the headers that the tenant gave', async () => {
    const headers = { authorization: 'Bearer t0ken', 'Content-Length': '3', host: 'evil' };
    const deployment = await runWith([
      { kind: 'otlp', url: base(), headers },
      { kind: 'loki', url: `${base()}/loki/api/v1/push`, headers: { 'x-scope-orgid': 'me' } },
    ]);
    for (let n = 0; n < 3; n += 1) world.driver.control.print(deployment.lease, 'web', 0, `line ${n}`);
    await world.until('both to arrive', () => seen.length === 2);
    const otlp = seen.find(({ url }) => url === '/v1/logs');
    const loki = seen.find(({ url }) => url === '/loki/api/v1/push');
    expect(otlp?.headers).toMatchObject({
      authorization: 'Bearer t0ken',
      'content-type': 'application/json',
    });
    expect(otlp?.headers.host).toContain('127.0.0.1');
    expect(otlpTexts()).toEqual(['started', 'line 0', 'line 1', 'line 2']);
    expect(loki?.headers).toMatchObject({ 'x-scope-orgid': 'me' });
    const { streams } = JSON.parse(loki?.body ?? '') as { streams: { stream: object; values: string[][] }[] };
    expect(streams).toHaveLength(1);
    expect(streams[0]?.stream).toMatchObject({ service: 'web', replica: '0', lease: deployment.lease });
    expect(streams[0]?.values.map(([, text]) => text)).toEqual(['started', 'line 0', 'line 1', 'line 2']);
    expect(streams[0]?.values[0]?.[0]).toMatch(/^[0-9]{19}$/);
  });

  it('waits for a collector that is away, says so once, and loses nothing', async () => {
    answers = [{ status: 503 }, { status: 429, headers: { 'retry-after': '5' } }, { status: 500 }];
    const deployment = await runWith([{ kind: 'otlp', url: base(), headers: { authorization: 'secret' } }]);
    world.driver.control.print(deployment.lease, 'web', 0, 'patience');
    await told(deployment, 'answers 503');
    await told(deployment, 'log lines go to');
    await world.until('the line', () => otlpTexts().includes('patience'));
    expect(otlpTexts()).toEqual(['started', 'patience']);
    expect(events(deployment)).toHaveLength(2);
    expect(encodeJson(events(deployment))).not.toContain('secret');
  });

  it('is sent on from where it was after a restart of the provider', async () => {
    const deployment = await runWith([{ kind: 'otlp', url: base(), headers: {} }]);
    world.driver.control.print(deployment.lease, 'web', 0, 'before');
    await world.until('the line', () => otlpTexts().includes('before'));
    await world.stop();
    world.driver.control.print(deployment.lease, 'web', 0, 'meanwhile');
    await world.start();
    await world.until('the line', () => otlpTexts().includes('meanwhile'));
    expect(otlpTexts()).toEqual(['started', 'before', 'meanwhile']);
  });

  it('is sent to its end when the lease is closed', async () => {
    const deployment = await runWith([{ kind: 'otlp', url: base(), headers: {} }]);
    world.driver.control.print(deployment.lease, 'web', 0, 'last words');
    await world.close(deployment.lease);
    await world.until('the lines', () => otlpTexts().length === 2);
    expect(otlpTexts()).toEqual(['started', 'last words']);
  });

  it('that its target refuses for good is dropped, with a count for the tenant', async () => {
    answers = [{ status: 400 }];
    const deployment = await runWith([{ kind: 'loki', url: base(), headers: {} }]);
    const { detail } = await told(deployment, 'did not go to');
    expect(detail).toMatch(/^1 log lines did not go to 127\.0\.0\.1:\d+: .* answers 400$/);
  });

  it('never goes to an address inside the provider’s network', async () => {
    const deployment = await runWith([{ kind: 'otlp', url: base(), headers: {} }], false);
    await told(deployment, 'is not a public address');
    expect(seen).toEqual([]);
  });
});

describe('a call to an address that a tenant names', () => {
  const call = { method: 'GET', signal: new AbortController().signal } as const;
  beforeEach(async () => {
    world = await createWorld();
  });

  it('is not made where only one of a name’s addresses is private, nor by any spelling of one', async () => {
    const resolve = async () => ['93.184.216.34', '127.0.0.1'];
    const outbound = createOutbound({ mayCallPrivate: false, resolve });
    const { port } = new URL(base());
    for (const host of [
      'name.example',
      '127.0.0.1',
      '127.1',
      '2130706433',
      '0x7f.1',
      '[::1]',
      '[::ffff:127.0.0.1]',
    ])
      await expect(outbound(new URL(`http://${host}:${port}/`), call)).rejects.toMatchObject({
        code: 'outbound.private-address',
      });
    expect(seen).toEqual([]);
  });

  it('goes to the address that was checked, does not follow a redirect, and tells nothing of the headers', async () => {
    let asked = 0;
    const resolve = async () => {
      asked += 1;
      return ['127.0.0.1'];
    };
    const outbound = createOutbound({ mayCallPrivate: true, resolve });
    answers = [{ status: 302, headers: { location: `${base()}/elsewhere` } }];
    const url = new URL(`http://name.example:${new URL(base()).port}/`);
    expect(await outbound(url, call)).toMatchObject({ status: 302 });
    expect(asked).toBe(1);
    expect(seen).toEqual([]);
    const bad = outbound(url, { ...call, headers: { authorization: 'to\nken' } });
    await expect(bad).rejects.toMatchObject({ code: 'outbound.bad-request' });
    await expect(bad).rejects.not.toThrow('ken');
  });
});
