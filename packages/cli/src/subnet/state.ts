/** A subnet as its events tell it, as of the last of them. Pure: the same events give the same picture everywhere. */
import type { Child, Permit, SubnetEvent } from '@souk/chain';
import {
  type Address,
  defaultSubnetParams,
  type EpochAttestation,
  type Hex,
  type SubnetParamName,
  type SubnetParams,
} from '@souk/protocol';
import { type Identity, readIdentity } from './identity.ts';

export interface Registration {
  readonly registration: number;
  readonly operator: Address;
  readonly registeredAt: number;
  readonly price: bigint;
  readonly collateral: bigint;
  readonly endpoints: string;
  readonly units: number;
  readonly ended: { readonly block: number; readonly why: 'left' | 'pruned' } | undefined;
}

export interface Pool {
  readonly stake: bigint;
  readonly shares: bigint;
  readonly sharesOf: ReadonlyMap<Address, bigint>;
}

export interface ParamChange {
  readonly name: SubnetParamName;
  readonly value: bigint;
  readonly fromEpoch: number;
  readonly block: number;
}

/** What was done for one epoch, by operator. */
export interface EpochDeeds {
  readonly commits: Map<Address, { readonly block: number; readonly commit: Hex }>;
  readonly reveals: Map<Address, Reveal>;
  readonly openings: Map<Address, { readonly block: number; readonly evidence: Hex }>;
  posted: Post | undefined;
}

export interface Reveal {
  readonly block: number;
  readonly version: number;
  readonly logRoot: Hex;
  readonly weights: readonly Hex[];
}

export interface Post {
  readonly block: number;
  readonly tx: Hex;
  readonly attestation: EpochAttestation;
  readonly validators: readonly Permit[];
  readonly prunable: readonly number[];
}

export interface ChildrenChange {
  readonly children: readonly Child[];
  readonly fromEpoch: number;
}

export interface SubnetPicture {
  readonly subnet: number;
  readonly owner: Address;
  readonly startBlock: number;
  readonly tempo: number;
  readonly identityText: string;
  readonly identity: Identity | undefined;
  readonly isDissolved: boolean;
  /** Oldest first. */
  readonly paramChanges: readonly ParamChange[];
  readonly registrations: ReadonlyMap<number, Registration>;
  readonly pools: ReadonlyMap<Address, Pool>;
  readonly takes: ReadonlyMap<Address, number>;
  /** By parent, oldest first. */
  readonly children: ReadonlyMap<Address, readonly ChildrenChange[]>;
  readonly hotKeys: ReadonlyMap<Address, Address>;
  readonly epochs: ReadonlyMap<number, EpochDeeds>;
  readonly claimed: ReadonlyMap<Address, bigint>;
}

type Draft = { -readonly [K in keyof SubnetPicture]: SubnetPicture[K] } & {
  readonly paramChanges: ParamChange[];
  readonly registrations: Map<number, Registration>;
  readonly pools: Map<Address, DraftPool>;
  readonly takes: Map<Address, number>;
  readonly children: Map<Address, readonly ChildrenChange[]>;
  readonly hotKeys: Map<Address, Address>;
  readonly epochs: Map<number, EpochDeeds>;
  readonly claimed: Map<Address, bigint>;
};

type DraftPool = Pool & { readonly sharesOf: Map<Address, bigint> };

/** Undefined where the subnet was never made. `events` oldest first. */
export function pictureOf(subnet: number, events: readonly SubnetEvent[]): SubnetPicture | undefined {
  const created = events.find((event) => event.kind === 'subnet-created' && event.subnet === subnet);
  if (created?.kind !== 'subnet-created') return undefined;
  const draft: Draft = {
    subnet,
    owner: created.owner,
    startBlock: created.startBlock,
    tempo: created.tempo,
    identityText: '',
    identity: undefined,
    isDissolved: false,
    paramChanges: [],
    registrations: new Map(),
    pools: new Map(),
    takes: new Map(),
    children: new Map(),
    hotKeys: new Map(),
    epochs: new Map(),
    claimed: new Map(),
  };
  for (const event of events) if (!('subnet' in event) || event.subnet === subnet) apply(draft, event);
  return draft;
}

