/** A stranger with a bare libp2p node does what our own peer never would. */
import { generateKeyPair } from '@libp2p/crypto/keys';
import { noise } from '@libp2p/noise';
import { tcp } from '@libp2p/tcp';
import { yamux } from '@libp2p/yamux';
import { multiaddr } from '@multiformats/multiaddr';
import { createKey, silentLog, systemClock } from '@souk/protocol';
import { createLibp2p } from 'libp2p';
import { describe, expect, it } from 'vitest';
import { echoProtocol, noteTopic, patience, pipeProtocol, TestPeers } from '../src/conformance/fixtures.ts';
import { encodeFrame, FrameReader } from '../src/frames.ts';
import { netConfigSchema, type Peer, startPeer } from '../src/index.ts';
import { byteChannel } from '../src/libp2p/channel.ts';
import { createNode } from '../src/libp2p/node.ts';
import type { ByteChannel } from '../src/transport.ts';

const peersOverLibp2p = () =>
  new TestPeers((key, config) =>
    startPeer({ key, log: silentLog, clock: systemClock }, netConfigSchema.parse(config)),
  );

const open = { isRefused: () => false, strayed: () => undefined };

/** A bare node with gossip on the same wire, and none of our rules. */
async function stranger() {
  const node = await createNode(createKey().privateKey, netConfigSchema.parse({}), open);
  await node.start();
  return {
    node,
    open: async (peer: Peer, protocol: string): Promise<ByteChannel> => {
      const connection = await node.dial(peer.addresses().map(multiaddr));
      const remote = { address: peer.address, peerId: peer.peerId };
      return byteChannel(await connection.newStream(`/${protocol}`, { maxOutboundStreams: 1_000 }), remote);
    },
    [Symbol.asyncDispose]: async () => node.stop(),
  };
}

/** The code of the fault frame that comes back, or how the channel broke. */
async function told(channel: ByteChannel): Promise<string> {
  try {
    const frame = await new FrameReader(() => channel.read()).next(10_000);
    if (frame?.kind !== 'fault') return 'not refused';
    return (JSON.parse(Buffer.from(frame.bytes).toString()) as { code: string }).code;
  } catch {
    return 'broken';
  }
}

/** Whether a stream that is being opened can be used. */
function isServed(opening: Promise<unknown>): Promise<boolean> {
  return opening.then(
    () => true,
    () => false,
  );
}

const json = (value: unknown) => Buffer.from(JSON.stringify(value));

