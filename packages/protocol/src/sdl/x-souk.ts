/** `x-souk`: what Souk adds to SDL. It never enters the manifest, so the manifest's hash is the same with and without it. */
import type { HealthProbe } from '../runtime.ts';
import { type Field, note, readEntries, readRecord, readText, readWhole, refuse } from './field.ts';
import { atScale18, type Decimal, decimalOf, formatDecimal, parseDecimal } from './units.ts';

export interface XSouk {
  /** By service name. */
  readonly health: ReadonlyMap<string, HealthProbe>;
  /** Most that the deployment may cost in all, as decimal text in whole tokens. */
  readonly maxTotal?: string;
  readonly clawbackSeconds?: number;
  readonly startSeconds?: number;
}

const weekSeconds = 604_800;
const timing = { timeoutSeconds: 3, failures: 3 };
const defaultIntervalSeconds = 5;

export function readXSouk(field: Field, services: ReadonlySet<string>): XSouk {
  const fields = readRecord(field, { optional: ['health', 'maxTotal', 'clawbackSeconds', 'startSeconds'] });
  const health = readEntries(fields.health).map(([service, probe]) => {
    if (!services.has(service)) {
      note(
        probe,
        'error',
        `there is no service "${service.slice(0, 60)}"`,
        'name one of the services',
        'key',
      );
    }
    return [service, readProbe(probe)] as const;
  });
  const seconds = (value: Field | undefined) =>
    value === undefined ? undefined : readWhole(value, 1, weekSeconds);
  const clawbackSeconds = seconds(fields.clawbackSeconds);
  const startSeconds = seconds(fields.startSeconds);
  return {
    health: new Map(health),
    ...(fields.maxTotal === undefined ? {} : { maxTotal: readMoney(fields.maxTotal) }),
    ...(clawbackSeconds === undefined ? {} : { clawbackSeconds }),
    ...(startSeconds === undefined ? {} : { startSeconds }),
  };
}

function readProbe(field: Field): HealthProbe {
  const fields = readRecord(field, { optional: ['http', 'tcp', 'intervalSeconds'] });
  const intervalSeconds =
    fields.intervalSeconds === undefined
      ? defaultIntervalSeconds
      : readWhole(fields.intervalSeconds, 1, 3600);
  if ((fields.http === undefined) === (fields.tcp === undefined)) {
    note(
      field,
      'error',
      'a probe is either http or tcp',
      'write "http: {port: 80, path: /}" or "tcp: {port: 5432}"',
      'key',
    );
  }
  if (fields.http === undefined) {
    const { port } = readRecord(fields.tcp, { required: ['port'] });
    return { kind: 'tcp', port: readWhole(port, 1, 65_535), intervalSeconds, ...timing };
  }
  const http = readRecord(fields.http, { required: ['port'], optional: ['path'] });
  const path =
    http.path === undefined
      ? '/'
      : readText(http.path, { pattern: /^\/[^\s]{0,511}$/, meaning: 'a path, as /healthz' });
  return { kind: 'http', port: readWhole(http.port, 1, 65_535), path, intervalSeconds, ...timing };
}

function readMoney(field: Field): string {
  const { value } = field;
  if (typeof value !== 'number' && typeof value !== 'string') {
    refuse(field, 'an amount of money', 'write it like 25 or "12.50"');
    return '0';
  }
  const amount: Decimal | undefined = typeof value === 'number' ? decimalOf(value) : parseDecimal(value);
  if (amount === undefined || atScale18(amount) === 0n) {
    note(
      field,
      'error',
      `"${String(value).slice(0, 60)}" is no amount above 0`,
      'write it like 25 or "12.50"',
    );
    return '0';
  }
  return formatDecimal(amount);
}
