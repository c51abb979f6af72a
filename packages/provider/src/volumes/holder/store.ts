/**
 * Blobs of others on this machine's disk, a shelf for each deployment: `blobs/ab/cdef…`, and for each whole snapshot its
 * head and the list of its blobs. Nothing here can be read without a deployment's key. What no kept snapshot needs any
 * more is swept; a shelf that nobody has touched for long goes altogether.
 */
import { mkdirSync } from 'node:fs';
import {
  access,
  mkdir,
  open,
  readdir,
  readFile,
  rename,
  rm,
  stat,
  statfs,
  unlink,
  utimes,
  writeFile,
} from 'node:fs/promises';
import { join } from 'node:path';
import {
  type Address,
  type Clock,
  type Head,
  type Hex,
  type HolderRefused,
  maxSnapshotBlobs,
  type Signed,
  signedHeadSchema,
} from '@souk/protocol';
import { z } from 'zod';
import { idOf } from '../blob.ts';
import { IdsCheck, IdsReader } from './ids.ts';

/** One deployment of one tenant. */
export interface Shelf {
  readonly tenant: Address;
  readonly deployment: Hex;
}

export interface HolderStore {
  /** Positions of those that are not here. */
  missing(shelf: Shelf, ids: readonly Hex[]): Promise<number[]>;
  put(shelf: Shelf, bytes: Uint8Array): Promise<HolderRefused | undefined>;
  /** Undefined where it is not here, or no longer what its name says. */
  get(shelf: Shelf, id: Hex): Promise<Buffer | undefined>;
  /** Keep a snapshot, where all its blobs are here; `frames`: their names, ascending. */
  keep(
    shelf: Shelf,
    wanted: { readonly head: Signed<Head>; readonly keep: number },
    frames: AsyncIterable<Uint8Array>,
  ): Promise<HolderRefused | undefined>;
  /** Newest first. */
  heads(shelf: Shelf): Promise<readonly Signed<Head>[]>;
  /** Drop what nobody needs or has asked for. */
  tidy(): Promise<void>;
}

export interface HolderLimits {
  readonly totalBytes: bigint;
  readonly bytesPerDeployment: bigint;
  /** Disk to leave free. */
  readonly reserveBytes: bigint;
  /** Days after which a shelf that nobody touches is dropped. */
  readonly keepDays: number;
}

const dayMs = 86_400_000;
/** Blobs of snapshots that are still being sent belong to no list yet. */
const unlistedMs = dayMs;
const unlistedWhenFullMs = 10 * 60_000;
const touchEveryMs = 60_000;
const maxHeads = 512;
const maxShelves = 4096;
/** Whole snapshots of each earlier lease that are kept: the one now may have started with nothing. */
const keptOfEarlierLeases = 1;
const maxLeasesKept = 4;

const entrySchema = z.strictObject({ head: signedHeadSchema });

