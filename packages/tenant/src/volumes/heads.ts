/**
 * Snapshots as their holders list them: only those that a provider of this very deployment has signed, for a lease that
 * the record knows, count. A holder that does not answer is told by its absence.
 */
import {
  type Head,
  type Hex,
  isSignedBySigner,
  type LeaseId,
  type Signed,
  type Snapshot,
  snapshotHeadsProtocol,
  toFault,
} from '@souk/protocol';
import type { Context } from '../context.ts';
import type { Deployment, DeploymentGroup } from '../deployment.ts';
import type { KeptWish } from '../wish.ts';
import type { HeldSnapshot, HolderAddress } from './shape.ts';

export interface HeldSnapshots {
  /** Newest first. */
  readonly snapshots: readonly HeldSnapshot[];
  /** Why some holders could not be asked. */
  readonly silent: readonly string[];
}

interface Subject {
  readonly record: Deployment;
  readonly group: DeploymentGroup;
  readonly wish: KeptWish;
}

export function holdersOf({ group, wish }: Omit<Subject, 'record'>): readonly HolderAddress[] {
  return wish.groups.find((kept) => kept.name === group.name)?.runtime.snapshots?.holders ?? [];
}

/** Never throws but on abort. */
export async function heldSnapshots(
  context: Context,
  subject: Subject,
  signal?: AbortSignal,
): Promise<HeldSnapshots> {
  const signersOf = createSigners(context, subject);
  const asked = await Promise.all(
    holdersOf(subject).map(async (holder) => {
      try {
        const heads = await askHolder(context, subject, holder, signal);
        const good = await Promise.all(heads.map((head) => isOurs(context, subject, head, signersOf)));
        return { holder, heads: heads.filter((_head, at) => good[at]), why: undefined };
      } catch (error) {
        signal?.throwIfAborted();
        const why = toFault(error, 'tenant.holder-silent', 'peer').message;
        return { holder, heads: [], why: `${holder[0] ?? 'a holder'}: ${why}` };
      }
    }),
  );
  const all = new Map<string, { readonly head: Head; readonly holders: HolderAddress[] }>();
  for (const { holder, heads } of asked) {
    for (const { message } of heads) {
      const key = JSON.stringify(message);
      const known = all.get(key) ?? { head: message, holders: [] };
      known.holders.push(holder);
      all.set(key, known);
    }
  }
  const snapshots = [...all.values()].map(({ head, holders }) => ({ ...head, holders }));
  return {
    snapshots: snapshots.sort((a, b) => b.at - a.at),
    silent: asked.flatMap(({ why }) => why ?? []),
  };
}

async function askHolder(
  context: Context,
  { group, wish }: Subject,
  holder: HolderAddress,
  signal: AbortSignal | undefined,
): Promise<readonly Signed<Head>[]> {
  await using held = await context.peers.hold(group.agentKey);
  const answer = await held.peer.ask(
    holder,
    snapshotHeadsProtocol,
    { lease: group.lease, deployment: wish.deployment },
    { timeoutMs: context.config.callTimeoutMs, ...(signal && { signal }) },
  );
  return answer.ok ? answer.heads : [];
}

async function isOurs(
  context: Context,
  { wish }: Subject,
  head: Signed<Head>,
  signersOf: (lease: LeaseId) => Promise<readonly string[]>,
): Promise<boolean> {
  const { lease, deployment } = head.message;
  if (deployment !== wish.deployment || !isSignedBySigner(context.deps.chain.domain, 'Head', head))
    return false;
  return (await signersOf(lease)).includes(head.signer);
}

/** Who may have signed for a lease: whose bid was accepted; for one long gone, its operator's key of today. */
function createSigners(context: Context, { record, group }: Subject) {
  const known = new Map<LeaseId, Promise<readonly string[]>>();
  for (const one of [group, ...record.groups, ...record.leaving]) {
    known.set(one.lease, Promise.resolve(one.accepted.map(({ bid }) => bid.signer)));
  }
  return (lease: LeaseId): Promise<readonly string[]> => {
    const past = record.history.find((one) => one.lease === lease);
    const signers =
      known.get(lease) ?? (past ? hotKeysOf(context, past.operator) : Promise.resolve<readonly string[]>([]));
    known.set(lease, signers);
    return signers;
  };
}

async function hotKeysOf(context: Context, operator: Hex): Promise<readonly string[]> {
  const { hotKey } = await context.deps.chain.operatorOf(operator);
  return [hotKey];
}

export function isOneOf(holder: HolderAddress, peerIds: Snapshot['holders']): boolean {
  return holder.some((address) => peerIds.some((id) => address.endsWith(`/p2p/${id}`)));
}
