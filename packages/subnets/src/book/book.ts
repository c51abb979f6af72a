/**
 * The events of one subnet, followed from the chain: asked for block by block, checked against reorganisations, and told
 * as a view. Level-triggered: `refresh` brings it up to date however much was missed. It writes nothing.
 */
import type { SubnetEvent, SubnetReads } from '@souk/chain';
import { Fault, type Hex } from '@souk/protocol';
import { epochAt } from '../epochs/blocks.ts';
import { type DraftView, newView, type SubnetView } from './view.ts';

export interface BookOptions {
  readonly subnet: number;
  /** Block of the contracts, or any before the subnet and its operators. */
  readonly fromBlock: number;
  /** Blocks asked for at once. */
  readonly blocksPerRead: number;
}

export interface SubnetBook {
  /**
   * Up to the latest block; `onBatch` is called whenever some blocks were read. Throws what the chain throws, and then
   * is as it was after the last of them.
   */
  refresh(onBatch?: () => unknown): Promise<void>;
  /** Of the last refresh. */
  head(): number;
  /** Unix seconds of that block. */
  headTime(): number;
  /** Whether the subnet's making was seen. */
  isFound(): boolean;
  /** Throws `subnets.unknown-subnet` where it was not. */
  view(): SubnetView;
  /** Oldest first. Of work for epochs, only what may still be computed with: see `settle`. */
  events(): readonly SubnetEvent[];
  /** Work for epochs before this one is of no use any more. */
  settle(epoch: number): void;
  /** The oldest block of which a refresh found that it had been replaced, since the last time this was asked. */
  takeReorg(): number | undefined;
}

/** Blocks whose hashes are remembered, to find where two chains part. */
const keptHashes = 256;

export function openBook(reads: SubnetReads, options: BookOptions): SubnetBook {
  const { subnet, fromBlock, blocksPerRead } = options;
  let events: SubnetEvent[] = [];
  let draft = newView();
  let upTo = fromBlock - 1;
  let headTime = 0;
  let reorg: number | undefined;
  let isRefreshing: Promise<void> | undefined;
  const hashes = new Map<number, Hex>();

  async function catchUp(onBatch: () => unknown): Promise<void> {
    const head = await reads.head();
    await leaveReplaced(head.number);
    while (upTo < head.number) {
      const to = Math.min(head.number, upTo + blocksPerRead);
      const hash = await reads.blockHash(to);
      const fresh = await reads.events({ from: upTo + 1, to, subnet });
      // Replaced while it was read: the next refresh starts over from here.
      if (hash === undefined || (await reads.blockHash(to)) !== hash) return;
      for (const event of fresh) draft.apply(event);
      events.push(...fresh);
      upTo = to;
      hashes.set(to, hash);
      for (const block of hashes.keys()) if (hashes.size > keptHashes) hashes.delete(block);
      await onBatch();
    }
    headTime = head.timestamp;
  }

  /** Goes back to the newest block that is still there. */
  async function leaveReplaced(head: number): Promise<void> {
    const known = [...hashes.keys()].toSorted((a, b) => b - a);
    let fork: number | undefined;
    for (const block of known) {
      if (block <= head && (await reads.blockHash(block)) === hashes.get(block)) {
        fork = block;
        break;
      }
      hashes.delete(block);
    }
    const kept = fork ?? fromBlock - 1;
    if (kept === upTo) return;
    events = events.filter((event) => event.block <= kept);
    draft = replay(events);
    upTo = kept;
    reorg = Math.min(reorg ?? Infinity, kept + 1);
  }

  const view = () => {
    const found = draft.view();
    if (found) return found;
    throw new Fault('subnets.unknown-subnet', `subnet ${subnet} is not on this chain`, {
      blame: 'user',
      data: { subnet },
      remedy: 'see `souk subnet ls` for those there are',
    });
  };

  return {
    refresh: async (onBatch = () => undefined) => {
      isRefreshing ??= catchUp(onBatch).finally(() => (isRefreshing = undefined));
      await isRefreshing;
    },
    head: () => upTo,
    headTime: () => headTime,
    isFound: () => draft.view() !== undefined,
    view,
    events: () => events,
    settle: (epoch) => {
      if (draft.view() === undefined) return;
      const isDone = (event: SubnetEvent) => isWork(event) && event.epoch < epoch;
      draft.forgetBefore(Math.min(epoch, epochAt(view().tempo, upTo)) - 2);
      if (events.some(isDone)) events = events.filter((event) => !isDone(event));
    },
    takeReorg: () => {
      const found = reorg;
      reorg = undefined;
      return found;
    },
  };
}

function isWork(event: SubnetEvent) {
  return event.kind === 'committed' || event.kind === 'revealed' || event.kind === 'opened';
}

function replay(events: readonly SubnetEvent[]): DraftView {
  const draft = newView();
  for (const event of events) draft.apply(event);
  return draft;
}
