/** Values as a schema wants them, in the form in which they travel: read off the schema, so that none is forgotten. */
import fc from 'fast-check';
import type { z } from 'zod';

/** What is used of a schema's inside; the rest is the library's own. */
interface Inside {
  readonly def: {
    readonly type: string;
    readonly shape?: Readonly<Record<string, z.ZodType>>;
    readonly element?: z.ZodType;
    readonly innerType?: z.ZodType;
    readonly options?: readonly z.ZodType[];
    readonly values?: readonly unknown[];
    readonly entries?: Readonly<Record<string, unknown>>;
    readonly keyType?: z.ZodType;
    readonly valueType?: z.ZodType;
    readonly items?: readonly z.ZodType[];
    readonly in?: z.ZodType;
    readonly checks?: readonly { readonly _zod: { readonly def: Check } }[];
  };
}

interface Check {
  readonly pattern?: RegExp;
  readonly minimum?: number;
  readonly maximum?: number;
  readonly check?: string;
  readonly value?: number;
}

interface Bounds {
  readonly min: number | undefined;
  readonly max: number | undefined;
  readonly pattern: RegExp | undefined;
}

/** Mostly valid: what only a refinement forbids is not known here. */
export function validOf(schema: z.ZodType): fc.Arbitrary<unknown> {
  const { def } = (schema as unknown as { readonly _zod: Inside })._zod;
  const { min, max, pattern } = boundsOf(def.checks?.map((check) => check._zod.def) ?? []);
  const inner = () => validOf(def.innerType as z.ZodType);
  switch (def.type) {
    case 'object':
      return fc.record(mapValues(def.shape ?? {}, validOf), { noNullPrototype: true }).map(withoutGaps);
    case 'array': {
      const minLength = min ?? 0;
      return fc.array(validOf(def.element as z.ZodType), { minLength, maxLength: Math.max(minLength, 2) });
    }
    case 'string': {
      if (pattern) return fc.stringMatching(pattern);
      const minLength = min ?? 0;
      return fc.string({ minLength, maxLength: Math.max(minLength, Math.min(max ?? 12, 12)) });
    }
    case 'number':
      return fc.integer({ min: Math.ceil(min ?? -1e6), max: Math.max(min ?? 0, Math.min(max ?? 1e6, 1e15)) });
    case 'boolean':
      return fc.boolean();
    case 'null':
      return fc.constant(null);
    case 'literal':
      return fc.constantFrom(...(def.values ?? []));
    case 'enum':
      return fc.constantFrom(...Object.values(def.entries ?? {}));
    case 'union':
      return fc.oneof(...(def.options ?? []).filter(travels).map(validOf));
    case 'nullable':
      return fc.oneof(fc.constant(null), inner());
    case 'optional':
    case 'default':
    case 'prefault':
      return fc.oneof(fc.constant(undefined), inner());
    case 'readonly':
    case 'nonoptional':
    case 'catch':
      return inner();
    case 'record':
      return fc
        .array(fc.tuple(validOf(def.keyType as z.ZodType), validOf(def.valueType as z.ZodType)), {
          maxLength: 2,
        })
        .map((entries) => Object.fromEntries(entries as [string, unknown][]));
    case 'tuple':
      return fc.tuple(...(def.items ?? []).map(validOf));
    case 'pipe':
      return validOf(def.in as z.ZodType);
    case 'lazy':
      return fc.constant(null);
    default:
      throw new Error(`no values are known of a schema of type ${def.type}`);
  }
}

function boundsOf(checks: readonly Check[]): Bounds {
  const limit = (kind: string) => checks.find(({ check }) => check === kind)?.value;
  return {
    min: checks.find(({ minimum }) => minimum !== undefined)?.minimum ?? limit('greater_than'),
    max: checks.find(({ maximum }) => maximum !== undefined)?.maximum ?? limit('less_than'),
    pattern: checks.find((check) => check.pattern)?.pattern,
  };
}

/** JSON has no bigint: on the wire it is text. */
function travels(schema: z.ZodType): boolean {
  return schema.def.type !== 'bigint';
}

function mapValues<A, B>(from: Readonly<Record<string, A>>, change: (value: A) => B): Record<string, B> {
  return Object.fromEntries(Object.entries(from).map(([key, value]) => [key, change(value)]));
}

function withoutGaps(value: Readonly<Record<string, unknown>>): Readonly<Record<string, unknown>> {
  return Object.fromEntries(Object.entries(value).filter(([, member]) => member !== undefined));
}
