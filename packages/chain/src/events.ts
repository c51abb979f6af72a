/** Reads the Market's events from a node's logs: which topics to ask for, how to decode, who owns a lease. */
import { type Address, Fault, type Hex, type LeaseId } from '@souk/protocol';
import { decodeEventLog, numberToHex, toEventSelector } from 'viem';
import { marketAbi } from './abi/market.ts';
import type { ChainEvent, EventFilter, EventPosition, Network, Terms } from './chain.ts';
import { isWanted, type LeaseOwners, needsNoOwners, ownersIn } from './filter.ts';
import { isOutage, isTooLarge, type Rpc, rpcFault } from './rpc.ts';

/** A log as nodes send it. */
export interface RawLog {
  readonly topics: readonly Hex[];
  readonly data: Hex;
  readonly address: Hex;
  readonly blockNumber: Hex | null;
  readonly blockHash: Hex | null;
  readonly transactionHash: Hex | null;
  readonly logIndex: Hex | null;
}

export type BlockRange = { readonly from: number; readonly to: number } | { readonly hash: Hex };

export interface EventReader {
  /** Throws `chain.range-too-large` where the node refuses so many blocks or events at once. */
  read(range: BlockRange, filter: EventFilter): Promise<readonly ChainEvent[]>;
  /** As `read`, in as many parts as the node needs. */
  readAll(from: number, to: number, filter: EventFilter): Promise<readonly ChainEvent[]>;
}

const eventNames = [
  'LeaseOpened',
  'LeaseReady',
  'LeaseCollected',
  'LeaseToppedUp',
  'LeaseAmended',
  'LeaseClosed',
] as const;
type LeaseEventAbi = Extract<
  (typeof marketAbi)[number],
  { type: 'event'; name: (typeof eventNames)[number] }
>;
const eventAbi = marketAbi.filter(
  (item): item is LeaseEventAbi => item.type === 'event' && eventNames.some((name) => name === item.name),
);
const selectors = eventAbi.map((item) => toEventSelector(item));
const closers = ['tenant', 'agent', 'watcher', 'operator', 'exhausted'] as const;
const maxKnownOwners = 20_000;

export function createEventReader(rpc: Rpc, network: Network): EventReader {
  const owners = new Map<LeaseId, LeaseOwners>();

  async function read(range: BlockRange, filter: EventFilter): Promise<readonly ChainEvent[]> {
    const events = await fetchEvents(range, filter);
    if (needsNoOwners(filter)) return events.filter((event) => isWanted(event, filter, undefined));
    const wanted: ChainEvent[] = [];
    for (const event of events) {
      if (isWanted(event, filter, await ownersOf(event))) wanted.push(event);
    }
    return wanted;
  }

  async function readAll(from: number, to: number, filter: EventFilter): Promise<readonly ChainEvent[]> {
    if (from > to) return [];
    try {
      return await read({ from, to }, filter);
    } catch (error) {
      if (!(error instanceof Fault) || error.code !== 'chain.range-too-large') throw error;
      const middle = Math.floor((from + to) / 2);
      const first = await readAll(from, middle, filter);
      return [...first, ...(await readAll(middle + 1, to, filter))];
    }
  }

  async function fetchEvents(range: BlockRange, filter: EventFilter): Promise<readonly ChainEvent[]> {
    const blocks =
      'hash' in range
        ? { blockHash: range.hash }
        : { fromBlock: numberToHex(range.from), toBlock: numberToHex(range.to) };
    const topics = filter.lease === undefined ? [selectors] : [selectors, filter.lease];
    const request = { address: network.market, topics: topics as Hex[][], ...blocks };
    try {
      const logs = await rpc.client.request({ method: 'eth_getLogs', params: [request] });
      return logs
        .map(decodeEvent)
        .filter((event) => event !== undefined)
        .toSorted(byPosition);
    } catch (error) {
      if ('hash' in range && !isOutage(error)) throw movedFault(error);
      if (!('hash' in range) && range.to > range.from && isTooLarge(error)) throw tooLargeFault(range, error);
      throw rpcFault(rpc, error);
    }
  }

  /** From the event, from memory, or from the opening's log, which is indexed by lease. */
  async function ownersOf(event: ChainEvent): Promise<LeaseOwners | undefined> {
    const known = ownersIn(event) ?? owners.get(event.lease) ?? (await lookUpOwners(event));
    if (known !== undefined) remember(event.lease, known);
    return known;
  }

  async function lookUpOwners(event: ChainEvent): Promise<LeaseOwners | undefined> {
    const history = await readAll(network.fromBlock, event.block, { lease: event.lease });
    const opened = history.find(({ kind }) => kind === 'lease-opened');
    return opened && ownersIn(opened);
  }

  function remember(lease: LeaseId, known: LeaseOwners): void {
    owners.delete(lease);
    owners.set(lease, known);
    const oldest = owners.keys().next();
    if (owners.size > maxKnownOwners && !oldest.done) owners.delete(oldest.value);
  }

  return { read, readAll };
}

