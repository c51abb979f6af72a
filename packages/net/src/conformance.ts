/** What every implementation of the port does. Run by test/conformance.test.ts over libp2p and over the fake. */
import { createKey, Fault, type FaultCode, type LocalKey, uintSchema } from '@souk/protocol';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import type { NetConfig } from './config.ts';
import { addressOfPeerId } from './identity.ts';
import type { Peer } from './peer.ts';

export type StartTestPeer = (key: LocalKey, config: Partial<NetConfig>) => Promise<Peer>;

const note = z.strictObject({ text: z.string().max(5_000), amount: uintSchema(128) });
export const noteTopic = { kind: 'gossip', name: 'test/notes/1', message: note, maxBytes: 6_000 } as const;
export const echoProtocol = {
  kind: 'unary',
  name: 'test/echo/1',
  request: note,
  answer: note,
  maxRequestBytes: 6_000,
  maxAnswerBytes: 6_000,
  perMinute: 100,
} as const;
export const pipeProtocol = {
  kind: 'stream',
  name: 'test/pipe/1',
  open: z.strictObject({ name: z.string() }),
  maxOpenBytes: 100,
  maxFrameBytes: 64 * 1024,
  perMinute: 100,
} as const;

const hello = { text: 'hello', amount: 2n ** 100n };

/** Awaits a Fault and returns its code and blame. */
export async function faultOf(
  promise: Promise<unknown>,
): Promise<{ code: FaultCode; blame: string; fault: Fault }> {
  const fault = await promise.then(
    () => undefined,
    (error: unknown) => error,
  );
  if (!(fault instanceof Fault)) throw new Error('expected a Fault', { cause: fault });
  return { code: fault.code, blame: fault.blame, fault };
}

/** Peers that are disposed of when the test ends. */
export class TestPeers implements AsyncDisposable {
  readonly #start: StartTestPeer;
  readonly #started: Peer[] = [];

  constructor(start: StartTestPeer) {
    this.#start = start;
  }

