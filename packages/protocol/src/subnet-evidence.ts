/**
 * What a validator opens of its score log (docs/decisions/0006-epochs-on-chain.md, Evidence): for each draw three lines
 * of canonical JSON, which hold no line feeds: an opening, the miner's answer, the validator's observation. Pure.
 */
import { z } from 'zod';
import { hash32Schema } from './hex.ts';
import { signedSubnetResponseSchema, signedSubnetTaskSchema } from './subnet-wire.ts';

/** Bytes of an opening that the contract takes. */
export const maxEvidenceBytes = 24 * 1024;
/** Tasks of one validator for one miner in one epoch. */
export const maxTasksPerEpoch = 64;

export const scoreSchema = z.number().min(0).max(1);

/** Sequence, leaf and score of an entry. */
export const groupEntrySchema = z.tuple([
  z.number().int().min(0).max(0xffff_ffff),
  hash32Schema,
  scoreSchema,
]);
export type GroupEntry = z.output<typeof groupEntrySchema>;

/** `entries`: of the whole group, ascending by sequence. `proof` leads from the group to the log's root. */
export const openingSchema = z.strictObject({
  task: signedSubnetTaskSchema,
  /** Null where the miner gave no valid answer in time. */
  response: signedSubnetResponseSchema.nullable(),
  score: scoreSchema,
  entries: z.array(groupEntrySchema).min(1).max(maxTasksPerEpoch),
  proof: z.array(hash32Schema).max(32),
});
export type Opening = z.output<typeof openingSchema>;
