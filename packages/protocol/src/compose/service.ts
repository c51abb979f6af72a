/** One service of a compose file, as far as it means something here. What has no effect is said, what can't be had is refused. */
import { childField, type Field, note, readEntries, readItems, refuse } from '../sdl/field.ts';
import type { HealthProbe, RestartPolicy } from '../runtime.ts';
import { readMounts, type ComposeMount } from './mounts.ts';
import { readPorts, type ComposePort } from './ports.ts';
import { parseDuration, parseMebibytes, sdlName, splitWords, wordOf } from './words.ts';

export interface ComposeSecret {
  readonly name: string;
  /** Where the service finds it. */
  readonly file: string;
}

export interface ComposeService {
  readonly field: Field;
  readonly name: string;
  readonly image: string;
  readonly command: readonly string[];
  readonly args: readonly string[];
  readonly env: readonly string[];
  readonly ports: readonly ComposePort[];
  readonly mounts: readonly ComposeMount[];
  readonly secrets: readonly ComposeSecret[];
  readonly cpu: number;
  readonly memoryMib: number;
  readonly gpus: number;
  readonly count: number;
  readonly health?: HealthProbe;
  readonly restart: RestartPolicy;
  readonly stopSeconds?: number;
}

/** Means nothing where every service runs alone in its own container somewhere else. */
const harmless: ReadonlySet<string> = new Set([
  'container_name',
  'hostname',
  'labels',
  'networks',
  'links',
  'logging',
  'platform',
  'pull_policy',
  'init',
  'tty',
  'stdin_open',
  'attach',
  'annotations',
  'shm_size',
  'ulimits',
  'stop_signal',
  'domainname',
  'profiles',
  'build',
  'develop',
  'oom_score_adj',
  'mem_swappiness',
  'memswap_limit',
]);

const unavailable: Readonly<Record<string, string>> = {
  privileged: 'workloads get no privileges here; run without them',
  cap_add: 'workloads get no capabilities here; run without them',
  devices: 'ask for GPUs under deploy.resources.reservations.devices; other devices are not offered',
  network_mode: 'every service has a network of its own; use ports and names instead',
  pid: 'every service has its own processes; remove it',
  ipc: 'every service has its own memory; remove it',
  extends: 'write the service out',
  configs: 'put the file into the image, or give it as a secret',
  volumes_from: 'give each service its own volume',
  extra_hosts: 'use names that DNS knows',
  sysctls: 'run without them',
  runtime: 'remove it',
};

const used: ReadonlySet<string> = new Set([
  'image',
  'command',
  'entrypoint',
  'environment',
  'env_file',
  'ports',
  'expose',
  'volumes',
  'tmpfs',
  'secrets',
  'deploy',
  'scale',
  'cpus',
  'mem_limit',
  'mem_reservation',
  'gpus',
  'healthcheck',
  'restart',
  'stop_grace_period',
  'depends_on',
]);

export interface ComposeFiles {
  readonly variables: Readonly<Record<string, string>>;
  /** Text of a file that the compose file names, relative to it; undefined where it can't be read. */
  readonly readFile: (path: string) => string | undefined;
}

export function readService(name: string, field: Field, files: ComposeFiles): ComposeService {
  const fields = new Map(readEntries(field));
  for (const [key, value] of fields) judgeKey(key, value);
  const get = (key: string) => fields.get(key);
  const deploy = new Map(readOptional(get('deploy')));
  const resources = new Map(readOptional(deploy.get('resources')));
  const limits = new Map(readOptional(resources.get('limits')));
  const reserved = new Map(readOptional(resources.get('reservations')));
  const health = readHealthcheck(get('healthcheck'));
  const stop = get('stop_grace_period');
  return {
    field,
    name: readName(name, field),
    image: readImage(field, get('image'), get('build')),
    command: readCommand(get('entrypoint')),
    args: readCommand(get('command')),
    env: readEnvironment(get('environment'), get('env_file'), files),
    ports: readPorts(get('ports'), get('expose')),
    mounts: readMounts(get('volumes'), get('tmpfs')),
    secrets: readItems(get('secrets')).map(readSecret),
    cpu: readNumber(limits.get('cpus') ?? get('cpus') ?? reserved.get('cpus')) ?? 0.5,
    memoryMib: readMemory(limits.get('memory') ?? get('mem_limit') ?? reserved.get('memory')) ?? 512,
    gpus: readGpus(reserved.get('devices'), get('gpus')),
    count: readNumber(deploy.get('replicas') ?? get('scale')) ?? 1,
    ...(health === undefined ? {} : { health }),
    restart: readRestart(get('restart')),
    ...(stop === undefined ? {} : { stopSeconds: Math.min(600, readSeconds(stop) ?? 10) }),
  };
}

