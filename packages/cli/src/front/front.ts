/**
 * Stable addresses for deployments: one HTTP listener on this machine that passes requests on to wherever each runs
 * now, and holds them for some seconds while it moves. It knows records only; it must never lead to anything that is
 * not in one. `souk watch` runs it.
 */
import { createServer, type IncomingMessage, request as httpRequest, type ServerResponse } from 'node:http';
import { type AddressInfo, createServer as createTcpServer, type Server, type Socket } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Log } from '@souk/protocol';
import { forwardedHeaders, pathOf, responseHeaders } from '@souk/provider';
import type { Deployment } from '@souk/tenant';
import { dial } from './dial.ts';
import { locate, rawPlacesOf, readFrontName, type RawPlace, type Whereabouts } from './names.ts';
import { pageOf } from './pages.ts';

export interface FrontDeps {
  /** The record as it is now; called for every request. */
  readonly record: (name: string) => Promise<Deployment | undefined>;
  readonly log: Log;
}

export interface FrontConfig {
  readonly host: string;
  /** Another free one where this is taken. */
  readonly port: number;
  readonly domains: readonly string[];
  /** How long a request waits for a deployment that moves. */
  readonly holdMs: number;
  /** Local ports that raw TCP ports had before, by their key. */
  readonly rawPorts: Readonly<Record<string, number>>;
}

export interface Front extends AsyncDisposable {
  readonly port: number;
  /** Raw ports follow what the records say. */
  serve(records: readonly Deployment[]): Promise<void>;
  /** Local port by key. */
  rawPorts(): Readonly<Record<string, number>>;
}

const lookAgainMs = 250;
const maxConnections = 1024;

type Reached = { readonly socket: Socket; readonly url: URL } | { readonly failed: Whereabouts };

export async function startFront(deps: FrontDeps, config: FrontConfig): Promise<Front> {
  const sockets = new Set<{ destroy(): unknown }>();
  const track = <T extends Socket>(socket: T): T => {
    sockets.add(socket);
    socket.on('error', () => socket.destroy()).once('close', () => sockets.delete(socket));
    return socket;
  };

  /** A connection to where the name is served now, or in a moment. */
  const reach = async (
    find: () => Promise<Whereabouts>,
    until: number,
    isGone: () => boolean,
  ): Promise<Reached> => {
    for (;;) {
      const at = await find();
      if (at.is === 'closed' || at.is === 'without-web') return { failed: at };
      try {
        if (at.is === 'up') return { socket: track(await dial(at.url)), url: at.url };
      } catch (error) {
        deps.log.debug('a provider does not take a connection', {
          host: at.is === 'up' ? at.url.host : '',
          error,
        });
      }
      if (performance.now() >= until || isGone()) return { failed: { is: 'moving' } };
      await sleep(lookAgainMs);
    }
  };

  const whereaboutsOf = (host: string) => {
    const front = readFrontName(host, config.domains);
    return async (): Promise<Whereabouts> =>
      front ? locate(await deps.record(front.name).catch(() => undefined), front.service) : { is: 'closed' };
  };

  const proxy = async (
    request: IncomingMessage,
    response: ServerResponse,
    until = performance.now() + config.holdMs,
  ): Promise<void> => {
    const find = whereaboutsOf(request.headers.host ?? '');
    const reached = await reach(find, until, () => response.destroyed);
    if ('failed' in reached) return answer(response, reached.failed);
    const { socket, url } = reached;
    if (response.destroyed) return void socket.destroy();
    const upstream = httpRequest({
      createConnection: () => socket,
      method: request.method ?? 'GET',
      path: pathOf(request),
      headers: { ...forwardedHeaders(request), host: url.host },
      setHost: false,
    });
    const leave = () => upstream.destroy();
    response.once('close', leave);
    upstream.once('close', () => response.off('close', leave));
    upstream.once('error', () => {
      if (response.headersSent) return void response.destroy();
      // Broken off by a provider that died: what changes nothing is asked again where it runs next.
      if (!isRepeatable(request)) return answer(response, { is: 'moving' });
      const again = () => proxy(request, response, until);
      sleep(lookAgainMs)
        .then(again)
        .catch(() => response.destroy());
    });
    upstream.once('response', (from) => {
      response.writeHead(
        from.statusCode ?? 502,
        from.statusMessage,
        ownLocation(responseHeaders(from), url, request),
      );
      from.pipe(response);
      from.once('error', () => response.destroy());
    });
    request.pipe(upstream);
  };

  const upgrade = async (request: IncomingMessage, client: Socket, head: Buffer): Promise<void> => {
    track(client).setTimeout(0);
    const reached = await reach(
      whereaboutsOf(request.headers.host ?? ''),
      performance.now() + config.holdMs,
      () => client.destroyed,
    );
    if ('failed' in reached) {
      const status = reached.failed.is === 'moving' ? '503 Service Unavailable' : '404 Not Found';
      return void client.end(`HTTP/1.1 ${status}\r\nconnection: close\r\n\r\n`);
    }
    const { socket, url } = reached;
    const lines = [`${request.method} ${pathOf(request)} HTTP/1.1`, `host: ${url.host}`];
    for (let index = 0; index + 1 < request.rawHeaders.length; index += 2) {
      const name = request.rawHeaders[index] ?? '';
      if (name.toLowerCase() !== 'host') lines.push(`${name}: ${request.rawHeaders[index + 1]}`);
    }
    socket.write(`${lines.join('\r\n')}\r\n\r\n`);
    socket.write(head);
    join(client, socket);
  };

  const server = createServer({ requestTimeout: 0, headersTimeout: 30_000 });
  server.maxConnections = maxConnections;
  server.on('request', (request: IncomingMessage, response: ServerResponse) => {
    void proxy(request, response).catch(() => response.destroy());
  });
  server.on('upgrade', (request: IncomingMessage, socket: Socket, head: Buffer) => {
    void upgrade(request, socket, head).catch(() => socket.destroy());
  });
  const port = await listen(server, config.host, config.port);
  const raw = createRawPorts(track, config);
  return {
    port,
    serve: (records) => raw.serve(records.flatMap(rawPlacesOf)),
    rawPorts: () => raw.ports(),
    [Symbol.asyncDispose]: async () => {
      for (const socket of sockets) socket.destroy();
      server.closeAllConnections();
      await Promise.all([close(server), raw.close()]);
    },
  };
}

