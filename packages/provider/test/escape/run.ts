/**
 * `npm run test:escape [-- --driver sandbox] [--json]`: tries to break out of each driver that isolates and prints what
 * came of it. The `process` driver is not tried: it isolates nothing and says so. Exits with 1 where anything escaped.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { openStages } from './drivers.ts';
import { prepareHost } from './stage.ts';
import { type Row, tryEscapes } from './suite.ts';

const { values } = parseArgs({
  options: { driver: { type: 'string', multiple: true }, json: { type: 'boolean', default: false } },
});
const folder = mkdtempSync(join(tmpdir(), 'souk-escapes-'));
const rows: Row[] = [];
const tried: string[] = [];
try {
  await using host = await prepareHost();
  for (const { label, open } of await openStages(folder)) {
    if (values.driver && !values.driver.includes(label)) continue;
    const opened = await open();
    if (!opened.ok) {
      process.stdout.write(`${label}: not tried here: ${opened.reason}\n`);
      continue;
    }
    await using driver = opened.driver;
    const { dataFolder, addressesOf } = opened;
    tried.push(label);
    const onRow = (row: Row) => process.stdout.write(lineOf(row));
    rows.push(
      ...(await tryEscapes(host, driver, { dataFolder, label, onRow, ...(addressesOf && { addressesOf }) })),
    );
  }
} finally {
  rmSync(folder, { recursive: true, force: true });
}
const escaped = rows.filter((row) => row.escaped).length;
if (values.json)
  process.stdout.write(`${JSON.stringify({ attempts: rows.length, escaped, drivers: tried })}\n`);
else
  process.stdout.write(`${rows.length} attempts on ${tried.join(', ') || 'no driver'}: ${escaped} escaped\n`);
if (escaped > 0 || tried.length === 0) process.exitCode = 1;

function lineOf({ driver, after, name, escaped: isOut, got }: Row): string {
  const verdict = isOut ? 'ESCAPED  ' : 'contained';
  return `${verdict}  ${driver.padEnd(8)} ${after.padEnd(15)} ${name.padEnd(62)} ${got.replaceAll('\n', ' ').slice(0, 90)}\n`;
}
