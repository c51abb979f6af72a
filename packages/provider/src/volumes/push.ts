/**
 * Hands blobs to several holders at once: each gets what it lacks and nothing else. One that fails is left out of this
 * snapshot; while one is left it goes on. Holds at most one batch of blobs.
 */
import { type Clock, Fault, type Head, type Hex, type Signed, toFault } from '@souk/protocol';
import type { Blob } from './blob.ts';
import type { Holder } from './client.ts';
import type { BlobSink } from './make.ts';

export interface Push extends BlobSink {
  /** Everything was put: hand over what is left and the head. Resolves to the peer ids that have all of it. */
  finish(head: Signed<Head>, ids: readonly Hex[]): Promise<readonly string[]>;
  /** The most that one holder was sent. */
  sentBytes(): number;
  /** Holders that failed, and why. */
  troubles(): readonly string[];
}

export interface PushOptions {
  readonly holders: readonly Holder[];
  /** Peer ids of those known to have all that the last snapshot consists of. */
  readonly trusted: ReadonlySet<string>;
  /** Snapshots of the volume that holders are to keep. */
  readonly keep: number;
  /** At most, so that workloads and their traffic come first. */
  readonly bytesPerSecond: number;
  readonly clock: Clock;
  readonly signal: AbortSignal;
}

const batchBytes = 4 * 1024 * 1024;
const batchBlobs = 64;

export function createPush(options: PushOptions): Push {
  const { clock, signal } = options;
  const alive = new Set(options.holders);
  const sent = new Map<Holder, number>();
  const troubles: string[] = [];
  let batch: Blob[] = [];
  let size = 0;

  /** For each holder that is still there; those that fail no longer are. */
  const each = async (work: (holder: Holder) => Promise<void>): Promise<void> => {
    await Promise.all(
      [...alive].map(async (holder) => {
        try {
          await work(holder);
        } catch (error) {
          signal.throwIfAborted();
          alive.delete(holder);
          troubles.push(`${holder.peerId}: ${toFault(error, 'snapshot.holder-failed', 'peer').message}`);
        }
      }),
    );
    if (alive.size === 0) throw noHolder(troubles);
  };

  const flush = async (): Promise<void> => {
    if (batch.length === 0) return;
    const blobs = batch;
    const bytes = size;
    batch = [];
    size = 0;
    const startMs = clock.now();
    let moved = 0;
    await each(async (holder) => {
      const missing = await holder.missing(
        blobs.map(({ id }) => id),
        signal,
      );
      const wanted = blobs.filter(({ id }) => missing.has(id));
      if (wanted.length === 0) return;
      await holder.put(wanted, signal);
      const total = wanted.reduce((sum, blob) => sum + blob.bytes.length, 0);
      moved = Math.max(moved, total);
      sent.set(holder, (sent.get(holder) ?? 0) + total);
    });
    const dueMs = (Math.min(moved, bytes) / options.bytesPerSecond) * 1000;
    const leftMs = dueMs - (clock.now() - startMs);
    if (leftMs > 1) await clock.sleep(leftMs, signal);
  };

  return {
    async hasAll(ids) {
      let isEverywhere = true;
      const doubted = [...alive].filter((holder) => !options.trusted.has(holder.peerId));
      if (doubted.length === 0 || ids.length === 0) return true;
      await each(async (holder) => {
        if (options.trusted.has(holder.peerId)) return;
        if ((await holder.missing(ids, signal)).size > 0) isEverywhere = false;
      });
      return isEverywhere;
    },

    async put(blob) {
      if (batch.some(({ id }) => id === blob.id)) return;
      batch.push(blob);
      size += blob.bytes.length;
      if (size >= batchBytes || batch.length >= batchBlobs) await flush();
    },

    async finish(head, ids) {
      await flush();
      const having: string[] = [];
      await each(async (holder) => {
        await holder.keep(head, { ids, keep: options.keep, signal });
        having.push(holder.peerId);
      });
      return having;
    },

    sentBytes: () => Math.max(0, ...sent.values()),
    troubles: () => troubles,
  };
}

export function noHolder(troubles: readonly string[]): Fault {
  return new Fault(
    'snapshot.no-holder',
    `no holder takes the snapshot: ${troubles.join('; ') || 'none is named'}`,
    {
      blame: 'peer',
      retry: true,
      remedy:
        'see that `souk watch` runs where the deployment was made, or name more holders in x-souk.snapshots',
    },
  );
}
