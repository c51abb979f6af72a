/** The hash of a lease's terms that the Market stores: keccak-256 of their ABI encoding. */
import type { Hex } from '@souk/protocol';
import { encodeAbiParameters, keccak256 } from 'viem';
import type { Terms } from './chain.ts';

const termsParameters = [
  { name: 'tenant', type: 'address' },
  { name: 'agent', type: 'address' },
  { name: 'watcher', type: 'address' },
  { name: 'operator', type: 'address' },
  { name: 'token', type: 'address' },
  { name: 'rate', type: 'uint96' },
  { name: 'minimumCharge', type: 'uint96' },
  { name: 'clawbackWindow', type: 'uint32' },
  { name: 'openedAt', type: 'uint40' },
  { name: 'startDeadline', type: 'uint40' },
  { name: 'revision', type: 'uint32' },
] as const;

export function hashTerms(terms: Terms): Hex {
  return keccak256(encodeAbiParameters([{ type: 'tuple', components: termsParameters }], [terms]));
}
