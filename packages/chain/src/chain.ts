/**
 * The port of the room chain: typed reads, writes and followed events of the Souk contracts. Implemented over viem in
 * this package; callers see only this. A revert is a Fault `chain.reverted` whose data names the contract's error.
 */
import type {
  Acceptance,
  Address,
  Amendment,
  Bid,
  Close,
  Hex,
  LeaseId,
  MarketDomain,
  MessageName,
  Messages,
  Order,
  Ready,
  Signed,
} from '@souk/protocol';

/** Address book of one network, kept as a data file. */
export interface Network {
  readonly name: string;
  readonly chainId: number;
  readonly rpcUrl: string;
  readonly market: Address;
  readonly operators: Address;
  readonly token: { readonly address: Address; readonly symbol: string; readonly decimals: number };
  /** Block of the first contract: followers start here. */
  readonly fromBlock: number;
  /** Multiaddrs of bootstrap peers. */
  readonly bootstrap: readonly string[];
  /** True for a private network on one machine: a faucet exists and plain `process` isolation is allowed. */
  readonly isLocal: boolean;
  /** Left out where the network has no subnets. */
  readonly subnets?: SubnetsBook;
}

/** The contracts of subnets. The token is SOUK. */
export interface SubnetsBook {
  readonly token: Address;
  readonly emissions: Address;
  readonly subnets: Address;
  readonly stakes: Address;
  readonly epochs: Address;
}

export interface Terms {
  readonly tenant: Address;
  readonly agent: Address;
  readonly watcher: Address;
  readonly operator: Address;
  readonly token: Address;
  readonly rate: bigint;
  readonly minimumCharge: bigint;
  readonly clawbackWindow: number;
  readonly openedAt: number;
  readonly startDeadline: number;
  readonly revision: number;
}

export interface LeaseRef {
  readonly lease: LeaseId;
  readonly terms: Terms;
}

export interface LeaseState {
  readonly funded: bigint;
  readonly collected: bigint;
  /** Unix seconds; 0 until marked. */
  readonly readyAt: number;
  readonly status: 'unknown' | 'open' | 'closed';
  readonly termsHash: Hex;
}

export interface Operator {
  readonly hotKey: Address;
  readonly bond: bigint;
  readonly metadata: Hex;
}

export interface ChainHead {
  readonly number: number;
  /** Unix seconds of the latest block. */
  readonly timestamp: number;
}

/** Where an event stands: unique, ordered. */
export interface EventPosition {
  readonly block: number;
  readonly logIndex: number;
  readonly tx: Hex;
}

export type ChainEvent = EventPosition &
  (
    | {
        readonly kind: 'lease-opened';
        readonly lease: LeaseId;
        readonly terms: Terms;
        readonly deposit: bigint;
      }
    | { readonly kind: 'lease-ready'; readonly lease: LeaseId; readonly readyAt: number }
    | { readonly kind: 'lease-collected'; readonly lease: LeaseId; readonly amount: bigint }
    | {
        readonly kind: 'lease-topped-up';
        readonly lease: LeaseId;
        readonly amount: bigint;
        readonly funded: bigint;
      }
    | {
        readonly kind: 'lease-amended';
        readonly lease: LeaseId;
        readonly terms: Terms;
        readonly paid: bigint;
        readonly funded: bigint;
      }
    | {
        readonly kind: 'lease-closed';
        readonly lease: LeaseId;
        readonly tenant: Address;
        readonly operator: Address;
        readonly by: 'tenant' | 'agent' | 'watcher' | 'operator' | 'exhausted';
        readonly wasReady: boolean;
        readonly effectiveAt: number;
        readonly paid: bigint;
        readonly refunded: bigint;
        readonly clawedBack: bigint;
      }
  );

/** A mined transaction. */
export interface Receipt {
  readonly tx: Hex;
  readonly block: number;
  readonly timestamp: number;
  readonly gasUsed: bigint;
}

export interface EventFilter {
  readonly operator?: Address;
  readonly tenant?: Address;
  readonly lease?: LeaseId;
}