/** A service that compose starts only when asked for by profile. */
export function isOptional(field: Field): boolean {
  const profiles = new Map(readEntries(field)).get('profiles');
  return profiles !== undefined && readItems(profiles).length > 0;
}

function judgeKey(key: string, value: Field): void {
  if (used.has(key) || key.startsWith('x-')) {
    if (key === 'depends_on') {
      note(
        value,
        'warning',
        'services start at the same time here',
        'let the service retry until what it needs answers',
        'key',
      );
    }
    return;
  }
  const why = unavailable[key];
  if (why !== undefined && value.value !== false)
    return note(value, 'error', `"${key}" can't be had here`, why, 'key');
  if (harmless.has(key)) return;
  note(value, 'warning', `"${key.slice(0, 60)}" has no effect here`, 'the image’s own is used', 'key');
}

function readName(name: string, field: Field): string {
  const own = sdlName(name);
  if (own !== name) {
    note(
      field,
      'warning',
      `"${name.slice(0, 60)}" is called "${own}" here`,
      'change it where other services connect to it',
      'key',
    );
  }
  return own;
}

function readImage(field: Field, image: Field | undefined, build: Field | undefined): string {
  if (image !== undefined && typeof image.value === 'string' && image.value !== '') return image.value;
  const remedy =
    build === undefined
      ? 'add "image"'
      : 'build it, hand it over with --image NAME=file.tar (docker save), and name it in "image"';
  note(field, 'error', 'there is no image to run', remedy, 'key');
  return '';
}

function readCommand(field: Field | undefined): readonly string[] {
  if (field === undefined || field.value === null) return [];
  if (typeof field.value !== 'string') return readItems(field).map((item) => textOf(item));
  const words = splitWords(field.value);
  if (words === undefined) note(field, 'error', 'a quote is not closed', 'close it, or write a list');
  return words ?? [];
}

