/**
 * docker-compose files as workload files: text in, SDL text with x-souk out, and a note for everything that changes its
 * meaning. Pure and never throws; what comes out is an ordinary file that its owner reads, edits and keeps.
 */
import { stringify } from 'yaml';
import { type Field, note, readEntries } from '../sdl/field.ts';
import type { Report, SdlIssue } from '../sdl/issue.ts';
import { readSource } from '../sdl/source.ts';
import { composeToSdl } from './convert.ts';
import { type ComposeFiles, type ComposeService, isOptional, readService } from './service.ts';
import { substitute } from './words.ts';

export interface ComposeOptions extends ComposeFiles {
  /** Ceiling per replica and hour, in USD. */
  readonly maxPricePerHour: number;
}

export type ComposeImport =
  | { readonly ok: true; readonly sdl: string; readonly notes: readonly SdlIssue[] }
  | { readonly ok: false; readonly errors: readonly SdlIssue[]; readonly notes: readonly SdlIssue[] };

/** A compose file has services, and none of what SDL requires beside them. */
export function isComposeFile(text: string): boolean {
  const { value } = readSource(text);
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return false;
  const keys = Object.keys(value);
  return keys.includes('services') && !keys.includes('profiles') && !keys.includes('deployment');
}

export function importCompose(text: string, options: ComposeOptions): ComposeImport {
  const { value, report } = readSource(text);
  if (report.hasErrors()) return refused(report);
  const filled = fillIn({ path: [], value, report }, options.variables);
  const top = new Map(readEntries({ path: [], value: filled, report }));
  const services = readServices(top.get('services'), report, options);
  checkSecrets(services, new Set(readEntries(top.get('secrets')).map(([name]) => name)));
  const include = top.get('include');
  if (include)
    note(include, 'error', 'other files are not read', 'write their services into this one', 'key');
  checkNames(services);
  checkShared(services);
  if (report.hasErrors()) return refused(report);
  const document = composeToSdl(services, options.maxPricePerHour);
  return {
    ok: true,
    sdl: `${header}${stringify(document, { lineWidth: 110 })}`,
    notes: report.list('warning'),
  };
}

const header = `# Made from a compose file: sizes and prices are guesses where it named none. See docs/workload.schema.json.
`;

function refused(report: Report): ComposeImport {
  return { ok: false, errors: report.list('error'), notes: report.list('warning') };
}

function readServices(
  field: Field | undefined,
  report: Report,
  options: ComposeOptions,
): readonly ComposeService[] {
  const all = field === undefined ? [] : readEntries(field);
  if (all.length === 0) report.add('error', [], 'there are no services', 'add "services"', 'key');
  return all.flatMap(([name, service]) => {
    if (!isOptional(service)) return [readService(name, service, options)];
    note(
      service,
      'warning',
      `"${name.slice(0, 60)}" starts only with a profile, so it is left out`,
      'remove "profiles" to have it',
      'key',
    );
    return [];
  });
}

function checkNames(services: readonly ComposeService[]): void {
  const seen = new Set<string>();
  for (const { name, field } of services) {
    if (seen.has(name))
      note(field, 'error', `another service is called "${name}" here too`, 'rename one', 'key');
    seen.add(name);
  }
}

/** Every service runs on its own; two can't write to one disk. */
function checkShared(services: readonly ComposeService[]): void {
  const owners = new Map<string, string>();
  for (const service of services) {
    for (const { name, field } of service.mounts) {
      if (name === null) continue;
      const owner = owners.get(name);
      if (owner !== undefined && owner !== service.name) {
        note(
          field,
          'error',
          `"${name.slice(0, 60)}" is used by "${owner}" too, and volumes are not shared`,
          'give each service its own volume, or serve the files over the network',
        );
      }
      owners.set(name, service.name);
    }
  }
}

function checkSecrets(services: readonly ComposeService[], declared: ReadonlySet<string>): void {
  for (const { field, secrets } of services) {
    for (const { name } of secrets) {
      const shown = name.slice(0, 60);
      if (!declared.has(name))
        note(field, 'error', `no secret "${shown}" is declared`, 'add it under "secrets"');
      else
        note(
          field,
          'warning',
          `the value of "${shown}" is not in the file`,
          `keep it with: souk secret set ${shown}`,
        );
    }
  }
}

/** The tree with variables filled in, each missing one reported where it stands. */
function fillIn(field: Field, variables: Readonly<Record<string, string>>): unknown {
  const { value, path, report } = field;
  const child = (key: string | number, each: unknown) =>
    fillIn({ path: [...path, key], value: each, report }, variables);
  if (Array.isArray(value)) return value.map((each: unknown, index) => child(index, each));
  if (typeof value === 'object' && value !== null)
    return Object.fromEntries(Object.entries(value).map(([key, each]) => [key, child(key, each)]));
  if (typeof value !== 'string') return value;
  const { text, missing } = substitute(value, variables);
  for (const { name, message } of missing) {
    note(
      field,
      'error',
      message ?? `the variable ${name} has no value`,
      `set ${name} and import again, or write \${${name}:-value}`,
    );
  }
  return text;
}
