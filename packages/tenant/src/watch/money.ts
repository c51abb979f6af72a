/**
 * Keeps leases from running out of money unseen: warns with the time left, tops up within a budget where that was asked
 * for, and sees to it that the provider holds a signed pause for when the money is low all the same.
 */
import type { LeaseState } from '@souk/chain';
import { type LeaseStatus, toFault } from '@souk/protocol';
import type { Context } from '../context.ts';
import { type Deployment, isEnded } from '../deployment.ts';
import { moneyEndsAt } from '../leases/history.ts';
import type { Lot } from '../leases/lot.ts';
import { isPaused, sendPause } from '../leases/pause.ts';
import type { WatchNews } from '../types.ts';
import { costOf } from '../records.ts';

export interface Seen {
  readonly lot: Lot;
  readonly state: LeaseState;
  /** The provider's word, where it answers. */
  readonly status: LeaseStatus | null;
  /** Chain time. */
  readonly now: number;
  readonly signal: AbortSignal;
}

export interface MoneyDesk {
  /**
   * Once a round for each lease whose meter runs. Resolves to the chain time since which the provider has claimed that
   * it is paused while it costs as before, once that is too long; else to null.
   */
  look(seen: Seen): Promise<number | null>;
  forget(lease: string): void;
}

/** What was told already, so that it is told once. */
interface Told {
  isLow: boolean;
  isPaused: boolean;
  topUp: TopUpPlan['kind'] | undefined;
  /** Chain time at which the provider first said that it is paused; null while it does not, or it costs less. */
  claimedSince: number | null;
  /** Hash of terms for which the provider takes no pause. */
  refusedTerms: string | undefined;
}

/** From stopping a workload to having its lower price on chain. */
const pausePatienceSeconds = 120;

export function createMoneyDesk(context: Context, tell: (news: WatchNews) => void): MoneyDesk {
  const told = new Map<string, Told>();
  const turns = new Map<string, Promise<void>>();

  /** One of a deployment at a time: two leases must not both spend the last of the budget. */
  const inTurn = (name: string, work: () => Promise<void>): Promise<void> => {
    const turn = (turns.get(name) ?? Promise.resolve()).then(work, work);
    const kept = turn.catch(() => undefined).finally(() => turns.get(name) === kept && turns.delete(name));
    turns.set(name, kept);
    return turn;
  };

  const topUp = async ({ lot, state, now }: Seen, memo: Told): Promise<void> => {
    const { writer, chain, wishes } = context.deps;
    const { name, group } = lot;
    const wish = await wishes?.load(name).catch(() => undefined);
    const { terms } = group;
    if (!wish?.topUp || !writer || !terms || moneyEndsAt(terms, state) - now >= wish.topUp.whenLeftSeconds) {
      memo.topUp = undefined;
      return;
    }
    const record = await context.records.load(name);
    const fresh = await chain.leaseOf(group.lease);
    const plan = planTopUp({
      secondsLeft: moneyEndsAt(terms, fresh) - now,
      wish: wish.topUp,
      maxTotal: wish.maxTotal,
      bound: await boundOf(context, record),
      balance: await chain.balanceOf(writer.address),
    });
    const isNew = memo.topUp !== plan.kind;
    memo.topUp = plan.kind;
    const about = { name, group: group.name };
    switch (plan.kind) {
      case 'enough':
        return;
      case 'top-up': {
        await writer.topUp({ lease: group.lease, terms }, plan.amount);
        memo.topUp = undefined;
        memo.isLow = false;
        const after = await chain.leaseOf(group.lease);
        const secondsLeft = moneyEndsAt(terms, after) - (await chain.head()).timestamp;
        return tell({ kind: 'topped-up', ...about, amount: plan.amount, secondsLeft });
      }
      case 'budget-reached':
      case 'balance-empty':
        if (isNew) tell({ kind: plan.kind, ...about, secondsLeft: plan.secondsLeft });
    }
  };

  const warn = ({ lot, state, now }: Seen, memo: Told): void => {
    const { name, group } = lot;
    if (!group.terms) return;
    const about = { name, group: group.name };
    const secondsLeft = moneyEndsAt(group.terms, state) - now;
    const paused = isPaused(group);
    if (paused && !memo.isPaused) {
      memo.isLow = false;
      tell({ kind: 'paused', ...about, secondsLeft });
    }
    if (!paused && memo.isPaused) tell({ kind: 'resumed', ...about, secondsLeft });
    memo.isPaused = paused;
    const isLow = secondsLeft < context.config.lowBalanceSeconds;
    if (isLow && !memo.isLow) tell({ kind: paused ? 'data-ends' : 'low-balance', ...about, secondsLeft });
    memo.isLow = isLow;
  };

  /** After Ready, and again after every change of the terms: a pause is good for one set of terms. */
  const agreePause = async ({ lot, state, status, signal }: Seen, memo: Told): Promise<void> => {
    const runs = status !== null && ['running', 'ready', 'unhealthy'].includes(status.phase);
    if (!runs || status.pausesAt !== null || isPaused(lot.group) || state.readyAt === 0) return;
    if (memo.refusedTerms === state.termsHash) return;
    const answer = await sendPause(context, lot, 'money-is-low', signal);
    if (answer.ok || answer.reason === 'busy' || answer.reason === 'amendment-stale') return;
    memo.refusedTerms = state.termsHash;
    context.deps.log.warn('provider takes no pause', { lease: lot.group.lease, reason: answer.reason });
  };

  return {
    async look(seen) {
      const { lease } = seen.lot.group;
      const memo = told.get(lease) ?? {
        isLow: false,
        isPaused: false,
        topUp: undefined,
        claimedSince: null,
        refusedTerms: undefined,
      };
      told.set(lease, memo);
      warn(seen, memo);
      const work = isPaused(seen.lot.group)
        ? []
        : [inTurn(seen.lot.name, () => topUp(seen, memo)), agreePause(seen, memo)];
      for (const done of await Promise.allSettled(work)) {
        if (done.status === 'fulfilled' || seen.signal.aborted) continue;
        const { code } = toFault(done.reason, 'tenant.money-failed', 'chain');
        context.deps.log.warn('money of a lease not looked after', { lease, code });
      }
      const claims = seen.status?.phase === 'paused' && !isPaused(seen.lot.group);
      memo.claimedSince = claims ? (memo.claimedSince ?? seen.now) : null;
      const { claimedSince } = memo;
      return claimedSince !== null && seen.now - claimedSince > pausePatienceSeconds ? claimedSince : null;
    },
    forget: (lease) => void told.delete(lease),
  };
}

