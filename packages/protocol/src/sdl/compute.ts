/** The compute profiles of a file: cpu, memory, volumes and GPUs as whole numbers. */
import {
  type Field,
  note,
  readChoice,
  readEntries,
  readItems,
  readRecord,
  readText,
  refuse,
} from './field.ts';
import type { Path } from './issue.ts';
import { decimalOf, parseCpu, parseDecimal, parseSize, type Quantity, timesUp } from './units.ts';

export interface SdlAttribute {
  readonly key: string;
  readonly value: string;
}

export interface SdlVolume {
  readonly path: Path;
  readonly name: string;
  readonly bytes: bigint;
  /** Sorted by key. */
  readonly attributes: readonly SdlAttribute[];
  readonly class: string;
  readonly isPersistent: boolean;
}

export interface SdlCompute {
  readonly path: Path;
  readonly name: string;
  readonly cpuMilli: bigint;
  readonly cpuAttributes: readonly SdlAttribute[];
  readonly memoryBytes: bigint;
  readonly volumes: readonly SdlVolume[];
  readonly gpuUnits: bigint;
  /** As the manifest spells wishes: `vendor/nvidia/model/a100/ram/80Gi/interface/sxm`. */
  readonly gpuAttributes: readonly SdlAttribute[];
}

export function readComputes(field: Field | undefined): readonly SdlCompute[] {
  return readEntries(field).map(([name, profile]) => readCompute(name, profile));
}

function readCompute(name: string, field: Field): SdlCompute {
  const { resources } = readRecord(field, { required: ['resources'] });
  const fields = readRecord(resources, { required: ['cpu', 'memory', 'storage'], optional: ['gpu'] });
  const cpu = readRecord(fields.cpu, { required: ['units'], optional: ['attributes'] });
  const memory = readRecord(fields.memory, { required: ['size'] });
  return {
    path: field.path,
    name,
    cpuMilli: readCpuUnits(cpu.units),
    cpuAttributes: readAttributes(cpu.attributes),
    memoryBytes: readSize(memory.size),
    volumes: readVolumes(fields.storage),
    ...readGpu(fields.gpu),
  };
}

function readCpuUnits(field: Field | undefined): bigint {
  if (field === undefined) return 0n;
  const { value } = field;
  if (typeof value === 'number') {
    const decimal = decimalOf(value);
    if (decimal !== undefined && value > 0) return timesUp(decimal, 1000n);
    note(
      field,
      'error',
      `${value} is not more than 0`,
      'write cores as 0.5, or thousandths of a core as 500m',
    );
    return 0n;
  }
  if (typeof value !== 'string') {
    refuse(field, 'a number of cores', 'write cores as 0.5, or thousandths of a core as 500m');
    return 0n;
  }
  const quantity = parseCpu(value);
  if (quantity === undefined || quantity.amount === 0n) {
    note(field, 'error', `"${value.slice(0, 60)}" is no amount of cpu above 0`, 'write 0.5 or 500m');
    return 0n;
  }
  return noteOddUnit(field, quantity, 'write cores as 0.5, or thousandths of a core as 500m');
}

function readSize(field: Field | undefined): bigint {
  const text = readText(field);
  if (field === undefined || typeof field.value !== 'string') return 0n;
  const quantity = parseSize(text);
  if (quantity === undefined) {
    note(field, 'error', `"${text.slice(0, 60)}" is no size`, 'write it like 512Mi or 1.5Gi');
    return 0n;
  }
  if (/b$/i.test(text) && quantity.oddUnit === undefined) {
    note(field, 'warning', `"${text}" is read in steps of 1000`, 'write Mi, Gi or Ti for steps of 1024');
  }
  return noteOddUnit(field, quantity, 'write it like 512Mi or 1.5Gi');
}

function noteOddUnit(field: Field, quantity: Quantity, remedy: string): bigint {
  if (quantity.oddUnit !== undefined) {
    note(field, 'obstacle', `"${quantity.oddUnit.slice(0, 20)}" is no unit that is known`, remedy);
  }
  return quantity.amount;
}

/** Text, numbers and flags by any name; sorted. */
export function readAttributes(field: Field | undefined): readonly SdlAttribute[] {
  const attributes = readEntries(field).map(([key, item]) => {
    if (typeof item.value === 'object') refuse(item, 'text', 'write one word or number');
    return { key, value: String(item.value) };
  });
  return sortByKey(attributes);
}

function sortByKey(attributes: readonly SdlAttribute[]): readonly SdlAttribute[] {
  return [...attributes].sort((a, b) => (a.key < b.key ? -1 : a.key > b.key ? 1 : 0));
}

