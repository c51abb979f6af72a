/** Who is pruned next, as the last posted epoch has it. Pure. */
import { epochAt } from '@souk/subnets';
import { lastPostOf, livingOf, paramsIn, type Registration, type SubnetPicture } from './state.ts';

export interface Pruning {
  readonly slots: number;
  readonly free: number;
  /** First to go first. */
  readonly order: readonly Registration[];
  readonly asOfEpoch: number | null;
}

export function pruningOf(picture: SubnetPicture, head: number): Pruning {
  const slots = Number(paramsIn(picture, epochAt(picture, head)).maxMiners);
  const living = livingOf(picture);
  const posted = lastPostOf(picture);
  const order = (posted?.prunable ?? []).flatMap(
    (wanted) => living.find(({ registration }) => registration === wanted) ?? [],
  );
  return { slots, free: Math.max(0, slots - living.length), order, asOfEpoch: posted?.epoch ?? null };
}
