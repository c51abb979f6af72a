/**
 * Serves a holder's shelves to peers. Who may write is decided by the chain: the hot key of the operator of an open
 * lease, on the shelf of that lease's tenant. Who may read: the tenant's side of a lease, open or not, and whoever may
 * write. Hostile until checked: sizes, names, signatures, quotas.
 */
import type { ChainReads, Terms } from '@souk/chain';
import type { FrameStream, Peer, Remote } from '@souk/net';
import {
  type Address,
  type Clock,
  encodeJson,
  type HolderAnswer,
  type HolderRefused,
  isSignedBySigner,
  type LeaseId,
  type Log,
  snapshotGetProtocol,
  snapshotHasProtocol,
  snapshotHeadProtocol,
  snapshotHeadsProtocol,
  snapshotPutProtocol,
  toFault,
  zeroAddress,
} from '@souk/protocol';
import { type HolderStore, refuse, type Shelf } from './store.ts';

export interface HolderDeps {
  readonly peer: Pick<Peer, 'answer' | 'serveStream'>;
  readonly chain: Pick<ChainReads, 'leaseOf' | 'eventsSince' | 'activeHotKey' | 'domain' | 'network'>;
  readonly store: HolderStore;
  /** Whose snapshots are held here. */
  readonly accepts: (tenant: Address) => boolean;
  readonly clock: Clock;
  readonly log: Log;
  /** Aborted when the daemon stops. */
  readonly signal: AbortSignal;
}

const cacheMs = 10_000;
const maxCached = 1024;
/** Streams at once: a holder has other things to do. */
const maxStreams = 32;
/** A stream that moves nothing for this long is ended. */
const stallMs = 30_000;
const tidyEveryMs = 3_600_000;

interface Asked {
  readonly lease: LeaseId;
  readonly deployment: `0x${string}`;
}

export async function serveHolder(deps: HolderDeps): Promise<void> {
  const { peer, store, log } = deps;
  const grant = createGrants(deps);
  let streams = 0;

  /** Faults of ours stay in our log. */
  const guarded = async <T>(work: () => Promise<T | HolderRefused>): Promise<T | HolderRefused> => {
    try {
      return await work();
    } catch (error) {
      const fault = toFault(error, 'holder.failed', 'self');
      log.warn('a request to the holder failed', { code: fault.code });
      return refuse('busy', `this holder has trouble: ${fault.code}`);
    }
  };
  const answerLast = async (stream: FrameStream, answer: HolderAnswer) => {
    await stream.send(Buffer.from(encodeJson(answer)));
    await stream.end();
  };
  const streaming = async (
    stream: FrameStream,
    work: () => Promise<HolderRefused | undefined>,
  ): Promise<HolderAnswer> => {
    if (streams >= maxStreams || deps.signal.aborted) return refuse('busy', 'too many streams at once');
    streams += 1;
    const watch = watchStall(stream, deps);
    try {
      return (await guarded(work)) ?? { ok: true };
    } finally {
      watch.stop();
      streams -= 1;
    }
  };

  await peer.answer(snapshotHasProtocol, (request, remote) =>
    guarded(async () => {
      const shelf = await grant(request, remote, 'write');
      if ('ok' in shelf) return shelf;
      return { ok: true as const, missing: await store.missing(shelf, request.ids) };
    }),
  );
  await peer.answer(snapshotHeadsProtocol, (request, remote) =>
    guarded(async () => {
      const shelf = await grant(request, remote, 'read');
      if ('ok' in shelf) return shelf;
      return { ok: true as const, heads: [...(await store.heads(shelf))] };
    }),
  );
  await peer.serveStream(snapshotPutProtocol, async (opening, stream) => {
    const answer = await streaming(stream, async () => {
      const shelf = await grant(opening, stream.remote, 'write');
      for await (const frame of stream) {
        // Read to the end all the same: the sender looks at the answer only then.
        if ('ok' in shelf) continue;
        const refused = await store.put(shelf, frame);
        if (refused) return refused;
      }
      return 'ok' in shelf ? shelf : undefined;
    });
    await answerLast(stream, answer);
  });
  await peer.serveStream(snapshotHeadProtocol, async (opening, stream) => {
    const { head, keep } = opening;
    const answer = await streaming(stream, async () => {
      const shelf = await grant(head.message, stream.remote, 'write');
      if ('ok' in shelf) return shelf;
      if (head.signer !== stream.remote.address || !isSignedBySigner(deps.chain.domain, 'Head', head)) {
        return refuse('not-yours', 'not signed by whoever sends it');
      }
      if (head.message.at > deps.clock.now() + 60_000) return refuse('malformed', 'from the future');
      return store.keep(shelf, { head, keep }, stream);
    });
    await answerLast(stream, answer);
  });
  await peer.serveStream(snapshotGetProtocol, async (opening, stream) => {
    const answer = await streaming(stream, async () => {
      const shelf = await grant(opening, stream.remote, 'read');
      if ('ok' in shelf) return shelf;
      await stream.send(Buffer.from(encodeJson({ ok: true })));
      for (const id of opening.ids) await stream.send((await store.get(shelf, id)) ?? Buffer.alloc(0));
      return undefined;
    });
    if (!answer.ok) await stream.send(Buffer.from(encodeJson(answer)));
    await stream.end();
  });

  void (async () => {
    while (!deps.signal.aborted) {
      await store.tidy().catch((error: unknown) => {
        log.warn('snapshots held here not tidied', { code: toFault(error, 'holder.failed', 'self').code });
      });
      await deps.clock.sleep(tidyEveryMs, deps.signal).catch(() => undefined);
    }
  })();
}

