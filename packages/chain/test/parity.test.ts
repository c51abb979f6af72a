/** What is computed here equals what the contracts compute: hashes, the domain, and money over time. */
import {
  collectableAt,
  createKey,
  domainSeparator,
  fundedUntil,
  hashMessage,
  type Hex,
  type LocalKey,
  owedAt,
  zeroHash,
} from '@souk/protocol';
import fc from 'fast-check';
import { createPublicClient, domainSeparator as viemDomainSeparator, http, type PublicClient } from 'viem';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { marketAbi } from '../src/abi/market.ts';
import { hashTerms, type LeaseRef } from '../src/index.ts';
import { agreeLease, startTestChain, type TestChain } from './fixture.ts';

let test: TestChain;
let client: PublicClient;
let market: { readonly address: Hex; readonly abi: typeof marketAbi };

beforeAll(async () => {
  test = await startTestChain();
  client = createPublicClient({ transport: http(test.local.rpcUrl) });
  market = { address: test.network.market, abi: marketAbi };
});
afterAll(() => test[Symbol.asyncDispose]());

const uint = (bits: number) => fc.bigInt({ min: 0n, max: (1n << BigInt(bits)) - 1n });
const number = (bits: number) => fc.integer({ min: 0, max: 2 ** bits - 1 });
const hex = (bytes: number) =>
  fc
    .uint8Array({ minLength: bytes, maxLength: bytes })
    .map((array): Hex => `0x${Buffer.from(array).toString('hex')}`);

const orders = fc.record({
  tenant: hex(20),
  agent: hex(20),
  watcher: hex(20),
  token: hex(20),
  manifest: hex(32),
  requirements: hex(32),
  maxRate: uint(96),
  deposit: uint(96),
  clawbackWindow: number(32),
  startWindow: number(32),
  expiresAt: number(40),
  counter: uint(64),
  salt: hex(32),
});
const bids = fc.record({
  order: hex(32),
  operator: hex(20),
  rate: uint(96),
  minimumCharge: uint(96),
  expiresAt: number(40),
});
const allTerms = fc.record({
  tenant: hex(20),
  agent: hex(20),
  watcher: hex(20),
  operator: hex(20),
  token: hex(20),
  rate: uint(96),
  minimumCharge: uint(96),
  clawbackWindow: number(32),
  openedAt: number(40),
  startDeadline: number(40),
  revision: number(32),
});

describe('hashes', () => {
  it('of orders, bids and terms equal the contract’s', async () => {
    await fc.assert(
      fc.asyncProperty(orders, bids, allTerms, async (order, bid, terms) => {
        const [orderHash, bidHash, termsHash] = await Promise.all([
          client.readContract({ ...market, functionName: 'hashOrder', args: [order] }),
          client.readContract({ ...market, functionName: 'hashBid', args: [bid] }),
          client.readContract({ ...market, functionName: 'hashTerms', args: [terms] }),
        ]);
        expect(hashMessage('Order', order)).toBe(orderHash);
        expect(hashMessage('Bid', bid)).toBe(bidHash);
        expect(hashTerms(terms)).toBe(termsHash);
      }),
      { numRuns: 50 },
    );
  });

  it('are signed in the domain that the contract names', async () => {
    const [, name, version, chainId, verifyingContract] = await client.readContract({
      ...market,
      functionName: 'eip712Domain',
    });
    const domain = { name, version, chainId: Number(chainId), verifyingContract };
    expect(domainSeparator(test.chain.domain)).toBe(viemDomainSeparator({ domain }));
  });
});

describe('money', () => {
  let tenant: LocalKey;
  let hotKey: LocalKey;

  beforeAll(async () => {
    [tenant, hotKey] = await Promise.all([test.tenant(1n << 90n), test.operator()]);
  });

  const agreements = fc.record({
    rate: fc.oneof(fc.bigInt({ min: 1n, max: 100n }), fc.bigInt({ min: 1n, max: 1n << 60n })),
    deposit: fc.oneof(fc.bigInt({ min: 1n, max: 10_000n }), fc.bigInt({ min: 1n, max: 1n << 60n })),
    clawbackWindow: fc.integer({ min: 0, max: 86_400 }),
    startWindow: fc.integer({ min: 0, max: 3600 }),
    isMarked: fc.boolean(),
    laterSeconds: fc.integer({ min: 0, max: 200_000 }),
    at: fc.integer({ min: 0, max: 300_000 }),
  });

  async function openLease(wish: {
    readonly rate: bigint;
    readonly deposit: bigint;
    readonly clawbackWindow: number;
    readonly startWindow: number;
  }): Promise<LeaseRef> {
    const { rate, deposit, clawbackWindow, startWindow } = wish;
    const order = { maxRate: rate, deposit, clawbackWindow, startWindow };
    const lease = await agreeLease(test.chain, { tenant, hotKey }, { order, bid: { rate } });
    return (await test.writer(hotKey).open(lease)).ref;
  }

  it('owed, funded and collectable equal the contract’s', async () => {
    await fc.assert(
      fc.asyncProperty(agreements, async (wish) => {
        const ref = await openLease(wish);
        const { openedAt, startDeadline } = ref.terms;
        let meterFrom = startDeadline;
        if (wish.isMarked && wish.startWindow > 60) {
          const ready = { lease: ref.lease, readyAt: openedAt };
          await test.writer(hotKey).markReady(ref, await tenant.sign(test.chain.domain, 'Ready', ready));
          meterFrom = openedAt;
        }
        await test.pass(wish.laterSeconds);
        const meter = { rate: wish.rate, funded: wish.deposit, meterFrom };
        const { timestamp } = await test.chain.head();
        const at = openedAt + wish.at;
        const args = [ref] as const;
        const [until, owed, collectable] = await Promise.all([
          client.readContract({ ...market, functionName: 'fundedUntil', args }),
          client.readContract({ ...market, functionName: 'owedAt', args: [ref, at] }),
          client.readContract({ ...market, functionName: 'collectable', args }),
        ]);
        // The contract's times end with uint40; no lease is funded that long but by rounding.
        expect(Math.min(fundedUntil(meter), 2 ** 40 - 1)).toBe(until);
        expect(owedAt(meter, at)).toBe(owed);
        expect(collectableAt(meter, 0n, wish.clawbackWindow, timestamp)).toBe(collectable);
      }),
      { numRuns: 60 },
    );
  });
});

it('a key that was never used has nothing anywhere', async () => {
  const { address } = createKey();
  expect(await test.chain.balanceOf(address)).toBe(0n);
  expect(await test.chain.walletBalanceOf(address)).toBe(0n);
  expect(await test.chain.gasBalanceOf(address)).toBe(0n);
  expect(await test.chain.counterOf(address)).toBe(0n);
  expect(await test.chain.activeHotKey(address)).toBeUndefined();
  expect(await test.chain.leaseOf(zeroHash)).toMatchObject({ status: 'unknown', funded: 0n });
  expect(await test.chain.minimumBond()).toBe(100_000_000n);
});
