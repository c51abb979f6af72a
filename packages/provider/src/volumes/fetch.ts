/**
 * Takes blobs back from whichever holder has them. Each is checked against its name; one that is missing, cut short or
 * changed at one holder is asked of the next.
 */
import { Fault, type Hex, toFault } from '@souk/protocol';
import type { Holder } from './client.ts';
import type { BlobSource } from './write.ts';

/** Somebody who may have blobs; a holder far away, or the folder of one on this machine. */
export type BlobPlace = Pick<Holder, 'peerId' | 'get'>;

export function fetchFrom(places: readonly BlobPlace[]): BlobSource {
  /** Tried last from now on. */
  const failing = new Set<BlobPlace>();
  const troubles = new Map<string, string>();
  const inOrder = () => [...places].sort((a, b) => Number(failing.has(a)) - Number(failing.has(b)));
  const fail = (place: BlobPlace, why: string) => {
    failing.add(place);
    troubles.set(place.peerId, why);
  };

  async function* blobs(ids: readonly Hex[], signal: AbortSignal): AsyncGenerator<Buffer> {
    for (let left = ids; left.length > 0;) {
      let at = 0;
      for await (const bytes of fromFirst(left, signal)) {
        at += 1;
        yield bytes;
      }
      // It broke off, or lacks the next: that one from anybody, then the rest from whoever is first by now.
      const [next] = (left = left.slice(at));
      if (next === undefined) return;
      yield await findOne(next, signal);
      left = left.slice(1);
    }
  }

  /** As many of them as the first place has without a fault. */
  async function* fromFirst(ids: readonly Hex[], signal: AbortSignal): AsyncGenerator<Buffer> {
    const [first] = inOrder();
    if (!first) return;
    try {
      for await (const bytes of first.get(ids, signal)) {
        if (!bytes) return fail(first, 'lacks a part, or has it damaged');
        yield bytes;
      }
    } catch (error) {
      signal.throwIfAborted();
      fail(first, toFault(error, 'snapshot.holder-failed', 'peer').message);
    }
  }

  async function findOne(id: Hex, signal: AbortSignal): Promise<Buffer> {
    for (const place of inOrder()) {
      try {
        for await (const bytes of place.get([id], signal)) if (bytes) return bytes;
        fail(place, 'lacks a part, or has it damaged');
      } catch (error) {
        signal.throwIfAborted();
        fail(place, toFault(error, 'snapshot.holder-failed', 'peer').message);
      }
    }
    throw missing(troubles);
  }

  return { blobs };
}

function missing(troubles: ReadonlyMap<string, string>): Fault {
  const said = [...troubles].map(([who, why]) => `${who}: ${why}`).join('; ');
  return new Fault(
    'snapshot.blob-missing',
    `no holder has a part of the snapshot: ${said || 'none is named'}`,
    {
      blame: 'peer',
      retry: true,
      data: { holders: [...troubles.keys()] },
      remedy: 'start the holders that are down, or restore an older snapshot: souk volume ls',
    },
  );
}
