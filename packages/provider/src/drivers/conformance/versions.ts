/** What holds while a workload is changed, stopped, started again and left ended: versions, grace, volumes, policies. */
import { existsSync } from 'node:fs';
import { readFile, writeFile, lchown } from 'node:fs/promises';
import { join } from 'node:path';
import type { LeaseId } from '@souk/protocol';
import { expect, test } from 'vitest';
import type { Driver } from '../driver.ts';
import { ask, askSoon, eventually, signal, specOf, type Stand, statusOf, statusWhen } from './kit.ts';

const data = { mount: '/var/lib/data', kind: 'persistent' } as const;

/** What holds for the mock too. */
export function describeVersions(get: () => Stand): void {
  test('runs two versions of one service side by side, and touches only the replicas that change', async () => {
    const { driver, image, lease } = get();
    const id = lease();
    await driver.apply(specOf(id, image, [{ count: 3 }]), signal);
    for (const replica of [0, 1, 2]) await askSoon(driver, id, '/', { replica });
    const before = await driver.list();
    const old = { how: { replicas: [0, 2] } };
    const fresh = { env: ['VERSION=2'], how: { replicas: [1, 3] } };
    await driver.apply(specOf(id, image, [old, fresh]), signal);
    for (const replica of [0, 1, 2, 3])
      expect(await askSoon(driver, id, '/', { replica })).toBe(`web/${replica}`);
    expect(await namesOf(driver, id)).toEqual(['web/0', 'web/1', 'web/2', 'web/3']);
    for (const replica of [0, 2])
      expect(await statusOf(driver, id, 'web', replica)).toEqual(
        before.find((each) => each.lease === id)?.replicas.find((each) => each.replica === replica),
      );

    await driver.apply(specOf(id, image, [{ env: ['VERSION=2'], how: { replicas: [3] } }]), signal);
    expect(await namesOf(driver, id)).toEqual(['web/3']);
    expect(await askSoon(driver, id, '/', { replica: 3 })).toBe('web/3');
    await expect(driver.dial(id, 'web', 0, 3000)).rejects.toMatchObject({ code: 'driver.not-running' });
  });

  test('refuses a replica that is wanted in two versions', async () => {
    const { driver, image, lease } = get();
    const twice = specOf(lease(), image, [{}, { env: ['VERSION=2'] }]);
    await expect(driver.apply(twice, signal)).rejects.toMatchObject({ code: 'driver.replica-twice' });
  });

  test('stops a lease so that nothing runs, and starts it again', async () => {
    const { driver, kit, image, lease } = get();
    const id = lease();
    const spec = specOf(id, image, [{ count: 2 }]);
    await driver.apply(spec, signal);
    await askSoon(driver, id, '/');
    await driver.stop(id);
    await driver.stop(id);
    const stopped = { state: 'stopped', restarts: 0 };
    expect(await statusOf(driver, id)).toMatchObject(stopped);
    expect(await statusOf(driver, id, 'web', 1)).toMatchObject(stopped);
    await expect(ask(driver, id, '/')).rejects.toMatchObject({ code: 'driver.not-running' });

    const next = await kit.open();
    expect(await statusOf(next, id)).toMatchObject(stopped);
    await next.apply(spec, signal);
    expect(await askSoon(next, id, '/')).toBe('web/0');
    expect(await askSoon(next, id, '/', { replica: 1 })).toBe('web/1');
    expect(await statusOf(next, id)).toMatchObject({ state: 'running', restarts: 0 });
    await next.remove(id);
    await next.stop(id);
    if (next !== driver) await next[Symbol.asyncDispose]();
  });

  test('makes the folders of persistent volumes before anything runs, and keeps them until the lease is removed', async () => {
    const { driver, image, lease } = get();
    const id = lease();
    const spec = specOf(id, image, [{ count: 2, volume: data }]);
    const made = await driver.prepareVolumes(spec);
    expect(made).toMatchObject([0, 1].map((replica) => ({ service: 'web', replica, volume: 'data' })));
    expect(made.every(({ path, bytes }) => existsSync(path) && bytes === 32 * 2 ** 20)).toBe(true);
    expect(await namesOf(driver, id)).toEqual([]);
    const [first, second] = made;
    await writeFile(join(first?.path ?? '', 'restored'), 'before the start');
    await driver.apply(spec, signal);
    await driver.apply(specOf(id, image, [{ volume: data, env: ['VERSION=2'] }]), signal);
    await driver.stop(id);
    expect((await driver.volumes(id)).toSorted((a, b) => a.replica - b.replica)).toEqual(made);
    expect(await readFile(join(first?.path ?? '', 'restored'), 'utf8')).toBe('before the start');
    await driver.remove(id);
    expect(await driver.volumes(id)).toEqual([]);
    expect([first, second].map((place) => existsSync(place?.path ?? '/'))).toEqual([false, false]);
  });
}

