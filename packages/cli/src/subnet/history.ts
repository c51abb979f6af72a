/**
 * What has happened in subnets, read from the chain once and kept in the home's SQLite: events, and the epochs that
 * were computed from them. Only a cache: everything in it can be had from the chain again, and where the chain is not the one it was
 * read from (a reorg, a wiped network) it is thrown away. Epochs are computed here, never taken from a peer's word.
 */
import { deserialize, serialize } from 'node:v8';
import type { SubnetEvent, SubnetReads } from '@souk/chain';
import type { Store } from '@souk/daemon';
import { Fault } from '@souk/protocol';
import {
  blocksOf,
  type EpochBlocks,
  type EpochFacts,
  type EpochResult,
  type EpochsInputs,
} from '@souk/subnets';
import { pictureOf, type SubnetPicture } from './state.ts';

/** Events of the newest blocks are read anew each time, for those blocks may still be replaced. */
const unsettledBlocks = 16;
/** Epochs computed between two looks at the events. */
const atOnce = 32;
/** Events and results are stored as V8 writes them; where their form changes, a migration empties the tables. */
const migrations = [
  `CREATE TABLE subnet_read (subnet INTEGER PRIMARY KEY, block INTEGER NOT NULL, hash TEXT NOT NULL)`,
  `CREATE TABLE subnet_event (subnet INTEGER NOT NULL, block INTEGER NOT NULL, log INTEGER NOT NULL, event BLOB NOT NULL, PRIMARY KEY (subnet, block, log))`,
  `CREATE TABLE subnet_epoch (subnet INTEGER NOT NULL, epoch INTEGER NOT NULL, hash TEXT NOT NULL, result BLOB NOT NULL, PRIMARY KEY (subnet, epoch))`,
];

export interface HistoryDeps {
  readonly reads: SubnetReads;
  readonly store: Store;
  /** Of the contract's first block. */
  readonly fromBlock: number;
  readonly compute: (inputs: EpochsInputs, picture: SubnetPicture) => Promise<readonly EpochResult[]>;
}

export interface SubnetHistory {
  readonly picture: SubnetPicture;
  readonly events: readonly SubnetEvent[];
  readonly head: number;
  /** The newest epoch that can be computed now; undefined before the first. */
  readonly latest: number | undefined;
  blocksOf(epoch: number): EpochBlocks;
  /** Throws `subnet.epoch-not-over` for one that can't be computed yet. `onEpoch` is told of each that has to be computed. */
  epoch(epoch: number, onEpoch?: (epoch: number) => void): Promise<EpochResult>;
}

/** Everything that happened in `subnet` so far. Throws `subnet.not-found`. */
export async function readHistory(deps: HistoryDeps, subnet: number): Promise<SubnetHistory> {
  const { reads, store } = deps;
  store.migrate('subnet-history', migrations);
  const head = (await reads.head()).number;
  const events = await readEvents(deps, subnet, head);
  const picture = pictureOf(subnet, events);
  if (picture === undefined) throw await notFound(reads, subnet);
  const of = (epoch: number) => blocksOf(picture, epoch);
  const latest = latestOf(picture, of, head);
  return {
    picture,
    events,
    head,
    latest,
    blocksOf: of,
    epoch: async (epoch, onEpoch) => {
      if (latest === undefined || epoch > latest) throw notOver(subnet, epoch, of(epoch), head);
      return computeUpTo(deps, { picture, events, epoch, onEpoch });
    },
  };
}

async function readEvents(deps: HistoryDeps, subnet: number, head: number): Promise<readonly SubnetEvent[]> {
  const { reads, store, fromBlock } = deps;
  const known = await knownUpTo(deps, subnet);
  const stored = store
    .all('SELECT event FROM subnet_event WHERE subnet = ? ORDER BY block, log', subnet)
    .map((row) => deserialize(row['event'] as Uint8Array) as SubnetEvent);
  const from = known === undefined ? fromBlock : known + 1;
  if (from > head) return stored;
  const fresh = await reads.events({ from, to: head, subnet });
  const settled = head - unsettledBlocks;
  const hash = settled < from ? undefined : await reads.blockHash(settled);
  if (hash !== undefined) {
    store.transaction(() => {
      for (const event of fresh.filter(({ block }) => block <= settled)) {
        store.run(
          'INSERT OR REPLACE INTO subnet_event (subnet, block, log, event) VALUES (?, ?, ?, ?)',
          subnet,
          event.block,
          event.logIndex,
          serialize(event),
        );
      }
      store.run(
        'INSERT OR REPLACE INTO subnet_read (subnet, block, hash) VALUES (?, ?, ?)',
        subnet,
        settled,
        hash,
      );
    });
  }
  return [...stored, ...fresh];
}

