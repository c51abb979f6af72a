/** The process driver. */
import { existsSync, mkdtempSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { silentLog } from '@souk/protocol';
import { afterAll, expect, onTestFinished, test } from 'vitest';
import { describeDriver } from '../../src/drivers/conformance/conformance.ts';
import {
  ask,
  askSoon,
  buildWorkloadImage,
  eventually,
  newLease,
  signal,
  specOf,
} from '../../src/drivers/conformance/kit.ts';
import { createProcessDriver } from '../../src/drivers/process/process.ts';
import { serviceKey } from '../../src/drivers/supervised/folders.ts';
import { supervisedKit } from './supervised-kit.ts';

const facts = { runs: true, isolates: false, limitsDisk: false };
const dataFolder = mkdtempSync(join(tmpdir(), 'souk-process-'));
afterAll(() => rmSync(dataFolder, { recursive: true }));

describeDriver('process', async () => supervisedKit(createProcessDriver, dataFolder, facts), facts);

test('a full disk ends no workload, and what could not be noted is noted when there is room', async () => {
  const driver = await createProcessDriver({ log: silentLog, dataFolder });
  await using archive = await buildWorkloadImage();
  const image = await driver.ensureImage({ kind: 'archive', ...archive }, { signal });
  const lease = newLease();
  onTestFinished(() => driver.remove(lease));
  await driver.apply(specOf(lease, image, [{}]), signal);
  await askSoon(driver, lease, '/');
  const folder = join(dataFolder, 'replicas', `${serviceKey(lease, 'web')}.0`);
  // Whoever writes there is told that there is no room.
  const full = ['usage.json.new', 'state.json.new'].map((name) => join(folder, name));
  await eventually(async () => {
    for (const path of full) if (!existsSync(path)) symlinkSync('/dev/full', path);
    return true;
  });
  await sleep(2_500);
  expect(await ask(driver, lease, '/')).not.toBe('');
  expect((await driver.list()).find((one) => one.lease === lease)?.replicas).toMatchObject([
    { state: 'running', restarts: 0 },
  ]);
  await ask(driver, lease, '/exit?code=1').catch(() => undefined);
  await sleep(1_500);
  for (const path of full) rmSync(path);
  await eventually(async () => {
    const [replica] = (await driver.list()).find((one) => one.lease === lease)?.replicas ?? [];
    return replica?.restarts === 1 && replica.state === 'running' ? true : undefined;
  });
});
