/**
 * Reads and changes of stored deployments. Every change loads the record afresh, changes one part of it and saves, one
 * change of a name at a time in this process and in all others, so that parallel work never overwrites another's.
 */
import { Fault, type LeaseId, zeroAddress } from '@souk/protocol';
import {
  type Deployment,
  type DeploymentGroup,
  deploymentStatus,
  type DeploymentStore,
  type GroupPhase,
  isEnded,
  type LeaseReceipt,
  maxHistory,
  type PastLease,
} from './deployment.ts';

export interface Records {
  /** Faults with `tenant.unknown-deployment`. */
  load(name: string): Promise<Deployment>;
  find(name: string): Promise<Deployment | undefined>;
  /** Of this network, newest first. */
  list(): Promise<readonly Deployment[]>;
  /** Faults with `tenant.record-replaced` where the orders in the record are not those of `seen` any more. */
  put(record: Deployment, seen: Deployment | undefined): Promise<void>;
  remove(name: string): Promise<void>;
  /** Of a group's current lease, or of one that is being left. */
  change(name: string, lease: LeaseId, change: Partial<DeploymentGroup>): Promise<DeploymentGroup>;
  /** The record as it is now, and what it becomes; undefined leaves it alone and comes back. */
  update<T extends Deployment | undefined>(name: string, change: (record: Deployment) => T): Promise<T>;
}

export interface RecordsOptions {
  readonly network: string;
  readonly now: () => number;
  /** Nothing of it is open any more. */
  readonly onClosed?: (name: string) => Promise<void>;
}

export function openRecords(store: DeploymentStore, options: RecordsOptions): Records {
  const queues = new Map<string, Promise<unknown>>();

  function inTurn<T>(name: string, work: () => Promise<T>): Promise<T> {
    const alone = store.exclusively ? () => store.exclusively!(name, work) : work;
    const turn = (queues.get(name) ?? Promise.resolve()).then(alone, alone);
    queues.set(name, turn);
    const forget = () => {
      if (queues.get(name) === turn) queues.delete(name);
    };
    turn.then(forget, forget);
    return turn;
  }

  async function load(name: string): Promise<Deployment> {
    const record = await store.load(name);
    if (record && record.network === options.network) return record;
    throw new Fault('tenant.unknown-deployment', `there is no deployment "${name}" on ${options.network}`, {
      blame: 'user',
      data: { name, network: options.network, otherNetwork: record?.network },
      remedy: record
        ? `it is on ${record.network}: add --network ${record.network}`
        : 'list yours with: souk ps',
    });
  }

  async function save(record: Deployment): Promise<void> {
    const isClosed = deploymentStatus(record) === 'closed';
    await store.save({ ...record, closedAt: isClosed ? (record.closedAt ?? options.now()) : null });
    if (isClosed) await options.onClosed?.(record.name);
  }

  async function changeGroup(name: string, lease: LeaseId, change: Partial<DeploymentGroup>) {
    const record = await load(name);
    const old = [...record.groups, ...record.leaving].find((group) => group.lease === lease);
    if (!old) throw replacedMeanwhile(name);
    const changed = { ...old, ...change, phase: phaseAfter(old, change.phase) };
    await save(withGroup(record, old, changed));
    return changed;
  }

  return {
    load,
    find: (name) => store.load(name),
    list: async () => {
      const all = await store.list();
      return all
        .filter((record) => record.network === options.network)
        .sort((a, b) => b.createdAt - a.createdAt);
    },
    put: (record, seen) =>
      inTurn(record.name, async () => {
        const now = await store.load(record.name);
        if (ordersOf(now) !== ordersOf(seen)) throw replacedMeanwhile(record.name);
        await store.save(record);
      }),
    remove: (name) => inTurn(name, () => store.remove(name)),
    change: (name, lease, change) => inTurn(name, () => changeGroup(name, lease, change)),
    update: (name, change) =>
      inTurn(name, async () => {
        const changed = change(await load(name));
        if (changed) await save(changed);
        return changed;
      }),
  };
}

/** What one process is ending, another that has not heard of it yet does not bring back to life. */
function phaseAfter(old: DeploymentGroup, wanted: GroupPhase | undefined): GroupPhase {
  if (wanted === undefined || old.phase === 'closed') return old.phase;
  const ends: readonly GroupPhase[] = ['closing', 'closed', 'void'];
  if (ends.includes(wanted)) return wanted;
  if (old.phase === 'closing') return old.phase;
  // The chain's word alone: what was thought to be void has opened.
  if (old.phase === 'void') return wanted === 'open' ? wanted : old.phase;
  return old.isWanted || wanted === 'open' ? wanted : old.phase;
}

/** A lease that is being left goes into the history once it is settled. */
function withGroup(record: Deployment, old: DeploymentGroup, changed: DeploymentGroup): Deployment {
  const put = (groups: readonly DeploymentGroup[]) =>
    groups.map((group) => (group === old ? changed : group));
  const leaving = put(record.leaving);
  const left = leaving.filter(isEnded);
  const rest = leaving.filter((group) => !isEnded(group));
  return intoHistory({ ...record, groups: put(record.groups), leaving: rest }, left);
}

/** What was settled and replaced. */
export function intoHistory(record: Deployment, left: readonly DeploymentGroup[]): Deployment {
  const cost = left.reduce((sum, group) => sum + costOf(group.receipt), 0n);
  const history = [...record.history, ...left.map(pastLeaseOf)].slice(-maxHistory);
  return { ...record, history, spent: record.spent + cost };
}

/** Clawed-back money does not return to the tenant. */
export function costOf(receipt: LeaseReceipt | null): bigint {
  return receipt === null ? 0n : receipt.paid + receipt.clawedBack;
}

const ordersOf = (record: Deployment | undefined) => record?.groups.map((group) => group.lease).join() ?? '';

function replacedMeanwhile(name: string): Fault {
  return new Fault('tenant.record-replaced', `another process has ordered "${name}" anew meanwhile`, {
    blame: 'self',
    retry: true,
    data: { name },
    remedy: `see how it does with: souk status ${name}`,
  });
}

function pastLeaseOf({ name, lease, receipt, ...group }: DeploymentGroup): PastLease {
  const operator = group.terms?.operator ?? group.accepted.at(-1)?.bid.message.operator ?? zeroAddress;
  return { group: name, lease, operator, why: group.givenUp?.why ?? '', at: group.givenUp?.at ?? 0, receipt };
}
