import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Stranger } from '@souk/net/testing';
import { bidProtocol, createKey, type LeaseId, type Log, type LocalKey, silentLog } from '@souk/protocol';
import { hostileOf, type WireRecord, wireRecords, validOf } from '@souk/protocol/testing';
import { createWorld, type World } from './world.ts';

/** For each protocol and topic. The parsers alone get far more: see packages/net/test/fuzz.test.ts. */
const cases = 120;
const seed = 20_261_123;

let world: World;
let watcher: LocalKey;
let lease: LeaseId;
let troubles: string[];

const log: Log = {
  ...silentLog,
  warn: (message, fields) => note(message, fields),
  error: (message, fields) => note(message, fields),
};
/** A handler that ends with anything but a fault of its own was not written for what it got. */
function note(message: string, fields: Readonly<Record<string, unknown>> | undefined): void {
  if (message === 'handler failed' && fields?.['code'] === 'unknown') troubles.push(String(fields['error']));
  if (message.includes('could not be validated') || message === 'gossip handler failed')
    troubles.push(`${message}: ${String(fields?.['error'])}`);
}

beforeEach(async () => {
  troubles = [];
  watcher = createKey();
  world = await createWorld({ log });
  lease = (await world.run({ watcher: watcher.address })).lease;
});
afterEach(async () => world[Symbol.asyncDispose]());

function framed(bytes: Uint8Array): Uint8Array {
  const frame = Buffer.alloc(4 + bytes.length);
  frame.writeUInt32BE(bytes.length);
  frame.set(bytes, 4);
  return frame;
}

const schemaOf = (record: WireRecord) =>
  record.kind === 'unary' ? record.request : record.kind === 'stream' ? record.open : record.message;

/** Hostile, or quite in order but for what it says; about our lease in both cases, where it is about one. */
const sayings = (record: WireRecord) => {
  const ours = (text: string) => text.replace(/"lease":"0x[0-9a-f]{64}"/, `"lease":"${lease}"`);
  return fc.oneof(
    {
      weight: 1,
      arbitrary: validOf(schemaOf(record)).map((value) => Buffer.from(ours(JSON.stringify(value)))),
    },
    {
      weight: 1,
      arbitrary: hostileOf(schemaOf(record)).map((bytes) =>
        Buffer.from(ours(Buffer.from(bytes).toString('latin1')), 'latin1'),
      ),
    },
  );
};

/** Everyone who was not let in any more after what they had said. */
async function bombard(record: WireRecord, newKey: () => LocalKey): Promise<number> {
  // Offers go to tenants; the world's answers them over the same rules.
  const to = (record.name === bidProtocol.name ? world.peer : world.providerPeer).addresses();
  let shunned = 0;
  let stranger: Stranger | undefined;
  for (const bytes of fc.sample(sayings(record), { numRuns: cases, seed })) {
    stranger ??= world.network.stranger(newKey());
    const said =
      record.kind === 'gossip'
        ? stranger
            .say(to, 'souk/lease/status/1', framed(bytes))
            .then(() => stranger?.shout(record.name, bytes))
        : stranger.say(to, record.name, framed(bytes));
    const outcome = said.then(
      () => 'heard',
      () => 'shunned',
    );
    let settled: string | undefined;
    void outcome.then((value) => (settled = value));
    await world.until('an answer', () => settled !== undefined);
    if (settled !== 'shunned') continue;
    shunned += 1;
    await stranger[Symbol.asyncDispose]();
    stranger = undefined;
  }
  await stranger?.[Symbol.asyncDispose]();
  return shunned;
}

describe('a provider that anybody may speak to', () => {
  it.each(wireRecords.map((record) => [record.name, record] as const))(
    'outlives whatever is said to it on %s, and shuns who says it',
    async (_name, record) => {
      // The first to speak is the lease's own watcher: what it may ask of the lease, it is answered.
      const speakers = [watcher];
      const shunned = await bombard(record, () => speakers.pop() ?? createKey());
      expect(troubles).toEqual([]);
      expect(shunned).toBeGreaterThan(0);
      const { phase } = await world.status(lease);
      expect(['running', 'ready']).toContain(phase);
      expect((await world.onChain(lease)).status).toBe('open');
    },
  );
});
