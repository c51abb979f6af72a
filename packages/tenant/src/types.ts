/** The shape of the buying side as its callers see it. `tenant.ts` builds it; nothing here runs. */
import type { ChainReads, ChainWriter, LeaseState, Receipt } from '@souk/chain';
import type { Peer } from '@souk/net';
import type {
  Address,
  Clock,
  GroupSecrets,
  Hex,
  ImageBlob,
  LeaseEvent,
  LeaseId,
  LeaseRefusal,
  LeaseStatus,
  LocalKey,
  Log,
  LogLine,
  Restore,
  Runtime,
  Signer,
  UpdateWish,
  WorkloadGroup as SdlGroup,
} from '@souk/protocol';
import type { ExamineOptions, Facts } from './doctor/diagnose.ts';
import type { OfferSeen, OperatorDeclines, RankedBid, VerifiedBid } from './bids/offer.ts';
import type { Deployment, DeploymentGroup, DeploymentStore, LeaseReceipt } from './deployment.ts';
import type {
  SavedVolumes,
  SnapshotChoice,
  SnapshotsTaken,
  VolumeOptions,
  VolumeView,
} from './volumes/shape.ts';
import type { PlannedUpdate } from './updates/shape.ts';
import type { KeptWish, WishStore } from './wish.ts';

/** One placement group as protocol's SDL reader gives it, as far as it matters here. */
export type WorkloadGroup = Pick<SdlGroup, 'name' | 'requirements' | 'manifest' | 'manifestHash'>;

/** The transactions that the tenant may send itself. */
export type TenantWriter = Pick<ChainWriter, 'address' | 'topUp' | 'closeSigned' | 'closeExhausted'>;

export interface TenantDeps {
  readonly chain: ChainReads;
  /** The wallet: asked for exactly one signature per placement group, the Order. */
  readonly wallet: Signer;
  /** False where the wallet is elsewhere: then only orders that it has signed before are used. */
  readonly canOrder?: boolean;
  /** Where an operator's peer was last heard of; for leases that another process has opened. */
  readonly peersOf?: (operator: Address) => Promise<readonly string[]>;
  /** For what needs an own transaction: top-ups, and closing where the provider is gone. */
  readonly writer?: TenantWriter;
  readonly store: DeploymentStore;
  /** Where wishes are kept; left out, a deployment can't be ordered again by itself. */
  readonly wishes?: WishStore;
  /** A peer that runs under the agent's key and knows how to find the network. Disposed by the tenant. */
  readonly connectPeer: (agentKey: LocalKey) => Promise<Peer>;
  readonly clock: Clock;
  readonly log: Log;
  /** GET `url` and say the status, without following redirects; throws where nothing answers. `getStatus` by default. */
  readonly httpStatus?: (url: string, signal: AbortSignal) => Promise<number>;
  /** Bytes of an image blob of the deployment, from the start. */
  readonly readImage?: (digest: string) => AsyncIterable<Uint8Array>;
}

/** What to deploy and for how much. Amounts in the token's smallest unit. */
export interface OrderWish {
  /** Chosen by the client, unique among what is open: the same name and manifest again continues, never pays twice. */
  readonly name: string;
  readonly groups: readonly WorkloadGroup[];
  /** Ceiling per hour for each group, by its name. */
  readonly maxRate: (group: string) => bigint;
  /** Locked per group when its lease opens; the rest comes back at closing. */
  readonly deposit: (group: string) => bigint;
  readonly images?: readonly ImageBlob[];
  readonly clawbackWindowSeconds?: number;
  readonly startWindowSeconds?: number;
  /**
   * How a group is to be kept running, by its name. A service without a probe is probed by its first URL or port, or
   * by running at all. Secrets are given apart: they are sealed to each provider.
   */
  readonly runtime?: (group: string) => Runtime;
  readonly secrets?: (group: string) => GroupSecrets | undefined;
  /** Most that all leases of this deployment may cost together. */
  readonly maxTotal?: bigint;
  /** Added by the watch while the money lasts less than this. */
  readonly topUp?: { readonly amount: bigint; readonly whenLeftSeconds: number };
  readonly update?: UpdateWish;
  /** Order a lease again elsewhere when it fails: yes by default. */
  readonly failover?: boolean;
}

export interface WaitForBids {
  /** Stop waiting at this many verified bids. */
  readonly count?: number;
  readonly windowMs?: number;
  readonly signal?: AbortSignal;
}

/** The auctions of one deployment, one per placement group that has no lease yet or whose lease is still opening. */
export interface Auctions extends AsyncDisposable {
  readonly name: string;
  readonly groups: readonly Auction[];
}

