/**
 * The nouns of subnets: what is signed, and weights as bytes. The rules are docs/decisions/0006-epochs-on-chain.md; the same names stand in contracts/src. Pure.
 */
import { z } from 'zod';
import { addressSchema, hash32Schema, type Hex, uintSchema } from './hex.ts';

/** A subnet's number, from 1. */
export const subnetIdSchema = z.number().int().min(1).max(0xffff_ffff);
export const epochNumberSchema = z.number().int().min(0).max(Number.MAX_SAFE_INTEGER);
/** A miner's registration in one subnet: from 1, never used twice there. */
export const registrationIdSchema = z.number().int().min(1).max(0xffff_ffff);

/** Full weight, and full score. */
export const fullWeight = 0xffff_ffff;

// --- signed ------------------------------------------------------------------------------------------------------------

/** What a permit holder says an epoch comes to. `total` is all that was ever assigned in this subnet, this epoch included. */
export const epochAttestationSchema = z.strictObject({
  subnet: subnetIdSchema,
  epoch: epochNumberSchema,
  /** Version of the engine that computed it. */
  engine: z.number().int().min(1).max(0xffff_ffff),
  /** Hash of the block from which on the epoch may be computed. */
  snapshotBlock: hash32Schema,
  inputs: hash32Schema,
  outputs: hash32Schema,
  rewardRoot: hash32Schema,
  total: uintSchema(128),
  /** keccak256 of the permit list of the next epoch, as it is posted. */
  validators: hash32Schema,
  /** keccak256 of the list of prunable registrations, as it is posted. */
  prunable: hash32Schema,
});
export type EpochAttestation = z.output<typeof epochAttestationSchema>;

/** A validator's task for one miner. `request` is keccak256 of the request's canonical JSON. */
export const subnetTaskSchema = z.strictObject({
  subnet: subnetIdSchema,
  epoch: epochNumberSchema,
  mechanism: z.number().int().min(0).max(15),
  registration: registrationIdSchema,
  /** The validator's operator. */
  validator: addressSchema,
  /** Counts the tasks of this validator for this registration in this epoch. */
  sequence: z.number().int().min(0).max(0xffff_ffff),
  /** What the mechanism makes the request from. */
  seed: hash32Schema,
  request: hash32Schema,
  /** Unix milliseconds by the validator's clock. */
  deadline: z.number().int().min(0),
});
export type SubnetTask = z.output<typeof subnetTaskSchema>;

/** A miner's answer: `task` is the task's struct hash, `response` keccak256 of the response's canonical JSON. */
export const subnetResponseSchema = z.strictObject({ task: hash32Schema, response: hash32Schema });
export type SubnetResponse = z.output<typeof subnetResponseSchema>;

// --- weights as bytes ------------------------------------------------------------------------------------------------------

export interface Weight {
  readonly registration: number;
  /** 1 … 2^32 − 1; only proportions within a row matter. */
  readonly weight: number;
}

/** One mechanism's weights as they are revealed. They must be canonical: ascending, no zeros, no doubles. */
export function encodeWeights(weights: readonly Weight[]): Hex {
  const digits = (value: number) => value.toString(16).padStart(8, '0');
  return `0x${weights.map(({ registration, weight }) => digits(registration) + digits(weight)).join('')}`;
}

/** Undefined where the bytes are not canonical. */
export function decodeWeights(bytes: Hex): readonly Weight[] | undefined {
  if ((bytes.length - 2) % 16 !== 0) return undefined;
  const weights: Weight[] = [];
  for (let at = 2; at < bytes.length; at += 16) {
    const registration = Number.parseInt(bytes.slice(at, at + 8), 16);
    const weight = Number.parseInt(bytes.slice(at + 8, at + 16), 16);
    if (weight === 0 || registration <= (weights.at(-1)?.registration ?? 0)) return undefined;
    weights.push({ registration, weight });
  }
  return weights;
}
