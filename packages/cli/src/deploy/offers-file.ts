/** What was offered for a deployment, kept for `souk bids`: nothing depends on it. */
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { addressSchema, declineSchema, encodeJson, uintSchema } from '@souk/protocol';
import { describeReliability, deploymentNameSchema } from '@souk/tenant';
import { z } from 'zod';
import { type NetworkHome, writeFileAtomically } from '../home.ts';
import type { Collected } from './bids.ts';

const offersSchema = z.strictObject({
  /** Unix milliseconds. */
  at: z.number(),
  groups: z.array(
    z.strictObject({
      group: z.string(),
      bids: z.array(
        z.strictObject({
          rank: z.number(),
          operator: addressSchema,
          rate: uintSchema(96),
          record: z.string(),
          driver: z.string(),
          latencyMs: z.number(),
          attributes: z.record(z.string(), z.string()),
        }),
      ),
      declines: z.array(z.strictObject({ operator: addressSchema, declines: z.array(declineSchema) })),
    }),
  ),
});
export type KeptOffers = z.output<typeof offersSchema>;

export function keepOffers(
  home: NetworkHome,
  name: string,
  offers: { readonly at: number; readonly collected: readonly Collected[] },
): void {
  const groups = offers.collected.map(({ auction, ranked }) => ({
    group: auction.group,
    bids: ranked.map((bid) => ({
      rank: bid.rank,
      operator: bid.operator,
      rate: bid.bid.message.rate,
      record: describeReliability(bid.reliability),
      driver: bid.driver,
      latencyMs: bid.latencyMs,
      attributes: bid.attributes,
    })),
    declines: auction.declines(),
  }));
  writeFileAtomically(fileOf(home, name), `${encodeJson({ at: offers.at, groups })}\n`);
}

export function readOffers(home: NetworkHome, name: string): KeptOffers | undefined {
  if (!deploymentNameSchema.safeParse(name).success) return undefined;
  const file = fileOf(home, name);
  if (!existsSync(file)) return undefined;
  const parsed = offersSchema.safeParse(JSON.parse(readFileSync(file, 'utf8')));
  return parsed.success ? parsed.data : undefined;
}

function fileOf(home: NetworkHome, name: string): string {
  return join(home.folder, 'offers', `${name}.json`);
}
