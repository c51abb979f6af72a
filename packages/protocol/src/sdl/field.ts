/**
 * A value of the file together with where it stands. Each reader reports what is wrong and gives a harmless value back,
 * so that reading goes on and one run finds every error; what was read is thrown away if there was one.
 */
import { nearest, type Path, type Report, type Severity } from './issue.ts';

export interface Field {
  readonly path: Path;
  readonly value: unknown;
  readonly report: Report;
}

export function childField(field: Field, key: string | number, value: unknown): Field {
  return { path: [...field.path, key], value, report: field.report };
}

export function note(
  field: Field,
  severity: Severity,
  reason: string,
  remedy: string,
  part: 'key' | 'value' = 'value',
): void {
  field.report.add(severity, field.path, reason, remedy, part);
}

/** Keys that the Go tools take as left out where they are null and the schema refuses: read with a warning. */
const absentWhenNull: ReadonlySet<string> = new Set(['attributes', 'storage']);

/** What people write out of habit from other formats, and what to do instead. */
const foreignKeys: Readonly<Record<string, string>> = {
  cmd: 'call it "command"',
  entrypoint: 'call it "command"',
  environment: 'call it "env", a list of NAME=VALUE',
  ports: 'call it "expose", a list of {port, as, to}',
  volumes: 'declare the volume in the compute profile\'s "storage" and mount it in "params.storage"',
  depends_on: 'remove it: there is no order of starting; let the service retry',
  restart: 'remove it: services are always restarted',
  build: 'build the image first and name it in "image"',
  replicas: 'set "count" under "deployment"',
  services: 'move it to the top of the file',
};

interface Shape<R extends string, O extends string> {
  readonly required?: readonly R[];
  readonly optional?: readonly O[];
}

/** A map with known keys only. Keys that aren't there, or that null leaves out, are missing from the result. */
export function readRecord<R extends string = never, O extends string = never>(
  field: Field | undefined,
  shape: Shape<R, O>,
): Partial<Record<R | O, Field>> {
  const result: Partial<Record<R | O, Field>> = {};
  const map = field === undefined ? undefined : mapOf(field);
  if (field === undefined || map === undefined) return result;
  const required: readonly string[] = shape.required ?? [];
  const known = [...required, ...(shape.optional ?? [])];
  for (const [key, value] of Object.entries(map)) {
    const child = childField(field, key, value);
    if (!known.includes(key)) reportUnknownKey(child, key, known);
    else if (value === null && absentWhenNull.has(key)) {
      note(
        child,
        'warning',
        `"${key}" has no value; read as left out`,
        `remove "${key}:" or fill it in`,
        'key',
      );
    } else result[key as R | O] = child;
  }
  for (const key of required) {
    if (Object.hasOwn(map, key)) continue;
    field.report.add('error', field.path, `"${key}" is missing here`, `add "${key}"`, 'key');
  }
  return result;
}

function reportUnknownKey(field: Field, key: string, known: readonly string[]): void {
  const shown = key.slice(0, 60);
  const near = nearest(key, known);
  const foreign = Object.hasOwn(foreignKeys, key) ? foreignKeys[key] : undefined;
  const remedy =
    near !== undefined
      ? `did you mean "${near}"?`
      : (foreign ?? `known here: ${known.join(', ')}; remove "${shown}"`);
  note(field, 'error', `"${shown}" is not known here`, remedy, 'key');
}

/** A map whose keys are names that the file chooses. */
export function readEntries(field: Field | undefined): readonly (readonly [name: string, value: Field])[] {
  const map = field === undefined ? undefined : mapOf(field);
  if (field === undefined || map === undefined) return [];
  return Object.entries(map).map(([key, value]) => [key, childField(field, key, value)] as const);
}

