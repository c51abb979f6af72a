/** Reads the events of subnets from a node's logs: which to ask for, and what each means. */
import {
  type Address,
  type EpochAttestation,
  type Hex,
  subnetParams as paramTable,
  type SubnetParamName,
} from '@souk/protocol';
import { decodeEventLog, numberToHex, toEventSelector } from 'viem';
import { epochsAbi } from '../abi/epochs.ts';
import { operatorsAbi } from '../abi/operators.ts';
import { stakesAbi } from '../abi/stakes.ts';
import { subnetsAbi } from '../abi/subnets.ts';
import type { Network, SubnetsBook } from '../chain.ts';
import { byPosition, fetchLogs, inParts, lower, positionOf, type RawLog } from '../logs.ts';
import type { Rpc } from '../rpc.ts';
import type { SubnetEvent } from './port.ts';

const ofSubnets = [
  'SubnetCreated',
  'IdentitySet',
  'OwnerChanged',
  'ParamSet',
  'Dissolved',
  'Registered',
  'Deregistered',
  'Served',
  'StakeChanged',
  'PoolSlashed',
  'TakeSet',
  'ChildrenSet',
  'Committed',
  'Revealed',
  'Opened',
  'EpochPosted',
  'Claimed',
] as const;
const ofHotKeys = ['OperatorRegistered', 'HotKeyRotated'] as const;
type Name = (typeof ofSubnets)[number] | (typeof ofHotKeys)[number];

const allAbi = [...subnetsAbi, ...stakesAbi, ...epochsAbi, ...operatorsAbi] as const;
type NamedEvent = Extract<(typeof allAbi)[number], { type: 'event'; name: Name }>;
const isOneOf = (names: readonly string[]) => (item: { readonly type: string; readonly name?: string }) =>
  item.type === 'event' && item.name !== undefined && names.includes(item.name);
const eventAbi = allAbi.filter((item): item is NamedEvent => isOneOf([...ofSubnets, ...ofHotKeys])(item));
const selectorsOf = (names: readonly string[]): Hex[] =>
  eventAbi.filter(isOneOf(names)).map((item) => toEventSelector(item));
const selectors = { subnets: selectorsOf(ofSubnets), hotKeys: selectorsOf(ofHotKeys) };
const known = new Set<string>([...selectors.subnets, ...selectors.hotKeys]);

export interface SubnetEventRange {
  readonly from: number;
  readonly to: number;
  readonly subnet?: number;
}

/** In as many parts as the node needs. */
export function readSubnetEvents(
  rpc: Rpc,
  { operators, subnets: book }: Pick<Network, 'operators'> & { readonly subnets: SubnetsBook },
  { from, to, subnet }: SubnetEventRange,
): Promise<readonly SubnetEvent[]> {
  const address = [book.subnets, book.stakes, book.epochs];
  const only = subnet === undefined ? [] : [numberToHex(subnet, { size: 32 })];
  return inParts(from, to, async (range) => {
    const [inSubnets, ofKeys] = await Promise.all([
      fetchLogs(rpc, range, { address, topics: [selectors.subnets, ...only] }),
      fetchLogs(rpc, range, { address: operators, topics: [selectors.hotKeys] }),
    ]);
    return [...inSubnets, ...ofKeys]
      .map(decodeSubnetEvent)
      .filter((event) => event !== undefined)
      .toSorted(byPosition);
  });
}

/** Undefined for a log that is none of the events that this room knows. */
export function decodeSubnetEvent(log: RawLog): SubnetEvent | undefined {
  const [selector, ...rest] = log.topics;
  if (selector === undefined || !known.has(selector)) return undefined;
  const decoded = decodeEventLog({ abi: eventAbi, data: log.data, topics: [selector, ...rest] });
  const event = toEvent(decoded);
  return event && { ...positionOf(log), ...event };
}

