/**
 * Brings a replacement up from wherever its record stands: the order out to bids, the best of an operator that has not
 * failed lately accepted, the workload ready. Called again after a crash it goes on; one order opens one lease at most.
 */
import type { Hex } from '@souk/protocol';
import type { Context } from '../context.ts';
import type { Deployment, DeploymentGroup } from '../deployment.ts';
import { startAuction } from '../orders/live.ts';
import type { Auction, NotMovedReason, OpeningResult } from '../types.ts';
import type { KeptGroup } from '../wish.ts';
import { afterTry, avoiding } from './move.ts';
import type { Watching } from './watching.ts';

/** So often it is put out with the hope of another operator before one that has failed it is taken again. */
const triesElsewhere = 2;

/** Nothing where its time has not come. */
export async function bringReplacement(
  watching: Watching,
  record: Deployment,
  group: DeploymentGroup,
  signal: AbortSignal,
): Promise<void> {
  const { context } = watching;
  const { clock, chain } = context.deps;
  if (!group.replaces || clock.now() < group.replaces.nextTryAt) return;
  const wish = await context.deps.wishes?.load(record.name);
  const kept = wish?.groups.find((one) => one.name === group.name);
  if (!wish || !kept) return later(watching, record, group, 'no-wish', 'what was deployed was not kept');
  const standing = await adopt(context, record, group);
  if (!standing)
    return later(watching, record, group, 'provider-unknown', 'nobody has heard of its provider');
  const missing = group.phase === 'ordering' ? await missingBalance(context, group) : undefined;
  if (missing !== undefined) return later(watching, record, group, 'balance-too-small', missing);
  await using auction = await startAuction(
    context,
    {
      name: record.name,
      group: standing,
      workload: workloadOf(kept, group),
      images: wish.images,
      head: await chain.head(),
      // Another machine first; but one that failed and is back is better than none.
      avoidance: {
        operators: avoidedIn(record, clock.now()),
        isLastResort: group.replaces.tries >= triesElsewhere,
      },
    },
    { signal },
  );
  const result = await takeBest(auction, signal);
  if (result === 'no-bids') return await withoutBids(watching, record, group, auction);
  if (!result.ok) return await afterFailure(watching, record, group, result);
  await tookPlace(watching, record, result);
}

const unsigned: Hex = `0x${'00'.repeat(65)}`;

/** A lease that another watch has opened with an order of ours: its provider is found by what the chain says. */
async function adopt(
  { deps, records }: Context,
  record: Deployment,
  group: DeploymentGroup,
): Promise<DeploymentGroup | undefined> {
  const { terms, lease } = group;
  if (!terms || group.accepted.at(-1)?.bid.message.operator === terms.operator) return group;
  const { operator, rate, minimumCharge, openedAt } = terms;
  const [provider, hotKey, state] = await Promise.all([
    deps.peersOf?.(operator) ?? [],
    deps.chain.activeHotKey(operator),
    deps.chain.leaseOf(lease),
  ]);
  if (provider.length === 0) return undefined;
  // Its bid is on chain in effect only: nothing asks for this signature any more.
  const message = { order: lease, operator, rate, minimumCharge, expiresAt: openedAt };
  const bid = { message, signer: hotKey ?? operator, signature: unsigned };
  const accepted = [{ bid, provider: [...provider], driver: '' }];
  return records.change(record.name, lease, { accepted, readyAt: state.readyAt || null });
}

function workloadOf(kept: KeptGroup, group: DeploymentGroup): KeptGroup {
  return { ...kept, runtime: { ...kept.runtime, restore: group.replaces?.restore ?? [] } };
}

/** Operators that failed any group of the deployment. */
function avoidedIn(record: Deployment, nowMs: number): ReadonlySet<string> {
  const all = record.groups.flatMap((group) => group.avoid);
  return new Set(all.filter(({ until }) => until > nowMs).map(({ operator }) => operator));
}

/** The deposit of the lease that is being left comes back once it is closed. */
async function missingBalance(context: Context, group: DeploymentGroup): Promise<string | undefined> {
  const { tenant, deposit } = group.order.message;
  const balance = await context.deps.chain.balanceOf(tenant);
  return balance < deposit ? `${deposit - balance} more are needed for its deposit` : undefined;
}

async function takeBest(auction: Auction, signal: AbortSignal): Promise<OpeningResult | 'no-bids'> {
  if (auction.chosen) return auction.resume({ signal }).result;
  const [best] = await auction.waitForBids({ signal });
  return best ? auction.accept(best, { signal }).result : 'no-bids';
}

/** Nobody has accepted this order and nobody will: the next try signs another, which no peer has heard yet. */
async function withoutBids(
  watching: Watching,
  record: Deployment,
  group: DeploymentGroup,
  auction: Auction,
): Promise<void> {
  const reasons = auction.declines().flatMap(({ declines }) => declines.map(({ reason }) => reason));
  const said = [...new Set(reasons)].join(', ');
  const detail = said === '' ? 'no provider made an offer' : `no provider made an offer: ${said}`;
  await later(watching, record, group, 'no-bids', detail);
  if (group.accepted.length === 0)
    await watching.context.records.change(record.name, group.lease, { phase: 'void' });
}

/** Whoever was chosen and did not bring it up is not chosen again soon. */
async function afterFailure(
  watching: Watching,
  record: Deployment,
  group: DeploymentGroup,
  { reason, detail }: OpeningResult & { readonly ok: false },
): Promise<void> {
  const { context } = watching;
  const now = (await context.records.load(record.name)).groups.find((one) => one.lease === group.lease);
  const operators = (now ?? group).accepted.map(({ bid }) => bid.message.operator);
  await context.records.change(record.name, group.lease, { avoid: avoiding(context, group, operators) });
  await later(watching, record, group, reason, detail);
}

async function later(
  { context, tell }: Watching,
  record: Deployment,
  { name: group, lease, replaces }: DeploymentGroup,
  reason: NotMovedReason,
  detail: string,
): Promise<void> {
  if (!replaces) return;
  const next = afterTry(context, replaces);
  await context.records.change(record.name, lease, { replaces: next });
  tell({ kind: 'not-moved', name: record.name, group, reason, detail, nextTryAt: next.nextTryAt });
}

async function tookPlace(
  { context, tell }: Watching,
  { name }: Deployment,
  { group }: OpeningResult & { readonly ok: true },
): Promise<void> {
  const { replaces } = group;
  await context.records.change(name, group.lease, { replaces: null });
  if (!replaces) return;
  tell({
    kind: 'moved',
    name,
    group: group.name,
    from: replaces.operator,
    to: group.terms?.operator ?? group.order.message.tenant,
    seconds: Math.round((context.deps.clock.now() - replaces.noticedAt) / 100) / 10,
    lostSeconds: Math.max(0, (group.readyAt ?? 0) - replaces.healthyAt),
  });
}
