/**
 * What an order asks of a machine, public: resources, attributes, endpoints; never images, env or commands. The order
 * commits to it by hash, and provider and tenant derive it from the same manifest, so it can be checked against it.
 */
import * as Hash from 'ox/Hash';
import * as OxHex from 'ox/Hex';
import { z } from 'zod';
import type { Hex } from './hex.ts';
import { canonicalJson } from './json.ts';
import type { ManifestExpose, ManifestGroup, ManifestService } from './manifest.ts';
import {
  addResources,
  type GpuWish,
  noResources,
  type Resources,
  type ResourceUnit,
  resourceUnitSchema,
  totalOfUnit,
} from './resources.ts';

export const endpointKinds = ['http', 'port', 'ip'] as const;

const attributesSchema = z
  .record(z.string().min(1).max(128), z.string().max(256))
  .refine((map) => Object.keys(map).length <= 64, 'more than 64 attributes');

export const requirementsSchema = z.strictObject({
  /** Name of the placement group. */
  group: z.string().max(128),
  units: z
    .array(
      z.strictObject({
        service: z.string().max(63),
        count: z.number().int().min(1).max(1000),
        resources: resourceUnitSchema,
      }),
    )
    .min(1)
    .max(64),
  endpoints: z.array(z.strictObject({ kind: z.enum(endpointKinds), service: z.string().max(63) })).max(256),
  attributes: attributesSchema,
  signedBy: z.strictObject({
    allOf: z.array(z.string().max(128)).max(32),
    anyOf: z.array(z.string().max(128)).max(32),
  }),
  /** Seconds of notice the tenant wants before the provider takes the capacity back; 0 for none. */
  reclamationSeconds: z.number().int().min(0).max(2_592_000),
  /** The provider may take the capacity back with that notice, for a lower price. Left out where it may not. */
  interruptible: z.literal(true).optional(),
  /** The provider's attribute `region` must be one of these. Left out where any will do. */
  regions: z.array(z.string().min(1).max(64)).min(1).max(32).optional(),
  /** Any vendor's GPU will do, whatever the manifest names. Left out where it may not. */
  anyGpu: z.literal(true).optional(),
});
export type Requirements = z.output<typeof requirementsSchema>;

export function hashRequirements(requirements: Requirements): Hex {
  return Hash.keccak256(OxHex.fromString(canonicalJson(requirements)));
}

export function totalResources(requirements: Requirements): Resources {
  return requirements.units.reduce(
    (total, unit) => addResources(total, totalOfUnit(unit.resources, unit.count)),
    noResources,
  );
}

/** What a placement wants of a provider beside resources; no manifest says it. */
export type PlacementWish = Pick<
  Requirements,
  'attributes' | 'signedBy' | 'reclamationSeconds' | 'interruptible' | 'regions' | 'anyGpu'
>;

const noWish: PlacementWish = {
  attributes: {},
  signedBy: { allOf: [], anyOf: [] },
  reclamationSeconds: 0,
};

/** What a group asks for, derived alike by the tenant that orders and the provider that checks. */
export function requirementsOfManifest(
  group: ManifestGroup,
  placement: PlacementWish = noWish,
): Requirements {
  return {
    group: group.name,
    units: group.services.map((service) => ({
      service: service.name,
      count: service.count,
      resources: withAnyGpu(unitOf(service), placement),
    })),
    endpoints: endpointsOf(group),
    attributes: placement.attributes,
    signedBy: placement.signedBy,
    reclamationSeconds: placement.reclamationSeconds,
    ...(placement.interruptible === undefined ? {} : { interruptible: placement.interruptible }),
    ...(placement.regions === undefined ? {} : { regions: placement.regions }),
    ...(placement.anyGpu === undefined ? {} : { anyGpu: placement.anyGpu }),
  };
}

/** How a manifest differs from what was ordered, as a sentence; undefined where it doesn't. */
export function manifestMatchesRequirements(
  group: ManifestGroup,
  requirements: Requirements,
): string | undefined {
  const derived = requirementsOfManifest(group, requirements);
  if (derived.group !== requirements.group)
    return `group is "${derived.group}", ordered "${requirements.group}"`;
  const names = derived.units.map(({ service }) => service);
  if (new Set(names).size !== names.length) return 'two services have the same name';
  if (names.join() !== requirements.units.map(({ service }) => service).join()) {
    return `services are ${names.join(', ')}, ordered ${requirements.units.map(({ service }) => service).join(', ')}`;
  }
  return (
    unitDifference(derived, requirements) ??
    (canonicalJson(derived.endpoints) === canonicalJson(requirements.endpoints)
      ? undefined
      : 'the endpoints are not the ordered ones') ??
    group.services
      .map((service) => innerDifference(service, requirements))
      .find((found) => found !== undefined)
  );
}

