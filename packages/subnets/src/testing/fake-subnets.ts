/**
 * Subnets on a chain in memory, which mines when a test says so. A write is checked and ordered at once, and is there
 * for everybody with the next block; its promise resolves then. Reorganisations and outages on demand; the same calls
 * give the same blocks, always.
 */
import type { Receipt, SubnetEvent, SubnetReads, SubnetWriter } from '@souk/chain';
import { type Address, Fault, type Hex, type MarketDomain } from '@souk/protocol';
import * as Ledger from './ledger.ts';
import * as Rounds from './rounds.ts';

export interface FakeSubnetsOptions extends Partial<Ledger.LedgerOptions> {
  readonly blockSeconds?: number;
  readonly startSeconds?: number;
  /** Another one, other block hashes. */
  readonly seed?: number;
}

export interface FakeSubnets {
  readonly reads: SubnetReads;
  readonly domain: MarketDomain;
  /** True: nothing is answered, nothing sent. */
  isDown: boolean;
  writer(key: Address): SubnetWriter;
  /** Registers an operator, or gives it another hot key, in the next block. */
  setHotKey(operator: Address, hotKey: Address): void;
  giveSouk(account: Address, amount: bigint): void;
  mine(blocks?: number): void;
  /** Mines until `block` is there. */
  mineTo(block: number): void;
  /** The last `depth` blocks give way to `depth + 1` others; what was written in them is gone, or goes in again. */
  reorg(depth: number, options?: { readonly isKept: boolean }): void;
  head(): number;
}

interface Transaction {
  readonly from: Address;
  readonly tx: Hex;
  readonly work: (ledger: Ledger.Ledger, call: Ledger.Call) => unknown;
}

interface Block {
  readonly hash: Hex;
  readonly transactions: Transaction[];
  readonly events: SubnetEvent[];
  readonly waiting: ((block: number) => void)[];
}

const market: Address = '0x5b5b5b5b5b5b5b5b5b5b5b5b5b5b5b5b5b5b5b5b';
const domain: MarketDomain = { chainId: 31_337, market };

