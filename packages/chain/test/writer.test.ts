import { createKey, leaseIdOf, type LocalKey, zeroHash } from '@souk/protocol';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { LeaseRef } from '../src/index.ts';
import { hashTerms } from '../src/index.ts';
import { agreeLease, oneToken, startTestChain, type TestChain } from './fixture.ts';

let test: TestChain;
let tenant: LocalKey;
let hotKey: LocalKey;

beforeAll(async () => {
  test = await startTestChain();
  [tenant, hotKey] = await Promise.all([test.tenant(), test.operator()]);
});
afterAll(() => test[Symbol.asyncDispose]());

async function openLease(changes: Parameters<typeof agreeLease>[2] = {}): Promise<LeaseRef> {
  const lease = await agreeLease(test.chain, { tenant, hotKey }, changes);
  return (await test.writer(hotKey).open(lease)).ref;
}

async function now(): Promise<number> {
  return (await test.chain.head()).timestamp;
}

async function eventsOf(ref: LeaseRef) {
  return test.chain.eventsSince(0, { lease: ref.lease });
}

describe('a writer on a real chain', () => {
  it('deposits and withdraws by one transaction each', async () => {
    const key = await test.account(50n * oneToken);
    const writer = test.writer(key);
    await writer.deposit(30n * oneToken);
    expect(await test.chain.balanceOf(key.address)).toBe(30n * oneToken);
    await writer.withdraw(10n * oneToken);
    expect(await test.chain.walletBalanceOf(key.address)).toBe(30n * oneToken);
    expect(await test.rpc('eth_getTransactionCount', key.address, 'latest')).toBe('0x2');
  });

  it('makes deposits that were called at once one after another', async () => {
    const key = await test.account(50n * oneToken);
    const writer = test.writer(key);
    await Promise.all([1n, 2n, 3n].map((amount) => writer.deposit(amount)));
    expect(await test.chain.balanceOf(key.address)).toBe(6n);
  });

  it('registers an operator with another hot key, adds to its bond and rotates the key', async () => {
    const cold = await test.account();
    const [first, second] = [createKey(), createKey()];
    const writer = test.writer(cold);
    await writer.register(first.address, 100n * oneToken, zeroHash);
    expect(await test.chain.operatorByHotKey(first.address)).toBe(cold.address);
    await writer.addBond(5n * oneToken);
    await writer.rotateHotKey(second.address);
    expect(await test.chain.operatorOf(cold.address)).toEqual({
      hotKey: second.address,
      bond: 105n * oneToken,
      metadata: zeroHash,
    });
    expect(await test.chain.activeHotKey(cold.address)).toBe(second.address);
    expect(await test.chain.operatorByHotKey(first.address)).toBeUndefined();
  });

  it('opens a lease and says what was agreed, as the event and the state do', async () => {
    const lease = await agreeLease(test.chain, { tenant, hotKey });
    const opened = await test.writer(hotKey).open(lease);
    const { ref } = opened;
    expect(ref.lease).toBe(leaseIdOf(lease.order.message));
    expect(ref.terms).toMatchObject({ tenant: tenant.address, operator: hotKey.address, rate: 3600n });
    expect(ref.terms.openedAt).toBe(opened.timestamp);
    const state = await test.chain.leaseOf(ref.lease);
    expect(state).toEqual({
      funded: oneToken,
      collected: 0n,
      readyAt: 0,
      status: 'open',
      termsHash: hashTerms(ref.terms),
    });
    const { block, tx } = opened;
    expect(await eventsOf(ref)).toEqual([
      { kind: 'lease-opened', lease: ref.lease, terms: ref.terms, deposit: oneToken, block, tx, logIndex: 0 },
    ]);
  });

  it('opens by an agent, and for an operator whose hot key is another than its cold key', async () => {
    const agent = createKey();
    const cold = await test.account();
    const hot = await test.account();
    await test.writer(cold).register(hot.address, 100n * oneToken, zeroHash);
    const parties = { tenant, hotKey: hot, operator: cold.address, agent };
    const { ref } = await test.writer(hot).open(await agreeLease(test.chain, parties));
    expect(ref.terms).toMatchObject({ operator: cold.address, agent: agent.address });
    const brought = await agreeLease(test.chain, parties);
    await expect(test.writer(tenant).open(brought)).resolves.toMatchObject({
      ref: { terms: { operator: cold.address } },
    });
  });

  it('returns the existing opening when the same lease is opened again, also by a new writer', async () => {
    const lease = await agreeLease(test.chain, { tenant, hotKey });
    const before = await test.chain.balanceOf(tenant.address);
    const first = await test.writer(hotKey).open(lease);
    expect(await test.writer(hotKey).open(lease)).toEqual(first);
    expect(await test.chain.balanceOf(tenant.address)).toBe(before - oneToken);
  });

  it('refuses to open an order that another operator has opened', async () => {
    const rival = await test.operator();
    const lease = await agreeLease(test.chain, { tenant, hotKey });
    await test.writer(hotKey).open(lease);
    const { order } = lease;
    const late = await agreeLease(test.chain, { tenant, hotKey: rival }, { order: order.message });
    await expect(test.writer(rival).open(late)).rejects.toMatchObject({
      code: 'chain.reverted',
      data: { error: 'LeaseExists' },
    });
  });

  it('marks ready, collects what is past the clawback window, tops up and closes with a refund', async () => {
    const ref = await openLease();
    const seller = test.writer(hotKey);
    const buyer = test.writer(tenant);
    const readyAt = await now();
    await seller.markReady(ref, await tenant.sign(test.chain.domain, 'Ready', { lease: ref.lease, readyAt }));
    await test.pass(1000);
    const { collected } = await seller.collect([ref]);
    expect(collected).toBeGreaterThanOrEqual(400n);
    await buyer.topUp(ref, 500n);
    expect((await test.chain.leaseOf(ref.lease)).funded).toBe(oneToken + 500n);
    await buyer.close(ref, (await now()) - 100);
    const events = await eventsOf(ref);
    expect(events.map(({ kind }) => kind)).toEqual([
      'lease-opened',
      'lease-ready',
      'lease-collected',
      'lease-topped-up',
      'lease-closed',
    ]);
    const closed = events.at(-1);
    if (closed?.kind !== 'lease-closed') throw new Error('not closed');
    expect(closed).toMatchObject({
      by: 'tenant',
      wasReady: true,
      tenant: tenant.address,
      operator: hotKey.address,
    });
    expect(closed.clawedBack).toBeGreaterThanOrEqual(100n);
    expect(closed.paid + closed.refunded + closed.clawedBack + collected).toBe(oneToken + 500n);
  });

  it('collects many leases at once and leaves out those that are closed', async () => {
    const refs = [await openLease(), await openLease(), await openLease()];
    const [first] = refs as [LeaseRef];
    await test.pass(300 + 600 + 50);
    await test.writer(hotKey).close(first, 0);
    const { collected } = await test.writer(hotKey).collect(refs);
    expect(collected).toBeGreaterThanOrEqual(100n);
    expect((await eventsOf(first)).some(({ kind }) => kind === 'lease-collected')).toBe(false);
  });

  it('amends what both sides have signed, once', async () => {
    const ref = await openLease();
    const message = {
      lease: ref.lease,
      terms: hashTerms(ref.terms),
      manifest: zeroHash,
      requirements: zeroHash,
      rate: 7200n,
      minimumCharge: 0n,
      deposit: 1000n,
      expiresAt: (await now()) + 600,
    };
    const amendment = {
      tenant: await tenant.sign(test.chain.domain, 'Amendment', message),
      operator: await hotKey.sign(test.chain.domain, 'Amendment', message),
    };
    await test.writer(tenant).amend(ref, amendment);
    const amended = (await eventsOf(ref)).at(-1);
    if (amended?.kind !== 'lease-amended') throw new Error('not amended');
    expect(amended).toMatchObject({
      paid: 0n,
      funded: oneToken + 1000n,
      terms: { rate: 7200n, revision: 1 },
    });
    expect((await test.chain.leaseOf(ref.lease)).termsHash).toBe(hashTerms(amended.terms));
    await expect(test.writer(tenant).amend(ref, amendment)).rejects.toMatchObject({
      data: { error: 'TermsMismatch' },
    });
  });

  it('closes by signature, and anyone closes what has run out of money', async () => {
    const ref = await openLease();
    const effectiveAt = await now();
    const close = await tenant.sign(test.chain.domain, 'Close', { lease: ref.lease, effectiveAt });
    await test.writer(hotKey).closeSigned(ref, close);
    expect((await eventsOf(ref)).at(-1)).toMatchObject({
      kind: 'lease-closed',
      by: 'tenant',
      wasReady: false,
    });
    const poor = await openLease({ order: { deposit: 10n } });
    await test.pass(400);
    await test.faucet.closeExhausted(poor);
    expect((await eventsOf(poor)).at(-1)).toMatchObject({ by: 'exhausted', paid: 10n, refunded: 0n });
  });

  it('voids orders by the counter', async () => {
    const key = await test.tenant();
    const lease = await agreeLease(test.chain, { tenant: key, hotKey });
    await test.writer(key).cancelAll();
    expect(await test.chain.counterOf(key.address)).toBe(1n);
    await expect(test.writer(hotKey).open(lease)).rejects.toMatchObject({
      code: 'chain.reverted',
      blame: 'peer',
      data: { error: 'CounterMismatch', args: { counter: 0n, current: 1n } },
    });
  });
});

