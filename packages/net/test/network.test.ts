/** What only the real network can show: speed, bootstrap peers that come and go, a process that ends. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { multiaddr } from '@multiformats/multiaddr';
import { createKey, silentLog, systemClock } from '@souk/protocol';
import { describe, expect, it } from 'vitest';
import {
  drain,
  echoProtocol,
  noteTopic,
  patience,
  pipeProtocol,
  TestPeers,
} from '../src/conformance/fixtures.ts';
import { netConfigSchema, type Peer, startPeer } from '../src/index.ts';
import { createNode } from '../src/libp2p/node.ts';

const peersOverLibp2p = () =>
  new TestPeers((key, config) =>
    startPeer({ key, log: silentLog, clock: systemClock }, netConfigSchema.parse(config)),
  );

const note = { text: 'order', amount: 1n };
const joinQuietly = (peer: Peer, hear = () => undefined) => peer.join(noteTopic, () => 'accept', hear);
const median = (values: readonly number[]) =>
  values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? NaN;

describe('a network of real peers', () => {
  it('takes a fresh peer in and carries its message to three others within milliseconds', async () => {
    await using peers = peersOverLibp2p();
    const hub = await peers.start();
    await joinQuietly(hub);
    const config = { bootstrap: [...hub.addresses()] };
    let heard = 0;
    let allHeard = Promise.withResolvers<number>();
    const hear = () => {
      heard += 1;
      if (heard % 3 === 0) allHeard.resolve(performance.now());
    };
    for (let i = 0; i < 3; i++) await joinQuietly(await peers.start(config), hear as () => undefined);
    await hub.waitForTopicPeers(noteTopic, 3);
    const readyMs: number[] = [];
    const heardMs: number[] = [];
    for (let i = 0; i < 9; i++) {
      const started = performance.now();
      const fresh = await peers.start(config);
      await fresh.waitForTopicPeers(noteTopic, 1);
      readyMs.push(performance.now() - started);
      allHeard = Promise.withResolvers();
      const published = performance.now();
      await fresh.publish(noteTopic, note);
      heardMs.push((await allHeard.promise) - published);
    }
    expect(heard).toBe(27);
    expect(median(readyMs)).toBeLessThan(400);
    expect(median(heardMs)).toBeLessThan(50);
  });

  it('comes back to a bootstrap peer that was away', async () => {
    await using peers = peersOverLibp2p();
    const key = createKey();
    const first = await peers.start({}, key);
    await joinQuietly(first);
    const bootstrap = [...first.addresses()];
    const a = await peers.start({ bootstrap });
    await a.waitForTopicPeers(noteTopic, 1);
    await first[Symbol.asyncDispose]();
    await expect.poll(() => a.topicPeers(noteTopic), patience).toBe(0);
    await systemClock.sleep(1_000);

    const listen = bootstrap.map((address) => address.split('/p2p/')[0] ?? '');
    const second = await peers.start({ listen }, key);
    const heard = Promise.withResolvers<void>();
    await second.join(
      noteTopic,
      () => 'accept',
      () => heard.resolve(),
    );
    await a.waitForTopicPeers(noteTopic, 1, { timeoutMs: 5_000 });
    await a.publish(noteTopic, note);
    await heard.promise;
  });

  it('keeps speaking to a process when another with the same key dies', async () => {
    await using peers = peersOverLibp2p();
    const key = createKey();
    const hub = await peers.start();
    await joinQuietly(hub);
    const dying = await createNode(key.privateKey, netConfigSchema.parse({}), {
      isRefused: () => false,
      strayed: () => undefined,
    });
    await dying.start();
    dying.services.gossip.subscribe(noteTopic.name);
    const connection = await dying.dial(hub.addresses().map(multiaddr));
    await hub.waitForTopicPeers(noteTopic, 1);
    const twin = await peers.start({}, key);
    let heard = 0;
    await twin.join(
      noteTopic,
      () => 'accept',
      () => void (heard += 1),
    );
    await twin.connect(hub.addresses());
    await twin.waitForTopicPeers(noteTopic, 1);
    connection.streams.forEach((stream) => stream.abort(new Error('killed')));
    connection.abort(new Error('killed'));
    await dying.stop();
    await systemClock.sleep(100);
    await hub.publish(noteTopic, note);
    await expect.poll(() => heard, patience).toBe(1);
    await twin.publish(noteTopic, note);
    await expect.poll(() => hub.stats().gossipHeard, patience).toBe(1);
  });

  it('starts while its bootstrap peer is away', async () => {
    await using peers = peersOverLibp2p();
    const gone = await peers.start();
    const bootstrap = [...gone.addresses()];
    await gone[Symbol.asyncDispose]();
    const a = await peers.start({ bootstrap });
    expect(a.connectedPeers()).toEqual([]);
    await expect(peers.start({ bootstrap: ['/ip4/127.0.0.1/tcp/1'] })).rejects.toMatchObject({
      code: 'net.bad-address',
    });
    await expect(peers.start({ listen: ['/ip4/203.0.113.1/tcp/1'] })).rejects.toMatchObject({
      code: 'net.bad-address',
    });
  });

  it('speaks WebSocket too', async () => {
    await using peers = peersOverLibp2p();
    const b = await peers.start({ listen: ['/ip4/127.0.0.1/tcp/0/ws'] });
    const a = await peers.start();
    expect(b.addresses()[0]).toContain('/ws/p2p/');
    await b.answer(echoProtocol, async (request) => request);
    expect(await a.ask(b.addresses(), echoProtocol, note)).toEqual(note);
  });

  it('carries 200 MB through one stream without keeping it', { timeout: 60_000 }, async () => {
    await using peers = peersOverLibp2p();
    const [a, b] = [await peers.start(), await peers.start()];
    const bulk = { ...pipeProtocol, maxFrameBytes: 1024 * 1024 };
    let bytes = 0;
    await b.serveStream(bulk, async (_opening, stream) => {
      for await (const frame of stream) bytes += frame.byteLength;
    });
    const before = process.memoryUsage().rss;
    const stream = await a.openStream(b.addresses(), bulk, { name: '' });
    const frame = Buffer.alloc(1024 * 1024, 7);
    for (let i = 0; i < 200; i++) await stream.send(frame);
    await stream.end();
    await drain(stream);
    expect(bytes).toBe(200 * 1024 * 1024);
    expect(process.memoryUsage().rss - before).toBeLessThan(150 * 1024 * 1024);
  });

  it('holds a sender back for a reader that is slow again and again', { timeout: 60_000 }, async () => {
    await using peers = peersOverLibp2p();
    const [a, b] = [await peers.start(), await peers.start()];
    const bulk = { ...pipeProtocol, maxFrameBytes: 1024 * 1024 };
    let bytes = 0;
    await b.serveStream(bulk, async (_opening, stream) => {
      for await (const frame of stream) {
        bytes += frame.byteLength;
        if (bytes % (2 * 1024 * 1024) === 0) await systemClock.sleep(30);
      }
    });
    const stream = await a.openStream(b.addresses(), bulk, { name: '' });
    const frame = Buffer.alloc(256 * 1024, 7);
    for (let i = 0; i < 160; i++) await stream.send(frame);
    await stream.end();
    await drain(stream);
    expect(bytes).toBe(40 * 1024 * 1024);
  });

  it('leaves nothing open: a process that disposed of its peers ends by itself', async () => {
    const script = new URL('exits.ts', import.meta.url).pathname;
    const child = spawn(process.execPath, [script], { stdio: ['ignore', 'pipe', 'inherit'] });
    const said: string[] = [];
    child.stdout.on('data', (chunk: Buffer) => said.push(chunk.toString()));
    const [code] = (await once(child, 'exit', { signal: AbortSignal.timeout(20_000) })) as [number];
    expect({ code, said: said.join('') }).toEqual({ code: 0, said: 'disposed\n' });
  });
});
