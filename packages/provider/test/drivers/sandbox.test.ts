/** The sandbox driver, with real bubblewrap. Where that can't run, one test says so by name. */
import { execFile } from 'node:child_process';
import { chownSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { silentLog } from '@souk/protocol';
import { afterAll, expect, onTestFinished, test } from 'vitest';
import { defaultDriversConfig } from '../../src/drivers/config.ts';
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
import { probeSandbox } from '../../src/drivers/sandbox/probe.ts';
import { serviceKey } from '../../src/drivers/supervised/folders.ts';
import type { ReplicaState } from '../../src/drivers/supervised/supervisor/plan.ts';
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

  test('has a way to the internet exactly where it does not warn that it has none', async () => {
    const options = { log: silentLog, dataFolder };
    const online = await createSandboxDriver(options);
    const offline = await createSandboxDriver({
      ...options,
      config: { ...defaultDriversConfig, internet: 'off' },
    });
    expect(offline.warnings.join()).toMatch(/internet/);
    await using archive = await buildWorkloadImage();
    const image = await online.ensureImage({ kind: 'archive', ...archive }, { signal });
    for (const driver of [online, offline]) {
      const lease = newLease();
      onTestFinished(() => driver.remove(lease));
      await driver.apply(specOf(lease, image, [{}]), signal);
      await askSoon(driver, lease, '/');
      const expected = !driver.warnings.some((warning) => warning.includes('internet'));
      const hasDevice = async () => (await ask(driver, lease, '/read?path=/proc/net/dev')).includes('tap0');
      await eventually(async () => ((await hasDevice()) === expected ? true : undefined));
    }
  });

  test('works for an ordinary user', async () => {
    const uid = process.getuid?.() === 0 ? 54_321 : (process.getuid?.() ?? 0);
    const folder = mkdtempSync(join(tmpdir(), 'souk-user-'));
    onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
    const become = ['setpriv', `--reuid=${uid}`, `--regid=${uid}`, '--clear-groups', '--'];
    if (process.getuid?.() === 0) chownSync(folder, uid, uid);
    const line = [process.execPath, join(import.meta.dirname, 'as-user.ts'), join(folder, 'data')];
    const [program = '', ...words] = process.getuid?.() === 0 ? [...become, ...line] : line;
    const { stdout } = await promisify(execFile)(program, words, {
      env: { PATH: process.env['PATH'], TMPDIR: folder, HOME: folder },
    });
    expect(JSON.parse(stdout)).toEqual({
      uid,
      name: 'web/0',
      linked: 'api/0',
      stdout: '0\n',
      secrets: ['hush', 'hush'],
      stopped: ['stopped', 'stopped'],
      left: [],
    });
  });

  test('runs no workload as this machine’s root, whoever Souk is', async () => {
    const driver = await createSandboxDriver({ log: silentLog, dataFolder });
    await using archive = await buildWorkloadImage();
    const image = await driver.ensureImage({ kind: 'archive', ...archive }, { signal });
    const lease = newLease();
    onTestFinished(() => driver.remove(lease));
    await driver.apply(specOf(lease, image, [{}]), signal);
    const folder = join(dataFolder, 'replicas', `${serviceKey(lease, 'web')}.0`);
    const { child } = JSON.parse(readFileSync(join(folder, 'state.json'), 'utf8')) as ReplicaState;
    const uids = /^Uid:\s(\d+)\s(\d+)/m.exec(readFileSync(`/proc/${child}/status`, 'utf8'));
    expect(uids?.slice(1)).not.toContain('0');
  });
}

function describeMissing(): void {
  test('the sandbox driver was NOT tested here: it says itself why', async () => {
    await expect(createSandboxDriver({ log: silentLog, dataFolder })).rejects.toMatchObject({
      code: 'driver.unavailable',
      remedy: expect.stringMatching(/./),
    });
  });
}
