/** Closes leases that were given up, as of when they last worked; one that still serves stays until it is not needed. */
import type { Deployment, DeploymentGroup } from '../deployment.ts';
import { closeLease } from '../leases/close.ts';
import type { Watching } from './watching.ts';

export async function leaveLease(
  { context, tell }: Watching,
  record: Deployment,
  group: DeploymentGroup,
  signal: AbortSignal,
): Promise<void> {
  const keepUntil = group.givenUp?.keepUntil ?? null;
  if (keepUntil !== null && group.phase !== 'closing') {
    const { timestamp } = await context.deps.chain.head();
    if (timestamp < keepUntil && !hasSuccessor(record, group)) return;
  }
  await using held = await context.peers.hold(group.agentKey);
  const lot = { name: record.name, group, peer: held.peer };
  const receipt = await closeLease(context, lot, { signal });
  tell({ kind: 'closed', name: record.name, group: group.name, receipt });
}

function hasSuccessor(record: Deployment, left: DeploymentGroup): boolean {
  return record.groups.some((group) => group.name === left.name && group.phase === 'ready');
}
