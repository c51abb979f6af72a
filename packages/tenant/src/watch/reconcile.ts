/** Makes records equal to the chain: leases opened or closed elsewhere, orders that ended, a Ready that got lost. */
import { toFault } from '@souk/protocol';
import type { Context } from '../context.ts';
import { type Deployment, type DeploymentGroup, isEnded } from '../deployment.ts';
import { sendReady } from '../leases/bring-up.ts';
import { type Lot, type OnChain, syncWithChain } from '../leases/lot.ts';

/** One group; an order past its expiry that never opened can't open any more and is void. */
export async function syncGroup(
  context: Context,
  name: string,
  group: DeploymentGroup,
): Promise<OnChain | undefined> {
  if (isEnded(group)) return undefined;
  const found = await syncWithChain(context, name, group);
  if (found.is !== 'unknown') return found;
  const head = await context.deps.chain.head();
  if (head.timestamp > canOpenUntil(group)) {
    await context.records.change(name, group.lease, { phase: 'void' });
  }
  return found;
}

/** The last time at which the order can become a lease. What is being closed is not accepted any more. */
function canOpenUntil(group: DeploymentGroup): number {
  const { expiresAt } = group.order.message;
  if (group.phase !== 'closing') return expiresAt;
  return Math.min(expiresAt, Math.max(0, ...group.accepted.map((one) => one.bid.message.expiresAt)));
}

/** The agent signed Ready but the chain does not know: bring it again while it still counts. */
export async function resendReady(
  context: Context,
  lot: Lot,
  found: OnChain,
  signal: AbortSignal,
): Promise<void> {
  const { readyAt, terms } = lot.group;
  if (found.is !== 'open' || found.state.readyAt !== 0 || readyAt === null || !terms) return;
  const head = await context.deps.chain.head();
  if (head.timestamp < terms.startDeadline) await sendReady(context, lot, readyAt, signal);
}

export async function reconcile(context: Context, signal: AbortSignal): Promise<readonly Deployment[]> {
  for (const record of await context.records.list()) {
    for (const group of record.groups) {
      signal.throwIfAborted();
      try {
        await reconcileGroup(context, record.name, group, signal);
      } catch (error) {
        signal.throwIfAborted();
        const { code } = toFault(error, 'tenant.reconcile-failed', 'self');
        context.deps.log.warn('deployment not reconciled', { name: record.name, lease: group.lease, code });
      }
    }
  }
  return context.records.list();
}

async function reconcileGroup(
  context: Context,
  name: string,
  group: DeploymentGroup,
  signal: AbortSignal,
): Promise<void> {
  const found = await syncGroup(context, name, group);
  if (found?.is !== 'open' || found.state.readyAt !== 0 || found.group.readyAt === null) return;
  await using held = await context.peers.hold(group.agentKey);
  await resendReady(context, { name, group: found.group, peer: held.peer }, found, signal);
}