describe('a write that the contract would refuse', () => {
  const cases = [
    ['BalanceTooSmall', { order: { deposit: 10n ** 15n } }],
    ['OrderExpired', { order: { expiresAt: 1 } }],
    ['BidExpired', { bid: { expiresAt: 1 } }],
    ['RateAboveCeiling', { bid: { rate: 2_000_000n } }],
    ['RateIsZero', { bid: { rate: 0n } }],
    ['BidForOtherOrder', { bid: { order: zeroHash } }],
    ['WindowTooLong', { order: { clawbackWindow: 8 * 86_400 } }],
  ] as const;

  for (const [error, changes] of cases) {
    it(`costs nothing and says why: ${error}`, async () => {
      const before = await test.chain.gasBalanceOf(hotKey.address);
      const fault = await openLease(changes).catch((thrown: unknown) => thrown);
      expect(fault).toMatchObject({ code: 'chain.reverted', blame: 'peer', retry: false, data: { error } });
      expect(await test.chain.gasBalanceOf(hotKey.address)).toBe(before);
    });
  }

  it('says that the operator is not active', async () => {
    const stranger = await test.account();
    const lease = await agreeLease(test.chain, { tenant, hotKey: stranger });
    await expect(test.writer(stranger).open(lease)).rejects.toMatchObject({
      data: { error: 'OperatorNotActive' },
    });
  });

  it('says that a signature is by somebody else', async () => {
    const lease = await agreeLease(
      test.chain,
      { tenant: createKey(), hotKey },
      { order: { tenant: tenant.address } },
    );
    const forged = { ...lease, acceptance: { ...lease.acceptance, signer: tenant.address } };
    await expect(test.writer(hotKey).open(forged)).rejects.toMatchObject({
      data: { error: 'InvalidSignature' },
    });
  });

  it('says that a lease is closed, exhausted, or not the caller’s', async () => {
    const ref = await openLease({ order: { deposit: 10n } });
    const stranger = await test.tenant();
    await expect(test.writer(stranger).close(ref, 0)).rejects.toMatchObject({ data: { error: 'NotParty' } });
    await expect(test.writer(stranger).closeExhausted(ref)).rejects.toMatchObject({
      retry: true,
      data: { error: 'NotExhausted' },
    });
    await test.pass(400);
    await expect(test.writer(tenant).topUp(ref, 5n)).rejects.toMatchObject({
      data: { error: 'LeaseExhausted' },
    });
    await test.writer(tenant).close(ref, 0);
    await expect(test.writer(tenant).close(ref, 0)).rejects.toMatchObject({ code: 'chain.lease-not-open' });
  });

  it('blames the caller for what is only the caller’s', async () => {
    const key = await test.tenant(5n);
    await expect(test.writer(key).withdraw(6n)).rejects.toMatchObject({
      blame: 'user',
      data: { error: 'BalanceTooSmall', args: { balance: 5n, needed: 6n } },
    });
    await expect(test.writer(key).deposit(10n ** 15n)).rejects.toMatchObject({
      blame: 'user',
      data: { error: 'ERC20InsufficientBalance' },
    });
    await expect(
      test.writer(hotKey).register(hotKey.address, 100n * oneToken, zeroHash),
    ).rejects.toMatchObject({
      data: { error: 'AlreadyRegistered' },
    });
  });
});