type Decoded = ReturnType<typeof decodeEventLog<readonly NamedEvent[]>>;
type WithoutPosition<E> = E extends unknown ? Omit<E, 'block' | 'logIndex' | 'tx'> : never;

function toEvent({ eventName, args }: Decoded): WithoutPosition<SubnetEvent> | undefined {
  switch (eventName) {
    case 'SubnetCreated': {
      const { subnet, startBlock, tempo, price } = args;
      return { kind: 'subnet-created', subnet, owner: lower(args.owner), startBlock, tempo, price };
    }
    case 'IdentitySet':
      return { kind: 'identity-set', subnet: args.subnet, identity: args.identity };
    case 'OwnerChanged':
      return { kind: 'owner-changed', subnet: args.subnet, owner: lower(args.owner) };
    case 'ParamSet': {
      const name: SubnetParamName | undefined = paramTable[args.key]?.name;
      const { subnet, value } = args;
      return name && { kind: 'param-set', subnet, name, value, fromEpoch: Number(args.fromEpoch) };
    }
    case 'Dissolved':
      return { kind: 'dissolved', subnet: args.subnet };
    case 'OperatorRegistered':
      return { kind: 'hot-key', operator: lower(args.operator), hotKey: lower(args.hotKey) };
    case 'HotKeyRotated':
      return { kind: 'hot-key', operator: lower(args.operator), hotKey: lower(args.newKey) };
    case 'Registered': {
      const { subnet, registration, price, collateral } = args;
      const operator = lower(args.operator);
      return { kind: 'registered', subnet, registration, operator, price, collateral };
    }
    case 'Deregistered': {
      const { subnet, registration } = args;
      const why = args.why === 0 ? 'left' : 'pruned';
      return { kind: 'deregistered', subnet, registration, operator: lower(args.operator), why };
    }
    case 'Served': {
      const { subnet, registration, endpoints, units } = args;
      return { kind: 'served', subnet, registration, endpoints, units };
    }
    case 'StakeChanged': {
      const { subnet, shares, poolStake, poolShares } = args;
      const parties = { operator: lower(args.operator), delegator: lower(args.delegator) };
      return { kind: 'stake-changed', subnet, ...parties, shares, poolStake, poolShares };
    }
    case 'PoolSlashed': {
      const { subnet, amount, poolStake } = args;
      return { kind: 'pool-slashed', subnet, operator: lower(args.operator), amount, poolStake };
    }
    case 'TakeSet':
      return { kind: 'take-set', subnet: args.subnet, operator: lower(args.operator), take: args.take };
    case 'ChildrenSet': {
      const children = args.children.map(({ operator, proportion }) => ({
        operator: lower(operator),
        proportion: Number(proportion),
      }));
      const operator = lower(args.operator);
      return {
        kind: 'children-set',
        subnet: args.subnet,
        operator,
        children,
        fromEpoch: Number(args.fromEpoch),
      };
    }
    case 'Committed':
      return { kind: 'committed', ...workOf(args), commit: args.commit };
    case 'Revealed': {
      const { version, logRoot, weights } = args;
      return { kind: 'revealed', ...workOf(args), version, logRoot, weights };
    }
    case 'Opened':
      return { kind: 'opened', ...workOf(args), evidence: args.evidence };
    case 'EpochPosted': {
      const attestation: EpochAttestation = { ...args.attestation, epoch: Number(args.epoch) };
      const validators = args.validators.map(({ operator, stake }) => ({ operator: lower(operator), stake }));
      const { subnet, prunable } = args;
      return { kind: 'epoch-posted', subnet, epoch: attestation.epoch, attestation, validators, prunable };
    }
    case 'Claimed':
      return { kind: 'claimed', subnet: args.subnet, account: lower(args.account), amount: args.amount };
  }
}

function workOf(args: { readonly subnet: number; readonly epoch: bigint; readonly operator: Address }) {
  return { subnet: args.subnet, epoch: Number(args.epoch), operator: lower(args.operator) };
}
