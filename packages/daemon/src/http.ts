import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { serve } from '@hono/node-server';
import { Fault } from '@souk/protocol';
import type { Hono } from 'hono';

export interface HttpServer extends AsyncDisposable {
  readonly host: string;
  readonly port: number;
  readonly url: string;
}

/** Serve a hono app. Port 0 takes any free one. Throws `daemon.port-taken`. */
export async function startHttp(
  app: Hono,
  options: { readonly host: string; readonly port: number },
): Promise<HttpServer> {
  const server = serve({ fetch: app.fetch, hostname: options.host, port: options.port }) as Server;
  await new Promise<void>((resolve, reject) => {
    server.once('listening', resolve);
    server.once('error', (error: NodeJS.ErrnoException) => reject(portTaken(options, error)));
  });
  const { port } = server.address() as AddressInfo;
  return {
    host: options.host,
    port,
    url: `http://${options.host}:${port}`,
    [Symbol.asyncDispose]: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

function portTaken(options: { host: string; port: number }, cause: NodeJS.ErrnoException): Fault {
  return new Fault('daemon.port-taken', `can't listen on ${options.host}:${options.port}: ${cause.message}`, {
    blame: 'user',
    data: options,
    remedy: 'stop what uses the port, or choose another one (0 takes any free port)',
    cause,
  });
}
