/** One placement group's order, signed by the wallet, as the record that everything after it continues from. */
import type { ChainHead } from '@souk/chain';
import { createKey, leaseIdOf, type LocalKey } from '@souk/protocol';
import type { Context } from '../context.ts';
import type { DeploymentGroup, Standby } from '../deployment.ts';
import type { KeptGroup, KeptWish } from '../wish.ts';
import { draftOrder, randomHash } from './draft.ts';

export interface Signing {
  readonly wish: KeptWish;
  readonly group: KeptGroup;
  readonly agent: LocalKey;
  readonly head: ChainHead;
  /** The tenant's on chain: `cancelAll` voids what was signed under an earlier one. */
  readonly counter: bigint;
}

/** The record of an order as it begins. */
export function groupOf(
  group: KeptGroup,
  { agentKey, watcherKey, order }: Standby,
  fromBlock: number,
): DeploymentGroup {
  return {
    name: group.name,
    phase: 'ordering',
    agentKey,
    watcherKey,
    order,
    lease: leaseIdOf(order.message),
    fromBlock,
    accepted: [],
    terms: null,
    rateBeforePause: null,
    amendedTo: null,
    paidBefore: 0n,
    openTx: null,
    readyAt: null,
    closeAt: null,
    probes: group.runtime.health,
    urls: [],
    places: [],
    receipt: null,
    snapshots: [],
    isWanted: true,
    workedAt: null,
    replaces: null,
    avoid: [],
    givenUp: null,
    standby: [],
  };
}

export async function signGroup(context: Context, signing: Signing): Promise<DeploymentGroup> {
  return groupOf(signing.group, await signOrder(context, signing), signing.head.number);
}

/** `lifeSeconds`: how long it may be opened; the usual time where it is left out. */
export async function signOrder(context: Context, signing: Signing, lifeSeconds?: number): Promise<Standby> {
  const { chain, wallet } = context.deps;
  const { wish, group, agent, head, counter } = signing;
  const watcher = createKey();
  const facts = {
    tenant: wallet.address,
    agent: agent.address,
    watcher: watcher.address,
    token: chain.network.token.address,
    head,
    counter,
    salt: randomHash(),
  };
  const draft = draftOrder(wish, group, facts, context.config);
  const expiresAt = lifeSeconds === undefined ? draft.expiresAt : head.timestamp + lifeSeconds;
  const order = await wallet.sign(chain.domain, 'Order', { ...draft, expiresAt });
  return { agentKey: agent.privateKey, watcherKey: watcher.privateKey, order };
}
