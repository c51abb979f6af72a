/** Settings of the chain room, with units in their names. Amounts of gas money are in wei. */
import { z } from 'zod';

const milliseconds = z.number().int().min(1);
const count = z.number().int().min(1);
const wei = z
  .union([z.bigint(), z.number().int(), z.string().regex(/^[0-9]+$/)])
  .transform((value) => BigInt(value))
  .refine((value) => value >= 0n, 'an amount cannot be negative');

export const chainConfigSchema = z.strictObject({
  rpcUrl: z
    .url({ protocol: /^https?$/ })
    .optional()
    .describe("RPC node to use instead of the network's own"),
  pollMs: milliseconds
    .max(60_000)
    .optional()
    .describe('how often a new block is looked for; left out, often on a local network'),
  rpcTimeoutMs: milliseconds.default(10_000).describe('how long one RPC call may take'),
  maxInFlight: count
    .max(1000)
    .default(32)
    .describe('transactions of one key that may wait to be mined at once'),
  gasMarginPercent: z.number().int().min(0).max(400).default(25).describe('gas allowed above the estimate'),
  maxFeeMultiplier: z
    .number()
    .min(1)
    .max(10)
    .default(2)
    .describe('how many times the base fee a transaction may pay'),
  priorityFeeWei: wei.optional().describe('tip per gas; left out, the node is asked'),
  feeCapWei: wei.default(500_000_000_000n).describe('most that is paid per gas, tip included'),
  bumpAfterBlocks: count.default(3).describe('blocks without being mined after which a fee is raised'),
  receiptTimeoutMs: milliseconds.default(120_000).describe('how long a transaction may take to be mined'),
});
export type ChainConfig = z.output<typeof chainConfigSchema>;
export type ChainSettings = z.input<typeof chainConfigSchema>;

/** While a transaction waits to be mined, and otherwise. */
export function pollMsOf(
  isLocal: boolean,
  purpose: 'waiting' | 'following',
  wanted: number | undefined,
): number {
  if (wanted !== undefined) return wanted;
  if (purpose === 'waiting') return isLocal ? 100 : 1000;
  return isLocal ? 200 : 2000;
}
