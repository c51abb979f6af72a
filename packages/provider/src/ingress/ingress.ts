/**
 * The way in from outside: HTTP by host name, and raw TCP on ports of a range. It knows leases only as routes, dials
 * through the driver, and says in its error pages what state a lease is in. It must never let one lease answer under
 * another's name.
 */
import { createServer, type IncomingMessage, type Server } from 'node:http';
import {
  type AddressInfo,
  createServer as createTcpServer,
  type Server as TcpServer,
  type Socket,
} from 'node:net';
import { Fault, type LeaseId } from '@souk/protocol';
import type { ProviderConfig } from '../config.ts';
import { createInFlight, type InFlight } from './in-flight.ts';
import type { Front, Secure } from './https/secure.ts';
import { attachProxy, dialTarget, type ProxyDeps } from './proxy.ts';
import { allOf, createRoutes, isRawPort, type Served, type Target } from './routes.ts';

export interface PortMapping {
  readonly service: string;
  readonly port: number;
  readonly externalPort: number;
}

export interface Ingress extends AsyncDisposable {
  /** `wanted`: ports it had before a restart. Serving again what is served changes nothing. */
  serve(
    lease: LeaseId,
    served: readonly Served[],
    wanted: readonly PortMapping[],
  ): Promise<{ readonly ports: readonly PortMapping[]; readonly taken: readonly string[] }>;
  /** Resolves once nothing is under way to replicas that are not served, or at the signal. */
  drained(lease: LeaseId, signal: AbortSignal): Promise<void>;
  withdraw(lease: LeaseId): Promise<void>;
  urlsOf(lease: LeaseId): readonly { readonly service: string; readonly url: string }[];
  portsOf(lease: LeaseId): readonly PortMapping[];
  /** What keeps its own domains from HTTPS. */
  warningsOf(lease: LeaseId): readonly string[];
  readonly url: string;
  /** That it listens on. */
  readonly port: number;
}

export interface IngressDeps extends ProxyDeps {
  /** That it listened on before: taken again where any will do. */
  readonly lastPort: number | undefined;
  /** HTTPS, where it is offered. */
  readonly startSecure?: (front: Front) => Promise<Secure>;
}

interface Listener {
  readonly mapping: PortMapping;
  readonly server: TcpServer;
  readonly close: () => Promise<void>;
}

const maxConnections = 4096;
const maxConnectionsPerPort = 1024;

/** Throws `ingress.port-taken` where the HTTP port can't be listened on. */
export async function startIngress(given: IngressDeps, config: ProviderConfig): Promise<Ingress> {
  const inFlight = createInFlight();
  const deps = { ...given, inFlight };
  const routes = createRoutes(config.domain);
  const listeners = new Map<LeaseId, Listener[]>();
  const serving = new Map<LeaseId, readonly Served[]>();
  const server = createServer({ requestTimeout: 0, headersTimeout: 30_000, maxHeaderSize: 32 * 1024 });
  server.maxConnections = maxConnections;
  const late: { secure?: Secure } = {};
  const before = (request: IncomingMessage) => late.secure?.before(request);
  attachProxy(server, routes, { ...deps, before });
  await listenAgain(server, deps.lastPort, config);
  const { port } = server.address() as AddressInfo;
  const attach: Front['attach'] = (other) => attachProxy(other, routes, { ...deps, before });
  const secure = await given.startSecure?.({ routes, attach }).catch((error: unknown) => {
    server.close();
    throw error;
  });
  if (secure) late.secure = secure;
  const publicPort = config.publicPort || port;
  const urlOf = (host: string) => `http://${host}${publicPort === 80 ? '' : `:${publicPort}`}`;

  const openPort = async (
    lease: LeaseId,
    wish: Omit<PortMapping, 'externalPort'>,
    before: number | undefined,
  ) => {
    const inUse = new Set([...listeners.values()].flat().map((listener) => listener.mapping.externalPort));
    const range = Array.from(
      { length: config.portTo - config.portFrom + 1 },
      (_, index) => config.portFrom + index,
    );
    for (const externalPort of before === undefined ? range : [before, ...range]) {
      if (inUse.has(externalPort)) continue;
      const target = () => rawTarget(serving.get(lease) ?? [], wish);
      const listener = await listenRaw(
        { ...deps, target },
        lease,
        { ...wish, externalPort },
        config.ingressHost,
      );
      if (listener) return listener;
    }
    throw new Fault('ingress.no-ports', `no free port from ${config.portFrom} to ${config.portTo}`, {
      blame: 'self',
    });
  };

  const withdraw = async (lease: LeaseId) => {
    routes.remove(lease);
    serving.delete(lease);
    const open = listeners.get(lease) ?? [];
    listeners.delete(lease);
    await Promise.all(open.map((listener) => listener.close()));
  };

  return {
    url: urlOf(config.domain),
    port,
    async serve(lease, served, wanted) {
      const { taken } = routes.set(lease, served);
      serving.set(lease, served);
      const wishes = rawPortsOf(served);
      const open = listeners.get(lease) ?? [];
      const stale = open.filter(({ mapping }) => !wishes.some((wish) => isSamePort(mapping, wish)));
      const kept = open.filter((listener) => !stale.includes(listener));
      listeners.set(lease, kept);
      await Promise.all(stale.map((listener) => listener.close()));
      for (const wish of wishes) {
        const isIt = (mapping: PortMapping) => isSamePort(mapping, wish);
        if (kept.some((listener) => isIt(listener.mapping))) continue;
        kept.push(await openPort(lease, wish, wanted.find(isIt)?.externalPort));
      }
      return { ports: kept.map((listener) => listener.mapping), taken };
    },
    drained: (lease, signal) => {
      const takers = (serving.get(lease) ?? []).map(({ group, replicasOf = allOf(group) }) => replicasOf);
      const stays = (service: string, replica: number) => takers.some((of) => of(service).includes(replica));
      return inFlight.drained(lease, stays, signal);
    },
    withdraw,
    urlsOf(lease) {
      const hosts = routes.hostsOf(lease);
      const plain = hosts.map(({ service, host }) => ({ service, url: urlOf(host) }));
      const safe = hosts.flatMap(({ service, host }) => {
        const url = secure?.urlOf(lease, host);
        return url === undefined ? [] : [{ service, url }];
      });
      return [...plain, ...safe];
    },
    warningsOf: (lease) => secure?.warningsOf(lease) ?? [],
    portsOf: (lease) => (listeners.get(lease) ?? []).map((listener) => listener.mapping),
    async [Symbol.asyncDispose]() {
      await secure?.[Symbol.asyncDispose]();
      await Promise.all([...listeners.keys()].map((lease) => withdraw(lease)));
      server.closeAllConnections();
      await new Promise<void>((resolve) => server.close(() => resolve()));
    },
  };
}

