/** A replica's log on a real disk: written by the supervisor's part, read back by the driver's. */
import { mkdtemp, readdir, rm, stat, symlink } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { LogLine } from '@souk/protocol';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { readLogs } from '../../src/drivers/supervised/log-reader.ts';
import { openLogFile } from '../../src/drivers/supervised/supervisor/log-file.ts';
import type { ReplicaPlan } from '../../src/drivers/supervised/supervisor/plan.ts';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'souk-log-'));
});
afterEach(() => rm(folder, { recursive: true }));

const never = new AbortController().signal;
const find = async () => [{ folder, service: 'web', replica: 0 } as ReplicaPlan];
const past = (tail: number): Promise<LogLine[]> =>
  Array.fromAsync(readLogs(find, { service: null, follow: false, tail, signal: never }));

test('puts lines together from chunks cut anywhere, also within a character', async () => {
  const log = openLogFile(folder, 1e6);
  const bytes = Buffer.from('first\nséc');
  log.add('o', bytes.subarray(0, 3));
  log.add('o', bytes.subarray(3, 8));
  log.add('e', Buffer.from('other\n'));
  log.add('o', bytes.subarray(8));
  log.add('o', Buffer.from('ond\nrest'));
  log.add('o', null);
  expect((await past(10)).map(({ stream, text }) => `${stream} ${text}`)).toEqual([
    'stdout first',
    'stderr other',
    'stdout sécond',
    'stdout rest',
  ]);
});

test('cuts a line without end, so that memory and wire stay bounded', async () => {
  const log = openLogFile(folder, 1e6);
  log.add('o', Buffer.alloc(100_000, 'x'));
  log.add('o', null);
  const lines = await past(100);
  expect(lines.map(({ text }) => text).join('')).toBe('x'.repeat(100_000));
  expect(Math.max(...lines.map(({ text }) => text.length))).toBeLessThanOrEqual(16 * 1024);
});

test('loses lines where the disk is full, and nothing else', async () => {
  await symlink('/dev/full', join(folder, 'log'));
  const log = openLogFile(folder, 100);
  for (let index = 0; index < 20; index += 1) log.add('o', Buffer.from(`line ${index}\n`));
  await rm(join(folder, 'log'));
  const later = openLogFile(folder, 100);
  later.add('o', Buffer.from('room again\n'));
  expect((await past(10)).map(({ text }) => text)).toEqual(['room again']);
});

test('keeps the newest lines within two files of the given size', async () => {
  const log = openLogFile(folder, 10_000);
  for (let index = 0; index < 5_000; index += 1) log.add('o', Buffer.from(`line ${index}\n`));
  const sizes = await Promise.all(
    (await readdir(folder)).map(async (name) => (await stat(join(folder, name))).size),
  );
  expect(sizes).toHaveLength(2);
  expect(Math.max(...sizes)).toBeLessThanOrEqual(10_000);
  const lines = await past(1e6);
  expect(lines.at(-1)?.text).toBe('line 4999');
  expect(lines.length).toBeGreaterThan(300);
  expect((await past(3)).map(({ text }) => text)).toEqual(['line 4997', 'line 4998', 'line 4999']);
  expect(await past(0)).toEqual([]);
});

test('goes on in the file of an earlier supervisor', async () => {
  openLogFile(folder, 1e6).add('o', Buffer.from('before\n'));
  openLogFile(folder, 1e6).add('o', Buffer.from('after\n'));
  expect((await past(10)).map(({ text }) => text)).toEqual(['before', 'after']);
});

test('follows over the turn from one file to the next without losing a line', async () => {
  const log = openLogFile(folder, 10_000);
  const abort = new AbortController();
  const seen: string[] = [];
  let next = 0;
  const writing = setInterval(() => {
    for (const end = next + 100; next < end && next < 1_000; next += 1)
      log.add('o', Buffer.from(`line ${next}\n`));
  }, 120);
  for await (const { text } of readLogs(find, {
    service: null,
    follow: true,
    tail: 0,
    signal: abort.signal,
  })) {
    seen.push(text);
    if (text === 'line 999') abort.abort();
  }
  clearInterval(writing);
  expect(seen).toEqual(Array.from({ length: 1_000 }, (_, index) => `line ${index}`));
});

test('ends a following read when its replicas are gone', async () => {
  openLogFile(folder, 1e6).add('o', Buffer.from('last\n'));
  let calls = 0;
  const gone = async () => ((calls += 1) === 1 ? find() : []);
  const lines = await Array.fromAsync(
    readLogs(gone, { service: null, follow: true, tail: 9, signal: never }),
  );
  expect(lines.map(({ text }) => text)).toEqual(['last']);
});