export function describeRunningVersions(get: () => Stand): void {
  test('gives what it ends a SIGTERM and its grace, then ends it all the same', async () => {
    const { driver, image, lease } = get();
    const [polite, deaf] = [lease(), lease()];
    const how = { stopGraceSeconds: 8 };
    await driver.apply(specOf(polite, image, [{ env: ['FAREWELL_MS=300'], how }]), signal);
    await driver.apply(
      specOf(deaf, image, [{ env: ['FAREWELL_MS=600000'], how: { stopGraceSeconds: 1 } }]),
      signal,
    );
    await askSoon(driver, polite, '/');
    await askSoon(driver, deaf, '/');
    const startedAt = performance.now();
    await Promise.all([driver.stop(polite), driver.stop(deaf)]);
    expect(performance.now() - startedAt).toBeLessThan(7_000);
    expect(await textsOf(driver, polite)).toEqual(expect.arrayContaining(['going', 'gone by itself']));
    expect(await textsOf(driver, deaf)).toContain('going');
    expect(await textsOf(driver, deaf)).not.toContain('gone by itself');
  });

  test('leaves ended what its policy leaves ended, and starts the rest again', async () => {
    const { driver, image, lease } = get();
    const id = lease();
    const spec = specOf(id, image, [
      { how: { restart: 'never' } },
      { name: 'other', how: { restart: 'on-failure' } },
    ]);
    await driver.apply(spec, signal);
    await askSoon(driver, id, '/exit?code=5');
    await askSoon(driver, id, '/exit?code=4', { service: 'other' });
    const again = await statusWhen(
      driver,
      id,
      ({ state, restarts }) => state === 'running' && restarts === 1,
      'other',
    );
    expect(again.lastExit).toBe('exit code 4');
    await askSoon(driver, id, '/exit?code=0', { service: 'other' });
    const ended = await statusWhen(driver, id, ({ state }) => state === 'exited', 'other');
    expect(ended).toMatchObject({ restarts: 1, lastExit: 'exit code 0' });
    const never = { state: 'exited', restarts: 0, lastExit: 'exit code 5' };
    await eventually(async () => ((await statusOf(driver, id))?.state === 'exited' ? true : undefined));
    await driver.apply(spec, signal);
    expect(await statusOf(driver, id)).toMatchObject(never);
    expect(await statusOf(driver, id, 'other')).toMatchObject({ state: 'exited', restarts: 1 });
    await driver.stop(id);
    await driver.apply(spec, signal);
    expect(await statusOf(driver, id)).toMatchObject(never);
  });

  test('waits longer each time before it starts again what ends at once', async () => {
    const { driver, image, lease } = get();
    const id = lease();
    await driver.apply(specOf(id, image, [{ command: ['node', '-e', 'process.exit(9)'] }]), signal);
    const { lastExit } = await statusWhen(driver, id, ({ restarts }) => restarts >= 2);
    expect(lastExit).toBe('exit code 9');
    // Without pauses some hundred would be through by now.
    expect((await statusOf(driver, id))?.restarts).toBeLessThan(12);
  });
}

/** Where a service finds its volumes at the paths it asked for. */
export function describeVolumeVersions(get: () => Stand): void {
  test('gives a replica that is replaced the same grace', async () => {
    const { driver, image, lease } = get();
    const id = lease();
    const leaves = `process.on('SIGTERM', () => {
      require('node:fs').writeFileSync('/var/lib/data/left', 'in order');
      process.exit(0);
    });
    require('node:http').createServer((_, answer) => answer.end('old')).listen(3000);`;
    const old = { volume: data, command: ['node', '-e', leaves], how: { stopGraceSeconds: 8 } };
    await driver.apply(specOf(id, image, [old]), signal);
    expect(await askSoon(driver, id, '/')).toBe('old');
    await driver.apply(specOf(id, image, [{ volume: data }]), signal);
    expect(await askSoon(driver, id, '/read?path=/var/lib/data/left')).toBe('in order');
  });

  test('shows a restored volume to the workload, which can change it', async () => {
    const { driver, image, lease } = get();
    const id = lease();
    const spec = specOf(id, image, [{ volume: data }]);
    const [place] = await driver.prepareVolumes(spec);
    const file = join(place?.path ?? '', 'restored');
    await writeFile(file, 'from elsewhere', { mode: 0o600 });
    if (place?.owner) await lchown(file, place.owner.uid, place.owner.gid);
    await driver.apply(spec, signal);
    expect(await askSoon(driver, id, '/read?path=/var/lib/data/restored')).toBe('from elsewhere');
    await ask(driver, id, '/append?path=/var/lib/data/restored&text=,changed');
    expect(await readFile(file, 'utf8')).toBe('from elsewhere,changed');
    await driver.stop(id);
    await driver.apply(spec, signal);
    expect(await askSoon(driver, id, '/read?path=/var/lib/data/restored')).toBe('from elsewhere,changed');
  });
}

async function namesOf(driver: Driver, lease: LeaseId): Promise<readonly string[]> {
  const found = (await driver.list()).find((each) => each.lease === lease);
  return (found?.replicas ?? []).map(({ service, replica }) => `${service}/${replica}`).sort();
}

async function textsOf(driver: Driver, lease: LeaseId): Promise<readonly string[]> {
  const lines = await Array.fromAsync(
    driver.logs(lease, { service: null, follow: false, tail: 100, signal }),
  );
  return lines.map(({ text }) => text);
}
