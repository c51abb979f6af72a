/** Which host name leads to which service. Pure bookkeeping; the first lease to take a name keeps it. */
import type { LeaseId, ManifestExpose, ManifestGroup } from '@souk/protocol';

export interface Route {
  readonly lease: LeaseId;
  readonly service: string;
  readonly targets: readonly Target[];
  readonly options: ManifestExpose['httpOptions'];
}

export interface Target {
  readonly replica: number;
  readonly port: number;
}

/** A version of a lease's workload, and which of its replicas take requests: all, where it says nothing. */
export interface Served {
  readonly group: ManifestGroup;
  readonly replicasOf?: (service: string) => readonly number[];
}

export interface Routes {
  /** All of a lease's names, instead of those before. `taken`: custom names that it does not get. */
  set(lease: LeaseId, served: readonly Served[]): { readonly taken: readonly string[] };
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

/** Which replicas a group asks for. */
export function allOf(group: ManifestGroup): (service: string) => readonly number[] {
  const counts = new Map(group.services.map(({ name, count }) => [name, count]));
  return (service) => Array.from({ length: counts.get(service) ?? 0 }, (_, replica) => replica);
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
    set(lease, served) {
      const taken = new Set<string>();
      const before = new Map([...routes].filter(([, route]) => route.lease === lease));
      const named = new Map<string, Route>();
      const name = (host: string, route: Route) => {
        const targets = [...(named.get(host)?.targets ?? []), ...route.targets];
        named.set(host, { ...route, targets });
      };
      for (const { group, replicasOf = allOf(group) } of served) {
        for (const service of group.services) {
          for (const expose of service.expose ?? []) {
            if (!isHttp(expose)) continue;
            const { httpOptions: options, port } = expose;
            const targets = replicasOf(service.name).map((replica) => ({ replica, port }));
            const route = { lease, service: service.name, targets, options };
            name(ownHost(lease, service.name), route);
            for (const custom of expose.hosts ?? []) {
              const host = custom.toLowerCase();
              const isOurs = host === domain || host.endsWith(`.${domain}`);
              const holder = routes.get(host);
              if (isOurs || (holder && holder.lease !== lease)) taken.add(custom);
              else name(host, route);
            }
          }
        }
      }
      for (const host of before.keys()) if (!named.has(host)) routes.delete(host);
      for (const [host, route] of named) routes.set(host, route);
      return { taken: [...taken] };
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
