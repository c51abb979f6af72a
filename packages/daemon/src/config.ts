/**
 * Settings of one process: defaults ← file ← environment ← flags, merged once, checked by each room's zod schema,
 * unknown keys refused, frozen.
 */
import { existsSync, readFileSync } from 'node:fs';
import { Fault } from '@souk/protocol';
import { parse } from 'yaml';
import { z } from 'zod';
import type { Environment } from './environment.ts';

export type RoomSchemas = Readonly<Record<string, z.ZodObject>>;

export interface ConfigSources {
  /** YAML with one map a room; may be missing. */
  readonly file?: string;
  /** SOUK_<ROOM>_<KEY> with KEY in upper snake case; values are YAML scalars. */
  readonly environment?: Pick<Environment, 'settings'>;
  readonly flags?: Readonly<Record<string, Readonly<Record<string, unknown>>>>;
  /** Sections that the file may hold for other processes; they are not read. */
  readonly otherRooms?: readonly string[];
}

export type Config<S extends RoomSchemas> = { readonly [K in keyof S]: Readonly<z.output<S[K]>> };

export function readConfig<S extends RoomSchemas>(schemas: S, sources: ConfigSources = {}): Config<S> {
  const fromFile = readFile(sources.file);
  for (const room of Object.keys(fromFile)) {
    if (room in schemas || sources.otherRooms?.includes(room)) continue;
    throw unknownKey(sources.file ?? '', room, [...Object.keys(schemas), ...(sources.otherRooms ?? [])]);
  }
  const rooms = Object.entries(schemas).map(([room, schema]) => {
    const merged = {
      ...fromFile[room],
      ...fromEnvironment(room, schema, sources.environment),
      ...sources.flags?.[room],
    };
    const result = z.strictObject(schema.shape).safeParse(merged);
    if (!result.success) throw invalid(room, result.error, sources.file);
    return [room, Object.freeze(result.data)];
  });
  return Object.freeze(Object.fromEntries(rooms)) as Config<S>;
}

export interface ConfigKey {
  readonly room: string;
  readonly key: string;
  readonly description: string;
  readonly defaultValue: unknown;
}

/** Every key there is, for `souk config show` and the reference. */
export function describeConfig(schemas: RoomSchemas): readonly ConfigKey[] {
  return Object.entries(schemas).flatMap(([room, schema]) => {
    const defaults = schema.safeParse({});
    return Object.entries(schema.shape).map(([key, field]) => ({
      room,
      key,
      description: (field as z.ZodType).description ?? '',
      defaultValue: defaults.success ? (defaults.data as Record<string, unknown>)[key] : undefined,
    }));
  });
}

function readFile(file: string | undefined): Record<string, Record<string, unknown>> {
  if (file === undefined || !existsSync(file)) return {};
  try {
    const value: unknown = parse(readFileSync(file, 'utf8'));
    return z.record(z.string(), z.record(z.string(), z.unknown())).parse(value ?? {});
  } catch (cause) {
    throw new Fault(
      'config.unreadable',
      `the settings file ${file} can't be read: ${(cause as Error).message}`,
      {
        blame: 'user',
        data: { file },
        remedy: 'write it as YAML with one map for each room, e.g. "provider:\\n  bidTtlMs: 60000"',
        cause,
      },
    );
  }
}

function fromEnvironment(
  room: string,
  schema: z.ZodObject,
  environment: Pick<Environment, 'settings'> | undefined,
): Record<string, unknown> {
  if (!environment) return {};
  const named = Object.keys(schema.shape).flatMap((key) => {
    const name = `SOUK_${room}_${key.replace(/[A-Z]/g, (char) => `_${char}`)}`.toUpperCase();
    const value = environment.settings[name];
    return value === undefined ? [] : [[key, parse(value) as unknown]];
  });
  return Object.fromEntries(named) as Record<string, unknown>;
}

function unknownKey(file: string, key: string, known: readonly string[]): Fault {
  return new Fault('config.unknown-key', `the settings file ${file} has an unknown section "${key}"`, {
    blame: 'user',
    data: { file, key },
    remedy: `sections are: ${known.join(', ')}`,
  });
}

function invalid(room: string, error: z.ZodError, file: string | undefined): Fault {
  const reasons = error.issues.map((issue) => `${[room, ...issue.path].join('.')}: ${issue.message}`);
  return new Fault('config.invalid', `settings are wrong: ${reasons.join('; ')}`, {
    blame: 'user',
    data: { room, file },
    remedy: 'see `souk config show` for every key, its meaning and default',
    cause: error,
  });
}
