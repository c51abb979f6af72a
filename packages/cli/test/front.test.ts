/** The front with real sockets: two providers played by small servers, records in memory. */
import { once } from 'node:events';
import { createServer, type IncomingMessage, request, type Server } from 'node:http';
import { type AddressInfo, connect, createServer as createTcpServer } from 'node:net';
import { silentLog } from '@souk/protocol';
import type { Deployment } from '@souk/tenant';
import { describe, expect, it } from 'vitest';
import { type Front, startFront } from '../src/front/front.ts';

interface Asked {
  readonly status: number;
  readonly body: string;
  readonly headers: IncomingMessage['headers'];
}

async function provider(stack: AsyncDisposableStack, name: string): Promise<{ url: string; server: Server }> {
  const server = createServer((asked, response) => {
    if (asked.url === '/away')
      return void response.writeHead(302, { location: `http://${asked.headers.host}/here?x=1` }).end();
    response.end(
      `${name} ${asked.method} ${asked.url} as ${asked.headers.host} for ${String(asked.headers['x-forwarded-host'])}`,
    );
  });
  server.on('upgrade', (asked, socket) => {
    socket.write(
      `HTTP/1.1 101 Switching Protocols\r\nupgrade: ${asked.headers.upgrade}\r\nconnection: upgrade\r\n\r\n`,
    );
    socket.pipe(socket);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  stack.defer(() => {
    server.closeAllConnections();
    server.close();
  });
  return { url: `http://web-${name}.localhost:${(server.address() as AddressInfo).port}`, server };
}

function recordOf(phase: string, url?: string, ports: object[] = []): Deployment {
  const places = url === undefined ? [] : [{ service: 'web', urls: [url], ports }];
  const group = { name: 'here', phase, places, isWanted: true, replaces: null, receipt: null };
  return { name: 'shop', failover: true, leaving: [], groups: [group] } as unknown as Deployment;
}

function ask(front: Front, path = '/', host = 'shop.localhost'): Promise<Asked> {
  return new Promise((resolve, reject) => {
    const call = request({ host: '127.0.0.1', port: front.port, path, headers: { host } }, (response) => {
      let body = '';
      response.on('data', (chunk) => (body += String(chunk)));
      response.on('end', () =>
        resolve({ status: response.statusCode ?? 0, body, headers: response.headers }),
      );
    });
    call.on('error', reject).end();
  });
}

async function withFront(
  work: (input: {
    front: Front;
    stack: AsyncDisposableStack;
    set: (record: Deployment | undefined) => void;
  }) => Promise<void>,
) {
  await using stack = new AsyncDisposableStack();
  let record: Deployment | undefined;
  const front = stack.use(
    await startFront(
      { record: async (name) => (name === 'shop' ? record : undefined), log: silentLog },
      { host: '127.0.0.1', port: 0, domains: ['localhost'], holdMs: 1_500, rawPorts: {} },
    ),
  );
  await work({ front, stack, set: (next) => (record = next) });
}

describe('the front', () => {
  it('passes requests on to wherever it runs, under the name that it has there, and keeps redirects at its own', () =>
    withFront(async ({ front, stack, set }) => {
      const { url } = await provider(stack, 'one');
      set(recordOf('ready', url));
      const answer = await ask(front, '/a?b=c');
      expect(answer.body).toBe(`one GET /a?b=c as ${new URL(url).host} for shop.localhost`);
      expect((await ask(front, '/away')).headers.location).toBe('http://shop.localhost/here?x=1');
      expect((await ask(front, '/', 'web.shop.localhost')).status).toBe(200);
      expect((await ask(front, '/', 'other.shop.localhost')).status).toBe(404);
      expect((await ask(front, '/', 'nothing.localhost')).status).toBe(404);
    }));

  it('holds a request while the deployment moves and answers it from the next provider', () =>
    withFront(async ({ front, stack, set }) => {
      const [one, two] = [await provider(stack, 'one'), await provider(stack, 'two')];
      set(recordOf('ready', one.url));
      one.server.closeAllConnections();
      one.server.close();
      const answer = ask(front);
      set(recordOf('ordering'));
      setTimeout(() => set(recordOf('ready', two.url)), 400);
      expect((await answer).body).toMatch(/^two GET/);
    }));

  it('says that it is moving where that takes longer', () =>
    withFront(async ({ front, set }) => {
      set(recordOf('ordering'));
      expect(await ask(front)).toMatchObject({ status: 503, headers: { 'retry-after': '2' } });
    }));

  it('carries upgraded connections and raw ports', () =>
    withFront(async ({ front, stack, set }) => {
      const { url } = await provider(stack, 'one');
      const echo = createTcpServer((socket) => socket.pipe(socket)).listen(0, '127.0.0.1');
      await once(echo, 'listening');
      stack.defer(() => void echo.close());
      const ports = [{ host: '127.0.0.1', externalPort: (echo.address() as AddressInfo).port, port: 5432 }];
      const record = recordOf('ready', url, ports);
      set(record);
      await front.serve([record]);
      const raw = connect(front.rawPorts()['shop/web/5432'] ?? 0, '127.0.0.1');
      raw.write('ping');
      expect(String((await once(raw, 'data'))[0])).toBe('ping');
      raw.destroy();
      const upgraded = connect(front.port, '127.0.0.1');
      upgraded.write(
        'GET /ws HTTP/1.1\r\nhost: shop.localhost\r\nupgrade: echo\r\nconnection: upgrade\r\n\r\n',
      );
      expect(String((await once(upgraded, 'data'))[0])).toMatch(/^HTTP\/1\.1 101/);
      upgraded.write('hello');
      expect(String((await once(upgraded, 'data'))[0])).toBe('hello');
      upgraded.destroy();
    }));
});
