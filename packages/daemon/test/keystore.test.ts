import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createKey } from '@souk/protocol';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { openKeystore } from '../src/index.ts';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'souk-keys-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

describe('a keystore', () => {
  it('gives back the key it was given, and only for its password', async () => {
    const key = createKey();
    const keystore = openKeystore(folder);
    await keystore.importKey('main', key.privateKey, 'correct horse');
    expect((await keystore.unlock('main', 'correct horse')).privateKey).toBe(key.privateKey);
    await expect(keystore.unlock('main', 'wrong')).rejects.toMatchObject({ code: 'key.wrong-password' });
    expect(openKeystore(folder).list()).toEqual([{ name: 'main', address: key.address }]);
  });

  it('keeps no plain key on disk and lets nobody else read the file', async () => {
    const key = createKey();
    await openKeystore(folder).importKey('main', key.privateKey, 'pw');
    const file = join(folder, 'main.json');
    expect(readFileSync(file, 'utf8')).not.toContain(key.privateKey.slice(2));
    expect(statSync(file).mode & 0o077).toBe(0);
  });

  it('refuses to overwrite, to climb out of its folder, and to read a damaged file', async () => {
    const keystore = openKeystore(folder);
    await keystore.create('main', 'pw');
    await expect(keystore.create('main', 'pw')).rejects.toMatchObject({ code: 'key.exists' });
    await expect(keystore.create('../main', 'pw')).rejects.toMatchObject({ code: 'key.bad-name' });
    await expect(keystore.create('other', '')).rejects.toMatchObject({ code: 'key.empty-password' });
    await expect(keystore.unlock('none', 'pw')).rejects.toMatchObject({ code: 'key.not-found' });
    writeFileSync(join(folder, 'main.json'), '{}');
    await expect(keystore.unlock('main', 'pw')).rejects.toMatchObject({ code: 'key.damaged' });
  });
});
