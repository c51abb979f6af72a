/**
 * Follows the Market's events over any source of blocks, level-triggered: every step compares the stored position
 * with the chain's head and repairs the difference. At least once and in order; a position is saved only after its
 * handlers have succeeded. It never gives up: failures of the node and of handlers are retried until disposal.
 * Called by the real chain (over RPC) and by the fake one, so that both behave alike.
 */
import { type Clock, Fault, type Hex, type Log } from '@souk/protocol';
import { abortable } from './abortable.ts';
import type { ChainEvent, ChainHead, FollowCursor, Follower, FollowOptions } from './chain.ts';

export interface Block {
  readonly number: number;
  readonly hash: Hex;
  readonly parentHash: Hex;
  /** Unix seconds. */
  readonly timestamp: number;
}

/** What a follower asks of a node. Each call may throw; `block` says undefined for a block that is not there. */
export interface BlockSource {
  head(): Promise<Block>;
  block(number: number): Promise<Block | undefined>;
  /** Events of this very block, asked for by hash: fails where the node has another one. */
  eventsOf(block: Block): Promise<readonly ChainEvent[]>;
  /** Throws `chain.range-too-large` where the node refuses so many blocks or events at once. */
  eventsBetween(from: number, to: number): Promise<readonly ChainEvent[]>;
  /** Resolves when the head may have changed. */
  nextHead(signal: AbortSignal): Promise<void>;
}

export interface FollowDeps {
  readonly source: BlockSource;
  readonly log: Log;
  readonly clock: Clock;
}

export interface FollowConfig {
  /** Block of the first contract: nothing is asked for before it. */
  readonly fromBlock: number;
  /** Most blocks asked for at once. */
  readonly maxSpan?: number;
}

interface Position {
  readonly number: number;
  readonly hash: Hex;
}

/** Hashes remembered to find a fork by, and how far to rewind where none of them is left on the chain. */
const trailLength = 256;
/** A head below our position is a lagging node for this long, then a chain that has lost blocks. */
const lagPatienceMs = 15_000;
const backoffMs = { first: 200, most: 10_000 };

