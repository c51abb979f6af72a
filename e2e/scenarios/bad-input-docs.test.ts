import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';

const root = join(import.meta.dirname, '../..');

it('docs/bad-input.md points at tests that exist, in every row', () => {
  const rows = readFileSync(join(root, 'docs/bad-input.md'), 'utf8')
    .split('\n')
    .filter((line) => line.startsWith('| ') && !/^\| (what|---) /.test(line));
  expect(rows.length).toBeGreaterThan(50);
  const missing = rows.filter((row) => {
    const [, file = '', name = ''] = /\| `([^`]+)` ([^|]+?) \|$/.exec(row) ?? [];
    if (file === '') return true;
    const text = readFileSync(join(root, file), 'utf8');
    return !text.includes(`'${name}'`) && !text.includes(`function ${name}(`);
  });
  expect(missing).toEqual([]);
});
