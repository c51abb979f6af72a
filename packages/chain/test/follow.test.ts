import { type LocalKey, silentLog, systemClock } from '@souk/protocol';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import {
  type ChainEvent,
  connectChain,
  type EventFilter,
  type FollowCursor,
  type Follower,
  startLocalChain,
} from '../src/index.ts';
import { agreeLease, oneToken, startTestChain, type TestChain } from './fixture.ts';
import { type RpcProxy, startRpcProxy } from './rpc-proxy.ts';

let test: TestChain;
let tenant: LocalKey;
let hotKey: LocalKey;
let proxy: RpcProxy;
let disposables: AsyncDisposableStack;

beforeAll(async () => {
  test = await startTestChain();
  [tenant, hotKey] = await Promise.all([test.tenant(), test.operator()]);
});
beforeEach(async () => {
  disposables = new AsyncDisposableStack();
  proxy = disposables.use(await startRpcProxy(test.local.rpcUrl));
});
afterEach(() => disposables.disposeAsync());
afterAll(() => test[Symbol.asyncDispose]());

interface Following {
  readonly follower: Follower;
  readonly seen: ChainEvent[];
  readonly voided: number[];
  leases(): string[];
}

function memoryCursor(): FollowCursor & { current: ReturnType<FollowCursor['load']> } {
  const cursor: FollowCursor & { current: ReturnType<FollowCursor['load']> } = {
    current: undefined,
    load: () => cursor.current,
    save: (position) => {
      cursor.current = position;
    },
  };
  return cursor;
}

async function follow(cursor: FollowCursor, filter: EventFilter = {}, url = proxy.url): Promise<Following> {
  const network = { ...test.network, rpcUrl: url };
  const chain = disposables.use(
    connectChain({ log: silentLog, clock: systemClock }, { network, pollMs: 10, rpcTimeoutMs: 1000 }),
  );
  const seen: ChainEvent[] = [];
  const voided: number[] = [];
  const follower = await chain.follow({
    cursor,
    filter,
    onEvent: (event) => void seen.push(event),
    onReorg: (block) => void voided.push(block),
  });
  return { follower, seen, voided, leases: () => seen.map(({ lease }) => lease) };
}

async function openLease(by = hotKey): Promise<string> {
  return (await test.writer(by).open(await agreeLease(test.chain, { tenant, hotKey: by }))).ref.lease;
}

