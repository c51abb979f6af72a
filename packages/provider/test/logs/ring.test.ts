import { appendFileSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createTestClock } from '@souk/chain/testing';
import type { LogLine } from '@souk/protocol';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { openRing, type Ring } from '../../src/logs/ring.ts';
import type { ReadOptions } from '../../src/logs/reader.ts';

const clock = createTestClock();
let folder: string;
let ring: Ring;
let troubles: unknown[];
const open = (maxBytes = 1024 * 1024) =>
  openRing(join(folder, 'ring'), { maxBytes, clock, onTrouble: (error) => troubles.push(error) });

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'souk-ring-'));
  troubles = [];
  ring = await open();
});
afterEach(async () => {
  await ring.end();
  rmSync(folder, { recursive: true });
});

const line = (at: number, text: string, service = 'web'): LogLine => ({
  at,
  service,
  replica: 0,
  stream: 'stdout',
  text,
});
const options = (patch: Partial<ReadOptions> = {}): ReadOptions => ({
  service: null,
  follow: false,
  tail: 100_000,
  since: null,
  grep: null,
  signal: new AbortController().signal,
  ...patch,
});
const texts = async (patch?: Partial<ReadOptions>) =>
  (await Array.fromAsync(ring.read(options(patch)))).map(({ text }) => text);
const fill = async (from: number, to: number) => {
  for (let at = from; at < to; at += 1) {
    ring.append(line(at, `line ${at}`));
    if (at % 10 === 0) await ring.flush();
  }
};
const segments = () => readdirSync(join(folder, 'ring')).sort();
const newest = () => join(folder, 'ring', segments().at(-1) ?? '');

describe('a kept log', () => {
  it('gives back the last lines, since a time, with a text, of a service', async () => {
    ring.append(line(1, 'Started'));
    ring.append(line(2, 'tick', 'db'));
    ring.append(line(3, 'an ERROR "quoted"\tand \u001b[31mred'));
    expect(await texts()).toEqual(['Started', 'tick', 'an ERROR "quoted"\tand \u001b[31mred']);
    expect(await texts({ tail: 1 })).toEqual(['an ERROR "quoted"\tand \u001b[31mred']);
    expect(await texts({ tail: 0 })).toEqual([]);
    expect(await texts({ since: 2 })).toHaveLength(2);
    expect(await texts({ grep: 'error "quoted"' })).toHaveLength(1);
    expect(await texts({ service: 'db' })).toEqual(['tick']);
    expect(await texts({ tail: 1, grep: 't', since: 1, service: 'web' })).toHaveLength(1);
  });

  it('stays within its bound: the oldest go', async () => {
    await ring.end();
    ring = await open(8 * 1024);
    await fill(0, 1000);
    const left = await texts();
    expect(left.at(-1)).toBe('line 999');
    expect(left.length).toBeGreaterThan(20);
    expect(left.length).toBeLessThan(200);
    expect(ring.bytes()).toBeLessThan(8.5 * 1024);
    // None is missing in between, over all turns from one file to the next.
    expect(left).toEqual(left.map((_, index) => `line ${1000 - left.length + index}`));
    expect(await texts({ tail: 30 })).toEqual(left.slice(-30));
  });

  it('ends for whom does not follow where it ended when it was asked for, however fast it grows', async () => {
    await fill(0, 10);
    const got: string[] = [];
    for await (const { text } of ring.read(options({ tail: 5 }))) {
      got.push(text);
      ring.append(line(100, 'grows'));
      await ring.flush();
    }
    expect(got).toEqual(['line 5', 'line 6', 'line 7', 'line 8', 'line 9']);
  });

  it('is there after a restart, and knows where each stream has got to', async () => {
    await ring.end();
    ring = await open(8 * 1024);
    await fill(0, 200);
    ring.append(line(199, 'another at the same time'));
    ring.append(line(7, 'slow', 'db'));
    await ring.end();
    ring = await open(8 * 1024);
    await fill(200, 400);
    await ring.end();
    ring = await open(8 * 1024);
    expect((await texts()).at(-1)).toBe('line 399');
    expect(Object.fromEntries(ring.cursors)).toEqual({
      'web/0/stdout': { at: 399, count: 1 },
      // Long gone from the files; known all the same.
      'db/0/stdout': { at: 7, count: 1 },
    });
    expect(await texts({ service: 'db' })).toEqual([]);
  });

  it('cuts off a line that was torn by a kill -9, and goes on after it', async () => {
    await fill(0, 10);
    await ring.end();
    appendFileSync(newest(), '{"at":10,"service":"web","repl');
    ring = await open();
    expect(await texts()).toHaveLength(10);
    ring.append(line(11, 'after'));
    expect((await texts()).slice(-2)).toEqual(['line 9', 'after']);
    expect(readFileSync(newest(), 'utf8')).not.toContain('"repl{');
  });

  it('begins anew after a file that was torn as it began, and skips what a bad disk made of a line', async () => {
    await fill(0, 3);
    await ring.end();
    writeFileSync(join(folder, 'ring', '00000009.log'), '{"lines":3,"curs');
    appendFileSync(join(folder, 'ring', '00000001.log'), '\0\0\0garbage\n');
    ring = await open();
    ring.append(line(4, 'after'));
    expect(await texts()).toEqual(['line 0', 'line 1', 'line 2', 'after']);
    expect(segments()).toEqual(['00000001.log']);
  });

  it('is followed over its turns, until it ends', async () => {
    await ring.end();
    ring = await open(8 * 1024);
    const got: string[] = [];
    const following = (async () => {
      for await (const each of ring.read(options({ follow: true, tail: 0 }))) got.push(each.text);
    })();
    for (let at = 0; at < 500; at += 50) {
      await fill(at, at + 50);
      await ring.flush();
      // The reader keeps up: what it has not seen may otherwise be gone.
      while (got.length < at + 50) await new Promise((resolve) => setImmediate(resolve));
    }
    await ring.end();
    await following;
    expect(got).toEqual(Array.from({ length: 500 }, (_, at) => `line ${at}`));
  });

  it('is read on from a line’s number; a reader that is too late sees how much it missed', async () => {
    await ring.end();
    ring = await open(8 * 1024);
    await fill(0, 1000);
    await ring.flush();
    const stop = new AbortController();
    const first = async (from: number) => {
      for await (const { number, line: each } of ring.readFrom(from, stop.signal)) return [number, each.text];
      return [];
    };
    expect(await first(990)).toEqual([990, 'line 990']);
    const [number, text] = await first(0);
    expect(number).toBeGreaterThan(800);
    expect(text).toBe(`line ${number}`);
  });

  it('loses lines on a disk that takes none, says how many, and goes on', async () => {
    await ring.end();
    // A file where the folder should be: nothing can be written there.
    rmSync(join(folder, 'ring'), { recursive: true, force: true });
    writeFileSync(join(folder, 'ring'), '');
    ring = await open();
    await fill(0, 5);
    await ring.flush();
    expect(troubles.length).toBeGreaterThan(0);
    rmSync(join(folder, 'ring'));
    ring.append(line(6, 'works again'));
    expect(await texts()).toEqual(['souk: 5 lines lost here: the disk did not take them', 'works again']);
  });
});
