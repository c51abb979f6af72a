/** What of a machine is for rent. Pure: machine and settings in, capacity out. */
import type { GpuWish, Resources } from '@souk/protocol';
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

/** True where the device is what any of the wishes asks; no wish at all takes any. */
export function isGpuWished(device: GpuDevice, wishes: readonly GpuWish[]): boolean {
  return wishes.length === 0 || wishes.some((wish) => matches(device, wish));
}

function matches(device: GpuDevice, wish: GpuWish): boolean {
  const same = (wanted: string | undefined, has: string | undefined) =>
    wanted === undefined || wanted === '*' || wanted.toLowerCase() === has?.toLowerCase();
  return (
    same(wish.vendor === 'any' ? undefined : wish.vendor, device.vendor) &&
    same(wish.model, device.model) &&
    same(wish.ram, device.ram) &&
    same(wish.interface, device.interface)
  );
}
