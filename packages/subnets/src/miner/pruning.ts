/** How near a registration is to being replaced. Pure: read off the last posted epoch. */
import type { Address } from '@souk/protocol';
import type { SubnetView } from '../book/view.ts';
import { epochAt } from '../epochs/blocks.ts';

export interface PruningRisk {
  readonly registration: number;
  /** Newcomers that go before it is this one's turn; 0: the next one replaces it, once no slot is free. */
  readonly before: number;
  readonly freeSlots: number;
}

/** Undefined where no newcomer replaces it before the next epoch is posted. */
export function pruningOf(
  view: SubnetView,
  { operator, block }: { readonly operator: Address; readonly block: number },
): PruningRisk | undefined {
  const registration = view.registrationOf(operator)?.registration;
  const isThere = (id: number) => view.registrations.get(id)?.hasEnded === false;
  const line = view.lastPost?.prunable.filter(isThere) ?? [];
  const before = registration === undefined ? -1 : line.indexOf(registration);
  if (registration === undefined || before < 0) return undefined;
  const taken = [...view.registrations.values()].filter(({ hasEnded }) => !hasEnded).length;
  const { maxMiners } = view.paramsIn(epochAt(view.tempo, block));
  return { registration, before, freeSlots: Math.max(0, Number(maxMiners) - taken) };
}
