/**
 * What the room chain offers of subnets: events, immutable views, writes. Weights, epochs and evidence are
 * docs/decisions/0006-epochs-on-chain.md. A revert is a Fault `chain.reverted` whose data names the contract's error.
 */
import type {
  Address,
  EpochAttestation,
  Hex,
  MarketDomain,
  Signed,
  SubnetParamName,
  SubnetParams,
} from '@souk/protocol';
import type { ChainHead, EventPosition, Receipt } from '../chain.ts';

/** Share of an operator's stake, in 2^32ths, that works for another operator. */
export interface Child {
  readonly operator: Address;
  readonly proportion: number;
}

/** Stake of one permit holder, as the next attestation is weighed. */
export interface Permit {
  readonly operator: Address;
  readonly stake: bigint;
}

export type SubnetEvent = EventPosition &
  (
    | {
        readonly kind: 'subnet-created';
        readonly subnet: number;
        readonly owner: Address;
        readonly startBlock: number;
        readonly tempo: number;
        readonly price: bigint;
      }
    | { readonly kind: 'identity-set'; readonly subnet: number; readonly identity: string }
    | { readonly kind: 'owner-changed'; readonly subnet: number; readonly owner: Address }
    | {
        readonly kind: 'param-set';
        readonly subnet: number;
        readonly name: SubnetParamName;
        readonly value: bigint;
        readonly fromEpoch: number;
      }
    | { readonly kind: 'dissolved'; readonly subnet: number }
    /** Hot key of an operator, in every subnet. */
    | { readonly kind: 'hot-key'; readonly operator: Address; readonly hotKey: Address }
    | {
        readonly kind: 'registered';
        readonly subnet: number;
        readonly registration: number;
        readonly operator: Address;
        readonly price: bigint;
        readonly collateral: bigint;
      }
    | {
        readonly kind: 'deregistered';
        readonly subnet: number;
        readonly registration: number;
        readonly operator: Address;
        readonly why: 'left' | 'pruned';
      }
    /** `endpoints`: multiaddrs, blank-separated. `units`: capacity the miner declares, in the mechanism's own unit. */
    | {
        readonly kind: 'served';
        readonly subnet: number;
        readonly registration: number;
        readonly endpoints: string;
        readonly units: number;
      }
    /** A delegator's shares of an operator's pool after a change, with the pool after it. */
    | {
        readonly kind: 'stake-changed';
        readonly subnet: number;
        readonly operator: Address;
        readonly delegator: Address;
        readonly shares: bigint;
        readonly poolStake: bigint;
        readonly poolShares: bigint;
      }
    | {
        readonly kind: 'pool-slashed';
        readonly subnet: number;
        readonly operator: Address;
        readonly amount: bigint;
        readonly poolStake: bigint;
      }
    /** u16 share of a validator's dividends that it keeps from its delegators. */
    | {
        readonly kind: 'take-set';
        readonly subnet: number;
        readonly operator: Address;
        readonly take: number;
      }
    | {
        readonly kind: 'children-set';
        readonly subnet: number;
        readonly operator: Address;
        readonly children: readonly Child[];
        readonly fromEpoch: number;
      }
    | {
        readonly kind: 'committed';
        readonly subnet: number;
        readonly epoch: number;
        readonly operator: Address;
        readonly commit: Hex;
      }
    /** The contract has checked it against the commit and the window, nothing else. */
    | {
        readonly kind: 'revealed';
        readonly subnet: number;
        readonly epoch: number;
        readonly operator: Address;
        readonly version: number;
        readonly logRoot: Hex;
        readonly weights: readonly Hex[];
      }
    /** A later one of the same window takes its place. */
    | {
        readonly kind: 'opened';
        readonly subnet: number;
        readonly epoch: number;
        readonly operator: Address;
        readonly evidence: Hex;
      }
    | {
        readonly kind: 'epoch-posted';
        readonly subnet: number;
        readonly epoch: number;
        readonly attestation: EpochAttestation;
        readonly validators: readonly Permit[];
        readonly prunable: readonly number[];
      }
    | {
        readonly kind: 'claimed';
        readonly subnet: number;
        readonly account: Address;
        readonly amount: bigint;
      }
  );

export interface EmissionSchedule {
  /** Per block now, over all subnets. */
  readonly perBlock: bigint;
  readonly minted: bigint;
  readonly cap: bigint;
}

export interface SubnetState {
  readonly owner: Address;
  readonly startBlock: number;
  readonly tempo: number;
  readonly params: SubnetParams;
  readonly miners: number;
  readonly stake: bigint;
  readonly isDissolved: boolean;
  /** The epoch that is posted next. */
  readonly nextEpoch: number;
  readonly total: bigint;
  readonly rewardRoot: Hex;
}

export interface Unbonding {
  readonly amount: bigint;
  /** Unix seconds. */
  readonly availableAt: number;
}

