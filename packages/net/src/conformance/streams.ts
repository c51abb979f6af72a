import { Fault } from '@souk/protocol';
import { expect, it } from 'vitest';
import type { Peer } from '../peer.ts';
import { drain, faultOf, patience, pipeProtocol, type StartTestPeer, TestPeers } from './fixtures.ts';

export function describeStreams(start: StartTestPeer): void {
  it('carries frames both ways in order, empty ones too', async () => {
    await using peers = new TestPeers(start);
    const [a, b] = [await peers.start(), await peers.start()];
    await b.serveStream(pipeProtocol, async (opening, stream) => {
      expect(stream.remote.address).toBe(a.address);
      await stream.send(Buffer.from(opening.name));
      for await (const frame of stream) await stream.send(frame);
    });
    await using stream = await a.openStream(b.addresses(), pipeProtocol, { name: 'pipe' });
    const frames = Array.from({ length: 500 }, (_, i) => Buffer.alloc(i % 7 === 0 ? 0 : i * 3, i));
    const sending = Promise.all(frames.map((frame) => stream.send(frame))).then(() => stream.end());
    const received: Buffer[] = [];
    for await (const frame of stream) received.push(Buffer.from(frame));
    await sending;
    expect(received.shift()?.toString()).toBe('pipe');
    expect(received).toEqual(frames);
  });

  it('can be read in several loops, and ends when the handler is done', async () => {
    await using peers = new TestPeers(start);
    const [a, b] = [await peers.start(), await peers.start()];
    await b.serveStream(pipeProtocol, async (_opening, stream) => {
      for (const text of ['one', 'two', 'three']) await stream.send(Buffer.from(text));
    });
    const stream = await a.openStream(b.addresses(), pipeProtocol, { name: '' });
    const received: string[] = [];
    for await (const frame of stream) {
      received.push(Buffer.from(frame).toString());
      break;
    }
    for await (const frame of stream) received.push(Buffer.from(frame).toString());
    expect(received).toEqual(['one', 'two', 'three']);
    await stream.end();
    await expect(stream.send(Buffer.from('late'))).rejects.toMatchObject({ code: 'net.closed' });
  });

  it('holds the sender back until the other side reads', async () => {
    await using peers = new TestPeers(start);
    const [a, b] = [await peers.start(), await peers.start()];
    const reading = Promise.withResolvers<void>();
    let received = 0;
    await b.serveStream(pipeProtocol, async (_opening, stream) => {
      await reading.promise;
      for await (const frame of stream) received += frame.byteLength;
    });
    await using stream = await a.openStream(b.addresses(), pipeProtocol, { name: '' });
    const total = 1_000;
    let sent = 0;
    const sending = (async () => {
      for (; sent < total; sent++) await stream.send(Buffer.alloc(64 * 1024));
      await stream.end();
    })();
    await new Promise((resolve) => setTimeout(resolve, 300));
    expect(sent).toBeLessThan(total / 5);
    reading.resolve();
    for await (const _frame of stream);
    await sending;
    expect(received).toBe(total * 64 * 1024);
  });

  it('refuses to send a frame that is too long', async () => {
    await using peers = new TestPeers(start);
    const [a, b] = [await peers.start(), await peers.start()];
    await b.serveStream(pipeProtocol, async () => undefined);
    await using stream = await a.openStream(b.addresses(), pipeProtocol, { name: '' });
    const long = stream.send(Buffer.alloc(pipeProtocol.maxFrameBytes + 1));
    expect(await faultOf(long)).toMatchObject({ code: 'net.too-large', blame: 'self' });
    await stream.send(Buffer.alloc(pipeProtocol.maxFrameBytes));
  });

  it('refuses a frame longer than it takes itself', async () => {
    await using peers = new TestPeers(start);
    const [a, b] = [await peers.start(), await peers.start()];
    const told = Promise.withResolvers<unknown>();
    await b.serveStream({ ...pipeProtocol, maxFrameBytes: 10 }, async (_opening, stream) => {
      told.resolve(faultOf(drain(stream)));
      await told.promise;
    });
    await using stream = await a.openStream(b.addresses(), pipeProtocol, { name: '' });
    await stream.send(Buffer.alloc(11));
    expect(await told.promise).toMatchObject({ code: 'net.too-large', blame: 'peer' });
    expect(b.stats().refused['too-large']).toBe(1);
    await faultOf(drain(stream));
  });

  it('ends in a fault at the other side when it is aborted, disposed of early, or its handler fails', async () => {
    await using peers = new TestPeers(start);
    const [a, b] = [await peers.start(), await peers.start()];
    const seen: Promise<unknown>[] = [];
    await b.serveStream(pipeProtocol, async (opening, stream) => {
      if (opening.name === 'fail') throw new Fault('lease.unknown', 'no such lease', { blame: 'user' });
      await stream.send(Buffer.from('ready'));
      const end = faultOf(drain(stream));
      seen.push(end);
      await end;
    });
    const open = (name: string) => a.openStream(b.addresses(), pipeProtocol, { name });
    const firstFrame = async (stream: AsyncIterable<Uint8Array>) => stream[Symbol.asyncIterator]().next();

    const aborted = await open('');
    await firstFrame(aborted);
    aborted.abort(new Error('enough'));
    const disposed = await open('');
    await firstFrame(disposed);
    await disposed[Symbol.asyncDispose]();
    await expect.poll(() => seen.length, patience).toBe(2);
    expect(await Promise.all(seen)).toMatchObject([{ code: 'net.closed' }, { code: 'net.closed' }]);

    const failed = await faultOf(drain(await open('fail')));
    expect(failed).toMatchObject({ code: 'net.remote-failed', fault: { data: { code: 'lease.unknown' } } });
  });

  it('breaks, and does not seem whole, when a peer shuts down in the middle', async () => {
    await using peers = new TestPeers(start);
    const [a, b] = [await peers.start(), await peers.start()];
    const handlerEnded = Promise.withResolvers<unknown>();
    await b.serveStream(pipeProtocol, async (_opening, stream) => {
      await stream.send(Buffer.from('first'));
      handlerEnded.resolve(faultOf(drain(stream)));
      await handlerEnded.promise;
    });
    const stream = await a.openStream(b.addresses(), pipeProtocol, { name: '' });
    await stream[Symbol.asyncIterator]().next();
    await b[Symbol.asyncDispose]();
    expect(await faultOf(drain(stream))).toMatchObject({ code: 'net.closed', fault: { retry: true } });
    expect(await handlerEnded.promise).toMatchObject({ code: 'net.closed' });
  });

  it('breaks, and does not seem whole, when its opener shuts down in the middle', async () => {
    await using peers = new TestPeers(start);
    const [a, b] = [await peers.start(), await peers.start()];
    const handlerEnded = Promise.withResolvers<unknown>();
    await b.serveStream(pipeProtocol, async (_opening, stream) => {
      await stream[Symbol.asyncIterator]().next();
      handlerEnded.resolve(faultOf(drain(stream)));
      await handlerEnded.promise;
    });
    const stream = await a.openStream(b.addresses(), pipeProtocol, { name: '' });
    await stream.send(Buffer.from('first'));
    await expect.poll(() => b.stats().streamsServed, patience).toBe(1);
    await a[Symbol.asyncDispose]();
    expect(await handlerEnded.promise).toMatchObject({ code: 'net.closed' });
  });

  it('shuts down even where a handler does not stop', async () => {
    await using peers = new TestPeers(start);
    const [a, b] = [await peers.start(), await peers.start({ lingerMs: 50 })];
    await b.serveStream(pipeProtocol, () => new Promise(() => undefined));
    const stream = await a.openStream(b.addresses(), pipeProtocol, { name: '' });
    await expect.poll(() => b.stats().streamsServed, patience).toBe(1);
    await b[Symbol.asyncDispose]();
    expect(await faultOf(drain(stream))).toMatchObject({ code: 'net.closed' });
  });

  it("breaks at the opener's signal", async () => {
    await using peers = new TestPeers(start);
    const [a, b] = [await peers.start(), await peers.start()];
    await b.serveStream(pipeProtocol, async (_opening, stream) => drain(stream));
    const caller = new AbortController();
    const stream = await a.openStream(b.addresses(), pipeProtocol, { name: '' }, { signal: caller.signal });
    const reading = faultOf(drain(stream));
    caller.abort();
    expect(await reading).toMatchObject({ code: 'net.closed', blame: 'self' });
  });

  it('serves only so many streams of one peer at once', async () => {
    await using peers = new TestPeers(start);
    const b = await peers.start({ maxStreamsPerPeer: 3 });
    const a = await peers.start();
    await b.serveStream(pipeProtocol, async (_opening, stream) => drain(stream));
    const open = () => a.openStream(b.addresses(), pipeProtocol, { name: '' });
    const served = [await open(), await open(), await open()];
    await expect.poll(() => b.stats().streamsServed, patience).toBe(3);
    const extra = await faultOf(open().then(drain));
    expect(['net.busy', 'net.closed']).toContain(extra.code);
    expect(b.stats().streamsServed).toBe(3);
    for (const stream of served) await stream.end();
    for (const stream of served) await drain(stream);
    await drainWhenFree(open);
  });
}

/** The place of an ended stream is free once the other side knows. */
async function drainWhenFree(open: () => ReturnType<Peer['openStream']>): Promise<void> {
  await expect
    .poll(async () => {
      const stream = await open();
      await stream.end();
      return drain(stream).then(
        () => 'served',
        () => 'refused',
      );
    }, patience)
    .toBe('served');
}
