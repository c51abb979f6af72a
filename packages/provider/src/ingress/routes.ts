/**
 * Which host name leads to which service. Pure bookkeeping; the first lease to take a name keeps it, unless it is settled
 * otherwise, and the next one gets it after.
 */
import type { Hex, LeaseId, ManifestExpose, ManifestGroup } from '@souk/protocol';

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
  /** What its names are made of, so that they stay when it moves; the lease's id where it says nothing. */
  readonly deployment?: Hex;
  readonly replicasOf?: (service: string) => readonly number[];
}

export interface Routes {
  /** All of a lease's names, instead of those before. `taken`: custom names that it does not get. */
  set(lease: LeaseId, served: readonly Served[]): { readonly taken: readonly string[] };
  remove(lease: LeaseId): void;
  /** By a Host header's value. */
  find(host: string): Route | undefined;
  /** Custom names, and which leases want them, in the order in which they came. */
  claims(): ReadonlyMap<string, readonly LeaseId[]>;
  /** Give a custom name to one of those who want it; undefined: to the first. */
  settle(host: string, lease: LeaseId | undefined): void;
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

/** A Host header's name, without its port. */
export function hostName(host: string): string {
  const name = host.startsWith('[') ? host : host.replace(/:[0-9]+$/, '');
  return name.toLowerCase().replace(/\.$/, '');
}

export function createRoutes(domain: string): Routes {
  /** Names of our own domain, and custom ones with all that want them. */
  const routes = new Map<string, Route>();
  const claims = new Map<string, Map<LeaseId, Route>>();
  const settled = new Map<string, LeaseId>();
  const holderOf = (host: string): Route | undefined => {
    const routesOf = claims.get(host);
    const chosen = settled.get(host);
    return (chosen && routesOf?.get(chosen)) ?? routesOf?.values().next().value;
  };
  const drop = (host: string, lease: LeaseId) => {
    const routesOf = claims.get(host);
    routesOf?.delete(lease);
    if (routesOf?.size !== 0) return;
    claims.delete(host);
    settled.delete(host);
  };
  const ownHost = (lease: LeaseId, service: string, deployment: Hex): string => {
    // A tenant can grind or make up ids, so a short name may be somebody else's, and so may a long one.
    for (const id of [deployment, lease]) {
      for (let length = 8; length < id.length; length += 8) {
        const host = `${service.toLowerCase()}-${id.slice(2, 2 + length)}.${domain}`;
        const holder = routes.get(host);
        if (!holder || holder.lease === lease) return host;
      }
    }
    return `${service.toLowerCase()}-${lease.slice(2)}.${domain}`;
  };
  return {
    set(lease, served) {
      const taken = new Set<string>();
      const before = new Map([...routes].filter(([, route]) => route.lease === lease));
      const named = new Map<string, Route>();
      const claimed = new Map<string, Route>();
      const name = (names: Map<string, Route>, host: string, route: Route) => {
        const targets = [...(names.get(host)?.targets ?? []), ...route.targets];
        names.set(host, { ...route, targets });
      };
      for (const { group, deployment = lease, replicasOf = allOf(group) } of served) {
        for (const service of group.services) {
          for (const expose of service.expose ?? []) {
            if (!isHttp(expose)) continue;
            const { httpOptions: options, port } = expose;
            const targets = replicasOf(service.name).map((replica) => ({ replica, port }));
            const route = { lease, service: service.name, targets, options };
            name(named, ownHost(lease, service.name, deployment), route);
            for (const custom of expose.hosts ?? []) {
              const host = custom.toLowerCase();
              const isOurs = host === domain || host.endsWith(`.${domain}`);
              const holder = holderOf(host);
              if (isOurs || (holder && holder.lease !== lease)) taken.add(custom);
              if (!isOurs) name(claimed, host, route);
            }
          }
        }
      }
      for (const host of before.keys()) if (!named.has(host)) routes.delete(host);
      for (const [host, route] of named) routes.set(host, route);
      for (const [host, routesOf] of claims) if (routesOf.has(lease) && !claimed.has(host)) drop(host, lease);
      for (const [host, route] of claimed)
        claims.set(host, (claims.get(host) ?? new Map<LeaseId, Route>()).set(lease, route));
      return { taken: [...taken] };
    },
    remove(lease) {
      for (const [host, route] of routes) if (route.lease === lease) routes.delete(host);
      for (const host of claims.keys()) drop(host, lease);
    },
    find(host) {
      const name = hostName(host);
      return routes.get(name) ?? holderOf(name);
    },
    claims: () => new Map([...claims].map(([host, routesOf]) => [host, [...routesOf.keys()]])),
    settle(host, lease) {
      if (lease === undefined) settled.delete(host);
      else if (claims.has(host)) settled.set(host, lease);
    },
    hostsOf: (lease) =>
      [...routes, ...[...claims.keys()].flatMap((host) => [[host, holderOf(host)] as const])].flatMap(
        ([host, route]) => (route?.lease === lease ? [{ service: route.service, host }] : []),
      ),
  };
}
