/** Stable names: `NAME.localhost` for a deployment, `SERVICE.NAME.localhost` for one of its services. Pure. */
import { type Deployment, deploymentStatus, type Place } from '@souk/tenant';

export interface FrontName {
  readonly name: string;
  /** Left out, the first service that has a web address. */
  readonly service?: string;
}

/** By a Host header's value; undefined where it is none of ours. */
export function readFrontName(host: string, domains: readonly string[]): FrontName | undefined {
  const plain = host
    .toLowerCase()
    .replace(/:[0-9]+$/, '')
    .replace(/\.$/, '');
  const domain = domains.find((one) => plain.endsWith(`.${one}`));
  if (domain === undefined) return undefined;
  const labels = plain.slice(0, -domain.length - 1).split('.');
  const [first, second, ...more] = labels;
  if (!first || more.length > 0) return undefined;
  return second === undefined ? { name: first } : { name: second, service: first };
}

export type Whereabouts =
  | { readonly is: 'up'; readonly url: URL }
  | { readonly is: 'moving' | 'closed' | 'without-web' };

/** Where a deployment serves a name now, as its record says. */
export function locate(record: Deployment | undefined, service: string | undefined): Whereabouts {
  if (!record || deploymentStatus(record) === 'closed') return { is: 'closed' };
  const places = placesOf(record);
  const own = places.filter((place) => service === undefined || place.service.toLowerCase() === service);
  const url = own.flatMap((place) => place.urls).find((one) => URL.canParse(one));
  if (url !== undefined) return { is: 'up', url: new URL(url) };
  const isComing = record.groups.some((group) => group.phase !== 'ready' && group.isWanted);
  return { is: isComing ? 'moving' : 'without-web' };
}

/** Of groups that serve. A lease that is left only once its successor is ready serves until then. */
function placesOf(record: Deployment): readonly Place[] {
  const serving = record.groups.filter((group) => group.phase === 'ready');
  const lasting = record.leaving.filter(
    (group) => group.phase === 'ready' && !serving.some(({ name }) => name === group.name),
  );
  return [...serving, ...lasting].flatMap((group) => group.places);
}

export interface RawPlace {
  /** Of the deployment's port, however often it moves. */
  readonly key: string;
  readonly name: string;
  readonly service: string;
  readonly port: number;
  readonly host: string;
  readonly externalPort: number;
}

/** Every raw TCP port that a deployment has outside. */
export function rawPlacesOf(record: Deployment): readonly RawPlace[] {
  return placesOf(record).flatMap(({ service, ports }) =>
    ports.map(({ port, ...at }) => ({
      key: `${record.name}/${service}/${port}`,
      name: record.name,
      service,
      port,
      ...at,
    })),
  );
}
