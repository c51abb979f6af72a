/**
 * The leases of this provider, from acceptance to settlement. Everything a lease needs is in the journal before it is
 * done; a start is a recovery. Must never end a lease because something did not answer, never serve one whose money
 * has run out, and never let one tenant at another's lease.
 */
import type { ChainHead, ChainReads, ChainWriter } from '@souk/chain';
import type { Peer } from '@souk/net';
import {
  acceptProtocol,
  type Address,
  type Clock,
  type LeaseId,
  type Log,
  signedProtocol,
  type Signer,
  statusProtocol,
  toFault,
  updateProtocol,
  zeroAddress,
} from '@souk/protocol';
import type { Assess } from '../bidding/assess.ts';
import type { ProviderConfig } from '../config.ts';
import type { Driver } from '../drivers/driver.ts';
import type { Ingress } from '../ingress/ingress.ts';
import type { Capacity } from '../inventory/capacity.ts';
import type { Ledger } from '../inventory/ledger.ts';
import type { LogKeeper } from '../logs/keeper.ts';
import type { Metering } from '../metering/metering.ts';
import type { ProviderMetrics } from '../metrics.ts';
import { refuse } from './accept.ts';
import { createAmender } from './amend.ts';
import type { Book, Lease } from './book.ts';
import { createDoor } from './door.ts';
import type { ImageStore } from './images.ts';
import type { Journal } from './journal.ts';
import { createLife } from './life.ts';
import { createMoney } from './money.ts';
import { createObserver } from './observe.ts';
import { createPauser } from './pause.ts';
import { createProber } from './probes.ts';
import { createReconciler } from './reconcile.ts';
import { createReclaimer, type Reclaimer } from './reclaim.ts';
import { createReviver } from './revive.ts';
import type { SecretBox } from './secrets.ts';
import { serveSessions } from './sessions.ts';
import { createSettlement } from './settlement.ts';
import { createVolumes } from '../volumes/volumes.ts';
import { statusOf } from './status.ts';
import { leaseSteps } from './steps.ts';
import { createUpdateDoor } from './update/door.ts';
import { claimOf } from './update/parts.ts';
import { createUpdater } from './update/run.ts';

export interface LeasesDeps {
  readonly peer: Peer;
  readonly chain: ChainReads;
  readonly writer: ChainWriter;
  readonly driver: Driver;
  readonly secrets: SecretBox;
  readonly ingress: Ingress;
  readonly images: ImageStore;
  readonly ledger: Ledger;
  readonly capacity: Capacity;
  readonly journal: Journal;
  readonly book: Book;
  readonly metering: Metering;
  readonly logs: LogKeeper;
  readonly signer: Signer;
  /** Where this daemon may keep files. */
  readonly folder: string;
  readonly operator: Address;
  readonly hotKey: Address;
  /** In the token's smallest unit. */
  readonly collectMinimum: bigint;
  readonly assess: Assess;
  readonly onOpenedElsewhere: (lease: LeaseId) => void;
  readonly clock: Clock;
  readonly log: Log;
  readonly metrics: ProviderMetrics;
}

export interface Leases extends AsyncDisposable {
  /** Take the capacity of an interruptible lease back, after its notice. */
  readonly reclaim: Reclaimer['reclaim'];
  isFollowing(): boolean;
  transactionFailures(): number;
  /** Something about a lease may have changed: look. */
  nudge(lease: LeaseId): void;
  /** Resolves when no lease is on its way to somewhere. */
  idle(): Promise<void>;
}

/** How old what the journal is told may be before it is on disk, where nothing depends on it. */
const journalFlushMs = 2000;