export function createFakeSubnets(options: FakeSubnetsOptions = {}): FakeSubnets {
  const settings = { emission: 10n ** 18n, unbondingSeconds: 60, quorumPatience: 10_000, ...options };
  const { blockSeconds = 1, startSeconds = 1_767_225_600, seed = 0 } = options;
  let ledger = Ledger.newLedger(settings);
  let fork = 0;
  let sent = 0;
  const newBlock = (number: number): Block => ({
    hash: hashOf(number, fork, seed),
    transactions: [],
    events: [],
    waiting: [],
  });
  let blocks: Block[] = [newBlock(0)];
  let pending = newBlock(1);
  const timeOf = (number: number) => startSeconds + number * blockSeconds;

  /** In the block that is mined next. */
  function enter(transaction: Transaction): unknown {
    const number = blocks.length;
    const events: SubnetEvent[] = [];
    const result = transaction.work(ledger, {
      from: transaction.from,
      block: number,
      timestamp: timeOf(number),
      blockHash: (block) => blocks[block]?.hash,
      emit: (event) => {
        const logIndex = pending.events.length + events.length;
        events.push({ ...event, block: number, logIndex, tx: transaction.tx } as SubnetEvent);
      },
    });
    pending.transactions.push(transaction);
    pending.events.push(...events);
    return result;
  }

  function mine(): void {
    const mined = pending;
    blocks.push(mined);
    pending = newBlock(blocks.length);
    for (const wake of mined.waiting) wake(blocks.length - 1);
  }

  function reorg(depth: number, isKept: boolean): void {
    const old = blocks;
    const lost = [...old.slice(-depth).flatMap((block) => block.transactions), ...pending.transactions];
    const { waiting } = pending;
    ledger = Ledger.newLedger(settings);
    const kept = old.slice(0, -depth);
    blocks = [];
    for (const { hash, transactions } of kept) {
      pending = { ...newBlock(blocks.length), hash };
      for (const transaction of transactions) enter(transaction);
      blocks.push(pending);
    }
    fork += 1;
    pending = newBlock(blocks.length);
    for (const transaction of isKept ? lost : []) tryTo(() => enter(transaction));
    for (let left = depth + 1; left > 0; left -= 1) mine();
    for (const wake of waiting) wake(blocks.length - 1);
  }

  function send<T>(
    from: Address,
    work: (ledger: Ledger.Ledger, call: Ledger.Call) => T,
  ): Promise<Receipt & { readonly result: T }> {
    return guarded(() => {
      const tx = hashOf((sent += 1), 0xffff);
      const result = enter({ from, tx, work }) as T;
      return new Promise((resolve) => {
        pending.waiting.push((block) =>
          resolve({ tx, block, timestamp: timeOf(block), gasUsed: 0n, result }),
        );
      });
    });
  }

  async function guarded<T>(work: () => T | Promise<T>): Promise<T> {
    if (!chain.isDown) return work();
    throw new Fault('chain.unreachable', 'no answer from the RPC node', { blame: 'chain', retry: true });
  }

  const subnetAt = (id: number) => ledger.subnets.get(id);
  const reads: SubnetReads = {
    domain,
    head: () => guarded(() => ({ number: blocks.length - 1, timestamp: timeOf(blocks.length - 1) })),
    blockHash: (block) => guarded(() => blocks[block]?.hash),
    events: ({ from, to, subnet }) =>
      guarded(() =>
        blocks
          .slice(Math.max(0, from), to + 1)
          .flatMap((block) => block.events)
          .filter((event) => event.kind === 'hot-key' || (subnet !== undefined && event.subnet === subnet)),
      ),
    accruedAt: (subnet, block) => guarded(() => Rounds.emittedBefore(ledger, subnet, block)),
    countSubnets: () => guarded(() => ledger.subnets.size),
    subnetOf: (id) => guarded(() => stateOf(subnetAt(id), blocks.length - 1)),
    creationPrice: () => guarded(() => 0n),
    registrationPrice: (id) =>
      guarded(() => {
        const subnet = Ledger.subnetIn(ledger, id);
        return Ledger.paramsAt(subnet, Ledger.epochAt(subnet, blocks.length)).minPrice;
      }),
    stakeOf: (id, operator, delegator) =>
      guarded(() => Ledger.stakeOf(Ledger.subnetIn(ledger, id), operator, delegator)),
    unbondingOf: (id, operator, delegator) =>
      guarded(() => [...(subnetAt(id)?.unbondings.get(`${operator} ${delegator}`) ?? [])]),
    claimedOf: (id, account) => guarded(() => subnetAt(id)?.claimed.get(account) ?? 0n),
    soukBalanceOf: (account) => guarded(() => ledger.souk.get(account) ?? 0n),
    schedule: () => guarded(() => ({ perBlock: settings.emission, minted: 0n, cap: 10n ** 27n })),
  };

  const chain: FakeSubnets = {
    reads,
    domain,
    isDown: false,
    writer: (key) => writerOf(key, (work) => send(key, work)),
    setHotKey: (operator, hotKey) => {
      void send(operator, (state, call) => Ledger.setHotKey(state, call, hotKey));
    },
    giveSouk: (account, amount) => {
      void send(account, (state) => state.souk.set(account, (state.souk.get(account) ?? 0n) + amount));
    },
    mine: (count = 1) => {
      for (let left = count; left > 0; left -= 1) mine();
    },
    mineTo: (block) => {
      while (blocks.length - 1 < block) mine();
    },
    reorg: (depth, { isKept } = { isKept: false }) => reorg(depth, isKept),
    head: () => blocks.length - 1,
  };
  return chain;
}

type Send = <T>(
  work: (ledger: Ledger.Ledger, call: Ledger.Call) => T,
) => Promise<Receipt & { readonly result: T }>;

