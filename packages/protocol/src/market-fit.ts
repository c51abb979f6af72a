/**
 * Does an order fit a provider, and if not, why not? The one function that providers bid by and that anyone can
 * predict bids with, from what providers publish; so an explanation and a bid can't disagree. Pure.
 */
import type { Decline } from './decline.ts';
import type { Order } from './messages.ts';
import type { PriceList } from './prices.ts';
import { type endpointKinds, type Requirements, totalResources } from './requirements.ts';
import { type GpuWish, type Resources, shortages } from './resources.ts';

/** What an order says beside its requirements and matters to whoever may bid. */
export type OrderTerms = Pick<Order, 'token' | 'maxRate' | 'deposit' | 'clawbackWindow' | 'startWindow'>;

/** All that a bid depends on, on the buying side. */
export interface MarketWish {
  readonly requirements: Requirements;
  readonly terms: OrderTerms;
}

export interface GpuKind {
  readonly vendor: string;
  readonly model: string;
  /** e.g. "24Gi". */
  readonly ram?: string | undefined;
  readonly interface?: string | undefined;
}

/** What a provider takes: the limits that it sets to orders. */
export interface TakenTerms {
  readonly tokens: readonly string[];
  /** An order must pay for at least this long. */
  readonly minimumFundedSeconds: number;
  readonly maxClawbackWindowSeconds: number;
  readonly maxStartWindowSeconds: number;
  /** Notice given before capacity is taken back. */
  readonly reclamationSeconds: number;
}

/** What may be known of a provider, and all that its bid depends on, on the selling side. */
export interface ProviderFacts<G extends GpuKind = GpuKind> {
  readonly free: Resources;
  /** Free ones, one entry a device. */
  readonly gpus: readonly G[];
  readonly attributes: Readonly<Record<string, string>>;
  readonly arch: string;
  readonly auditors: readonly string[];
  readonly storageClasses: readonly string[];
  readonly endpoints: readonly (typeof endpointKinds)[number][];
  readonly taken: TakenTerms;
  readonly prices: PriceList;
  /** Why no orders are taken now. */
  readonly notServing?: string | undefined;
}

/** Every reason against, in a fixed order; none where it fits. `rate`: what this provider asks for this very order. */
export function fit(wish: MarketWish, facts: ProviderFacts, rate: bigint): readonly Decline[] {
  const { requirements } = wish;
  return [
    ...declineServing(facts),
    ...declineCapacity(requirements, facts),
    ...declineAttributes(requirements, facts),
    ...declineNotice(requirements, facts),
    ...declineGpus(requirements, facts),
    ...declineStorage(requirements, facts),
    ...declineEndpoints(requirements, facts),
    ...declineTerms(wish.terms, facts, rate),
  ];
}

function declineServing({ notServing }: ProviderFacts): readonly Decline[] {
  return notServing === undefined ? [] : [{ reason: 'not-serving', detail: notServing.slice(0, 200) }];
}

function declineCapacity(requirements: Requirements, { free }: ProviderFacts): readonly Decline[] {
  return shortages(free, totalResources(requirements)).map((shortage) => ({
    reason: 'no-capacity',
    ...shortage,
  }));
}

function declineAttributes(requirements: Requirements, facts: ProviderFacts): readonly Decline[] {
  const { regions, signedBy } = requirements;
  const region = ownValue(facts.attributes, 'region');
  const lacking = signedBy.allOf.filter((auditor) => !facts.auditors.includes(auditor));
  const hasAny =
    signedBy.anyOf.length === 0 || signedBy.anyOf.some((auditor) => facts.auditors.includes(auditor));
  const auditors = [...lacking, ...(hasAny ? [] : signedBy.anyOf)].slice(0, 32);
  return [
    ...missing(requirements.attributes, facts.attributes),
    ...requirements.units.flatMap((unit) => missing(unit.resources.cpuAttributes, { arch: facts.arch })),
    ...(regions === undefined || (region !== undefined && regions.includes(region))
      ? []
      : [{ reason: 'region-mismatch', wanted: regions, offered: region ?? null } as const]),
    ...(auditors.length > 0 ? [{ reason: 'not-audited', auditors } as const] : []),
  ];
}

function missing(
  wanted: Readonly<Record<string, string>>,
  offered: Readonly<Record<string, string>>,
): readonly Decline[] {
  return Object.entries(wanted)
    .filter(([name, value]) => ownValue(offered, name) !== value)
    .map(([name, value]) => ({
      reason: 'attribute-missing',
      attribute: name,
      wanted: value,
      offered: ownValue(offered, name) ?? null,
    }));
}

/** Keys come from peers: never a member of Object's prototype. */
function ownValue(record: Readonly<Record<string, string>>, key: string): string | undefined {
  return Object.hasOwn(record, key) ? record[key] : undefined;
}

