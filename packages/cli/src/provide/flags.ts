/** What `souk provide` takes on its command line, as settings of the room provider. */
import { InvalidArgumentError } from 'commander';

export interface ProvideFlags {
  readonly priceFile?: string;
  readonly capacity?: CapacityFlags;
  readonly attribute: Readonly<Record<string, string>>;
  readonly driver?: string;
  readonly listen?: readonly string[];
  readonly ingressPort?: number;
  readonly adminPort?: number;
}

export interface CapacityFlags {
  readonly cpuCores?: number;
  readonly memoryGib?: number;
  readonly storageGib?: number;
}

/** Only what was given: flags win over the settings file. */
export function settingsOf(flags: ProvideFlags): Readonly<Record<string, unknown>> {
  return {
    ...flags.capacity,
    ...(Object.keys(flags.attribute).length === 0 ? {} : { attributes: flags.attribute }),
    ...(flags.ingressPort === undefined ? {} : { ingressPort: flags.ingressPort }),
    ...(flags.adminPort === undefined ? {} : { adminPort: flags.adminPort }),
  };
}

/** "cpu=8,memory=8Gi,storage=64Gi"; any of them may be left out. */
export function parseCapacity(text: string): CapacityFlags {
  const parts = text.split(',').map((part) => part.split('='));
  return Object.fromEntries(parts.map(([key = '', value = '']) => parsePart(key.trim(), value.trim())));
}

function parsePart(key: string, value: string): readonly [keyof CapacityFlags, number] {
  switch (key) {
    case 'cpu':
      return ['cpuCores', parseNumber(value, /^([0-9]+(?:\.[0-9]+)?)$/)];
    case 'memory':
      return ['memoryGib', parseGib(value)];
    case 'storage':
      return ['storageGib', parseGib(value)];
    default:
      throw new InvalidArgumentError(`"${key}" is none of cpu, memory, storage`);
  }
}

const gibPerUnit: Readonly<Record<string, number>> = { Mi: 1 / 1024, Gi: 1, Ti: 1024 };

function parseGib(value: string): number {
  const unit = value.slice(-2);
  const factor = gibPerUnit[unit];
  if (factor === undefined) throw new InvalidArgumentError(`"${value}" needs Mi, Gi or Ti at its end`);
  return parseNumber(value.slice(0, -2), /^([0-9]+(?:\.[0-9]+)?)$/) * factor;
}

function parseNumber(value: string, pattern: RegExp): number {
  if (!pattern.test(value) || Number(value) <= 0) {
    throw new InvalidArgumentError(
      `"${value}" is no number above 0; write e.g. cpu=8,memory=8Gi,storage=64Gi`,
    );
  }
  return Number(value);
}

export function collectAttribute(
  text: string,
  previous: Readonly<Record<string, string>>,
): Readonly<Record<string, string>> {
  const at = text.indexOf('=');
  if (at <= 0) throw new InvalidArgumentError('write it as key=value, e.g. region=eu-west');
  return { ...previous, [text.slice(0, at)]: text.slice(at + 1) };
}

export function collectListen(text: string, previous: readonly string[] | undefined): readonly string[] {
  if (!text.startsWith('/')) throw new InvalidArgumentError('give a multiaddr, e.g. /ip4/0.0.0.0/tcp/4001');
  return [...(previous ?? []), text];
}

export function parsePort(text: string): number {
  const port = Number(text);
  if (/^[0-9]{1,5}$/.test(text) && port <= 65_535) return port;
  throw new InvalidArgumentError('give a port from 0 to 65535; 0 takes any free one');
}
