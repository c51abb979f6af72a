import { expect, test } from 'vitest';
import { formsOf } from './conformance/search.ts';
import { pathVariable, troubleWithSecrets } from './secrets.ts';

const file = (path: string) =>
  troubleWithSecrets({ env: {}, files: { [path]: 'AA==' } }, ['/data', '/cache/']);

test('secrets that a workload can be given are', () => {
  expect(troubleWithSecrets({ env: { A: 'x\ny', _B2: '' }, files: {} }, [])).toBeUndefined();
  for (const path of ['/run/secrets/a', '/etc/app.key', '/database', '/development/x'])
    expect(file(path)).toBeUndefined();
});

test('variables that no program can have are named, without their value', () => {
  const hidden = 'hunter2';
  for (const name of ['1A', 'A-B', 'A=B', '', 'A\nB'])
    expect(troubleWithSecrets({ env: { [name]: hidden }, files: {} }, [])).toMatch(/can't be the name/);
  const zero = troubleWithSecrets({ env: { A: `${hidden}\0` }, files: {} }, []);
  expect(zero).toMatch(/zero byte/);
  expect(zero).not.toContain(hidden);
});

test('files that would lie in a volume, in each other or where the drivers’ own things are, are refused', () => {
  for (const path of ['/data', '/data/key', '/cache/a/b', '/proc/1/x', '/dev/shm/a', '/sys/x', '/.souk/env'])
    expect(file(path)).toMatch(/lies in/);
  for (const path of ['/a/../b', '/a//b', '/a/', '/a\0b']) expect(file(path)).toMatch(/can't be the path/);
  const nested = troubleWithSecrets({ env: {}, files: { '/a': 'AA==', '/a/b': 'AA==' } }, []);
  expect(nested).toMatch(/lies in another's/);
});

test('a path has one variable', () => {
  expect(pathVariable('SOUK_FILE', '/run/secrets/tls.key')).toBe('SOUK_FILE_run_secrets_tls_key');
});

test('bytes are found in hex and in base64, wherever they begin in what is encoded', () => {
  const secret = Buffer.from('correct horse battery staple ÿ');
  const forms = formsOf(secret);
  const isFound = (text: string | Buffer) => forms.some((form) => Buffer.from(text).includes(form));
  expect(isFound(Buffer.concat([Buffer.from('ab'), secret, Buffer.from('c')]))).toBe(true);
  expect(isFound(`0x00${secret.toString('hex')}11`)).toBe(true);
  for (const before of ['', 'a', 'ab', 'abc'])
    for (const after of ['', 'x', 'xy'])
      for (const encoding of ['base64', 'base64url'] as const) {
        const whole = Buffer.concat([Buffer.from(before), secret, Buffer.from(after)]);
        expect(isFound(`...${whole.toString(encoding)}...`)).toBe(true);
      }
  expect(isFound('correct horse battery')).toBe(false);
});
