/** Run by network.test.ts: uses two peers, disposes of them in the middle of things, and must then end by itself. */
import { createKey, silentLog, systemClock } from '@souk/protocol';
import { z } from 'zod';
import { netConfigSchema, startPeer } from '../src/index.ts';

const pipe = {
  kind: 'stream',
  name: 'test/pipe/1',
  open: z.strictObject({}),
  maxOpenBytes: 100,
  maxFrameBytes: 1024,
  perMinute: 100,
} as const;

const start = (bootstrap: readonly string[]) =>
  startPeer({ key: createKey(), log: silentLog, clock: systemClock }, netConfigSchema.parse({ bootstrap }));

const b = await start([]);
const a = await start(b.addresses());
await b.serveStream(pipe, async (_opening, stream) => {
  for await (const frame of stream) await stream.send(frame);
});
const stream = await a.openStream(b.addresses(), pipe, {});
await stream.send(Buffer.from('x'));
await stream[Symbol.asyncIterator]().next();
await b[Symbol.asyncDispose]();
await a[Symbol.asyncDispose]();
process.stdout.write('disposed\n');
