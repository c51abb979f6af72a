import { Fault, type Hex, silentLog, systemClock } from '@souk/protocol';
import { describe, expect, it, vi } from 'vitest';
import type { ChainEvent, FollowCursor } from './chain.ts';
import { type Block, type BlockSource, startFollower } from './follow.ts';
import { createTestClock } from './testing/test-clock.ts';

interface Chain {
  blocks: Block[];
  maxRange: number;
  isDown: boolean;
  asked: [number, number][];
}

const hash = (number: number, fork: number): Hex => `0x${number}f${fork}`;

function chainOf(length: number): Chain {
  const chain: Chain = { blocks: [], maxRange: Infinity, isDown: false, asked: [] };
  extend(chain, length, 0);
  return chain;
}

function extend(chain: Chain, count: number, fork: number): void {
  for (let added = 0; added < count; added += 1) {
    const number = chain.blocks.length;
    const parentHash = chain.blocks.at(-1)?.hash ?? '0x';
    chain.blocks.push({ number, hash: hash(number, fork), parentHash, timestamp: number });
  }
}

// One event in every block, told apart by its transaction: the block's hash.
function eventOf(block: Block): ChainEvent {
  return {
    kind: 'lease-collected',
    lease: block.hash,
    amount: 1n,
    block: block.number,
    logIndex: 0,
    tx: block.hash,
  };
}

function sourceOf(chain: Chain): BlockSource {
  const up = async <T>(get: () => T): Promise<T> => {
    if (chain.isDown) throw new Fault('chain.unreachable', 'down', { blame: 'chain', retry: true });
    return get();
  };
  return {
    head: () => up(() => chain.blocks.at(-1) as Block),
    block: (number) => up(() => chain.blocks[number]),
    eventsOf: (block) => up(() => [eventOf(block)]),
    eventsBetween: (from, to) =>
      up(() => {
        chain.asked.push([from, to]);
        if (to - from + 1 > chain.maxRange && to > from) {
          throw new Fault('chain.range-too-large', 'too many blocks', { blame: 'chain' });
        }
        return chain.blocks.slice(from, to + 1).map(eventOf);
      }),
    nextHead: (signal) => systemClock.sleep(1, signal),
  };
}

function cursorAt(block?: Block): FollowCursor & { saved: number[] } {
  let stored = block && { block: block.number, hash: block.hash };
  const saved: number[] = [];
  return {
    saved,
    load: () => stored,
    save: (position) => {
      stored = position;
      saved.push(position.block);
    },
  };
}

function follow(chain: Chain, cursor: FollowCursor, onEvent?: (event: ChainEvent) => void, maxSpan = 100) {
  const seen: Hex[] = [];
  const voided: number[] = [];
  const clock = createTestClock(0);
  const follower = startFollower(
    { source: sourceOf(chain), log: silentLog, clock },
    { fromBlock: 1, maxSpan },
    {
      cursor,
      onEvent: (event) => {
        onEvent?.(event);
        seen.push(event.tx);
      },
      onReorg: (block) => void voided.push(block),
    },
  );
  return { follower, seen, voided, clock };
}

const hashes = (from: number, to: number, fork = 0) =>
  Array.from({ length: to - from + 1 }, (_, index) => hash(from + index, fork));

describe('a follower', () => {
  it('starts at the first block of the contracts and reaches the head in bounded ranges', async () => {
    const chain = chainOf(251);
    const { follower, seen } = follow(chain, cursorAt());
    await using _ = follower;
    await vi.waitFor(() => expect(seen).toEqual(hashes(1, 250)));
    expect(chain.asked).toEqual([
      [1, 100],
      [101, 200],
      [201, 250],
    ]);
    expect(follower.isHealthy()).toBe(true);
    expect(follower.head()).toEqual({ number: 250, timestamp: 250 });
  });

  it('halves its ranges where the node refuses them, and loses nothing', async () => {
    const chain = chainOf(101);
    chain.maxRange = 7;
    const { follower, seen } = follow(chain, cursorAt());
    await using _ = follower;
    await vi.waitFor(() => expect(seen).toEqual(hashes(1, 100)));
  });

  it('goes on from the stored position after a restart', async () => {
    const chain = chainOf(21);
    const { follower, seen } = follow(chain, cursorAt(chain.blocks[15]));
    await using _ = follower;
    await vi.waitFor(() => expect(seen).toEqual(hashes(16, 20)));
  });

  it('saves its position only after the handler succeeded, and calls a failing handler again', async () => {
    const chain = chainOf(4);
    let failures = 0;
    const cursor = cursorAt(chain.blocks[1]);
    const { follower, seen, clock } = follow(
      chain,
      cursor,
      (event) => {
        if (event.block === 3 && failures++ < 3) throw new Error('store is busy');
      },
      1,
    );
    await using _ = follower;
    await vi.waitFor(() => expect(failures).toBe(1));
    expect(cursor.saved).toEqual([2]);
    expect(follower.isHealthy()).toBe(false);
    await clock.advance(60_000);
    await vi.waitFor(() => expect(cursor.saved).toEqual([2, 3]));
    expect(seen).toEqual(hashes(2, 3));
  });

  it('walks back to the fork on a reorg and replays from there', async () => {
    const chain = chainOf(11);
    const { follower, seen, voided } = follow(chain, cursorAt(), undefined, 1);
    await using _ = follower;
    await vi.waitFor(() => expect(seen).toHaveLength(10));
    chain.blocks.splice(7);
    extend(chain, 6, 1);
    await vi.waitFor(() => expect(seen.slice(10)).toEqual(hashes(7, 12, 1)));
    expect(voided).toEqual([7]);
  });

  it('notices a reorg that happened while it was not running', async () => {
    const chain = chainOf(11);
    const cursor = cursorAt({ number: 10, hash: '0xgone', parentHash: '0x', timestamp: 0 });
    const { follower, seen, voided } = follow(chain, cursor);
    await using _ = follower;
    await vi.waitFor(() => expect(seen).toEqual(hashes(1, 10)));
    expect(voided).toEqual([1]);
  });

  it('takes a head that is behind for a lagging node, unless it stays behind', async () => {
    const chain = chainOf(6);
    const { follower, seen, voided, clock } = follow(chain, cursorAt(chainOf(101).blocks[100]));
    await using _ = follower;
    await vi.waitFor(() => expect(follower.isHealthy()).toBe(true));
    expect(voided).toEqual([]);
    await clock.advance(20_000);
    await vi.waitFor(() => expect(seen).toEqual(hashes(1, 5)));
    expect(voided).toEqual([1]);
  });

  it('is unhealthy while the node is down and recovers when it is back', async () => {
    const chain = chainOf(3);
    const { follower, seen, clock } = follow(chain, cursorAt());
    await using _ = follower;
    await vi.waitFor(() => expect(seen).toHaveLength(2));
    chain.isDown = true;
    await vi.waitFor(() => expect(follower.isHealthy()).toBe(false));
    await clock.advance(3_600_000);
    expect(follower.isHealthy()).toBe(false);
    extend(chain, 2, 0);
    chain.isDown = false;
    await clock.advance(10_000);
    await vi.waitFor(() => expect(seen).toEqual(hashes(1, 4)));
    expect(follower.isHealthy()).toBe(true);
  });
});