describe('following a real chain', () => {
  it('delivers the past and then what happens, and nothing twice after a restart', async () => {
    const first = await openLease();
    const cursor = memoryCursor();
    const before = await follow(cursor);
    await expect.poll(() => before.leases()).toContain(first);
    const second = await openLease();
    await expect.poll(() => before.leases()).toContain(second);
    await before.follower[Symbol.asyncDispose]();
    const third = await openLease();
    const after = await follow(cursor);
    await expect.poll(() => after.leases()).toEqual([third]);
  });

  it('delivers only the events of the leases that are asked for', async () => {
    const rival = await test.operator();
    const head = await test.chain.head();
    const cursor = memoryCursor();
    const mine = await follow(cursor, { operator: rival.address });
    const others = await openLease();
    const lease = await test.writer(rival).open(await agreeLease(test.chain, { tenant, hotKey: rival }));
    await test.writer(tenant).topUp(lease.ref, 5n);
    await test.writer(tenant).close(lease.ref, 0);
    await expect
      .poll(() => mine.seen.map(({ kind }) => kind))
      .toEqual(['lease-opened', 'lease-topped-up', 'lease-closed']);
    expect(mine.leases()).not.toContain(others);
    const late = await follow(memoryCursor(), { lease: lease.ref.lease });
    await expect.poll(() => late.seen).toEqual(mine.seen);
    // A reader that never saw the opening finds out whose lease it is.
    const { block } = mine.seen[1] ?? { block: 0 };
    expect(await test.chain.eventsSince(block, { operator: rival.address })).toEqual(mine.seen.slice(1));
    expect(await test.chain.eventsSince(head.number, { tenant: rival.address })).toEqual([]);
  });

  it('takes back what a reorg has undone and delivers what came instead', async () => {
    const snapshot = await test.rpc('evm_snapshot');
    const following = await follow(memoryCursor());
    const undone = await openLease();
    await expect.poll(() => following.leases()).toContain(undone);
    const forked = (await test.chain.head()).number;
    await test.rpc('evm_revert', snapshot);
    const replaced = await openLease();
    await expect.poll(() => following.leases()).toContain(replaced);
    expect(following.voided).toHaveLength(1);
    expect(following.voided[0]).toBeLessThanOrEqual(forked);
    expect(following.leases().indexOf(undone)).toBeLessThan(following.leases().indexOf(replaced));
  });

  it('retries for ever while the node is away, and says so', async () => {
    const following = await follow(memoryCursor());
    await expect.poll(() => following.follower.isHealthy()).toBe(true);
    proxy.isDown = true;
    await expect.poll(() => following.follower.isHealthy()).toBe(false);
    const lease = await openLease();
    await systemClock.sleep(500);
    expect(following.leases()).not.toContain(lease);
    proxy.isDown = false;
    await expect.poll(() => following.leases(), { timeout: 5000 }).toContain(lease);
    expect(following.follower.isHealthy()).toBe(true);
  });

  it('reads in smaller parts from a node that limits ranges', async () => {
    await test.rpc('anvil_mine', '0x40');
    proxy.answer = (method, params) => {
      if (method !== 'eth_getLogs') return undefined;
      const { fromBlock, toBlock, blockHash } = params[0] as Record<string, string | undefined>;
      const isTooLarge = blockHash === undefined && Number(toBlock) - Number(fromBlock) >= 8;
      return isTooLarge
        ? { error: { code: -32_005, message: 'query exceeds max block range 8' } }
        : undefined;
    };
    const limited = await follow(memoryCursor());
    const free = await follow(memoryCursor(), {}, test.local.rpcUrl);
    const all = await test.chain.eventsSince(0);
    await expect.poll(() => free.seen).toEqual(all);
    await expect.poll(() => limited.seen, { timeout: 5000 }).toEqual(all);
  });

  it('stops at once, also while the node hangs', async () => {
    const hanging = await follow(memoryCursor());
    await expect.poll(() => hanging.follower.isHealthy()).toBe(true);
    proxy.isHanging = true;
    await systemClock.sleep(100);
    const startedMs = performance.now();
    await hanging.follower[Symbol.asyncDispose]();
    expect(performance.now() - startedMs).toBeLessThan(200);
  });
});

describe('following a local chain through its restarts', () => {
  it('goes on when the node was killed and started again', async () => {
    await using chain = await startTestChain();
    const [buyer, seller] = await Promise.all([chain.tenant(), chain.operator()]);
    const opened = await chain
      .writer(seller)
      .open(await agreeLease(chain.chain, { tenant: buyer, hotKey: seller }));
    const seen: ChainEvent[] = [];
    await using follower = await chain.chain.follow({
      cursor: memoryCursor(),
      onEvent: (event) => void seen.push(event),
    });
    await expect.poll(() => seen.map(({ lease }) => lease)).toEqual([opened.ref.lease]);
    await systemClock.sleep(2500);
    process.kill(chain.local.pid, 'SIGKILL');
    await expect.poll(() => follower.isHealthy(), { timeout: 5000 }).toBe(false);
    const { port } = chain.local;
    await using _again = await startLocalChain({
      dataFolder: chain.folder,
      port,
      blockTimeSeconds: 0,
      log: silentLog,
    });
    const next = await chain
      .writer(seller)
      .open(await agreeLease(chain.chain, { tenant: buyer, hotKey: seller }));
    await expect.poll(() => seen.map(({ lease }) => lease), { timeout: 15_000 }).toContain(next.ref.lease);
    expect(follower.isHealthy()).toBe(true);
    expect(await chain.chain.balanceOf(buyer.address)).toBe(98n * oneToken);
  }, 40_000);
});
