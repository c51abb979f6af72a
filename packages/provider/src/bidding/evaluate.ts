/** Can and will this machine do what an order asks, and for how much? Pure; collects every reason against. */
import { type Decline, type Order, type Requirements, shortages, totalResources } from '@souk/protocol';
import type { Resources } from '@souk/protocol';
import type { ProviderConfig } from '../config.ts';
import { type Capacity, isGpuWished } from '../inventory/capacity.ts';
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
  /** Per hour, for this very order. */
  readonly rate: bigint;
  readonly minimumCharge: bigint;
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
  const gpus = pickGpus(requirements, state.freeGpus);
  const declines = [
    ...declineLoad(state, config),
    ...declineCapacity(requirements, state),
    ...declineAttributes(requirements, state.capacity, config),
    ...declineGpus(requirements, state, gpus),
    ...declineStorage(requirements, state.capacity),
    ...declineEndpoints(requirements),
    ...declineTerms(order, terms, config),
  ];
  if (declines.length > 0 || !gpus) return { ok: false, declines: declines.slice(0, maxDeclines) };
  const claim = { resources: totalResources(requirements), gpuIds: gpus.map((gpu) => gpu.id) };
  return { ok: true, rate: terms.rate, minimumCharge: terms.minimumCharge, claim };
}

/** As many as an offer can carry. */
const maxDeclines = 32;

function declineLoad(state: MachineState, config: ProviderConfig): readonly Decline[] {
  const declines: Decline[] = [];
  if (state.notServing !== undefined)
    declines.push({ reason: 'not-serving', detail: state.notServing.slice(0, 200) });
  if (state.leases >= config.maxLeases)
    declines.push({ reason: 'not-serving', detail: 'as many leases as it takes' });
  if (state.openBids.ofTenant >= config.maxOpenBidsPerTenant || state.openBids.all >= config.maxOpenBids) {
    declines.push({ reason: 'too-many-orders' });
  }
  return declines;
}

function declineCapacity(requirements: Requirements, state: MachineState): readonly Decline[] {
  return shortages(state.free, totalResources(requirements)).map((shortage) => ({
    reason: 'no-capacity',
    ...shortage,
  }));
}

function declineAttributes(
  requirements: Requirements,
  capacity: Capacity,
  config: ProviderConfig,
): readonly Decline[] {
  const missing = (
    wanted: Readonly<Record<string, string>>,
    offered: Readonly<Record<string, string>>,
  ): Decline[] =>
    Object.entries(wanted)
      .filter(([name, value]) => ownValue(offered, name) !== value)
      .map(([name, value]) => ({
        reason: 'attribute-missing',
        attribute: name,
        wanted: value,
        offered: ownValue(offered, name) ?? null,
      }));
  const cpu = { arch: capacity.arch };
  const { allOf, anyOf } = requirements.signedBy;
  const lacking = allOf.filter((auditor) => !config.auditors.includes(auditor));
  const hasAny = anyOf.length === 0 || anyOf.some((auditor) => config.auditors.includes(auditor));
  const auditors = [...lacking, ...(hasAny ? [] : anyOf)].slice(0, 32);
  const notice = requirements.reclamationSeconds;
  return [
    ...missing(requirements.attributes, capacity.attributes),
    ...requirements.units.flatMap((unit) => missing(unit.resources.cpuAttributes, cpu)),
    ...(auditors.length > 0 ? [{ reason: 'not-audited', auditors } as const] : []),
    ...(notice > config.reclamationSeconds
      ? missing({ reclamationSeconds: `${notice}` }, { reclamationSeconds: `${config.reclamationSeconds}` })
      : []),
  ];
}

/** Keys come from peers: never a member of Object's prototype. */
function ownValue(record: Readonly<Record<string, string>>, key: string): string | undefined {
  return Object.hasOwn(record, key) ? record[key] : undefined;
}

/** Devices for every replica, first fit, the pickiest wishes first; undefined where they don't suffice. */
export function pickGpus(
  requirements: Requirements,
  free: readonly GpuDevice[],
): readonly GpuDevice[] | undefined {
  const wishes = requirements.units
    .map((unit) => ({ ...unit.resources.gpu, units: unit.resources.gpu.units * unit.count }))
    .filter((wish) => wish.units > 0)
    .toSorted((a, b) => countMatching(free, a.alternatives) - countMatching(free, b.alternatives));
  const picked: GpuDevice[] = [];
  for (const wish of wishes) {
    const fitting = free.filter((gpu) => !picked.includes(gpu) && isGpuWished(gpu, wish.alternatives));
    if (fitting.length < wish.units) return undefined;
    picked.push(...fitting.slice(0, wish.units));
  }
  return picked;
}

function countMatching(gpus: readonly GpuDevice[], wishes: Parameters<typeof isGpuWished>[1]): number {
  return gpus.filter((gpu) => isGpuWished(gpu, wishes)).length;
}

function declineGpus(
  requirements: Requirements,
  state: MachineState,
  picked: readonly GpuDevice[] | undefined,
): readonly Decline[] {
  // Too few in all is told as `no-capacity` already.
  if (picked || state.free.gpus < totalResources(requirements).gpus) return [];
  const wanted = requirements.units
    .flatMap((unit) => (unit.resources.gpu.units > 0 ? unit.resources.gpu.alternatives : []))
    .map((wish) =>
      [wish.vendor, wish.model, wish.ram, wish.interface].filter(Boolean).join('/').slice(0, 200),
    );
  return [{ reason: 'gpu-mismatch', wanted: [...new Set(wanted)].slice(0, 64) }];
}

function declineStorage(requirements: Requirements, capacity: Capacity): readonly Decline[] {
  const classes = requirements.units.flatMap((unit) => unit.resources.storage.map((wish) => wish.class));
  return [...new Set(classes)]
    .filter((name) => !capacity.storageClasses.includes(name))
    .map((name) => ({ reason: 'storage-class-missing', class: name }));
}

function declineEndpoints(requirements: Requirements): readonly Decline[] {
  const hasIp = requirements.endpoints.some((endpoint) => endpoint.kind === 'ip');
  return hasIp ? [{ reason: 'endpoint-unsupported', kind: 'ip' }] : [];
}

function declineTerms(order: Order, terms: BidTerms, config: ProviderConfig): readonly Decline[] {
  const declines: Decline[] = [];
  if (!terms.tokens.includes(order.token))
    declines.push({ reason: 'token-not-accepted', token: order.token });
  if (terms.rate > order.maxRate) {
    declines.push({ reason: 'price-below-ours', ceiling: order.maxRate, ours: terms.rate });
  }
  const funded = (terms.rate * BigInt(config.minimumFundedSeconds) + 3599n) / 3600n;
  const minimum = funded > terms.minimumCharge ? funded : terms.minimumCharge;
  if (order.deposit < minimum)
    declines.push({ reason: 'deposit-too-small', deposit: order.deposit, minimum });
  const windows = [
    [order.clawbackWindow, config.maxClawbackWindowSeconds],
    [order.startWindow, config.maxStartWindowSeconds],
  ] as const;
  for (const [window, maximum] of windows) {
    if (window > maximum) declines.push({ reason: 'window-too-long', window, maximum });
  }
  return declines;
}
