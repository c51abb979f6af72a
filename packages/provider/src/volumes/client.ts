/** One holder as seen by whoever keeps snapshots there or takes them back: what it says is checked, what it refuses is a fault. */
import type { FrameStream, Peer } from '@souk/net';
import {
  Fault,
  type Head,
  type Hex,
  type HolderAnswer,
  holderAnswerSchema,
  type HolderRefused,
  maxBlobNames,
  type Signed,
  snapshotGetProtocol,
  snapshotHasProtocol,
  snapshotHeadProtocol,
  snapshotHeadsProtocol,
  snapshotPutProtocol,
} from '@souk/protocol';
import { type Blob, idOf } from './blob.ts';
import { encodeIds } from './holder/ids.ts';

export interface Holder {
  readonly peerId: string;
  /** Those of `ids` that it lacks. */
  missing(ids: readonly Hex[], signal: AbortSignal): Promise<ReadonlySet<Hex>>;
  put(blobs: readonly Blob[], signal: AbortSignal): Promise<void>;
  /** Faults with `snapshot.holder-incomplete` where it lacks some of `ids`. */
  keep(
    head: Signed<Head>,
    options: { readonly ids: readonly Hex[]; readonly keep: number; readonly signal: AbortSignal },
  ): Promise<void>;
  heads(signal: AbortSignal): Promise<readonly Signed<Head>[]>;
  /** In the order of `ids`; undefined for each that it lacks or has damaged. */
  get(ids: readonly Hex[], signal: AbortSignal): AsyncIterable<Buffer | undefined>;
}

export interface HolderOptions {
  readonly peer: Pick<Peer, 'ask' | 'openStream'>;
  readonly multiaddrs: readonly string[];
  readonly lease: Hex;
  readonly deployment: Hex;
}

const askMs = 10_000;
/** For some MiB. */
const streamMs = 120_000;
const idsPerFrame = 16_384;

export function holderAt({ peer, multiaddrs, lease, deployment }: HolderOptions): Holder {
  const shelf = { lease, deployment };

  async function openFor<T>(
    open: (signal: AbortSignal) => Promise<FrameStream>,
    signal: AbortSignal,
    work: (stream: FrameStream) => Promise<T>,
  ): Promise<T> {
    const until = AbortSignal.any([signal, AbortSignal.timeout(streamMs)]);
    await using stream = await open(until);
    return await work(stream);
  }

  return {
    peerId: peerIdOf(multiaddrs),

    async missing(ids, signal) {
      const missing = new Set<Hex>();
      for (let at = 0; at < ids.length; at += maxBlobNames) {
        const some = ids.slice(at, at + maxBlobNames);
        const request = { ...shelf, ids: some };
        const answer = await peer.ask(multiaddrs, snapshotHasProtocol, request, { timeoutMs: askMs, signal });
        if (!answer.ok) throw refusedBy(answer);
        for (const position of answer.missing) {
          const id = some[position];
          if (id !== undefined) missing.add(id);
        }
      }
      return missing;
    },

    put: (blobs, signal) =>
      openFor(
        (until) => peer.openStream(multiaddrs, snapshotPutProtocol, shelf, { signal: until }),
        signal,
        async (stream) => {
          for (const { bytes } of blobs) await stream.send(bytes);
          await stream.end();
          await expectYes(stream);
        },
      ),

    keep: (head, { ids, keep, signal }) =>
      openFor(
        (until) =>
          peer.openStream(multiaddrs, snapshotHeadProtocol, { head: { ...head }, keep }, { signal: until }),
        signal,
        async (stream) => {
          const sorted = ids.toSorted();
          for (let at = 0; at < sorted.length; at += idsPerFrame) {
            await stream.send(encodeIds(sorted.slice(at, at + idsPerFrame)));
          }
          await stream.end();
          await expectYes(stream);
        },
      ),

    async heads(signal) {
      const answer = await peer.ask(multiaddrs, snapshotHeadsProtocol, shelf, { timeoutMs: askMs, signal });
      if (!answer.ok) throw refusedBy(answer);
      return answer.heads;
    },

    async *get(ids, signal) {
      for (let at = 0; at < ids.length; at += maxBlobNames) {
        const some = ids.slice(at, at + maxBlobNames);
        const until = AbortSignal.any([signal, AbortSignal.timeout(streamMs)]);
        const opening = { ...shelf, ids: some };
        await using stream = await peer.openStream(multiaddrs, snapshotGetProtocol, opening, {
          signal: until,
        });
        const frames = stream[Symbol.asyncIterator]();
        checkYes(await frames.next());
        for (const id of some) {
          const frame = await frames.next();
          if (frame.done === true) throw ended();
          const bytes = Buffer.from(frame.value);
          yield idOf(bytes) === id ? bytes : undefined;
        }
        await stream.end();
      }
    },
  };
}

export function peerIdOf(multiaddrs: readonly string[]): string {
  return multiaddrs[0]?.split('/p2p/').at(-1) ?? '';
}

async function expectYes(stream: FrameStream): Promise<void> {
  checkYes(await stream[Symbol.asyncIterator]().next());
}

function checkYes(frame: IteratorResult<Uint8Array, unknown>): void {
  if (frame.done === true) throw ended();
  const answer = parseAnswer(frame.value);
  if (!answer?.ok) throw answer ? refusedBy(answer) : ended();
}

function parseAnswer(frame: Uint8Array): HolderAnswer | undefined {
  try {
    return holderAnswerSchema.parse(JSON.parse(Buffer.from(frame).toString('utf8')));
  } catch {
    return undefined;
  }
}

function refusedBy({ reason, detail }: HolderRefused): Fault {
  return new Fault(`snapshot.holder-${reason}`, `a holder of snapshots refuses: ${detail}`, {
    blame: 'peer',
    retry: true,
    data: { reason },
  });
}

function ended(): Fault {
  return new Fault('snapshot.holder-silent', 'a holder of snapshots broke off', {
    blame: 'peer',
    retry: true,
  });
}
