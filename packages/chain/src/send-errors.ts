/** Why a transaction was not sent or not mined. Nodes have no codes for it, only words. */
import { type Address, Fault, type Hex } from '@souk/protocol';
import { detailsOf, isOutage } from './rpc.ts';

export type SendRefusal =
  | 'known'
  | 'nonce-too-low'
  | 'nonce-taken'
  | 'nonce-too-high'
  | 'no-gas-money'
  | 'fee-too-low'
  | 'outage'
  | 'other';

const meanings: readonly (readonly [RegExp, SendRefusal])[] = [
  [/already known|already imported|known transaction|already in (the )?(mempool|pool)/i, 'known'],
  [
    /nonce( is)? too low|old nonce|oldnonce|nonce.*already been used|invalid nonce.*expected/i,
    'nonce-too-low',
  ],
  [/replacement transaction underpriced|could not replace|replacement.*too low/i, 'nonce-taken'],
  [/nonce( is)? too high|nonce gap|gapped nonce/i, 'nonce-too-high'],
  [
    /insufficient funds|insufficient balance|doesn't have enough funds|exceeds (the )?balance/i,
    'no-gas-money',
  ],
  [/underpriced|less than block base fee|fee ?cap|fee too low|max fee per gas/i, 'fee-too-low'],
];

export function refusalOf(error: unknown): SendRefusal {
  const words = detailsOf(error);
  const known = meanings.find(([pattern]) => pattern.test(words));
  if (known) return known[1];
  return isOutage(error) ? 'outage' : 'other';
}

export function noGasFault(call: string, account: Address, cause: unknown): Fault {
  return new Fault('chain.no-gas', `${call} needs gas, and ${account} cannot pay for it`, {
    blame: 'user',
    data: { call, account },
    remedy: `send some of the chain's own coin to ${account}`,
    cause,
  });
}

export function unconfirmedFault(call: string, hashes: readonly Hex[], why: string): Fault {
  return new Fault('chain.unconfirmed', `${call} is not confirmed: ${why}`, {
    blame: 'chain',
    retry: true,
    data: { call, transactions: hashes },
    remedy: 'check the state before trying again: it may still be mined',
  });
}