/** Up to which block the stored events are this chain's; forgets them all where they are another's. */
async function knownUpTo({ reads, store }: HistoryDeps, subnet: number): Promise<number | undefined> {
  const row = store.get('SELECT block, hash FROM subnet_read WHERE subnet = ?', subnet);
  if (row === undefined) return undefined;
  const block = Number(row['block']);
  if ((await reads.blockHash(block)) === row['hash']) return block;
  store.transaction(() => {
    // Epochs are held to blocks of their own.
    for (const table of ['subnet_read', 'subnet_event'])
      store.run(`DELETE FROM ${table} WHERE subnet = ?`, subnet);
  });
  return undefined;
}

interface Wanted {
  readonly picture: SubnetPicture;
  readonly events: readonly SubnetEvent[];
  readonly epoch: number;
  readonly onEpoch: ((epoch: number) => void) | undefined;
}

async function computeUpTo(deps: HistoryDeps, wanted: Wanted): Promise<EpochResult> {
  const { store, compute } = deps;
  const { picture, events, epoch, onEpoch } = wanted;
  const { subnet } = picture;
  let previous = await newestKnown(deps, picture, epoch);
  while (previous?.epoch !== epoch) {
    const from = previous === undefined ? 0 : previous.epoch + 1;
    const to = Math.min(epoch, from + atOnce - 1);
    onEpoch?.(from);
    const facts = await Promise.all(range(from, to).map((each) => factsOf(deps, picture, each)));
    const results: readonly EpochResult[] = await compute({ subnet, from, facts, events, previous }, picture);
    store.transaction(() => {
      for (const result of results) {
        store.run(
          'INSERT OR REPLACE INTO subnet_epoch (subnet, epoch, hash, result) VALUES (?, ?, ?, ?)',
          subnet,
          result.epoch,
          result.snapshotBlock,
          serialize(result),
        );
      }
    });
    previous = results.at(-1);
  }
  return previous;
}

async function factsOf({ reads }: HistoryDeps, picture: SubnetPicture, epoch: number): Promise<EpochFacts> {
  const blocks = blocksOf(picture, epoch);
  const [beacon, snapshotBlock, accrued] = await Promise.all([
    reads.blockHash(blocks.beacon),
    reads.blockHash(blocks.snapshot),
    reads.accruedAt(picture.subnet, blocks.end),
  ]);
  if (beacon !== undefined && snapshotBlock !== undefined) return { beacon, snapshotBlock, accrued };
  throw notOver(picture.subnet, epoch, blocks, blocks.end);
}

function range(from: number, to: number): readonly number[] {
  return Array.from({ length: to - from + 1 }, (_, index) => from + index);
}

/** The newest computed epoch, up to `epoch`, whose block is still this chain's. Later ones fall with those that are not. */
async function newestKnown(
  { reads, store }: HistoryDeps,
  { subnet }: SubnetPicture,
  epoch: number,
): Promise<EpochResult | undefined> {
  for (;;) {
    const row = store.get(
      'SELECT epoch, hash, result FROM subnet_epoch WHERE subnet = ? AND epoch <= ? ORDER BY epoch DESC LIMIT 1',
      subnet,
      epoch,
    );
    if (row === undefined) return undefined;
    const result = deserialize(row['result'] as Uint8Array) as EpochResult;
    if ((await reads.blockHash(result.blocks.snapshot)) === row['hash']) return result;
    store.run('DELETE FROM subnet_epoch WHERE subnet = ? AND epoch >= ?', subnet, result.epoch);
  }
}

function latestOf(
  { startBlock, tempo }: SubnetPicture,
  blocksOf: (epoch: number) => EpochBlocks,
  head: number,
): number | undefined {
  const current = Math.floor((head - startBlock) / tempo);
  const found = [current, current - 1, current - 2].find(
    (epoch) => epoch >= 0 && blocksOf(epoch).snapshot <= head,
  );
  return found;
}

async function notFound(reads: SubnetReads, subnet: number): Promise<Fault> {
  const count = await reads.countSubnets();
  return new Fault('subnet.not-found', `there is no subnet ${subnet}`, {
    blame: 'user',
    data: { subnet, count },
    remedy:
      count === 0 ? 'make the first with `souk subnet create`' : 'see `souk subnet ls` for those there are',
  });
}

function notOver(subnet: number, epoch: number, blocks: EpochBlocks, head: number): Fault {
  return new Fault(
    'subnet.epoch-not-over',
    `epoch ${epoch} of subnet ${subnet} is known from block ${blocks.snapshot} on, and the chain is at ${head}`,
    {
      blame: 'user',
      data: { subnet, epoch, knownFrom: blocks.snapshot, head },
      remedy: 'wait for it, or leave --epoch out for the newest that is known',
    },
  );
}
