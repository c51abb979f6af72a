/**
 * Reads and changes of stored deployments. Every change loads the record afresh, changes one group of it and saves,
 * one change of a name at a time, so that parallel work on two groups never overwrites the other's.
 */
import { Fault, type LeaseId } from '@souk/protocol';
import {
  type Deployment,
  type DeploymentGroup,
  deploymentStatus,
  type DeploymentStore,
} from './deployment.ts';

export interface Records {
  /** Faults with `tenant.unknown-deployment`. */
  load(name: string): Promise<Deployment>;
  find(name: string): Promise<Deployment | undefined>;
  /** Of this network, newest first. */
  list(): Promise<readonly Deployment[]>;
  put(record: Deployment): Promise<void>;
  remove(name: string): Promise<void>;
  change(name: string, lease: LeaseId, change: Partial<DeploymentGroup>): Promise<DeploymentGroup>;
}

export function openRecords(
  store: DeploymentStore,
  options: {
    readonly network: string;
    readonly now: () => number;
    /** Nothing of it is open any more. */
    readonly onClosed?: (name: string) => Promise<void>;
  },
): Records {
  const queues = new Map<string, Promise<unknown>>();

  function inTurn<T>(name: string, work: () => Promise<T>): Promise<T> {
    const turn = (queues.get(name) ?? Promise.resolve()).then(work, work);
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

  async function changeGroup(name: string, lease: LeaseId, change: Partial<DeploymentGroup>) {
    const record = await load(name);
    const old = record.groups.find((group) => group.lease === lease);
    if (!old) {
      throw new Fault('tenant.record-replaced', `the record of "${name}" no longer holds lease ${lease}`, {
        blame: 'self',
        data: { name, lease },
      });
    }
    const changed = { ...old, ...change };
    const groups = record.groups.map((group) => (group === old ? changed : group));
    const closed = deploymentStatus({ ...record, groups }) === 'closed';
    const closedAt = closed ? (record.closedAt ?? options.now()) : null;
    await store.save({ ...record, groups, closedAt });
    if (closed) await options.onClosed?.(name);
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
    put: (record) => inTurn(record.name, () => store.save(record)),
    remove: (name) => inTurn(name, () => store.remove(name)),
    change: (name, lease, change) => inTurn(name, () => changeGroup(name, lease, change)),
  };
}
