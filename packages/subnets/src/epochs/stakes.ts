/** How much stake works for whom: pools, with what they lend to other operators. Pure. */
import type { Permit } from '@souk/chain';
import type { Address, SubnetParams } from '@souk/protocol';
import { topK } from '../engine/epoch.ts';
import { childrenIn, type Holdings } from './holdings.ts';

/** Of the pool of `operator`, what works for a validator. */
export interface Backing {
  readonly operator: Address;
  readonly stake: bigint;
}

export interface Backed {
  readonly operator: Address;
  readonly stake: bigint;
  readonly backing: readonly Backing[];
}

const whole = 1n << 32n;

/** Every operator with stake that works for it, by operator. What is lent is not lent on. */
export function backValidators(holdings: Holdings, epoch: number): readonly Backed[] {
  const found = new Map<Address, Backing[]>();
  const back = (validator: Address, backing: Backing) => {
    if (backing.stake === 0n) return;
    const list = found.get(validator);
    if (list) list.push(backing);
    else found.set(validator, [backing]);
  };
  for (const operator of [...holdings.pools.keys()].toSorted()) {
    const { stake } = holdings.pools.get(operator)!;
    let left = stake;
    for (const child of childrenIn(holdings, operator, epoch)) {
      const lent = least((stake * BigInt(child.proportion)) / whole, left);
      back(child.operator, { operator, stake: lent });
      left -= lent;
    }
    back(operator, { operator, stake: left });
  }
  return [...found.keys()].toSorted().map((operator) => {
    const backing = found.get(operator)!;
    return { operator, stake: backing.reduce((sum, { stake }) => sum + stake, 0n), backing };
  });
}

/** The operators with the most stake, of equals the later addresses; none with less than the least. By operator. */
export function permitted(backed: readonly Backed[], params: SubnetParams): readonly Backed[] {
  const enough = backed.filter(({ stake }) => stake > 0n && stake >= params.minStake);
  const best = topK(
    enough.map(({ stake }) => stake),
    Number(params.maxValidators),
  );
  return enough.filter((_, index) => best[index]);
}

export function permitsOf(permitted: readonly Backed[]): readonly Permit[] {
  return permitted.map(({ operator, stake }) => ({ operator, stake }));
}

function least(a: bigint, b: bigint): bigint {
  return a < b ? a : b;
}