function unitDifference(derived: Requirements, ordered: Requirements): string | undefined {
  for (const [index, unit] of derived.units.entries()) {
    const other = ordered.units[index];
    if (other === undefined) return `service "${unit.service}" was not ordered`;
    if (unit.count !== other.count) {
      return `service "${unit.service}" has ${unit.count} replicas, ordered ${other.count}`;
    }
    for (const part of ['cpuMilli', 'memoryBytes', 'storage', 'gpu', 'cpuAttributes'] as const) {
      if (canonicalJson(unit.resources[part]) !== canonicalJson(other.resources[part])) {
        return `${part} of service "${unit.service}" is not the ordered one`;
      }
    }
  }
  return undefined;
}

/** What a manifest says twice must agree with itself. */
function innerDifference(service: ManifestService, ordered: Requirements): string | undefined {
  const kinds = (service.expose ?? []).flatMap(kindsOf);
  const declared = (service.resources.endpoints ?? []).map(({ kind = 0 }) => endpointKinds[kind]);
  if (
    endpointKinds.some((kind) => countOf(kinds, kind) !== countOf(declared, kind)) ||
    declared.includes(undefined)
  ) {
    return `the endpoints of service "${service.name}" don't match its ports`;
  }
  const volumes = service.resources.storage.map(({ name }) => name);
  const stray = service.params?.storage?.find(({ name }) => !volumes.includes(name));
  if (stray !== undefined)
    return `service "${service.name}" mounts "${stray.name}", which it has no storage for`;
  const tee = service.params?.tee;
  if (tee !== undefined && ordered.attributes['tee/type'] !== tee.type) {
    return `service "${service.name}" wants a trusted environment that was not ordered`;
  }
  return undefined;
}

function withAnyGpu(unit: ResourceUnit, { anyGpu }: PlacementWish): ResourceUnit {
  return anyGpu === undefined ? unit : { ...unit, gpu: { ...unit.gpu, alternatives: [] } };
}

function countOf<T>(list: readonly T[], wanted: T): number {
  return list.filter((each) => each === wanted).length;
}

function unitOf({ resources }: ManifestService): ResourceUnit {
  return {
    cpuMilli: Number(resources.cpu.units.val),
    memoryBytes: BigInt(resources.memory.size.val),
    storage: resources.storage.map(({ name, size, attributes = [] }) => {
      const find = (key: string) => attributes.find((attribute) => attribute.key === key)?.value;
      return {
        name,
        bytes: BigInt(size.val),
        class: find('class') ?? 'default',
        persistent: find('persistent') === 'true',
      };
    }),
    gpu: {
      units: Number(resources.gpu.units.val),
      alternatives: (resources.gpu.attributes ?? []).map(({ key }) => gpuWishOf(key)),
    },
    cpuAttributes: Object.fromEntries((resources.cpu.attributes ?? []).map(({ key, value }) => [key, value])),
  };
}

/** `vendor/nvidia/model/a100/ram/80Gi/interface/sxm`, model `*` for any. What isn't of that form is a vendor nobody has. */
function gpuWishOf(key: string): GpuWish {
  const match = /^vendor\/([^/]+)\/model\/([^/]+)(?:\/ram\/([^/]+))?(?:\/interface\/([^/]+))?$/.exec(key);
  const [, vendor, model, ram, socket] = match ?? [];
  if (vendor === undefined || model === undefined) return { vendor: key.slice(0, 64) };
  return {
    vendor,
    ...(model === '*' ? {} : { model }),
    ...(ram === undefined ? {} : { ram }),
    ...(socket === undefined ? {} : { interface: socket }),
  };
}

/** An IP that several ports share is one endpoint. */
function endpointsOf(group: ManifestGroup): Requirements['endpoints'] {
  const ips = new Set<string>();
  return group.services.flatMap(({ name, expose }) =>
    (expose ?? []).flatMap((port) =>
      kindsOf(port)
        .filter((kind) => kind !== 'ip' || !ips.has(port.ip))
        .map((kind) => {
          if (kind === 'ip') ips.add(port.ip);
          return { kind, service: name };
        }),
    ),
  );
}

/** HTTP by host name is for public TCP port 80 only; any other public port gets a port of its own. */
function kindsOf(expose: ManifestExpose): (typeof endpointKinds)[number][] {
  if (!expose.global) return [];
  const port = expose.externalPort === 0 ? expose.port : expose.externalPort;
  const own = expose.proto === 'TCP' && port === 80 ? 'http' : 'port';
  return expose.ip === '' ? [own] : [own, 'ip'];
}
