/** What a workload must not be able to do, looked at from inside. */
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { networkInterfaces } from 'node:os';
import { expect, onTestFinished, test } from 'vitest';
import { ask, askSoon, eventually, execText, signal, specOf, type Stand } from './kit.ts';

/** At most what images need to step down from root: chown, dac_override, fowner, setgid, setuid, net_bind_service. */
const harmless = 0x4cb;

export function describeIsolation(get: () => Stand): void {
  test('shows a workload none of this machine’s files or processes', async () => {
    const { driver, image, lease } = get();
    const id = lease();
    await driver.apply(specOf(id, image, [{}]), signal);
    await askSoon(driver, id, '/');
    expect(JSON.parse(await ask(driver, id, '/list?path=/app'))).toEqual(['workload.mjs']);
    expect(await ask(driver, id, `/read?path=${import.meta.filename}`)).toMatch(/ENOENT/);
    expect(await ask(driver, id, '/read?path=/etc/shadow')).toMatch(/ENOENT/);
    const pids = (JSON.parse(await ask(driver, id, '/list?path=/proc')) as string[]).filter((name) =>
      /^\d+$/.test(name),
    );
    expect(pids.length).toBeLessThan(6);
    expect(await ask(driver, id, '/read?path=/proc/1/cmdline')).not.toMatch(/systemd|vitest|\/sbin\/init/);
  });

  test('gives neither the workload nor a command beside it any privilege', async () => {
    const { driver, image, lease } = get();
    const id = lease();
    await driver.apply(specOf(id, image, [{}]), signal);
    await askSoon(driver, id, '/');
    const inside = await ask(driver, id, '/read?path=/proc/self/status');
    const beside = (await execText(driver, id, 'cat /proc/self/status')).stdout;
    for (const status of [inside, beside]) {
      for (const set of ['CapEff', 'CapBnd'])
        expect(Number.parseInt(new RegExp(`${set}:\\s(\\w+)`).exec(status)?.[1] ?? 'f', 16) & ~harmless).toBe(
          0,
        );
      expect(status).toMatch(/NoNewPrivs:\s1/);
      expect(status).toMatch(/Seccomp:\s2/);
    }
    const line = encodeURIComponent('ls /dev; cat /dev/kmsg 2>&1; echo 1 > /proc/sys/kernel/panic; echo $?');
    const devices = await ask(driver, id, `/run?line=${line}`);
    expect(devices).not.toMatch(/vda|sda|mem\n|kvm/);
    expect(devices.trim().split('\n').at(-1)).not.toBe('0');
  });

  test('lets a workload reach neither this machine’s loopback nor its other addresses', async () => {
    const { driver, image, lease } = get();
    const id = lease();
    const server = createServer((_request, response) => response.end('host'));
    await new Promise<void>((resolve) => server.listen(0, '0.0.0.0', resolve));
    onTestFinished(() => void server.close());
    const { port } = server.address() as AddressInfo;
    await driver.apply(specOf(id, image, [{}]), signal);
    await askSoon(driver, id, '/');
    const addresses = Object.values(networkInterfaces())
      .flatMap((each) => each ?? [])
      .filter(({ family, internal }) => family === 'IPv4' && !internal)
      .map(({ address }) => address);
    for (const host of ['127.0.0.1', '10.0.2.2', '169.254.169.254', ...addresses])
      expect(`${host} ${await ask(driver, id, `/connect?host=${host}&port=${port}`)}`).not.toMatch(
        /connected/,
      );
  });

  test('keeps leases from one another', async () => {
    const { driver, image, lease } = get();
    const [id, spy] = [lease(), lease()];
    await driver.apply(specOf(id, image, [{}, { name: 'api', to: ['web'] }]), signal);
    await driver.apply(specOf(spy, image, [{}]), signal);
    const path = `/fetch?url=${encodeURIComponent('http://api:3000/')}`;
    await eventually(async () => ((await ask(driver, id, path)) === 'api/0' ? true : undefined));
    expect(await askSoon(driver, spy, path)).toMatch(/fail|ENOTFOUND|EAI_AGAIN/);
    await ask(driver, id, '/append?path=/tmp/secret&text=mine');
    expect(await ask(driver, spy, '/read?path=/tmp/secret')).toMatch(/ENOENT/);
  });

  test('writes nothing into the image that others share', async () => {
    const { driver, image, lease } = get();
    const [id, other] = [lease(), lease()];
    await driver.apply(specOf(id, image, [{}]), signal);
    await driver.apply(specOf(other, image, [{}]), signal);
    await askSoon(driver, id, '/append?path=/app/workload.mjs&text=//changed');
    expect(await ask(driver, id, '/run?line=tail%20-c%209%20/app/workload.mjs')).toBe('//changed');
    expect(await askSoon(driver, other, '/run?line=tail%20-c%209%20/app/workload.mjs')).not.toBe('//changed');
  });
}
