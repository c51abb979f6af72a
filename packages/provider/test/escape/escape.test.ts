/** Every attempt to break out, in each driver that isolates. `npm run test:escape` prints them as a table. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openStages } from './drivers.ts';
import { type Host, prepareHost } from './stage.ts';
import { allAttempts, tryEscapes } from './suite.ts';

const folder = mkdtempSync(join(tmpdir(), 'souk-escapes-'));
let host: Host;
beforeAll(async () => {
  host = await prepareHost();
});
afterAll(async () => {
  await host[Symbol.asyncDispose]();
  rmSync(folder, { recursive: true, force: true });
});

describe.each(await openStages(folder))('from the $label driver', ({ label, open }) => {
  it('nothing escapes', async ({ skip }) => {
    const opened = await open();
    if (!opened.ok) return skip(`NOT tried here: ${opened.reason}`);
    await using driver = opened.driver;
    const rows = await tryEscapes(host, driver, { ...opened, label, onRow: () => undefined });
    expect(rows.filter(({ escaped }) => escaped)).toEqual([]);
    return expect(rows).toHaveLength(allAttempts.length);
  }, 240_000);
});
