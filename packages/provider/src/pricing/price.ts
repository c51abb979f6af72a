/** What an order costs under a price list. Pure, exact, one rounding, up: for the one who sells. */
import type { Requirements } from '@souk/protocol';
import { type PriceList, priceScale } from './price-list.ts';

const gib = 1n << 30n;
const milli = 1000n;
/** Everything is summed over this denominator, and divided once. */
const denominator = milli * gib * priceScale;

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
  const total = units + endpoints;
  const price = (total + denominator - 1n) / denominator;
  return price > list.minimumRate ? price : list.minimumRate;
}

function priceOfUnit(unit: Requirements['units'][number]['resources'], list: PriceList): bigint {
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
  return list.storageGib[storageClass.toLowerCase()] ?? list.storageGib['default'] ?? 0n;
}

/** Any of the alternatives may be handed over, so the dearest of them is asked. */
function gpuPrice(
  alternatives: Requirements['units'][number]['resources']['gpu']['alternatives'],
  list: PriceList,
): bigint {
  const fallback = list.gpu['default'] ?? 0n;
  if (alternatives.length === 0) return fallback;
  return alternatives
    .map((wish) => (wish.model === undefined ? fallback : (list.gpu[wish.model.toLowerCase()] ?? fallback)))
    .reduce((dearest, price) => (price > dearest ? price : dearest), 0n);
}
