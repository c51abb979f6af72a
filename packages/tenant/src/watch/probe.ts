/**
 * Is a workload healthy? By each service's own probe; else by its first URL (through the provider's ingress, as a user
 * would come), else by connecting to its first TCP port through the provider, else by all its replicas running.
 */
import {
  forwardProtocol,
  type HealthProbe,
  type LeaseStatus,
  type ServiceStatus,
  toFault,
} from '@souk/protocol';
import type { Context } from '../context.ts';
import { chosenBid, type Lot } from '../leases/lot.ts';
import { encodeText, readAnswer } from '../sessions/frames.ts';

export type Health = { readonly isHealthy: true } | { readonly isHealthy: false; readonly detail: string };

const healthy: Health = { isHealthy: true };

export async function probeLease(
  context: Context,
  lot: Lot,
  status: LeaseStatus,
  signal: AbortSignal,
): Promise<Health> {
  if (status.services.length === 0) return sick('the provider lists no service');
  const all = await Promise.all(
    status.services.map((service) => probeService(context, lot, service, signal)),
  );
  return all.find((one) => !one.isHealthy) ?? healthy;
}

/** Names, URLs and ports are the provider's word: only names that the record itself holds have own probes. */
function probeService(
  context: Context,
  lot: Lot,
  service: ServiceStatus,
  signal: AbortSignal,
): Promise<Health> {
  if (service.running < service.wanted) {
    return Promise.resolve(sick(`${service.name}: ${service.running} of ${service.wanted} replicas run`));
  }
  const url = service.urls[0];
  const { probes } = lot.group;
  const own: HealthProbe | undefined = Object.hasOwn(probes, service.name) ? probes[service.name] : undefined;
  const { agentKey, watcherKey } = lot.group;
  // A close-only key opens no connection through the provider.
  const isDeaf = agentKey === watcherKey && (own?.kind === 'tcp' || url === undefined);
  if (isDeaf && !own && !service.health) return Promise.resolve(healthy);
  if (isDeaf || own?.kind === 'exec') return Promise.resolve(probedByProvider(service));
  if (own?.kind === 'tcp') return probePort(context, lot, { service: service.name, port: own.port }, signal);
  // Ended as its restart policy allows.
  if (!own && service.wanted === 0) return Promise.resolve(healthy);
  if (own && url !== undefined) return probeUrl(context, { url, path: own.path, below: 400 }, signal);
  if (own) return probePort(context, lot, { service: service.name, port: own.port, path: own.path }, signal);
  if (url !== undefined) return probeUrl(context, { url, path: '/', below: 500 }, signal);
  const port = service.ports.find((one) => one.proto === 'TCP')?.port;
  if (port !== undefined) return probePort(context, lot, { service: service.name, port }, signal);
  return Promise.resolve(healthy);
}

/** A command runs inside, where only the provider can: its word is all there is from here. */
function probedByProvider({ name, health }: ServiceStatus): Health {
  if (!health) return sick(`${name}: its provider has not run its health probe yet`);
  return health.isHealthy ? healthy : sick(`${name}: ${health.detail}`);
}

export interface UrlProbe {
  readonly url: string;
  readonly path: string;
  /** Statuses from here on are unhealthy. */
  readonly below: number;
}

export async function probeUrl(context: Context, probe: UrlProbe, signal: AbortSignal): Promise<Health> {
  const until = AbortSignal.any([signal, AbortSignal.timeout(context.config.probeTimeoutMs)]);
  try {
    const target = new URL(probe.path, probe.url);
    if (target.protocol !== 'http:' && target.protocol !== 'https:')
      return sick(`${probe.url} is no web address`);
    const status = await context.httpStatus(target.href, until);
    return status < probe.below ? healthy : sick(`${target.href} answers ${status}`);
  } catch (error) {
    signal.throwIfAborted();
    return sick(`${probe.url} does not answer: ${toFault(error, 'tenant.probe-failed', 'peer').message}`);
  }
}

interface PortProbe {
  readonly service: string;
  readonly port: number;
  /** Asked for over HTTP; left out, a connection is enough. */
  readonly path?: string;
}

async function probePort(
  context: Context,
  lot: Lot,
  { service, port, path }: PortProbe,
  signal: AbortSignal,
): Promise<Health> {
  const timeoutMs = context.config.probeTimeoutMs;
  const until = AbortSignal.any([signal, AbortSignal.timeout(timeoutMs)]);
  try {
    const opening = { lease: lot.group.lease, service, port };
    const { provider } = chosenBid(lot.group);
    await using stream = await lot.peer.openStream(provider, forwardProtocol, opening, { timeoutMs, signal });
    const stop = () => stream.abort(until.reason as Error);
    until.addEventListener('abort', stop, { once: true });
    const frames = stream[Symbol.asyncIterator]();
    await readAnswer(frames);
    if (path === undefined) return healthy;
    await stream.send(encodeText(`GET ${path} HTTP/1.0\r\nHost: ${service}\r\nConnection: close\r\n\r\n`));
    const first = await frames.next();
    const status = first.done ? undefined : statusOf(first.value);
    return status !== undefined && status < 400
      ? healthy
      : sick(`${service}:${port}${path} answers ${status}`);
  } catch (error) {
    signal.throwIfAborted();
    return sick(
      `${service}:${port} does not answer: ${toFault(error, 'tenant.probe-failed', 'peer').message}`,
    );
  }
}

/** Of an HTTP answer's first line; it is short, so it comes in one piece. */
function statusOf(bytes: Uint8Array): number | undefined {
  const line = new TextDecoder().decode(bytes.subarray(0, 32));
  const status = /^HTTP\/1\.[01] ([1-5][0-9]{2})/.exec(line)?.[1];
  return status === undefined ? undefined : Number(status);
}

function sick(detail: string): Health {
  return { isHealthy: false, detail };
}
