import { appendFileSync, existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { type LeaseId, type LogLine, logLineSchema, logsProtocol } from '@souk/protocol';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createWorld, type World } from '../world.ts';

let world: World;
let lease: LeaseId;
beforeEach(async () => {
  world = await createWorld();
  ({ lease } = await world.run());
});
afterEach(async () => world[Symbol.asyncDispose]());

interface Ask {
  readonly lease?: LeaseId;
  readonly service?: string;
  readonly tail?: number;
  readonly since?: number;
  readonly grep?: string;
}

async function readLog({ lease: id = lease, service, tail = 100_000, since, grep }: Ask = {}): Promise<
  LogLine[]
> {
  const opening = { lease: id, follow: false, tail, since: since ?? null, grep: grep ?? null };
  const asked = { ...opening, service: service ?? null };
  const stream = await world.peer.openStream(world.providerPeer.addresses(), logsProtocol, asked);
  await stream.end();
  const frames: unknown[] = [];
  let isOver = false;
  const reading = (async () => {
    for await (const frame of stream) frames.push(JSON.parse(Buffer.from(frame).toString()));
  })().finally(() => (isOver = true));
  await world.until('the end of the stream', () => isOver);
  await reading;
  expect(frames.shift()).toEqual({ ok: true });
  return frames.map((frame) => logLineSchema.parse(frame));
}
const texts = async (ask?: Ask) => (await readLog(ask)).map(({ text }) => text);
const print = (text: string) => world.driver.control.print(lease, 'web', 0, text);
const folder = (id = lease) => join(world.folder, 'logs', id.slice(2));
const closed = async () => {
  await world.close(lease);
  await world.until('closed', async () => (await world.status(lease)).phase === 'closed');
};

describe('the log of a lease', () => {
  it('is read from a time on, and by a text', async () => {
    print('one ERROR');
    await world.clock.advance(5000);
    const since = world.clock.now();
    print('two errors');
    print('three');
    expect(await texts()).toEqual(['started', 'one ERROR', 'two errors', 'three']);
    expect(await texts({ since })).toEqual(['two errors', 'three']);
    expect(await texts({ grep: 'error' })).toEqual(['one ERROR', 'two errors']);
    expect(await texts({ grep: 'error', since })).toEqual(['two errors']);
    expect(await texts({ tail: 1 })).toEqual(['three']);
  });

  it('goes on after a restart of the provider, with no line missing and none twice', async () => {
    for (let n = 0; n < 50; n += 1) print(`before ${n}`);
    await texts();
    await world.stop();
    // The workload lives on, and writes; some in the very moment in which the last kept line was written.
    for (let n = 0; n < 50; n += 1) print(`meanwhile ${n}`);
    await world.clock.advance(1000);
    print('later');
    await world.start();
    const all = await texts();
    const expected = [
      ...Array.from({ length: 50 }, (_, n) => `before ${n}`),
      ...Array.from({ length: 50 }, (_, n) => `meanwhile ${n}`),
    ];
    expect(all).toEqual(['started', ...expected, 'later']);
  });

  it('goes on after a kill -9 that tore its last line', async () => {
    print('whole');
    print('torn');
    await texts();
    await world.stop();
    const file = join(folder(), readdirSync(folder()).find((name) => name.endsWith('.log')) ?? '');
    appendFileSync(file, '{"at":1767225');
    print('after');
    await world.start();
    expect(await texts()).toEqual(['started', 'whole', 'torn', 'after']);
  });

  it('outlives the driver’s own memory of it', async () => {
    print('kept');
    await texts();
    world.driver.control.forgetAll();
    await world.until('it runs again', async () => (await world.status(lease)).phase === 'running');
    await world.clock.advance(2000);
    expect(await texts()).toEqual(['started', 'kept', 'started']);
  });

  it('is there after the lease is closed, also after a restart, until its days are over', async () => {
    print('last words');
    await closed();
    expect(await texts()).toEqual(['started', 'last words']);
    expect(await texts({ service: 'web', grep: 'LAST' })).toEqual(['last words']);
    expect(await world.driver.list()).toEqual([]);
    await world.stop();
    // Three minutes.
    await world.start({ config: { keptLogDays: 3 / 24 / 60 } });
    expect(await texts({ tail: 1 })).toEqual(['last words']);
    await world.clock.advance(90_000);
    expect(await texts({ tail: 1 })).toEqual(['last words']);
    await world.clock.advance(120_000);
    await world.until('its files are gone', () => !existsSync(folder()));
    expect(await texts()).toEqual([]);
  });

  it('of leases closed longest ago goes first when there is no more room', async () => {
    const long = 'x'.repeat(16_000);
    for (let n = 0; n < 40; n += 1) print(`${n} ${long}`);
    expect(await texts()).toHaveLength(41);
    await closed();
    const first = lease;
    await world.clock.advance(2000);
    ({ lease } = await world.run());
    for (let n = 0; n < 40; n += 1) print(`${n} ${long}`);
    await closed();
    await world.stop();
    await world.start({ config: { keptLogTotalMib: 1 } });
    await world.until('room is made', () => !existsSync(folder(first)));
    expect(await texts()).toHaveLength(41);
    expect(await texts({ lease: first })).toEqual([]);
  });

  it('of a workload that floods is cut to size, with a count, and no other lease’s', async () => {
    const flooding = lease;
    const other = await world.run();
    await world.stop();
    await world.start({ config: { logLinesPerSecond: 10 } });
    await texts();
    for (let n = 0; n < 5000; n += 1) world.driver.control.print(flooding, 'web', 0, `flood ${n}`);
    world.driver.control.print(other.lease, 'web', 0, 'quiet');
    await texts({ lease: flooding });
    await world.clock.advance(60_000);
    world.driver.control.print(flooding, 'web', 0, 'calm again');
    const kept = await texts({ lease: flooding });
    expect(kept.length).toBeLessThan(200);
    expect(kept.at(-1)).toBe('calm again');
    const dropped = /at least (\d+) lines dropped/.exec(kept.at(-2) ?? '')?.[1];
    expect(Number(dropped) + kept.length - 3).toBe(5000);
    expect(await texts({ lease: other.lease })).toEqual(['started', 'quiet']);
  });
});
