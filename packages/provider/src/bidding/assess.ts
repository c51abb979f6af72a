/** What a lease that is here already would cost with other requirements, and why it can't have them. */
import {
  type Decline,
  fit,
  type OrderEnvelope,
  pickGpus,
  type PriceList,
  type Requirements,
  type Resources,
} from '@souk/protocol';
import type { ProviderConfig } from '../config.ts';
import type { Capacity } from '../inventory/capacity.ts';
import type { Pricer } from './bidder.ts';
import { providerFacts } from './evaluate.ts';

export interface AssessDeps {
  readonly capacity: Capacity;
  readonly price: Pricer;
  readonly prices: PriceList;
  readonly tokens: readonly string[];
}

/** What is free, and what the lease has itself. */
export interface Room {
  readonly free: Resources;
  readonly gpuIds: readonly string[];
}

export interface Assessment {
  /** Per hour. */
  readonly rate: bigint;
  readonly gpuIds: readonly string[];
  /** None where it can have them. */
  readonly declines: readonly Decline[];
}

/** `order`: the lease's own, with what is wanted instead. Throws where the price can't be worked out. */
export type Assess = (order: OrderEnvelope['order'], wanted: Requirements, room: Room) => Promise<Assessment>;

export function createAssessor(deps: AssessDeps, config: ProviderConfig): Assess {
  return async (order, requirements, { free, gpuIds }) => {
    const rate = await deps.price({ order, requirements, replyTo: [] });
    const own = new Set(gpuIds);
    const freeGpus = deps.capacity.gpus.filter(({ id }) => own.has(id));
    const state = { capacity: deps.capacity, free, freeGpus, leases: 0, notServing: undefined };
    // Ceiling and deposit are agreed by the amendment, not by the order.
    const terms = { ...order.message, maxRate: rate, deposit: plenty };
    const declines = fit({ requirements, terms }, providerFacts(state, deps, config), rate);
    const picked = pickGpus(requirements, freeGpus) ?? [];
    return { rate, gpuIds: picked.map(({ id }) => id), declines };
  };
}

const plenty = 2n ** 96n - 1n;
