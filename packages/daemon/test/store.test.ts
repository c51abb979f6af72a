import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { openStore } from '../src/index.ts';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'souk-store-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

describe('a store', () => {
  it('runs each migration once, over restarts', () => {
    const file = join(folder, 'a', 'state.sqlite');
    for (const steps of [['CREATE TABLE t (x)'], ['CREATE TABLE t (x)', 'ALTER TABLE t ADD y']]) {
      using store = openStore(file);
      store.migrate('room', steps);
    }
    using store = openStore(file);
    store.run('INSERT INTO t (x, y) VALUES (?, ?)', 1, 2);
    expect(store.get('SELECT x, y FROM t')).toEqual({ x: 1, y: 2 });
  });

  it('keeps all of a transaction or nothing', () => {
    using store = openStore(':memory:');
    store.migrate('room', ['CREATE TABLE t (x)']);
    expect(() =>
      store.transaction(() => {
        store.run('INSERT INTO t VALUES (1)');
        throw new Error('crash');
      }),
    ).toThrow('crash');
    expect(store.all('SELECT * FROM t')).toEqual([]);
  });

  it('says which file is unusable and what to do', () => {
    const file = join(folder, 'state.sqlite');
    writeFileSync(file, 'this is no database, by any reading of its first bytes');
    expect(() => openStore(file)).toThrow(
      expect.objectContaining({ code: 'daemon.store-unusable', data: { file } }),
    );
  });
});
