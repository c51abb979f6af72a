/** Services of a compose file as one SDL document: one placement, one compute profile a service, every service linked to every other. */
import type { ComposePort } from './ports.ts';
import type { ComposeMount } from './mounts.ts';
import type { ComposeService } from './service.ts';
import { sdlName } from './words.ts';

const placement = 'anywhere';
const blockSeconds = 6;

/** `maxPricePerHour`: ceiling per replica, in USD. */
export function composeToSdl(services: readonly ComposeService[], maxPricePerHour: number): object {
  const entries = <T>(make: (service: ComposeService) => T) =>
    Object.fromEntries(services.map((service) => [service.name, make(service)]));
  const xSouk = xSoukOf(services);
  return {
    version: '2.0',
    services: entries((service) => serviceOf(service, services)),
    profiles: {
      compute: entries((service) => ({ resources: resourcesOf(service) })),
      placement: {
        [placement]: { pricing: entries(() => ({ denom: 'uact', amount: perBlock(maxPricePerHour) })) },
      },
    },
    deployment: entries((service) => ({ [placement]: { profile: service.name, count: service.count } })),
    ...(Object.keys(xSouk).length === 0 ? {} : { 'x-souk': xSouk }),
  };
}

/** 1,000,000 uact are 1 USD. */
function perBlock(usdPerHour: number): number {
  return Math.ceil((usdPerHour * 1_000_000 * blockSeconds) / 3600);
}

function serviceOf(service: ComposeService, all: readonly ComposeService[]): object {
  const exposes = exposesOf(service, all);
  const storage = mountsOf(service);
  return {
    image: service.image,
    ...(service.command.length === 0 ? {} : { command: service.command }),
    ...(service.args.length === 0 ? {} : { args: service.args }),
    ...(service.env.length === 0 ? {} : { env: service.env }),
    ...(exposes.length === 0 ? {} : { expose: exposes }),
    ...(storage.length === 0
      ? {}
      : {
          params: {
            storage: Object.fromEntries(
              storage.map(({ name, mount }) => [
                name,
                { mount: mount.path, ...(mount.isReadOnly ? { readOnly: true } : {}) },
              ]),
            ),
          },
        }),
  };
}

/** Ports that the services of these images listen on where the file names none. */
const ordinaryPorts: Readonly<Record<string, number>> = {
  postgres: 5432,
  postgis: 5432,
  mysql: 3306,
  mariadb: 3306,
  redis: 6379,
  valkey: 6379,
  mongo: 27017,
  memcached: 11211,
  rabbitmq: 5672,
  nats: 4222,
  elasticsearch: 9200,
  clickhouse: 8123,
  minio: 9000,
};
/** Spoken by databases and brokers: reached by port, never by host name. */
const rawPorts: ReadonlySet<number> = new Set([
  21, 22, 25, 53, 143, 443, 465, 587, 993, 1883, 2379, 3306, 4222, 5432, 5672, 6379, 8883, 9092, 11_211,
  27_017,
]);

function exposesOf(service: ComposeService, all: readonly ComposeService[]): readonly object[] {
  const others = all.filter((each) => each !== service).map(({ name }) => ({ service: name }));
  const isHttp = ({ port, proto, published }: ComposePort) =>
    published !== null && proto === 'TCP' && !rawPorts.has(port);
  const http = portsOf(service).find(isHttp);
  return portsOf(service).flatMap((each) => {
    const { port, proto, published } = each;
    const inner = others.length === 0 ? [] : [{ port, ...protoOf(proto), to: others }];
    if (published === null) return inner;
    const as = each === http ? 80 : published;
    const outer = { port, ...(as === port ? {} : { as }), ...protoOf(proto), to: [{ global: true }] };
    return [outer, ...inner];
  });
}

function portsOf(service: ComposeService): readonly ComposePort[] {
  if (service.ports.length > 0) return service.ports;
  const image = /([^/:@]+)(?:[:@].*)?$/.exec(service.image)?.[1] ?? '';
  const port = Object.hasOwn(ordinaryPorts, image) ? ordinaryPorts[image] : undefined;
  return port === undefined ? [] : [{ port, proto: 'TCP', published: null }];
}

function protoOf(proto: 'TCP' | 'UDP'): { proto?: 'UDP' } {
  return proto === 'UDP' ? { proto } : {};
}

function resourcesOf(service: ComposeService): object {
  return {
    cpu: { units: service.cpu },
    memory: { size: `${service.memoryMib}Mi` },
    storage: [
      { size: '1Gi' },
      ...mountsOf(service).map(({ name, mount }) => ({
        name,
        size: `${mount.mebibytes}Mi`,
        ...attributesOf(mount.kind),
      })),
    ],
    ...(service.gpus === 0 ? {} : { gpu: { units: service.gpus, attributes: { vendor: { nvidia: null } } } }),
  };
}

function attributesOf(kind: ComposeMount['kind']): object {
  if (kind === 'ephemeral') return {};
  if (kind === 'memory') return { attributes: { class: 'ram', persistent: false } };
  return { attributes: { class: 'default', persistent: true } };
}

/** Each with a name of its own in its service. */
function mountsOf(
  service: ComposeService,
): readonly { readonly name: string; readonly mount: ComposeMount }[] {
  const taken = new Set<string>();
  return service.mounts.map((mount, index) => {
    const wanted = sdlName(mount.name ?? `${mount.kind}-${index}`);
    const name = taken.has(wanted) ? `${wanted.slice(0, 58)}-${index}` : wanted;
    taken.add(name);
    return { name, mount };
  });
}

function xSoukOf(services: readonly ComposeService[]): object {
  const health = services.flatMap(({ name, health: probe }) =>
    probe?.kind === 'exec'
      ? [
          [
            name,
            {
              exec: probe.command,
              intervalSeconds: probe.intervalSeconds,
              timeoutSeconds: probe.timeoutSeconds,
              failures: probe.failures,
            },
          ] as const,
        ]
      : [],
  );
  const restart = services.flatMap(({ name, restart: policy }) =>
    policy === 'always' ? [] : [[name, policy] as const],
  );
  const stops = services.flatMap(({ stopSeconds }) => stopSeconds ?? []);
  const secrets = new Map<string, { services: string[]; file: string }>();
  for (const service of services) {
    for (const { name, file } of service.secrets) {
      const known = secrets.get(name) ?? { services: [], file };
      secrets.set(name, { ...known, services: [...known.services, service.name] });
    }
  }
  return {
    ...(health.length === 0 ? {} : { health: Object.fromEntries(health) }),
    ...(restart.length === 0 ? {} : { restart: Object.fromEntries(restart) }),
    ...(secrets.size === 0 ? {} : { secrets: Object.fromEntries(secrets) }),
    ...(stops.length === 0 ? {} : { stopGraceSeconds: Math.max(...stops) }),
    ...(services.some(({ mounts }) => mounts.some(({ kind }) => kind === 'persistent'))
      ? { snapshots: { everySeconds: 300, keep: 3 } }
      : {}),
  };
}