function readVolumes(field: Field | undefined): readonly SdlVolume[] {
  if (field === undefined) return [];
  return Array.isArray(field.value) ? readItems(field).map(readVolume) : [readVolume(field)];
}

/** As Go reads a flag from text. */
const truths: ReadonlySet<unknown> = new Set([true, '1', 't', 'T', 'true', 'TRUE', 'True']);

function readVolume(field: Field): SdlVolume {
  const fields = readRecord(field, { required: ['size'], optional: ['name', 'attributes'] });
  const attributes = readRecord(fields.attributes, { required: ['class', 'persistent'] });
  const kind = readText(attributes.class);
  const persistent = attributes.persistent;
  if (persistent !== undefined && typeof persistent.value !== 'boolean') readText(persistent);
  const isPersistent = truths.has(persistent?.value);
  const isStrictlyTrue = persistent?.value === true || persistent?.value === 'true';
  if (kind === 'ram' && isStrictlyTrue) {
    note(field, 'error', 'a volume of class "ram" can\'t be persistent', 'write "persistent: false"');
  }
  if (['beta1', 'beta2', 'beta3', 'default'].includes(kind) && persistent !== undefined && !isStrictlyTrue) {
    note(
      field,
      'error',
      `class "${kind}" is for persistent volumes`,
      'write "persistent: true", or remove "attributes" for a volume that goes with the service',
    );
  }
  return {
    path: field.path,
    name: readText(fields.name) || 'default',
    bytes: readSize(fields.size),
    attributes:
      attributes.class === undefined || persistent === undefined
        ? []
        : [
            { key: 'class', value: kind },
            { key: 'persistent', value: String(persistent.value) },
          ],
    class: kind || 'default',
    isPersistent,
  };
}

function readGpu(field: Field | undefined): Pick<SdlCompute, 'gpuUnits' | 'gpuAttributes'> {
  const fields = readRecord(field, { optional: ['units', 'attributes'] });
  const gpuUnits = readGpuUnits(fields.units);
  if (field !== undefined && gpuUnits > 0n && fields.attributes === undefined) {
    note(
      field,
      'error',
      'GPUs without a vendor',
      'add "attributes: {vendor: {nvidia: [{model: …}]}}", or leave the list empty for any model',
    );
  }
  if (fields.attributes === undefined) return { gpuUnits, gpuAttributes: [] };
  if (gpuUnits === 0n) {
    note(
      fields.attributes,
      'error',
      'GPU attributes with no GPU',
      'set "units" above 0 or remove "gpu"',
      'key',
    );
  }
  const { vendor } = readRecord(fields.attributes, { required: ['vendor'] });
  const { nvidia } = readRecord(vendor, { required: ['nvidia'] });
  return { gpuUnits, gpuAttributes: readGpuModels(nvidia) };
}

function readGpuUnits(field: Field | undefined): bigint {
  if (field === undefined) return 0n;
  const { value } = field;
  const decimal =
    typeof value === 'number'
      ? decimalOf(value)
      : typeof value === 'string'
        ? parseDecimal(value)
        : undefined;
  if (decimal === undefined || decimal.digits % 10n ** BigInt(decimal.scale) !== 0n) {
    refuse(field, 'a whole number of GPUs', 'write digits only, 0 or more');
    return 0n;
  }
  return timesUp(decimal, 1n);
}

function readGpuModels(field: Field | undefined): readonly SdlAttribute[] {
  if (field === undefined) return [];
  if (field.value === null) return [{ key: 'vendor/nvidia/model/*', value: 'true' }];
  const items = readItems(field);
  if (items.length === 0) {
    note(
      field,
      'warning',
      'an empty list asks for a GPU of any vendor',
      'leave "nvidia:" without a value for any NVIDIA',
    );
  }
  return items.map((item) => {
    const fields = readRecord(item, { optional: ['model', 'ram', 'interface'] });
    const model = readText(fields.model);
    const ram = readText(fields.ram);
    const socket = fields.interface === undefined ? '' : readChoice(fields.interface, ['pcie', 'sxm']);
    for (const part of [fields.model, fields.ram]) {
      if (typeof part?.value === 'string' && part.value.includes('/')) {
        note(part, 'obstacle', 'a "/" in the name of a GPU', 'write the model as rtx4090 or a100');
      }
    }
    const key = `vendor/nvidia/model/${model || '*'}${ram && `/ram/${ram}`}${socket && `/interface/${socket}`}`;
    return { key, value: 'true' };
  });
}
