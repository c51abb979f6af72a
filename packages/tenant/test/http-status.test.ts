import { createServer } from 'node:http';
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { expect, it } from 'vitest';
import { getStatus } from '../src/watch/http-status.ts';

async function serve(): Promise<AsyncDisposable & { readonly port: number; readonly hosts: string[] }> {
  const hosts: string[] = [];
  const server = createServer((request, response) => {
    hosts.push(request.headers.host ?? '');
    response.writeHead(request.url === '/moved' ? 302 : 204, { location: '/elsewhere' }).end();
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  return { port, hosts, [Symbol.asyncDispose]: async () => void server.close() };
}

it('asks a name under .localhost on this machine, whatever the resolver knows', async () => {
  await using server = await serve();
  const signal = AbortSignal.timeout(5_000);
  expect(await getStatus(`http://web.localhost:${server.port}/`, signal)).toBe(204);
  expect(await getStatus(`http://127.0.0.1:${server.port}/moved`, signal)).toBe(302);
  expect(server.hosts).toEqual([`web.localhost:${server.port}`, `127.0.0.1:${server.port}`]);
});

it('throws where nothing answers, and when it is told to stop', async () => {
  const port = await serve().then(async (server) => {
    await server[Symbol.asyncDispose]();
    return server.port;
  });
  await expect(getStatus(`http://web.localhost:${port}/`, AbortSignal.timeout(5_000))).rejects.toThrow(
    'ECONNREFUSED',
  );
  await expect(getStatus(`http://web.localhost:${port}/`, AbortSignal.abort())).rejects.toThrow('aborted');
});
