import {
  createKey,
  Fault,
  hashMessage,
  leaseIdOf,
  type LocalKey,
  zeroAddress,
  zeroHash,
} from '@souk/protocol';
import { describe, expect, it } from 'vitest';
import type { ChainEvent, FollowCursor } from '../chain.ts';
import { createFakeChain, type FakeChain } from './fake-chain.ts';

const hour = 3600;

async function signLease(chain: FakeChain, tenant: LocalKey, hot: LocalKey, operator = hot.address) {
  const { domain, network } = chain.reads;
  const message = {
    tenant: tenant.address,
    agent: zeroAddress,
    watcher: zeroAddress,
    token: network.token.address,
    manifest: zeroHash,
    requirements: zeroHash,
    maxRate: 1_000_000n,
    deposit: 1_000_000n,
    clawbackWindow: 600,
    startWindow: 300,
    expiresAt: chain.now() + hour,
    counter: 0n,
    salt: hashMessage('Ready', { lease: zeroHash, readyAt: Math.floor(Math.random() * 1e9) }),
  };
  const order = await tenant.sign(domain, 'Order', message);
  const offer = {
    order: leaseIdOf(message),
    operator,
    rate: 360_000n,
    minimumCharge: 0n,
    expiresAt: chain.now() + hour,
  };
  const bid = await hot.sign(domain, 'Bid', offer);
  const agreed = { order: offer.order, bid: hashMessage('Bid', offer) };
  return { order, bid, acceptance: await tenant.sign(domain, 'Acceptance', agreed) };
}

function memoryCursor(): FollowCursor {
  let stored: ReturnType<FollowCursor['load']>;
  return { load: () => stored, save: (position) => void (stored = position) };
}

function market() {
  const chain = createFakeChain();
  const [tenant, hot] = [createKey(), createKey()];
  chain.addOperator(hot.address, hot.address);
  chain.giveBalance(tenant.address, 5_000_000n);
  return { chain, tenant, hot, provider: chain.writer(hot), buyer: chain.writer(tenant) };
}

describe('the fake chain', () => {
  it('opens a lease, meters it, collects what is past the clawback window and refunds the rest', async () => {
    await using stack = new AsyncDisposableStack();
    const { chain, tenant, hot, provider, buyer } = market();
    stack.use(chain);
    const { ref } = await provider.open(await signLease(chain, tenant, hot));
    const ready = { lease: ref.lease, readyAt: chain.now() };
    await provider.markReady(ref, await tenant.sign(chain.reads.domain, 'Ready', ready));
    await chain.advance(1600);
    const { collected } = await provider.collect([ref]);
    expect(collected).toBe(100_000n);
    await buyer.close(ref, chain.now() - 300);
    expect(await chain.reads.balanceOf(hot.address)).toBe(130_000n);
    expect(await chain.reads.balanceOf(tenant.address)).toBe(5_000_000n - 160_000n);
    expect((await chain.reads.leaseOf(ref.lease)).status).toBe('closed');
  });

  it('returns the existing opening when a lease is opened twice by its operator', async () => {
    const { chain, tenant, hot, provider } = market();
    const lease = await signLease(chain, tenant, hot);
    const first = await provider.open(lease);
    expect(await provider.open(lease)).toEqual(first);
    expect(await chain.reads.balanceOf(tenant.address)).toBe(4_000_000n);
  });

  it('refuses as the contract does, with blame and remedy', async () => {
    const { chain, tenant, hot, provider } = market();
    const poor = createKey();
    const fault = await provider.open(await signLease(chain, poor, hot)).catch((error: unknown) => error);
    expect(fault).toMatchObject({
      code: 'chain.reverted',
      blame: 'peer',
      data: { error: 'BalanceTooSmall' },
    });
    const { ref } = await provider.open(await signLease(chain, tenant, hot));
    await provider.close(ref, chain.now());
    await expect(provider.close(ref, chain.now())).rejects.toMatchObject({ code: 'chain.lease-not-open' });
  });

  it('delivers events to a follower in order and takes back those of a reorg', async () => {
    const { chain, tenant, hot, provider } = market();
    const seen: ChainEvent[] = [];
    const voided: number[] = [];
    await using follower = await chain.reads.follow({
      cursor: memoryCursor(),
      filter: { operator: hot.address },
      onEvent: (event) => void seen.push(event),
      onReorg: (block) => void voided.push(block),
    });
    const { ref, block } = await provider.open(await signLease(chain, tenant, hot));
    await chain.settled();
    expect(seen.map((event) => [event.kind, event.lease])).toEqual([['lease-opened', ref.lease]]);
    chain.reorg(1);
    await chain.settled();
    expect(voided).toEqual([block]);
    expect((await chain.reads.leaseOf(ref.lease)).status).toBe('unknown');
    expect(follower.isHealthy()).toBe(true);
  });

  it('fails on demand: unreachable, a planned fault, a block that does not come', async () => {
    const { chain, tenant, hot, provider } = market();
    const lease = await signLease(chain, tenant, hot);
    chain.setReachable(false);
    await expect(chain.reads.head()).rejects.toMatchObject({ code: 'chain.unreachable', retry: true });
    chain.setReachable(true);
    chain.failNext('open', new Fault('chain.no-gas', 'no gas', { blame: 'user' }));
    await expect(provider.open(lease)).rejects.toMatchObject({ code: 'chain.no-gas' });
    const release = chain.holdBlocks();
    let isMined = false;
    const opening = provider.open(lease).then(() => (isMined = true));
    await new Promise((resolve) => setImmediate(resolve));
    expect(isMined).toBe(false);
    release();
    await opening;
    expect(isMined).toBe(true);
  });
});
