/** The process driver. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll } from 'vitest';
import { describeDriver } from '../../src/drivers/conformance/conformance.ts';
import { createProcessDriver } from '../../src/drivers/process/process.ts';
import { supervisedKit } from './supervised-kit.ts';

const facts = { runs: true, isolates: false, limitsDisk: false };
const dataFolder = mkdtempSync(join(tmpdir(), 'souk-process-'));
afterAll(() => rmSync(dataFolder, { recursive: true }));

describeDriver('process', async () => supervisedKit(createProcessDriver, dataFolder, facts), facts);
