/** Settings of miners and validators, with units in their names. What everybody must do alike is not here but on chain. */
import { parseAmount } from '@souk/protocol';
import { z } from 'zod';

const milliseconds = z.number().int().min(1);
const count = z.number().int().min(1);
const blocks = z.number().int().min(0);
/** Written in SOUK, kept in its smallest unit. */
const souk = z
  .union([z.string().regex(/^[0-9]{1,20}(\.[0-9]{1,18})?$/), z.number().min(0).max(1e9).transform(String)])
  .transform((text) => parseAmount(text, 18));

const following = {
  pollMs: milliseconds.default(1_000).describe('how often the chain is looked at'),
  blocksPerRead: count.default(2_000).describe('blocks whose events are asked for at once'),
};

export const minerConfigSchema = z.strictObject({
  ...following,
  units: z
    .number()
    .int()
    .min(0)
    .max(0xffff_ffff)
    .default(1)
    .describe('capacity that is declared, in the mechanism’s own unit'),
  endpoints: z
    .array(z.string().min(1).max(256))
    .max(8)
    .optional()
    .describe('multiaddrs at which validators reach this miner; by default those of its peer'),
  maxConcurrentTasks: count
    .max(1_024)
    .default(1)
    .describe('tasks done at once; whoever asks for more hears that the miner is busy'),
  minimumStake: souk
    .optional()
    .describe(
      'stake in SOUK from which a validator without a permit is answered; by default the subnet’s own minStake',
    ),
  settings: z
    .record(z.string().min(1).max(64), z.string().max(4_096))
    .default({})
    .describe('handed to the mechanism as they are'),
});
export type MinerConfig = z.output<typeof minerConfigSchema>;

export const validatorConfigSchema = z.strictObject({
  ...following,
  askShare: z
    .number()
    .gt(0)
    .max(0.8)
    .default(0.7)
    .describe('part of an epoch in which rounds of tasks begin'),
  commitShare: z
    .number()
    .gt(0)
    .max(0.95)
    .default(0.82)
    .describe('part of an epoch after which weights are committed'),
  maxTasksPerRound: count
    .max(4_096)
    .default(512)
    .describe('miners asked in one round; the others have their turn in the next'),
  maxConcurrentTasks: count
    .max(1_024)
    .default(64)
    .describe('tasks under way at once, where a mechanism does not ask all miners at the same instant'),
  maxAttempts: count
    .max(16)
    .default(4)
    .describe('times a miner is asked that can’t be reached or is busy, within the deadline'),
  retryMs: milliseconds
    .default(250)
    .describe('wait before the second attempt; doubles with each further one'),
  connectMs: milliseconds
    .default(2_000)
    .describe('time for reaching miners before a round that asks all at once'),
  observeMs: milliseconds.default(10_000).describe('time for looking at what a miner answered'),
  confirmations: blocks.default(0).describe('blocks on top of an epoch’s last before it is computed'),
  republishBlocks: count
    .default(5)
    .describe('blocks after which an attestation is published again until its epoch is posted'),
  postStaggerBlocks: count
    .default(2)
    .describe('blocks that each next validator waits for the one before it to post'),
  quorumPatienceBlocks: blocks
    .default(7_200)
    .describe(
      'blocks without a post after which all stake counts instead of the permits; as the contract has it',
    ),
  maxUnpostedEpochs: count.max(1_024).default(64).describe('epochs attested ahead of the last one posted'),
  isClaiming: z
    .boolean()
    .default(false)
    .describe('whether the operator’s own rewards are claimed as they come'),
  minimumClaim: souk.prefault('1').describe('rewards in SOUK from which they are claimed'),
  settings: z
    .record(z.string().min(1).max(64), z.string().max(4_096))
    .default({})
    .describe('handed to the mechanism’s observe as they are'),
});
export type ValidatorConfig = z.output<typeof validatorConfigSchema>;
