/**
 * Amounts of machine, whole numbers only: cpu in thousandths of a core, sizes in bytes. The algebra can't go below
 * zero: `subtract` says undefined where it would.
 */
import { z } from 'zod';

/** Bytes as decimal strings on the wire; ≤ 2^63. */
const bytesSchema = z
  .union([z.string().regex(/^(0|[1-9][0-9]{0,18})$/), z.bigint()])
  .transform((value) => BigInt(value));

/** A wanted GPU. Left-out fields accept any. `alternatives` of a request are any-of. */
export const gpuWishSchema = z.strictObject({
  vendor: z.string().max(64),
  model: z.string().max(64).optional(),
  ram: z.string().max(16).optional(),
  interface: z.string().max(16).optional(),
});
export type GpuWish = z.output<typeof gpuWishSchema>;

export const storageWishSchema = z.strictObject({
  name: z.string().max(64),
  bytes: bytesSchema,
  class: z.string().max(32),
  persistent: z.boolean(),
});
export type StorageWish = z.output<typeof storageWishSchema>;

/** What one replica of one service needs. */
export const resourceUnitSchema = z.strictObject({
  cpuMilli: z.number().int().min(1).max(384_000),
  memoryBytes: bytesSchema,
  storage: z.array(storageWishSchema).max(20),
  gpu: z.strictObject({
    units: z.number().int().min(0).max(24),
    alternatives: z.array(gpuWishSchema).max(64),
  }),
  /** Attributes that the cpu must have, e.g. arch. */
  cpuAttributes: z.record(z.string().max(64), z.string().max(128)),
});
export type ResourceUnit = z.output<typeof resourceUnitSchema>;

/** Totals, for ledgers. */
export interface Resources {
  readonly cpuMilli: number;
  readonly memoryBytes: bigint;
  /** All storage but class `ram`, which counts as memory. */
  readonly storageBytes: bigint;
  readonly gpus: number;
}

export const noResources: Resources = { cpuMilli: 0, memoryBytes: 0n, storageBytes: 0n, gpus: 0 };

export function addResources(a: Resources, b: Resources): Resources {
  return {
    cpuMilli: a.cpuMilli + b.cpuMilli,
    memoryBytes: a.memoryBytes + b.memoryBytes,
    storageBytes: a.storageBytes + b.storageBytes,
    gpus: a.gpus + b.gpus,
  };
}

/** `a − b`, or undefined where any part would be negative. */
export function subtractResources(a: Resources, b: Resources): Resources | undefined {
  if (shortages(a, b).length > 0) return undefined;
  return {
    cpuMilli: a.cpuMilli - b.cpuMilli,
    memoryBytes: a.memoryBytes - b.memoryBytes,
    storageBytes: a.storageBytes - b.storageBytes,
    gpus: a.gpus - b.gpus,
  };
}

export type ResourceName = keyof Resources;

export interface Shortage {
  readonly resource: ResourceName;
  readonly needed: bigint;
  readonly available: bigint;
}

/** Each part in which `available` falls short of `needed`. */
export function shortages(available: Resources, needed: Resources): readonly Shortage[] {
  const names: readonly ResourceName[] = ['cpuMilli', 'memoryBytes', 'storageBytes', 'gpus'];
  return names
    .map((resource) => ({
      resource,
      needed: BigInt(needed[resource]),
      available: BigInt(available[resource]),
    }))
    .filter((part) => part.needed > part.available);
}

/** What `count` replicas of a unit take in all. */
export function totalOfUnit(unit: ResourceUnit, count: number): Resources {
  const times = BigInt(count);
  const sum = (pick: (wish: StorageWish) => boolean) =>
    unit.storage.filter(pick).reduce((total, wish) => total + wish.bytes, 0n);
  return {
    cpuMilli: unit.cpuMilli * count,
    memoryBytes: (unit.memoryBytes + sum((wish) => wish.class === 'ram')) * times,
    storageBytes: sum((wish) => wish.class !== 'ram') * times,
    gpus: unit.gpu.units * count,
  };
}
