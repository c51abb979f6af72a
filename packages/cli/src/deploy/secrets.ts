/**
 * From the secrets that a workload file names to their values, and to what each placement group is given: sealed to
 * its provider later, never written in plain. Values come from flags, from the store, or are asked for.
 */
import { readFileSync } from 'node:fs';
import {
  Fault,
  type GroupSecrets,
  groupSecretsSchema,
  type SecretWish,
  type ServiceSecrets,
  type Workload,
} from '@souk/protocol';
import type { OrderWish } from '@souk/tenant';
import type { Context } from '../context.ts';
import { checkSize, openSecretStore, type SecretStore } from '../secrets.ts';
import type { Buyer } from '../session.ts';

export interface SecretFlags {
  readonly secretFile: readonly string[];
  readonly secretEnv: readonly string[];
}

/** Of all services of a group, in JSON: with some room below what can be sealed. */
const maxGroupBytes = 240 * 1024;

/** What a wish says of secrets. Asks for what is nowhere to be found, before anything is ordered. */
export async function secretsFor(
  context: Context,
  { network, wallet }: Pick<Buyer, 'network' | 'wallet'>,
  { workload, flags }: { readonly workload: Workload; readonly flags: SecretFlags },
): Promise<Pick<OrderWish, 'secrets'>> {
  const wishes = workload.xSouk?.secrets ?? [];
  const store = openSecretStore(network.home.secrets, () => wallet.unlock());
  const values = await collectSecrets(context, store, { wishes, flags });
  const byGroup = new Map(
    workload.groups.map(({ name, manifest }) => {
      const services = manifest.services.map((service) => service.name);
      return [name, groupSecretsOf(services, wishes, values)];
    }),
  );
  return { secrets: (group) => byGroup.get(group) };
}

/** Throws `cli.secret-missing` with all that are, before anything is ordered. */
export async function collectSecrets(
  context: Pick<Context, 'prompts' | 'environment'>,
  store: SecretStore,
  { wishes, flags }: { readonly wishes: readonly SecretWish[]; readonly flags: SecretFlags },
): Promise<ReadonlyMap<string, Buffer>> {
  const values = new Map<string, Buffer>();
  const names = [...new Set(wishes.map(({ name }) => name))];
  for (const { name, from } of flags.secretFile.map((text) => parsePair(text, 'PATH', names)))
    values.set(name, readValue(name, from));
  for (const { name, from } of flags.secretEnv.map((text) => parsePair(text, 'VARIABLE', names)))
    values.set(name, takeVariable(context, name, from));
  for (const name of names) {
    const kept = values.has(name) ? undefined : await store.load(name);
    if (kept) values.set(name, kept);
  }
  const missing = names.filter((name) => !values.has(name));
  if (missing.length > 0 && !context.prompts.canAsk) throw missingSecrets(missing);
  for (const name of missing) {
    const value = await context.prompts.secret(`Value of the secret ${name}`, `souk secret set ${name}`);
    values.set(name, Buffer.from(value));
  }
  for (const [name, value] of values) checkSize(name, value);
  return values;
}

/** Undefined for a group that needs none. */
export function groupSecretsOf(
  services: readonly string[],
  wishes: readonly SecretWish[],
  values: ReadonlyMap<string, Buffer>,
): GroupSecrets | undefined {
  const given = services.flatMap((service): [string, ServiceSecrets][] => {
    const own = wishes.filter((wish) => wish.services.includes(service));
    return own.length === 0 ? [] : [[service, serviceSecrets(own, values)]];
  });
  if (given.length === 0) return undefined;
  const secrets = { services: Object.fromEntries(given), snapshotKey: null };
  if (JSON.stringify(secrets).length <= maxGroupBytes) return groupSecretsSchema.parse(secrets);
  throw new Fault('cli.secret-unfit', 'the secrets of one placement group are too large together', {
    blame: 'user',
    data: { most: maxGroupBytes },
    remedy: 'give fewer or smaller ones; larger files belong in a volume, encrypted',
  });
}

function serviceSecrets(wishes: readonly SecretWish[], values: ReadonlyMap<string, Buffer>): ServiceSecrets {
  const env: Record<string, string> = {};
  const files: Record<string, string> = {};
  for (const wish of wishes) {
    const value = values.get(wish.name) ?? Buffer.alloc(0);
    if (wish.env !== undefined) env[wish.env] = variableText(wish.name, value);
    if (wish.file !== undefined) files[wish.file] = value.toString('base64');
  }
  return { env, files };
}

function variableText(name: string, value: Buffer): string {
  const text = value.toString('utf8');
  if (Buffer.from(text).equals(value) && !text.includes('\0') && text.length <= 65_536) return text;
  throw new Fault('cli.secret-unfit', `the secret ${name} is no text that an environment variable can hold`, {
    blame: 'user',
    data: { name },
    remedy: 'give it as a file under x-souk.secrets: {file: /run/secrets/…}',
  });
}

/** `NAME=SOURCE`, of a secret that the workload file names. */
function parsePair(
  text: string,
  source: 'PATH' | 'VARIABLE',
  names: readonly string[],
): { readonly name: string; readonly from: string } {
  const at = text.indexOf('=');
  const [name, from] = [text.slice(0, at), text.slice(at + 1)];
  if (at < 1 || from === '')
    throw new Fault('cli.usage', `"${text.slice(0, 80)}" does not say a secret and its ${source}`, {
      blame: 'user',
      remedy: `write it as NAME=${source}`,
    });
  if (names.includes(name)) return { name, from };
  throw new Fault('cli.usage', `the workload file names no secret "${name.slice(0, 80)}"`, {
    blame: 'user',
    remedy: names.length === 0 ? 'add it under x-souk.secrets' : `it names ${names.join(', ')}`,
  });
}

function readValue(name: string, file: string): Buffer {
  try {
    return readFileSync(file);
  } catch (cause) {
    throw new Fault('cli.file-unreadable', `the secret ${name} can't be read from ${file}`, {
      blame: 'user',
      data: { name, file },
      remedy: 'check the file’s name and that this user may read it',
      cause,
    });
  }
}

function takeVariable({ environment }: Pick<Context, 'environment'>, name: string, variable: string): Buffer {
  const value = environment.take(variable);
  if (value !== undefined) return Buffer.from(value);
  throw new Fault('cli.secret-missing', `the variable ${variable} of the secret ${name} is not set`, {
    blame: 'user',
    data: { missing: [name] },
    remedy: `set it, or keep the value with \`souk secret set ${name}\``,
  });
}

function missingSecrets(missing: readonly string[]): Fault {
  const first = missing[0] ?? 'NAME';
  return new Fault('cli.secret-missing', `no value for the secrets: ${missing.join(', ')}`, {
    blame: 'user',
    data: { missing },
    remedy: `keep each with \`souk secret set ${first}\`, or give --secret-file ${first}=PATH`,
  });
}
