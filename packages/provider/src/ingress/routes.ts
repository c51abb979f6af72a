/** Which host name leads to which service. Pure bookkeeping; the first lease to take a name keeps it. */
import type { LeaseId, ManifestExpose, ManifestGroup } from '@souk/protocol';

export interface Route {
  readonly lease: LeaseId;
  readonly service: string;
  readonly replicas: number;
  readonly port: number;
  readonly options: ManifestExpose['httpOptions'];
}

export interface Routes {
  /** Adds a lease's names. `taken`: custom names that it does not get. */
  add(lease: LeaseId, group: ManifestGroup): { readonly taken: readonly string[] };
  remove(lease: LeaseId): void;
  /** By a Host header's value. */
  find(host: string): Route | undefined;
  hostsOf(lease: LeaseId): readonly { readonly service: string; readonly host: string }[];
}

/** Public and on port 80: reached by name over HTTP. Every other public TCP port is a raw port. */
export function isHttp(expose: ManifestExpose): boolean {
  return expose.global && expose.proto === 'TCP' && (expose.externalPort || expose.port) === 80;
}

export function isRawPort(expose: ManifestExpose): boolean {
  return expose.global && expose.proto === 'TCP' && !isHttp(expose);
}

export function createRoutes(domain: string): Routes {
  const routes = new Map<string, Route>();
  const ownHost = (lease: LeaseId, service: string): string => {
    // Lease ids are hashes that a tenant can grind, so a short name may be somebody else's.
    for (let length = 8; length < lease.length; length += 8) {
      const host = `${service.toLowerCase()}-${lease.slice(2, 2 + length)}.${domain}`;
      const holder = routes.get(host);
      if (!holder || holder.lease === lease) return host;
    }
    return `${service.toLowerCase()}-${lease.slice(2)}.${domain}`;
  };
  return {
    add(lease, group) {
      const taken: string[] = [];
      for (const service of group.services) {
        for (const expose of service.expose ?? []) {
          if (!isHttp(expose)) continue;
          const { httpOptions: options, port } = expose;
          const route = { lease, service: service.name, replicas: service.count, port, options };
          routes.set(ownHost(lease, service.name), route);
          for (const custom of expose.hosts ?? []) {
            const host = custom.toLowerCase();
            const isOurs = host === domain || host.endsWith(`.${domain}`);
            const holder = routes.get(host);
            if (isOurs || (holder && holder.lease !== lease)) taken.push(custom);
            else routes.set(host, route);
          }
        }
      }
      return { taken };
    },
    remove(lease) {
      for (const [host, route] of routes) if (route.lease === lease) routes.delete(host);
    },
    find(host) {
      const name = host.startsWith('[') ? host : host.replace(/:[0-9]+$/, '');
      return routes.get(name.toLowerCase().replace(/\.$/, ''));
    },
    hostsOf: (lease) =>
      [...routes]
        .filter(([, route]) => route.lease === lease)
        .map(([host, route]) => ({ service: route.service, host })),
  };
}