/** Breaks a stream that takes too long for what it moves. */
function watchStall(stream: FrameStream, { clock, signal }: HolderDeps): { readonly stop: () => void } {
  const timer = new AbortController();
  const ended = AbortSignal.any([timer.signal, signal]);
  clock.sleep(stallMs * 10, ended).then(
    () => stream.abort(new Error('the stream took too long')),
    () => undefined,
  );
  return { stop: () => timer.abort() };
}

/** What a peer may do on behalf of a lease, as the chain says; looked up at most every few seconds. */
function createGrants(deps: HolderDeps) {
  const { chain, clock } = deps;
  const cached = new Map<LeaseId, { readonly at: number; readonly found: Promise<OnChain | undefined> }>();

  const lookUp = (lease: LeaseId): Promise<OnChain | undefined> => {
    const known = cached.get(lease);
    if (known && clock.now() - known.at < cacheMs) return known.found;
    const found = readLease(chain, lease);
    cached.delete(lease);
    cached.set(lease, { at: clock.now(), found });
    found.catch(() => cached.delete(lease));
    const [oldest] = cached.keys();
    if (cached.size > maxCached && oldest !== undefined) cached.delete(oldest);
    return found;
  };

  return async (asked: Asked, remote: Remote, to: 'read' | 'write'): Promise<Shelf | HolderRefused> => {
    const found = await lookUp(asked.lease);
    if (!found) return refuse('unknown', 'no such lease on chain');
    const { terms, hotKey, isOpen } = found;
    if (!deps.accepts(terms.tenant)) return refuse('not-yours', 'snapshots of this tenant are not held here');
    const shelf = { tenant: terms.tenant, deployment: asked.deployment };
    if (isOpen && hotKey === remote.address) return shelf;
    if (to === 'write') return refuse('not-yours', 'only the provider of an open lease may write');
    const isParty = [terms.tenant, terms.agent, terms.watcher].includes(remote.address);
    if (isParty && remote.address !== zeroAddress) return shelf;
    return refuse('not-yours', 'this lease is somebody else’s');
  };
}

interface OnChain {
  readonly terms: Terms;
  readonly hotKey: Address | undefined;
  readonly isOpen: boolean;
}

async function readLease(chain: HolderDeps['chain'], lease: LeaseId): Promise<OnChain | undefined> {
  const { status } = await chain.leaseOf(lease);
  if (status === 'unknown') return undefined;
  const events = await chain.eventsSince(chain.network.fromBlock, { lease });
  const opened = events.find((event) => event.kind === 'lease-opened');
  if (!opened) return undefined;
  const { terms } = opened;
  return { terms, hotKey: await chain.activeHotKey(terms.operator), isOpen: status === 'open' };
}
