/**
 * What to start a deployment's volumes from: the newest whole snapshot of each, as the holders say and the last
 * provider has signed, or as it was last seen. Never throws for a holder that does not answer: others may.
 */
import {
  type Head,
  type Hex,
  isSignedBySigner,
  type Restore,
  type Signed,
  type Snapshot,
  snapshotHeadsProtocol,
  toFault,
} from '@souk/protocol';
import type { Context } from '../context.ts';
import type { Deployment, DeploymentGroup } from '../deployment.ts';

export type Holder = readonly string[];

/** Empty where the deployment has no snapshots, or nobody who has one answers. */
export async function restoresFor(
  context: Context,
  deployment: Deployment,
  group: DeploymentGroup,
  signal?: AbortSignal,
): Promise<readonly Restore[]> {
  const wish = await context.deps.wishes?.load(deployment.name);
  const plan = wish?.groups.find((kept) => kept.name === group.name)?.runtime.snapshots;
  if (!wish || !plan || plan.holders.length === 0) return [];
  const asked = await Promise.all(
    plan.holders.map(async (holder) => ({
      holder,
      heads: await headsOf(context, { holder, deployment: wish.deployment, group }, signal),
    })),
  );
  const found = asked.flatMap(({ holder, heads }) =>
    heads.map(({ message }) => ({ ...message, at: message.at, holder: [...holder] })),
  );
  const seen = group.snapshots.flatMap((snapshot) => {
    const holders = plan.holders.filter((holder) => isOneOf(holder, snapshot.holders));
    return holders.map((holder) => ({ ...snapshot, at: snapshot.at * 1000, holder: [...holder] }));
  });
  return newestOf([...found, ...seen]);
}

interface Candidate {
  readonly service: string;
  readonly replica: number;
  readonly volume: string;
  readonly root: Hex;
  /** Unix milliseconds. */
  readonly at: number;
  readonly holder: string[];
}

/** Of each volume the newest snapshot, with all who have that one. */
export function newestOf(candidates: readonly Candidate[]): readonly Restore[] {
  const volumes = Map.groupBy(candidates, ({ service, replica, volume }) =>
    JSON.stringify([service, replica, volume]),
  );
  return [...volumes.values()].flatMap((all) => {
    const newest = all.reduce((best, one) => (one.at > best.at ? one : best));
    const { service, replica, volume, root } = newest;
    const holders = all.filter((one) => one.root === root).map(({ holder }) => holder);
    const unique = [...new Map(holders.map((holder) => [holder.join(), holder])).values()];
    return [{ service, replica, volume, root, holders: unique.slice(0, 8) }];
  });
}

/** Heads that were signed by a provider whose bid this group accepted, for this very lease. */
async function headsOf(
  context: Context,
  { holder, deployment, group }: { holder: Holder; deployment: Hex; group: DeploymentGroup },
  signal: AbortSignal | undefined,
): Promise<readonly Signed<Head>[]> {
  const signers = group.accepted.map(({ bid }) => bid.signer);
  try {
    await using held = await context.peers.hold(group.agentKey);
    const answer = await held.peer.ask(
      holder,
      snapshotHeadsProtocol,
      { lease: group.lease, deployment },
      { timeoutMs: context.config.callTimeoutMs, ...(signal && { signal }) },
    );
    if (!answer.ok) return [];
    return answer.heads.filter(
      (head) =>
        head.message.lease === group.lease &&
        head.message.deployment === deployment &&
        signers.includes(head.signer) &&
        isSignedBySigner(context.deps.chain.domain, 'Head', head),
    );
  } catch (error) {
    signal?.throwIfAborted();
    const { code } = toFault(error, 'tenant.holder-silent', 'peer');
    context.deps.log.debug('a holder of snapshots does not answer', { code });
    return [];
  }
}

export function isOneOf(holder: Holder, peerIds: Snapshot['holders']): boolean {
  return holder.some((address) => peerIds.some((id) => address.endsWith(`/p2p/${id}`)));
}
