/** A program of its own, `strip.ts SOURCES TARGET`: the parser holds 20 MB that no daemon needs later. */
import { readdir, readFile, writeFile } from 'node:fs/promises';
import { stripTypeScriptTypes } from 'node:module';
import { join } from 'node:path';

const [sources = '', target = ''] = process.argv.slice(2);
for (const name of await readdir(sources)) {
  if (!name.endsWith('.ts') || name.endsWith('.test.ts')) continue;
  const text = stripTypeScriptTypes(await readFile(join(sources, name), 'utf8'));
  const module = text.replace(/(from '\.\/[a-z-]+)\.ts'/g, "$1.mjs'");
  await writeFile(join(target, name.replace(/\.ts$/, '.mjs')), module, { mode: 0o644 });
}