/** Without a body, and without effect by its method's promise (RFC 9110 §9.2.1). */
function isRepeatable({ method, headers }: IncomingMessage): boolean {
  const isSafe = method === 'GET' || method === 'HEAD' || method === 'OPTIONS';
  return isSafe && headers['content-length'] === undefined && headers['transfer-encoding'] === undefined;
}

function answer(response: ServerResponse, at: Whereabouts): void {
  const { status, body } = pageOf(at);
  const retry = status === 503 ? { 'retry-after': '2' } : {};
  response.writeHead(status, { 'content-type': 'text/html; charset=utf-8', connection: 'close', ...retry });
  response.end(body);
}

/** A redirect to the provider's own name leads to the stable one instead. */
function ownLocation(headers: readonly string[], url: URL, request: IncomingMessage): string[] {
  return headers.map((value, index) => {
    const isLocation = index % 2 === 1 && headers[index - 1]?.toLowerCase() === 'location';
    if (!isLocation || !URL.canParse(value) || new URL(value).host !== url.host) return value;
    return `http://${request.headers.host ?? ''}${value.slice(new URL(value).origin.length)}`;
  });
}

function join(client: Socket, upstream: Socket): void {
  if (client.destroyed) return void upstream.destroy();
  client.once('close', () => upstream.destroy());
  upstream.once('close', () => client.destroy());
  client.pipe(upstream).pipe(client);
}

function createRawPorts(track: <T extends Socket>(socket: T) => T, config: FrontConfig) {
  const remembered = new Map(Object.entries(config.rawPorts));
  const open = new Map<string, { place: RawPlace; readonly server: Server }>();

  async function openPort(place: RawPlace): Promise<void> {
    const server = createTcpServer({ allowHalfOpen: true }, (client) => {
      track(client);
      const at = open.get(place.key)?.place ?? place;
      dial(new URL(`tcp://${at.host}:${at.externalPort}`)).then(
        (upstream) => join(client, track(upstream)),
        () => client.destroy(),
      );
    });
    const entry = { place, server };
    open.set(place.key, entry);
    remembered.set(place.key, await listen(server, config.host, remembered.get(place.key) ?? 0));
  }

  return {
    ports: () => Object.fromEntries(remembered),
    serve: async (places: readonly RawPlace[]) => {
      for (const place of places) {
        const entry = open.get(place.key);
        if (entry) entry.place = place;
        else await openPort(place);
      }
    },
    close: async () => {
      await Promise.all([...open.values()].map(({ server }) => close(server)));
    },
  };
}

/** On the wanted port, or on any other where that is taken. Throws where there is none at all. */
function listen(server: Server, host: string, port: number): Promise<number> {
  return new Promise((resolve, reject) => {
    server.once('error', (error) => {
      if (port === 0) return reject(error);
      listen(server, host, 0).then(resolve, reject);
    });
    server.listen(port, host, () => resolve((server.address() as AddressInfo).port));
  });
}

function close(server: Server): Promise<void> {
  return new Promise((resolve) => server.close(() => resolve()));
}
