import { attestationsTopic, createKey, type Log, silentLog } from '@souk/protocol';
import { hostileOf, validOf } from '@souk/protocol/testing';
import fc from 'fast-check';
import { afterEach, describe, expect, it } from 'vitest';
import { createWorld, souk, type World, type WorldOptions } from '../src/testing/world.ts';

let world: World;
afterEach(async () => world[Symbol.asyncDispose]());

async function oneOfEach(options: WorldOptions = {}) {
  world = await createWorld(options);
  const validator = await world.validator('v1', 100n * souk);
  const miner = await world.miner('m1');
  return { validator, miner, running: await validator.start() };
}

describe('a validator that anybody may speak to', () => {
  it('outlives whatever is shouted at it, and posts its epochs', async () => {
    const troubles: string[] = [];
    const log: Log = {
      ...silentLog,
      warn: (message) => void troubles.push(message),
      error: (message) => void troubles.push(message),
      child: () => log,
    };
    const { validator } = await oneOfEach({ log });
    const sayings = fc.oneof(
      validOf(attestationsTopic.message).map((value) => Buffer.from(JSON.stringify(value))),
      hostileOf(attestationsTopic.message),
    );
    for (const bytes of fc.sample(sayings, { numRuns: 200, seed: 20_261_123 })) {
      const stranger = world.network.stranger(createKey());
      await stranger
        .say(validator.addresses(), 'souk/lease/status/1', Buffer.alloc(4))
        .catch(() => undefined);
      await stranger.shout(attestationsTopic.name, bytes);
      await world.clock.advance(1);
      await stranger[Symbol.asyncDispose]();
    }
    await world.passTo(world.blocks(1).snapshot + 4);
    expect(validator.running?.status()).toMatchObject({ postedEpoch: 1, troubles: {}, differences: [] });
    expect(troubles).toEqual([]);
  });
});

describe('a validator', () => {
  it('claims what its operator earned where it is told to', async () => {
    const { validator } = await oneOfEach({ validatorSettings: { isClaiming: true, minimumClaim: '0.5' } });
    await world.passTo(world.blocks(2).snapshot + 8);
    const claimed = await world.chain.reads.claimedOf(world.subnet, validator.cold.address);
    expect(claimed).toBeGreaterThan(souk);
    expect((await world.events()).filter(({ kind }) => kind === 'claimed').length).toBe(2);
  });

  it('says where it stands', async () => {
    const { running } = await oneOfEach();
    await world.passTo(world.blocks(2).start + 2);
    expect(running.status()).toMatchObject({
      epoch: 2,
      window: 'reveal',
      hasRevealed: true,
      hasOpened: false,
    });
    await world.passTo(world.blocks(2).start + 13);
    expect(running.status()).toMatchObject({ window: 'open', hasOpened: true, miners: 1, scored: 1 });
    await world.passTo(world.blocks(2).end - 2);
    expect(running.status()).toMatchObject({
      window: 'attest',
      hasCommitted: true,
      computedEpoch: 1,
      postedEpoch: 1,
      hasPermit: true,
      quorumShare: 1,
    });
  });

  it('says that its hot key is another by now', async () => {
    const { validator, running } = await oneOfEach();
    await world.passTo(world.blocks(1).start + 1);
    world.chain.setHotKey(validator.cold.address, createKey().address);
    await world.pass(2);
    expect(running.status().troubles).toHaveProperty('key');
  });

  it('says that the subnet asks for a newer version of its mechanisms', async () => {
    const { running } = await oneOfEach({ params: { minVersion: 2n } });
    expect(running.status().troubles).toMatchObject({ version: expect.stringContaining('update souk') });
  });

  it('does no more work in a subnet that was dissolved, but computes what was', async () => {
    const { validator } = await oneOfEach();
    await world.passTo(world.blocks(1).end + 1);
    void world.chain.writer(world.owner.cold.address).dissolve(world.subnet);
    await world.passTo(world.blocks(2).snapshot + 2);
    const committed = (await world.events()).filter(({ kind }) => kind === 'committed');
    expect(committed.every((event) => 'epoch' in event && event.epoch < 2)).toBe(true);
    expect(validator.running?.status()).toMatchObject({ computedEpoch: 2 });
  });
});