async function listenAgain(
  server: Server,
  lastPort: number | undefined,
  config: ProviderConfig,
): Promise<void> {
  const { ingressHost: host, ingressPort: port } = config;
  if (port !== 0 || lastPort === undefined) return listen(server, host, port);
  await listen(server, host, lastPort).catch(() => listen(server, host, 0));
}

function listen(server: Server, host: string, port: number): Promise<void> {
  return new Promise((resolve, reject) => {
    const fail = (cause: Error) =>
      reject(
        new Fault('ingress.port-taken', `the ingress can't listen on ${host}:${port}: ${cause.message}`, {
          blame: 'user',
          remedy: 'stop what uses the port, or set provider.ingressPort (0 takes any free port)',
          cause,
        }),
      );
    server.once('error', fail);
    server.listen(port, host, () => {
      server.off('error', fail);
      resolve();
    });
  });
}

type RawPort = Omit<PortMapping, 'externalPort'>;

function isSamePort(mapping: PortMapping, wish: RawPort): boolean {
  return mapping.service === wish.service && mapping.port === wish.port;
}

/** Each once, whichever version asks for it. */
function rawPortsOf(served: readonly Served[]): readonly RawPort[] {
  const all = served.flatMap(({ group }) =>
    group.services.flatMap(({ name, expose }) =>
      (expose ?? []).filter(isRawPort).map(({ port }) => ({ service: name, port })),
    ),
  );
  return [...new Map(all.map((wish) => [`${wish.service} ${wish.port}`, wish])).values()];
}

/** The first replica that takes requests, of the versions that have the port: a raw port is not spread over several. */
function rawTarget(served: readonly Served[], { service, port }: RawPort): Target | undefined {
  const replicas = served
    .filter((one) => rawPortsOf([one]).some((other) => other.service === service && other.port === port))
    .flatMap(({ group, replicasOf = allOf(group) }) => replicasOf(service));
  return replicas.length === 0 ? undefined : { replica: Math.min(...replicas), port };
}

interface RawDeps extends IngressDeps {
  readonly inFlight: InFlight;
  readonly target: () => Target | undefined;
}

async function dialRaw(deps: RawDeps, lease: LeaseId, service: string): Promise<Socket> {
  const target = deps.target();
  if (target) return dialTarget(deps, lease, service, target);
  throw new Fault('ingress.unreachable', 'no replica takes connections now', { blame: 'self', retry: true });
}

/** Undefined where something else has the port. */
function listenRaw(
  deps: RawDeps,
  lease: LeaseId,
  mapping: PortMapping,
  host: string,
): Promise<Listener | undefined> {
  const sockets = new Set<{ destroy(): unknown }>();
  const server = createTcpServer({ allowHalfOpen: true }, (client) => {
    sockets.add(client);
    client.on('error', () => client.destroy()).on('close', () => sockets.delete(client));
    dialRaw(deps, lease, mapping.service)
      .then((upstream) => {
        sockets.add(upstream);
        upstream.on('error', () => client.destroy()).on('close', () => sockets.delete(upstream));
        client.on('close', () => upstream.destroy());
        if (client.destroyed) upstream.destroy();
        client.pipe(upstream).pipe(client);
      })
      .catch(() => {
        client.destroy();
        deps.onTrouble(lease);
      });
  });
  server.maxConnections = maxConnectionsPerPort;
  const close = () =>
    new Promise<void>((resolve) => {
      for (const socket of sockets) socket.destroy();
      server.close(() => resolve());
    });
  return new Promise((resolve) => {
    server.once('error', () => resolve(undefined));
    server.listen(mapping.externalPort, host, () => resolve({ mapping, server, close }));
  });
}
