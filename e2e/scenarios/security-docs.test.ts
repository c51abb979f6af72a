import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';

const root = join(import.meta.dirname, '../..');

it('docs/security.md names for every threat a test that exists', () => {
  const rows = readFileSync(join(root, 'docs/security.md'), 'utf8')
    .split('\n')
    .filter((line) => line.startsWith('| ') && !line.startsWith('| to whom'));
  expect(rows.length).toBeGreaterThan(30);
  const missing = rows.filter((row) => {
    const [, file = ''] = /\| `([^`]+\.(?:test\.ts|t\.sol))` \|$/.exec(row) ?? [];
    return file === '' || !existsSync(join(root, file));
  });
  expect(missing).toEqual([]);
});
