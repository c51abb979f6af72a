/**
 * Builds the buying side from its ports. Holds no truth of its own: what is bought is on chain and in the store, so a
 * second process or a restart carries on. Disposing ends sessions and auctions, never a lease.
 */
import type { Receipt } from '@souk/chain';
import { Fault, formatAmount, owedAt } from '@souk/protocol';
import { createHotKeys } from './bids/hot-keys.ts';
import { minimumFeesOf } from './bids/record.ts';
import { createReliabilityReader } from './bids/reliability.ts';
import type { TenantConfig } from './config.ts';
import type { Context } from './context.ts';
import {
  type Deployment,
  deploymentStatus,
  type DeploymentGroup,
  isEnded,
  type LeaseReceipt,
} from './deployment.ts';
import { examine } from './doctor/examine.ts';
import { closeLease } from './leases/close.ts';
import { meterOf, moneyEndsAt } from './leases/history.ts';
import { askStatus, type Lot, pauseMs, syncWithChain } from './leases/lot.ts';
import { pauseLease, resumeLease } from './leases/pause.ts';
import { placeOrder } from './orders/place.ts';
import { openRecords } from './records.ts';
import { chooseGroup } from './sessions/choose.ts';
import { createPeers } from './sessions/peers.ts';
import { readEvents, readLogs, startExec, startForward } from './sessions/sessions.ts';
import type { GroupChoice, GroupStatus, Tenant, TenantDeps } from './types.ts';
import { abortUpdate, planUpdate } from './updates/plan.ts';
import { restoreVolumes, savedVolumes, takeSnapshots, volumesOf } from './volumes/volumes.ts';
import { getStatus } from './watch/http-status.ts';
import { reconcile, syncGroup } from './watch/reconcile.ts';
import { delegate, openStandbys } from './watch/standby.ts';
import { watchLeases } from './watch/watch.ts';

export function createTenant(deps: TenantDeps, config: TenantConfig): Tenant {
  const context = createContext(deps, config);
  const live = new Set<string>();
  const never = new AbortController().signal;

  return {
    address: deps.wallet.address,
    order: (wish, options) => placeOrder(context, wish, { ...options, live }),
    list: () => context.records.list(),
    status: async (name, options) => {
      const { groups } = await context.records.load(name);
      const seen = await Promise.all(groups.map((group) => statusOf(context, name, group, options?.signal)));
      return { deployment: await context.records.load(name), groups: seen };
    },
    logs: (name, options) => readLogs(context, name, options),
    events: (name, options) => readEvents(context, name, options),
    exec: (name, options) => startExec(context, name, options),
    forward: (name, options) => startForward(context, name, options),
    close: (name, options) => closeDeployment(context, name, options),
    topUp: (name, amount, options) => topUp(context, name, amount, options),
    pause: (name, options = {}) =>
      withLots(context, name, options, (lot) => pauseLease(context, lot, options.signal)),
    resume: (name, options = {}) =>
      withLots(context, name, options, (lot) =>
        resumeLease(context, lot, { ...options, deposit: options.deposit ?? 0n }),
      ),
    planUpdate: (wish, options) => planUpdate(context, wish, options?.signal),
    abortUpdate: (name, options = {}) => abortUpdate(context, name, options),
    volumes: (name, options) => volumesOf(context, name, options),
    snapshot: (name, options) => takeSnapshots(context, name, options),
    restore: (name, options) => restoreVolumes(context, name, options),
    savedVolumes: (name, options) => savedVolumes(context, name, options),
    examine: (name, options) => examine(context, name, options),
    delegate: (name, options) => delegate(context, name, options),
    forget: (name) => forget(context, name),
    reconcile: (options) => reconcile(context, options?.signal ?? never),
    watch: (options) => watchLeases(context, options),
    [Symbol.asyncDispose]: () => context.peers[Symbol.asyncDispose](),
  };
}

