/**
 * A chain in memory for the tests of other rooms: the ports ChainReads and ChainWriter over the fake Market, with a
 * clock that the test moves and failures on demand. Every write is mined at once in a block of its own. Follows events
 * with the same follower as the real chain. Must never be used outside tests.
 */
import {
  type Address,
  type Clock,
  Fault,
  type Hex,
  isSignedBySigner,
  type LeaseId,
  leaseIdOf,
  type Log,
  silentLog,
  zeroHash,
} from '@souk/protocol';
import { abortable } from '../abortable.ts';
import type {
  ChainEvent,
  ChainReads,
  ChainWriter,
  EventFilter,
  Follower,
  LeaseRef,
  Network,
  Receipt,
} from '../chain.ts';
import { isWanted } from '../filter.ts';
import { type Block, type BlockSource, startFollower } from '../follow.ts';
import { revertOf } from '../reverts.ts';
import { marketCalls } from './fake-market.ts';
import {
  activeHotKey,
  type Call,
  copyMarket,
  emptyMarket,
  type MarketEvent,
  type MarketRules,
  type MarketState,
  operatorByHotKey,
} from './fake-state.ts';
import { createTestClock, type TestClock } from './test-clock.ts';

export interface FakeChainOptions {
  /** What time it is for the chain; left out, a test clock of its own. */
  readonly clock?: Clock;
  readonly log?: Log;
  readonly minimumBond?: bigint;
}

export type WriteName = Exclude<keyof ChainWriter, 'address'>;

export interface FakeChain extends AsyncDisposable {
  readonly reads: ChainReads;
  readonly clock: Clock;
  /** Unix seconds of the next block. */
  now(): number;
  /** Moves the chain's own clock (only without `options.clock`) and mines a block. */
  advance(seconds: number): Promise<void>;
  /** An empty block at the clock's time. */
  mine(): void;
  /** Resolves once all followers have handled all blocks. */
  settled(): Promise<void>;
  writer(account: { readonly address: Address }): ChainWriter;
  /** Tokens in the wallet. */
  giveTokens(account: Address, amount: bigint): void;
  /** Tokens in the Market account. */
  giveBalance(account: Address, amount: bigint): void;
  giveGas(account: Address, wei: bigint): void;
  addOperator(operator: Address, hotKey: Address, bond?: bigint): void;
  /** While unreachable, every read and write throws `chain.unreachable`. */
  setReachable(isReachable: boolean): void;
  /** The next call of this write throws `fault`, before anything is changed. */
  failNext(write: WriteName, fault: Fault): void;
  /** Writes are mined only after the returned function was called. */
  holdBlocks(): () => void;
  /** Drops the last `depth` blocks with their transactions and mines one more other block in their stead. */
  reorg(depth: number): void;
  /** How often each write was called. */
  readonly calls: ReadonlyMap<WriteName, number>;
}

interface FakeBlock extends Block {
  readonly events: readonly ChainEvent[];
  readonly stateAfter: MarketState;
}

const fakeAddress = (last: string): Address => `0x${last.padStart(40, '0')}` as Address;
const hashOfNumber = (count: number): Hex => `0x${count.toString(16).padStart(64, '0')}`;

