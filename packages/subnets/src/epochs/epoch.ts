/** What an epoch is made of and what comes of it. The rules are docs/decisions/0006-epochs-on-chain.md. */
import type { Permit, SubnetEvent } from '@souk/chain';
import type { Address, EpochAttestation, Hex } from '@souk/protocol';

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

/** Everything that an epoch is computed from. Events of other subnets and of later blocks change nothing. */
export interface EpochInputs {
  readonly subnet: number;
  readonly epoch: number;
  readonly blocks: EpochBlocks;
  readonly facts: EpochFacts;
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
  readonly consensus: bigint;
  readonly incentive: bigint;
  readonly reward: bigint;
}

export interface ValidatorResult {
  readonly operator: Address;
  readonly stake: bigint;
  /** Share of all stake, children counted. */
  readonly stakeShare: bigint;
  readonly hasPermit: boolean;
  readonly isActive: boolean;
  readonly evidence: EvidenceVerdict;
  readonly trust: bigint;
  readonly dividend: bigint;
  /** For itself and its delegators. */
  readonly reward: bigint;
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
  /** Who weighs the next epoch's attestations, by operator. */
  readonly permits: readonly Permit[];
  readonly prunable: readonly number[];
  /** Cumulative, by account. */
  readonly rewards: ReadonlyMap<Address, bigint>;
  readonly rewardRoot: Hex;
  /** What the next epoch needs besides: bonds by mechanism, validator and registration; rewards of the last epochs by registration. */
  readonly carried: Carried;
}

export interface Carried {
  readonly bonds: readonly (readonly {
    readonly operator: Address;
    readonly row: readonly (readonly [number, number])[];
  }[])[];
  /** Newest first; as many as parameter pruneEpochs may ask for. */
  readonly earned: readonly ReadonlyMap<number, bigint>[];
}

/** As it is signed; the lists that its hashes stand for are `permits` and `prunable`. */
export type AttestationOf = (result: EpochResult) => EpochAttestation;