export function readItems(field: Field | undefined): readonly Field[] {
  if (field === undefined) return [];
  if (Array.isArray(field.value)) {
    return field.value.map((value: unknown, index) => childField(field, index, value));
  }
  refuse(field, 'a list', 'write each item on its own line after "- "');
  return [];
}

export interface TextRule {
  readonly minLength?: number;
  readonly pattern?: RegExp;
  /** What the pattern means, as "starts with /". */
  readonly meaning?: string;
}

export function readText(field: Field | undefined, rule: TextRule = {}): string {
  if (field === undefined) return '';
  const { value } = field;
  if (typeof value !== 'string') {
    const isPlain = typeof value === 'number' || typeof value === 'boolean';
    refuse(field, 'text', isPlain ? `put it in quotes: "${String(value)}"` : 'write text here');
    return '';
  }
  if (value.length < (rule.minLength ?? 0)) {
    const reason = value === '' ? 'it is empty' : `shorter than ${rule.minLength} characters`;
    note(field, 'error', reason, `write at least ${rule.minLength} characters`);
  } else if (rule.pattern !== undefined && !rule.pattern.test(value)) {
    const meaning = rule.meaning ?? String(rule.pattern);
    note(field, 'error', `"${value.slice(0, 60)}" is not of the right form`, `write ${meaning}`);
  }
  return value;
}

export function readChoice<T extends string>(field: Field | undefined, choices: readonly T[]): T {
  const first = choices[0] as T;
  const value = readText(field);
  if (field === undefined || typeof field.value !== 'string') return first;
  const choice = choices.find((each) => each === value);
  if (choice !== undefined) return choice;
  const near = nearest(value, choices);
  const remedy = near === undefined ? `use one of ${choices.join(', ')}` : `did you mean "${near}"?`;
  note(field, 'error', `"${value.slice(0, 60)}" is not one of ${choices.join(', ')}`, remedy);
  return first;
}

export function readWhole(field: Field | undefined, min: number, max = Number.MAX_SAFE_INTEGER): number {
  if (field === undefined) return min;
  const { value } = field;
  if (typeof value !== 'number' || !Number.isInteger(value)) {
    const isQuoted = typeof value === 'string' && /^[0-9]+$/.test(value);
    refuse(field, 'a whole number', isQuoted ? `remove the quotes: ${value}` : 'write digits only');
    return min;
  }
  if (value >= min && value <= max) return value;
  const range = max === Number.MAX_SAFE_INTEGER ? `at least ${min}` : `from ${min} to ${max}`;
  note(field, 'error', `${value} is outside what is allowed: ${range}`, `write a number ${range}`);
  return min;
}

export function readFlag(field: Field | undefined): boolean {
  if (field === undefined) return false;
  if (typeof field.value === 'boolean') return field.value;
  refuse(field, 'true or false', 'write true or false without quotes');
  return false;
}

export function readTexts(field: Field | undefined): readonly string[] {
  return readItems(field).map((item) => readText(item));
}

/** As `readTexts`; null is an empty list. */
export function readTextsOrNull(field: Field | undefined): readonly string[] {
  return field?.value === null ? [] : readTexts(field);
}

function mapOf(field: Field): Readonly<Record<string, unknown>> | undefined {
  const { value } = field;
  if (typeof value === 'object' && value !== null && !Array.isArray(value)) {
    return value as Readonly<Record<string, unknown>>;
  }
  refuse(field, 'a map', 'write keys and values below it, indented, or remove it');
  return undefined;
}

export function refuse(field: Field, wanted: string, remedy: string): void {
  note(field, 'error', `should be ${wanted}, is ${describe(field.value)}`, remedy);
}

function describe(value: unknown): string {
  if (value === null) return 'empty (null)';
  if (Array.isArray(value)) return 'a list';
  if (typeof value === 'object') return 'a map';
  if (typeof value === 'string') return 'text';
  if (typeof value === 'number') return `the number ${value}`;
  return typeof value === 'boolean' ? `${value}` : 'something else';
}
