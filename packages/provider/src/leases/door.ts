/**
 * What the buying side may ask of a lease at the door: accept a bid, hand over a signed Ready or Close. Hostile until
 * checked; answered as soon as the journal has it.
 */
import type { ChainReads } from '@souk/chain';
import type { Remote } from '@souk/net';
import {
  type AcceptRequest,
  type Address,
  type Clock,
  type Close,
  hashMessage,
  type LeaseId,
  leaseIdOf,
  type Log,
  pickGpus,
  type Ready,
  type Refused,
  type Signed,
  toFault,
  totalResources,
  zeroAddress,
} from '@souk/protocol';
import type { ProviderConfig } from '../config.ts';
import type { Capacity } from '../inventory/capacity.ts';
import type { Ledger } from '../inventory/ledger.ts';
import type { ProviderMetrics } from '../metrics.ts';
import { checkAcceptance, checkSignatures, type Ours, refuse } from './accept.ts';
import type { Book, Lease } from './book.ts';
import type { ImageStore } from './images.ts';
import { newState } from './lease.ts';
import { checkSecrets, type SecretBox } from './secrets.ts';
import type { Settlement } from './settlement.ts';

export interface DoorDeps {
  readonly chain: Pick<ChainReads, 'isSignatureValid'>;
  readonly ours: Ours;
  readonly book: Book;
  readonly ledger: Ledger;
  readonly capacity: Capacity;
  readonly images: ImageStore;
  readonly settlement: Settlement;
  readonly secrets: SecretBox;
  readonly wake: (lease: Lease) => void;
  /** Aborted when the daemon stops. */
  readonly signal: AbortSignal;
  readonly clock: Clock;
  readonly log: Log;
  readonly metrics: ProviderMetrics;
}

type Accepted = { readonly ok: true; readonly lease: LeaseId; readonly wanted: string[] };
type SignedRequest =
  | { readonly kind: 'ready'; readonly ready: Signed<Ready> }
  | { readonly kind: 'close'; readonly close: Signed<Close> };

export interface Door {
  accept(request: AcceptRequest, remote: Remote): Promise<Accepted | Refused>;
  sign(request: SignedRequest): Promise<{ readonly ok: true } | Refused>;
}

/** How far a tenant's clock may be ahead of ours. */
const clockSkewSeconds = 5;

