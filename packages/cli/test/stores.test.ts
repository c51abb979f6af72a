/** What the CLI keeps on disk. */
import { createHash } from 'node:crypto';
import {
  copyFileSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { createKey, encodeJson, leaseIdOf, type Order, readSdl, zeroAddress, zeroHash } from '@souk/protocol';
import { type Deployment, deploymentSchema, keepWish } from '@souk/tenant';
import { describe, expect, it } from 'vitest';
import { openDeploymentStore } from '../src/deployments.ts';
import { openImageStore, parseImageFlag } from '../src/images.ts';
import { holderOf, holdPidFile } from '../src/pid-file.ts';
import { openSecretStore } from '../src/secrets.ts';
import { openWishStore } from '../src/wishes.ts';
import { testHome } from './souk.ts';

const never = new AbortController().signal;

async function record(name: string): Promise<Deployment> {
  const key = createKey();
  const order: Order = {
    tenant: key.address,
    agent: key.address,
    watcher: zeroAddress,
    token: zeroAddress,
    manifest: zeroHash,
    requirements: zeroHash,
    maxRate: 2n ** 90n,
    deposit: 5n,
    clawbackWindow: 600,
    startWindow: 600,
    expiresAt: 1_800_000_000,
    counter: 0n,
    salt: zeroHash,
  };
  const signed = await key.sign({ chainId: 1, market: zeroAddress }, 'Order', order);
  const stored = {
    version: 1,
    name,
    network: 'local',
    tenant: key.address,
    images: [],
    createdAt: 1,
    closedAt: null,
    groups: [
      {
        name: 'here',
        phase: 'ordering',
        agentKey: key.privateKey,
        order: signed,
        lease: leaseIdOf(order),
        fromBlock: 0,
        accepted: [],
        terms: null,
        rateBeforePause: null,
        amendedTo: null,
        paidBefore: 0n,
        openTx: null,
        readyAt: null,
        closeAt: null,
        probes: {},
        urls: [],
        receipt: null,
        snapshots: [],
      },
    ],
  };
  return deploymentSchema.parse(JSON.parse(encodeJson(stored)));
}

describe('deployment records', () => {
  it('come back as they were saved, for their owner’s eyes only', async () => {
    using home = testHome();
    const folder = join(home.folder, 'deployments');
    const store = openDeploymentStore(folder);
    const saved = await record('app');
    await store.save(saved);
    expect(await store.load('app')).toEqual(saved);
    expect(await store.list()).toEqual([saved]);
    expect(statSync(join(folder, 'app.json')).mode & 0o777).toBe(0o600);
    expect(statSync(folder).mode & 0o777).toBe(0o700);
    await store.remove('app');
    await store.remove('app');
    expect(await store.load('app')).toBeUndefined();
  });

  it('are replaced whole: a save that fails leaves the old one, and no half of a new one is ever read', async () => {
    using home = testHome();
    const folder = join(home.folder, 'deployments');
    const store = openDeploymentStore(folder);
    const first = await record('app');
    await store.save(first);
    // What a process killed in the middle of a save leaves behind.
    writeFileSync(join(folder, 'app.json.4711.new'), '{"version":1,"na');
    expect(await store.list()).toEqual([first]);
    // A directory in the way of the draft makes the save fail, for root too.
    mkdirSync(join(folder, `app.json.${process.pid}.new`));
    await expect(store.save({ ...first, createdAt: 2 })).rejects.toThrow('EISDIR');
    expect(await store.load('app')).toEqual(first);
  });

  it('that are damaged are named, and names can’t lead out of the folder', async () => {
    using home = testHome();
    const folder = join(home.folder, 'deployments');
    const store = openDeploymentStore(folder);
    await store.save(await record('app'));
    writeFileSync(join(folder, 'app.json'), '{');
    await expect(store.load('app')).rejects.toMatchObject({ code: 'cli.record-damaged' });
    await expect(store.load('../app')).rejects.toMatchObject({ code: 'cli.no-deployment' });
  });
});

describe('kept wishes', () => {
  const secret = 'correct horse battery staple';
  function keptWish() {
    const read = readSdl(`
version: "2.0"
services:
  web: { image: "nginx:1.27", expose: [{ port: 80, to: [{ global: true }] }] }
profiles:
  compute:
    web: { resources: { cpu: { units: 1 }, memory: { size: 1Gi }, storage: { size: 1Gi } } }
  placement:
    here: { pricing: { web: { denom: uact, amount: 100 } } }
deployment:
  web: { here: { profile: web, count: 1 } }
`);
    if (!read.ok) throw new Error(JSON.stringify(read.errors));
    const secrets = { services: { web: { env: { DB: secret }, files: {} } }, snapshotKey: null };
    return keepWish(
      {
        name: 'app',
        groups: read.workload.groups,
        maxRate: () => 60_000n,
        deposit: () => 5_000_000n,
        maxTotal: 9_000_000n,
        secrets: () => secrets,
      },
      zeroHash,
    );
  }

  it('come back as they were, and lie on the disk in no readable form', async () => {
    using home = testHome();
    const key = createKey();
    const store = openWishStore(home.folder, async () => key);
    await store.save('app', keptWish());
    expect(await store.load('app')).toEqual(keptWish());
    const bytes = readFileSync(join(home.folder, 'app.wish'));
    for (const plain of [secret, 'nginx', 'manifest']) expect(bytes.includes(plain)).toBe(false);
    expect(statSync(join(home.folder, 'app.wish')).mode & 0o777).toBe(0o600);
    await store.remove('app');
    expect(await store.load('app')).toBeUndefined();
  });

  it('that were changed, swapped, or kept with another key are refused', async () => {
    using home = testHome();
    const key = createKey();
    const store = openWishStore(home.folder, async () => key);
    const unreadable = {
      code: 'cli.wish-unreadable',
      remedy: expect.stringContaining('deploy its file again'),
    };
    await store.save('app', keptWish());
    const file = join(home.folder, 'app.wish');
    const bytes = readFileSync(file);
    writeFileSync(join(home.folder, 'other.wish'), bytes);
    await expect(store.load('other')).rejects.toMatchObject(unreadable);
    await expect(openWishStore(home.folder, async () => createKey()).load('app')).rejects.toMatchObject(
      unreadable,
    );
    bytes[bytes.length - 1] = (bytes[bytes.length - 1] ?? 0) ^ 1;
    writeFileSync(file, bytes);
    await expect(store.load('app')).rejects.toMatchObject(unreadable);
    truncateSync(file, 20);
    await expect(store.load('app')).rejects.toMatchObject(unreadable);
  });
});

describe('kept images', () => {
  // One POSIX header block and one of content: as much of a tar as is looked at here.
  function tarOf(text: string): Buffer {
    const tar = Buffer.alloc(1024);
    tar.write('ustar', 257, 'latin1');
    tar.write(text, 512);
    return tar;
  }

  it('are found by reference and read by digest; the same name again takes the new tar', async () => {
    using home = testHome();
    const store = openImageStore(join(home.folder, 'images'));
    const [one, two] = [tarOf('one'), tarOf('two')];
    await store.add('app:1', home.file('one.tar', one), 1, never);
    const kept = await store.add('app:1', home.file('two.tar', two), 2, never);
    const digest = `sha256:${createHash('sha256').update(two).digest('hex')}`;
    expect(kept).toEqual({ reference: 'app:1', digest, bytes: two.length, addedAt: 2 });
    expect(store.list()).toEqual([kept]);
    const read: Uint8Array[] = [];
    for await (const chunk of store.read(digest)) read.push(chunk);
    expect(Buffer.concat(read)).toEqual(two);
  });

  it('are tars: anything else is refused and leaves nothing behind', async () => {
    using home = testHome();
    const folder = join(home.folder, 'images');
    const store = openImageStore(folder);
    await expect(store.add('app:1', home.file('no.tar', 'not a tar'), 1, never)).rejects.toMatchObject({
      code: 'image.not-tar',
    });
    await expect(store.add('app:1', join(home.folder, 'missing.tar'), 1, never)).rejects.toMatchObject({
      code: 'cli.file-unreadable',
    });
    expect(readdirSync(folder)).toEqual([]);
    expect(store.list()).toEqual([]);
  });

  it('that were cut short or removed are found out before anything is ordered', async () => {
    using home = testHome();
    const store = openImageStore(join(home.folder, 'images'));
    const kept = await store.add('app:1', home.file('one.tar', tarOf('one')), 1, never);
    store.check(kept);
    truncateSync(store.pathOf(kept.digest), 512);
    expect(() => store.check(kept)).toThrow('the kept image app:1 has 512 bytes, not 1024');
    rmSync(store.pathOf(kept.digest));
    expect(() => store.check(kept)).toThrow(
      expect.objectContaining({ code: 'image.changed', remedy: 'add it again: souk image add app:1 TAR' }),
    );
  });

  it('are named on the command line as REF=TAR', () => {
    expect(parseImageFlag('a:1=b=c.tar')).toEqual({ reference: 'a:1', tar: 'b=c.tar' });
    for (const text of ['', 'a', '=b', 'a=']) expect(() => parseImageFlag(text)).toThrow('image');
  });
});

describe('a pid file', () => {
  it('is held by one living process, and let go with it', () => {
    using home = testHome();
    const file = join(home.folder, 'watch.pid');
    expect(holderOf(file)).toBeUndefined();
    {
      using _held = holdPidFile(file);
      expect(holderOf(file)).toBe(process.pid);
    }
    expect(existsSync(file)).toBe(false);
  });

  it('of a dead process, or of another that got its number, holds nothing', () => {
    using home = testHome();
    const file = home.file('watch.pid', `${process.pid} 1\n`);
    expect(holderOf(file)).toBeUndefined();
    writeFileSync(file, 'garbage');
    expect(holderOf(file)).toBeUndefined();
    using held = holdPidFile(file);
    expect(readFileSync(file, 'utf8')).toMatch(new RegExp(`^${process.pid} \\d+\\n$`));
    void held;
  });
});

describe('kept secrets', () => {
  const value = Buffer.from([0, 1, 2, 255, 254, ...Buffer.from('correct horse battery staple')]);

  it('come back as they were, lie on the disk in no readable form, and are listed by name alone', async () => {
    using home = testHome();
    const key = createKey();
    const folder = join(home.folder, 'secrets');
    const store = openSecretStore(folder, async () => key);
    expect(store.list()).toEqual([]);
    await store.save('DB_PASSWORD', value);
    expect(await store.load('DB_PASSWORD')).toEqual(value);
    expect(await store.load('OTHER')).toBeUndefined();
    expect(store.list()).toEqual([{ name: 'DB_PASSWORD', setAt: expect.any(Number) }]);
    const bytes = readFileSync(join(folder, 'DB_PASSWORD.secret'));
    for (const plain of ['correct', value.toString('base64')]) expect(bytes.includes(plain)).toBe(false);
    expect(statSync(join(folder, 'DB_PASSWORD.secret')).mode & 0o777).toBe(0o600);
    store.remove('DB_PASSWORD');
    expect(store.has('DB_PASSWORD')).toBe(false);
    expect(() => store.remove('DB_PASSWORD')).toThrow(expect.objectContaining({ code: 'cli.no-secret' }));
  });

  it('are refused where they were changed, renamed or kept with another key, or can’t be secrets', async () => {
    using home = testHome();
    const folder = join(home.folder, 'secrets');
    const store = openSecretStore(folder, async () => createKey());
    const unreadable = { code: 'cli.secret-unreadable' };
    await store.save('A', value);
    await expect(store.load('A')).rejects.toMatchObject(unreadable);
    const key = createKey();
    const own = openSecretStore(folder, async () => key);
    await own.save('A', value);
    copyFileSync(join(folder, 'A.secret'), join(folder, 'B.secret'));
    await expect(own.load('B')).rejects.toMatchObject(unreadable);
    const bytes = readFileSync(join(folder, 'A.secret'));
    writeFileSync(join(folder, 'A.secret'), bytes.with(-1, (bytes.at(-1) ?? 0) ^ 1));
    await expect(own.load('A')).rejects.toMatchObject(unreadable);
    await expect(own.save('../A', value)).rejects.toMatchObject({ code: 'cli.usage' });
    await expect(own.save('EMPTY', Buffer.alloc(0))).rejects.toMatchObject({ code: 'cli.secret-unfit' });
    await expect(own.save('LARGE', Buffer.alloc(100_000))).rejects.toMatchObject({
      code: 'cli.secret-unfit',
    });
  });
});
