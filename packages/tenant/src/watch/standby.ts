/**
 * What lets another machine watch without the wallet: the key that can end a lease and nothing else, and orders that
 * the wallet signs now, each with an agent of its own. Home and delegate use the same orders in the same turn, so
 * however many of them fail over at once, the chain opens one lease of each order at most.
 */
import type { ChainHead } from '@souk/chain';
import { createKey, Fault, isSameAddress, leaseIdOf, localKey } from '@souk/protocol';
import type { Context } from '../context.ts';
import { type Deployment, type DeploymentGroup, isEnded, type Standby } from '../deployment.ts';
import { groupOf, signOrder } from '../orders/sign.ts';
import type { Delegation } from '../types.ts';
import type { KeptGroup, KeptWish } from '../wish.ts';

/** Providers pass no order on that lives longer than a week. */
const standbySeconds = 6 * 86_400;
/** One with less left is passed over: it could not be opened in time. */
const leastLeftSeconds = 120;

/** Signs and keeps `count` orders a group, and says all that a delegate needs. */
export async function delegate(
  context: Context,
  name: string,
  { count }: { readonly count: number },
): Promise<Delegation> {
  const record = await context.records.load(name);
  const wish = await context.deps.wishes?.load(name);
  for (const group of record.groups) checkCanBeWatched(record, group);
  const signed = new Map<string, Standby[]>();
  if (wish) {
    for (const group of wish.groups) signed.set(group.name, await signStandbys(context, wish, group, count));
  }
  // Kept here before they leave: what a delegate opens with them is known as ours.
  const kept = await context.records.update(name, (now) => ({
    ...now,
    groups: now.groups.map((group) => ({ ...group, standby: signed.get(group.name) ?? group.standby })),
  }));
  const canOrder = wish !== undefined && count > 0;
  return { record: forDelegate(kept, canOrder), wish: canOrder ? { ...wish, topUp: null } : null };
}

function checkCanBeWatched(record: Deployment, group: DeploymentGroup): void {
  if (group.phase === 'ready' && group.watcherKey !== null) return;
  throw new Fault('tenant.cannot-delegate', `group "${group.name}" of "${record.name}" is not running`, {
    blame: 'user',
    data: { name: record.name, group: group.name, phase: group.phase },
    remedy: 'wait until it runs; what an earlier version of souk has deployed has no key for a delegate',
  });
}

async function signStandbys(
  context: Context,
  wish: KeptWish,
  group: KeptGroup,
  count: number,
): Promise<Standby[]> {
  const { chain, wallet } = context.deps;
  const [head, counter] = await Promise.all([chain.head(), chain.counterOf(wallet.address)]);
  const signed: Standby[] = [];
  while (signed.length < count) {
    const signing = { wish, group, agent: createKey(), head, counter };
    signed.push(await signOrder(context, signing, standbySeconds));
  }
  return signed;
}

/** The keys of running leases are left behind: their watcher keys end them as well. */
function forDelegate(record: Deployment, failover: boolean): Deployment {
  const groups = record.groups.map((group) => ({
    ...group,
    agentKey: group.watcherKey ?? group.agentKey,
    standby: failover ? group.standby : [],
  }));
  return { ...record, groups, failover: failover && record.failover, leaving: [], history: [] };
}

/** This side can end the lease, and nothing else with it. */
export function isCloseOnly(group: DeploymentGroup): boolean {
  return group.agentKey === group.watcherKey;
}

/** Faults with `tenant.wrong-rights` where a key is not the one that a lease or an order names. */
export function checkRights(record: Deployment): void {
  for (const group of record.groups.filter((one) => !isEnded(one))) {
    const { agent, watcher } = group.order.message;
    check(record, group, [agent, watcher], localKey(group.agentKey).address);
    for (const { order, agentKey } of group.standby)
      check(record, group, [order.message.agent], localKey(agentKey).address);
  }
}

function check(record: Deployment, group: DeploymentGroup, named: readonly string[], address: string): void {
  if (named.some((one) => isSameAddress(one as typeof group.lease, address as typeof group.lease))) return;
  throw new Fault('tenant.wrong-rights', `the key for "${record.name}" is not the one that its order names`, {
    blame: 'user',
    data: { name: record.name, group: group.name, lease: group.lease, address },
    remedy: `make the bundle anew where it was deployed: souk watch --delegate ${record.name} --out FILE`,
  });
}

/** The first that is still good for what is to run; those before it are spent or void. */
export async function takeStandby(
  context: Context,
  old: DeploymentGroup,
  group: KeptGroup,
  { head, counter }: { readonly head: ChainHead; readonly counter: bigint },
): Promise<DeploymentGroup | undefined> {
  for (const [index, standby] of old.standby.entries()) {
    const { message } = standby.order;
    const isGood =
      message.manifest === group.manifestHash &&
      message.counter === counter &&
      message.deposit <= group.deposit &&
      message.expiresAt - head.timestamp > leastLeftSeconds;
    if (!isGood) continue;
    const state = await context.deps.chain.leaseOf(leaseIdOf(message));
    if (state.status === 'closed') continue;
    const fromBlock = state.status === 'open' ? old.fromBlock : head.number;
    return { ...groupOf(group, standby, fromBlock), standby: old.standby.slice(index + 1) };
  }
  return undefined;
}

/** Leases that a delegate has opened with orders of this group, and that are open still. */
export async function openStandbys(
  context: Context,
  group: DeploymentGroup,
): Promise<readonly DeploymentGroup[]> {
  const opened = await Promise.all(
    group.standby.map(async (standby): Promise<DeploymentGroup[]> => {
      const lease = leaseIdOf(standby.order.message);
      const { status } = await context.deps.chain.leaseOf(lease);
      if (status !== 'open') return [];
      const { agentKey, watcherKey, order } = standby;
      return [
        {
          ...group,
          agentKey,
          watcherKey,
          order,
          lease,
          phase: 'open',
          accepted: [],
          terms: null,
          receipt: null,
          standby: [],
        },
      ];
    }),
  );
  return opened.flat();
}
