/** Settings of the buying side, with units in their names. The CLI merges them from files and flags. */
import { z } from 'zod';

const milliseconds = z.number().int().min(1);
const seconds = z.number().int().min(1).max(0xffff_ffff);
const weight = z.number().min(0).max(1000);

export const tenantConfigSchema = z.strictObject({
  orderTtlSeconds: seconds.default(300).describe('how long a signed order can be bid on and opened'),
  clawbackWindowSeconds: seconds
    .default(600)
    .describe(
      'pay of this age can still be taken back by closing; also how long a provider waits for its pay',
    ),
  startWindowSeconds: seconds
    .default(600)
    .describe('time from opening until the meter starts even if nobody signed that the workload is ready'),

  topicPeersWaitMs: milliseconds
    .default(30_000)
    .describe('how long to wait for a peer that passes orders on'),
  bidWindowMs: milliseconds.default(2_000).describe('how long bids are collected once an order is out'),
  bidCount: z
    .number()
    .int()
    .min(1)
    .default(20)
    .describe('with this many verified bids no more are asked for'),
  maxBids: z.number().int().min(1).max(1024).default(64).describe('bids kept per order, the best by price'),
  maxDeclines: z.number().int().min(1).max(4096).default(512).describe('declines kept per order'),
  maxStrikes: z
    .number()
    .int()
    .min(1)
    .default(3)
    .describe('wrong offers after which a sender is not listened to'),
  operatorCacheMs: milliseconds.default(30_000).describe('how long a hot key read from the chain is trusted'),
  reliabilityCacheMs: milliseconds.default(60_000).describe('how long an operator’s record is trusted'),
  reliabilityWaitMs: milliseconds.default(1_000).describe('how long ranking waits for operators’ records'),
  priceWeight: weight
    .default(1)
    .describe('ranking: weight of how much dearer than the cheapest bid, as a fraction'),
  reliabilityWeight: weight.default(0.25).describe('ranking: weight of the expected share of failed leases'),
  latencyWeight: weight.default(0.02).describe('ranking: weight of a second of delay of the bid'),

  callTimeoutMs: milliseconds.default(5_000).describe('time for one small request to a provider'),
  acceptTimeoutMs: milliseconds.default(15_000).describe('time for a provider to answer an acceptance'),
  uploadStallMs: milliseconds
    .default(30_000)
    .describe('an image upload that moves no byte for this long has failed'),
  openTimeoutMs: milliseconds
    .default(60_000)
    .describe('a lease that is accepted, not on chain, and moves nothing for this long has failed'),
  startStallMs: milliseconds
    .default(300_000)
    .describe('an open lease whose state does not move for this long while starting has failed'),
  crashLoopPatienceMs: milliseconds
    .default(60_000)
    .describe('a workload that ends again and again for this long while starting has failed'),
  pollMs: milliseconds
    .default(100)
    .describe('first pause between looks at a lease that is opening or closing; pauses grow to a second'),
  probeTimeoutMs: milliseconds.default(3_000).describe('time for one health probe'),
  autoNext: z
    .boolean()
    .default(true)
    .describe(
      'take the next-ranked bid when the chosen provider refuses or is gone before the lease is open',
    ),
  closeConfirmMs: milliseconds
    .default(20_000)
    .describe(
      'time for the provider to bring a close on chain before this side does it with its own transaction',
    ),

  watchIntervalMs: milliseconds.default(3_000).describe('pause between two health checks of a lease'),
  unhealthyPatienceSeconds: seconds
    .default(15)
    .describe('a workload that is unhealthy for this long is closed with clawback, and ordered elsewhere'),
  isolatedPatienceSeconds: seconds
    .default(120)
    .describe('the same where no peer at all can be reached from here'),
  avoidSeconds: seconds
    .default(900)
    .describe('how long an operator that failed a deployment gets no order of it'),
  lowBalanceSeconds: seconds.default(3_600).describe('warn when a lease’s money lasts less than this'),
});

export type TenantConfig = z.output<typeof tenantConfigSchema>;
