/** What an epoch is made of and what comes of it. The rules are docs/decisions/0006-epochs-on-chain.md. */
import type { Permit, SubnetEvent } from '@souk/chain';
import type { Address, Hex, SubnetParams, Weight } from '@souk/protocol';

/** Blocks of one epoch: [start, end), reveals in [end, beacon), openings in (beacon, snapshot). */
export interface EpochBlocks {
  readonly start: number;
  readonly end: number;
  readonly beacon: number;
  readonly snapshot: number;
}

/** What the chain says besides events; the same for ever, unless the chain is reorganised. */
export interface EpochFacts {
  /** Hashes of the beacon's and the snapshot's block. */
  readonly beacon: Hex;
  readonly snapshotBlock: Hex;
  /** Everything emitted to the subnet before the epoch's end. */
  readonly accrued: bigint;
}

/** Everything that an epoch is computed from. Events of other subnets and of later blocks change nothing, nor does their order. */
export interface EpochInputs {
  readonly subnet: number;
  readonly epoch: number;
  readonly facts: EpochFacts;
  /** From the block that created the subnet to the one before the snapshot's, at least. */
  readonly events: readonly SubnetEvent[];
  /** Of the epoch before; undefined for the first. */
  readonly previous: EpochResult | undefined;
}

export const evidenceVerdicts = [
  'shown',
  'no-weights',
  'not-revealed',
  'malformed-weights',
  'version-too-old',
  'not-opened',
  'wrong-entries',
  'not-in-log',
  'signature-wrong',
  'task-differs',
  'score-differs',
  'weight-differs',
] as const;
/** `shown` and `no-weights` pass. */
export type EvidenceVerdict = (typeof evidenceVerdicts)[number];

/** One validator's opening before whoever knows the mechanism. Pure: the same everywhere, for it decides money. */
export interface EvidenceCase {
  readonly subnet: number;
  readonly epoch: number;
  readonly validator: Address;
  readonly logRoot: Hex;
  readonly weights: readonly Hex[];
  /** Its weights one epoch before; empty where it revealed none. */
  readonly before: readonly Hex[];
  readonly evidence: Hex;
  readonly beacon: Hex;
  readonly draws: number;
  /** Whether this was the operator's hot key at any time from the epoch's start to its end: a change must void nobody's log. */
  wasHotKeyOf(operator: Address, key: Address): boolean;
  /** Operator of a registration, also after it ended. */
  operatorOf(registration: number): Address | undefined;
  /** Units declared for a registration before the epoch began: those hold for the whole epoch. 0 where none were. */
  unitsOf(registration: number): number;
}
export type JudgeEvidence = (evidence: EvidenceCase) => EvidenceVerdict;

/** Amounts in SOUK's smallest unit; shares as raw bits of I32F32 (2^32 is 1). */
export interface MinerResult {
  readonly registration: number;
  readonly operator: Address;
  readonly registeredAt: number;
  /** Capacity that it declared. */
  readonly units: number;
  /** Over all mechanisms, by their shares. */
  readonly consensus: bigint;
  readonly incentive: bigint;
  readonly reward: bigint;
}

export interface ValidatorResult {
  readonly operator: Address;
  /** That works for it: of its own pool what it lends nobody, and what others lend it. */
  readonly stake: bigint;
  /** Share of the stake that counts: of those with a permit that are active. */
  readonly stakeShare: bigint;
  readonly hasPermit: boolean;
  readonly isActive: boolean;
  readonly evidence: EvidenceVerdict;
  readonly trust: bigint;
  readonly dividend: bigint;
  /** For itself and its delegators. */
  readonly reward: bigint;
}

/** One mechanism by itself: for whoever asks why. */
export interface MechanismResult {
  /** Of 65535. */
  readonly share: number;
  /** Weights that counted, as revealed. */
  readonly rows: readonly { readonly operator: Address; readonly weights: readonly Weight[] }[];
  /** By registration; those with none are left out. */
  readonly consensus: ReadonlyMap<number, bigint>;
  readonly incentive: ReadonlyMap<number, bigint>;
}

export interface EpochResult {
  readonly subnet: number;
  readonly epoch: number;
  readonly blocks: EpochBlocks;
  readonly engine: number;
  readonly snapshotBlock: Hex;
  /** Hashes of the canonical encodings. */
  readonly inputs: Hex;
  readonly outputs: Hex;
  readonly budget: bigint;
  /** Of this epoch; what is left of the budget is carried over. */
  readonly assigned: bigint;
  /** Of all epochs so far. */
  readonly total: bigint;
  readonly miners: readonly MinerResult[];
  readonly validators: readonly ValidatorResult[];
  readonly mechanisms: readonly MechanismResult[];
  readonly params: SubnetParams;
  /** The owner's part of `assigned`. */
  readonly ownerReward: bigint;
  /** Who weighs the next epoch's attestations, by operator. */
  readonly permits: readonly Permit[];
  readonly prunable: readonly number[];
  /** Cumulative, by account. */
  readonly rewards: ReadonlyMap<Address, bigint>;
  readonly rewardRoot: Hex;
  readonly carried: Carried;
}

/** What the next epoch needs besides. */

export interface Carried {
  /** By mechanism. */
  readonly bonds: readonly (readonly BondRow[])[];
  /** By registration, newest epoch first; as many as parameter pruneEpochs may ask for. */
  readonly earned: readonly ReadonlyMap<number, bigint>[];
  /** The last epoch in which each validator showed what it revealed. */
  readonly lastShown: ReadonlyMap<Address, number>;
}

export interface BondRow {
  readonly operator: Address;
  /** Raw bits of I32F32 by registration. */
  readonly bonds: readonly (readonly [registration: number, bond: number])[];
}
