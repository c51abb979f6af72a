/** What validators and miners say to each other, as schemas with limits. */
import { z } from 'zod';
import { signedSchema } from './messages.ts';
import { epochAttestationSchema, subnetResponseSchema, subnetTaskSchema } from './subnets.ts';
import type { GossipTopic } from './wire.ts';

export const signedEpochAttestationSchema = signedSchema(epochAttestationSchema);
export const signedSubnetTaskSchema = signedSchema(subnetTaskSchema);
export const signedSubnetResponseSchema = signedSchema(subnetResponseSchema);

/** Largest request or response of any mechanism, as JSON. */
export const maxTaskBytes = 256 * 1024;

const bodySchema = z.string().max(maxTaskBytes);

/** Validator → miner. `body`: the request as canonical JSON. */
export const subnetTaskRequestSchema = z.strictObject({ task: signedSubnetTaskSchema, body: bodySchema });

/** Why a miner does not do a task. */
export const taskRefusals = [
  'not-mining',
  'not-a-validator',
  'signature-wrong',
  'request-malformed',
  'too-late',
  'busy',
  'failed',
] as const;
export type TaskRefusal = (typeof taskRefusals)[number];

export const subnetTaskProtocol = {
  kind: 'unary',
  name: 'souk/subnet/1',
  request: subnetTaskRequestSchema,
  answer: z.discriminatedUnion('ok', [
    z.strictObject({ ok: z.literal(true), response: signedSubnetResponseSchema, body: bodySchema }),
    z.strictObject({ ok: z.literal(false), reason: z.enum(taskRefusals), detail: z.string().max(300) }),
  ]),
  maxRequestBytes: 2 * maxTaskBytes,
  maxAnswerBytes: 2 * maxTaskBytes,
  perMinute: 600,
} as const;

/** Permit holders' attestations. */
export const attestationsTopic = {
  kind: 'gossip',
  name: 'souk/epochs/1',
  message: signedEpochAttestationSchema,
  maxBytes: 4 * 1024,
} as const satisfies GossipTopic<typeof signedEpochAttestationSchema>;
