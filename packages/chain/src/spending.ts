/**
 * Tokens that leave a wallet: by permit where the token takes one, by approval first where not. One call at a time for
 * each token: a permit counts, and a second one would count the same.
 */
import type { Address, LocalKey } from '@souk/protocol';
import { encodeFunctionData } from 'viem';
import { findPermitDomain, type Permit, type PermitDomain, signPermit } from './permit.ts';
import { createTurnstile } from './queue.ts';
import type { Rpc } from './rpc.ts';
import { tokenAbi } from './token-abi.ts';
import type { Mined, Sender } from './transactions.ts';

export interface Spending {
  /** `pay` gets a permit, or undefined once the spender is approved. */
  spend(spender: Address, value: bigint, pay: (permit: Permit | undefined) => Promise<Mined>): Promise<Mined>;
  /** Approves first: for calls that take no permit. */
  spendApproved(spender: Address, value: bigint, pay: () => Promise<Mined>): Promise<Mined>;
}

export function createSpending({ rpc, sender, key, chainId }: SpendingDeps, token: Address): Spending {
  const inTurn = createTurnstile();
  let permitDomain: Promise<PermitDomain | undefined> | undefined;

  async function approve(spender: Address, value: bigint): Promise<void> {
    const data = encodeFunctionData({ abi: tokenAbi, functionName: 'approve', args: [spender, value] });
    await sender.send({ call: 'approve', to: token, data });
  }

  return {
    spend: (spender, value, pay) =>
      inTurn(async () => {
        permitDomain ??= findPermitDomain(rpc, chainId, token);
        permitDomain.catch(() => (permitDomain = undefined));
        const domain = await permitDomain;
        if (domain === undefined) await approve(spender, value);
        return pay(domain && (await signPermit(rpc, key, { domain, spender, value })));
      }),
    spendApproved: (spender, value, pay) =>
      inTurn(async () => {
        await approve(spender, value);
        return pay();
      }),
  };
}

export interface SpendingDeps {
  readonly rpc: Rpc;
  readonly sender: Sender;
  readonly key: LocalKey;
  readonly chainId: number;
}
