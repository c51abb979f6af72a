/** Whom newcomers replace: who earned least over the last epochs and is not immune, known an epoch ahead. Pure. */
import type { SubnetParams } from '@souk/protocol';
import type { EpochResult, MinerResult } from './epoch.ts';

/** As many as a posted epoch may name. */
const mostPrunable = 8;

type Earned = readonly ReadonlyMap<number, bigint>[];

/** Of the last `pruneEpochs` epochs. */
export function earnedOver(earned: Earned, params: SubnetParams, registration: number): bigint {
  const epochs = earned.slice(0, Number(params.pruneEpochs));
  return epochs.reduce((sum, epoch) => sum + (epoch.get(registration) ?? 0n), 0n);
}

/** Blocks after `end` for which a registration can't be pruned. */
export function immuneBlocks(registeredAt: number, end: number, params: SubnetParams): number {
  return Math.max(0, registeredAt + Number(params.immunityBlocks) - end);
}

/** All that may be pruned, who goes first before the others: least earned, of equals the earliest. */
export function pruningOrder(
  miners: readonly Pick<MinerResult, 'registration' | 'registeredAt'>[],
  { end, params, earned }: { readonly end: number; readonly params: SubnetParams; readonly earned: Earned },
): readonly number[] {
  return miners
    .filter(({ registeredAt }) => immuneBlocks(registeredAt, end, params) === 0)
    .map(({ registration }) => ({ registration, amount: earnedOver(earned, params, registration) }))
    .sort((a, b) => compare(a.amount, b.amount) || a.registration - b.registration)
    .map(({ registration }) => registration);
}

export function prunableOf(order: readonly number[]): readonly number[] {
  return order.slice(0, mostPrunable);
}

/** Rank by what was earned, and the order in which all would go. */
export function standings(result: EpochResult): {
  readonly ranked: readonly number[];
  readonly order: readonly number[];
} {
  const { miners, params, blocks, carried } = result;
  const amounts = new Map(
    miners.map(({ registration }) => [registration, earnedOver(carried.earned, params, registration)]),
  );
  const ranked = miners
    .map(({ registration }) => registration)
    .sort((a, b) => compare(amounts.get(b)!, amounts.get(a)!) || b - a);
  return { ranked, order: pruningOrder(miners, { end: blocks.end, params, earned: carried.earned }) };
}

function compare(a: bigint, b: bigint): number {
  if (a === b) return 0;
  return a < b ? -1 : 1;
}