export interface ChainReads {
  readonly network: Network;
  readonly domain: MarketDomain;
  /** Throws `chain.wrong-network` when the node's chain id or the contracts are not the book's. */
  check(): Promise<void>;
  head(): Promise<ChainHead>;
  balanceOf(account: Address): Promise<bigint>;
  walletBalanceOf(account: Address): Promise<bigint>;
  /** Native coin for gas, in wei. */
  gasBalanceOf(account: Address): Promise<bigint>;
  counterOf(tenant: Address): Promise<bigint>;
  leaseOf(lease: LeaseId): Promise<LeaseState>;
  operatorOf(operator: Address): Promise<Operator>;
  operatorByHotKey(hotKey: Address): Promise<Address | undefined>;
  /** Undefined where the operator is unregistered or bonded below the minimum. */
  activeHotKey(operator: Address): Promise<Address | undefined>;
  minimumBond(): Promise<bigint>;
  /** Ordinary keys are checked here; others are asked by ERC-1271. */
  isSignatureValid<N extends MessageName>(name: N, signed: Signed<Messages[N]>): Promise<boolean>;
  /** All matching events of the Market from block `from`, oldest first. */
  eventsSince(from: number, filter?: EventFilter): Promise<readonly ChainEvent[]>;
  /**
   * Follow the Market's events from `cursor.load()` on, for ever, in order and at least once: after a restart from the
   * stored position, after a reorg from the fork (`onReorg` names the first block whose events are void). Failures of
   * the node are retried; the returned handle's `isHealthy` is false meanwhile.
   */
  follow(options: FollowOptions): Promise<Follower>;
}

export interface FollowCursor {
  load(): { readonly block: number; readonly hash: Hex } | undefined;
  save(position: { readonly block: number; readonly hash: Hex }): void;
}

export interface FollowOptions {
  readonly cursor: FollowCursor;
  readonly filter?: EventFilter;
  onEvent(event: ChainEvent): Promise<void> | void;
  onHead?(head: ChainHead): void;
  onReorg?(fromBlock: number): Promise<void> | void;
}

export interface Follower extends AsyncDisposable {
  isHealthy(): boolean;
  head(): ChainHead | undefined;
}

/** Writes by one key. Calls are queued so that nonces never clash; each resolves when mined. */
export interface ChainWriter {
  readonly address: Address;
  open(lease: {
    readonly order: Signed<Order>;
    readonly bid: Signed<Bid>;
    readonly acceptance: Signed<Acceptance>;
  }): Promise<Receipt & { readonly ref: LeaseRef }>;
  markReady(ref: LeaseRef, ready: Signed<Ready>): Promise<Receipt>;
  collect(refs: readonly LeaseRef[]): Promise<Receipt & { readonly collected: bigint }>;
  topUp(ref: LeaseRef, amount: bigint): Promise<Receipt>;
  amend(
    ref: LeaseRef,
    amendment: { readonly tenant: Signed<Amendment>; readonly operator: Signed<Amendment> },
  ): Promise<Receipt>;
  close(ref: LeaseRef, effectiveAt: number): Promise<Receipt>;
  closeSigned(ref: LeaseRef, close: Signed<Close>): Promise<Receipt>;
  closeExhausted(ref: LeaseRef): Promise<Receipt>;
  /** Move tokens from the wallet into the Market account, by permit: one transaction. */
  deposit(amount: bigint): Promise<Receipt>;
  withdraw(amount: bigint): Promise<Receipt>;
  cancelAll(): Promise<Receipt>;
  /** Register the caller as operator with `hotKey`, bonding by permit. */
  register(hotKey: Address, bond: bigint, metadata: Hex): Promise<Receipt>;
  rotateHotKey(hotKey: Address): Promise<Receipt>;
  addBond(amount: bigint): Promise<Receipt>;
  /** Native coin to `to`, in wei. For the faucet of a local network. */
  sendGas(to: Address, wei: bigint): Promise<Receipt>;
  /** Mint test tokens; local networks only. */
  mintTest(to: Address, amount: bigint): Promise<Receipt>;
}