export async function startLeases(deps: LeasesDeps, config: ProviderConfig): Promise<Leases> {
  const { book, clock, log, metrics, chain } = deps;
  const stop = new AbortController();
  let head: ChainHead | undefined;
  const settlement = createSettlement({ ...deps, seenHead: () => head });
  const volumes = createVolumes({ ...deps, domain: chain.domain, signal: stop.signal }, config);
  const stages = leaseSteps({ ...deps, settlement, pullStallMs: config.pullStallMs, volumes });
  const wake = (lease: Lease) => life.wake(lease);
  const amender = createAmender({ ...deps, settlement });
  const observe = createObserver(deps);
  const pauser = createPauser({ ...deps, amender, settlement, observe, wake }, config);
  const reclaimer = createReclaimer({ ...deps, volumes, settlement, wake, signal: stop.signal });
  const prober = createProber({ ...deps, signal: stop.signal });
  const revive = createReviver(deps);
  const updater = createUpdater({ ...deps, amender, settlement, observe, signal: stop.signal });
  const life = createLife(
    { ...deps, stages, settlement, observe, updater, pauser, reclaimer, prober, revive, signal: stop.signal },
    config,
  );
  const money = createMoney(
    { ...deps, settlement, pauser, wake },
    { ...config, collectMinimum: deps.collectMinimum },
  );
  const reconciler = createReconciler({ ...deps, life, observe, settlement });
  const ours = {
    operator: deps.operator,
    hotKey: deps.hotKey,
    domain: chain.domain,
    maxImageBytes: config.maxImageGib,
  };
  const door = createDoor({ ...deps, ours, settlement, wake, signal: stop.signal }, config);
  const updateDoor = createUpdateDoor({ ...deps, amender, settlement, wake }, config);

  restoreCapacity(deps);
  for (const lease of book.all()) life.wake(lease);

  const follower = await chain.follow({
    // All operators' events: an order opened elsewhere frees what our bid on it holds.
    cursor: deps.journal.cursor,
    onEvent: (event) => reconciler.onEvent(event),
    onHead: (seen) => {
      head = seen;
    },
    onReorg: () => reconciler.onReorg(),
  });

  await deps.peer.answer(acceptProtocol, (request, remote) => door.accept(request, remote));
  await deps.peer.answer(signedProtocol, async (request) =>
    request.kind === 'pause' || request.kind === 'resume' ? pauser.take(request) : door.sign(request),
  );
  await deps.peer.answer(updateProtocol, (request, remote) => updateDoor.answer(request, remote));
  await deps.peer.answer(statusProtocol, async ({ lease: id }, remote) => {
    const lease = book.get(id);
    if (!lease) return refuse('lease-unknown', 'no such lease here');
    const { tenant, agent, watcher } = lease.record.parties;
    const isParty = remote.address !== zeroAddress && [tenant, agent, watcher].includes(remote.address);
    if (!isParty) return refuse('not-yours', 'this lease is another tenant’s');
    life.glance(lease);
    return {
      ok: true as const,
      status: statusOf(lease, { ...deps, volumes, pausesAt: pauser.pausesAt, publicHost: config.publicHost }),
    };
  });
  await serveSessions({ ...deps, wake, signal: stop.signal });
  await volumes.serve(wake);

  const every = async (ms: number, work: () => Promise<void>) => {
    while (!stop.signal.aborted) {
      await work().catch((error: unknown) =>
        log.error('a round of work failed', { code: toFault(error, 'lease.round-failed', 'self').code }),
      );
      await clock.sleep(ms, stop.signal).catch(() => undefined);
    }
  };
  const rounds = [
    every(config.moneyTickMs, () => money.tick()),
    every(journalFlushMs, async () => deps.journal.flush()),
    every(config.reconcileMs, () => reconciler.pass()),
    every(config.pulseMs, () => life.pulse()),
    every(config.moneyTickMs, async () => reclaimer.tick()),
    every(config.snapshotTickMs, () => volumes.tick()),
  ];
  const count = async () => {
    metrics.leases.reset();
    for (const lease of book.all()) metrics.leases.inc({ phase: lease.phase });
  };
  rounds.push(every(config.moneyTickMs, count));

  return {
    reclaim: (lease) => reclaimer.reclaim(lease),
    isFollowing: () => follower.isHealthy(),
    transactionFailures: () => settlement.failuresInARow(),
    nudge(id) {
      const lease = book.get(id);
      if (lease && lease.record.stage !== 'closed') life.wake(lease);
    },
    idle: () => life.idle(),
    async [Symbol.asyncDispose]() {
      stop.abort(new Error('the provider stops'));
      await follower[Symbol.asyncDispose]();
      await Promise.all(rounds);
      await life.idle();
      await prober.idle();
      await volumes.idle();
      deps.journal.flush();
    },
  };
}

/** What leases held before a restart, they hold again before any bid is made. */
function restoreCapacity({ book, ledger }: LeasesDeps): void {
  for (const { id, record } of book.all()) {
    if (record.stage === 'closed' || !record.request) continue;
    ledger.restore({ id, holder: record.parties.tenant, ...claimOf(record) });
  }
}
