/** HTTP from outside to a replica: streamed both ways, within the limits of the service's http_options, upgrades too. */
import {
  type ClientRequest,
  type IncomingMessage,
  request as httpRequest,
  type Server,
  type ServerResponse,
  STATUS_CODES,
} from 'node:http';
import type { Socket } from 'node:net';
import { Fault, type LeaseId, type LeasePhase, type Log } from '@souk/protocol';
import type { Driver } from '../drivers/driver.ts';
import type { ProviderMetrics } from '../metrics.ts';
import { connect } from './connect.ts';
import { forwarded, forwardedHeaders, pathOf, responseHeaders } from './headers.ts';
import type { InFlight } from './in-flight.ts';
import { pageOf } from './pages.ts';
import type { Route, Routes, Target } from './routes.ts';

const defaultReadTimeoutMs = 60_000;

export interface ProxyDeps {
  readonly driver: Pick<Driver, 'dial'>;
  readonly phaseOf: (lease: LeaseId) => LeasePhase | undefined;
  /** A workload that should run could not be reached. */
  readonly onTrouble: (lease: LeaseId) => void;
  readonly log: Log;
  readonly metrics: ProviderMetrics;
}

/** An answer of the ingress's own, before any workload is asked. */
export interface Prior {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

export function attachProxy(
  server: Pick<Server, 'on'>,
  routes: Routes,
  deps: ProxyDeps & {
    readonly inFlight: InFlight;
    readonly before?: (request: IncomingMessage) => Prior | undefined;
  },
): void {
  const turns = new WeakMap<Route, number>();
  const nextTarget = (route: Route): Target => {
    const turn = ((turns.get(route) ?? -1) + 1) % route.targets.length;
    turns.set(route, turn);
    const target = route.targets[turn];
    if (target) return target;
    throw new Fault('ingress.unreachable', 'no replica takes requests now', { blame: 'self', retry: true });
  };

  /** A connection to some replica; the next one where `http_options` say so. */
  const reach = async (route: Route): Promise<Socket> => {
    const { nextTries, nextCases } = route.options;
    const mayTryNext = nextCases === null || nextCases.includes('error');
    const { length } = route.targets;
    const tries = mayTryNext ? Math.min(nextTries > 0 ? nextTries : length, length) : 1;
    for (let left = tries; ; left -= 1) {
      try {
        return await dialTarget(deps, route.lease, route.service, nextTarget(route));
      } catch (error) {
        if (left <= 1) throw error;
      }
    }
  };

  const answer = (response: ServerResponse, status: number, route: Route | undefined) => {
    deps.metrics.ingressRequests.inc({ status: `${status}` });
    if (response.headersSent) return void response.destroy();
    const phase = route && deps.phaseOf(route.lease);
    response.writeHead(status, {
      'content-type': 'text/html; charset=utf-8',
      connection: 'close',
      ...(status === 503 ? { 'retry-after': '2' } : {}),
    });
    response.end(pageOf(status, phase));
  };

  const unreachable = (response: ServerResponse, route: Route) => {
    deps.onTrouble(route.lease);
    const phase = deps.phaseOf(route.lease);
    answer(response, phase === 'running' || phase === 'ready' ? 502 : 503, route);
  };

  const proxy = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const prior = deps.before?.(request);
    if (prior) return void response.writeHead(prior.status, prior.headers).end(prior.body);
    const route = routes.find(request.headers.host ?? '');
    if (!route) return answer(response, 404, undefined);
    const maxBody = route.options.maxBodySize > 0 ? route.options.maxBodySize : Number.POSITIVE_INFINITY;
    if (Number(request.headers['content-length'] ?? 0) > maxBody) return answer(response, 413, route);
    let socket: Socket;
    try {
      socket = await reach(route);
    } catch {
      return unreachable(response, route);
    }
    if (response.destroyed) return void socket.destroy();
    const upstream = httpRequest({
      createConnection: () => socket,
      method: request.method ?? 'GET',
      path: pathOf(request),
      headers: forwardedHeaders(request),
      setHost: false,
    });
    response.once('close', () => upstream.destroy());
    upstream.setTimeout(
      route.options.readTimeout > 0 ? route.options.readTimeout : defaultReadTimeoutMs,
      () => {
        answer(response, 504, route);
        upstream.destroy();
      },
    );
    upstream.once('error', () => {
      if (!response.destroyed && !response.writableEnded) answer(response, 502, route);
    });
    upstream.once('response', (from) => {
      deps.metrics.ingressRequests.inc({ status: `${from.statusCode}` });
      response.writeHead(from.statusCode ?? 502, from.statusMessage, responseHeaders(from));
      from.pipe(response);
      from.once('error', () => response.destroy());
      from.once('aborted', () => response.destroy());
    });
    sendBody(request, upstream, maxBody, () => {
      answer(response, 413, route);
      upstream.destroy();
    });
  };

