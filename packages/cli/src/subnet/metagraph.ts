/** Who is in a subnet and what each earned in one epoch, put side by side. Pure. */
import { type Address, decodeWeights } from '@souk/protocol';
import { type EpochResult, type EvidenceVerdict, metagraphOf as metagraphOfEpoch } from '@souk/subnets';
import { lastPostOf, livingOf, paramsIn, type SubnetPicture } from './state.ts';

export interface MetagraphMiner {
  readonly registration: number;
  readonly operator: Address;
  /** By what was earned over the last epochs, 1 the most; null without an epoch. */
  readonly rank: number | null;
  readonly earned: bigint | null;
  readonly incentive: bigint | null;
  readonly consensus: bigint | null;
  readonly reward: bigint | null;
  readonly units: number;
  readonly endpoints: string;
  readonly registeredAt: number;
  readonly immuneBlocksLeft: number;
  /** Place among those to be pruned next, from 1; null for none. */
  readonly pruneOrder: number | null;
}

export interface MetagraphValidator {
  readonly operator: Address;
  readonly stake: bigint;
  readonly stakeShare: bigint | null;
  readonly hasPermit: boolean;
  readonly isActive: boolean | null;
  readonly evidence: EvidenceVerdict | null;
  readonly trust: bigint | null;
  readonly dividend: bigint | null;
  readonly reward: bigint | null;
  /** u16. */
  readonly take: number;
  readonly delegators: number;
}

export interface Metagraph {
  readonly subnet: number;
  readonly name: string | null;
  readonly epoch: number | null;
  /** Everything is as of this block. */
  readonly block: number;
  readonly isPosted: boolean;
  readonly budget: bigint | null;
  readonly assigned: bigint | null;
  readonly inputs: string | null;
  readonly outputs: string | null;
  readonly miners: readonly MetagraphMiner[];
  readonly validators: readonly MetagraphValidator[];
}

/** `picture` as of `block`; `result` of the epoch that ends there, undefined where none is known yet. */
export function metagraphOf(
  picture: SubnetPicture,
  block: number,
  {
    result,
    epoch,
    isPosted,
  }: { readonly result: EpochResult | undefined; readonly epoch: number; readonly isPosted: boolean },
): Metagraph {
  return {
    subnet: picture.subnet,
    name: picture.identity?.name ?? null,
    epoch: result?.epoch ?? null,
    block,
    isPosted,
    budget: result?.budget ?? null,
    assigned: result?.assigned ?? null,
    inputs: result?.inputs ?? null,
    outputs: result?.outputs ?? null,
    miners: minersOf(picture, block, { result, immunity: Number(paramsIn(picture, epoch).immunityBlocks) }),
    validators: validatorsOf(picture, result),
  };
}

function minersOf(
  picture: SubnetPicture,
  block: number,
  { result, immunity }: { readonly result: EpochResult | undefined; readonly immunity: number },
): readonly MetagraphMiner[] {
  const computed = result === undefined ? [] : metagraphOfEpoch(result).miners;
  const earners = new Map(computed.map((miner) => [miner.registration, miner]));
  const prunable = result?.prunable ?? lastPostOf(picture)?.prunable ?? [];
  const miners = livingOf(picture).map((one) => {
    const found = earners.get(one.registration);
    const order = prunable.indexOf(one.registration);
    return {
      registration: one.registration,
      operator: one.operator,
      rank: found?.rank ?? null,
      earned: found?.earned ?? null,
      incentive: found?.incentive ?? null,
      consensus: found?.consensus ?? null,
      reward: found?.reward ?? null,
      units: one.units,
      endpoints: one.endpoints,
      registeredAt: one.registeredAt,
      immuneBlocksLeft: Math.max(0, one.registeredAt + immunity - block),
      pruneOrder: order < 0 ? null : order + 1,
    };
  });
  return miners.toSorted(
    (a, b) => (a.rank ?? Infinity) - (b.rank ?? Infinity) || a.registration - b.registration,
  );
}

function validatorsOf(
  picture: SubnetPicture,
  result: EpochResult | undefined,
): readonly MetagraphValidator[] {
  const earned = new Map(result?.validators.map((validator) => [validator.operator, validator]));
  const permits = new Set(
    (result?.permits ?? lastPostOf(picture)?.validators ?? []).map(({ operator }) => operator),
  );
  return [...picture.pools]
    .map(([operator, pool]) => {
      const found = earned.get(operator);
      return {
        operator,
        stake: found?.stake ?? pool.stake,
        stakeShare: found?.stakeShare ?? null,
        hasPermit: found?.hasPermit ?? permits.has(operator),
        isActive: found?.isActive ?? null,
        evidence: found?.evidence ?? null,
        trust: found?.trust ?? null,
        dividend: found?.dividend ?? null,
        reward: found?.reward ?? null,
        take: picture.takes.get(operator) ?? 0,
        delegators: [...pool.sharesOf.keys()].filter((who) => who !== operator).length,
      };
    })
    .sort((a, b) => compare(b.stake, a.stake));
}

export interface WeightsRow {
  readonly validator: Address;
  readonly mechanism: number;
  readonly version: number;
  /** Empty where the bytes are not what the rules ask for. */
  readonly weights: readonly {
    readonly registration: number;
    readonly weight: number;
    readonly share: number;
  }[];
}

/** Who gave whom what in `epoch`, as revealed. */
export function weightsIn(picture: SubnetPicture, epoch: number): readonly WeightsRow[] {
  return [...(picture.epochs.get(epoch)?.reveals ?? [])].flatMap(([validator, reveal]) =>
    reveal.weights.map((bytes, mechanism) => {
      const weights = decodeWeights(bytes) ?? [];
      const sum = weights.reduce((total, { weight }) => total + weight, 0);
      return {
        validator,
        mechanism,
        version: reveal.version,
        weights: weights.map((one) => ({ ...one, share: one.weight / sum })),
      };
    }),
  );
}

function compare(a: bigint, b: bigint): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
