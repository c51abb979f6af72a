/**
 * `x-souk`: what Souk adds to SDL. It never enters the manifest, so the manifest's hash is the same with and without it.
 * `docs/x-souk.schema.json` says the same to editors; a test holds one to the other.
 */
import {
  type HealthProbe,
  type LogForward,
  logForwardSchema,
  type RestartPolicy,
  restartPolicies,
} from '../runtime.ts';
import { type UpdateStrategy, updateStrategies } from '../wire.ts';
import {
  type Field,
  note,
  readChoice,
  readEntries,
  readFlag,
  readItems,
  readRecord,
  readText,
  readWhole,
  refuse,
} from './field.ts';
import { atScale18, type Decimal, decimalOf, formatDecimal, parseDecimal } from './units.ts';
import { checkService, readHealth } from './x-souk-health.ts';

/** A value that only the chosen provider sees, and that no disk holds in plain: as env, or as a file inside. */
export interface SecretWish {
  readonly name: string;
  readonly services: readonly string[];
  readonly env?: string;
  readonly file?: string;
}

export interface UpdateWish {
  readonly strategy?: UpdateStrategy;
  /** Time for the new workload to become healthy before the old one is put back. */
  readonly healthySeconds?: number;
  readonly canaryReplicas?: number;
  /** How long canaries run before the rest follows. */
  readonly bakeSeconds?: number;
}

/** How volumes are saved elsewhere. `holders`: other providers that keep a copy, beside the tenant's own watch. */
export interface SnapshotWish {
  readonly everySeconds: number;
  readonly keep: number;
  readonly holders: number;
}

export interface XSouk {
  /** By service name. */
  readonly health: ReadonlyMap<string, HealthProbe>;
  readonly restart: ReadonlyMap<string, RestartPolicy>;
  readonly secrets: readonly SecretWish[];
  readonly logForward: readonly LogForward[];
  readonly update?: UpdateWish;
  readonly snapshots?: SnapshotWish;
  /** From SIGTERM to SIGKILL. */
  readonly stopGraceSeconds?: number;
  /** `amount` in whole tokens as decimal text, added while the money lasts less than `whenLeftSeconds`. */
  readonly topUp?: { readonly amount: string; readonly whenLeftSeconds: number };
  /** The provider may take the capacity back with this notice, for a lower price. */
  readonly interruptible?: { readonly noticeSeconds: number };
  /** Providers' attribute `region` must be one of these. */
  readonly regions?: readonly string[];
  /** Any vendor's GPU will do, whatever the profiles name. */
  readonly anyGpu?: true;
  /** Most that the deployment may cost in all, as decimal text in whole tokens. */
  readonly maxTotal?: string;
  readonly clawbackSeconds?: number;
  readonly startSeconds?: number;
}

const weekSeconds = 604_800;
const known = [
  'health',
  'restart',
  'secrets',
  'logs',
  'update',
  'snapshots',
  'stopGraceSeconds',
  'topUp',
  'interruptible',
  'regions',
  'anyGpu',
  'maxTotal',
  'clawbackSeconds',
  'startSeconds',
] as const;

export function readXSouk(field: Field, services: ReadonlySet<string>): XSouk {
  const fields = readRecord(field, { optional: known });
  return {
    health: readHealth(fields.health, services),
    restart: readRestart(fields.restart, services),
    secrets: readSecrets(fields.secrets, services),
    logForward: readLogs(fields.logs),
    ...set('update', fields.update, readUpdate),
    ...set('snapshots', fields.snapshots, readSnapshots),
    ...set('stopGraceSeconds', fields.stopGraceSeconds, (given) => readWhole(given, 0, 600)),
    ...set('topUp', fields.topUp, readTopUp),
    ...set('interruptible', fields.interruptible, readInterruptible),
    ...set('regions', fields.regions, readRegions),
    ...(readFlag(fields.anyGpu) ? { anyGpu: true as const } : {}),
    ...set('maxTotal', fields.maxTotal, readMoney),
    ...set('clawbackSeconds', fields.clawbackSeconds, (given) => readWhole(given, 1, weekSeconds)),
    ...set('startSeconds', fields.startSeconds, (given) => readWhole(given, 1, weekSeconds)),
  };
}

/** The key where the file has it, and nothing where it has not. */
function set<K extends string, T>(
  key: K,
  field: Field | undefined,
  read: (field: Field) => T | undefined,
): { readonly [P in K]?: T } {
  const value = field === undefined ? undefined : read(field);
  return value === undefined ? {} : ({ [key]: value } as { readonly [P in K]?: T });
}

function readRestart(
  field: Field | undefined,
  services: ReadonlySet<string>,
): ReadonlyMap<string, RestartPolicy> {
  return new Map(
    readEntries(field).map(([service, policy]) => {
      checkService(policy, service, services);
      return [service, readChoice(policy, restartPolicies)] as const;
    }),
  );
}

const secretName = /^[A-Za-z_][A-Za-z0-9_.-]{0,63}$/;