  async start(config: Partial<NetConfig> = {}, key: LocalKey = createKey()): Promise<Peer> {
    const peer = await this.#start(key, config);
    this.#started.push(peer);
    return peer;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await Promise.all(this.#started.map((peer) => peer[Symbol.asyncDispose]()));
  }
}

export function describePeers(name: 'over libp2p' | 'on the fake network', start: StartTestPeer): void {
  describe(`a peer ${name}`, () => {
    describeIdentity(start);
    describeUnary(start);
    describeStreams(start);
    describeGossip(start);
  });
}

function describeIdentity(start: StartTestPeer): void {
  it('is the address of its key, to itself and to others', async () => {
    await using peers = new TestPeers(start);
    const [a, b] = [await peers.start(), await peers.start()];
    const remote = await a.connect(b.addresses());
    expect(addressOfPeerId(b.peerId)).toBe(b.address);
    expect(remote).toEqual({ address: b.address, peerId: b.peerId });
    await expect.poll(() => b.connectedPeers()).toEqual([{ address: a.address, peerId: a.peerId }]);
  });

  it('refuses addresses that name no peer or two, another key, and nobody', async () => {
    await using peers = new TestPeers(start);
    const [a, b, c] = [await peers.start(), await peers.start(), await peers.start()];
    const place = b.addresses()[0]?.split('/p2p/')[0] ?? '';
    expect(await faultOf(a.connect([place]))).toMatchObject({ code: 'net.bad-address', blame: 'user' });
    expect(await faultOf(a.connect(['nonsense']))).toMatchObject({ code: 'net.bad-address' });
    expect(await faultOf(a.connect([...b.addresses(), ...c.addresses()]))).toMatchObject({
      code: 'net.bad-address',
    });
    expect(await faultOf(a.connect([`${place}/p2p/${c.peerId}`]))).toMatchObject({ code: 'net.wrong-peer' });
    await b[Symbol.asyncDispose]();
    const { code, fault } = await faultOf(a.connect([`${place}/p2p/${b.peerId}`]));
    expect(code).toBe('net.unreachable');
    expect(fault.retry).toBe(true);
  });
}

function describeUnary(start: StartTestPeer): void {
  it('asks and answers, knowing who asks', async () => {
    await using peers = new TestPeers(start);
    const [a, b] = [await peers.start(), await peers.start()];
    await b.answer(echoProtocol, async (request, remote) => ({ ...request, text: remote.address }));
    const answer = await a.ask(b.addresses(), echoProtocol, hello);
    expect(answer).toEqual({ text: a.address, amount: hello.amount });
    expect(b.stats()).toMatchObject({ answered: 1, connected: 1 });
  });

  it('tells a failed handler by its code and nothing else', async () => {
    await using peers = new TestPeers(start);
    const [a, b] = [await peers.start(), await peers.start()];
    let failure: Error = new Fault('lease.secret', 'the password is x', { blame: 'self', retry: true });
    await b.answer(echoProtocol, async () => {
      throw failure;
    });
    const told = await faultOf(a.ask(b.addresses(), echoProtocol, hello));
    expect(told).toMatchObject({ code: 'net.remote-failed', blame: 'peer' });
    expect(told.fault.data).toMatchObject({ code: 'lease.secret' });
    expect(told.fault.retry).toBe(true);
    expect(JSON.stringify(told.fault) + told.fault.message).not.toContain('password');
    failure = new Error('the password is y');
    const untold = await faultOf(a.ask(b.addresses(), echoProtocol, hello));
    expect(untold.fault.data).toEqual({ protocol: echoProtocol.name, code: 'net.remote-failed' });
    expect(a.stats().refused.malformed).toBe(0);
  });

  it('refuses a protocol that the peer does not serve', async () => {
    await using peers = new TestPeers(start);
    const [a, b] = [await peers.start(), await peers.start()];
    expect(await faultOf(a.ask(b.addresses(), echoProtocol, hello))).toMatchObject({
      code: 'net.unsupported',
    });
  });

  it('sends nothing that the other side would refuse', async () => {
    await using peers = new TestPeers(start);
    const [a, b] = [await peers.start(), await peers.start()];
    const long = { ...hello, text: 'x'.repeat(7_000) };
    const wide = { ...hello, amount: -1n };
    expect(await faultOf(a.ask(b.addresses(), echoProtocol, long))).toMatchObject({
      code: 'net.too-large',
      blame: 'self',
    });
    expect(await faultOf(a.ask(b.addresses(), echoProtocol, wide))).toMatchObject({
      code: 'net.malformed',
      blame: 'self',
    });
  });

  it('gives up when time is up, and lets the handler know', async () => {
    await using peers = new TestPeers(start);
    const [a, b] = [await peers.start(), await peers.start()];
    const stopped = Promise.withResolvers<void>();
    await b.answer(echoProtocol, (_request, _remote, signal) => untilAborted(signal, stopped));
    await a.connect(b.addresses());
    const late = await faultOf(a.ask(b.addresses(), echoProtocol, hello, { timeoutMs: 500 }));
    expect(late).toMatchObject({ code: 'net.timeout', blame: 'peer' });
    await stopped.promise;
  });

  it('stops at the signal, with its reason', async () => {
    await using peers = new TestPeers(start);
    const [a, b] = [await peers.start(), await peers.start()];
    const [asked, stopped] = [Promise.withResolvers<void>(), Promise.withResolvers<void>()];
    await b.answer(echoProtocol, (_request, _remote, signal) => {
      asked.resolve();
      return untilAborted(signal, stopped);
    });
    const caller = new AbortController();
    const answer = a.ask(b.addresses(), echoProtocol, hello, { signal: caller.signal });
    answer.catch(() => undefined);
    await asked.promise;
    caller.abort(new Error('changed my mind'));
    await expect(answer).rejects.toThrow('changed my mind');
    await stopped.promise;
  });

  it('answers many requests at once', async () => {
    await using peers = new TestPeers(start);
    const [a, b] = [await peers.start(), await peers.start()];
    await b.answer(echoProtocol, async (request) => request);
    const texts = Array.from({ length: 100 }, (_, i) => `request ${i}`);
    const ask = (text: string) => a.ask(b.addresses(), echoProtocol, { ...hello, text });
    expect((await Promise.all(texts.map(ask))).map((answer) => answer.text)).toEqual(texts);
  });

  it('refuses whoever asks too often', async () => {
    await using peers = new TestPeers(start);
    const [a, b] = [await peers.start(), await peers.start()];
    const rare = { ...echoProtocol, perMinute: 3 };
    await b.answer(rare, async (request) => request);
    for (let i = 0; i < 3; i++) await a.ask(b.addresses(), rare, hello);
    const refused = await faultOf(a.ask(b.addresses(), rare, hello));
    expect(refused).toMatchObject({ code: 'net.rate-limited', blame: 'self' });
    expect(refused.fault.retry).toBe(true);
    expect(b.stats().refused['rate-limited']).toBe(1);
  });

  it('disconnects and refuses a peer that goes on misbehaving, and takes it back later', async () => {
    await using peers = new TestPeers(start);
    const b = await peers.start({ refuseAtPenalty: 5, refuseMs: 300 });
    const a = await peers.start();
    const rare = { ...echoProtocol, perMinute: 1 };
    await b.answer(rare, async (request) => request);
    const ask = () => a.ask(b.addresses(), rare, hello);
    await ask();
    for (let i = 0; i < 3; i++) await faultOf(ask());
    await expect.poll(() => b.connectedPeers()).toEqual([]);
    expect(['net.unreachable', 'net.closed']).toContain((await faultOf(ask())).code);
    await expect.poll(async () => (await faultOf(ask())).code, { timeout: 3_000 }).toBe('net.rate-limited');
  });
}

function describeStreams(start: StartTestPeer): void {
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
    await expect.poll(() => seen.length).toBe(2);
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
    await expect.poll(() => b.stats().streamsServed).toBe(1);
    await a[Symbol.asyncDispose]();
    expect(await handlerEnded.promise).toMatchObject({ code: 'net.closed' });
  });

  it('shuts down even where a handler does not stop', async () => {
    await using peers = new TestPeers(start);
    const [a, b] = [await peers.start(), await peers.start({ lingerMs: 50 })];
    await b.serveStream(pipeProtocol, () => new Promise(() => undefined));
    const stream = await a.openStream(b.addresses(), pipeProtocol, { name: '' });
    await expect.poll(() => b.stats().streamsServed).toBe(1);
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
    await expect.poll(() => b.stats().streamsServed).toBe(3);
    const extra = await faultOf(open().then(drain));
    expect(['net.busy', 'net.closed']).toContain(extra.code);
    expect(b.stats().streamsServed).toBe(3);
    for (const stream of served) await stream.end();
    for (const stream of served) await drain(stream);
    await drainWhenFree(open);
  });
}

