/** The fake chain of the other rooms' tests behaves as the contracts do: one random walk over both, step by step. */
import { hashMessage, leaseIdOf, type LocalKey, zeroAddress, zeroHash } from '@souk/protocol';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  type ChainEvent,
  type ChainReads,
  type ChainWriter,
  hashTerms,
  type LeaseRef,
} from '../src/index.ts';
import { createFakeChain, createTestClock } from '../src/testing/index.ts';
import { oneToken, startTestChain, type TestChain } from './fixture.ts';

let test: TestChain;

beforeAll(async () => {
  test = await startTestChain();
});
afterAll(() => test[Symbol.asyncDispose]());

interface Side {
  readonly reads: ChainReads;
  readonly refs: LeaseRef[];
  readonly writer: (key: LocalKey) => ChainWriter;
}

interface Cast {
  readonly tenant: LocalKey;
  readonly agent: LocalKey;
  readonly watcher: LocalKey;
  readonly cold: LocalKey;
  readonly hot: LocalKey;
  readonly stranger: LocalKey;
}

type Random = (below: number) => number;
type Step = (side: Side) => Promise<unknown>;

/** Mulberry32: small, seeded, the same on both sides. */
function randomOf(seed: number): Random {
  let state = seed;
  return (below) => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) % below;
  };
}

function pick<T>(random: Random, values: readonly T[]): T {
  return values[random(values.length)] as T;
}

/** One step, drawn once and then taken on both sides at the time `now`. */
function drawStep(random: Random, cast: Cast, now: number, count: number): Step {
  const { tenant, agent, watcher, cold, hot, stranger } = cast;
  const anyone = pick(random, [tenant, agent, watcher, cold, hot, stranger]);
  const buyer = pick(random, [tenant, tenant, agent, watcher, stranger]);
  const back = random(4) + 1;
  const at = now - random(pick(random, [5, 900]));
  const small = BigInt(random(3000));
  const withRef =
    (act: (side: Side, ref: LeaseRef) => Promise<unknown>): Step =>
    async (side) => {
      const ref = side.refs.at(-Math.min(back, side.refs.length));
      return ref === undefined ? 'no lease yet' : act(side, ref);
    };
  const kind = pick(random, [
    'open',
    'open',
    'open',
    'ready',
    'ready',
    'ready',
    'collect',
    'topUp',
    'amend',
    'close',
    'signed',
    'exhausted',
    'money',
    'bond',
  ]);
  switch (kind) {
    case 'open':
      return openStep(random, cast, now, count);
    case 'ready':
      return withRef(async ({ reads, writer }, ref) =>
        writer(anyone).markReady(
          ref,
          await buyer.sign(reads.domain, 'Ready', { lease: ref.lease, readyAt: at }),
        ),
      );
    case 'collect':
      return ({ refs, writer }) => writer(anyone).collect(refs);
    case 'topUp':
      return withRef(({ writer }, ref) => writer(tenant).topUp(ref, small));
    case 'amend':
      return withRef((side, ref) => amendStep(side, ref, { random: randomOf(count), cast, now }));
    case 'close':
      return withRef(({ writer }, ref) => writer(anyone).close(ref, at));
    case 'signed':
      return withRef(async ({ reads, writer }, ref) =>
        writer(anyone).closeSigned(
          ref,
          await buyer.sign(reads.domain, 'Close', { lease: ref.lease, effectiveAt: at }),
        ),
      );
    case 'exhausted':
      return withRef(({ writer }, ref) => writer(stranger).closeExhausted(ref));
    case 'money':
      return pick<Step>(random, [
        ({ writer }) => writer(tenant).deposit(small),
        ({ writer }) => writer(cold).withdraw(small),
      ]);
    default:
      return pick<Step>(random, [
        ({ writer }) => writer(cold).addBond(small + 1n),
        ({ writer }) => writer(stranger).rotateHotKey(stranger.address),
        ({ writer }) => writer(stranger).register(hot.address, 100n * oneToken, zeroHash),
        ({ writer }) => writer(stranger).register(stranger.address, small, zeroHash),
      ]);
  }
}

function openStep(random: Random, cast: Cast, now: number, count: number): Step {
  const { tenant, agent, watcher, cold, hot, stranger } = cast;
  const accepter = pick(random, [tenant, tenant, agent, stranger]);
  const sender = pick(random, [hot, hot, stranger]);
  const draw = {
    deposit: BigInt(random(4000)),
    clawbackWindow: random(700),
    startWindow: random(900),
    rate: BigInt(random(20) * 900),
    minimumCharge: BigInt(random(500)),
    expiresAt: now + random(200) - 10,
  };
  return async ({ reads, refs, writer }) => {
    const order = {
      tenant: tenant.address,
      agent: agent.address,
      watcher: watcher.address,
      token: reads.network.token.address,
      manifest: zeroHash,
      requirements: zeroHash,
      maxRate: 16_000n,
      deposit: draw.deposit,
      clawbackWindow: draw.clawbackWindow,
      startWindow: draw.startWindow,
      expiresAt: now + 100,
      counter: 0n,
      salt: `0x${count.toString(16).padStart(64, '0')}` as const,
    };
    const { rate, minimumCharge, expiresAt } = draw;
    const bid = { order: leaseIdOf(order), operator: cold.address, rate, minimumCharge, expiresAt };
    const agreed = { order: bid.order, bid: hashMessage('Bid', bid) };
    const opened = await writer(sender).open({
      order: await tenant.sign(reads.domain, 'Order', order),
      bid: await hot.sign(reads.domain, 'Bid', bid),
      acceptance: await accepter.sign(reads.domain, 'Acceptance', agreed),
    });
    refs.push(opened.ref);
    return opened;
  };
}