  const upgrade = async (request: IncomingMessage, client: Socket, head: Buffer): Promise<void> => {
    client.on('error', () => client.destroy());
    const prior = deps.before?.(request);
    if (prior)
      return void client.end(
        `HTTP/1.1 ${prior.status} ${STATUS_CODES[prior.status]}\r\nconnection: close\r\n\r\n`,
      );
    const route = routes.find(request.headers.host ?? '');
    if (!route) return void client.end('HTTP/1.1 404 Not Found\r\nconnection: close\r\n\r\n');
    let upstream: Socket;
    try {
      upstream = await reach(route);
    } catch {
      deps.onTrouble(route.lease);
      return void client.end('HTTP/1.1 503 Service Unavailable\r\nconnection: close\r\n\r\n');
    }
    if (client.destroyed) return void upstream.destroy();
    upstream.on('error', () => client.destroy()).on('close', () => client.destroy());
    client.on('close', () => upstream.destroy());
    client.setTimeout(0);
    const lines = [`${request.method} ${pathOf(request)} HTTP/1.1`];
    for (let index = 0; index + 1 < request.rawHeaders.length; index += 2) {
      if (/^x-forwarded-/i.test(request.rawHeaders[index] ?? '')) continue;
      lines.push(`${request.rawHeaders[index]}: ${request.rawHeaders[index + 1]}`);
    }
    for (const [name, value] of Object.entries(forwarded(request))) lines.push(`${name}: ${value}`);
    upstream.write(`${lines.join('\r\n')}\r\n\r\n`);
    upstream.write(head);
    client.pipe(upstream).pipe(client);
  };

  server.on('request', (request: IncomingMessage, response: ServerResponse) => {
    void proxy(request, response).catch(() => response.destroy());
  });
  server.on('upgrade', (request: IncomingMessage, socket: Socket, head: Buffer) => {
    void upgrade(request, socket, head).catch(() => socket.destroy());
  });
}

/** Counted from before it is dialled until it is closed. */
export async function dialTarget(
  { driver, inFlight }: Pick<ProxyDeps, 'driver'> & { readonly inFlight: InFlight },
  lease: LeaseId,
  service: string,
  { replica, port }: Target,
): Promise<Socket> {
  const leave = inFlight.enter(lease, service, replica);
  try {
    const socket = await connect(await driver.dial(lease, service, replica, port));
    return socket.once('close', leave);
  } catch (error) {
    leave();
    throw error;
  }
}

function sendBody(
  request: IncomingMessage,
  upstream: ClientRequest,
  limit: number,
  onTooLarge: () => void,
): void {
  let seen = 0;
  request.on('data', (chunk: Buffer) => {
    seen += chunk.length;
    if (seen <= limit) return;
    request.unpipe(upstream);
    request.pause();
    onTooLarge();
  });
  request.once('aborted', () => upstream.destroy());
  request.pipe(upstream);
}
