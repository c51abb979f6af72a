/** A lease in work: which record it belongs to, the agent's key, the provider and the peer to reach it by. */
import { hashTerms, type LeaseState } from '@souk/chain';
import type { Peer } from '@souk/net';
import {
  type Address,
  Fault,
  isSameAddress,
  type LeaseId,
  type LeaseStatus,
  statusProtocol,
  toFault,
} from '@souk/protocol';
import type { Context } from '../context.ts';
import type { AcceptedBid, DeploymentGroup, LeaseReceipt } from '../deployment.ts';
import { openedOf, paidBeforeTerms, rateBeforePause, receiptOf } from './history.ts';

export interface Lot {
  readonly name: string;
  readonly group: DeploymentGroup;
  readonly peer: Peer;
}

/** The bid that is, or is meant to become, the lease. */
export function chosenBid(group: DeploymentGroup): AcceptedBid {
  const chosen = group.accepted.at(-1);
  if (chosen) return chosen;
  throw new Fault('tenant.nothing-chosen', `no bid has been accepted for group "${group.name}"`, {
    blame: 'user',
    data: { lease: group.lease },
    remedy: 'run the deployment again to choose one',
  });
}

/** Another text whenever something has moved at the provider. */
export function stateOf({ phase, progress }: LeaseStatus): string {
  return `${phase} ${progress ?? ''}`;
}

/** Quick at first, later a tenth of the time waited: a start of a second is seen at once, one of minutes costs little. */
export function pauseMs(context: Context, waitedMs: number): number {
  return Math.min(Math.max(context.config.pollMs, waitedMs / 10), 1000);
}

export type Answered = { readonly status: LeaseStatus } | { readonly unreachable: string };

/** The provider's word on the lease; never throws but on abort. */
export async function askStatus(context: Context, lot: Lot, signal?: AbortSignal): Promise<Answered> {
  try {
    const request = { lease: lot.group.lease };
    const answer = await lot.peer.ask(chosenBid(lot.group).provider, statusProtocol, request, {
      timeoutMs: context.config.callTimeoutMs,
      ...(signal && { signal }),
    });
    if (!answer.ok) return { unreachable: `${answer.reason}: ${answer.detail}` };
    return { status: answer.status };
  } catch (error) {
    signal?.throwIfAborted();
    return { unreachable: toFault(error, 'tenant.no-answer', 'peer').message };
  }
}

export type OnChain =
  | { readonly is: 'unknown' }
  | { readonly is: 'open'; readonly state: LeaseState; readonly group: DeploymentGroup }
  | { readonly is: 'closed'; readonly receipt: LeaseReceipt; readonly group: DeploymentGroup };

/** What the chain says of a lease, with the record made equal to it. */
export async function syncWithChain(
  context: Context,
  name: string,
  group: DeploymentGroup,
): Promise<OnChain> {
  const { chain } = context.deps;
  const state = await chain.leaseOf(group.lease);
  if (state.status === 'unknown') return { is: 'unknown' };
  const isKnown = group.terms !== null && hashTerms(group.terms) === state.termsHash;
  if (state.status === 'open' && isKnown) return { is: 'open', state, group };
  const events = await chain.eventsSince(group.fromBlock, { lease: group.lease });
  const receipt = receiptOf(events);
  if (state.status === 'closed' && receipt) {
    const closed = await context.records.change(name, group.lease, { phase: 'closed', receipt });
    return { is: 'closed', receipt, group: closed };
  }
  const opened = openedOf(events);
  if (!opened) throw eventsMissing(group.lease);
  const { terms, tx } = opened;
  const change = {
    terms,
    openTx: tx,
    accepted: withChosen(group, terms.operator),
    rateBeforePause: rateBeforePause(events),
    paidBefore: paidBeforeTerms(events),
  };
  const phase = isBeforeOpen(group) ? ('open' as const) : group.phase;
  return { is: 'open', state, group: await context.records.change(name, group.lease, { ...change, phase }) };
}

function isBeforeOpen(group: DeploymentGroup): boolean {
  return group.phase === 'ordering' || group.phase === 'accepted' || group.phase === 'void';
}

/** Any bid that was countersigned may be the one that opened: that one goes last. */
function withChosen(group: DeploymentGroup, operator: Address): AcceptedBid[] {
  const isIt = (one: AcceptedBid) => isSameAddress(one.bid.message.operator, operator);
  return [...group.accepted.filter((one) => !isIt(one)), ...group.accepted.filter(isIt).slice(-1)];
}

function eventsMissing(lease: LeaseId): Fault {
  return new Fault('tenant.events-missing', `the chain's node knows lease ${lease} but not its events yet`, {
    blame: 'chain',
    retry: true,
    data: { lease },
  });
}