function declineNotice(requirements: Requirements, { taken }: ProviderFacts): readonly Decline[] {
  const [wanted, maximum] = [requirements.reclamationSeconds, taken.reclamationSeconds];
  return wanted > maximum ? [{ reason: 'notice-too-long', wanted, maximum }] : [];
}

/** True where the device is what any of the wishes asks; no wish at all takes any. */
export function isGpuWished(device: GpuKind, wishes: readonly GpuWish[]): boolean {
  return wishes.length === 0 || wishes.some((wish) => matches(device, wish));
}

function matches(device: GpuKind, wish: GpuWish): boolean {
  const same = (wanted: string | undefined, has: string | undefined) =>
    wanted === undefined || wanted === '*' || wanted.toLowerCase() === has?.toLowerCase();
  return (
    same(wish.vendor === 'any' ? undefined : wish.vendor, device.vendor) &&
    same(wish.model, device.model) &&
    same(wish.ram, device.ram) &&
    same(wish.interface, device.interface)
  );
}

/**
 * A device for every GPU of every replica, the pickiest wishes first; undefined where they don't suffice. Found
 * wherever there is a way, so it does not depend on the order of `free`.
 */
export function pickGpus<G extends GpuKind>(
  requirements: Requirements,
  free: readonly G[],
): readonly G[] | undefined {
  const needed = totalResources(requirements).gpus;
  if (needed > free.length) return undefined;
  const slots = requirements.units
    .map((unit) => ({
      count: unit.resources.gpu.units * unit.count,
      fitting: [...free.keys()].filter((index) => {
        const device = free[index];
        return device !== undefined && isGpuWished(device, unit.resources.gpu.alternatives);
      }),
    }))
    .toSorted((a, b) => a.fitting.length - b.fitting.length)
    .flatMap(({ count, fitting }) => Array.from({ length: count }, () => fitting));
  const holders = new Map<number, number>();
  const place = (slot: number, tried: Set<number>): boolean =>
    (slots[slot] ?? []).some((device) => {
      if (tried.has(device)) return false;
      tried.add(device);
      const holder = holders.get(device);
      if (holder !== undefined && !place(holder, tried)) return false;
      holders.set(device, slot);
      return true;
    });
  if (!slots.every((_, slot) => place(slot, new Set()))) return undefined;
  return [...holders].toSorted(([, a], [, b]) => a - b).flatMap(([device]) => free[device] ?? []);
}

function declineGpus(requirements: Requirements, facts: ProviderFacts): readonly Decline[] {
  // Too few in all is told as `no-capacity` already.
  if (facts.free.gpus < totalResources(requirements).gpus || pickGpus(requirements, facts.gpus)) return [];
  const wanted = requirements.units
    .flatMap((unit) => (unit.resources.gpu.units > 0 ? unit.resources.gpu.alternatives : []))
    .map((wish) =>
      [wish.vendor, wish.model, wish.ram, wish.interface].filter(Boolean).join('/').slice(0, 200),
    );
  return [{ reason: 'gpu-mismatch', wanted: [...new Set(wanted)].slice(0, 64) }];
}

function declineStorage(requirements: Requirements, { storageClasses }: ProviderFacts): readonly Decline[] {
  const classes = requirements.units.flatMap((unit) => unit.resources.storage.map((wish) => wish.class));
  return [...new Set(classes)]
    .filter((name) => name !== 'ram' && !storageClasses.includes(name))
    .map((name) => ({ reason: 'storage-class-missing', class: name }));
}

function declineEndpoints(requirements: Requirements, { endpoints }: ProviderFacts): readonly Decline[] {
  const kinds = new Set(requirements.endpoints.map(({ kind }) => kind));
  return [...kinds]
    .filter((kind) => !endpoints.includes(kind))
    .map((kind) => ({ reason: 'endpoint-unsupported', kind }));
}

function declineTerms(terms: OrderTerms, { taken, prices }: ProviderFacts, rate: bigint): readonly Decline[] {
  const declines: Decline[] = [];
  if (!taken.tokens.includes(terms.token))
    declines.push({ reason: 'token-not-accepted', token: terms.token });
  if (rate > terms.maxRate) declines.push({ reason: 'price-below-ours', ceiling: terms.maxRate, ours: rate });
  const funded = (rate * BigInt(taken.minimumFundedSeconds) + 3599n) / 3600n;
  const minimum = funded > prices.minimumCharge ? funded : prices.minimumCharge;
  if (terms.deposit < minimum)
    declines.push({ reason: 'deposit-too-small', deposit: terms.deposit, minimum });
  const windows = [
    ['clawback', terms.clawbackWindow, taken.maxClawbackWindowSeconds],
    ['start', terms.startWindow, taken.maxStartWindowSeconds],
  ] as const;
  for (const [which, window, maximum] of windows) {
    if (window > maximum) declines.push({ reason: 'window-too-long', which, window, maximum });
  }
  return declines;
}
