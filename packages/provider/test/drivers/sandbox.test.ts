/** The sandbox driver, with real bubblewrap. Where that can't run, one test says so by name. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { silentLog } from '@souk/protocol';
import { afterAll, expect, test } from 'vitest';
import { describeDriver } from '../../src/drivers/conformance/conformance.ts';
import { probeSandbox } from '../../src/drivers/sandbox/probe.ts';
import { createSandboxDriver } from '../../src/drivers/sandbox/sandbox.ts';
import { supervisedKit } from './supervised-kit.ts';

const facts = { runs: true, isolates: true, limitsDisk: true };
const probed = await probeSandbox();
const dataFolder = mkdtempSync(join(tmpdir(), 'souk-sandbox-'));
afterAll(() => rmSync(dataFolder, { recursive: true }));

const describeHere = probed.ok ? describeSandbox : describeMissing;
describeHere();

function describeSandbox(): void {
  describeDriver('sandbox', async () => supervisedKit(createSandboxDriver, dataFolder, facts), facts);
}

function describeMissing(): void {
  test('the sandbox driver was NOT tested here: it says itself why', async () => {
    await expect(createSandboxDriver({ log: silentLog, dataFolder })).rejects.toMatchObject({
      code: 'driver.unavailable',
      remedy: expect.stringMatching(/./),
    });
  });
}