describe('a peer among strangers', () => {
  it('refuses bytes that are no request, before any handler sees them', async () => {
    await using peers = peersOverLibp2p();
    const b = await peers.start({ refuseAtPenalty: 10_000 });
    let handled = 0;
    await b.answer(echoProtocol, async (request) => {
      handled += 1;
      return request;
    });
    await using bad = await stranger();
    const deep = `${'['.repeat(2_900)}${']'.repeat(2_900)}`;
    const cases: readonly [string, Uint8Array, string][] = [
      ['not JSON', encodeFrame(Buffer.from('{"text":')), 'net.malformed'],
      ['not UTF-8', encodeFrame(Uint8Array.of(0xff, 0xfe)), 'net.malformed'],
      ['nothing', encodeFrame(new Uint8Array()), 'net.malformed'],
      ['deep nesting', encodeFrame(Buffer.from(deep)), 'net.malformed'],
      ['an unknown field', encodeFrame(json({ text: 'a', amount: '1', extra: 1 })), 'net.malformed'],
      ['a wrong type', encodeFrame(json({ text: 'a', amount: 1 })), 'net.malformed'],
      [
        'prototype keys',
        encodeFrame(Buffer.from('{"text":"a","amount":"1","__proto__":{"x":1}}')),
        'net.malformed',
      ],
      ['a long frame', encodeFrame(Buffer.alloc(echoProtocol.maxRequestBytes + 1, 0x20)), 'net.too-large'],
      ['a header of 2 GiB', Uint8Array.of(0x7f, 0xff, 0xff, 0xff), 'net.too-large'],
      ['a fault', encodeFrame(json({ code: 'net.busy', retry: true }), 'fault'), 'net.malformed'],
    ];
    const answers: [string, string][] = [];
    for (const [what, bytes] of cases) {
      const channel = await bad.open(b, echoProtocol.name);
      await channel.write(bytes);
      answers.push([what, await told(channel)]);
      channel.abort(new Error('next'));
    }
    expect(answers).toEqual(cases.map(([what, , code]) => [what, code]));
    expect(handled).toBe(0);
    const { refused } = b.stats();
    expect(refused.malformed + refused['too-large']).toBe(cases.length);
  });

  it('gives up on a stranger who opens streams and sends nothing, or a byte now and then', async () => {
    await using peers = peersOverLibp2p();
    const b = await peers.start({ openTimeoutMs: 300, lingerMs: 100 });
    await b.answer(echoProtocol, async (request) => request);
    await b.serveStream(pipeProtocol, async () => undefined);
    await using bad = await stranger();
    const silent = await bad.open(b, echoProtocol.name);
    const slow = await bad.open(b, pipeProtocol.name);
    const dripping = setInterval(() => void slow.write(Uint8Array.of(0)).catch(() => undefined), 150);
    try {
      expect(await told(silent)).toBe('net.timeout');
      expect(await told(slow)).toBe('net.timeout');
      await expect.poll(() => silent.broken.aborted && slow.broken.aborted, patience).toBe(true);
      expect(b.stats().refused.timeout).toBe(2);
    } finally {
      clearInterval(dripping);
    }
  });

  it('survives a flood of streams and goes on serving others', async () => {
    await using peers = peersOverLibp2p();
    const b = await peers.start({ maxStreamsPerPeer: 20, refuseAtPenalty: 200 });
    const a = await peers.start();
    await b.answer(echoProtocol, async (request) => request);
    await using bad = await stranger();
    const opened = await Promise.allSettled(
      Array.from({ length: 300 }, () => bad.open(b, echoProtocol.name)),
    );
    expect(opened.some((result) => result.status === 'rejected' || result.value.broken.aborted)).toBe(true);
    const note = { text: 'still here', amount: 1n };
    expect(await a.ask(b.addresses(), echoProtocol, note)).toEqual(note);
  });

  it('disconnects a stranger who keeps sending rubbish, and does not let it back in', async () => {
    await using peers = peersOverLibp2p();
    const b = await peers.start({ refuseAtPenalty: 90 });
    await b.answer(echoProtocol, async (request) => request);
    await using bad = await stranger();
    const answers: string[] = [];
    for (let i = 0; i < 5; i++) {
      const channel = await bad.open(b, echoProtocol.name);
      await channel.write(encodeFrame(Buffer.from('rubbish')));
      answers.push(await told(channel));
    }
    expect(answers.slice(0, 4)).toEqual(Array(4).fill('net.malformed'));
    await expect.poll(() => b.connectedPeers(), patience).toEqual([]);
    expect(await isServed(bad.open(b, echoProtocol.name))).toBe(false);
    expect(b.stats().refused.malformed).toBe(5);
  });

  it('neither hears nor passes on gossip that does not fit, and scores who sent it', async () => {
    await using peers = peersOverLibp2p();
    const [middle, end] = [await peers.start({ refuseAtPenalty: 50 }), await peers.start()];
    const heard: string[] = [];
    await middle.join(
      noteTopic,
      () => 'accept',
      (note) => heard.push(`middle ${note.text}`),
    );
    await end.join(
      noteTopic,
      () => 'accept',
      (note) => heard.push(`end ${note.text}`),
    );
    await end.connect(middle.addresses());
    await middle.waitForTopicPeers(noteTopic, 1);
    await using bad = await stranger();
    await bad.node.dial(middle.addresses().map(multiaddr));
    const { gossip } = bad.node.services;
    await expect.poll(() => gossip.getSubscribers(noteTopic.name).length, patience).toBe(1);
    const good = json({ text: 'good', amount: '1' });
    const junk = [
      Buffer.from('{'),
      json({ text: 'a', amount: '1', more: 1 }),
      Buffer.alloc(noteTopic.maxBytes + 1),
    ];
    await gossip.publish(noteTopic.name, good);
    await expect.poll(() => heard.length, patience).toBe(2);
    for (const bytes of junk) await gossip.publish(noteTopic.name, bytes).catch(() => undefined);
    await expect
      .poll(() => middle.connectedPeers().map((remote) => remote.peerId), patience)
      .toEqual([end.peerId]);
    expect(heard.toSorted()).toEqual(['end good', 'middle good']);
    expect(end.stats().refused.malformed).toBe(0);
  });

  it('scores whoever sends gossip on a topic that it did not join', async () => {
    await using peers = peersOverLibp2p();
    const b = await peers.start({ refuseAtPenalty: 25 });
    await using bad = await stranger();
    await bad.node.dial(b.addresses().map(multiaddr));
    const { gossip } = bad.node.services;
    await b.join(
      noteTopic,
      () => 'accept',
      () => undefined,
    );
    await expect.poll(() => gossip.getSubscribers(noteTopic.name).length, patience).toBe(1);
    const topics = (gossip as unknown as { topics: Map<string, Set<string>> }).topics;
    topics.set('other/topic', new Set([b.peerId]));
    for (let i = 0; i < 3; i++) await gossip.publish('other/topic', json({ i }));
    await expect.poll(() => b.connectedPeers(), patience).toEqual([]);
    expect(b.stats()).toMatchObject({ gossipHeard: 0, refused: { rejected: 3 } });
  });

  it('takes only so much gossip a minute from one peer', async () => {
    await using peers = peersOverLibp2p();
    const b = await peers.start({ gossipPerMinute: 5 });
    await b.join(
      noteTopic,
      () => 'accept',
      () => undefined,
    );
    await using bad = await stranger();
    await bad.node.dial(b.addresses().map(multiaddr));
    const { gossip } = bad.node.services;
    await expect.poll(() => gossip.getSubscribers(noteTopic.name).length, patience).toBe(1);
    for (let i = 0; i < 12; i++) await gossip.publish(noteTopic.name, json({ text: `${i}`, amount: '1' }));
    await expect.poll(() => b.stats().refused['rate-limited'], patience).toBe(7);
    expect(b.stats().gossipHeard).toBe(5);
  });

  it('lets in nobody whose key is not an address', async () => {
    await using peers = peersOverLibp2p();
    const b = await peers.start();
    const nobody = await createLibp2p({
      privateKey: await generateKeyPair('Ed25519'),
      transports: [tcp()],
      connectionEncrypters: [noise()],
      streamMuxers: [yamux()],
    });
    try {
      const opening = nobody
        .dial(b.addresses().map(multiaddr))
        .then((open) => open.newStream(`/${echoProtocol.name}`));
      expect(await isServed(opening)).toBe(false);
      expect(b.connectedPeers()).toEqual([]);
    } finally {
      await nobody.stop();
    }
  });

  it('keeps only so many connections of one key', async () => {
    await using peers = peersOverLibp2p();
    const b = await peers.start({ maxConnectionsPerPeer: 2 });
    const key = createKey();
    const config = { refuseAtPenalty: 10_000 };
    const twins = await Promise.all([1, 2, 3].map(() => peers.start(config, key)));
    await b.answer(echoProtocol, async (request) => request);
    const asked = [];
    for (const twin of twins) {
      asked.push(
        await twin.ask(b.addresses(), echoProtocol, { text: '', amount: 1n }).then(
          () => true,
          () => false,
        ),
      );
    }
    expect(asked).toEqual([true, true, false]);
  });
});
