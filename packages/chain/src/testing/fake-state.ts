/** What the fake chain remembers: wallets, Market accounts, leases, operators. Plain maps, copied at every block. */
import type { Address, Hex, LeaseId, MarketDomain } from '@souk/protocol';
import type { ChainEvent, EventPosition, Operator, Terms } from '../chain.ts';

/** An event before it has a place in a block. */
export type MarketEvent = ChainEvent extends infer E
  ? E extends unknown
    ? Omit<E, keyof EventPosition>
    : never
  : never;

export interface FakeLease {
  readonly terms: Terms;
  readonly termsHash: Hex;
  readonly funded: bigint;
  readonly collected: bigint;
  readonly readyAt: number;
  readonly status: 'open' | 'closed';
}

/** All that the chain remembers. Values are never changed in place, so a copy of the maps is a snapshot. */
export interface MarketState {
  readonly wallets: Map<Address, bigint>;
  readonly balances: Map<Address, bigint>;
  readonly counters: Map<Address, bigint>;
  readonly leases: Map<LeaseId, FakeLease>;
  readonly operators: Map<Address, Operator>;
}

export interface Call {
  /** The writer's method, for the fault's text. */
  readonly name: string;
  readonly sender: Address;
  /** Unix seconds of the block. */
  readonly now: number;
}

export interface MarketRules {
  readonly domain: MarketDomain;
  readonly token: Address;
  readonly feeSink: Address;
  readonly minimumBond: bigint;
}

export function emptyMarket(): MarketState {
  return {
    wallets: new Map(),
    balances: new Map(),
    counters: new Map(),
    leases: new Map(),
    operators: new Map(),
  };
}

export function copyMarket(state: MarketState): MarketState {
  return {
    wallets: new Map(state.wallets),
    balances: new Map(state.balances),
    counters: new Map(state.counters),
    leases: new Map(state.leases),
    operators: new Map(state.operators),
  };
}

export function activeHotKey(state: MarketState, rules: MarketRules, operator: Address): Address | undefined {
  const found = state.operators.get(operator);
  return found && found.bond >= rules.minimumBond ? found.hotKey : undefined;
}

export function operatorByHotKey(state: MarketState, hotKey: Address): Address | undefined {
  return [...state.operators].find(([, operator]) => operator.hotKey === hotKey)?.[0];
}