/** One order out in the network. Disposing stops listening; it never closes a lease. */
export interface Auction extends AsyncDisposable {
  readonly group: string;
  readonly lease: LeaseId;
  /** Set where an earlier run already chose: call `resume` instead of choosing again. */
  readonly chosen: { readonly operator: Address; readonly rate: bigint } | undefined;
  /** Everything so far, then live; ends with the auction. Any number of readers. */
  offers(): AsyncIterable<OfferSeen>;
  bids(): readonly VerifiedBid[];
  /** Best first. */
  ranked(): Promise<readonly RankedBid[]>;
  declines(): readonly OperatorDeclines[];
  /** Peers that pass orders on and are connected now. */
  listeners(): number;
  /** Resolves with the ranking when there are `count` bids, or at the end of the window with what there is. */
  waitForBids(options?: WaitForBids): Promise<readonly RankedBid[]>;
  /** Countersign and bring the workload up. Where the provider refuses before opening, the next-ranked is tried. */
  accept(bid: VerifiedBid, options?: { readonly signal?: AbortSignal }): Opening;
  /** Go on with what an earlier run accepted. */
  resume(options?: { readonly signal?: AbortSignal }): Opening;
}

export type OpeningStep =
  | { readonly step: 'accepting'; readonly operator: Address; readonly rate: bigint }
  | {
      readonly step: 'refused';
      readonly operator: Address;
      readonly reason: OpeningFailure;
      readonly detail: string;
    }
  | { readonly step: 'accepted'; readonly operator: Address }
  | {
      readonly step: 'sending-image';
      readonly image: string;
      readonly sentBytes: number;
      readonly bytes: number;
    }
  | { readonly step: 'opening' }
  | { readonly step: 'opened'; readonly tx: Hex }
  | { readonly step: 'pulling'; readonly percent: number | null; readonly detail: string }
  | { readonly step: 'starting'; readonly detail: string }
  | { readonly step: 'running'; readonly urls: readonly string[] }
  | { readonly step: 'ready'; readonly readyAt: number; readonly urls: readonly string[] };

export type OpeningFailure =
  | LeaseRefusal
  | 'unreachable'
  | 'upload-failed'
  | 'not-opened'
  | 'other-terms'
  | 'start-failed'
  | 'never-ready'
  | 'closed-meanwhile';

/** `closed` says that a lease was opened and has been closed again, with what came back. */
export type OpeningResult =
  | { readonly ok: true; readonly group: DeploymentGroup; readonly status: LeaseStatus }
  | {
      readonly ok: false;
      readonly reason: OpeningFailure;
      readonly detail: string;
      readonly closed: LeaseReceipt | null;
    };

export interface Opening {
  /** Everything so far, then live; ends when `result` is there. */
  steps(): AsyncIterable<OpeningStep>;
  readonly result: Promise<OpeningResult>;
}

/** Names the group of a deployment that has several. */
export interface GroupChoice {
  readonly group?: string;
  readonly signal?: AbortSignal;
}

export interface LogsOptions extends GroupChoice {
  readonly service?: string;
  readonly follow?: boolean;
  /** Lines of the past; 100 by default, with `since` or `grep` all. */
  readonly tail?: number;
  /** Unix milliseconds: no older lines. */
  readonly since?: number;
  /** Only lines that hold this text, whatever its case. */
  readonly grep?: string;
}

export interface ExecOptions extends GroupChoice {
  readonly service?: string;
  readonly replica?: number;
  readonly command: readonly string[];
  readonly tty?: { readonly cols: number; readonly rows: number };
}

export interface ExecSession extends AsyncDisposable {
  readonly output: AsyncIterable<{ readonly stream: 'stdout' | 'stderr'; readonly bytes: Uint8Array }>;
  write(bytes: Uint8Array): Promise<void>;
  endInput(): Promise<void>;
  resize(cols: number, rows: number): Promise<void>;
  /** Settles once `output` was read to its end. */
  readonly exit: Promise<number>;
}

export interface ForwardOptions extends GroupChoice {
  readonly service?: string;
  readonly port: number;
}

/** One TCP connection to a service. */
export interface ForwardedConnection extends AsyncDisposable {
  readonly output: AsyncIterable<Uint8Array>;
  write(bytes: Uint8Array): Promise<void>;
  end(): Promise<void>;
}

export interface GroupStatus {
  readonly group: DeploymentGroup;
  readonly chain: LeaseState;
  /** The provider's word; null where it could not be asked, then `unreachable` says why. */
  readonly provider: LeaseStatus | null;
  readonly unreachable: string | null;
  /** Unix seconds at which the money runs out; null before the meter runs. */
  readonly fundedUntil: number | null;
  /** What it has cost so far, in the token's smallest unit. */
  readonly owed: bigint;
}

export interface DeploymentView {
  readonly deployment: Deployment;
  readonly groups: readonly GroupStatus[];
}

export type WatchNews =
  | {
      readonly kind: 'healthy' | 'unhealthy';
      readonly name: string;
      readonly group: string;
      readonly detail: string;
    }
  | {
      /** `data-ends`: of what is paused, when its data is removed. The others say why it was not topped up, or that it was. */
      readonly kind: 'low-balance' | 'paused' | 'resumed' | 'data-ends' | 'budget-reached' | 'balance-empty';
      readonly name: string;
      readonly group: string;
      readonly secondsLeft: number;
    }
  | {
      readonly kind: 'topped-up';
      readonly name: string;
      readonly group: string;
      readonly amount: bigint;
      readonly secondsLeft: number;
    }
  | {
      readonly kind: 'closed';
      readonly name: string;
      readonly group: string;
      readonly receipt: LeaseReceipt;
    }
  | {
      readonly kind: 'failing-over';
      readonly name: string;
      readonly group: string;
      readonly from: Address;
      readonly reason: string;
    }
  | {
      readonly kind: 'moved';
      readonly name: string;
      readonly group: string;
      readonly from: Address;
      readonly to: Address;
      /** Since the failure was taken for one. */
      readonly seconds: number;
      /** From when it last worked, by chain time. */
      readonly lostSeconds: number;
    }
  | {
      readonly kind: 'not-moved';
      readonly name: string;
      readonly group: string;
      readonly reason: NotMovedReason;
      readonly detail: string;
      /** Unix milliseconds; null where it is not tried again. */
      readonly nextTryAt: number | null;
    };