export interface SubnetReads {
  /** For attestations, tasks and responses. */
  readonly domain: MarketDomain;
  head(): Promise<ChainHead>;
  /** Undefined for a block that is not there yet. */
  blockHash(block: number): Promise<Hex | undefined>;
  /** Oldest first, `to` included; hot keys always, everything else of `subnet` alone where it is given. */
  events(range: {
    readonly from: number;
    readonly to: number;
    readonly subnet?: number;
  }): Promise<readonly SubnetEvent[]>;
  /** Everything emitted to a subnet in blocks before `block`; exact for any past block. */
  accruedAt(subnet: number, block: number): Promise<bigint>;
  countSubnets(): Promise<number>;
  /** Undefined for a subnet that never was. */
  subnetOf(subnet: number): Promise<SubnetState | undefined>;
  creationPrice(): Promise<bigint>;
  /** What a registration costs in the next block, without collateral. */
  registrationPrice(subnet: number): Promise<bigint>;
  stakeOf(subnet: number, operator: Address, delegator: Address): Promise<bigint>;
  unbondingOf(subnet: number, operator: Address, delegator: Address): Promise<readonly Unbonding[]>;
  claimedOf(subnet: number, account: Address): Promise<bigint>;
  soukBalanceOf(account: Address): Promise<bigint>;
  schedule(): Promise<EmissionSchedule>;
}

/**
 * Writes by one key. What an operator's money does is signed by its cold key, what its daemon does by its hot key. The
 * node tries a call on its head block before it is sent: a window is open for a caller once the head is in it.
 */
export interface SubnetWriter {
  readonly address: Address;
  create(options: {
    readonly tempo: number;
    readonly maxPrice: bigint;
    readonly identity: string;
    readonly params?: Partial<SubnetParams>;
  }): Promise<Receipt & { readonly subnet: number }>;
  setParam(subnet: number, name: SubnetParamName, value: bigint): Promise<Receipt>;
  setIdentity(subnet: number, identity: string): Promise<Receipt>;
  setOwner(subnet: number, owner: Address): Promise<Receipt>;
  dissolve(subnet: number): Promise<Receipt>;
  /** Cold key. Refused where the price is above `maxPrice` by then. Full slots: see `prunable` of the last posted epoch. */
  register(subnet: number, maxPrice: bigint): Promise<Receipt & { readonly registration: number }>;
  /** Cold key: ends the registration; the collateral comes back after a delay. */
  deregister(subnet: number, registration: number): Promise<Receipt>;
  withdrawCollateral(subnet: number, registration: number): Promise<Receipt>;
  /** Hot key. */
  serve(subnet: number, registration: number, endpoints: string, units: number): Promise<Receipt>;
  stake(subnet: number, operator: Address, amount: bigint): Promise<Receipt>;
  /** Starts unbonding. */
  unstake(subnet: number, operator: Address, amount: bigint): Promise<Receipt>;
  /** Pays out all that has unbonded. */
  finishUnstake(subnet: number, operator: Address): Promise<Receipt>;
  /** From one operator or subnet to another without unbonding; an operator's own stake can't. */
  moveStake(
    from: { readonly subnet: number; readonly operator: Address },
    to: { readonly subnet: number; readonly operator: Address },
    amount: bigint,
  ): Promise<Receipt>;
  transferStake(subnet: number, operator: Address, to: Address, amount: bigint): Promise<Receipt>;
  setTake(subnet: number, take: number): Promise<Receipt>;
  setChildren(subnet: number, children: readonly Child[]): Promise<Receipt>;
  /** Hot key, as are the next two. */
  commit(subnet: number, epoch: number, commit: Hex): Promise<Receipt>;
  reveal(
    subnet: number,
    epoch: number,
    reveal: {
      readonly salt: Hex;
      readonly version: number;
      readonly logRoot: Hex;
      readonly weights: readonly Hex[];
    },
  ): Promise<Receipt>;
  open(subnet: number, epoch: number, evidence: Hex): Promise<Receipt>;
  /** Anyone. `validators` is the list that is to be weighed by next; `current` the one that this is weighed by. */
  postEpoch(post: {
    readonly attestation: EpochAttestation;
    readonly signatures: readonly Signed<EpochAttestation>[];
    readonly current: readonly Permit[];
    readonly validators: readonly Permit[];
    readonly prunable: readonly number[];
  }): Promise<Receipt>;
  /** Anyone, for `account`, who gets the money. */
  claim(subnet: number, account: Address, cumulative: bigint, proof: readonly Hex[]): Promise<Receipt>;
  /** Anyone: two attestations of one epoch and snapshot by one key. */
  slash(a: Signed<EpochAttestation>, b: Signed<EpochAttestation>): Promise<Receipt>;
  transferSouk(to: Address, amount: bigint): Promise<Receipt>;
}
