/**
 * What an order costs under a provider's price list: the one arithmetic that providers bid by and that anyone can
 * predict bids with. Pure, exact, one rounding, up: for the one who sells.
 */
import { z } from 'zod';
import { uintSchema } from './hex.ts';
import type { Requirements } from './requirements.ts';
import type { GpuWish, ResourceUnit } from './resources.ts';

/** Prices of resources are in 10^-6 of the token's smallest unit, so that cheap ones don't round to nothing. */
export const priceScale = 1_000_000n;

const unitPrice = uintSchema(96);

/** Per hour. As it is gossiped, and as the operator's file is read into. */
export const priceListSchema = z.strictObject({
  core: unitPrice,
  memoryGib: unitPrice,
  /** By class in lower case; `default` is the fallback. */
  storageGib: z.record(z.string().max(32), unitPrice),
  endpoint: z.strictObject({ http: unitPrice, port: unitPrice, ip: unitPrice }),
  /** By model in lower case; `default` is the fallback. */
  gpu: z.record(z.string().max(64), unitPrice),
  /** In the token's smallest unit: owed once ready, even if closed right away. */
  minimumCharge: uintSchema(96),
  /** In the token's smallest unit; at least 1. */
  minimumRate: uintSchema(96),
  /** What an order that may be interrupted pays, in thousandths of the full price. */
  interruptiblePermille: z.number().int().min(0).max(1000),
});
export type PriceList = Readonly<z.output<typeof priceListSchema>>;

const gib = 1n << 30n;
const milli = 1000n;
/** Everything is summed over this denominator, and divided once. */
const denominator = milli * gib * priceScale * 1000n;

/** Per hour, in the token's smallest unit; never below the list's minimum rate. */
export function priceOf(requirements: Requirements, list: PriceList): bigint {
  const units = requirements.units.reduce(
    (sum, unit) => sum + priceOfUnit(unit.resources, list) * BigInt(unit.count),
    0n,
  );
  const endpoints = requirements.endpoints.reduce(
    (sum, { kind }) => sum + list.endpoint[kind] * milli * gib,
    0n,
  );
  const permille = requirements.interruptible === true ? list.interruptiblePermille : 1000;
  const total = (units + endpoints) * BigInt(permille);
  const price = (total + denominator - 1n) / denominator;
  return price > list.minimumRate ? price : list.minimumRate;
}

/** Of one core and one GiB of memory: what listings compare. */
export function samplePriceOf(list: PriceList): bigint {
  const resources = {
    cpuMilli: 1000,
    memoryBytes: gib,
    storage: [],
    gpu: { units: 0, alternatives: [] },
    cpuAttributes: {},
  };
  return priceOf(
    {
      group: '',
      units: [{ service: '', count: 1, resources }],
      endpoints: [],
      attributes: {},
      signedBy: { allOf: [], anyOf: [] },
      reclamationSeconds: 0,
    },
    list,
  );
}

function priceOfUnit(unit: ResourceUnit, list: PriceList): bigint {
  const cpu = BigInt(unit.cpuMilli) * list.core * gib;
  const memory = unit.memoryBytes * list.memoryGib * milli;
  const storage = unit.storage.reduce(
    (sum, wish) => sum + wish.bytes * storagePrice(wish.class, list) * milli,
    0n,
  );
  const gpu = BigInt(unit.gpu.units) * gpuPrice(unit.gpu.alternatives, list) * milli * gib;
  return cpu + memory + storage + gpu;
}

function storagePrice(storageClass: string, list: PriceList): bigint {
  // Class `ram` is memory.
  if (storageClass === 'ram') return list.memoryGib;
  return own(list.storageGib, storageClass.toLowerCase()) ?? own(list.storageGib, 'default') ?? 0n;
}

/** Any of the alternatives may be handed over, so the dearest of them is asked. */
function gpuPrice(alternatives: readonly GpuWish[], list: PriceList): bigint {
  const fallback = own(list.gpu, 'default') ?? 0n;
  if (alternatives.length === 0) return fallback;
  return alternatives
    .map(({ model }) => (model === undefined ? fallback : (own(list.gpu, model.toLowerCase()) ?? fallback)))
    .reduce((dearest, price) => (price > dearest ? price : dearest), 0n);
}

/** Names come from peers: never a member of Object's prototype. */
function own(prices: Readonly<Record<string, bigint>>, name: string): bigint | undefined {
  return Object.hasOwn(prices, name) ? prices[name] : undefined;
}
