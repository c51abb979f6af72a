/** How much a replacement may lock, so that all leases of a deployment together stay within what it may cost. */
import { owedAt } from '@souk/protocol';
import type { Context } from '../context.ts';
import { type Deployment, type DeploymentGroup, isEnded } from '../deployment.ts';
import { meterOf } from '../leases/history.ts';
import { costOf } from '../records.ts';
import type { KeptGroup, KeptWish } from '../wish.ts';

export interface Spending {
  readonly record: Deployment;
  /** Which is given up: it costs no more than it has so far. */
  readonly group: DeploymentGroup;
  readonly wish: KeptWish;
  readonly kept: KeptGroup;
}

/** A lease that is given up costs on until its close is on chain. */
const closingSeconds = 60;

/** The usual deposit or what is left of the budget, whichever is less; in the token's smallest unit. */
export async function depositLeft(context: Context, spending: Spending): Promise<bigint> {
  const { record, group, wish, kept } = spending;
  if (wish.maxTotal === null) return kept.deposit;
  const ending = await Promise.all([...record.leaving, group].map((one) => costUntil(context, one, 'now')));
  const others = record.groups.filter((one) => one.lease !== group.lease);
  const living = await Promise.all(others.map((one) => costUntil(context, one, 'its money ends')));
  const bound = [...ending, ...living].reduce((sum, cost) => sum + cost, record.spent);
  const left = wish.maxTotal > bound ? wish.maxTotal - bound : 0n;
  return left < kept.deposit ? left : kept.deposit;
}

async function costUntil(
  context: Context,
  group: DeploymentGroup,
  until: 'now' | 'its money ends',
): Promise<bigint> {
  if (isEnded(group)) return costOf(group.receipt);
  const { chain } = context.deps;
  const state = await chain.leaseOf(group.lease);
  // An order that is still out may lock its deposit.
  if (state.status !== 'open' || !group.terms) return group.order.message.deposit;
  if (until === 'its money ends') return group.paidBefore + state.funded;
  const { timestamp } = await chain.head();
  return group.paidBefore + owedAt(meterOf(group.terms, state), timestamp + closingSeconds);
}
