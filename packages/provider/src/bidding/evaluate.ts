/** Can and will this machine do what an order asks, and for how much? Pure; collects every reason against. */
import {
  type Decline,
  fit,
  type Order,
  pickGpus,
  type PriceList,
  type ProviderFacts,
  type Requirements,
  type Resources,
  totalResources,
} from '@souk/protocol';
import type { ProviderConfig } from '../config.ts';
import type { Capacity } from '../inventory/capacity.ts';
import type { Claim } from '../inventory/ledger.ts';
import type { GpuDevice } from '../inventory/machine.ts';

export interface MachineState {
  readonly capacity: Capacity;
  readonly free: Resources;
  readonly freeGpus: readonly GpuDevice[];
  /** Bids that hold capacity now: of this tenant, of all. */
  readonly openBids: { readonly ofTenant: number; readonly all: number };
  readonly leases: number;
  /** Undefined while all is well. */
  readonly notServing: string | undefined;
}

export interface BidTerms {
  readonly tokens: readonly string[];
  /** The price list; `rate` is what it, or a script, asks per hour for this very order. */
  readonly prices: PriceList;
  readonly rate: bigint;
}

export type Evaluation =
  | { readonly ok: true; readonly rate: bigint; readonly minimumCharge: bigint; readonly claim: Claim }
  | { readonly ok: false; readonly declines: readonly Decline[] };

export function evaluate(
  order: Order,
  requirements: Requirements,
  state: MachineState,
  terms: BidTerms,
  config: ProviderConfig,
): Evaluation {
  const facts = providerFacts(state, terms, config);
  const isBusy =
    state.openBids.ofTenant >= config.maxOpenBidsPerTenant || state.openBids.all >= config.maxOpenBids;
  const declines: readonly Decline[] = [
    ...(isBusy ? [{ reason: 'too-many-orders' } as const] : []),
    ...fit({ requirements, terms: order }, facts, terms.rate),
  ];
  const gpus = pickGpus(requirements, state.freeGpus);
  if (declines.length > 0 || !gpus) return { ok: false, declines: declines.slice(0, maxDeclines) };
  const claim = { resources: totalResources(requirements), gpuIds: gpus.map((gpu) => gpu.id) };
  return { ok: true, rate: terms.rate, minimumCharge: terms.prices.minimumCharge, claim };
}

/** As many as an offer can carry. */
const maxDeclines = 32;

/** All of this provider that its bids depend on: what it bids by, and what it publishes. */
export function providerFacts(
  state: Omit<MachineState, 'openBids'>,
  terms: Pick<BidTerms, 'tokens' | 'prices'>,
  config: ProviderConfig,
): ProviderFacts<GpuDevice> {
  const { capacity } = state;
  const isFull = state.leases >= config.maxLeases;
  return {
    free: state.free,
    gpus: state.freeGpus,
    attributes: capacity.attributes,
    arch: capacity.arch,
    auditors: config.auditors,
    storageClasses: capacity.storageClasses,
    endpoints: ['http', 'port'],
    taken: {
      tokens: terms.tokens,
      minimumFundedSeconds: config.minimumFundedSeconds,
      maxClawbackWindowSeconds: config.maxClawbackWindowSeconds,
      maxStartWindowSeconds: config.maxStartWindowSeconds,
      reclamationSeconds: config.reclamationSeconds,
    },
    prices: terms.prices,
    notServing: state.notServing ?? (isFull ? 'as many leases as it takes' : undefined),
  };
}
