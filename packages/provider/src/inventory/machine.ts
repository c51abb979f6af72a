/** What this machine has. Reads the host; everything decided from it is in capacity.ts. */
import { mkdirSync } from 'node:fs';
import { statfs } from 'node:fs/promises';
import { arch, availableParallelism, totalmem } from 'node:os';
import type { Systeminformation } from 'systeminformation';

export interface GpuDevice {
  readonly id: string;
  readonly vendor: string;
  readonly model: string;
  /** e.g. "24Gi". */
  readonly ram?: string | undefined;
  readonly interface?: string | undefined;
}

export interface Machine {
  readonly cores: number;
  readonly memoryBytes: bigint;
  /** Free on the disk of the data folder. */
  readonly storageBytes: bigint;
  readonly gpus: readonly GpuDevice[];
  /** As container images name it: amd64, arm64. */
  readonly arch: string;
}

/** `folder` is where workloads' data will be. */
export async function discoverMachine(folder: string): Promise<Machine> {
  mkdirSync(folder, { recursive: true });
  const [disk, gpus] = await Promise.all([statfs(folder, { bigint: true }), discoverGpus()]);
  const constrained = process.constrainedMemory();
  // Node reports an absurdly large number where no cgroup limits it.
  const memory = constrained > 0 && constrained < totalmem() ? constrained : totalmem();
  return {
    cores: availableParallelism(),
    memoryBytes: BigInt(memory),
    storageBytes: disk.bavail * disk.bsize,
    gpus,
    arch: { x64: 'amd64', arm64: 'arm64' }[arch() as string] ?? arch(),
  };
}

/** Best effort: a machine whose tools don't name a GPU offers none; its operator can list them in the settings. */
async function discoverGpus(): Promise<readonly GpuDevice[]> {
  try {
    // Loaded only here: it is large, and commands that sell nothing need not wait for it.
    const { graphics } = await import('systeminformation');
    const { controllers } = await graphics();
    return controllers.flatMap((controller, index) => gpuOf(controller, index));
  } catch {
    return [];
  }
}

/** Exported for its test. Only devices that can compute: a name of a known maker and memory of their own. */
export function gpuOf(
  controller: Systeminformation.GraphicsControllerData,
  index: number,
): readonly GpuDevice[] {
  const vendor = /nvidia|amd|advanced micro|intel|apple/i.exec(
    `${controller.vendor} ${controller.name ?? ''}`,
  )?.[0];
  const vramMib = controller.memoryTotal ?? (controller.vramDynamic ? 0 : (controller.vram ?? 0));
  if (vendor === undefined || vramMib < 1024) return [];
  return [
    {
      id: controller.pciBus ?? controller.busAddress ?? `gpu-${index}`,
      vendor: /advanced micro/i.test(vendor) ? 'amd' : vendor.toLowerCase(),
      model: modelOf(controller.name ?? controller.model),
      ram: `${Math.round(vramMib / 1024)}Gi`,
      interface: /sxm/i.test(controller.model) ? 'sxm' : 'pcie',
    },
  ];
}

/** "NVIDIA GeForce RTX 4090" → "rtx4090", as workload files name it. */
function modelOf(name: string): string {
  return name
    .toLowerCase()
    .replace(
      /\[.*?\]|\(.*?\)|nvidia|geforce|amd|radeon|instinct|intel|tesla|graphics|corporation|[0-9]+gb/g,
      '',
    )
    .replace(/\b(pcie|sxm[0-9]?|hbm[0-9]?)\b/g, '')
    .replace(/[^a-z0-9]/g, '');
}