function describeGossip(start: StartTestPeer): void {
  it('has nobody to tell until someone listens', async () => {
    await using peers = new TestPeers(start);
    const [a, b] = [await peers.start(), await peers.start()];
    expect(await faultOf(a.publish(noteTopic, hello))).toMatchObject({
      code: 'net.no-peers',
      fault: { retry: true },
    });
    expect(await faultOf(a.waitForTopicPeers(noteTopic, 1, { timeoutMs: 50 }))).toMatchObject({
      code: 'net.timeout',
    });
    await a.connect(b.addresses());
    const waiting = a.waitForTopicPeers(noteTopic, 1);
    const heard: unknown[] = [];
    await b.join(
      noteTopic,
      () => 'accept',
      (message, author) => heard.push([message, author.address]),
    );
    await waiting;
    expect(a.topicPeers(noteTopic)).toBe(1);
    await a.publish(noteTopic, hello);
    await expect.poll(() => heard).toEqual([[hello, a.address]]);
    const long = { ...hello, text: 'x'.repeat(7_000) };
    expect(await faultOf(a.publish(noteTopic, long))).toMatchObject({ code: 'net.too-large', blame: 'self' });
  });

  it('passes on only what the peer in the middle accepts', async () => {
    await using peers = new TestPeers(start);
    const [a, middle, c] = [await peers.start(), await peers.start(), await peers.start()];
    const heard: string[] = [];
    const heardByMiddle: string[] = [];
    const verdict = async (text: string) =>
      text.startsWith('good') ? 'accept' : text === 'bad' ? 'reject' : 'ignore';
    await middle.join(
      noteTopic,
      (message) => verdict(message.text),
      (message) => heardByMiddle.push(message.text),
    );
    await c.join(
      noteTopic,
      () => 'accept',
      (message, author) => heard.push(`${message.text} of ${author.address}`),
    );
    await a.connect(middle.addresses());
    await c.connect(middle.addresses());
    await Promise.all([a.waitForTopicPeers(noteTopic, 1), middle.waitForTopicPeers(noteTopic, 1)]);
    for (const text of ['good 1', 'bad', 'meh', 'good 2']) await a.publish(noteTopic, { ...hello, text });
    await expect.poll(() => heard.length).toBe(2);
    expect(heard.toSorted()).toEqual([`good 1 of ${a.address}`, `good 2 of ${a.address}`]);
    expect(heardByMiddle.toSorted()).toEqual(['good 1', 'good 2']);
    expect(middle.stats()).toMatchObject({ gossipHeard: 2, refused: { rejected: 1 } });
    expect(c.connectedPeers().map((remote) => remote.peerId)).toEqual([middle.peerId]);
  });

  it('serves two processes with one key at the same time', async () => {
    await using peers = new TestPeers(start);
    const key = createKey();
    const hub = await peers.start();
    const [one, two] = await Promise.all([peers.start({}, key), peers.start({}, key)]);
    const published: string[] = [];
    await hub.join(
      noteTopic,
      () => 'accept',
      (message) => published.push(message.text),
    );
    const heard: string[] = [];
    await one.join(
      noteTopic,
      () => 'accept',
      (message) => heard.push(`one ${message.text}`),
    );
    await two.join(
      noteTopic,
      () => 'accept',
      (message) => heard.push(`two ${message.text}`),
    );
    await one.answer(echoProtocol, async (request) => ({ ...request, text: 'one' }));
    await two.answer(echoProtocol, async (request) => ({ ...request, text: 'two' }));
    await Promise.all([one.connect(hub.addresses()), two.connect(hub.addresses())]);
    await Promise.all([one, two, hub].map((peer) => peer.waitForTopicPeers(noteTopic, 1)));

    await one.publish(noteTopic, { ...hello, text: 'from one' });
    await two.publish(noteTopic, { ...hello, text: 'from two' });
    await expect.poll(() => published.toSorted()).toEqual(['from one', 'from two']);
    await expect
      .poll(async () => {
        heard.length = 0;
        await hub.publish(noteTopic, { ...hello, text: 'from hub' });
        await new Promise((resolve) => setTimeout(resolve, 50));
        return heard.toSorted();
      })
      .toEqual(['one from hub', 'two from hub']);
    const asked = await Promise.all(
      [one, two, one, two].map((peer) => hub.ask(peer.addresses(), echoProtocol, hello)),
    );
    expect(asked.map((answer) => answer.text)).toEqual(['one', 'two', 'one', 'two']);

    await one[Symbol.asyncDispose]();
    await two.publish(noteTopic, { ...hello, text: 'still here' });
    await expect.poll(() => published).toContain('still here');
    heard.length = 0;
    await hub.publish(noteTopic, { ...hello, text: 'still there' });
    await expect.poll(() => heard).toEqual(['two still there']);
  });
}

function untilAborted(signal: AbortSignal, stopped: PromiseWithResolvers<void>): Promise<never> {
  return new Promise((_resolve, reject) => {
    signal.addEventListener('abort', () => {
      stopped.resolve();
      reject(signal.reason as Error);
    });
  });
}

export async function drain(stream: AsyncIterable<Uint8Array>): Promise<void> {
  for await (const _frame of stream);
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
    })
    .toBe('served');
}
