/** What a driver must do that runs programs. */
import { createHash } from 'node:crypto';
import { writeFile } from 'node:fs/promises';
import { expect, test } from 'vitest';
import { Fault, type LogLine } from '@souk/protocol';
import type { ReplicaStatus } from '../driver.ts';
import { ask, askSoon, eventually, execText, signal, specOf, statusWhen, type Stand } from './kit.ts';

export function describeRunning(get: () => Stand): void {
  test('sets the image’s, the service’s and the lease’s environment', async () => {
    const { driver, image, lease } = get();
    const id = lease();
    await driver.apply(specOf(id, image, [{ env: ['FROM_SERVICE=a=b "c" $d\n'] }]), signal);
    expect(await askSoon(driver, id, '/env?name=FROM_IMAGE')).toBe('yes');
    expect(await ask(driver, id, '/env?name=FROM_SERVICE')).toBe('a=b "c" $d\n');
    expect(await ask(driver, id, '/env?name=SOUK_LEASE')).toBe(id);
  });

  test('keeps both output streams, and follows them', async () => {
    const { driver, image, lease } = get();
    const id = lease();
    await driver.apply(specOf(id, image, [{}]), signal);
    await askSoon(driver, id, '/');
    const abort = new AbortController();
    const seen: LogLine[] = [];
    for await (const line of driver.logs(id, {
      service: 'web',
      follow: true,
      tail: 100,
      signal: abort.signal,
    })) {
      seen.push(line);
      if (seen.length === 2) abort.abort();
    }
    expect(seen.map(({ stream, text }) => `${stream}: ${text}`).sort()).toEqual([
      'stderr: and it complains',
      'stdout: workload ready',
    ]);
    expect(seen.every(({ at }) => Math.abs(Date.now() - at) < 60_000)).toBe(true);
    const last = await Array.fromAsync(driver.logs(id, { service: null, follow: false, tail: 1, signal }));
    expect(last).toHaveLength(1);
    const later = { service: null, follow: false, tail: 9, since: Date.now() + 60_000, signal };
    expect(await Array.fromAsync(driver.logs(id, later))).toEqual([]);
    expect(
      await Array.fromAsync(driver.logs(id, { service: 'nobody', follow: false, tail: 9, signal })),
    ).toEqual([]);
  });

  test('runs a command beside the workload, with its input, both outputs and exit code', async () => {
    const { driver, image, lease } = get();
    const id = lease();
    await driver.apply(specOf(id, image, [{ env: ['SEEN=yes'] }]), signal);
    await askSoon(driver, id, '/');
    expect(await execText(driver, id, 'cat; echo "$SEEN" >&2; exit 7', 'typed\n')).toEqual({
      stdout: 'typed\n',
      stderr: 'yes\n',
      code: 7,
    });
    const big = await execText(driver, id, 'head -c 3000000 /dev/zero');
    expect(big.stdout).toHaveLength(3_000_000);
    expect((await execText(driver, id, 'exec no-such-program')).code).toBe(127);
  });

  test('gives a command a terminal of the asked size, which can change', async () => {
    const { driver, image, lease } = get();
    const id = lease();
    await driver.apply(specOf(id, image, [{}]), signal);
    await askSoon(driver, id, '/');
    const show = 'const s = () => console.log(`size ${process.stdout.columns}x${process.stdout.rows}`)';
    const session = await driver.exec(id, {
      service: 'web',
      replica: 0,
      command: [
        'node',
        '-e',
        `${show}; s(); process.stdout.on('resize', s); process.stdin.on('data', () => process.exit(3))`,
      ],
      tty: { cols: 91, rows: 33 },
      signal,
    });
    let text = '';
    for await (const { bytes } of session.output) {
      text += Buffer.from(bytes).toString();
      if (text.includes('size 91x33') && !text.includes('size 120x40')) await session.resize(120, 40);
      if (text.includes('size 120x40')) await session.write(Buffer.from('go\n'));
    }
    expect(text).toContain('size 120x40');
    expect(await session.exit).toBe(3);
  });

  test('ends a command when its signal is aborted', async () => {
    const { driver, image, lease } = get();
    const id = lease();
    await driver.apply(specOf(id, image, [{}]), signal);
    await askSoon(driver, id, '/');
    const abort = new AbortController();
    const command = ['sh', '-c', 'echo up; sleep 432.1'];
    const session = await driver.exec(id, {
      service: 'web',
      replica: 0,
      command,
      tty: null,
      signal: abort.signal,
    });
    for await (const _ of session.output) abort.abort();
    expect(await session.exit).not.toBe(0);
  });

  test('measures what a replica takes', async () => {
    const { driver, image, lease } = get();
    const id = lease();
    await driver.apply(specOf(id, image, [{}]), signal);
    await askSoon(driver, id, '/');
    const usage = await eventually(async () => {
      const [used] = await driver.usage(id);
      return used !== undefined && used.memoryBytes > 1e6 && used.cpuSeconds > 0 && used.networkRxBytes > 0
        ? used
        : undefined;
    });
    expect(usage).toMatchObject({ service: 'web', replica: 0 });
    expect(usage.memoryBytes).toBeLessThan(256 * 2 ** 20);
  });

  test('lets services find each other by name, each replica in its turn', async () => {
    const { driver, image, lease } = get();
    const id = lease();
    await driver.apply(
      specOf(id, image, [{ env: ['LISTEN=3000'] }, { name: 'api', count: 2, to: ['web'], env: [] }]),
      signal,
    );
    const url = encodeURIComponent('http://api:3000/');
    const seen = new Set<string>();
    await eventually(async () => {
      seen.add(await ask(driver, id, `/fetch?url=${url}`));
      return seen.has('api/0') && seen.has('api/1') ? seen : undefined;
    });
    expect(seen).not.toContain('web/0');
  });

  test('restarts what has crashed, says how it ended, and keeps its log', async () => {
    const { driver, image, lease } = get();
    const id = lease();
    await driver.apply(specOf(id, image, [{}]), signal);
    await askSoon(driver, id, '/exit?code=7');
    const status = await statusWhen(
      driver,
      id,
      ({ state, restarts }) => state === 'running' && restarts === 1,
    );
    expect(status.lastExit).toBe('exit code 7');
    expect(await askSoon(driver, id, '/')).toBe('web/0');
    const lines = await Array.fromAsync(driver.logs(id, { service: null, follow: false, tail: 100, signal }));
    expect(lines.filter(({ text }) => text === 'workload ready')).toHaveLength(2);
  });

  test('says what is wrong with a program that is not there', async () => {
    const { driver, image, lease } = get();
    const id = lease();
    const failure: unknown = await driver
      .apply(specOf(id, image, [{ command: ['/no/such/program'] }]), signal)
      .then(
        () => undefined,
        (error: unknown) => error,
      );
    expect([undefined, 'driver.start-failed']).toContain(failure instanceof Fault ? failure.code : failure);
    // It is tried again and again, and passes for running until that fails.
    const hasFailed = ({ state, lastExit }: ReplicaStatus) => lastExit !== null && state !== 'running';
    const status = await statusWhen(driver, id, hasFailed);
    expect(status.lastExit).toMatch(/no such file|not found|code 127/i);
  });

  test('is found with its log by the next daemon, which goes on from there', async () => {
    const { driver, kit, image, lease } = get();
    const spec = specOf(lease(), image, [{}]);
    await driver.apply(spec, signal);
    const pid = await askSoon(driver, spec.lease, '/pid');
    const next = await kit.open();
    expect((await statusWhen(next, spec.lease, () => true)).state).toBe('running');
    await next.apply(spec, signal);
    expect(await ask(next, spec.lease, '/pid')).toBe(pid);
    expect((await statusWhen(next, spec.lease, () => true)).restarts).toBe(0);
    const lines = await Array.fromAsync(
      next.logs(spec.lease, { service: null, follow: false, tail: 10, signal }),
    );
    expect(lines.map(({ text }) => text)).toContain('workload ready');
    await next.remove(spec.lease);
    expect(await kit.leftovers(spec.lease)).toEqual([]);
    await next[Symbol.asyncDispose]();
  });

  test('refuses an archive that is not what its digest says, and one that is no image', async () => {
    const { driver, archive } = get();
    const digest = `sha256:${'1'.repeat(64)}`;
    const wrong = driver.ensureImage(
      { kind: 'archive', reference: 'x:1', path: archive.path, digest },
      { signal },
    );
    await expect(wrong).rejects.toMatchObject({ code: 'driver.image-digest-mismatch' });
    expect(await driver.hasImage(digest)).toBeUndefined();

    const path = `${archive.path}.not`;
    const noise = Buffer.alloc(100_000, 'no image');
    await writeFile(path, noise);
    const right = `sha256:${createHash('sha256').update(noise).digest('hex')}`;
    const refused = driver.ensureImage(
      { kind: 'archive', reference: 'x:1', path, digest: right },
      { signal },
    );
    await expect(refused).rejects.toMatchObject({ code: 'driver.image-malformed', blame: 'user' });
  });

  test('kills a workload that takes more memory than it may', async () => {
    const { driver, image, lease } = get();
    const id = lease();
    await driver.apply(specOf(id, image, [{ memoryMib: 128 }]), signal);
    await askSoon(driver, id, '/');
    await ask(driver, id, '/memory?mib=400').catch(() => undefined);
    const status = await statusWhen(
      driver,
      id,
      ({ restarts, lastExit }) => restarts > 0 || lastExit !== null,
    );
    expect(status.lastExit).toMatch(/out of memory|signal 9|code 137/);
  });
}

