import type { SubnetReads } from '@souk/chain';
import { createKey } from '@souk/protocol';
import { describe, expect, it } from 'vitest';
import { createFakeSubnets } from '../testing/fake-subnets.ts';
import { openBook } from './book.ts';
import { servedBefore } from './view.ts';

const souk = 10n ** 18n;

async function someSubnet(change: (reads: SubnetReads) => Partial<SubnetReads> = () => ({})) {
  const chain = createFakeSubnets();
  const [cold, hot] = [createKey(), createKey()];
  chain.setHotKey(cold.address, hot.address);
  chain.giveSouk(cold.address, 1_000n * souk);
  void chain.writer(cold.address).create({ tempo: 30, maxPrice: 0n, identity: '{}' });
  chain.mine();
  void chain.writer(cold.address).register(1, souk);
  chain.mine(10);
  const reads = { ...chain.reads, ...change(chain.reads) };
  const book = openBook(reads, { subnet: 1, fromBlock: 0, blocksPerRead: 4 });
  return { chain, cold, hot, book };
}

describe('the book of a subnet', () => {
  it('tells who is registered, with what, from when on', async () => {
    const { chain, cold, hot, book } = await someSubnet();
    void chain.writer(hot.address).serve(1, 1, '/memory/1', 7);
    chain.mine();
    await book.refresh();
    const one = book.view().registrationOf(cold.address)!;
    expect(one).toMatchObject({ registration: 1, hasEnded: false });
    expect(servedBefore(one, 12)).toBeUndefined();
    expect(servedBefore(one, 13)).toMatchObject({ units: 7 });
    expect(book.head()).toBe(12);
    expect(book.view().operatorOfHotKey(hot.address)).toBe(cold.address);
  });

  it('forgets what a reorganisation undid, and reads what came instead', async () => {
    const { chain, cold, book } = await someSubnet();
    await book.refresh();
    void chain.writer(cold.address).stake(1, cold.address, 5n * souk);
    chain.mine(2);
    await book.refresh();
    expect(book.view().pools.get(cold.address)).toBe(5n * souk);
    chain.reorg(3);
    void chain.writer(cold.address).stake(1, cold.address, 2n * souk);
    chain.mine();
    await book.refresh();
    expect(book.view().pools.get(cold.address)).toBe(2n * souk);
    const events = await chain.reads.events({ from: 0, to: chain.head(), subnet: 1 });
    expect(book.events()).toEqual(events);
  });

  it('reads again where the chain was replaced while it was read', async () => {
    let isRacing = true;
    const late: { chain?: ReturnType<typeof createFakeSubnets> } = {};
    const { chain, book } = await someSubnet((reads) => ({
      events: async (range) => {
        const events = await reads.events(range);
        if (isRacing && range.to >= 11) late.chain?.reorg(4);
        if (range.to >= 11) isRacing = false;
        return events;
      },
    }));
    late.chain = chain;
    await book.refresh();
    await book.refresh();
    expect(book.head()).toBe(chain.head());
    expect(book.events()).toEqual(await chain.reads.events({ from: 0, to: chain.head(), subnet: 1 }));
  });

  it('is as before where the chain does not answer', async () => {
    const { chain, book } = await someSubnet();
    await book.refresh();
    chain.isDown = true;
    await expect(book.refresh()).rejects.toMatchObject({ code: 'chain.unreachable' });
    expect(book.head()).toBe(11);
    chain.isDown = false;
    chain.mine();
    await book.refresh();
    expect(book.head()).toBe(12);
  });

  it('says that a subnet is not there', async () => {
    const { chain } = await someSubnet();
    const book = openBook(chain.reads, { subnet: 4, fromBlock: 0, blocksPerRead: 100 });
    await book.refresh();
    expect(() => book.view()).toThrow(expect.objectContaining({ code: 'subnets.unknown-subnet' }) as Error);
  });

  it('keeps no work for epochs that nobody computes any more', async () => {
    const { chain, hot, book } = await someSubnet();
    void chain.writer(hot.address).commit(1, 0, `0x${'11'.repeat(32)}`);
    chain.mine(200);
    await book.refresh();
    expect(book.events().some(({ kind }) => kind === 'committed')).toBe(true);
    book.settle(2);
    expect(book.events().some(({ kind }) => kind === 'committed')).toBe(false);
  });
});
