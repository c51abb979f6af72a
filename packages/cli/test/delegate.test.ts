/** Bundles for a delegated watch: what opens one, and what is refused. */
import { readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { createKey, encodeJson, leaseIdOf, type Order, zeroAddress, zeroHash } from '@souk/protocol';
import { deploymentSchema } from '@souk/tenant';
import { describe, expect, it } from 'vitest';
import { type Bundle, readBundle, writeBundle } from '../src/delegate/bundle.ts';
import { testHome } from './souk.ts';

const password = 'correct horse battery staple';
const network: Bundle['network'] = {
  name: 'test',
  chainId: 31_337,
  rpcUrl: 'http://127.0.0.1:1',
  market: zeroAddress,
  operators: zeroAddress,
  token: { address: zeroAddress, symbol: 'USD', decimals: 6 },
  fromBlock: 0,
  bootstrap: [],
  isLocal: false,
};

/** `holds`: the key that it has, where that is not the watcher's. */
async function bundleOf(holds = createKey()): Promise<Bundle> {
  const [tenant, watcher] = [createKey(), createKey()];
  const order: Order = {
    tenant: tenant.address,
    agent: createKey().address,
    watcher: watcher.address,
    token: zeroAddress,
    manifest: zeroHash,
    requirements: zeroHash,
    maxRate: 1n,
    deposit: 5n,
    clawbackWindow: 600,
    startWindow: 600,
    expiresAt: 1_800_000_000,
    counter: 0n,
    salt: zeroHash,
  };
  const stored = {
    version: 1,
    name: 'web',
    network: 'test',
    tenant: tenant.address,
    images: [],
    createdAt: 1,
    closedAt: null,
    groups: [
      {
        name: 'here',
        phase: 'ready',
        agentKey: holds.privateKey,
        watcherKey: holds.privateKey,
        order: await tenant.sign({ chainId: 1, market: zeroAddress }, 'Order', order),
        lease: leaseIdOf(order),
        fromBlock: 0,
        accepted: [],
        terms: null,
        openTx: null,
        readyAt: null,
        closeAt: null,
        probes: {},
        urls: [],
        receipt: null,
      },
    ],
  };
  const record = deploymentSchema.parse(JSON.parse(encodeJson(stored)));
  return { version: 1, network, record, wish: null, gasKey: createKey().privateKey };
}

describe('a delegate’s bundle', () => {
  it('opens with its password, for its owner’s eyes only, and holds no readable key', async () => {
    using home = testHome();
    const file = join(home.folder, 'web.bundle');
    const bundle = await bundleOf();
    await writeBundle(file, bundle, password);
    expect(await readBundle(file, password)).toEqual(bundle);
    expect(statSync(file).mode & 0o777).toBe(0o600);
    for (const plain of [bundle.gasKey.slice(2), 'web', 'agentKey'])
      expect(readFileSync(file).includes(plain)).toBe(false);
    await expect(writeBundle(file, bundle, password)).rejects.toMatchObject({ code: 'delegate.file-exists' });
    await expect(writeBundle(`${file}2`, bundle, '')).rejects.toMatchObject({
      code: 'delegate.empty-password',
    });
  });

  it('that was changed, or is opened with another password, is refused', async () => {
    using home = testHome();
    const file = join(home.folder, 'web.bundle');
    await writeBundle(file, await bundleOf(), password);
    const unreadable = { code: 'delegate.unreadable', remedy: expect.stringContaining('check the password') };
    await expect(readBundle(file, 'another')).rejects.toMatchObject(unreadable);
    const bytes = readFileSync(file);
    bytes[bytes.length - 1] = (bytes[bytes.length - 1] ?? 0) ^ 1;
    writeFileSync(file, bytes);
    await expect(readBundle(file, password)).rejects.toMatchObject(unreadable);
    writeFileSync(file, 'version: "2.0"');
    await expect(readBundle(file, password)).rejects.toMatchObject({ code: 'delegate.not-a-bundle' });
    await expect(readBundle(`${file}3`, password)).rejects.toMatchObject({ code: 'cli.file-unreadable' });
  });

  it('whose key has the wrong rights, or that is for another network, is refused before anything is asked', async () => {
    using home = testHome();
    const file = join(home.folder, 'web.bundle');
    await writeBundle(file, await bundleOf(), password);
    const passwordFile = home.file('bundle-password', `${password}\n`);
    const watchAs = (...more: string[]) =>
      home.souk('watch', '--as', file, '--bundle-password-file', passwordFile, '--json', ...more);
    const wrong = await watchAs();
    expect(wrong.code).toBe(3);
    expect(wrong.stderr + wrong.stdout).toContain('tenant.wrong-rights');
    const other = await watchAs('--network', 'elsewhere');
    expect(other.stderr + other.stdout).toContain('delegate.other-network');
  });
});
