/** The `services` and `endpoints` of a file, field by field as the schema of SDL has them. */
import {
  type Field,
  note,
  readChoice,
  readEntries,
  readFlag,
  readItems,
  readRecord,
  readText,
  readTexts,
  readTextsOrNull,
  readWhole,
  refuse,
} from './field.ts';
import type { Path } from './issue.ts';

export interface SdlTo {
  readonly path: Path;
  /** "" for none. */
  readonly service: string;
  readonly isGlobal: boolean;
  /** Name of an endpoint, "" for none. */
  readonly ip: string;
}

export interface SdlHttpOptions {
  readonly maxBodySize: number;
  readonly readTimeout: number;
  readonly sendTimeout: number;
  readonly nextTries: number;
  readonly nextTimeout: number;
  readonly nextCases: readonly string[];
  /** 0 leaves it to the provider. */
  readonly proxyBufferSize: number;
}

export interface SdlExpose {
  readonly path: Path;
  readonly port: number;
  /** 0 where the file doesn't say. */
  readonly as: number;
  readonly proto: 'TCP' | 'UDP';
  readonly accept: readonly string[];
  readonly to: readonly SdlTo[];
  readonly http: SdlHttpOptions;
}

export interface SdlMount {
  readonly path: Path;
  readonly volume: string;
  /** "" where the file doesn't say. */
  readonly mount: string;
  readonly isReadOnly: boolean;
}

export interface SdlParams {
  readonly mounts: readonly SdlMount[];
  readonly permissions?: readonly string[] | null;
  readonly tee?: 'cpu' | 'cpu-gpu';
}

export interface SdlCredentials {
  readonly host: string;
  readonly email: string;
  readonly username: string;
  readonly password: string;
}

export interface SdlService {
  readonly path: Path;
  readonly name: string;
  readonly image: string;
  readonly command: readonly string[];
  readonly args: readonly string[];
  readonly env: readonly string[];
  readonly exposes: readonly SdlExpose[];
  readonly params?: SdlParams;
  readonly credentials?: SdlCredentials;
}

export function readServices(field: Field | undefined): readonly SdlService[] {
  return readEntries(field).map(([name, service]) => readService(name, service));
}

function readService(name: string, field: Field): SdlService {
  const fields = readRecord(field, {
    required: ['image'],
    optional: ['command', 'args', 'env', 'expose', 'params', 'credentials', 'dependencies'],
  });
  for (const dependency of readItems(fields.dependencies)) {
    readText(readRecord(dependency, { optional: ['service'] }).service);
  }
  if (fields.dependencies !== undefined) {
    note(
      fields.dependencies,
      'warning',
      'dependencies are read and have no effect: services start at the same time',
      'let the service retry until what it needs answers',
      'key',
    );
  }
  return {
    path: field.path,
    name,
    image: readText(fields.image, { minLength: 1 }),
    command: readTextsOrNull(fields.command),
    args: readTextsOrNull(fields.args),
    env: readTextsOrNull(fields.env),
    exposes: fields.expose?.value === null ? [] : readItems(fields.expose).map(readExpose),
    ...(fields.params === undefined ? {} : { params: readParams(fields.params) }),
    ...(fields.credentials === undefined ? {} : { credentials: readCredentials(fields.credentials) }),
  };
}

function readExpose(field: Field): SdlExpose {
  const fields = readRecord(field, {
    required: ['port'],
    optional: ['as', 'proto', 'to', 'accept', 'http_options'],
  });
  return {
    path: field.path,
    port: readWhole(fields.port, 1, 65_535),
    as: fields.as === undefined ? 0 : readWhole(fields.as, 1, 65_535),
    proto:
      fields.proto === undefined
        ? 'TCP'
        : readChoice(fields.proto, ['TCP', 'UDP', 'tcp', 'udp']).toUpperCase() === 'UDP'
          ? 'UDP'
          : 'TCP',
    accept: readTexts(fields.accept),
    to: readItems(fields.to).map(readTo),
    http: readHttpOptions(fields.http_options),
  };
}