/** Undefined for a log that is none of the events that this room knows. */
export function decodeEvent(log: RawLog): ChainEvent | undefined {
  const [selector, ...rest] = log.topics;
  if (selector === undefined || !selectors.includes(selector)) return undefined;
  const { eventName, args } = decodeEventLog({ abi: eventAbi, data: log.data, topics: [selector, ...rest] });
  const at = positionOf(log);
  switch (eventName) {
    case 'LeaseOpened':
      return {
        ...at,
        kind: 'lease-opened',
        lease: args.lease,
        terms: toTerms(args.terms),
        deposit: args.deposit,
      };
    case 'LeaseReady':
      return { ...at, kind: 'lease-ready', lease: args.lease, readyAt: args.readyAt };
    case 'LeaseCollected':
      return { ...at, kind: 'lease-collected', lease: args.lease, amount: args.amount };
    case 'LeaseToppedUp':
      return { ...at, kind: 'lease-topped-up', lease: args.lease, amount: args.amount, funded: args.funded };
    case 'LeaseAmended': {
      const { lease, paid, funded } = args;
      return { ...at, kind: 'lease-amended', lease, terms: toTerms(args.terms), paid, funded };
    }
    case 'LeaseClosed': {
      const { lease, wasReady, effectiveAt, paid, refunded, clawedBack } = args;
      const by = closers[args.by];
      if (by === undefined) return undefined;
      const parties = { tenant: lower(args.tenant), operator: lower(args.operator) };
      return {
        ...at,
        kind: 'lease-closed',
        lease,
        ...parties,
        by,
        wasReady,
        effectiveAt,
        paid,
        refunded,
        clawedBack,
      };
    }
  }
}

export function lower(address: string): Address {
  return address.toLowerCase() as Address;
}

function toTerms(terms: Terms): Terms {
  const { tenant, agent, watcher, operator, token } = terms;
  return {
    ...terms,
    tenant: lower(tenant),
    agent: lower(agent),
    watcher: lower(watcher),
    operator: lower(operator),
    token: lower(token),
  };
}

function positionOf(log: RawLog): EventPosition {
  return { block: Number(log.blockNumber), logIndex: Number(log.logIndex), tx: log.transactionHash ?? '0x' };
}

function byPosition(a: EventPosition, b: EventPosition): number {
  return a.block - b.block || a.logIndex - b.logIndex;
}

function movedFault(cause: unknown): Fault {
  const message = 'the node does not have the block that it called its head';
  return new Fault('chain.block-moved', message, { blame: 'chain', retry: true, cause });
}

function tooLargeFault(range: { readonly from: number; readonly to: number }, cause: unknown): Fault {
  return new Fault(
    'chain.range-too-large',
    `the node refused the events of blocks ${range.from} to ${range.to}`,
    {
      blame: 'chain',
      retry: true,
      data: range,
      cause,
    },
  );
}
