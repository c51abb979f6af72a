import { openStore } from '@souk/daemon';
import { type Address, defaultSubnetParams, type Hex } from '@souk/protocol';
import { blocksOf, type EpochResult, type EpochsInputs } from '@souk/subnets';
import { createFakeSubnets, type FakeSubnets } from '@souk/subnets/testing';
import { describe, expect, it } from 'vitest';
import { readHistory } from './history.ts';
import type { SubnetPicture } from './state.ts';

const owner: Address = '0x00000000000000000000000000000000000000aa';
const souk = 10n ** 18n;

/** A chain with one subnet, one miner and blocks to spare; results are made up, for only their keeping is looked at. */
async function chainWithSubnet(seed = 0) {
  const chain = createFakeSubnets({ seed });
  const done = async <T>(sent: Promise<T>) => {
    chain.mine();
    return sent;
  };
  chain.giveSouk(owner, 1_000n * souk);
  chain.setHotKey(owner, owner);
  chain.mine();
  const writer = chain.writer(owner);
  const identity = '{"name":"one","mechanisms":["echo"]}';
  await done(writer.create({ tempo: 12, maxPrice: souk, identity }));
  await done(writer.register(1, 100n * souk));
  return { chain, writer, done };
}

function readerOf(chain: () => FakeSubnets) {
  const store = openStore(':memory:');
  const computed: number[] = [];
  let eventsRead = 0;
  const compute = async ({ subnet, from, facts, previous }: EpochsInputs, picture: SubnetPicture) =>
    facts.map((each, index) => {
      const epoch = from + index;
      computed.push(epoch);
      const total = (index === 0 ? (previous?.total ?? 0n) : 0n) + each.accrued;
      return madeUp({ subnet, epoch, total, blocks: blocksOf(picture, epoch), hash: each.snapshotBlock });
    });
  return {
    read: () => {
      const { reads } = chain();
      const events = async (range: Parameters<typeof reads.events>[0]) => {
        const found = await reads.events(range);
        eventsRead += found.length;
        return found;
      };
      return readHistory({ reads: { ...reads, events }, store, fromBlock: 0, compute }, 1);
    },
    computed,
    eventsRead: () => eventsRead,
  };
}

function madeUp(
  known: Pick<EpochResult, 'subnet' | 'epoch' | 'blocks' | 'total'> & { readonly hash: Hex },
): EpochResult {
  const { hash, ...rest } = known;
  return {
    ...rest,
    engine: 1,
    snapshotBlock: hash,
    inputs: hash,
    outputs: hash,
    rewardRoot: hash,
    budget: 0n,
    assigned: 0n,
    ownerReward: 0n,
    miners: [],
    validators: [],
    mechanisms: [],
    params: defaultSubnetParams,
    permits: [],
    prunable: [],
    rewards: new Map([[owner, rest.total]]),
    carried: { bonds: [], earned: [], lastShown: new Map() },
  };
}

describe('the history of a subnet', () => {
  it('is read once: later only what came since, and no epoch is computed twice', async () => {
    const { chain } = await chainWithSubnet();
    const { read, computed, eventsRead } = readerOf(() => chain);
    chain.mine(60);
    const first = await read();
    expect(first.picture.identity?.name).toBe('one');
    expect(await first.epoch(2)).toMatchObject({ epoch: 2, rewards: new Map([[owner, expect.any(BigInt)]]) });
    expect(computed).toEqual([0, 1, 2]);
    const before = eventsRead();
    const again = await read();
    expect(again.picture).toEqual(first.picture);
    expect(await again.epoch(1)).toEqual(await first.epoch(1));
    expect(await again.epoch(3)).toMatchObject({ epoch: 3 });
    expect(computed).toEqual([0, 1, 2, 3]);
    expect(eventsRead()).toBe(before);
  });

  it('of blocks that were replaced is read and computed again', async () => {
    const { chain } = await chainWithSubnet();
    const { read, computed } = readerOf(() => chain);
    chain.mine(60);
    const before = await (await read()).epoch(3);
    chain.reorg(30, { isKept: true });
    const after = await (await read()).epoch(3);
    expect(after.snapshotBlock).not.toBe(before.snapshotBlock);
    // Only the first was known by the blocks that are still there.
    expect(computed).toEqual([0, 1, 2, 3, 1, 2, 3]);
  });

  it('is forgotten where the chain is another', async () => {
    const first = await chainWithSubnet();
    const second = await chainWithSubnet(7);
    let { chain } = first;
    const { read, computed } = readerOf(() => chain);
    first.chain.mine(60);
    second.chain.mine(60);
    const before = await (await read()).epoch(0);
    chain = second.chain;
    const after = await (await read()).epoch(0);
    expect(after.snapshotBlock).not.toBe(before.snapshotBlock);
    expect(computed).toEqual([0, 0]);
  });

  it('says what is not there, and until when an epoch is not known', async () => {
    const { chain } = await chainWithSubnet();
    const { read } = readerOf(() => chain);
    const history = await read();
    await expect(history.epoch(0)).rejects.toMatchObject({ code: 'subnet.epoch-not-over' });
    expect(history.latest).toBeUndefined();
    const none = createFakeSubnets();
    await expect(readerOf(() => none).read()).rejects.toMatchObject({
      code: 'subnet.not-found',
      remedy: expect.stringContaining('souk subnet create'),
    });
  });
});
