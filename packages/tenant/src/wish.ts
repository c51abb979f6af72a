/**
 * The whole wish of a deployment, kept while it stands, so that it can be ordered again without its file: by a
 * fail-over, an update, a resume. It holds the manifest and secrets, so whoever stores it encrypts it; the records of
 * `deployment.ts` hold neither.
 */
import {
  groupSecretsSchema,
  hash32Schema,
  imageBlobSchema,
  manifestGroupSchema,
  requirementsSchema,
  runtimeSchema,
  uintSchema,
  updateStrategies,
} from '@souk/protocol';
import { z } from 'zod';

const wholeSeconds = z.number().int().min(0).max(0xffff_ffff);

/** One placement group. `secrets` in plain: they are sealed anew to each chosen provider. */
export const keptGroupSchema = z.strictObject({
  name: z.string().max(128),
  requirements: requirementsSchema,
  manifest: manifestGroupSchema,
  manifestHash: hash32Schema,
  runtime: runtimeSchema,
  secrets: groupSecretsSchema.nullable(),
  maxRate: uintSchema(96),
  deposit: uintSchema(96),
});
export type KeptGroup = z.output<typeof keptGroupSchema>;

/** Amounts in the token's smallest unit. Write it with `encodeJson`, read it back with the schema. */
export const keptWishSchema = z.strictObject({
  version: z.literal(1),
  /** Of this deployment over all its leases. */
  deployment: hash32Schema,
  groups: z.array(keptGroupSchema).min(1).max(64),
  images: z.array(imageBlobSchema).max(16),
  clawbackWindowSeconds: wholeSeconds.optional(),
  startWindowSeconds: wholeSeconds.optional(),
  /** Most that all of its leases may cost together. */
  maxTotal: uintSchema(128).nullable(),
  topUp: z.strictObject({ amount: uintSchema(96), whenLeftSeconds: wholeSeconds }).nullable(),
  update: z
    .strictObject({
      strategy: z.enum(updateStrategies).optional(),
      healthySeconds: wholeSeconds.optional(),
      canaryReplicas: wholeSeconds.optional(),
      bakeSeconds: wholeSeconds.optional(),
    })
    .nullable(),
});
export type KeptWish = z.output<typeof keptWishSchema>;

/** By deployment name. A save must be on disk when it resolves, and readable with the wallet's key only. */
export interface WishStore {
  load(name: string): Promise<KeptWish | undefined>;
  save(name: string, wish: KeptWish): Promise<void>;
  remove(name: string): Promise<void>;
}