export function openHolderStore(folder: string, limits: HolderLimits, clock: Clock): HolderStore {
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  /** Bytes of blobs by shelf; all of them once one was asked for. */
  const used = new Map<string, { bytes: number }>();
  let counted: Promise<void> | undefined;
  const touched = new Map<string, number>();
  const turns = new Map<string, Promise<unknown>>();
  let drafts = 0;

  const folderOf = ({ tenant, deployment }: Shelf) => join(folder, tenant.slice(2), deployment.slice(2));
  const blobOf = (shelf: Shelf, id: Hex) => join(folderOf(shelf), 'blobs', id.slice(2, 4), id.slice(4));
  const headsOf = (shelf: Shelf) => join(folderOf(shelf), 'heads');

  /** One change of a shelf's lists at a time. */
  const inTurn = async <T>(place: string, work: () => Promise<T>): Promise<T> => {
    const turn = (turns.get(place) ?? Promise.resolve()).then(work, work);
    turns.set(place, turn);
    try {
      return await turn;
    } finally {
      if (turns.get(place) === turn) turns.delete(place);
    }
  };

  const touch = async (shelf: Shelf) => {
    const place = folderOf(shelf);
    if (clock.now() - (touched.get(place) ?? -Infinity) < touchEveryMs) return;
    touched.set(place, clock.now());
    await utimes(place, clock.now() / 1000, clock.now() / 1000).catch(() => undefined);
  };

  const shelves = async (): Promise<string[]> => {
    const tenants = await namesIn(folder);
    const all = await Promise.all(
      tenants.map(async (tenant) =>
        (await namesIn(join(folder, tenant))).map((name) => join(folder, tenant, name)),
      ),
    );
    return all.flat();
  };

  const countAll = async () => {
    for (const place of await shelves()) used.set(place, { bytes: await sizeOf(place) });
  };
  const usedOf = async (place: string) => {
    counted ??= countAll();
    await counted;
    const known = used.get(place) ?? { bytes: 0 };
    used.set(place, known);
    return known;
  };

  const isFull = async (place: string, bytes: number): Promise<string | undefined> => {
    const mine = (await usedOf(place)).bytes + bytes;
    if (BigInt(mine) > limits.bytesPerDeployment) return 'the deployment’s share is full';
    const total = [...used.values()].reduce((sum, one) => sum + one.bytes, bytes);
    if (BigInt(total) > limits.totalBytes) return 'this holder is full';
    const disk = await statfs(folder, { bigint: true });
    return disk.bavail * disk.bsize < limits.reserveBytes + BigInt(bytes) ? 'the disk is full' : undefined;
  };

  const hasRoom = async (shelf: Shelf, bytes: number): Promise<string | undefined> => {
    const place = folderOf(shelf);
    if (!(await isFull(place, bytes))) return undefined;
    await inTurn(place, () => sweep(place, unlistedWhenFullMs));
    return isFull(place, bytes);
  };

  /** Remove blobs that no list names and that are older than `graceMs`. */
  const sweep = async (place: string, graceMs: number): Promise<void> => {
    const lists = (await namesIn(join(place, 'heads'))).filter((name) => name.endsWith('.ids'));
    const readers = lists.map((name) => new IdsReader(join(place, 'heads', name)));
    const size = await usedOf(place);
    try {
      for (let shard = 0; shard < 256; shard += 1) {
        const prefix = shard.toString(16).padStart(2, '0');
        const listed = new Set<string>();
        for (const reader of readers) for await (const id of reader.take(shard)) listed.add(id.slice(4));
        for (const name of await namesIn(join(place, 'blobs', prefix))) {
          if (listed.has(name)) continue;
          const file = join(place, 'blobs', prefix, name);
          const found = await stat(file).catch(() => undefined);
          if (!found || Date.now() - found.mtimeMs < graceMs) continue;
          await rm(file, { force: true });
          size.bytes -= found.size;
        }
      }
    } finally {
      for (const reader of readers) await reader[Symbol.asyncDispose]();
    }
  };

  const readHeads = async (place: string): Promise<(Signed<Head> & { readonly file: string })[]> => {
    const names = (await namesIn(join(place, 'heads'))).filter((name) => name.endsWith('.json'));
    const all = await Promise.all(
      names.map(async (name) => {
        const text = await readFile(join(place, 'heads', name), 'utf8').catch(() => '');
        const parsed = entrySchema.safeParse(jsonOf(text));
        return parsed.success ? [{ ...parsed.data.head, file: name.slice(0, -5) }] : [];
      }),
    );
    return all.flat().sort((a, b) => b.message.at - a.message.at);
  };

  /** The newest `keep` of each volume of this lease, and the newest of each volume of some leases before it. */
  const prune = async (place: string, { lease }: Head, keep: number): Promise<boolean> => {
    const heads = await readHeads(place);
    const leases = [...new Set(heads.map(({ message }) => message.lease))];
    const gone = heads.filter(({ message }, at) => {
      const newer = heads.slice(0, at).filter((other) => isSameVolume(other.message, message)).length;
      const isOld = message.lease !== lease && leases.indexOf(message.lease) >= maxLeasesKept;
      return isOld || newer >= (message.lease === lease ? keep : keptOfEarlierLeases);
    });
    for (const { file } of gone) await removeHead(place, file);
    return gone.length > 0;
  };

  const removeHead = async (place: string, file: string) => {
    // The head first: a list without one is swept as if it were not there.
    await rm(join(place, 'heads', `${file}.json`), { force: true });
    await rm(join(place, 'heads', `${file}.ids`), { force: true });
  };

  const isComplete = async (place: string, list: string): Promise<boolean> => {
    await using reader = new IdsReader(list);
    for (let shard = 0; shard < 256; shard += 1) {
      const here = new Set(await namesIn(join(place, 'blobs', shard.toString(16).padStart(2, '0'))));
      for await (const id of reader.take(shard)) if (!here.has(id.slice(4))) return false;
    }
    return true;
  };

  return {
    async missing(shelf, ids) {
      await touch(shelf);
      const found = await Promise.all(
        ids.map((id) =>
          access(blobOf(shelf, id)).then(
            () => true,
            () => false,
          ),
        ),
      );
      return found.flatMap((isHere, at) => (isHere ? [] : [at]));
    },

    async put(shelf, bytes) {
      const id = idOf(bytes);
      const file = blobOf(shelf, id);
      if ((await this.missing(shelf, [id])).length === 0) return undefined;
      const why = await hasRoom(shelf, bytes.length);
      if (why !== undefined) return refuse('quota', why);
      await mkdir(join(file, '..'), { recursive: true, mode: 0o700 });
      await touch(shelf);
      drafts += 1;
      await writeWhole(file, bytes, drafts);
      (await usedOf(folderOf(shelf))).bytes += bytes.length;
      return undefined;
    },

    async get(shelf, id) {
      const bytes = await readFile(blobOf(shelf, id)).catch(() => undefined);
      if (!bytes) return undefined;
      if (idOf(bytes) === id) return bytes;
      // Damaged here: better gone, so that it is sent again.
      await rm(blobOf(shelf, id), { force: true });
      (await usedOf(folderOf(shelf))).bytes -= bytes.length;
      return undefined;
    },

    keep(shelf, { head, keep }, frames) {
      const place = folderOf(shelf);
      return inTurn(place, async () => {
        const known = await readHeads(place);
        const { at, root } = head.message;
        const last = known.find(
          ({ message }) => isSameVolume(message, head.message) && message.lease === head.message.lease,
        );
        if (last && last.message.at > at) return refuse('stale', 'a later snapshot of this volume is here');
        if (known.length >= maxHeads) return refuse('quota', `more than ${maxHeads} snapshots`);
        await mkdir(headsOf(shelf), { recursive: true, mode: 0o700 });
        const file = `${String(at).padStart(15, '0')}-${idOf(Buffer.from(JSON.stringify(head.message))).slice(2, 18)}`;
        const list = join(headsOf(shelf), `${file}.part`);
        try {
          const trouble = await writeList(list, frames, root);
          if (trouble) return trouble;
          if (!(await isComplete(place, list)))
            return refuse('incomplete', 'blobs of the snapshot are missing');
          await rename(list, join(headsOf(shelf), `${file}.ids`));
        } finally {
          await rm(list, { force: true });
        }
        drafts += 1;
        const text = Buffer.from(JSON.stringify({ head }));
        await writeWhole(join(headsOf(shelf), `${file}.json`), text, drafts);
        await touch(shelf);
        if (await prune(place, head.message, keep)) await sweep(place, unlistedMs);
        return undefined;
      });
    },

    async heads(shelf) {
      await touch(shelf);
      const heads = await readHeads(folderOf(shelf));
      return heads.map(({ file: _file, ...head }) => head);
    },

    async tidy() {
      const all = await shelves();
      for (const place of all.slice(0, maxShelves)) {
        await inTurn(place, async () => {
          const found = await stat(place).catch(() => undefined);
          if (!found) return;
          if (clock.now() - found.mtimeMs > limits.keepDays * dayMs) {
            await rm(place, { recursive: true, force: true });
            used.delete(place);
            return;
          }
          await dropLooseLists(place);
          await sweep(place, unlistedMs);
        });
      }
    },
  };
}

