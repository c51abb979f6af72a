/** The hash of a lease's terms that the Market stores: keccak-256 of their ABI encoding. */
import type { Hex } from '@souk/protocol';
import { encodeAbiParameters, getAbiItem, keccak256 } from 'viem';
import { marketAbi } from './abi/market.ts';
import type { Terms } from './chain.ts';

const { inputs } = getAbiItem({ abi: marketAbi, name: 'hashTerms' });

export function hashTerms(terms: Terms): Hex {
  return keccak256(encodeAbiParameters(inputs, [terms]));
}
