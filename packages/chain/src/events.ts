/** Reads the Market's events from a node's logs: which topics to ask for, how to decode, who owns a lease. */
import type { LeaseId } from '@souk/protocol';
import { decodeEventLog, toEventSelector } from 'viem';
import { marketAbi } from './abi/market.ts';
import type { ChainEvent, EventFilter, Network, Terms } from './chain.ts';
import { isWanted, type LeaseOwners, needsNoOwners, ownersIn } from './filter.ts';
import { type BlockRange, byPosition, fetchLogs, inParts, lower, positionOf, type RawLog } from './logs.ts';
import type { Rpc } from './rpc.ts';

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

  function readAll(from: number, to: number, filter: EventFilter): Promise<readonly ChainEvent[]> {
    return inParts(from, to, (range) => read(range, filter));
  }

  async function fetchEvents(range: BlockRange, filter: EventFilter): Promise<readonly ChainEvent[]> {
    const topics = filter.lease === undefined ? [selectors] : [selectors, filter.lease];
    const logs = await fetchLogs(rpc, range, { address: network.market, topics });
    return logs
      .map(decodeEvent)
      .filter((event) => event !== undefined)
      .toSorted(byPosition);
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