function createContext(deps: TenantDeps, config: TenantConfig): Context {
  const { chain, clock } = deps;
  return {
    deps,
    config,
    records: openRecords(deps.store, {
      network: chain.network.name,
      now: () => clock.now(),
      onClosed: async (name) => deps.wishes?.remove(name),
    }),
    peers: createPeers(deps.connectPeer),
    hotKeys: createHotKeys(deps, { cacheMs: config.operatorCacheMs }),
    reliability: createReliabilityReader(deps, {
      cacheMs: config.reliabilityCacheMs,
      minimumFees: minimumFeesOf(chain.network.token),
    }),
    httpStatus: deps.httpStatus ?? getStatus,
  };
}

async function statusOf(
  context: Context,
  name: string,
  group: DeploymentGroup,
  signal: AbortSignal | undefined,
): Promise<GroupStatus> {
  const found = isEnded(group) ? undefined : await syncWithChain(context, name, group);
  const state = await context.deps.chain.leaseOf(group.lease);
  const current = found && found.is !== 'unknown' ? found.group : group;
  const head = await context.deps.chain.head();
  const meter = current.terms && state.status === 'open' ? meterOf(current.terms, state) : undefined;
  const shown = {
    group: current,
    chain: state,
    fundedUntil: current.terms && state.status === 'open' ? moneyEndsAt(current.terms, state) : null,
    owed: meter ? current.paidBefore + owedAt(meter, head.timestamp) : (current.receipt?.paid ?? 0n),
  };
  if (isEnded(current) || current.accepted.length === 0)
    return { ...shown, provider: null, unreachable: null };
  await using held = await context.peers.hold(group.agentKey);
  const answered = await askStatus(context, { name, group: current, peer: held.peer }, signal);
  if ('status' in answered) return { ...shown, provider: answered.status, unreachable: null };
  return { ...shown, provider: null, unreachable: answered.unreachable };
}

async function closeDeployment(
  context: Context,
  name: string,
  options: GroupChoice = {},
): Promise<readonly LeaseReceipt[]> {
  const found = await context.records.load(name);
  const elsewhere = (await Promise.all(found.groups.map((group) => openStandbys(context, group)))).flat();
  const at = context.deps.clock.now();
  const record = await context.records.update(name, (now) =>
    unwanted(now, { only: options.group, elsewhere, at }),
  );
  const isMeant = (group: DeploymentGroup) => options.group === undefined || group.name === options.group;
  const groups = [...record.groups, ...record.leaving].filter(isMeant);
  const closed = await Promise.allSettled(
    groups.map((group) => closeGroup(context, name, group, options.signal)),
  );
  const failed = closed.find((one) => one.status === 'rejected');
  if (failed) throw failed.reason;
  return closed.flatMap((one) => (one.status === 'fulfilled' && one.value ? [one.value] : []));
}

interface Ending {
  readonly only: string | undefined;
  /** Leases that a delegate has opened, of which the record does not know yet. */
  readonly elsewhere: readonly DeploymentGroup[];
  /** Unix milliseconds. */
  readonly at: number;
}

/** First of all, so that no watch orders again what is being ended. */
function unwanted(record: Deployment, { only, elsewhere, at }: Ending): Deployment {
  const chosen = only === undefined ? record.groups : [chooseGroup(record, only)];
  const groups = record.groups.map((group) =>
    chosen.includes(group) ? { ...group, isWanted: false } : group,
  );
  const known = new Set([...record.groups, ...record.leaving].map((group) => group.lease));
  const givenUp = { why: 'its end was asked for', at, keepUntil: null };
  const left = elsewhere.filter((group) => !known.has(group.lease) && (only ?? group.name) === group.name);
  const leaving = left.map((group) => ({ ...group, phase: 'closing' as const, isWanted: false, givenUp }));
  return { ...record, groups, leaving: [...record.leaving, ...leaving].slice(-64) };
}

