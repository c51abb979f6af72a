/**
 * What an order asks of a machine, public: resources, attributes, endpoints; never images, env or commands. The order
 * commits to it by hash, and provider and tenant derive it from the same manifest, so it can be checked against it.
 */
import * as Hash from 'ox/Hash';
import * as OxHex from 'ox/Hex';
import { z } from 'zod';
import type { Hex } from './hex.ts';
import { canonicalJson } from './json.ts';
import { addResources, noResources, type Resources, resourceUnitSchema, totalOfUnit } from './resources.ts';

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
