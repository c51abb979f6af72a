import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { validOf, wireMessages, wireRecords } from '../src/testing/index.ts';

const source = join(dirname(fileURLToPath(import.meta.url)), '../src');
const written = readdirSync(source, { recursive: true, encoding: 'utf8' })
  .filter((file) => file.endsWith('.ts') && !file.endsWith('.test.ts') && !file.startsWith('testing'))
  .flatMap((file) => [...readFileSync(join(source, file), 'utf8').matchAll(/name: '(souk\/[a-z/-]+\/\d+)'/g)])
  .map(([, name]) => name);

describe('what is fuzzed', () => {
  it('is every protocol and topic that is written anywhere here', () => {
    expect(wireRecords.map(({ name }) => name).toSorted((a, b) => a.localeCompare(b))).toEqual(
      [...new Set(written)].toSorted((a, b) => (a ?? '').localeCompare(b ?? '')),
    );
    expect(wireRecords.length).toBeGreaterThan(10);
  });

  const spoken = wireMessages.filter(({ name }) => name.startsWith('souk/'));
  it.each(spoken.map((message) => [message.name, message] as const))(
    'starts from messages of %s that are true ones',
    (_name, { schema }) => {
      const all = fc.sample(validOf(schema), { numRuns: 60, seed: 1 });
      const good = all.filter((value) => schema.safeParse(value).success);
      expect(good.length).toBeGreaterThan(0);
    },
  );
});
