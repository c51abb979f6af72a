import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { FrameStream, Peer } from '@souk/net';
import {
  createKey,
  eventsProtocol,
  execProtocol,
  forwardProtocol,
  type LeaseId,
  logsProtocol,
  statusProtocol,
} from '@souk/protocol';
import { createWorld, type World } from './world.ts';

let world: World;
let lease: LeaseId;
beforeEach(async () => {
  world = await createWorld();
  ({ lease } = await world.run());
});
afterEach(async () => world[Symbol.asyncDispose]());

const provider = () => world.providerPeer.addresses();
const json = (frame: Uint8Array): unknown => JSON.parse(Buffer.from(frame).toString());

/** All frames until the provider ends the stream. */
async function read(stream: FrameStream): Promise<Buffer[]> {
  const frames: Buffer[] = [];
  let isOver = false;
  const reading = (async () => {
    for await (const frame of stream) frames.push(Buffer.from(frame));
  })().finally(() => (isOver = true));
  reading.catch(() => undefined);
  await world.until('the end of the stream', () => isOver);
  await reading;
  return frames;
}

const command = (text: string[]) => ({ lease, service: null, replica: 0, command: text, tty: null });

describe('the streams of a lease', () => {
  it('are closed to strangers, and to the provider’s other tenants', async () => {
    const stranger = await world.network.peer(createKey(), { clock: world.clock });
    const open = async (from: Peer) => [
      await from.openStream(provider(), logsProtocol, {
        lease,
        service: null,
        follow: false,
        tail: 10,
        since: null,
        grep: null,
      }),
      await from.openStream(provider(), eventsProtocol, { lease, follow: false }),
      await from.openStream(provider(), execProtocol, command(['echo', 'hi'])),
      await from.openStream(provider(), forwardProtocol, { lease, service: null, port: 3000 }),
    ];
    for (const stream of await open(stranger)) {
      await stream.end();
      expect((await read(stream)).map(json)).toEqual([
        expect.objectContaining({ ok: false, reason: 'not-yours' }),
      ]);
    }
    const status = await stranger.ask(provider(), statusProtocol, { lease });
    expect(status).toMatchObject({ ok: false, reason: 'not-yours' });
    await stranger[Symbol.asyncDispose]();
  });

  it('carry logs', async () => {
    world.driver.control.print(lease, 'web', 0, 'hello');
    const stream = await world.peer.openStream(provider(), logsProtocol, {
      lease,
      service: 'web',
      follow: false,
      tail: 1,
      since: null,
      grep: null,
    });
    await stream.end();
    expect((await read(stream)).map(json)).toEqual([
      { ok: true },
      expect.objectContaining({ text: 'hello' }),
    ]);
    const nowhere = await world.peer.openStream(provider(), logsProtocol, {
      lease,
      service: 'db',
      follow: false,
      tail: 1,
      since: null,
      grep: null,
    });
    await nowhere.end();
    expect((await read(nowhere)).map(json)).toEqual([expect.objectContaining({ reason: 'service-unknown' })]);
  });

  it('carry events, past ones first, until the lease is closed', async () => {
    const stream = await world.peer.openStream(provider(), eventsProtocol, { lease, follow: true });
    const reading = read(stream);
    await world.close(lease);
    const kinds = (await reading).slice(1).map((frame) => (json(frame) as { kind: string }).kind);
    expect(kinds[0]).toBe('accepted');
    expect(kinds.slice(1, 3).toSorted((a, b) => a.localeCompare(b))).toEqual(['images-ready', 'opened']);
    expect(kinds.slice(3)).toEqual(['running', 'ending', 'closed']);
  });

  it('carry commands, their input, output and exit code', async () => {
    const run = async (words: string[], ...input: Buffer[]) => {
      const stream = await world.peer.openStream(provider(), execProtocol, command(words));
      for (const frame of input) await stream.send(frame);
      const frames = await read(stream);
      await stream.end();
      return frames.slice(1).map((frame) => [frame[0], frame.subarray(1).toString()]);
    };
    expect(await run(['echo', 'hi'])).toEqual([
      [0, 'hi\n'],
      [2, '{"exitCode":0}'],
    ]);
    expect(await run(['nonsense'])).toEqual([
      [1, 'nonsense: not found\n'],
      [2, '{"exitCode":127}'],
    ]);
    expect(await run(['cat'], Buffer.from('\0abc'), Buffer.from([1]))).toEqual([
      [0, 'abc'],
      [2, '{"exitCode":0}'],
    ]);
  });

  it('carry one TCP connection to a port', async () => {
    const stream = await world.peer.openStream(provider(), forwardProtocol, {
      lease,
      service: null,
      port: 3000,
    });
    await stream.send(Buffer.from('GET / HTTP/1.1\r\nhost: x\r\nconnection: close\r\n\r\n'));
    const [first, ...rest] = await read(stream);
    expect(json(first!)).toEqual({ ok: true });
    expect(Buffer.concat(rest).toString()).toMatch(/^HTTP\/1.1 200 OK[^]*web\/0$/);
    await stream.end();
    const closed = await world.peer.openStream(provider(), forwardProtocol, {
      lease,
      service: null,
      port: 9,
    });
    await closed.end();
    expect((await read(closed)).map(json)).toEqual([expect.objectContaining({ reason: 'not-running' })]);
  });

  it('end with the lease', async () => {
    const stream = await world.peer.openStream(provider(), execProtocol, command(['cat']));
    const reading = read(stream).then(
      () => 'over',
      () => 'over',
    );
    await world.clock.advance(100);
    await world.close(lease);
    await world.until('closed', () => world.provider.countLeases() === 0);
    expect(await reading).toBe('over');
  });
});
