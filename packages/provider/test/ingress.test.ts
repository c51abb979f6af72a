import { once } from 'node:events';
import { createServer, request as httpRequest, type Server } from 'node:http';
import { type AddressInfo, connect } from 'node:net';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { createMetrics } from '@souk/daemon';
import {
  Fault,
  type LeaseId,
  type LeasePhase,
  type ManifestExpose,
  type ManifestGroup,
  silentLog,
} from '@souk/protocol';
import { providerConfigSchema } from '../src/config.ts';
import type { DialTarget } from '../src/drivers/driver.ts';
import { type Ingress, startIngress } from '../src/ingress/ingress.ts';
import { createProviderMetrics } from '../src/metrics.ts';

const lease = `0x${'ab'.repeat(32)}` as LeaseId;
const host = 'web-abababab.localhost';

let ingress: Ingress;
let upstream: Server;
let phase: LeasePhase = 'running';
let troubles = 0;
/** Replicas that do not answer. */
let dead: number[] = [];
/** Which was asked for, in order. */
let dialledReplicas: number[] = [];

beforeEach(async () => {
  phase = 'running';
  troubles = 0;
  dead = [];
  dialledReplicas = [];
  upstream = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      if (request.url === '/slow') return;
      if (request.url === '/break') return void request.socket.destroy();
      response.setHeader('set-cookie', ['a=1', 'b=2']);
      response.end(
        JSON.stringify({
          method: request.method,
          url: request.url,
          headers: request.headers,
          length: Buffer.concat(chunks).length,
        }),
      );
    });
  });
  upstream.on('upgrade', (request, socket) => {
    socket.write(
      `HTTP/1.1 101 Switching Protocols\r\nupgrade: ${request.headers.upgrade}\r\nconnection: upgrade\r\n\r\n`,
    );
    socket.pipe(socket);
  });
  upstream.listen(0, '127.0.0.1');
  await once(upstream, 'listening');
  const { port } = upstream.address() as AddressInfo;
  ingress = await startIngress(
    {
      driver: {
        dial: async (_lease, service, replica): Promise<DialTarget> => {
          dialledReplicas.push(replica);
          if (dead.includes(replica))
            throw new Fault('driver.not-running', `${service} is down`, { blame: 'user' });
          return { kind: 'tcp', host: '127.0.0.1', port };
        },
      },
      phaseOf: () => phase,
      onTrouble: () => void (troubles += 1),
      lastPort: undefined,
      log: silentLog,
      metrics: createProviderMetrics(createMetrics({ process: false })),
    },
    providerConfigSchema.parse({ portFrom: 20_100, portTo: 20_103 }),
  );
});
afterEach(async () => {
  upstream.closeAllConnections();
  upstream.close();
  await ingress[Symbol.asyncDispose]();
});

function group(
  options: Partial<ManifestExpose['httpOptions']> = {},
  ports: readonly number[] = [],
): ManifestGroup {
  const httpOptions = {
    maxBodySize: 1000,
    readTimeout: 500,
    sendTimeout: 500,
    nextTries: 3,
    nextTimeout: 0,
    nextCases: ['error', 'timeout'],
    ...options,
  };
  const expose = (externalPort: number) => ({
    port: externalPort === 80 ? 3000 : externalPort,
    externalPort,
    proto: 'TCP' as const,
    service: '',
    global: true,
    hosts: null,
    httpOptions,
    ip: '',
    endpointSequenceNumber: 0,
  });
  const value = { val: '1' };
  const resources = {
    id: 1,
    cpu: { units: value },
    memory: { size: value },
    storage: [],
    gpu: { units: value },
    endpoints: null,
  };
  const base = { image: 'i', command: null, args: null, env: null, resources };
  return { name: 'g', services: [{ ...base, name: 'web', count: 2, expose: [80, ...ports].map(expose) }] };
}

interface Answer {
  readonly status: number;
  readonly body: string;
  readonly headers: Readonly<Record<string, unknown>>;
}

function call(
  path: string,
  options: { host?: string; method?: string; body?: Buffer; headers?: Record<string, string> } = {},
) {
  const { port } = new URL(ingress.url);
  return new Promise<Answer>((resolve, reject) => {
    const request = httpRequest(
      {
        host: '127.0.0.1',
        port,
        path,
        method: options.method ?? 'GET',
        headers: { host: options.host ?? host, ...options.headers },
      },
      (response) => {
        let body = '';
        response.on('data', (chunk: Buffer) => (body += chunk.toString()));
        response.on('end', () =>
          resolve({ status: response.statusCode ?? 0, body, headers: response.headers }),
        );
        response.on('error', reject);
      },
    );
    request.on('error', reject);
    request.end(options.body);
  });
}

