import { Fault } from '@souk/protocol';
import { expect, it } from 'vitest';
import { echoProtocol, faultOf, hello, patience, type StartTestPeer, TestPeers } from './fixtures.ts';

export function describeUnary(start: StartTestPeer): void {
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
    await expect.poll(() => b.connectedPeers(), patience).toEqual([]);
    expect(['net.unreachable', 'net.closed']).toContain((await faultOf(ask())).code);
    await expect.poll(async () => (await faultOf(ask())).code, patience).toBe('net.rate-limited');
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
