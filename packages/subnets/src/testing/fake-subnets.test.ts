import { createKey, hashCommit, hashWeights, type LocalKey, zeroHash } from '@souk/protocol';
import { describe, expect, it } from 'vitest';
import { createFakeSubnets, type FakeSubnets } from './fake-subnets.ts';

const souk = 10n ** 18n;

async function oneSubnet() {
  const chain = createFakeSubnets();
  const cold = createKey();
  const hot = createKey();
  chain.setHotKey(cold.address, hot.address);
  chain.giveSouk(cold.address, 1_000n * souk);
  const created = chain.writer(cold.address).create({ tempo: 30, maxPrice: 0n, identity: '{}' });
  chain.mine();
  const { subnet, block } = await created;
  return { chain, cold, hot, subnet, start: block };
}

function commitOf(chain: FakeSubnets, subnet: number, operator: LocalKey) {
  const weights = ['0x0000000100000001'] as const;
  const reveal = { salt: zeroHash, version: 1, logRoot: zeroHash, weights };
  const weightsHash = hashWeights(1, weights);
  const parts = {
    subnet,
    epoch: 0,
    operator: operator.address,
    salt: zeroHash,
    weightsHash,
    logRoot: zeroHash,
  };
  return { reveal, hash: hashCommit(parts) };
}

async function kinds(chain: FakeSubnets, subnet: number): Promise<string[]> {
  const events = await chain.reads.events({ from: 0, to: chain.head(), subnet });
  return events.map(({ kind }) => kind);
}

describe('the fake chain', () => {
  it('keeps the windows of commits and reveals', async () => {
    const { chain, cold, hot, subnet, start } = await oneSubnet();
    const { hash, reveal } = commitOf(chain, subnet, cold);
    const writer = chain.writer(hot.address);
    await expect(writer.reveal(subnet, 0, reveal)).rejects.toMatchObject({ data: { error: 'WindowClosed' } });
    await expect(chain.writer(cold.address).commit(subnet, 0, hash)).rejects.toMatchObject({
      data: { error: 'NotHotKey' },
    });
    void writer.commit(subnet, 0, hash);
    chain.mineTo(start + 29);
    await expect(writer.commit(subnet, 0, hash)).rejects.toMatchObject({ data: { error: 'WindowClosed' } });
    await expect(writer.reveal(subnet, 0, { ...reveal, version: 2 })).rejects.toMatchObject({
      data: { error: 'CommitMismatch' },
    });
    void writer.reveal(subnet, 0, reveal);
    chain.mine();
    expect(await kinds(chain, subnet)).toEqual([
      'hot-key',
      'subnet-created',
      'identity-set',
      'committed',
      'revealed',
    ]);
  });

  it('loses what was written in blocks that give way, and has other hashes there', async () => {
    const { chain, cold, hot, subnet } = await oneSubnet();
    const [first, before] = [await chain.reads.blockHash(1), await chain.reads.blockHash(2)];
    void chain.writer(hot.address).commit(subnet, 0, commitOf(chain, subnet, cold).hash);
    chain.mine();
    const after = await chain.reads.blockHash(2);
    chain.reorg(1, { isKept: true });
    expect(await kinds(chain, subnet)).toContain('committed');
    expect(await chain.reads.blockHash(2)).not.toBe(after);
    expect(await chain.reads.blockHash(1)).toBe(first);
    chain.reorg(2);
    expect(await kinds(chain, subnet)).not.toContain('committed');
    expect(await chain.reads.blockHash(1)).toBe(first);
    expect(first).toMatch(/^0x[0-9a-f]{64}$/);
    expect(before).toBeUndefined();
  });

  it('answers nothing while it is down', async () => {
    const { chain, cold, subnet } = await oneSubnet();
    chain.isDown = true;
    await expect(chain.reads.head()).rejects.toMatchObject({ code: 'chain.unreachable' });
    await expect(chain.writer(cold.address).stake(subnet, cold.address, 1n)).rejects.toMatchObject({
      retry: true,
    });
    chain.isDown = false;
    void chain.writer(cold.address).stake(subnet, cold.address, souk);
    chain.mine();
    expect(await chain.reads.stakeOf(subnet, cold.address, cold.address)).toBe(souk);
  });

  it('registers with collateral that comes back after a while', async () => {
    const { chain, cold, subnet } = await oneSubnet();
    const writer = chain.writer(cold.address);
    const registered = writer.register(subnet, souk);
    chain.mine();
    const { registration } = await registered;
    const left = await chain.reads.soukBalanceOf(cold.address);
    void writer.deregister(subnet, registration);
    chain.mine();
    await expect(writer.withdrawCollateral(subnet, registration)).rejects.toMatchObject({
      data: { error: 'NotYet' },
    });
    chain.mine(60);
    void writer.withdrawCollateral(subnet, registration);
    chain.mine();
    expect(await chain.reads.soukBalanceOf(cold.address)).toBe(left + 10n * souk);
  });
});
