import { createKey } from '@souk/protocol';
import { expect, it } from 'vitest';
import {
  echoProtocol,
  faultOf,
  hello,
  noteTopic,
  patience,
  type StartTestPeer,
  TestPeers,
} from './fixtures.ts';

export function describeGossip(start: StartTestPeer): void {
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
    await expect.poll(() => heard, patience).toEqual([[hello, a.address]]);
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
    await expect.poll(() => heard.length, patience).toBe(2);
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
    await expect.poll(() => published.toSorted(), patience).toEqual(['from one', 'from two']);
    await expect
      .poll(async () => {
        heard.length = 0;
        await hub.publish(noteTopic, { ...hello, text: 'from hub' });
        await new Promise((resolve) => setTimeout(resolve, 50));
        return heard.toSorted();
      }, patience)
      .toEqual(['one from hub', 'two from hub']);
    const asked = await Promise.all(
      [one, two, one, two].map((peer) => hub.ask(peer.addresses(), echoProtocol, hello)),
    );
    expect(asked.map((answer) => answer.text)).toEqual(['one', 'two', 'one', 'two']);

    await one[Symbol.asyncDispose]();
    await two.publish(noteTopic, { ...hello, text: 'still here' });
    await expect.poll(() => published, patience).toContain('still here');
    heard.length = 0;
    await hub.publish(noteTopic, { ...hello, text: 'still there' });
    await expect.poll(() => heard, patience).toEqual(['two still there']);
  });
}