export function createDoor(deps: DoorDeps, config: ProviderConfig): Door {
  const { book, ledger, settlement, clock } = deps;

  const accept = async (request: AcceptRequest, remote: Remote): Promise<Accepted | Refused> => {
    if (deps.signal.aborted) return refuse('busy', 'the provider is stopping');
    const id = leaseIdOf(request.order.message);
    const refused = checkAcceptance(request, remote.address, deps.ours, settlement.now());
    const known = book.get(id);
    // Asked again, maybe because our answer was lost: the same answer, however old the bid is by now.
    if (known && (!refused || refused.reason === 'bid-expired')) return answerAgain(known, request);
    if (refused) return refused;
    const forged = await checkSignatures(request, deps.chain);
    if (forged) return forged;
    const shut = await checkSecrets(deps.secrets, request);
    if (shut) return shut;
    // From here to the journal without a pause, so that no second acceptance comes between.
    const twin = book.get(id);
    if (twin) return answerAgain(twin, request);
    if (book.countLive() >= config.maxLeases) return refuse('busy', 'as many leases as this provider takes');
    const held = commitCapacity(id, request);
    if (!held) return refuse('busy', 'the capacity of this bid was given to another');
    try {
      const bid = hashMessage('Bid', request.bid.message);
      deps.wake(book.add(id, bid, request, newState(settlement.now(), held.gpuIds)));
    } catch (error) {
      ledger.release(id);
      throw error;
    }
    return { ok: true, lease: id, wanted: await wantedOf(request) };
  };

  const answerAgain = async (lease: Lease, request: AcceptRequest): Promise<Accepted | Refused> => {
    if (lease.record.bid !== hashMessage('Bid', request.bid.message)) {
      return refuse('bid-unknown', 'this order was accepted with another bid of ours');
    }
    if (lease.record.stage !== 'up')
      return refuse('open-failed', lease.record.cause?.detail ?? 'the lease has ended');
    return { ok: true, lease: lease.id, wanted: await wantedOf(request) };
  };

  const commitCapacity = (id: LeaseId, request: AcceptRequest) => {
    const now = clock.now();
    const find = () => ledger.holdings(now).find((holding) => holding.id === id);
    if (!find()) {
      // The bid is ours and good, but was forgotten in a restart.
      const free = new Set(ledger.freeGpuIds(now));
      const gpus = pickGpus(
        request.requirements,
        deps.capacity.gpus.filter((gpu) => free.has(gpu.id)),
      );
      if (!gpus) return undefined;
      const claim = { resources: totalResources(request.requirements), gpuIds: gpus.map((gpu) => gpu.id) };
      const holder = request.order.message.tenant;
      if (!ledger.reserve({ id, holder, ...claim, expiresAt: now + 1 }, now).ok) return undefined;
    }
    ledger.commit(id, now);
    return find();
  };

  const wantedOf = async (request: AcceptRequest): Promise<string[]> => {
    const missing = await Promise.all(
      request.images.map(async ({ digest }) =>
        (await deps.images.has(digest).catch(() => false)) ? [] : [digest],
      ),
    );
    return missing.flat();
  };

  const isParty = (lease: Lease, signer: Address) => {
    const { tenant, agent, watcher } = lease.record.parties;
    return signer !== zeroAddress && [tenant, agent, watcher].includes(signer);
  };

  const signReady = async (ready: Signed<Ready>): Promise<{ ok: true } | Refused> => {
    const lease = book.get(ready.message.lease);
    if (!lease) return refuse('lease-unknown', 'no such lease here');
    if (!isParty(lease, ready.signer)) return refuse('not-yours', 'only the buying side may sign Ready');
    if (lease.record.stage !== 'up') return refuse('not-running', 'the lease has ended');
    const { terms, readyAt } = lease.record;
    if (!terms) return refuse('not-running', 'the lease is not open yet');
    if (readyAt > 0 || lease.record.ready) return { ok: true };
    if (ready.message.readyAt < terms.openedAt) return refuse('unsupported', 'ready before it was opened');
    if (ready.message.readyAt > settlement.now() + clockSkewSeconds)
      return refuse('unsupported', 'ready in the future');
    if (!(await deps.chain.isSignatureValid('Ready', ready)))
      return refuse('signature-wrong', 'not signed by its signer');
    if (lease.record.stage !== 'up') return refuse('not-running', 'the lease has ended');
    book.change(lease, { ready });
    book.note(lease, 'ready-signed', 'the tenant says it is ready');
    settlement.markReady(lease).catch((error: unknown) => {
      // The money tick tries again.
      deps.log.warn('ready not on chain yet', {
        lease: lease.id,
        code: toFault(error, 'lease.ready-failed', 'chain').code,
      });
    });
    return { ok: true };
  };

  const signClose = async (close: Signed<Close>): Promise<{ ok: true } | Refused> => {
    const lease = book.get(close.message.lease);
    if (!lease) return refuse('lease-unknown', 'no such lease here');
    if (!isParty(lease, close.signer)) return refuse('not-yours', 'only the buying side may sign Close');
    if (lease.record.stage !== 'up') return { ok: true };
    const now = settlement.now();
    // Brought by us it costs us all pay since then, so it may not date back at will: the chain takes older ones.
    if (close.message.effectiveAt < now - config.closeToleranceSeconds) {
      return refuse('unsupported', `older than ${config.closeToleranceSeconds} s: close on chain yourself`);
    }
    if (close.message.effectiveAt > now + clockSkewSeconds)
      return refuse('unsupported', 'closes in the future');
    if (!(await deps.chain.isSignatureValid('Close', close)))
      return refuse('signature-wrong', 'not signed by its signer');
    const kind = close.signer === lease.record.parties.watcher ? 'watcher' : 'tenant';
    book.end(lease, { kind, detail: `closed by the ${kind}` }, { close });
    deps.wake(lease);
    return { ok: true };
  };

  /** A fault of ours is told as such; what it is stays in our log. */
  const guarded = async <T>(work: Promise<T | Refused>): Promise<T | Refused> => {
    try {
      return await work;
    } catch (error) {
      const fault = toFault(error, 'lease.door-failed', 'self');
      deps.log.error('a request on a lease failed', { code: fault.code });
      return refuse('busy', `the provider has trouble: ${fault.code}`);
    }
  };

  return {
    accept: async (request, remote) => {
      const answer = await guarded(accept(request, remote));
      deps.metrics.acceptances.inc({ answer: answer.ok ? 'ok' : answer.reason });
      return answer;
    },
    sign: (request) =>
      guarded(request.kind === 'ready' ? signReady(request.ready) : signClose(request.close)),
  };
}
