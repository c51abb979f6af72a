/** What of a record may be shown: everything but the agent's key and the signatures. */
import type { DeploymentGroup } from '@souk/tenant';

export interface PublicGroup {
  readonly group: string;
  readonly phase: DeploymentGroup['phase'];
  readonly lease: string;
  readonly operator: string | null;
  /** Per hour, in the token's smallest unit; null before a bid was taken. */
  readonly rate: bigint | null;
  readonly deposit: bigint;
  readonly driver: string | null;
  readonly openTx: string | null;
  /** Unix seconds. */
  readonly readyAt: number | null;
  readonly urls: readonly string[];
  readonly receipt: DeploymentGroup['receipt'];
}

export function publicGroup(group: DeploymentGroup): PublicGroup {
  const chosen = group.accepted.at(-1);
  return {
    group: group.name,
    phase: group.phase,
    lease: group.lease,
    operator: group.terms?.operator ?? chosen?.bid.message.operator ?? null,
    rate: group.terms?.rate ?? chosen?.bid.message.rate ?? null,
    deposit: group.order.message.deposit,
    driver: chosen?.driver ?? null,
    openTx: group.openTx,
    readyAt: group.readyAt,
    urls: group.urls,
    receipt: group.receipt,
  };
}
