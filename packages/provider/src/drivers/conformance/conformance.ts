/**
 * What every driver must do, as tests: call `describeDriver` in a test file with a kit that opens the driver. Where a
 * kit says that its driver does not isolate or does not run anything, those tests are not made, and the name of the
 * suite says so.
 */
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from 'vitest';
import { describeIsolation } from './isolation.ts';
import {
  ask,
  askSoon,
  buildWorkloadImage,
  type DriverKit,
  newLease,
  signal,
  specOf,
  type Stand,
  statusOf,
  statusWhen,
} from './kit.ts';
import { describeDiskLimit, describeRunning, describeVolumes } from './running.ts';
import { describeSecrets } from './secrets.ts';
import { describeRunningVersions, describeVersions, describeVolumeVersions } from './versions.ts';

export function describeDriver(
  name: string,
  makeKit: () => Promise<DriverKit>,
  facts: Pick<DriverKit, 'runs' | 'isolates' | 'limitsDisk'>,
): void {
  const exempt = [!facts.runs && 'runs nothing', !facts.isolates && 'isolates nothing'].filter(Boolean);
  describe(`the ${name} driver${exempt.length > 0 ? ` (${exempt.join(', ')})` : ''}`, () => {
    let stand: Stand;
    let archive: Awaited<ReturnType<typeof buildWorkloadImage>>;
    beforeAll(async () => {
      const kit = await makeKit();
      const driver = await kit.open();
      archive = await buildWorkloadImage();
      const image = await driver.ensureImage({ kind: 'archive', ...archive }, { signal });
      const lease = () => {
        const made = newLease();
        onTestFinished(() => driver.remove(made));
        return made;
      };
      stand = { kit, driver, image, archive, lease };
    });
    afterAll(async () => {
      await stand.driver[Symbol.asyncDispose]();
      await archive[Symbol.asyncDispose]();
    });
    describeLife(() => stand);
    describeVersions(() => stand);
    if (facts.runs) describeRunning(() => stand);
    if (facts.runs) describeRunningVersions(() => stand);
    if (facts.runs) describeSecrets(() => stand);
    if (facts.limitsDisk) describeDiskLimit(() => stand);
    if (facts.isolates) describeVolumes(() => stand);
    if (facts.isolates) describeVolumeVersions(() => stand);
    if (facts.isolates) describeIsolation(() => stand);
  });
}

/** What holds for the mock too. */
function describeLife(get: () => Stand): void {
  test('knows an image by its digest once it is in place, and no other', async () => {
    const { driver, image, archive } = get();
    expect(image).toEqual({ reference: archive.reference, digest: archive.digest });
    expect(await driver.hasImage(archive.digest)).toEqual(image);
    expect(await driver.hasImage(`sha256:${'0'.repeat(64)}`)).toBeUndefined();
    const seen: (number | null)[] = [];
    await driver.ensureImage(
      { kind: 'archive', ...archive },
      { signal, onProgress: (percent) => seen.push(percent) },
    );
    expect(seen.every((percent) => percent === null || (percent >= 0 && percent <= 100))).toBe(true);
  });

  test('starts a service that can be reached', async () => {
    const { driver, image, lease } = get();
    const id = lease();
    await driver.ping();
    await driver.apply(specOf(id, image, [{ count: 2 }]), signal);
    expect(await askSoon(driver, id, '/')).toBe('web/0');
    expect(await askSoon(driver, id, '/', { replica: 1 })).toBe('web/1');
    expect(await statusOf(driver, id)).toEqual({
      service: 'web',
      replica: 0,
      state: 'running',
      restarts: 0,
      lastExit: null,
    });
  });

  test('changes nothing when the same is applied again', async () => {
    const { driver, image, lease } = get();
    const spec = specOf(lease(), image, [{}]);
    await Promise.all([driver.apply(spec, signal), driver.apply(spec, signal)]);
    await askSoon(driver, spec.lease, '/');
    const before = await driver.list();
    await driver.apply(spec, signal);
    expect(await driver.list()).toEqual(before);
  });

  test('brings back what is gone, drops what is no longer wanted, and replaces what has changed', async () => {
    const { driver, kit, image, lease } = get();
    const id = lease();
    const spec = specOf(id, image, [{ count: 2 }, { name: 'other' }]);
    await driver.apply(spec, signal);
    await askSoon(driver, id, '/');
    await kit.crash(driver, id, 'web');
    await driver.apply(spec, signal);
    await askSoon(driver, id, '/');
    await statusWhen(driver, id, ({ state }) => state === 'running');

    await driver.apply(specOf(id, image, [{ env: ['CHANGED=1'] }]), signal);
    const [status] = (await driver.list()).filter((each) => each.lease === id);
    expect(status?.replicas.map(({ service, replica }) => `${service}/${replica}`)).toEqual(['web/0']);
    expect(await askSoon(driver, id, '/')).toBe('web/0');
  });

  test('removes everything of a lease, and nothing of another', async () => {
    const { driver, kit, image, lease } = get();
    const [id, neighbour] = [lease(), lease()];
    const wishes = [{ count: 2, volume: { mount: '/data', kind: 'persistent' } }] as const;
    await driver.apply(specOf(id, image, wishes), signal);
    await driver.apply(specOf(neighbour, image, [{}]), signal);
    await askSoon(driver, id, '/');
    expect(await kit.leftovers(id)).not.toEqual([]);
    await driver.remove(id);
    expect(await kit.leftovers(id)).toEqual([]);
    expect((await driver.list()).some((each) => each.lease === id)).toBe(false);
    expect(await askSoon(driver, neighbour, '/')).toBe('web/0');
    await driver.remove(id);
  });

  test('says by its faults what can’t be done', async () => {
    const { driver, image, lease } = get();
    const id = lease();
    const missing = { reference: 'souk/missing:1', digest: `sha256:${'0'.repeat(64)}` };
    await expect(driver.apply(specOf(id, missing, [{}]), signal)).rejects.toMatchObject({
      code: 'driver.image-not-found',
    });
    await expect(driver.dial(id, 'web', 0, 3000)).rejects.toMatchObject({ code: 'driver.not-running' });
    const exec = { service: 'web', replica: 0, command: ['sh'], tty: null, signal };
    await expect(driver.exec(id, exec)).rejects.toMatchObject({ code: 'driver.not-running' });
    expect(await driver.usage(id)).toEqual([]);
    await driver.apply(specOf(id, image, [{}]), signal);
    await expect(driver.dial(id, 'web', 1, 3000)).rejects.toMatchObject({ code: 'driver.not-running' });
    await expect(driver.apply(specOf(id, image, [{}]), AbortSignal.abort())).rejects.toMatchObject({
      name: 'AbortError',
    });
    expect(await askSoon(driver, id, '/')).toBe('web/0');
    await expect(ask(driver, id, '/', { service: 'nobody' })).rejects.toMatchObject({
      code: 'driver.not-running',
    });
  });
}
