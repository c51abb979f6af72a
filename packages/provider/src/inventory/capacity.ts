/** What of a machine is for rent. Pure: machine and settings in, capacity out. */
import type { PriceList, Resources } from '@souk/protocol';
import type { ProviderConfig } from '../config.ts';
import type { GpuDevice, Machine } from './machine.ts';

export interface Capacity {
  readonly total: Resources;
  readonly gpus: readonly GpuDevice[];
  readonly attributes: Readonly<Record<string, string>>;
  readonly storageClasses: readonly string[];
  readonly arch: string;
}

export function capacityOf(machine: Machine, config: ProviderConfig): Capacity {
  const part = (bytes: bigint) => (bytes * BigInt(Math.round(config.share * 1000))) / 1000n;
  const gpus =
    config.gpus?.map((gpu, index) => ({ ...gpu, id: `gpu-${index}`, vendor: gpu.vendor.toLowerCase() })) ??
    machine.gpus;
  return {
    total: {
      cpuMilli: Math.floor((config.cpuCores ?? machine.cores * config.share) * 1000),
      memoryBytes: config.memoryGib ?? part(machine.memoryBytes),
      storageBytes: config.storageGib ?? part(machine.storageBytes),
      gpus: gpus.length,
    },
    gpus,
    attributes: config.attributes,
    storageClasses: [...config.storageClasses, 'ram'],
    arch: machine.arch,
  };
}

/** The prices of what is here to be sold: others would only make the public summary longer. */
export function pricesOf(list: PriceList, capacity: Capacity): PriceList {
  const pick = (prices: Readonly<Record<string, bigint>>, names: readonly string[]) => {
    const wanted = new Set(['default', ...names.map((name) => name.toLowerCase())]);
    return Object.fromEntries(Object.entries(prices).filter(([name]) => wanted.has(name)));
  };
  return {
    ...list,
    storageGib: pick(list.storageGib, capacity.storageClasses),
    gpu: pick(
      list.gpu,
      capacity.gpus.map((gpu) => gpu.model),
    ),
  };
}