export function createFakeChain(options: FakeChainOptions = {}): FakeChain {
  const ownClock: TestClock | undefined = options.clock === undefined ? createTestClock() : undefined;
  const clock = options.clock ?? (ownClock as TestClock);
  const log = options.log ?? silentLog;
  const network = fakeNetwork();
  const domain = { chainId: network.chainId, market: network.market };
  const rules: MarketRules = {
    domain,
    token: network.token.address,
    feeSink: fakeAddress('fee'),
    minimumBond: options.minimumBond ?? 100_000_000n,
  };
  const calls = new Map<WriteName, number>();
  const planned = new Map<WriteName, Fault[]>();
  const gas = new Map<Address, bigint>();
  const followers: { readonly follower: Follower; readonly position: () => number }[] = [];
  let state = emptyMarket();
  let isReachable = true;
  let hold: Promise<void> | undefined;
  let hashCount = 0;
  let version = 0;
  let changed = Promise.withResolvers<void>();
  const blocks: FakeBlock[] = [];
  mine();

  function now(): number {
    return Math.max(blocks.at(-1)?.timestamp ?? 0, Math.floor(clock.now() / 1000));
  }

  function mine(events: readonly MarketEvent[] = []): FakeBlock {
    const number = blocks.length;
    hashCount += 1;
    const tx = hashOfNumber(0xabc000 + hashCount);
    const block: FakeBlock = {
      number,
      hash: hashOfNumber(hashCount),
      parentHash: blocks.at(-1)?.hash ?? zeroHash,
      timestamp: now(),
      events: events.map((event, logIndex): ChainEvent => ({ ...event, block: number, logIndex, tx })),
      stateAfter: copyMarket(state),
    };
    blocks.push(block);
    notify();
    return block;
  }

  function notify(): void {
    version += 1;
    changed.resolve();
    changed = Promise.withResolvers<void>();
  }

  function reach(): void {
    if (!isReachable) throw unreachableFault(network.rpcUrl);
  }

  async function read<T>(get: (latest: MarketState) => T): Promise<T> {
    reach();
    return get(state);
  }

  function wanted(event: ChainEvent, filter: EventFilter): boolean {
    return isWanted(event, filter, state.leases.get(event.lease)?.terms);
  }

  function sourceOf(filter: EventFilter): BlockSource {
    const between = (from: number, to: number) =>
      blocks.slice(from, to + 1).flatMap(({ events }) => events.filter((event) => wanted(event, filter)));
    let seenVersion = 0;
    return {
      head: () => {
        seenVersion = version;
        return read(() => blocks.at(-1) as FakeBlock);
      },
      block: (number) => read(() => blocks[number]),
      eventsOf: (block) =>
        read(() =>
          blocks[block.number]?.hash === block.hash ? between(block.number, block.number) : movedBlock(),
        ),
      eventsBetween: (from, to) => read(() => between(from, to)),
      nextHead: async (signal) => {
        if (seenVersion === version) await abortable(changed.promise, signal);
      },
    };
  }

  const reads: ChainReads = {
    network,
    domain,
    check: () => read(() => undefined),
    head: () => read(() => blocks.at(-1) as FakeBlock),
    balanceOf: (account) => read((s) => s.balances.get(account) ?? 0n),
    walletBalanceOf: (account) => read((s) => s.wallets.get(account) ?? 0n),
    gasBalanceOf: (account) => read(() => gas.get(account) ?? 10n ** 18n),
    counterOf: (tenant) => read((s) => s.counters.get(tenant) ?? 0n),
    leaseOf: (lease) =>
      read((s) => {
        const found = s.leases.get(lease);
        if (found === undefined) {
          return { funded: 0n, collected: 0n, readyAt: 0, status: 'unknown', termsHash: zeroHash };
        }
        const { funded, collected, readyAt, status, termsHash } = found;
        return { funded, collected, readyAt, status, termsHash };
      }),
    operatorOf: (operator) =>
      read((s) => s.operators.get(operator) ?? { hotKey: fakeAddress(''), bond: 0n, metadata: zeroHash }),
    operatorByHotKey: (hotKey) => read((s) => operatorByHotKey(s, hotKey)),
    activeHotKey: (operator) => read((s) => activeHotKey(s, rules, operator)),
    minimumBond: () => read(() => rules.minimumBond),
    isSignatureValid: (name, signed) => read(() => isSignedBySigner(domain, name, signed)),
    eventsSince: (from, filter = {}) =>
      read(() => blocks.slice(from).flatMap(({ events }) => events.filter((event) => wanted(event, filter)))),
    follow: async (followOptions) => {
      let position = -1;
      const cursor = {
        load: () => followOptions.cursor.load(),
        save: (at: { readonly block: number; readonly hash: Hex }) => {
          position = at.block;
          followOptions.cursor.save(at);
        },
      };
      const source = sourceOf(followOptions.filter ?? {});
      const follower = startFollower({ source, log, clock }, { fromBlock: 1 }, { ...followOptions, cursor });
      const entry = { follower, position: () => position };
      followers.push(entry);
      return {
        isHealthy: () => follower.isHealthy(),
        head: () => follower.head(),
        [Symbol.asyncDispose]: async () => {
          followers.splice(followers.indexOf(entry), 1);
          await follower[Symbol.asyncDispose]();
        },
      };
    },
  };

  async function transact(
    name: WriteName,
    sender: Address,
    effect: (calls: ReturnType<typeof marketCalls>, call: Call) => readonly MarketEvent[],
  ): Promise<{ readonly receipt: Receipt; readonly events: readonly ChainEvent[] }> {
    calls.set(name, (calls.get(name) ?? 0) + 1);
    reach();
    const fault = planned.get(name)?.shift();
    if (fault !== undefined) throw fault;
    await hold;
    reach();
    const draft = copyMarket(state);
    const events = effect(marketCalls(draft, rules), { name, sender, now: now() });
    state = draft;
    const block = mine(events);
    const receipt = receiptOf(block);
    return { receipt, events: block.events };
  }

  function receiptOf(block: FakeBlock): Receipt {
    const tx = block.events[0]?.tx ?? block.hash;
    return { tx, block: block.number, timestamp: block.timestamp, gasUsed: 100_000n };
  }

  /** Opening again what the same operator has opened is the same opening. */
  function openedBefore(
    lease: LeaseId,
    operator: Address,
  ): (Receipt & { readonly ref: LeaseRef }) | undefined {
    for (const block of blocks) {
      const event = block.events.find((one) => one.kind === 'lease-opened' && one.lease === lease);
      if (event?.kind === 'lease-opened' && event.terms.operator === operator) {
        return { ...receiptOf(block), ref: { lease, terms: event.terms } };
      }
    }
    return undefined;
  }

  function writer({ address }: { readonly address: Address }): ChainWriter {
    const send = async (
      ...args: Parameters<typeof transact> extends [infer N, Address, infer E] ? [N, E] : never
    ) => (await transact(args[0], address, args[1])).receipt;
    return {
      address,
      open: async (lease) => {
        const id = leaseIdOf(lease.order.message);
        try {
          const { receipt, events } = await transact('open', address, (market, call) =>
            market.open(call, lease),
          );
          const opened = events[0] as Extract<ChainEvent, { kind: 'lease-opened' }>;
          return { ...receipt, ref: { lease: id, terms: opened.terms } };
        } catch (error) {
          const before = openedBefore(id, lease.bid.message.operator);
          if (revertOf(error) === 'LeaseExists' && before !== undefined) return before;
          throw error;
        }
      },
      markReady: (ref, ready) => send('markReady', (market, call) => market.markReady(call, ref, ready)),
      collect: async (refs) => {
        const { receipt, events } = await transact('collect', address, (market, call) =>
          market.collect(call, refs),
        );
        const amounts = events.map((event) => (event.kind === 'lease-collected' ? event.amount : 0n));
        return { ...receipt, collected: amounts.reduce((sum, amount) => sum + amount, 0n) };
      },
      topUp: (ref, amount) => send('topUp', (market, call) => market.topUp(call, ref, amount)),
      amend: (ref, amendment) => send('amend', (market, call) => market.amend(call, ref, amendment)),
      close: (ref, effectiveAt) => send('close', (market, call) => market.close(call, ref, effectiveAt)),
      closeSigned: (ref, close) =>
        send('closeSigned', (market, call) => market.closeSigned(call, ref, close)),
      closeExhausted: (ref) => send('closeExhausted', (market, call) => market.closeExhausted(call, ref)),
      deposit: (amount) => send('deposit', (market, call) => market.deposit(call, amount)),
      withdraw: (amount) => send('withdraw', (market, call) => market.withdraw(call, amount)),
      cancelAll: () => send('cancelAll', (market, call) => market.cancelAll(call)),
      register: (hotKey, bond, metadata) =>
        send('register', (market, call) => market.register(call, hotKey, bond, metadata)),
      rotateHotKey: (hotKey) => send('rotateHotKey', (market, call) => market.rotateHotKey(call, hotKey)),
      addBond: (amount) => send('addBond', (market, call) => market.addBond(call, amount)),
      sendGas: (to, wei) => {
        giveGas(to, wei);
        return send('sendGas', () => []);
      },
      mintTest: async (to, amount) => {
        giveTokens(to, amount);
        return send('mintTest', () => []);
      },
    };
  }

  function giveTokens(account: Address, amount: bigint): void {
    state.wallets.set(account, (state.wallets.get(account) ?? 0n) + amount);
  }

  function giveGas(account: Address, wei: bigint): void {
    gas.set(account, (gas.get(account) ?? 0n) + wei);
  }

  return {
    reads,
    clock,
    calls,
    now,
    mine: () => void mine(),
    advance: async (seconds) => {
      if (ownClock === undefined)
        throw new Error('this chain follows the clock of the test: advance that one');
      await ownClock.advance(seconds * 1000);
      mine();
    },
    settled: async () => {
      const isBehind = () => followers.some(({ position }) => position() < blocks.length - 1);
      while (isReachable && isBehind()) await new Promise((resolve) => setImmediate(resolve));
    },
    writer,
    giveTokens,
    giveGas,
    giveBalance: (account, amount) => {
      state.balances.set(account, (state.balances.get(account) ?? 0n) + amount);
    },
    addOperator: (operator, hotKey, bond = rules.minimumBond) => {
      state.operators.set(operator, { hotKey, bond, metadata: zeroHash });
    },
    setReachable: (reachable) => {
      isReachable = reachable;
      notify();
    },
    failNext: (write, fault) => {
      planned.set(write, [...(planned.get(write) ?? []), fault]);
    },
    holdBlocks: () => {
      const { promise, resolve } = Promise.withResolvers<void>();
      hold = promise;
      return () => {
        hold = undefined;
        resolve();
      };
    },
    reorg: (depth) => {
      blocks.splice(Math.max(blocks.length - depth, 1));
      state = copyMarket((blocks.at(-1) as FakeBlock).stateAfter);
      for (let mined = 0; mined <= depth; mined += 1) mine();
    },
    [Symbol.asyncDispose]: async () => {
      await Promise.all(followers.map(({ follower }) => follower[Symbol.asyncDispose]()));
    },
  };
}

function fakeNetwork(): Network {
  return {
    name: 'fake',
    chainId: 31_337,
    rpcUrl: 'http://fake.invalid',
    market: fakeAddress('a1'),
    operators: fakeAddress('a2'),
    token: { address: fakeAddress('a3'), symbol: 'tUSD', decimals: 6 },
    fromBlock: 1,
    bootstrap: [],
    isLocal: true,
  };
}

function unreachableFault(rpcUrl: string): Fault {
  return new Fault('chain.unreachable', `no answer from the chain at ${rpcUrl}`, {
    blame: 'chain',
    retry: true,
    remedy: 'check that the node runs and that its address is right',
  });
}

function movedBlock(): never {
  throw new Fault('chain.block-moved', 'the block is not on the chain any more', {
    blame: 'chain',
    retry: true,
  });
}
