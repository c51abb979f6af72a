/** What a deployment costs per hour now, and until when its money lasts. */
import type { ChainReads } from '@souk/chain';
import type { Tenant } from '@souk/tenant';

export interface MoneyLeft {
  readonly rate: bigint;
  /** Of the group whose money ends first; null before a meter runs. */
  readonly fundedUntil: number | null;
  readonly now: number;
}

export async function moneyLeft(
  tenant: Tenant,
  chain: ChainReads,
  name: string,
  signal: AbortSignal,
): Promise<MoneyLeft> {
  const [{ groups }, head] = await Promise.all([tenant.status(name, { signal }), chain.head()]);
  const ends = groups.flatMap(({ fundedUntil }) => (fundedUntil === null ? [] : [fundedUntil]));
  return {
    rate: groups.reduce((sum, { group }) => sum + (group.receipt ? 0n : (group.terms?.rate ?? 0n)), 0n),
    fundedUntil: ends.length > 0 ? Math.min(...ends) : null,
    now: head.timestamp,
  };
}
