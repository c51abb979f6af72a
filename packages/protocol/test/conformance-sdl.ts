/**
 * Compares the SDL reader with a folder of files and verdicts, and says every difference:
 * `node packages/protocol/test/conformance-sdl.ts DIR`. DIR holds any of `schema-cases` with `schema-cases.json`,
 * `gallery` with `gallery-labels.json`, and `parity`. Exits 1 where something differs.
 */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import { parse } from 'yaml';
import { z } from 'zod';
import { readSdl, sdlCheckJson, type SdlCheck, type SdlResult } from '../src/index.ts';

interface Outcome {
  readonly file: string;
  readonly differences: readonly string[];
}

const casesSchema = z.record(z.string(), z.enum(['accept', 'reject']));

const labelsSchema = z.object({
  files: z.record(
    z.string(),
    z.discriminatedUnion('ok', [
      z.object({ ok: z.literal(true), services: z.number(), groups: z.number(), hash: z.string() }),
      z.object({ ok: z.literal(false), errors: z.array(z.string()) }),
    ]),
  ),
});
type Label = z.output<typeof labelsSchema>['files'][string];

/** What the reference refuses and its Go twin takes: these keys given as null. Taken here with a warning. */
const takenWithWarning = /^"(attributes|storage)" at "([^"]+)" should be \w+\.$/;

function readCheck(path: string): SdlResult {
  return readSdl(readFileSync(path, 'utf8'), { purpose: 'check' });
}

function verdictDifference(expected: boolean, check: SdlCheck): readonly string[] {
  if (check.ok === expected) return [];
  const why = check.errors
    .map((error) => `${error.line}:${error.column} ${error.path} ${error.reason}`)
    .join('; ');
  return [`expected ${expected ? 'accept' : 'reject'}, got ${check.ok ? 'accept' : `reject: ${why}`}`];
}

function checkCases(directory: string): readonly Outcome[] {
  const path = join(directory, 'schema-cases.json');
  if (!existsSync(path)) return [];
  const cases = casesSchema.parse(JSON.parse(readFileSync(path, 'utf8')));
  return Object.entries(cases).map(([file, verdict]) => ({
    file: `schema-cases/${file}`,
    differences: verdictDifference(
      verdict === 'accept',
      sdlCheckJson(file, readCheck(join(directory, 'schema-cases', file))),
    ),
  }));
}

function checkGallery(directory: string): readonly Outcome[] {
  const path = join(directory, 'gallery-labels.json');
  if (!existsSync(path)) return [];
  const { files } = labelsSchema.parse(JSON.parse(readFileSync(path, 'utf8')));
  return Object.entries(files).map(([file, label]) => {
    const text = readFileSync(join(directory, 'gallery', file), 'utf8');
    const check = sdlCheckJson(file, readSdl(text, { purpose: 'check' }));
    return { file: `gallery/${file}`, differences: labelDifferences(label, text, check) };
  });
}

function labelDifferences(label: Label, text: string, check: SdlCheck): readonly string[] {
  if (!label.ok) {
    if (!isTakenWithWarning(label.errors, text)) return verdictDifference(false, check);
    const silent = check.ok && check.warnings.length === 0 ? ['accepted without a warning'] : [];
    return [...verdictDifference(true, check), ...silent];
  }
  if (!check.ok) return verdictDifference(true, check);
  const facts = [
    ['services', label.services, check.services],
    ['groups', label.groups, check.groups],
    ['manifest hash', label.hash, check.manifestHash],
  ] as const;
  return facts
    .filter(([, expected, actual]) => expected !== actual)
    .map(([what, expected, actual]) => `${what}: expected ${expected}, got ${actual}`);
}

function isTakenWithWarning(errors: readonly string[], text: string): boolean {
  const root: unknown = parse(text, { version: '1.2', merge: true });
  return errors.every((error) => {
    const [, key, parent] = takenWithWarning.exec(error) ?? [];
    if (key === undefined || parent === undefined) return false;
    const path = [...parent.split('/').slice(1), key];
    const value = path.reduce<unknown>(
      (at, step) =>
        typeof at === 'object' && at !== null ? (at as Record<string, unknown>)[step] : undefined,
      root,
    );
    return value === null;
  });
}

function checkParity(directory: string): readonly Outcome[] {
  const root = join(directory, 'parity');
  if (!existsSync(root)) return [];
  return readdirSync(root).flatMap((version) =>
    readdirSync(join(root, version)).map((name) => {
      const file = `parity/${version}/${name}`;
      const path = join(root, version, name);
      const differences =
        version === 'invalid'
          ? verdictDifference(false, sdlCheckJson(file, readCheck(path)))
          : parityDifferences(path);
      return { file, differences };
    }),
  );
}

function parityDifferences(path: string): readonly string[] {
  const result = readCheck(join(path, 'input.yaml'));
  if (!result.ok) return verdictDifference(true, sdlCheckJson(path, result));
  const actual = {
    'manifest.json': result.workload.manifest,
    'group-specs.json': result.workload.groups.map(({ groupSpec }) => groupSpec),
  };
  return Object.entries(actual).flatMap(([name, value]) => {
    const expected: unknown = JSON.parse(readFileSync(join(path, name), 'utf8'));
    const plain: unknown = JSON.parse(JSON.stringify(value));
    return isDeepStrictEqual(plain, expected)
      ? []
      : [`${name} differs:\n  expected ${JSON.stringify(expected)}\n  got      ${JSON.stringify(plain)}`];
  });
}

const directory = process.argv[2];
if (directory === undefined) {
  process.stderr.write('usage: conformance-sdl.ts DIR\n');
  process.exit(2);
}
const outcomes = [...checkCases(directory), ...checkGallery(directory), ...checkParity(directory)];
const failed = outcomes.filter(({ differences }) => differences.length > 0);
for (const { file, differences } of failed) process.stdout.write(`${file}\n  ${differences.join('\n  ')}\n`);
process.stdout.write(`${outcomes.length - failed.length} passed, ${failed.length} failed\n`);
process.exit(failed.length === 0 && outcomes.length > 0 ? 0 : 1);