describe('the HTTP ingress', () => {
  it('carries requests and answers, and says itself who the client is', async () => {
    await ingress.serve(lease, [{ group: group() }], []);
    const headers = {
      'x-forwarded-for': '6.6.6.6',
      'x-kept': 'yes',
      connection: 'x-dropped',
      'x-dropped': 'yes',
    };
    const answer = await call('/a?b=c', { method: 'POST', body: Buffer.alloc(1000), headers });
    expect(answer.status).toBe(200);
    expect(answer.headers['set-cookie']).toEqual(['a=1', 'b=2']);
    const seen = JSON.parse(answer.body) as { headers: Record<string, string> };
    expect(seen).toMatchObject({ method: 'POST', url: '/a?b=c', length: 1000 });
    expect(seen.headers).toMatchObject({
      host,
      'x-kept': 'yes',
      'x-forwarded-for': '127.0.0.1',
      'x-forwarded-host': host,
    });
    expect(seen.headers).not.toHaveProperty('x-dropped');
  });

  it('leads to the replicas of two versions that are served, and says when the others are through', async () => {
    const only = (group_: ManifestGroup, replicas: readonly number[]) => ({
      group: group_,
      replicasOf: () => replicas,
    });
    await ingress.serve(lease, [{ group: group() }], []);
    const slow = call('/slow').catch((error: Error) => ({ status: 0, body: error.message }));
    await vi.waitFor(() => expect(dialledReplicas).toHaveLength(1));
    const leaving = dialledReplicas.at(-1) ?? 0;
    await ingress.serve(lease, [only(group(), [1 - leaving]), only(group(), [7])], []);
    for (let turn = 0; turn < 4; turn += 1) expect((await call('/')).status).toBe(200);
    expect(new Set(dialledReplicas.slice(-4))).toEqual(new Set([1 - leaving, 7]));
    let isDrained = false;
    const drained = ingress.drained(lease, new AbortController().signal).then(() => (isDrained = true));
    await call('/');
    expect(isDrained).toBe(false);
    // Its service takes too long, so it ends with a time-out; then nothing is under way to it any more.
    expect((await slow).status).toBe(504);
    await drained;
    await expect(ingress.drained(lease, AbortSignal.abort())).resolves.toBeUndefined();
  });

  it('knows no other host', async () => {
    await ingress.serve(lease, [{ group: group() }], []);
    expect((await call('/', { host: 'other.localhost' })).status).toBe(404);
    await ingress.withdraw(lease);
    expect((await call('/')).status).toBe(404);
  });

  it('holds to the service’s limits', async () => {
    await ingress.serve(lease, [{ group: group() }], []);
    expect((await call('/', { method: 'POST', body: Buffer.alloc(1001) })).status).toBe(413);
    const chunked = { 'transfer-encoding': 'chunked' };
    const streamed = await call('/', { method: 'POST', body: Buffer.alloc(5000), headers: chunked }).catch(
      () => undefined,
    );
    expect(streamed?.status ?? 413).toBe(413);
    expect((await call('/slow')).status).toBe(504);
    expect((await call('/break')).status).toBe(502);
  });

  it('goes to the next replica, or says what state the lease is in', async () => {
    await ingress.serve(lease, [{ group: group() }], []);
    dead = [0];
    for (let n = 0; n < 4; n += 1) expect((await call('/')).status).toBe(200);
    dead = [0, 1];
    expect((await call('/')).status).toBe(502);
    phase = 'starting';
    const page = await call('/');
    expect([page.status, page.headers['retry-after']]).toEqual([503, '2']);
    expect(page.body).toContain('starting');
    expect(troubles).toBe(2);
  });

  it('does not try the next replica where http_options say so', async () => {
    await ingress.serve(lease, [{ group: group({ nextCases: ['off'] }) }], []);
    dead = [0];
    const statuses = [(await call('/')).status, (await call('/')).status];
    expect(statuses.toSorted((a, b) => a - b)).toEqual([200, 502]);
  });

  it('lets connections be upgraded', async () => {
    await ingress.serve(lease, [{ group: group() }], []);
    const socket = connect(Number(new URL(ingress.url).port), '127.0.0.1');
    socket.write(`GET /ws HTTP/1.1\r\nhost: ${host}\r\nconnection: upgrade\r\nupgrade: echo\r\n\r\n`);
    const [head] = (await once(socket, 'data')) as [Buffer];
    expect(head.toString()).toContain('101 Switching Protocols');
    socket.write('ping');
    const [echo] = (await once(socket, 'data')) as [Buffer];
    expect(echo.toString()).toBe('ping');
    socket.destroy();
  });
});

describe('raw TCP ports', () => {
  it('lead to the service, keep their number over a restart, and are given back', async () => {
    const { ports } = await ingress.serve(
      lease,
      [{ group: group({}, [5432]) }],
      [{ service: 'web', port: 5432, externalPort: 20_102 }],
    );
    expect(ports).toEqual([{ service: 'web', port: 5432, externalPort: 20_102 }]);
    expect((await ingress.serve(lease, [{ group: group({}, [5432]) }], [])).ports).toEqual(ports);
    const answer = await fetch('http://127.0.0.1:20102/over-tcp');
    expect(await answer.json()).toMatchObject({ url: '/over-tcp' });
    await ingress.withdraw(lease);
    await expect(fetch('http://127.0.0.1:20102/')).rejects.toThrow('fetch failed');
  });

  it('run out with a clear fault', async () => {
    await expect(ingress.serve(lease, [{ group: group({}, [1, 2, 3, 4, 5]) }], [])).rejects.toMatchObject({
      code: 'ingress.no-ports',
    });
    await ingress.withdraw(lease);
    expect((await ingress.serve(lease, [{ group: group({}, [1, 2, 3, 4]) }], [])).ports).toHaveLength(4);
  });
});