/** What all leases of a deployment have cost, and can cost with what is locked for them now. */
async function boundOf({ deps }: Context, record: Deployment): Promise<bigint> {
  const costs = [...record.leaving, ...record.groups].map(async (group) => {
    if (isEnded(group)) return costOf(group.receipt);
    const { status, funded } = await deps.chain.leaseOf(group.lease);
    // An order that is still out may lock its deposit.
    return status === 'unknown' ? group.order.message.deposit : group.paidBefore + funded;
  });
  return (await Promise.all(costs)).reduce((sum, cost) => sum + cost, record.spent);
}

export type TopUpPlan =
  | { readonly kind: 'enough' }
  | { readonly kind: 'top-up'; readonly amount: bigint }
  | { readonly kind: 'budget-reached' | 'balance-empty'; readonly secondsLeft: number };

export interface TopUpFacts {
  readonly secondsLeft: number;
  readonly wish: { readonly amount: bigint; readonly whenLeftSeconds: number };
  /** Most that all leases of the deployment may cost together; null for no end. */
  readonly maxTotal: bigint | null;
  /** What they have cost, and can cost with what is locked now. */
  readonly bound: bigint;
  readonly balance: bigint;
}

/** What to add now: never so much that the deployment could cost more than its budget. Pure. */
export function planTopUp(facts: TopUpFacts): TopUpPlan {
  const { secondsLeft, wish, maxTotal, bound, balance } = facts;
  if (secondsLeft <= 0 || secondsLeft >= wish.whenLeftSeconds || wish.amount <= 0n) return { kind: 'enough' };
  const room = maxTotal === null ? wish.amount : maxTotal - bound;
  if (room <= 0n) return { kind: 'budget-reached', secondsLeft };
  if (balance <= 0n) return { kind: 'balance-empty', secondsLeft };
  const amount = [wish.amount, room, balance].reduce((least, one) => (one < least ? one : least));
  return { kind: 'top-up', amount };
}
