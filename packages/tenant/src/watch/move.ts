/**
 * Gives a lease up for another: a fresh order takes its group's place in the record and the lease is put among those
 * that are being left, in one write. Everything after that follows from the record: `leave.ts` closes the one,
 * `replace.ts` brings the other up. An order that is signed here and never reached the record never reached anybody.
 */
import { type Address, createKey, type Restore, toFault, zeroAddress } from '@souk/protocol';
import type { Context } from '../context.ts';
import { type Deployment, type DeploymentGroup, isEnded, type Replaced } from '../deployment.ts';
import { signGroup } from '../orders/sign.ts';
import { intoHistory } from '../records.ts';
import type { NotMovedReason } from '../types.ts';
import { restoresFor } from '../volumes/restores.ts';
import type { KeptGroup, KeptWish } from '../wish.ts';
import { depositLeft } from './budget.ts';
import { takeStandby } from './standby.ts';
import type { Watching } from './watching.ts';

export interface Cause {
  readonly why: string;
  /** Chain time at which it last worked. */
  readonly workedAt: number;
  /** Still serves: leave it at this unix second, or once its successor is ready. Null: close it now. */
  readonly keepUntil: number | null;
}

const mostLeaving = 64;
const firstPauseMs = 2_000;
const longestPauseMs = 60_000;

/** False where it can't be ordered again; then the news say why. */
export async function moveGroup(
  watching: Watching,
  record: Deployment,
  group: DeploymentGroup,
  cause: Cause,
): Promise<boolean> {
  const { context, tell } = watching;
  const { name } = record;
  const wish = await wishOf(context, record, group);
  if ('missing' in wish) return refuse(watching, record, group, 'no-wish', wish.missing);
  const deposit = await depositLeft(context, { record, group, wish: wish.all, kept: wish.kept });
  if (deposit === 0n) {
    const detail = 'all that it may cost is spent or locked';
    return refuse(watching, record, group, 'over-budget', detail);
  }
  const [fresh, restore] = await Promise.all([
    nextOrder(context, group, wish.all, { ...wish.kept, deposit }),
    restoreOf(context, record, group),
  ]);
  if (fresh === undefined) {
    return refuse(watching, record, group, 'no-standby', 'this watch was given no order that it could use');
  }
  const moved = await context.records.update(name, (now) =>
    withMove(now, { fresh, restore, cause, from: group, context }),
  );
  if (!moved) return true;
  if (group.replaces === null) {
    const from = operatorOf(group);
    tell({ kind: 'failing-over', name, group: group.name, from, reason: cause.why });
  }
  return true;
}

function refuse(
  { tell }: Watching,
  record: Deployment,
  group: DeploymentGroup,
  reason: NotMovedReason,
  detail: string,
): false {
  tell({ kind: 'not-moved', name: record.name, group: group.name, reason, detail, nextTryAt: null });
  return false;
}

type FoundWish = { readonly all: KeptWish; readonly kept: KeptGroup } | { readonly missing: string };

async function wishOf(context: Context, record: Deployment, group: DeploymentGroup): Promise<FoundWish> {
  try {
    const all = await context.deps.wishes?.load(record.name);
    const kept = all?.groups.find((one) => one.name === group.name);
    return all && kept ? { all, kept } : { missing: 'what was deployed was not kept' };
  } catch (error) {
    return { missing: toFault(error, 'tenant.wish-unreadable', 'user').message };
  }
}

/** One that was signed before, so that another watch that has it too opens no second lease; else a new one. */
async function nextOrder(
  context: Context,
  old: DeploymentGroup,
  wish: KeptWish,
  group: KeptGroup,
): Promise<DeploymentGroup | undefined> {
  const { chain, wallet, canOrder = true } = context.deps;
  const [head, counter] = await Promise.all([chain.head(), chain.counterOf(wallet.address)]);
  const standby = await takeStandby(context, old, group, { head, counter });
  if (standby || !canOrder) return standby;
  const signed = await signGroup(context, { wish, group, agent: createKey(), head, counter });
  return { ...signed, standby: old.standby };
}

/** What the first of a row of failures knew stays: those in between never had data of their own. */
async function restoreOf(
  context: Context,
  record: Deployment,
  group: DeploymentGroup,
): Promise<readonly Restore[]> {
  return group.replaces?.restore ?? (await restoresFor(context, record, group));
}

interface Move {
  readonly fresh: DeploymentGroup;
  readonly restore: readonly Restore[];
  readonly cause: Cause;
  /** As it was when the move was decided. */
  readonly from: DeploymentGroup;
  readonly context: Context;
}

/** Undefined where meanwhile its end was asked for, or another watch has moved it. */
function withMove(now: Deployment, move: Move): Deployment | undefined {
  const old = now.groups.find((group) => group.lease === move.from.lease);
  const isClosing = old?.phase === 'closing' || !old?.isWanted || !now.failover;
  if (!old || isClosing || now.leaving.length >= mostLeaving) return undefined;
  const { cause, context } = move;
  const group: DeploymentGroup = {
    ...move.fresh,
    replaces: replacedOf(old, move),
    // An order that never opened is nobody's failure.
    avoid: avoiding(context, old, old.terms ? [old.terms.operator] : []),
  };
  const groups = now.groups.map((one) => (one === old ? group : one));
  const at = context.deps.clock.now();
  const givenUp = { why: cause.why.slice(0, 300), at, keepUntil: cause.keepUntil };
  const left: DeploymentGroup = { ...old, givenUp, workedAt: null };
  if (isEnded(old)) return intoHistory({ ...now, groups }, old.receipt ? [left] : []);
  const closing = cause.keepUntil === null && { phase: 'closing' as const, closeAt: cause.workedAt };
  return { ...now, groups, leaving: [...now.leaving, { ...left, ...closing }] };
}

function replacedOf(old: DeploymentGroup, { cause, restore, context }: Move): Replaced {
  if (old.replaces) return { ...old.replaces, nextTryAt: 0 };
  return {
    lease: old.lease,
    operator: operatorOf(old),
    why: cause.why.slice(0, 300),
    noticedAt: context.deps.clock.now(),
    healthyAt: cause.workedAt,
    restore: [...restore],
    tries: 0,
    nextTryAt: 0,
  };
}

/** One more try came to nothing: the next waits twice as long. */
export function afterTry(context: Context, replaced: Replaced): Replaced {
  const pauseMs = Math.min(firstPauseMs * 2 ** Math.min(replaced.tries, 10), longestPauseMs);
  return { ...replaced, tries: replaced.tries + 1, nextTryAt: context.deps.clock.now() + pauseMs };
}

/** Those that failed it lately and these. */
export function avoiding(
  { deps, config }: Context,
  group: DeploymentGroup,
  operators: readonly Address[],
): DeploymentGroup['avoid'] {
  const now = deps.clock.now();
  const others = group.avoid.filter((one) => one.until > now && !operators.includes(one.operator));
  const until = now + config.avoidSeconds * 1000;
  return [...others, ...operators.map((operator) => ({ operator, until }))].slice(-32);
}

function operatorOf(group: DeploymentGroup): Address {
  return group.terms?.operator ?? zeroAddress;
}