function readTo(field: Field): SdlTo {
  const fields = readRecord(field, { optional: ['service', 'global', 'ip'] });
  const isGlobal = readFlag(fields.global);
  if (fields.ip !== undefined && !isGlobal) {
    note(field, 'error', 'an IP is only for what is public', 'add "global: true" or remove "ip"');
  }
  return {
    path: field.path,
    service: readText(fields.service),
    isGlobal,
    ip: readText(fields.ip, { minLength: 1 }),
  };
}

const nextCases = ['error', 'timeout', '500', '502', '503', '504', '403', '404', '429', 'off'] as const;

function readHttpOptions(field: Field | undefined): SdlHttpOptions {
  const fields = readRecord(field, {
    optional: [
      'max_body_size',
      'read_timeout',
      'send_timeout',
      'next_tries',
      'next_timeout',
      'next_cases',
      'proxy_buffer_size',
    ],
  });
  const whole = (value: Field | undefined, fallback: number, max?: number) =>
    value === undefined ? fallback : readWhole(value, 0, max);
  return {
    maxBodySize: whole(fields.max_body_size, 1_048_576, 104_857_600),
    readTimeout: whole(fields.read_timeout, 60_000, 60_000),
    sendTimeout: whole(fields.send_timeout, 60_000, 60_000),
    nextTries: whole(fields.next_tries, 3),
    nextTimeout: whole(fields.next_timeout, 0),
    nextCases: fields.next_cases === undefined ? ['error', 'timeout'] : readNextCases(fields.next_cases),
    proxyBufferSize: whole(fields.proxy_buffer_size, 0, 1_048_576),
  };
}

function readNextCases(field: Field): readonly string[] {
  const cases = readItems(field).map((item) => readChoice(item, nextCases));
  if (cases.includes('off') && cases.length > 1) {
    note(field, 'error', '"off" goes with no other case', 'keep "off" alone or remove it');
  }
  return cases;
}

function readParams(field: Field): SdlParams {
  const fields = readRecord(field, { optional: ['storage', 'permissions', 'tee'] });
  const permissions = readRecord(fields.permissions, { optional: ['read'] }).read;
  return {
    mounts: readEntries(fields.storage).map(([volume, mount]) => readMount(volume, mount)),
    ...(fields.permissions === undefined
      ? {}
      : {
          permissions:
            permissions === undefined
              ? null
              : readItems(permissions).map((item) => readChoice(item, ['deployment', 'logs', 'events'])),
        }),
    ...(fields.tee === undefined ? {} : { tee: readTee(fields.tee) }),
  };
}

function readMount(volume: string, field: Field): SdlMount {
  const fields = readRecord(field, { optional: ['mount', 'readOnly'] });
  return {
    path: field.path,
    volume,
    mount: readText(fields.mount, { minLength: 1, pattern: /^\//, meaning: 'an absolute path, as /data' }),
    isReadOnly: readFlag(fields.readOnly),
  };
}

/** The documentation shows a map with `type` here, which the reference refuses: say what to write. */
function readTee(field: Field): 'cpu' | 'cpu-gpu' {
  if (typeof field.value === 'object' && field.value !== null) {
    refuse(field, 'text', 'write "tee: cpu" or "tee: cpu-gpu"');
    return 'cpu';
  }
  return readChoice(field, ['cpu', 'cpu-gpu']);
}

function readCredentials(field: Field): SdlCredentials {
  const fields = readRecord(field, { required: ['host', 'username', 'password'], optional: ['email'] });
  return {
    host: readText(fields.host, { minLength: 1 }),
    email: readText(fields.email, { minLength: 5 }),
    username: readText(fields.username, { minLength: 1 }),
    password: readText(fields.password, { minLength: 6 }),
  };
}

export interface SdlEndpoint {
  readonly path: Path;
  readonly name: string;
}

export function readEndpoints(field: Field | undefined): readonly SdlEndpoint[] {
  return readEntries(field).map(([name, endpoint]) => {
    if (!/^[a-z]+[-_0-9a-z]+$/.test(name)) {
      note(
        endpoint,
        'error',
        `"${name.slice(0, 60)}" is no name for an endpoint`,
        'start with a small letter and use small letters, digits, "-" and "_", two characters at least',
        'key',
      );
    }
    readChoice(readRecord(endpoint, { required: ['kind'] }).kind, ['ip']);
    return { path: endpoint.path, name };
  });
}