/** For a machine that watches in the wallet's stead: a record with close-only keys, and what it may order with. */
export interface Delegation {
  readonly record: Deployment;
  /** Null where it can only close. */
  readonly wish: KeptWish | null;
}

/** Why a lease that failed is not replaced, or not yet. */
export type NotMovedReason =
  | OpeningFailure
  | 'no-wish'
  | 'no-standby'
  | 'over-budget'
  | 'balance-too-small'
  | 'no-bids'
  | 'provider-unknown';

export interface Tenant extends AsyncDisposable {
  /** The account that pays. */
  readonly address: Address;
  /**
   * Sign and publish an order per group, or continue the deployment of this name. Faults: `tenant.bad-name`,
   * `tenant.name-taken`, `tenant.balance-too-small`, `tenant.manifest-mismatch`, and those of chain and net.
   */
  order(wish: OrderWish, options?: { readonly signal?: AbortSignal }): Promise<Auctions>;
  /** Stored records of this network, newest first. */
  list(): Promise<readonly Deployment[]>;
  status(name: string, options?: { readonly signal?: AbortSignal }): Promise<DeploymentView>;
  logs(name: string, options?: LogsOptions): AsyncIterable<LogLine>;
  events(name: string, options?: GroupChoice & { readonly follow?: boolean }): AsyncIterable<LeaseEvent>;
  exec(name: string, options: ExecOptions): Promise<ExecSession>;
  forward(name: string, options: ForwardOptions): Promise<ForwardedConnection>;
  /** Close every lease of the deployment, or one group's. Closing what is closed gives its receipt again. */
  close(name: string, options?: GroupChoice): Promise<readonly LeaseReceipt[]>;
  /** Lock more money for a lease: an own transaction. */
  topUp(name: string, amount: bigint, options?: GroupChoice): Promise<Receipt>;
  /** Stop every service of it; its data is kept for a tenth of its price. Resolves once the chain has that price. */
  pause(name: string, options?: GroupChoice): Promise<void>;
  /** Go on with what is paused, for what it cost before. `deposit`: locked beside what is left of its money. */
  resume(name: string, options?: GroupChoice & { readonly deposit?: bigint }): Promise<void>;
  /**
   * What `wish` would change of the deployment of its name, priced. Faults: `tenant.other-groups`,
   * `tenant.update-refused`, `tenant.update-too-dear`, `tenant.lease-not-open`, `tenant.no-answer`.
   */
  planUpdate(wish: OrderWish, options?: { readonly signal?: AbortSignal }): Promise<PlannedUpdate>;
  /** Stop an update under way: the old version comes back. */
  abortUpdate(name: string, options?: GroupChoice): Promise<void>;
  /** Its persistent volumes, with the latest snapshot of each. `isThorough` asks the holders for all that they have. */
  volumes(
    name: string,
    options?: GroupChoice & { readonly isThorough?: boolean },
  ): Promise<readonly VolumeView[]>;
  /** Save its volumes now. */
  snapshot(name: string, options?: VolumeOptions): Promise<SnapshotsTaken>;
  /**
   * Put its volumes back to a snapshot, in place, with the workload stopped. Faults: `tenant.no-snapshots`,
   * `tenant.refused`, `tenant.not-restored`.
   */
  restore(name: string, options?: SnapshotChoice): Promise<readonly Restore[]>;
  /** What reading its snapshots without a provider takes. */
  savedVolumes(name: string, options?: SnapshotChoice): Promise<SavedVolumes>;
  /** All that is to be found out about each of its groups, from chain, provider and outside: for `diagnose`. */
  examine(name: string, options: ExamineOptions): Promise<readonly Facts[]>;
  /**
   * What another machine needs to watch: orders signed now, `count` a group, each good for one lease within price and
   * deposit. Faults with `tenant.cannot-delegate`.
   */
  delegate(name: string, options: { readonly count: number }): Promise<Delegation>;
  /** Drop the record of a deployment that is closed. */
  forget(name: string): Promise<void>;
  /** Make records equal to the chain: leases closed or opened elsewhere, messages that never arrived. */
  reconcile(options?: { readonly signal?: AbortSignal }): Promise<readonly Deployment[]>;
  /** Probe, close what stays unhealthy, warn, until aborted. */
  watch(options: {
    readonly signal: AbortSignal;
    readonly onNews?: (news: WatchNews) => void;
  }): Promise<void>;
}
