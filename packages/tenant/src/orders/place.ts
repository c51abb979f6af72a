/**
 * From a wish to auctions: checks, one signature of the wallet per group, the record, then the network. The same name
 * again continues where the record says it stopped.
 */
import type { ChainHead } from '@souk/chain';
import { createKey, Fault, formatAmount, type Hex, type LocalKey } from '@souk/protocol';
import type { Context } from '../context.ts';
import {
  currentHashes,
  type Deployment,
  type DeploymentGroup,
  deploymentNameSchema,
  deploymentStatus,
} from '../deployment.ts';
import type { Auction, Auctions, OrderWish } from '../types.ts';
import { syncGroup } from '../watch/reconcile.ts';
import type { KeptGroup, KeptWish } from '../wish.ts';
import { checkWish, randomHash } from './draft.ts';
import { keepWish } from './keep.ts';
import { startAuction } from './live.ts';
import { signGroup } from './sign.ts';

export interface PlaceOptions {
  readonly signal?: AbortSignal;
  /** Leases whose auction runs in this process. */
  readonly live: Set<string>;
}

export async function placeOrder(
  context: Context,
  wish: OrderWish,
  options: PlaceOptions,
): Promise<Auctions> {
  checkName(wish.name);
  checkWish(wish);
  if (options.live.has(wish.name)) throw nameTaken(wish.name, 'is being ordered right now');
  options.live.add(wish.name);
  const stack = new AsyncDisposableStack();
  stack.defer(() => void options.live.delete(wish.name));
  try {
    await using warm = warmPeers(context);
    const { record, kept, head, undo } = await prepareRecord(context, wish, warm.start);
    const workloads = new Map(kept.groups.map((group) => [group.name, group]));
    const images = record.images;
    const started = await Promise.allSettled(
      record.groups.map((group) =>
        startAuction(
          context,
          { name: wish.name, group, workload: need(workloads, group.name), images, head },
          options,
        ),
      ),
    );
    for (const one of started) if (one.status === 'fulfilled') stack.use(one.value);
    const failed = started.find((one) => one.status === 'rejected');
    if (failed) {
      await undo();
      throw failed.reason;
    }
    const groups = started.flatMap((one): Auction[] => (one.status === 'fulfilled' ? [one.value] : []));
    const moved = stack.move();
    return { name: wish.name, groups, [Symbol.asyncDispose]: () => moved.disposeAsync() };
  } catch (error) {
    await stack.disposeAsync();
    throw error;
  }
}

/** Peers take a moment to start: they do while the chain is read and the wallet signs. */
function warmPeers(context: Context): AsyncDisposable & { readonly start: (agentKey: Hex) => void } {
  const held: Promise<AsyncDisposable>[] = [];
  return {
    start: (agentKey) => {
      const peer = context.peers.hold(agentKey);
      // Whoever needs the peer next holds it too, and gets its fault.
      peer.catch(() => undefined);
      held.push(peer);
    },
    [Symbol.asyncDispose]: async () => {
      const settled = await Promise.allSettled(held);
      for (const one of settled) if (one.status === 'fulfilled') await one.value[Symbol.asyncDispose]();
    },
  };
}

interface Prepared {
  readonly record: Deployment;
  readonly kept: KeptWish;
  readonly head: ChainHead;
  /** Where all of it is new, nobody was accepted and nothing can open: as if it had not been asked for. */
  readonly undo: () => Promise<void>;
}

async function prepareRecord(
  context: Context,
  wish: OrderWish,
  warm: (agentKey: Hex) => void,
): Promise<Prepared> {
  const { chain, wallet, clock } = context.deps;
  const [found, head] = await Promise.all([context.records.find(wish.name), chain.head()]);
  const old = found && (await currentOf(context, found));
  if (old && deploymentStatus(old) !== 'closed') checkContinues(context, old, wish);
  const usable = (name: string) => old?.groups.find((group) => group.name === name && isUsable(group, head));
  const kept = keepWish(wish, old?.deployment ?? randomHash());
  const missing = kept.groups.filter((group) => !usable(group.name));
  const keyed = missing.map((group) => ({ group, agent: createKey() }));
  for (const { agent } of keyed) warm(agent.privateKey);
  const signed = await signOrders(context, kept, keyed, head);
  const record: Deployment = {
    version: 1,
    name: wish.name,
    network: chain.network.name,
    tenant: wallet.address,
    images: kept.images,
    deployment: kept.deployment,
    createdAt: (missing.length < wish.groups.length ? old?.createdAt : undefined) ?? clock.now(),
    closedAt: null,
    groups: wish.groups.map(({ name }) => usable(name) ?? need(signed, name)),
    failover: (wish.failover ?? true) && context.deps.wishes !== undefined,
    leaving: old?.leaving ?? [],
    history: old?.history ?? [],
    spent: old?.spent ?? 0n,
  };
  // The wish first: a record without one could not be ordered again.
  await context.deps.wishes?.save(wish.name, kept);
  await context.records.put(record, old);
  const undo = async () => {
    if (missing.length < wish.groups.length) return;
    await (old ? context.records.put(old, record) : context.records.remove(wish.name));
    if (!old || deploymentStatus(old) === 'closed') await context.deps.wishes?.remove(wish.name);
  };
  return { record, kept, head, undo };
}