export function startFollower(deps: FollowDeps, config: FollowConfig, options: FollowOptions): Follower {
  const { source, log, clock } = deps;
  const stop = new AbortController();
  const floor = Math.max(config.fromBlock - 1, 0);
  const maxSpan = config.maxSpan ?? 2000;
  const trail: Position[] = [];
  let position = fromCursor(options.cursor);
  let span = maxSpan;
  let behindSinceMs: number | undefined;
  let isHealthy = false;
  let seenHead: ChainHead | undefined;

  const run = (async () => {
    let failures = 0;
    while (!stop.signal.aborted) {
      try {
        const isCaughtUp = await step();
        if (!isHealthy) log.info('following the chain', { block: position?.number });
        isHealthy = true;
        failures = 0;
        if (isCaughtUp) await source.nextHead(stop.signal);
      } catch (error) {
        if (stop.signal.aborted) return;
        await backOff(error, failures);
        failures += 1;
      }
    }
  })();

  /** One comparison with the chain; true when nothing is left to do until the next head. */
  async function step(): Promise<boolean> {
    const head = await ask(source.head());
    position ??= await positionAt(floor, head);
    if (position === undefined) return true;
    if (head.number < position.number) return waitOrRewind(head);
    behindSinceMs = undefined;
    if (!(await isOnChain(position, head))) {
      await rewind();
      return false;
    }
    const from = position.number + 1;
    if (from > head.number) return noteHead(head);
    if (from === head.number) {
      await deliver(await ask(source.eventsOf(head)), head);
      return noteHead(head);
    }
    await deliverRange(from, head);
    return position.number === head.number && noteHead(head);
  }

  /** The last block's hash is read before and after the events, so that they belong to one chain. */
  async function deliverRange(from: number, head: Block): Promise<void> {
    const to = Math.min(head.number, from + span - 1);
    const last = to === head.number ? head : await mustHave(to);
    const events = await ask(source.eventsBetween(from, to)).catch((error: unknown) => {
      if (error instanceof Fault && error.code === 'chain.range-too-large') span = Math.max(span >> 1, 1);
      throw error;
    });
    const again = await mustHave(to);
    if (again.hash !== last.hash) throw movedFault(to);
    await deliver(events, last);
    span = Math.min(span * 2, maxSpan);
  }

  async function deliver(events: readonly ChainEvent[], last: Block): Promise<void> {
    for (const event of events) await persist('event', () => options.onEvent(event));
    moveTo({ number: last.number, hash: last.hash });
  }

  /** A handler is called until it succeeds: skipping an event would lose it for ever. */
  async function persist(what: string, handle: () => Promise<void> | void): Promise<void> {
    for (let failures = 0; ; failures += 1) {
      stop.signal.throwIfAborted();
      try {
        await handle();
        return;
      } catch (error) {
        isHealthy = false;
        log.error('a handler of chain events failed and is called again', { what, error: messageOf(error) });
        await clock.sleep(delayMs(failures), stop.signal);
      }
    }
  }

  function moveTo(next: Position): void {
    position = next;
    trail.push(next);
    if (trail.length > trailLength) trail.shift();
    options.cursor.save({ block: next.number, hash: next.hash });
  }

  function noteHead(head: Block): boolean {
    if (seenHead?.number === head.number && seenHead.timestamp === head.timestamp) return true;
    seenHead = { number: head.number, timestamp: head.timestamp };
    options.onHead?.(seenHead);
    return true;
  }

  async function isOnChain(at: Position, head: Block): Promise<boolean> {
    if (head.number === at.number) return head.hash === at.hash;
    if (head.number === at.number + 1) return head.parentHash === at.hash;
    return (await mustHave(at.number)).hash === at.hash;
  }

  async function waitOrRewind(head: Block): Promise<boolean> {
    const known = trail.findLast((entry) => entry.number === head.number);
    behindSinceMs ??= clock.now();
    const isLagging =
      known === undefined ? clock.now() - behindSinceMs < lagPatienceMs : known.hash === head.hash;
    if (isLagging) return true;
    await rewind();
    return false;
  }

  /** Back to the newest block that we have seen and that is still on the chain. */
  async function rewind(): Promise<void> {
    const fork = await findFork();
    log.warn('the chain was reorganised', { from: position?.number, fork: fork.number });
    await persist('reorg', () => options.onReorg?.(fork.number + 1));
    while ((trail.at(-1)?.number ?? -1) >= fork.number) trail.pop();
    behindSinceMs = undefined;
    moveTo(fork);
  }

  async function findFork(): Promise<Position> {
    for (const entry of trail.toReversed()) {
      const block = await ask(source.block(entry.number));
      if (block?.hash === entry.hash) return entry;
    }
    const head = await ask(source.head());
    const oldest = Math.min(trail[0]?.number ?? Infinity, position?.number ?? Infinity, head.number);
    const block = await mustHave(Math.min(Math.max(oldest - trailLength, floor), head.number));
    return { number: block.number, hash: block.hash };
  }

  async function positionAt(number: number, head: Block): Promise<Position | undefined> {
    if (head.number < number) return undefined;
    return mustHave(number);
  }

  async function mustHave(number: number): Promise<Block> {
    const block = await ask(source.block(number));
    if (block === undefined) throw movedFault(number);
    return block;
  }

  function ask<T>(answer: Promise<T>): Promise<T> {
    return abortable(answer, stop.signal);
  }

  async function backOff(error: unknown, failures: number): Promise<void> {
    const isRoutine = error instanceof Fault && routine.has(error.code);
    if (isRoutine && failures < 20) return;
    if (isHealthy) log.warn('the chain cannot be followed for now', { error: messageOf(error) });
    isHealthy = false;
    await clock.sleep(delayMs(failures), stop.signal).catch(() => undefined);
  }

  return {
    isHealthy: () => isHealthy,
    head: () => seenHead,
    [Symbol.asyncDispose]: async () => {
      stop.abort(new Fault('chain.closed', 'the follower was stopped', { blame: 'self' }));
      await run;
    },
  };
}

/** Expected while following: mended by asking again. */
const routine = new Set(['chain.range-too-large', 'chain.block-moved']);

function movedFault(block: number): Fault {
  return new Fault('chain.block-moved', `block ${block} changed while it was read`, {
    blame: 'chain',
    retry: true,
  });
}

function fromCursor(cursor: FollowCursor): Position | undefined {
  const stored = cursor.load();
  return stored && { number: stored.block, hash: stored.hash };
}

function delayMs(failures: number): number {
  return Math.min(backoffMs.first * 2 ** Math.min(failures, 16), backoffMs.most);
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