async function closeGroup(
  context: Context,
  name: string,
  group: DeploymentGroup,
  signal: AbortSignal | undefined,
): Promise<LeaseReceipt | undefined> {
  if (isEnded(group)) return group.receipt ?? undefined;
  if (group.accepted.length === 0 && group.phase === 'ordering') {
    await context.records.change(name, group.lease, { phase: 'void' });
    return undefined;
  }
  await using held = await context.peers.hold(group.agentKey);
  const lot = { name, group, peer: held.peer };
  return await closeAccepted(context, lot, signal);
}

/** What was accepted and is not on chain may still open: it is closed then, or can't open any more and is void. */
async function closeAccepted(
  context: Context,
  lot: Lot,
  signal: AbortSignal | undefined,
): Promise<LeaseReceipt | undefined> {
  const { clock } = context.deps;
  const startMs = clock.now();
  for (;;) {
    const found = await syncWithChain(context, lot.name, lot.group);
    if (found.is !== 'unknown') return closeLease(context, lot, signal ? { signal } : {});
    const group = await context.records.change(lot.name, lot.group.lease, { phase: 'closing' });
    await syncGroup(context, lot.name, group);
    const now = (await context.records.load(lot.name)).groups.find((one) => one.lease === group.lease);
    if (now?.phase === 'void') return undefined;
    if (clock.now() - startMs >= context.config.closeConfirmMs) throw mayStillOpen(lot);
    await clock.sleep(pauseMs(context, clock.now() - startMs), signal);
  }
}

function mayStillOpen(lot: Lot): Fault {
  return new Fault('tenant.may-still-open', `the provider of "${lot.name}" may still open its lease`, {
    blame: 'peer',
    retry: true,
    data: { name: lot.name, lease: lot.group.lease },
    remedy: 'it is closed by souk watch if it opens; or close it again in a few minutes',
  });
}

async function topUp(
  context: Context,
  name: string,
  amount: bigint,
  options: GroupChoice = {},
): Promise<Receipt> {
  const group = chooseGroup(await context.records.load(name), options.group);
  const { chain, writer } = context.deps;
  if (!writer) throw new Fault('tenant.no-writer', 'nothing here can send a transaction', { blame: 'self' });
  const found = await syncWithChain(context, name, group);
  if (found.is !== 'open' || !found.group.terms) {
    throw new Fault('tenant.lease-not-open', `the lease of "${name}" is not open`, {
      blame: 'user',
      data: { name },
    });
  }
  const balance = await chain.balanceOf(writer.address);
  if (balance < amount) {
    const { decimals, symbol } = chain.network.token;
    const message = `the balance is ${formatAmount(balance, decimals)} ${symbol}`;
    throw new Fault('tenant.balance-too-small', message, {
      blame: 'user',
      data: { needed: amount, balance, missing: amount - balance },
      remedy: `souk deposit ${formatAmount(amount - balance, decimals)}`,
    });
  }
  return writer.topUp({ lease: group.lease, terms: found.group.terms }, amount);
}

/** Of every open lease of the deployment, or of the group that is named. */
async function withLots(
  context: Context,
  name: string,
  options: GroupChoice,
  work: (lot: Lot) => Promise<unknown>,
): Promise<void> {
  const record = await context.records.load(name);
  const groups = options.group === undefined ? record.groups : [chooseGroup(record, options.group)];
  const open = groups.filter((group) => !isEnded(group) && group.accepted.length > 0);
  if (open.length === 0) {
    throw new Fault('tenant.lease-not-open', `"${name}" has no open lease`, {
      blame: 'user',
      data: { name },
    });
  }
  for (const group of open) {
    await using held = await context.peers.hold(group.agentKey);
    await work({ name, group, peer: held.peer });
  }
}

async function forget(context: Context, name: string): Promise<void> {
  const record = await context.records.load(name);
  if (deploymentStatus(record) !== 'closed') {
    throw new Fault('tenant.still-open', `"${name}" is not closed`, {
      blame: 'user',
      data: { name },
      remedy: `close it first: souk close ${name}`,
    });
  }
  await context.deps.wishes?.remove(name);
  await context.records.remove(name);
}
