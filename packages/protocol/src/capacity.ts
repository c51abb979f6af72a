/**
 * What a provider makes public of itself: all that its bids depend on, in at most 1 KiB, so that anyone can work out
 * who would bid on an order and for how much. What does not fit is left out, and the summary says so.
 */
import { z } from 'zod';
import { type Address, addressSchema, uintSchema, unixSecondsSchema } from './hex.ts';
import { encodeJson } from './json.ts';
import type { GpuKind, ProviderFacts } from './market-fit.ts';
import { priceListSchema } from './prices.ts';
import { endpointKinds } from './requirements.ts';

export const capacityMaxBytes = 1024;

const gpuSchema = z.strictObject({
  vendor: z.string().max(64),
  model: z.string().max(64),
  ram: z.string().max(16).optional(),
  interface: z.string().max(16).optional(),
  count: z.number().int().min(1).max(64),
});

const seconds = z.number().int().min(0).max(0xffff_ffff);

/** A provider's public summary, signed by the gossip layer with the operator's hot key. A hint, never an offer. */
export const capacitySchema = z.strictObject({
  operator: addressSchema,
  peer: z.array(z.string().max(256)).max(8),
  at: unixSecondsSchema,
  driver: z.string().max(16),
  free: z.strictObject({
    cpuMilli: z.number().int().min(0),
    memoryBytes: uintSchema(64),
    storageBytes: uintSchema(64),
    gpus: z.number().int().min(0).max(1024),
  }),
  /** Free ones, by kind. */
  gpus: z.array(gpuSchema).max(64),
  attributes: z.record(z.string().max(64), z.string().max(64)),
  arch: z.string().max(16),
  auditors: z.array(z.string().max(128)).max(32),
  /** Without `ram`, which every provider has. */
  storageClasses: z.array(z.string().max(32)).max(16),
  endpoints: z.array(z.enum(endpointKinds)).max(3),
  tokens: z.array(addressSchema).min(1).max(16),
  minimumFundedSeconds: seconds,
  maxClawbackWindowSeconds: seconds,
  maxStartWindowSeconds: seconds,
  reclamationSeconds: seconds,
  prices: priceListSchema,
  notServing: z.string().max(80).optional(),
  /** Prices come from a script of the operator's; `prices` are about what it says. */
  isScripted: z.literal(true).optional(),
  /** There is more of some list than fits here. */
  isAbridged: z.literal(true).optional(),
});
export type CapacitySummary = z.output<typeof capacitySchema>;

/** Who and where a provider is, for its summary. */
export interface SummaryHead {
  readonly operator: Address;
  readonly peer: readonly string[];
  readonly at: number;
  readonly driver: string;
  readonly isScripted: boolean;
}

/** As much as fits in `capacityMaxBytes`; what is left out goes in this order. */
export function summariseCapacity(head: SummaryHead, facts: ProviderFacts): CapacitySummary {
  let summary = wholeSummary(head, facts);
  const isTooLong = () => new TextEncoder().encode(encodeJson(summary)).length > capacityMaxBytes;
  if (isTooLong()) summary = { ...summary, peer: summary.peer.slice(0, 1) };
  for (const shorten of shortenings) {
    for (let next = shorten(summary); isTooLong() && next !== undefined; next = shorten(summary))
      summary = { ...next, isAbridged: true };
  }
  return summary;
}

/** One step less of something; undefined where there is no less of it. */
type Shorten = (summary: CapacitySummary) => CapacitySummary | undefined;

const shortenings: readonly Shorten[] = [
  (summary) => {
    // The region is what most orders ask for.
    const names = Object.keys(summary.attributes).filter((name) => name !== 'region');
    const attributes = without(summary.attributes, names.at(-1));
    return attributes && { ...summary, attributes };
  },
  (summary) =>
    summary.auditors.length > 0 ? { ...summary, auditors: summary.auditors.slice(0, -1) } : undefined,
  (summary) => {
    const gpu = without(summary.prices.gpu, named(summary.prices.gpu).at(-1));
    return gpu && { ...summary, prices: { ...summary.prices, gpu } };
  },
  (summary) => (summary.gpus.length > 0 ? { ...summary, gpus: summary.gpus.slice(0, -1) } : undefined),
  (summary) => {
    const storageGib = without(summary.prices.storageGib, named(summary.prices.storageGib).at(-1));
    return storageGib && { ...summary, prices: { ...summary.prices, storageGib } };
  },
  (summary) =>
    summary.storageClasses.length > 0
      ? { ...summary, storageClasses: summary.storageClasses.slice(0, -1) }
      : undefined,
  (summary) => {
    const attributes = without(summary.attributes, Object.keys(summary.attributes).at(-1));
    return attributes && { ...summary, attributes };
  },
  (summary) => (summary.peer.length > 0 ? { ...summary, peer: [] } : undefined),
  (summary) => (summary.tokens.length > 1 ? { ...summary, tokens: summary.tokens.slice(0, -1) } : undefined),
];

function named(prices: Readonly<Record<string, bigint>>): readonly string[] {
  return Object.keys(prices).filter((name) => name !== 'default');
}

function without<T>(
  record: Readonly<Record<string, T>>,
  name: string | undefined,
): Record<string, T> | undefined {
  if (name === undefined) return undefined;
  return Object.fromEntries(Object.entries(record).filter(([key]) => key !== name));
}

function wholeSummary(head: SummaryHead, facts: ProviderFacts): CapacitySummary {
  const { tokens, ...limits } = facts.taken;
  return capacitySchema.parse(
    JSON.parse(
      encodeJson({
        operator: head.operator,
        peer: head.peer.slice(0, 2),
        at: head.at,
        driver: head.driver,
        free: facts.free,
        gpus: kindsOf(facts.gpus),
        attributes: facts.attributes,
        arch: facts.arch,
        auditors: facts.auditors,
        storageClasses: facts.storageClasses.filter((name) => name !== 'ram'),
        endpoints: facts.endpoints,
        tokens,
        ...limits,
        prices: facts.prices,
        notServing: facts.notServing?.slice(0, 80),
        isScripted: head.isScripted ? true : undefined,
      }),
    ),
  );
}

function kindsOf(gpus: readonly GpuKind[]): readonly (GpuKind & { readonly count: number })[] {
  const kinds = new Map<string, GpuKind & { readonly count: number }>();
  for (const { vendor, model, ram, interface: socket } of gpus) {
    const key = JSON.stringify([vendor, model, ram, socket]);
    const count = (kinds.get(key)?.count ?? 0) + 1;
    kinds.set(key, { vendor, model, ram, interface: socket, count });
  }
  return [...kinds.values()];
}

/** What a summary says of its provider, as `fit` takes it. */
export function factsOf(summary: CapacitySummary): ProviderFacts {
  return {
    free: summary.free,
    gpus: summary.gpus.flatMap(({ count, ...kind }) => Array.from({ length: count }, () => kind)),
    attributes: summary.attributes,
    arch: summary.arch,
    auditors: summary.auditors,
    storageClasses: summary.storageClasses,
    endpoints: summary.endpoints,
    taken: {
      tokens: summary.tokens,
      minimumFundedSeconds: summary.minimumFundedSeconds,
      maxClawbackWindowSeconds: summary.maxClawbackWindowSeconds,
      maxStartWindowSeconds: summary.maxStartWindowSeconds,
      reclamationSeconds: summary.reclamationSeconds,
    },
    prices: summary.prices,
    notServing: summary.notServing,
  };
}
