/**
 * What the chain's events say of one subnet after a block: who owns it, who holds which stake, who is registered. Fed with events in
 * order, once each; read between blocks.
 */
import type { Child, SubnetEvent } from '@souk/chain';
import { type Address, defaultSubnetParams, type SubnetParamName, type SubnetParams } from '@souk/protocol';

/** An operator's own stake and what is delegated to it, held in shares. */
export interface Pool {
  stake: bigint;
  shares: bigint;
  readonly delegations: Map<Address, bigint>;
}

export interface Registration {
  readonly operator: Address;
  readonly registeredAt: number;
  /** Capacity that it declared, newest last. */
  readonly units: Since<number>[];
}

/** What holds from a block on, until the next. */
interface Since<T> {
  readonly block: number;
  readonly value: T;
}

/** What holds from an epoch on. */
interface Planned<T> {
  readonly fromEpoch: number;
  readonly value: T;
}

export interface Holdings {
  owner: Address | undefined;
  readonly pools: Map<Address, Pool>;
  readonly registrations: Map<number, Registration>;
  /** Also those that have ended. */
  readonly everRegistered: Map<number, Registration>;
  readonly takes: Map<Address, number>;
  readonly children: Map<Address, Planned<readonly Child[]>[]>;
  readonly params: Map<SubnetParamName, Planned<bigint>[]>;
  readonly hotKeys: Map<Address, Since<Address>[]>;
}

export function noHoldings(): Holdings {
  return {
    owner: undefined,
    pools: new Map(),
    registrations: new Map(),
    everRegistered: new Map(),
    takes: new Map(),
    children: new Map(),
    params: new Map(),
    hotKeys: new Map(),
  };
}

/** The events of one subnet, and of hot keys, as the chain has them. */
export function inOrder(events: readonly SubnetEvent[], subnet: number): readonly SubnetEvent[] {
  return events
    .filter((event) => event.kind === 'hot-key' || event.subnet === subnet)
    .sort((a, b) => a.block - b.block || a.logIndex - b.logIndex);
}

/** Events that say nothing of who holds what are passed over. */
export function enter(holdings: Holdings, event: SubnetEvent): void {
  switch (event.kind) {
    case 'subnet-created':
    case 'owner-changed':
      holdings.owner = event.owner;
      return;
    case 'param-set':
      plan(holdings.params, event.name, event);
      return;
    case 'hot-key':
      since(holdings.hotKeys, event.operator, { block: event.block, value: event.hotKey });
      return;
    case 'registered': {
      const registration = { operator: event.operator, registeredAt: event.block, units: [] };
      holdings.registrations.set(event.registration, registration);
      holdings.everRegistered.set(event.registration, registration);
      return;
    }
    case 'deregistered':
      holdings.registrations.delete(event.registration);
      return;
    case 'served':
      holdings.registrations.get(event.registration)?.units.push({ block: event.block, value: event.units });
      return;
    case 'stake-changed':
      changeStake(holdings, event);
      return;
    case 'pool-slashed': {
      const pool = holdings.pools.get(event.operator);
      if (pool) pool.stake = event.poolStake;
      return;
    }
    case 'take-set':
      holdings.takes.set(event.operator, event.take);
      return;
    case 'children-set':
      plan(holdings.children, event.operator, { fromEpoch: event.fromEpoch, value: event.children });
      return;
    case 'identity-set':
    case 'dissolved':
    case 'committed':
    case 'revealed':
    case 'opened':
    case 'epoch-posted':
    case 'claimed':
      return;
  }
}

function since<K, T>(lists: Map<K, Since<T>[]>, key: K, entry: Since<T>): void {
  const list = lists.get(key);
  if (list) list.push(entry);
  else lists.set(key, [entry]);
}

function plan<K, T>(plans: Map<K, Planned<T>[]>, key: K, { fromEpoch, value }: Planned<T>): void {
  const list = plans.get(key);
  if (list) list.push({ fromEpoch, value });
  else plans.set(key, [{ fromEpoch, value }]);
}

function changeStake(holdings: Holdings, event: SubnetEvent & { readonly kind: 'stake-changed' }): void {
  const pool = holdings.pools.get(event.operator) ?? { stake: 0n, shares: 0n, delegations: new Map() };
  pool.stake = event.poolStake;
  pool.shares = event.poolShares;
  if (event.shares === 0n) pool.delegations.delete(event.delegator);
  else pool.delegations.set(event.delegator, event.shares);
  if (pool.delegations.size === 0) holdings.pools.delete(event.operator);
  else holdings.pools.set(event.operator, pool);
}

/** What was set last of what holds in `epoch`. */
function heldIn<T>(plans: readonly Planned<T>[] | undefined, epoch: number): T | undefined {
  return plans?.findLast(({ fromEpoch }) => fromEpoch <= epoch)?.value;
}

export function paramsIn(holdings: Holdings, epoch: number): SubnetParams {
  const params: Record<SubnetParamName, bigint> = { ...defaultSubnetParams };
  for (const [name, plans] of holdings.params) params[name] = heldIn(plans, epoch) ?? params[name];
  return params;
}

export function childrenIn(holdings: Holdings, operator: Address, epoch: number): readonly Child[] {
  return heldIn(holdings.children.get(operator), epoch) ?? [];
}

/** What was declared before `block`; 0 where nothing was. */
export function unitsBefore(units: Registration['units'], block: number): number {
  return units.findLast((entry) => entry.block < block)?.value ?? 0;
}

/** Every key that was the operator's hot key at some time in [from, to). */
export function hotKeysWithin(
  holdings: Holdings,
  operator: Address,
  { from, to }: { readonly from: number; readonly to: number },
): readonly Address[] {
  const keys = holdings.hotKeys.get(operator) ?? [];
  return keys
    .filter(({ block }, index) => block < to && (keys[index + 1]?.block ?? Number.POSITIVE_INFINITY) > from)
    .map(({ value }) => value);
}
