/**
 * An epoch's budget, shared out: the owner, miners, validators with those whose stake works for them. Every division floors; what
 * nobody gets stays in the budget of the next epoch. Invariant: all that is paid is at most the budget.
 */
import type { Address, SubnetParams } from '@souk/protocol';
import type { Holdings } from './holdings.ts';
import { type MechanismRun, wholeShare } from './consensus.ts';
import type { Backed } from './stakes.ts';

export interface Payroll {
  /** By place. */
  readonly miners: readonly bigint[];
  readonly validators: readonly bigint[];
  readonly owner: bigint;
  /** To whom all of it goes. */
  readonly accounts: ReadonlyMap<Address, bigint>;
  readonly assigned: bigint;
}

export interface Wages {
  readonly budget: bigint;
  readonly holdings: Holdings;
  readonly params: SubnetParams;
  readonly runs: readonly MechanismRun[];
  /** The operator of each registration, and each validator, by place. */
  readonly miners: readonly Address[];
  readonly validators: readonly Backed[];
}

const one = 1n << 32n;
const u16 = BigInt(wholeShare);

export function payEpoch({ budget, holdings, params, runs, miners, validators }: Wages): Payroll {
  const ownersPart = (budget * params.ownerCut) / u16;
  const rest = budget - ownersPart;
  const minersPart = (rest * params.minersShare) / u16;
  const toMiners = shareOut(minersPart, runs, ({ consensus }) => consensus.incentive);
  const toValidators = shareOut(rest - minersPart, runs, ({ consensus }) => consensus.dividends);
  const accounts = new Map<Address, bigint>();
  let paid = 0n;
  const pay = (account: Address, amount: bigint) => {
    if (amount === 0n) return;
    accounts.set(account, (accounts.get(account) ?? 0n) + amount);
    paid += amount;
  };
  for (const [place, operator] of miners.entries()) pay(operator, toMiners[place] ?? 0n);
  for (const [place, validator] of validators.entries())
    payValidator(validator, toValidators[place] ?? 0n, { holdings, pay });
  // In proportion to what was earned: an owner gets nothing of what waits for miners that are worth it.
  const owner = rest === 0n || holdings.owner === undefined ? 0n : (ownersPart * paid) / rest;
  if (holdings.owner !== undefined) pay(holdings.owner, owner);
  return { miners: toMiners, validators: toValidators, owner, accounts, assigned: paid };
}

/** By place: what each gets of every mechanism's part by its share there. */
function shareOut(
  amount: bigint,
  runs: readonly MechanismRun[],
  sharesOf: (run: MechanismRun) => Float64Array,
): readonly bigint[] {
  const parts = runs.map(({ share }) => (amount * BigInt(share)) / u16);
  const [first] = runs;
  if (first === undefined) return [];
  // The first mechanism also has what the others' floors leave, as long as anything is its own.
  if (first.share > 0) parts[0] = amount - parts.slice(1).reduce((sum, part) => sum + part, 0n);
  return Array.from(sharesOf(first), (_, place) =>
    runs.reduce((sum, run, mechanism) => sum + (parts[mechanism]! * BigInt(sharesOf(run)[place]!)) / one, 0n),
  );
}

interface Paying {
  readonly holdings: Holdings;
  readonly pay: (account: Address, amount: bigint) => void;
}

/** By the stake that works for it: its own pool's, and what others lend, of which it keeps its take too. */
function payValidator({ operator, stake, backing }: Backed, reward: bigint, { holdings, pay }: Paying): void {
  if (reward === 0n) return;
  for (const lender of backing) {
    const part = (reward * lender.stake) / stake;
    const kept = lender.operator === operator ? 0n : takeOf(holdings, operator, part);
    pay(operator, kept);
    payPool(lender.operator, part - kept, { holdings, pay });
  }
}

/** The operator's take, then everybody by shares, itself among them. */
function payPool(operator: Address, amount: bigint, { holdings, pay }: Paying): void {
  const pool = holdings.pools.get(operator);
  if (!pool || pool.shares === 0n) return;
  const take = takeOf(holdings, operator, amount);
  pay(operator, take);
  for (const [delegator, shares] of pool.delegations)
    pay(delegator, ((amount - take) * shares) / pool.shares);
}

function takeOf(holdings: Holdings, operator: Address, amount: bigint): bigint {
  return (amount * BigInt(holdings.takes.get(operator) ?? 0)) / u16;
}