/** The record made equal to the chain, so that nothing is continued that has ended. */
async function currentOf(context: Context, record: Deployment): Promise<Deployment> {
  if (record.network !== context.deps.chain.network.name) return record;
  for (const group of record.groups) await syncGroup(context, record.name, group);
  return context.records.load(record.name);
}

/** A group is continued where money may be locked for it, or its order can still be bid on for a while. */
function isUsable(group: DeploymentGroup, head: ChainHead): boolean {
  const leftSeconds = group.order.message.expiresAt - head.timestamp;
  // What was accepted may still open: a second order beside it could be paid twice.
  if (group.phase === 'ordering') return leftSeconds > (group.accepted.length > 0 ? 0 : minOrderSeconds);
  return group.phase !== 'closed' && group.phase !== 'void';
}

const minOrderSeconds = 60;

function checkContinues(context: Context, old: Deployment, wish: OrderWish): void {
  if (old.network !== context.deps.chain.network.name) {
    throw nameTaken(wish.name, `is a deployment on ${old.network}`);
  }
  if (deploymentStatus(old) === 'closing') throw nameTaken(wish.name, 'is being closed');
  const hashes = new Map(old.groups.map((group) => [group.name, currentHashes(group).manifest]));
  const same =
    hashes.size === wish.groups.length &&
    wish.groups.every((group) => hashes.get(group.name) === group.manifestHash);
  if (!same) throw nameTaken(wish.name, 'is open with another workload');
}

async function signOrders(
  context: Context,
  wish: KeptWish,
  groups: readonly { readonly group: KeptGroup; readonly agent: LocalKey }[],
  head: ChainHead,
): Promise<Map<string, DeploymentGroup>> {
  if (groups.length === 0) return new Map();
  const { chain, wallet } = context.deps;
  const [counter, balance] = await Promise.all([
    chain.counterOf(wallet.address),
    chain.balanceOf(wallet.address),
  ]);
  checkBalance(
    context,
    groups.map(({ group }) => group),
    balance,
  );
  const signed = new Map<string, DeploymentGroup>();
  for (const { group, agent } of groups) {
    signed.set(group.name, await signGroup(context, { wish, group, agent, head, counter }));
  }
  return signed;
}

function checkBalance(context: Context, groups: readonly KeptGroup[], balance: bigint): void {
  const needed = groups.reduce((sum, group) => sum + group.deposit, 0n);
  if (balance >= needed) return;
  const { decimals, symbol } = context.deps.chain.network.token;
  const show = (amount: bigint) => formatAmount(amount, decimals);
  const message = `the deployment locks ${show(needed)} ${symbol} and the balance is ${show(balance)} ${symbol}`;
  throw new Fault('tenant.balance-too-small', message, {
    blame: 'user',
    data: { needed, balance, missing: needed - balance },
    remedy: `souk deposit ${show(needed - balance)}`,
  });
}

function checkName(name: string): void {
  const parsed = deploymentNameSchema.safeParse(name);
  if (parsed.success) return;
  throw new Fault('tenant.bad-name', `"${name}" is no name for a deployment`, {
    blame: 'user',
    data: { name },
    remedy: parsed.error.issues[0]?.message ?? 'use lower-case letters, digits and dashes',
  });
}

function nameTaken(name: string, why: string): Fault {
  return new Fault('tenant.name-taken', `"${name}" ${why}`, {
    blame: 'user',
    data: { name },
    remedy: `use another name, or close it first: souk close ${name}`,
  });
}

function need<K, V>(map: ReadonlyMap<K, V>, key: K): V {
  const value = map.get(key);
  if (value !== undefined) return value;
  throw new Fault('tenant.group-missing', `there is no group "${String(key)}"`, { blame: 'self' });
}