export function describeDiskLimit(get: () => Stand): void {
  test('kills a workload that fills more disk than it may', async () => {
    const { driver, image, lease } = get();
    const id = lease();
    await driver.apply(specOf(id, image, [{}]), signal);
    await askSoon(driver, id, '/fill?path=/tmp/big&mib=80');
    const status = await statusWhen(driver, id, ({ lastExit }) => lastExit !== null);
    expect(status.lastExit).toBe('killed: disk limit exceeded');
  });
}

/** Where a service finds its volumes at the paths it asked for. */
export function describeVolumes(get: () => Stand): void {
  test('keeps a persistent volume over crashes and changes, and memory volumes out of the disk', async () => {
    const { driver, image, lease } = get();
    const id = lease();
    const volume = { mount: '/var/lib/data', kind: 'persistent' } as const;
    await driver.apply(specOf(id, image, [{ volume }]), signal);
    await askSoon(driver, id, '/append?path=/var/lib/data/kept&text=one');
    await driver.apply(specOf(id, image, [{ volume, env: ['NEW=1'] }]), signal);
    expect(await askSoon(driver, id, '/env?name=NEW')).toBe('1');
    expect(await ask(driver, id, '/read?path=/var/lib/data/kept')).toBe('one');

    await driver.apply(specOf(id, image, [{ volume: { mount: '/ram', kind: 'ram' } }]), signal);
    expect(await eventually(() => ask(driver, id, '/read?path=/proc/mounts'))).toMatch(/tmpfs \/ram tmpfs/);
  });
}
