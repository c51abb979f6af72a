/** An update as the journal holds it: one that is under way, with all that is needed to go on or back, and the last one's end. */
import {
  hash32Schema,
  imageBlobSchema,
  manifestGroupSchema,
  requirementsSchema,
  runtimeSchema,
  signedAmendmentSchema,
  unixSecondsSchema,
  updateStrategies,
} from '@souk/protocol';
import { z } from 'zod';

/**
 * `preparing`: getting images; what runs was not touched. `moving`: step `step` of its plan is being put in place.
 * `amending`: the new version runs as it should, and the amendment may be on chain.
 */
export const pendingUpdateSchema = z.strictObject({
  stage: z.enum(['preparing', 'moving', 'amending']),
  step: z.number().int(),
  amendment: signedAmendmentSchema,
  requirements: requirementsSchema,
  manifest: manifestGroupSchema,
  runtime: runtimeSchema,
  /** Offered by the tenant, and all of them as they are on this machine once they are. */
  images: z.array(imageBlobSchema),
  local: z.array(z.strictObject({ image: z.string(), reference: z.string(), digest: z.string() })),
  gpuIds: z.array(z.string()),
  strategy: z.enum(updateStrategies),
  healthySeconds: z.number().int(),
  canary: z.strictObject({ replicas: z.number().int(), bakeSeconds: z.number().int() }),
  /** There is room for one replica more of each service while it is replaced. */
  hasSurge: z.boolean(),
  /** The tenant wants it undone. */
  isAborted: z.boolean(),
  startedAt: unixSecondsSchema,
});
export type PendingUpdate = z.output<typeof pendingUpdateSchema>;

export const endedUpdateSchema = z.strictObject({
  /** Struct hash of its amendment: that one is used up. */
  amendment: hash32Schema,
  manifest: hash32Schema,
  state: z.enum(['done', 'rolled-back']),
  strategy: z.enum(updateStrategies),
  detail: z.string(),
  at: unixSecondsSchema,
});
export type EndedUpdate = z.output<typeof endedUpdateSchema>;