async function amendStep(
  { reads, refs, writer }: Side,
  ref: LeaseRef,
  input: { readonly random: Random; readonly cast: Cast; readonly now: number },
): Promise<unknown> {
  const { random, cast, now } = input;
  const message = {
    lease: ref.lease,
    terms: hashTerms(ref.terms),
    manifest: zeroHash,
    requirements: zeroHash,
    rate: BigInt(random(20) * 900),
    minimumCharge: BigInt(random(500)),
    deposit: BigInt(random(2) * random(2000)),
    expiresAt: now + 5,
  };
  const signer = pick(random, [cast.tenant, cast.tenant, cast.agent, cast.watcher]);
  const receipt = await writer(pick(random, [cast.hot, cast.stranger])).amend(ref, {
    tenant: await signer.sign(reads.domain, 'Amendment', message),
    operator: await cast.hot.sign(reads.domain, 'Amendment', message),
  });
  const { rate, minimumCharge } = message;
  const terms = { ...ref.terms, rate, minimumCharge, revision: ref.terms.revision + 1 };
  refs[refs.findIndex(({ lease }) => lease === ref.lease)] = { lease: ref.lease, terms };
  return receipt;
}

/** What a step came to, without what differs between two chains: addresses, hashes, block numbers. */
async function outcomeOf(step: Promise<unknown>): Promise<unknown> {
  try {
    const result = (await step) as { collected?: bigint } | string;
    return typeof result === 'string' ? result : { collected: result.collected };
  } catch (error) {
    const { code, blame, data } = error as { code: string; blame: string; data: { error?: string } };
    return { code, blame, error: data.error };
  }
}

function comparable(event: ChainEvent): object {
  const { block: _block, logIndex: _index, tx: _tx, lease: _lease, ...facts } = event;
  return 'terms' in facts ? { ...facts, terms: { ...facts.terms, token: zeroAddress } } : facts;
}

async function stateOf({ reads, refs }: Side, cast: Cast): Promise<unknown> {
  const keys = Object.values(cast) as LocalKey[];
  return {
    balances: await Promise.all(keys.map(({ address }) => reads.balanceOf(address))),
    wallets: await Promise.all(keys.map(({ address }) => reads.walletBalanceOf(address))),
    leases: await Promise.all(
      refs.map(async ({ lease }) => {
        const { termsHash, ...state } = await reads.leaseOf(lease);
        return { ...state, hasTerms: termsHash !== zeroHash };
      }),
    ),
    bond: (await reads.operatorOf(cast.cold.address)).bond,
  };
}

async function prepare(): Promise<{
  readonly cast: Cast;
  readonly real: Side;
  readonly fake: Side;
  readonly setTime: (now: number) => Promise<void>;
}> {
  const keys = await Promise.all(Array.from({ length: 6 }, () => test.account(2000n * oneToken)));
  const [tenant, agent, watcher, cold, hot, stranger] = keys as [
    LocalKey,
    LocalKey,
    LocalKey,
    LocalKey,
    LocalKey,
    LocalKey,
  ];
  const cast = { tenant, agent, watcher, cold, hot, stranger };
  const clock = createTestClock(0);
  const chain = createFakeChain({ clock });
  for (const { address } of keys) chain.giveTokens(address, 2000n * oneToken);
  const real: Side = { reads: test.chain, refs: [], writer: (key) => test.writer(key) };
  const fake: Side = { reads: chain.reads, refs: [], writer: (key) => chain.writer(key) };
  for (const { writer } of [real, fake]) {
    await writer(tenant).deposit(1000n * oneToken);
    await writer(cold).register(hot.address, 100n * oneToken, zeroHash);
  }
  const setTime = async (now: number) => {
    await test.rpc('anvil_setTime', now);
    await test.rpc('evm_setNextBlockTimestamp', now);
    await test.rpc('evm_mine');
    await test.rpc('evm_setNextBlockTimestamp', now + 1);
    await clock.advance((now + 1) * 1000 - clock.now());
  };
  return { cast, real, fake, setTime };
}

describe('the fake market', () => {
  for (const seed of [2, 3, 4, 5]) {
    it(`does step by step what the contracts do (seed ${seed})`, async () => {
      const { cast, real, fake, setTime } = await prepare();
      const random = randomOf(seed);
      const fromBlock = (await test.chain.head()).number + 1;
      const outcomes = new Set<string>();
      let now = (await test.chain.head()).timestamp + 10;
      for (let count = 1; count <= 120; count += 1) {
        now += 2 + random(100);
        await setTime(now);
        const step = drawStep(random, cast, now, seed * 1000 + count);
        const expected = await outcomeOf(step(real));
        const actual = await outcomeOf(step(fake));
        expect(actual, `step ${count}`).toEqual(expected);
        expect(await stateOf(fake, cast), `state after step ${count}`).toEqual(await stateOf(real, cast));
        outcomes.add(
          JSON.stringify(expected, (_, value: unknown) => (typeof value === 'bigint' ? 'n' : value)),
        );
      }
      const [ours, theirs] = [await fake.reads.eventsSince(0), await real.reads.eventsSince(fromBlock)];
      expect(ours.map(comparable)).toEqual(theirs.map(comparable));
      const kinds = new Set(ours.map(({ kind }) => kind));
      expect(kinds.size).toBe(6);
      expect(outcomes.size).toBeGreaterThan(8);
    }, 60_000);
  }
});
