/** That secrets reach the workload, and nothing of this machine that outlives its power. */
import { createHash, randomBytes } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { ask, askSoon, eventually, execText, signal, specOf, type Stand, statusWhen } from './kit.ts';
import { formsOf } from './search.ts';

function makeSecrets() {
  const word = `it's "$HOME" \\n ${randomBytes(24).toString('base64url')}\n second line`;
  const bytes = randomBytes(200);
  return {
    word,
    bytes,
    how: {
      secrets: { env: { API_KEY: word }, files: { '/run/secrets/tls.key': bytes.toString('base64') } },
      secretsVersion: createHash('sha256').update(bytes).digest('hex'),
    },
  };
}

const sha256 = (bytes: string | Uint8Array) => createHash('sha256').update(bytes).digest('hex');

export function describeSecrets(get: () => Stand): void {
  /** The process driver can mount nothing: it says by a variable where the file lies. */
  const fileAt = () =>
    get().kit.isolates
      ? '/sha256?path=/run/secrets/tls.key'
      : '/sha256?pathFrom=SOUK_FILE_run_secrets_tls_key';

  test('hands a workload its secrets, again after every crash, and others when they change', async () => {
    const { driver, kit, image, lease } = get();
    const id = lease();
    const { word, bytes, how } = makeSecrets();
    const spec = specOf(id, image, [{ env: ['API_KEY=overruled'], how }]);
    await driver.apply(spec, signal);
    const isThere = async () => {
      expect(await askSoon(driver, id, '/sha256?env=API_KEY')).toBe(sha256(word));
      expect(await ask(driver, id, fileAt())).toBe(sha256(bytes));
    };
    await isThere();
    expect((await execText(driver, id, 'printf %s "$API_KEY"')).stdout).toBe(word);

    await ask(driver, id, '/exit?code=3');
    await statusWhen(driver, id, ({ state, restarts }) => state === 'running' && restarts === 1);
    await isThere();
    await kit.crash(driver, id, 'web');
    await driver.apply(spec, signal);
    await isThere();
    await driver.stop(id);
    await driver.apply(spec, signal);
    await isThere();

    const pid = await ask(driver, id, '/pid');
    const next = await kit.open();
    await next.apply(spec, signal);
    expect(await ask(next, id, '/pid')).toBe(pid);
    const other = makeSecrets();
    await next.apply(specOf(id, image, [{ how: other.how }]), signal);
    expect(await askSoon(next, id, '/sha256?env=API_KEY')).toBe(sha256(other.word));
    expect(await ask(next, id, fileAt())).toBe(sha256(other.bytes));
    await next[Symbol.asyncDispose]();
  });

  test('leaves no secret on a disk, in a command line or in what the engine shows', async () => {
    const { driver, kit, image, lease } = get();
    const id = lease();
    const startedAt = Date.now() - 2_000;
    const { word, bytes, how } = makeSecrets();
    const needles = [Buffer.from(word.slice(-44, -13)), bytes];
    await driver.apply(specOf(id, image, [{ how }]), signal);
    await askSoon(driver, id, '/sha256?env=API_KEY');
    await execText(driver, id, 'true');
    expect(await kit.searchDisk(needles, startedAt)).toEqual([]);
    expect(processesThatShow(needles)).toEqual([]);

    // What the search finds where there is something: hex of the key in the log, the file in the workload's folder.
    await ask(driver, id, '/log-hex?env=API_KEY');
    const found = await eventually(async () => {
      const paths = await kit.searchDisk(needles, startedAt);
      return paths.length > 0 ? paths : undefined;
    });
    expect(found).not.toEqual([]);
    await driver.remove(id);
    expect(await kit.leftovers(id)).toEqual([]);
  });

  test('refuses secrets that no workload can be given, and tells nothing of them', async () => {
    const { driver, image, lease } = get();
    const id = lease();
    const value = randomBytes(12).toString('hex');
    for (const secrets of [
      { env: { 'NO-NAME': value }, files: {} },
      { env: { ZERO: `${value}\0` }, files: {} },
      { env: {}, files: { '/proc/self/secret': value } },
      { env: {}, files: { '/run/../etc/passwd': value } },
      { env: {}, files: { '/var/lib/data/key': value } },
    ]) {
      const volume = { mount: '/var/lib/data', kind: 'persistent' } as const;
      const refused = driver.apply(
        specOf(id, image, [{ volume, how: { secrets, secretsVersion: '1' } }]),
        signal,
      );
      await expect(refused).rejects.toMatchObject({ code: 'driver.secrets-unfit', blame: 'user' });
      await expect(refused).rejects.not.toMatchObject({ message: expect.stringContaining(value) });
    }
  });
}

/** By command line: everybody on a machine may read those. */
function processesThatShow(needles: readonly Uint8Array[]): readonly string[] {
  const forms = needles.flatMap(formsOf);
  return readdirSync('/proc').filter((pid) => {
    if (!/^\d+$/.test(pid)) return false;
    try {
      const line = readFileSync(`/proc/${pid}/cmdline`);
      return forms.some((form) => line.includes(form));
    } catch {
      return false;
    }
  });
}
