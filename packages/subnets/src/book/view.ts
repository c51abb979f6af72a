/**
 * A subnet as it stands now, told by its events: what a miner or a validator has to know from block to block. Events go
 * in one by one, oldest first; the same events give the same view. What an epoch pays is computed elsewhere.
 */
import type { Permit, SubnetEvent } from '@souk/chain';
import {
  type Address,
  defaultSubnetParams,
  type Hex,
  type SubnetParamName,
  type SubnetParams,
} from '@souk/protocol';
import type { Tempo } from '../epochs/blocks.ts';

type EventOf<K extends SubnetEvent['kind']> = Extract<SubnetEvent, { kind: K }>;

export interface Registered {
  readonly registration: number;
  readonly operator: Address;
  readonly block: number;
  /** What it declared, oldest first. */
  readonly served: readonly EventOf<'served'>[];
  readonly hasEnded: boolean;
}

/** What one operator has done for one epoch. */
export interface Deeds {
  commit: Hex | undefined;
  reveal: EventOf<'revealed'> | undefined;
  hasOpened: boolean;
}

export interface SubnetView {
  readonly tempo: Tempo;
  readonly isDissolved: boolean;
  readonly registrations: ReadonlyMap<number, Registered>;
  /** Stake in each operator's pool. */
  readonly pools: ReadonlyMap<Address, bigint>;
  readonly lastPost: EventOf<'epoch-posted'> | undefined;
  paramsIn(epoch: number): SubnetParams;
  hotKeyOf(operator: Address): Address | undefined;
  operatorOfHotKey(hotKey: Address): Address | undefined;
  /** Registration that the operator holds now. */
  registrationOf(operator: Address): Registered | undefined;
  deedsOf(operator: Address, epoch: number): Readonly<Deeds>;
  claimedBy(account: Address): bigint;
}

export interface DraftView {
  apply(event: SubnetEvent): void;
  /** Forget what operators did for epochs before this one. */
  forgetBefore(epoch: number): void;
  /** Undefined until the subnet's making was seen. */
  view(): SubnetView | undefined;
}

/** Changes of endpoints kept of a registration: enough to tell what it declared before this epoch. */
const keptServes = 64;

export function newView(): DraftView {
  let tempo: Tempo | undefined;
  let isDissolved = false;
  let lastPost: EventOf<'epoch-posted'> | undefined;
  const params: EventOf<'param-set'>[] = [];
  const registrations = new Map<number, Registered>();
  const pools = new Map<Address, bigint>();
  const hotKeys = new Map<Address, Address>();
  const operators = new Map<Address, Address>();
  const claimed = new Map<Address, bigint>();
  const deeds = new Map<number, Map<Address, Deeds>>();

  const change = (registration: number, to: (known: Registered) => Partial<Registered>) => {
    const known = registrations.get(registration);
    if (known) registrations.set(registration, { ...known, ...to(known) });
  };
  const deedsFor = (epoch: number, operator: Address): Deeds => {
    const ofEpoch = deeds.get(epoch) ?? new Map<Address, Deeds>();
    const known = ofEpoch.get(operator) ?? { commit: undefined, reveal: undefined, hasOpened: false };
    deeds.set(epoch, ofEpoch.set(operator, known));
    return known;
  };

  function apply(event: SubnetEvent): void {
    switch (event.kind) {
      case 'subnet-created':
        tempo = { startBlock: event.startBlock, tempo: event.tempo };
        return;
      case 'dissolved':
        isDissolved = true;
        return;
      case 'param-set':
        params.push(event);
        return;
      case 'hot-key': {
        const before = hotKeys.get(event.operator);
        if (before !== undefined) operators.delete(before);
        hotKeys.set(event.operator, event.hotKey);
        operators.set(event.hotKey, event.operator);
        return;
      }
      case 'registered': {
        const { registration, operator, block } = event;
        registrations.set(registration, { registration, operator, block, served: [], hasEnded: false });
        return;
      }
      case 'deregistered':
        return change(event.registration, () => ({ hasEnded: true }));
      case 'served':
        return change(event.registration, ({ served }) => ({
          served: [...served.slice(1 - keptServes), event],
        }));
      case 'stake-changed':
      case 'pool-slashed':
        pools.set(event.operator, event.poolStake);
        return;
      case 'committed':
        deedsFor(event.epoch, event.operator).commit = event.commit;
        return;
      case 'revealed':
        deedsFor(event.epoch, event.operator).reveal = event;
        return;
      case 'opened':
        deedsFor(event.epoch, event.operator).hasOpened = true;
        return;
      case 'epoch-posted':
        lastPost = event;
        return;
      case 'claimed':
        claimed.set(event.account, (claimed.get(event.account) ?? 0n) + event.amount);
        return;
      case 'identity-set':
      case 'owner-changed':
      case 'take-set':
      case 'children-set':
        return;
    }
  }

  return {
    apply,
    forgetBefore: (epoch) => {
      for (const known of deeds.keys()) if (known < epoch) deeds.delete(known);
    },
    view: () =>
      tempo && {
        tempo,
        isDissolved,
        registrations,
        pools,
        lastPost,
        paramsIn: (epoch) => paramsIn(params, epoch),
        hotKeyOf: (operator) => hotKeys.get(operator),
        operatorOfHotKey: (hotKey) => operators.get(hotKey),
        registrationOf: (operator) =>
          [...registrations.values()].find((one) => one.operator === operator && !one.hasEnded),
        deedsOf: (operator, epoch) =>
          deeds.get(epoch)?.get(operator) ?? { commit: undefined, reveal: undefined, hasOpened: false },
        claimedBy: (account) => claimed.get(account) ?? 0n,
      },
  };
}

function paramsIn(changes: readonly EventOf<'param-set'>[], epoch: number): SubnetParams {
  const params: Record<SubnetParamName, bigint> = { ...defaultSubnetParams };
  for (const { name, value, fromEpoch } of changes) if (fromEpoch <= epoch) params[name] = value;
  return params;
}

/** What a registration had declared before `block`; undefined where nothing. */
export function servedBefore({ served }: Registered, block: number): EventOf<'served'> | undefined {
  return served.findLast((event) => event.block < block);
}

/** Who weighs the next attestation, largest operator address last: the posted list, else the pools. */
export function weighersOf({ lastPost, pools }: SubnetView): readonly Permit[] {
  return lastPost === undefined || lastPost.validators.length === 0 ? poolsOf(pools) : lastPost.validators;
}

export function poolsOf(pools: ReadonlyMap<Address, bigint>): readonly Permit[] {
  return [...pools]
    .filter(([, stake]) => stake > 0n)
    .map(([operator, stake]) => ({ operator, stake }))
    .toSorted((a, b) => (a.operator < b.operator ? -1 : 1));
}

/** What is wrong with the key that a daemon signs with, by the name of the trouble. */
export function keyTrouble(
  view: SubnetView,
  { operator, signer }: { readonly operator: Address; readonly signer: { readonly address: Address } },
): { readonly key?: string } {
  const known = view.hotKeyOf(operator);
  if (known === signer.address) return {};
  return {
    key:
      known === undefined
        ? `${operator} is no operator`
        : `the operator's hot key is ${known} by now, not ${signer.address}: start again with that one`,
  };
}