function readSecrets(field: Field | undefined, services: ReadonlySet<string>): readonly SecretWish[] {
  return readEntries(field).map(([name, secret]) => {
    if (!secretName.test(name)) {
      note(
        secret,
        'error',
        `"${name.slice(0, 60)}" can't be a secret's name`,
        'use up to 64 letters, digits, _ . -',
        'key',
      );
    }
    if (typeof secret.value === 'string') {
      note(
        secret,
        'error',
        'a secret has no value in the file',
        `remove it here and keep it with \`souk secret set ${secretName.test(name) ? name : 'NAME'}\``,
      );
      return { name, services: [] };
    }
    const fields = readRecord(secret, { optional: ['services', 'env', 'file'] });
    if (fields.env === undefined && fields.file === undefined) {
      note(
        secret,
        'error',
        'nothing says how the service gets it',
        'add "env: NAME" or "file: /run/secrets/name"',
        'key',
      );
    }
    return {
      name,
      services: readSecretServices(fields.services, services),
      ...set('env', fields.env, (given) =>
        readText(given, { pattern: /^[A-Za-z_][A-Za-z0-9_]{0,127}$/, meaning: 'a variable, as DB_PASSWORD' }),
      ),
      ...set('file', fields.file, (given) =>
        readText(given, {
          pattern: /^(\/(?!\.{1,2}(\/|$))[^/\s\0]+){1,32}$/,
          meaning: 'an absolute path, as /run/secrets/db',
        }),
      ),
    };
  });
}

/** Left out, every service gets it. */
function readSecretServices(field: Field | undefined, services: ReadonlySet<string>): readonly string[] {
  if (field === undefined) return [...services];
  return readItems(field).map((item) => {
    const service = readText(item);
    checkService(item, service, services, 'value');
    return service;
  });
}

function readLogs(field: Field | undefined): readonly LogForward[] {
  const { forward } = readRecord(field, { required: ['forward'] });
  const targets = readItems(forward);
  if (forward !== undefined && targets.length > 4)
    note(forward, 'error', 'more than 4 targets', 'name 4 at most');
  return targets.flatMap((target) => {
    const fields = readRecord(target, { required: ['kind', 'url'], optional: ['headers'] });
    const kind = readChoice(fields.kind, ['otlp', 'loki']);
    const url = readText(fields.url);
    const headers = Object.fromEntries(
      readEntries(fields.headers).map(([name, value]) => [name, readText(value)]),
    );
    const parsed = logForwardSchema.safeParse({ kind, url, headers });
    if (parsed.success) return [parsed.data];
    if (fields.url !== undefined)
      note(
        fields.url,
        'error',
        `"${url.slice(0, 60)}" is no address for logs`,
        'write it like https://loki.example.com',
      );
    return [];
  });
}

function readUpdate(field: Field): UpdateWish {
  const fields = readRecord(field, {
    optional: ['strategy', 'healthySeconds', 'canaryReplicas', 'bakeSeconds'],
  });
  return {
    ...set('strategy', fields.strategy, (given) => readChoice(given, updateStrategies)),
    ...set('healthySeconds', fields.healthySeconds, (given) => readWhole(given, 1, 3600)),
    ...set('canaryReplicas', fields.canaryReplicas, (given) => readWhole(given, 1, 1000)),
    ...set('bakeSeconds', fields.bakeSeconds, (given) => readWhole(given, 0, 86_400)),
  };
}

function readSnapshots(field: Field): SnapshotWish {
  const fields = readRecord(field, { optional: ['everySeconds', 'keep', 'holders'] });
  return {
    everySeconds: fields.everySeconds === undefined ? 300 : readWhole(fields.everySeconds, 10, weekSeconds),
    keep: fields.keep === undefined ? 3 : readWhole(fields.keep, 1, 100),
    holders: fields.holders === undefined ? 1 : readWhole(fields.holders, 0, 7),
  };
}

function readTopUp(field: Field): XSouk['topUp'] {
  const fields = readRecord(field, { required: ['amount'], optional: ['whenLeftSeconds'] });
  if (fields.amount === undefined) return undefined;
  const whenLeftSeconds =
    fields.whenLeftSeconds === undefined ? 3600 : readWhole(fields.whenLeftSeconds, 10, weekSeconds);
  return { amount: readMoney(fields.amount), whenLeftSeconds };
}

/** `true`, or with how long the notice must be. */
function readInterruptible(field: Field): XSouk['interruptible'] {
  if (typeof field.value === 'boolean') return field.value ? { noticeSeconds: 30 } : undefined;
  const { noticeSeconds } = readRecord(field, { optional: ['noticeSeconds'] });
  return { noticeSeconds: noticeSeconds === undefined ? 30 : readWhole(noticeSeconds, 5, 86_400) };
}

function readRegions(field: Field): readonly string[] | undefined {
  const regions = readItems(field).map((item) => readText(item, { minLength: 1 }));
  if (Array.isArray(field.value) && regions.length === 0)
    refuse(field, 'at least one region', 'name one, or remove "regions"');
  return regions.length === 0 ? undefined : regions;
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