/** Lists whose head was never written, or is gone. */
async function dropLooseLists(place: string): Promise<void> {
  const names = new Set(await namesIn(join(place, 'heads')));
  for (const name of names) {
    const isLoose = name.endsWith('.ids') && !names.has(`${name.slice(0, -4)}.json`);
    if (isLoose) await rm(join(place, 'heads', name), { force: true });
  }
}

async function writeList(
  file: string,
  frames: AsyncIterable<Uint8Array>,
  root: Hex,
): Promise<HolderRefused | undefined> {
  const check = new IdsCheck();
  let hasRoot = false;
  const wanted = Buffer.from(root.slice(2), 'hex');
  await using handle = await open(file, 'w', 0o600);
  for await (const frame of frames) {
    check.add(frame);
    if (check.count > maxSnapshotBlobs) return refuse('quota', 'too many blobs');
    hasRoot ||= Buffer.from(frame).includes(wanted);
    await handle.writeFile(frame);
  }
  if (!check.isWhole || !check.isAscending) return refuse('malformed', 'not a list of names, ascending');
  if (!hasRoot) return refuse('malformed', 'the root is not in the list');
  await handle.datasync();
  return undefined;
}

/** All of it under its name, on disk, or nothing. */
async function writeWhole(file: string, bytes: Uint8Array, draft: number): Promise<void> {
  const part = `${file}.${draft}.part`;
  try {
    await writeFile(part, bytes, { mode: 0o600, flush: true });
    await rename(part, file);
  } catch (error) {
    await unlink(part).catch(() => undefined);
    throw error;
  }
}

async function sizeOf(place: string): Promise<number> {
  let bytes = 0;
  for (const shard of await namesIn(join(place, 'blobs'))) {
    for (const name of await namesIn(join(place, 'blobs', shard))) {
      bytes += (await stat(join(place, 'blobs', shard, name)).catch(() => undefined))?.size ?? 0;
    }
  }
  return bytes;
}

async function namesIn(folder: string): Promise<string[]> {
  return readdir(folder).catch(() => []);
}

function isSameVolume(a: Head, b: Head): boolean {
  return a.service === b.service && a.replica === b.replica && a.volume === b.volume && a.lease === b.lease;
}

export function refuse(reason: HolderRefused['reason'], detail: string): HolderRefused {
  return { ok: false, reason, detail };
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