function writerOf(address: Address, send: Send): SubnetWriter {
  return {
    address,
    create: async (wish) => {
      const { result: subnet, ...receipt } = await send((state, call) => Ledger.create(state, call, wish));
      return { ...receipt, subnet };
    },
    setParam: (subnet, name, value) =>
      send((state, call) => Ledger.setParam(state, call, subnet, name, value)),
    setIdentity: (subnet, identity) =>
      send((_, call) => call.emit({ kind: 'identity-set', subnet, identity })),
    setOwner: (subnet, owner) =>
      send((state, call) => {
        Ledger.subnetIn(state, subnet).owner = owner;
        call.emit({ kind: 'owner-changed', subnet, owner });
      }),
    dissolve: (subnet) =>
      send((state, call) => {
        Ledger.subnetIn(state, subnet).isDissolved = true;
        call.emit({ kind: 'dissolved', subnet });
      }),
    register: async (subnet, maxPrice) => {
      const { result: registration, ...receipt } = await send((state, call) =>
        Ledger.register(state, call, subnet, maxPrice),
      );
      return { ...receipt, registration };
    },
    deregister: (subnet, registration) =>
      send((state, call) => Ledger.deregister(state, call, subnet, registration)),
    withdrawCollateral: (subnet, registration) =>
      send((state, call) => Ledger.withdrawCollateral(state, call, subnet, registration)),
    serve: (subnet, registration, endpoints, units) =>
      send((state, call) => Ledger.serve(state, call, subnet, registration, { endpoints, units })),
    stake: (subnet, operator, amount) =>
      send((state, call) => Ledger.stake(state, call, subnet, operator, amount)),
    unstake: (subnet, operator, amount) =>
      send((state, call) => Ledger.unstake(state, call, subnet, operator, amount)),
    finishUnstake: (subnet, operator) =>
      send((state, call) => Ledger.finishUnstake(state, call, subnet, operator)),
    moveStake: (from, to, amount) => send((state, call) => Ledger.moveStake(state, call, from, to, amount)),
    transferStake: (subnet, operator, to, amount) =>
      send((state, call) => Ledger.transferStake(state, call, { subnet, operator }, to, amount)),
    setTake: (subnet, take) => send((state, call) => Ledger.setTake(state, call, subnet, take)),
    setChildren: (subnet, children) =>
      send((state, call) => Ledger.setChildren(state, call, subnet, children)),
    commit: (subnet, epoch, hash) => send((state, call) => Rounds.commit(state, call, subnet, epoch, hash)),
    reveal: (subnet, epoch, given) => send((state, call) => Rounds.reveal(state, call, subnet, epoch, given)),
    open: (subnet, epoch, evidence) =>
      send((state, call) => Rounds.open(state, call, subnet, epoch, evidence)),
    postEpoch: (post) => send((state, call) => Rounds.postEpoch(state, call, domain, post)),
    claim: (subnet, account, cumulative, proof) =>
      send((state, call) => Rounds.claim(state, call, subnet, { account, cumulative, proof })),
    slash: (a, b) => send((state, call) => Rounds.slash(state, call, domain, [a, b])),
    transferSouk: (to, amount) => send((state, call) => Ledger.transferSouk(state, call, to, amount)),
  };
}

function stateOf(subnet: Ledger.FakeSubnet | undefined, head: number) {
  if (subnet === undefined) return undefined;
  const { owner, startBlock, tempo, isDissolved, nextEpoch, total, rewardRoot } = subnet;
  return {
    owner,
    startBlock,
    tempo,
    params: Ledger.paramsAt(subnet, Ledger.epochAt(subnet, head)),
    miners: [...subnet.registrations.values()].filter(({ endedAt }) => endedAt === 0).length,
    stake: Ledger.stakeIn(subnet),
    isDissolved,
    nextEpoch,
    total,
    rewardRoot,
  };
}

/** Anything that differs for every block of every fork. */
function hashOf(number: number, fork: number, seed = 0): Hex {
  const digits = (value: number, width: number) => value.toString(16).padStart(width, '0');
  return `0x${digits(seed, 8)}${digits(fork, 8)}${digits(number, 8)}${'00'.repeat(20)}`;
}

function tryTo(work: () => unknown): void {
  try {
    work();
  } catch (error) {
    if (!(error instanceof Fault)) throw error;
  }
}
