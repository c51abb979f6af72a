/**
 * Is a workload healthy? By each service's first URL where it has one (through the provider's ingress, as a user would
 * come), else by connecting to its first TCP port through the provider, else by all its replicas running.
 */
import { forwardProtocol, type LeaseStatus, type ServiceStatus, toFault } from '@souk/protocol';
import type { Context } from '../context.ts';
import { type DeploymentGroup, type Probe, probeSchema } from '../deployment.ts';
import { chosenBid, type Lot } from '../leases/lot.ts';
import { readAnswer } from '../sessions/frames.ts';

export type Health = { readonly isHealthy: true } | { readonly isHealthy: false; readonly detail: string };

const healthy: Health = { isHealthy: true };
const defaultProbe = probeSchema.parse({ path: '/' });

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

async function probeService(
  context: Context,
  lot: Lot,
  service: ServiceStatus,
  signal: AbortSignal,
): Promise<Health> {
  if (service.running < service.wanted) {
    return sick(`${service.name}: ${service.running} of ${service.wanted} replicas run`);
  }
  const url = service.urls[0];
  if (url !== undefined) {
    return probeUrl(context, url, probeOf(lot.group, service.name), signal);
  }
  const port = service.ports.find((one) => one.proto === 'TCP')?.port;
  if (port !== undefined) return probePort(context, lot, service.name, port, signal);
  return healthy;
}

export async function probeUrl(
  context: Context,
  url: string,
  probe: Probe,
  signal: AbortSignal,
): Promise<Health> {
  const until = AbortSignal.any([signal, AbortSignal.timeout(context.config.probeTimeoutMs)]);
  try {
    const target = new URL(probe.path, url);
    if (target.protocol !== 'http:' && target.protocol !== 'https:') return sick(`${url} is no web address`);
    const status = await context.httpStatus(target.href, until);
    if (status >= probe.minStatus && status <= probe.maxStatus) return healthy;
    return sick(`${target.href} answers ${status}`);
  } catch (error) {
    signal.throwIfAborted();
    return sick(`${url} does not answer: ${toFault(error, 'tenant.probe-failed', 'peer').message}`);
  }
}

async function probePort(
  context: Context,
  lot: Lot,
  service: string,
  port: number,
  signal: AbortSignal,
): Promise<Health> {
  try {
    const opening = { lease: lot.group.lease, service, port };
    await using stream = await lot.peer.openStream(chosenBid(lot.group).provider, forwardProtocol, opening, {
      timeoutMs: context.config.probeTimeoutMs,
      signal,
    });
    await readAnswer(stream[Symbol.asyncIterator]());
    return healthy;
  } catch (error) {
    signal.throwIfAborted();
    return sick(
      `${service}:${port} does not answer: ${toFault(error, 'tenant.probe-failed', 'peer').message}`,
    );
  }
}

/** Service names come from the provider: only names that the record itself holds count. */
function probeOf(group: DeploymentGroup, service: string): Probe {
  return (Object.hasOwn(group.probes, service) ? group.probes[service] : undefined) ?? defaultProbe;
}

function sick(detail: string): Health {
  return { isHealthy: false, detail };
}

/** The status of a GET, redirects not followed, the body not read. */
export async function getStatus(url: string, signal: AbortSignal): Promise<number> {
  const response = await fetch(url, { redirect: 'manual', signal });
  await response.body?.cancel();
  return response.status;
}