function apply(draft: Draft, event: SubnetEvent): void {
  switch (event.kind) {
    case 'subnet-created':
      return;
    case 'identity-set':
      draft.identityText = event.identity;
      draft.identity = readIdentity(event.identity);
      return;
    case 'owner-changed':
      draft.owner = event.owner;
      return;
    case 'param-set':
      draft.paramChanges.push(event);
      return;
    case 'dissolved':
      draft.isDissolved = true;
      return;
    case 'hot-key':
      draft.hotKeys.set(event.operator, event.hotKey);
      return;
    case 'registered':
    case 'deregistered':
    case 'served':
      return applyRegistration(draft.registrations, event);
    case 'stake-changed':
    case 'pool-slashed':
      return applyStake(draft.pools, event);
    case 'take-set':
      draft.takes.set(event.operator, event.take);
      return;
    case 'children-set':
      draft.children.set(event.operator, [...(draft.children.get(event.operator) ?? []), event]);
      return;
    case 'committed':
      deedsOf(draft, event.epoch).commits.set(event.operator, event);
      return;
    case 'revealed':
      deedsOf(draft, event.epoch).reveals.set(event.operator, event);
      return;
    case 'opened':
      deedsOf(draft, event.epoch).openings.set(event.operator, event);
      return;
    case 'epoch-posted':
      deedsOf(draft, event.epoch).posted = event;
      return;
    case 'claimed':
      draft.claimed.set(event.account, (draft.claimed.get(event.account) ?? 0n) + event.amount);
  }
}

function applyRegistration(
  registrations: Map<number, Registration>,
  event: Extract<SubnetEvent, { kind: 'registered' | 'deregistered' | 'served' }>,
): void {
  if (event.kind === 'registered') {
    const { registration, operator, price, collateral, block } = event;
    const fresh = { registration, operator, price, collateral, registeredAt: block };
    registrations.set(registration, { ...fresh, endpoints: '', units: 0, ended: undefined });
    return;
  }
  const known = registrations.get(event.registration);
  if (known === undefined) return;
  const change =
    event.kind === 'served'
      ? { endpoints: event.endpoints, units: event.units }
      : { ended: { block: event.block, why: event.why } };
  registrations.set(event.registration, { ...known, ...change });
}

function applyStake(
  pools: Map<Address, DraftPool>,
  event: Extract<SubnetEvent, { kind: 'stake-changed' | 'pool-slashed' }>,
): void {
  const known = pools.get(event.operator) ?? {
    stake: 0n,
    shares: 0n,
    sharesOf: new Map<Address, bigint>(),
  };
  if (event.kind === 'pool-slashed') {
    pools.set(event.operator, { ...known, stake: event.poolStake });
    return;
  }
  const { sharesOf } = known;
  if (event.shares === 0n) sharesOf.delete(event.delegator);
  else sharesOf.set(event.delegator, event.shares);
  pools.set(event.operator, { stake: event.poolStake, shares: event.poolShares, sharesOf });
}

function deedsOf(draft: Draft, epoch: number): EpochDeeds {
  const known = draft.epochs.get(epoch);
  if (known) return known;
  const fresh = { commits: new Map(), reveals: new Map(), openings: new Map(), posted: undefined };
  draft.epochs.set(epoch, fresh);
  return fresh;
}

// --- read off it ---------------------------------------------------------------------------------------------------------

/** Parameters as they hold in `epoch`. */
export function paramsIn(picture: SubnetPicture, epoch: number): SubnetParams {
  const params: Record<SubnetParamName, bigint> = { ...defaultSubnetParams };
  for (const { name, value, fromEpoch } of picture.paramChanges) if (fromEpoch <= epoch) params[name] = value;
  return params;
}

/** Set, and not yet in force in `epoch`. */
export function pendingIn(picture: SubnetPicture, epoch: number): readonly ParamChange[] {
  const latest = new Map(picture.paramChanges.map((change) => [change.name, change]));
  return [...latest.values()].filter(({ fromEpoch }) => fromEpoch > epoch);
}

export function livingOf(picture: SubnetPicture): readonly Registration[] {
  return [...picture.registrations.values()].filter(({ ended }) => ended === undefined);
}

/** What `delegator` has in the pool; floors as the contract does. */
export function stakeIn(pool: Pool, delegator: Address): bigint {
  const shares = pool.sharesOf.get(delegator) ?? 0n;
  return pool.shares === 0n ? 0n : (pool.stake * shares) / pool.shares;
}

export function lastPostOf(picture: SubnetPicture): (Post & { readonly epoch: number }) | undefined {
  const posted = [...picture.epochs].flatMap(([epoch, { posted: post }]) =>
    post === undefined ? [] : [{ ...post, epoch }],
  );
  return posted.sort((a, b) => b.epoch - a.epoch)[0];
}
