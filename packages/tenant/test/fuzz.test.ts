import fc from 'fast-check';
import { expect, it } from 'vitest';
import type { Stranger } from '@souk/net/testing';
import { bidProtocol, createKey, leaseIdOf } from '@souk/protocol';
import { hostileOf, validOf } from '@souk/protocol/testing';
import { createWorld, wish } from '../src/testing/world.ts';

const cases = 400;
const seed = 20_261_123;

function framed(bytes: Uint8Array): Uint8Array {
  const frame = Buffer.alloc(4 + bytes.length);
  frame.writeUInt32BE(bytes.length);
  frame.set(bytes, 4);
  return frame;
}

it('a tenant that anybody may make an offer outlives them all, shuns who sends rubbish, and takes the one good bid', async () => {
  const world = await createWorld();
  const honest = await world.provider({ rate: 300_000n });
  const before = new Set(world.living);
  const tenant = world.tenant();
  await using auctions = await world.run(tenant.order(wish('web')));
  const [auction] = auctions.groups;
  const agent = [...world.living].find((peer) => !before.has(peer));
  const record = (await world.store.list())[0];
  const order = record?.groups[0]?.order.message;
  if (!auction || !agent || !order) throw new Error('no auction is held');
  const ours = (text: string) => text.replace(/"order":"0x[0-9a-f]{64}"/g, `"order":"${leaseIdOf(order)}"`);
  const sayings = fc.oneof(
    validOf(bidProtocol.request).map((offer) => Buffer.from(ours(JSON.stringify(offer)))),
    hostileOf(bidProtocol.request).map((bytes) =>
      Buffer.from(ours(Buffer.from(bytes).toString('latin1')), 'latin1'),
    ),
  );
  let shunned = 0;
  let stranger: Stranger | undefined;
  for (const bytes of fc.sample(sayings, { numRuns: cases, seed })) {
    stranger ??= world.network.stranger(createKey());
    const said = stranger.say(agent.addresses(), bidProtocol.name, framed(bytes)).then(
      () => true,
      () => false,
    );
    if (await world.run(said)) continue;
    shunned += 1;
    await stranger[Symbol.asyncDispose]();
    stranger = undefined;
  }
  await stranger?.[Symbol.asyncDispose]();
  expect(shunned).toBeGreaterThan(10);
  expect(agent.stats().refused.malformed).toBeGreaterThan(50);

  const ranked = await world.run(auction.waitForBids({ count: 1, windowMs: 5000 }));
  expect(ranked.map(({ bid }) => bid.signer)).toEqual([honest.peer.address]);
  const result = await world.run(auction.accept(ranked[0]!).result);
  expect(result).toMatchObject({ ok: true, group: { phase: 'ready' } });
});
