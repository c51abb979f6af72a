/**
 * Messages made to break whoever reads them: true ones with parts exchanged for what nobody expects, then bytes with
 * some of them spoilt. Mutations work on JSON text too, so that what JavaScript can't build still travels: depths
 * beyond any stack, keys of prototypes, keys twice.
 */
import fc from 'fast-check';
import type { z } from 'zod';
import { validOf } from './valid.ts';

type Json = null | boolean | number | string | Json[] | { [key: string]: Json };

export type HostileBytes = Uint8Array<ArrayBuffer>;

/** Stands in a value for text that is not the JSON of any value. */
const mark = (text: string) => `\u0001${Buffer.from(text).toString('hex')}\u0001`;
const unmark = (json: string) =>
  json.replace(/"\\u0001([0-9a-f]*)\\u0001"/g, (_all, hex: string) => Buffer.from(hex, 'hex').toString());

const deep = (open: string, close: string, depth: number) =>
  mark(open.repeat(depth) + '0' + close.repeat(depth));

const nasty: readonly Json[] = [
  null,
  true,
  0,
  -1,
  0.5,
  1e308,
  2 ** 53,
  -(2 ** 63),
  '',
  '0',
  '-1',
  '1e9',
  '0x',
  '\u0000',
  '\ud800',
  '../../etc/passwd',
  '${jndi:x}',
  '<script>',
  '9'.repeat(400),
  [],
  {},
  [[]],
  { toString: 'x', constructor: { prototype: 1 } },
  mark('1e999'),
  mark('-0'),
  mark('{"__proto__":{"ok":true},"a":1,"a":2}'),
  mark('NaN'),
  deep('[', ']', 100),
];

/** As `nasty`, and large: dear to try, so tried less often. */
const large: readonly Json[] = [
  'ÿ'.repeat(2000),
  'a'.repeat(70_000),
  Array.from({ length: 3000 }, () => 0),
  Array.from({ length: 300 }, () => ({})),
  mark('1'.repeat(2000)),
  deep('[', ']', 8000),
  deep('{"a":', '}', 3000),
];

const badKeys = ['__proto__', 'constructor', 'toString', 'then', '', '\u0000', 'length', 'a'.repeat(5000)];

interface Change {
  readonly at: number;
  readonly kind: 'replace' | 'remove' | 'add' | 'repeat' | 'wrap';
  readonly with: Json;
  readonly key: string;
}

const change: fc.Arbitrary<Change> = fc.record(
  {
    at: fc.nat(),
    kind: fc.constantFrom('replace', 'replace', 'remove', 'add', 'repeat', 'wrap'),
    with: fc.oneof(
      { weight: 30, arbitrary: fc.constantFrom(...nasty) },
      { weight: 1, arbitrary: fc.constantFrom(...large) },
    ),
    key: fc.oneof(fc.constantFrom(...badKeys), fc.string({ maxLength: 8 })),
  },
  { noNullPrototype: true },
) as fc.Arbitrary<Change>;

interface Spoil {
  readonly kind: 'flip' | 'cut' | 'insert' | 'drop';
  readonly at: number;
  readonly bytes: Uint8Array;
}

const spoil: fc.Arbitrary<Spoil> = fc.record({
  kind: fc.constantFrom('flip', 'cut', 'insert', 'drop'),
  at: fc.nat(),
  bytes: fc.uint8Array({ minLength: 1, maxLength: 8 }),
});

/** A hostile version of a schema's messages, as JSON text in bytes, or bytes that are nothing. */
export function hostileOf(schema: z.ZodType): fc.Arbitrary<HostileBytes> {
  // True messages are dear to make, so that each is used often.
  const bases = fc
    .sample(validOf(schema), { numRuns: 12, seed: 1 })
    .map((value) => JSON.stringify(value ?? null));
  return hostileBytes(bases);
}

const maxPlaces = 12;

