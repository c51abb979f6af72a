/** Epochs as text: canonical, so that equal epochs have equal texts and hashes, and as they are stored and read again. */
import {
  addressSchema,
  type Address,
  canonicalJson,
  hash32Schema,
  hashText,
  type Hex,
  subnetParams,
  type SubnetParamName,
  type SubnetParams,
} from '@souk/protocol';
import { z } from 'zod';
import { type EpochResult, evidenceVerdicts } from './epoch.ts';

export function encodeResult(result: EpochResult): string {
  return canonicalJson(plain(result));
}

/** Of all that was computed: neither the hashes nor the block that says when. */
export function hashOutputs(result: Omit<EpochResult, 'inputs' | 'outputs' | 'snapshotBlock'>): Hex {
  const { subnet, epoch, engine, budget, assigned, total, ownerReward, miners, validators, mechanisms } =
    result;
  const { permits, prunable, rewards, rewardRoot, carried } = result;
  const parts = {
    subnet,
    epoch,
    engine,
    budget,
    assigned,
    total,
    ownerReward,
    miners,
    validators,
    mechanisms,
  };
  return hashPlain({ ...parts, permits, prunable, rewards, rewardRoot, carried });
}

/** Of anything made of plain data and maps. */
export function hashPlain(value: unknown): Hex {
  return hashText(canonicalJson(plain(value)));
}

/** Maps as lists of pairs, by key: numbers by size, texts by code unit. */
function plain(value: unknown): unknown {
  if (value instanceof Map) {
    const pairs = [...(value as Map<string | number, unknown>)];
    return pairs.sort(([a], [b]) => (a < b ? -1 : 1)).map(([key, member]) => [key, plain(member)]);
  }
  if (Array.isArray(value)) return isFlat(value) ? value : value.map(plain);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, member]) => [key, plain(member)]));
}

/** Long lists of numbers are most of an epoch. */
function isFlat(list: readonly unknown[]): boolean {
  return list.every((member) => typeof member === 'number');
}

// --- read again ---------------------------------------------------------------------------------------------------------

const whole = z.number().int();
const amount = z
  .string()
  .regex(/^\d{1,78}$/)
  .transform((digits) => BigInt(digits));

function mapOf<K, V>(key: z.ZodType<K>, value: z.ZodType<V>): z.ZodType<ReadonlyMap<K, V>> {
  return z.array(z.tuple([key, value])).transform((pairs): ReadonlyMap<K, V> => new Map(pairs));
}

const address: z.ZodType<Address> = addressSchema;
const amounts = mapOf(whole, amount);
const weightsSchema = z.array(z.strictObject({ registration: whole, weight: whole }));

const paramsSchema = z
  .strictObject(
    Object.fromEntries(subnetParams.map(({ name }) => [name, amount])) as Record<
      SubnetParamName,
      typeof amount
    >,
  )
  .transform((params): SubnetParams => params);

const resultSchema: z.ZodType<EpochResult> = z.strictObject({
  subnet: whole,
  epoch: whole,
  blocks: z.strictObject({ start: whole, end: whole, beacon: whole, snapshot: whole }),
  engine: whole,
  snapshotBlock: hash32Schema,
  inputs: hash32Schema,
  outputs: hash32Schema,
  budget: amount,
  assigned: amount,
  total: amount,
  ownerReward: amount,
  params: paramsSchema,
  miners: z.array(
    z.strictObject({
      registration: whole,
      operator: address,
      registeredAt: whole,
      units: whole,
      consensus: amount,
      incentive: amount,
      reward: amount,
    }),
  ),
  validators: z.array(
    z.strictObject({
      operator: address,
      stake: amount,
      stakeShare: amount,
      hasPermit: z.boolean(),
      isActive: z.boolean(),
      evidence: z.enum(evidenceVerdicts),
      trust: amount,
      dividend: amount,
      reward: amount,
    }),
  ),
  mechanisms: z.array(
    z.strictObject({
      share: whole,
      rows: z.array(z.strictObject({ operator: address, weights: weightsSchema })),
      consensus: amounts,
      incentive: amounts,
    }),
  ),
  permits: z.array(z.strictObject({ operator: address, stake: amount })),
  prunable: z.array(whole),
  rewards: mapOf(address, amount),
  rewardRoot: hash32Schema,
  carried: z.strictObject({
    bonds: z.array(z.array(z.strictObject({ operator: address, bonds: z.array(z.tuple([whole, whole])) }))),
    earned: z.array(amounts),
    lastShown: mapOf(address, whole),
  }),
});

/** Throws where the text is no result. */
export function decodeResult(text: string): EpochResult {
  return resultSchema.parse(JSON.parse(text));
}
