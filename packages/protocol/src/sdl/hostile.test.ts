import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readSdl, type SdlResult } from './read.ts';
import { fullSdl, sampleSdl } from './sample.ts';

const mebi = 1024 * 1024;

/** What is wrong with a result itself, whatever it says of the file. */
function flawOf(result: SdlResult): string | undefined {
  if (result.ok !== (result.errors.length === 0)) return 'ok disagrees with errors';
  const flawed = [...result.errors, ...result.warnings].find(
    ({ line, column, path, reason, remedy }) =>
      line < 1 || column < 1 || !path.startsWith('/') || reason === '' || remedy === '',
  );
  return flawed === undefined ? undefined : JSON.stringify(flawed);
}

describe('a hostile file', () => {
  it.each([
    ['larger than 1 MiB', `# ${'x'.repeat(mebi)}`, /larger than 1 MiB/],
    ['larger than 1 MiB in bytes only', `# ${'é'.repeat(mebi / 2)}`, /larger than 1 MiB/],
    ['deep in brackets', '['.repeat(100_000), /nested/],
    ['deep in dashes', '- '.repeat(100_000), /nested/],
    ['33 levels deep', `a: ${'['.repeat(33)}${']'.repeat(33)}`, /nested deeper than 32 levels/],
    ['of too many values', `[${'1,'.repeat(50_001)}]`, /more than 50000 values/],
    ['of many documents', '---\na: 1\n---\nb: 2', /several documents/],
    ['with a tag', 'version: !!binary aGk=', /tag/],
    ['with a date by tag', 'version: !!timestamp 2020-01-01', /tag/],
    ['with an alias of itself', 'a: &a\n  <<: *a', /alias/],
    ['with a list as key', '? [a]\n: 1', /key that is a list/],
    ['of nothing', '', /should be a map/],
    ['of a list', '[1, 2]', /should be a map/],
  ])('%s is refused', (_what, text, reason) => {
    const result = readSdl(text);
    expect(flawOf(result)).toBeUndefined();
    expect(result.errors[0]?.reason).toMatch(reason);
  });

  it('cannot blow up by aliases', () => {
    const names = 'abcdefghij'.split('');
    const bomb = names.map((name, index) => {
      const previous = names[index - 1];
      return `${name}: &${name} [${Array(10)
        .fill(previous === undefined ? 'x' : `*${previous}`)
        .join(', ')}]`;
    });
    const { errors } = readSdl(bomb.join('\n'));
    expect(errors).toMatchObject([{ reason: expect.stringMatching(/alias/) as string }]);
  });

  it('cannot take quadratic time by keys, nor flood its reader with errors', () => {
    const text = `services:\n${Array.from({ length: 20_000 }, (_, index) => `  s${index}: 1`).join('\n')}`;
    expect(readSdl(text).errors).toHaveLength(200);
  });

  it('may use a few aliases and merges', () => {
    const text = sampleSdl({ cpu: '&small {units: 1}' }).replace('{size: 512Mi}', '{<<: {size: 1Gi}}');
    expect(readSdl(text).errors).toEqual([]);
  });
});

describe('reading never throws', () => {
  it('on any text', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 300 }), (text) => {
        expect(flawOf(readSdl(text))).toBeUndefined();
      }),
      {
        numRuns: 300,
      },
    );
  });

  it('on any JSON', () => {
    fc.assert(
      fc.property(fc.json(), (text) => {
        expect(flawOf(readSdl(text))).toBeUndefined();
      }),
      { numRuns: 300 },
    );
  });

  it('on a real file with any piece of it replaced', () => {
    const piece = fc.oneof(
      fc.string({ maxLength: 8 }),
      fc.constantFrom(
        'null',
        '[]',
        '{}',
        '-1',
        '1e999',
        '*a',
        '&a ',
        '<<: ',
        '"',
        '!!x ',
        '\n',
        '  ',
        '__proto__: 1',
        ': ',
      ),
    );
    const position = fc.integer({ min: 0, max: fullSdl.length });
    fc.assert(
      fc.property(position, fc.integer({ min: 0, max: 12 }), piece, (start, length, text) => {
        expect(
          flawOf(readSdl(fullSdl.slice(0, start) + text + fullSdl.slice(start + length))),
        ).toBeUndefined();
      }),
      { numRuns: 500 },
    );
  });

  it('on a valid shape with any value in any place', () => {
    const parts = fc.record(
      {
        version: fc.json({ maxDepth: 1 }),
        cpu: fc.json({ maxDepth: 2 }),
        memory: fc.json({ maxDepth: 2 }),
        storage: fc.json({ maxDepth: 2 }),
        gpu: fc.json({ maxDepth: 3 }),
        price: fc.json({ maxDepth: 2 }),
        count: fc.json({ maxDepth: 1 }),
      },
      { requiredKeys: [] },
    );
    fc.assert(
      fc.property(parts, (some) => {
        expect(flawOf(readSdl(sampleSdl(some), { purpose: 'check' }))).toBeUndefined();
      }),
      { numRuns: 300 },
    );
  });
});