/** Messages of `maxBytes`, nearly all of it in one place: places of a true one, each filled with each of many things. */
export function* brimfulOf(schema: z.ZodType, maxBytes: number): Generator<HostileBytes> {
  const [value] = fc.sample(validOf(schema), { numRuns: 1, seed: 3 });
  const base = JSON.stringify(value ?? null);
  const count = spotsOf(JSON.parse(base) as Json).length;
  for (let at = 0; at < count; at += Math.ceil(count / maxPlaces)) {
    const root = applyChange(JSON.parse(base) as Json, { at, kind: 'replace', with: mark('@'), key: '' });
    const text = unmark(JSON.stringify(root));
    for (const fill of ['0,', '{},', '"",', '[[],0],']) {
      const times = Math.max(1, Math.floor((maxBytes - text.length - 1) / fill.length));
      yield copy(Buffer.from(text.replace('@', `[${fill.repeat(times).slice(0, -1)}]`)));
    }
  }
}

function hostileBytes(bases: readonly string[]): fc.Arbitrary<HostileBytes> {
  const changed = fc
    .tuple(fc.constantFrom(...bases), fc.array(change, { maxLength: 3 }))
    .map(([base, changes]) => textOf(base, changes));
  const spoilt = fc
    .tuple(fc.constantFrom(...bases), fc.array(spoil, { minLength: 1, maxLength: 3 }))
    .map(([base, spoils]) => spoils.reduce(applySpoil, copy(Buffer.from(base))));
  return fc.oneof(
    { weight: 6, arbitrary: changed },
    { weight: 3, arbitrary: spoilt },
    { weight: 1, arbitrary: fc.uint8Array({ maxLength: 300 }).map(copy) },
  );
}

function textOf(base: string, changes: readonly Change[]): HostileBytes {
  const value = changes.reduce(applyChange, JSON.parse(base) as Json);
  return copy(Buffer.from(unmark(JSON.stringify(value))));
}

function applyChange(root: Json, { at, kind, with: given, key }: Change): Json {
  const other = structuredClone(given);
  const spots = spotsOf(root);
  const spot = spots[at % spots.length];
  if (!spot) return kind === 'wrap' ? [root] : other;
  const { parent, name } = spot;
  const members = parent as Record<string | number, Json>;
  const value = members[name] ?? null;
  switch (kind) {
    case 'replace':
      members[name] = other;
      break;
    case 'remove':
      if (Array.isArray(parent)) parent.splice(Number(name), 1);
      else delete members[name];
      break;
    case 'add':
      if (Array.isArray(parent)) parent.push(other);
      else
        Object.defineProperty(parent, key, {
          value: other,
          enumerable: true,
          configurable: true,
          writable: true,
        });
      break;
    case 'repeat':
      members[name] = Array.from({ length: 40 }, () => value);
      break;
    case 'wrap':
      members[name] = [value];
      break;
  }
  return root;
}

/** Every place that holds a value, the root left out. */
function spotsOf(root: Json, found: { readonly parent: Json; readonly name: string | number }[] = []) {
  if (root === null || typeof root !== 'object' || found.length > 500) return found;
  for (const name of Object.keys(root)) {
    found.push({ parent: root, name });
    spotsOf((root as Record<string, Json>)[name] ?? null, found);
  }
  return found;
}

function applySpoil(bytes: HostileBytes, { kind, at, bytes: other }: Spoil): HostileBytes {
  const place = bytes.length === 0 ? 0 : at % bytes.length;
  const [head, tail] = [bytes.subarray(0, place), bytes.subarray(place)];
  switch (kind) {
    case 'flip':
      return copy(Buffer.concat([head, other.subarray(0, tail.length), tail.subarray(other.length)]));
    case 'cut':
      return copy(head);
    case 'insert':
      return copy(Buffer.concat([head, other, tail]));
    case 'drop':
      return copy(Buffer.concat([head, tail.subarray(other.length)]));
  }
}

function copy(bytes: Uint8Array): HostileBytes {
  return new Uint8Array(bytes);
}