function readEnvironment(
  field: Field | undefined,
  envFile: Field | undefined,
  files: ComposeFiles,
): readonly string[] {
  const env = new Map<string, string>();
  for (const item of listOf(envFile)) {
    const path = textOf(new Map(isMap(item) ? readEntries(item) : []).get('path') ?? item);
    const text = files.readFile(path);
    if (text === undefined)
      note(item, 'error', `${path.slice(0, 200)} can't be read`, 'put the variables into "environment"');
    for (const line of (text ?? '').split(/\r?\n/)) {
      const match = /^\s*(?:export\s+)?([A-Za-z_][A-Za-z0-9_.]*)\s*=\s*(.*?)\s*$/.exec(line);
      if (match?.[1] !== undefined) env.set(match[1], (match[2] ?? '').replace(/^(['"])(.*)\1$/, '$2'));
    }
  }
  for (const [name, value, item] of pairsOf(field)) {
    const given = value ?? (Object.hasOwn(files.variables, name) ? files.variables[name] : undefined);
    if (given === undefined)
      note(
        item,
        'error',
        `${name.slice(0, 60)} has no value here`,
        'write its value, or set it and import again',
      );
    env.set(name, given ?? '');
    if (/(PASSWORD|SECRET|TOKEN|API_?KEY|PRIVATE_KEY)/i.test(name) && !name.endsWith('_FILE')) {
      note(
        item,
        'warning',
        `${name.slice(0, 60)} looks like a secret, and env is readable in many places`,
        'keep it with `souk secret set` and name it under x-souk.secrets',
      );
    }
  }
  return [...env].map(([name, value]) => `${name}=${value}`);
}

/** A map, or a list of NAME=VALUE; no value means the caller's own. */
function pairsOf(field: Field | undefined): readonly (readonly [string, string | undefined, Field])[] {
  if (field === undefined || field.value === null) return [];
  if (!Array.isArray(field.value)) {
    return readEntries(field).map(([name, item]) => [
      name,
      item.value === null ? undefined : textOf(item),
      item,
    ]);
  }
  return readItems(field).map((item) => {
    const text = textOf(item);
    const at = text.indexOf('=');
    return at < 0 ? [text, undefined, item] : [text.slice(0, at), text.slice(at + 1), item];
  });
}

function readSecret(field: Field): ComposeSecret {
  if (typeof field.value === 'string') return { name: field.value, file: `/run/secrets/${field.value}` };
  const fields = new Map(readEntries(field));
  const name = textOf(fields.get('source') ?? field);
  const target = fields.get('target');
  const file = target === undefined ? name : textOf(target);
  return { name, file: file.startsWith('/') ? file : `/run/secrets/${file}` };
}

function readHealthcheck(field: Field | undefined): HealthProbe | undefined {
  const fields = new Map(readOptional(field));
  const test = fields.get('test');
  if (test === undefined || fields.get('disable')?.value === true) return undefined;
  const seconds = (key: string, fallback: number) => Math.min(3600, readSeconds(fields.get(key)) ?? fallback);
  const timing = {
    intervalSeconds: seconds('interval', 30),
    timeoutSeconds: seconds('timeout', 30),
    failures: Math.min(100, readNumber(fields.get('retries')) ?? 3),
  };
  if (typeof test.value === 'string')
    return { kind: 'exec', command: ['/bin/sh', '-c', test.value], ...timing };
  const [how, ...words] = readItems(test).map((item) => textOf(item));
  if (how === 'NONE' || words.length === 0) return undefined;
  const command = how === 'CMD-SHELL' ? ['/bin/sh', '-c', words.join(' ')] : words;
  return { kind: 'exec', command, ...timing };
}

function readRestart(field: Field | undefined): RestartPolicy {
  // Compose's own default is not to restart; a rented machine's services are wanted up.
  const text = field === undefined ? 'always' : textOf(field);
  if (text === 'no' || field?.value === false) return 'never';
  return text.startsWith('on-failure') ? 'on-failure' : 'always';
}

function readGpus(devices: Field | undefined, gpus: Field | undefined): number {
  if (gpus !== undefined) return gpus.value === 'all' ? 1 : (readNumber(gpus) ?? 1);
  return readItems(devices).reduce((sum, item) => {
    const device = new Map(readEntries(item));
    const wants = readItems(device.get('capabilities')).some((each) => each.value === 'gpu');
    const count = device.get('count');
    return sum + (wants ? (count === undefined || count.value === 'all' ? 1 : (readNumber(count) ?? 1)) : 0);
  }, 0);
}

function readNumber(field: Field | undefined): number | undefined {
  if (field === undefined) return undefined;
  const value = Number(field.value);
  if (Number.isFinite(value) && value > 0) return value;
  refuse(field, 'a number above 0', 'write digits');
  return undefined;
}

function readMemory(field: Field | undefined): number | undefined {
  if (field === undefined) return undefined;
  const mebibytes = parseMebibytes(textOf(field));
  if (mebibytes === undefined) refuse(field, 'an amount of memory', 'write it like 512m or 2g');
  return mebibytes;
}

function readSeconds(field: Field | undefined): number | undefined {
  if (field === undefined) return undefined;
  const seconds = parseDuration(textOf(field));
  if (seconds === undefined) refuse(field, 'a duration', 'write it like 30s or 1m30s');
  return seconds;
}

function readOptional(field: Field | undefined): readonly (readonly [string, Field])[] {
  return field === undefined || field.value === null ? [] : readEntries(field);
}

function listOf(field: Field | undefined): readonly Field[] {
  if (field === undefined) return [];
  return Array.isArray(field.value)
    ? field.value.map((value: unknown, index) => childField(field, index, value))
    : [field];
}

function isMap(field: Field): boolean {
  return typeof field.value === 'object' && field.value !== null && !Array.isArray(field.value);
}

function textOf(field: Field): string {
  if (typeof field.value === 'object') refuse(field, 'text', 'write text here');
  return wordOf(field.value);
}
