/** Why a miner stands where it stands, and a subnet at a glance: both from a computed epoch alone, as plain data. */
import type { Permit } from '@souk/chain';
import type { Address, Weight } from '@souk/protocol';
import { div } from '../engine/fixed.ts';
import type { EpochResult, EvidenceVerdict, MinerResult, ValidatorResult } from './epoch.ts';
import { earnedOver, immuneBlocks, standings } from './pruning.ts';

export interface MinerExplanation {
  readonly registration: number;
  readonly operator: Address;
  readonly epoch: number;
  /** 1 is best, by what was earned over the last `epochs` epochs. */
  readonly rank: number;
  readonly miners: number;
  readonly slots: number;
  readonly epochs: number;
  readonly earned: bigint;
  /** How much more it earned than the one that is pruned next; of that one itself, than the one after it: 0 or less. */
  readonly margin: bigint;
  /** 1 goes first; undefined while it can't be pruned. */
  readonly pruningPlace: number | undefined;
  /** After the epoch's end. */
  readonly immuneBlocksLeft: number;
  readonly reward: bigint;
  readonly incentive: bigint;
  /** Exactly what its reward was made of. */
  readonly mechanisms: readonly MechanismExplanation[];
}

export interface MechanismExplanation {
  readonly mechanism: number;
  /** Of 65535. */
  readonly share: number;
  readonly consensus: bigint;
  readonly incentive: bigint;
  readonly votes: readonly Vote[];
}

/** What one validator made of it. Shares are raw bits of I32F32. */
export interface Vote {
  readonly validator: Address;
  readonly stakeShare: bigint;
  readonly isActive: boolean;
  readonly evidence: EvidenceVerdict;
  /** As revealed; 0 where it gave none that counts. */
  readonly weight: number;
  /** Of the validator's row, then no more than consensus. */
  readonly weightShare: bigint;
  readonly clipped: bigint;
}

/** Undefined for a registration that the epoch does not have. */
export function explainMiner(result: EpochResult, registration: number): MinerExplanation | undefined {
  const miner = result.miners.find((candidate) => candidate.registration === registration);
  if (!miner) return undefined;
  const { params, blocks, epoch } = result;
  const { ranked, order } = standings(result);
  const place = order.indexOf(registration);
  const earned = earnedBy(result, registration);
  const rival = place === 0 ? order[1] : order[0];
  return {
    registration,
    operator: miner.operator,
    epoch,
    rank: ranked.indexOf(registration) + 1,
    miners: result.miners.length,
    slots: Number(params.maxMiners),
    epochs: Math.min(Number(params.pruneEpochs), result.carried.earned.length),
    earned,
    margin: rival === undefined ? 0n : earned - earnedBy(result, rival),
    pruningPlace: place < 0 ? undefined : place + 1,
    immuneBlocksLeft: immuneBlocks(miner.registeredAt, blocks.end, params),
    reward: miner.reward,
    incentive: miner.incentive,
    mechanisms: result.mechanisms.map((_, mechanism) => explainMechanism(result, mechanism, registration)),
  };
}

function earnedBy({ carried, params }: EpochResult, registration: number): bigint {
  return earnedOver(carried.earned, params, registration);
}

function explainMechanism(
  result: EpochResult,
  mechanism: number,
  registration: number,
): MechanismExplanation {
  const { share, rows, consensus, incentive } = result.mechanisms[mechanism]!;
  const agreed = consensus.get(registration) ?? 0n;
  const weights = new Map(rows.map((row) => [row.operator, row.weights]));
  return {
    mechanism,
    share,
    consensus: agreed,
    incentive: incentive.get(registration) ?? 0n,
    votes: result.validators.map(({ operator, stakeShare, isActive, evidence }) => {
      const row = weights.get(operator) ?? [];
      const weight = row.find((entry) => entry.registration === registration)?.weight ?? 0;
      const weightShare = BigInt(div(weight, sumOf(row)));
      const clipped = weightShare < agreed ? weightShare : agreed;
      return { validator: operator, stakeShare, isActive, evidence, weight, weightShare, clipped };
    }),
  };
}

function sumOf(row: readonly Weight[]): number {
  return row.reduce((sum, { weight }) => sum + weight, 0);
}

export interface Metagraph {
  readonly subnet: number;
  readonly epoch: number;
  readonly endBlock: number;
  readonly budget: bigint;
  readonly assigned: bigint;
  readonly ownerReward: bigint;
  readonly miners: readonly MetagraphMiner[];
  readonly validators: readonly ValidatorResult[];
  readonly permits: readonly Permit[];
  readonly prunable: readonly number[];
}

export interface MetagraphMiner extends MinerResult {
  readonly rank: number;
  readonly earned: bigint;
  readonly immuneBlocksLeft: number;
}

/** A subnet as that epoch left it, best miner first. */
export function metagraphOf(result: EpochResult): Metagraph {
  const { subnet, epoch, blocks, budget, assigned, ownerReward, validators, permits, prunable, params } =
    result;
  const miners = new Map(result.miners.map((miner) => [miner.registration, miner]));
  return {
    subnet,
    epoch,
    endBlock: blocks.end,
    budget,
    assigned,
    ownerReward,
    miners: standings(result).ranked.map((registration, index) => {
      const miner = miners.get(registration)!;
      return {
        ...miner,
        rank: index + 1,
        earned: earnedBy(result, registration),
        immuneBlocksLeft: immuneBlocks(miner.registeredAt, blocks.end, params),
      };
    }),
    validators,
    permits,
    prunable,
  };
}
