import { isGpuWished } from '@souk/protocol';
import { describe, expect, it } from 'vitest';
import { providerConfigSchema } from '../config.ts';
import { capacityOf } from './capacity.ts';
import { gpuOf, type Machine } from './machine.ts';

const machine: Machine = {
  cores: 10,
  memoryBytes: 1000n,
  storageBytes: 2000n,
  gpus: [{ id: 'x', vendor: 'amd', model: 'mi300x' }],
  arch: 'arm64',
};

describe('capacity', () => {
  it('is a share of the machine', () => {
    const capacity = capacityOf(machine, providerConfigSchema.parse({ share: 0.5 }));
    expect(capacity.total).toEqual({ cpuMilli: 5000, memoryBytes: 500n, storageBytes: 1000n, gpus: 1 });
    expect(capacity.storageClasses).toContain('ram');
  });

  it('is what the operator says, where it says so', () => {
    const gpus = [{ vendor: 'NVIDIA', model: 'h100' }];
    const config = providerConfigSchema.parse({ cpuCores: 0.25, memoryGib: 0.5, storageGib: 3, gpus });
    const capacity = capacityOf(machine, config);
    expect(capacity.total).toEqual({
      cpuMilli: 250,
      memoryBytes: 1n << 29n,
      storageBytes: 3n << 30n,
      gpus: 1,
    });
    expect(capacity.gpus).toEqual([{ id: 'gpu-0', vendor: 'nvidia', model: 'h100' }]);
  });
});

describe('a GPU', () => {
  const device = { id: 'x', vendor: 'nvidia', model: 'rtx4090', ram: '24Gi', interface: 'pcie' };
  it('is wished by any alternative that it fits wholly', () => {
    expect(isGpuWished(device, [])).toBe(true);
    expect(isGpuWished(device, [{ vendor: '*' }])).toBe(true);
    expect(
      isGpuWished(device, [
        { vendor: 'nvidia', model: 'h100' },
        { vendor: 'nvidia', model: 'RTX4090' },
      ]),
    ).toBe(true);
    expect(isGpuWished(device, [{ vendor: 'nvidia', ram: '80Gi' }])).toBe(false);
    expect(isGpuWished(device, [{ vendor: 'amd' }])).toBe(false);
  });

  it('is named as workload files name it, and counted only with memory of its own', () => {
    const base = { bus: 'PCI', vramDynamic: false };
    const nvidia = {
      ...base,
      vendor: 'NVIDIA',
      model: 'AD102',
      name: 'NVIDIA GeForce RTX 4090',
      vram: 24564,
    };
    expect(gpuOf({ ...nvidia, pciBus: '0:1' }, 0)).toEqual([
      { id: '0:1', vendor: 'nvidia', model: 'rtx4090', ram: '24Gi', interface: 'pcie' },
    ]);
    const h100 = {
      ...base,
      vendor: 'NVIDIA',
      model: 'H100 SXM5',
      name: 'NVIDIA H100 80GB HBM3',
      vram: 81559,
    };
    expect(gpuOf(h100, 1)[0]).toMatchObject({ id: 'gpu-1', model: 'h100', ram: '80Gi', interface: 'sxm' });
    const amd = {
      ...base,
      vendor: 'Advanced Micro Devices, Inc. [AMD/ATI]',
      model: 'Instinct MI300X',
      vram: 196_608,
    };
    expect(gpuOf(amd, 0)[0]).toMatchObject({ vendor: 'amd', model: 'mi300x' });
    expect(gpuOf({ ...base, vendor: 'Intel', model: 'UHD 630', vram: 256, vramDynamic: true }, 0)).toEqual(
      [],
    );
    expect(gpuOf({ ...base, vendor: 'QEMU', model: 'VGA', vram: 4096 }, 0)).toEqual([]);
  });
});
