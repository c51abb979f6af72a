/**
 * What would bring offers: the smallest changes of an order, one requirement at a time, against the providers known.
 * Every provider says by its reasons what would have to change for it; each such change is then tried on all. Where no
 * single change helps anybody, the smallest sets of changes are given. Pure.
 */
import {
  canonicalJson,
  type Decline,
  type endpointKinds,
  type MarketWish,
  totalResources,
} from '@souk/protocol';
import type { KnownProvider } from './known.ts';
import { type Relaxation, relax, relaxAll } from './relax.ts';

export interface Counterfactual {
  /** One, or as many as must be changed together. */
  readonly relaxations: readonly Relaxation[];
  /** Providers that would make an offer then, and how many of them would not as it is. */
  readonly offers: number;
  readonly gained: number;
  /** What is given up; only for comparing. */
  readonly cost: number;
  /** True where it rests on providers that may decide otherwise. */
  readonly isGuess: boolean;
}

const maxShown = 8;
const maxSteps = 3;
const maxGroups = 40;
/** More than the reasons that one provider can have. */
const maxRounds = 64;

/** Best first: by offers gained for what is given up. */
export function counterfactuals(
  wish: MarketWish,
  known: readonly KnownProvider[],
): readonly Counterfactual[] {
  const declining = known.filter((provider) => provider.declinesOf(wish).length > 0);
  const changes = declining.flatMap((provider) => changesFor(provider, wish));
  const smallest = Math.min(...changes.map((change) => change.length));
  const groups = groupsOf(changes.filter((change) => change.length === smallest));
  const steps = groups.flatMap((group) => stepsOf(group, wish));
  const tried = steps.map((relaxations) => tryOut(wish, relaxations, { known, declining }));
  return dropPointless(tried)
    .sort((a, b) => scoreOf(b) - scoreOf(a) || compare(keyOf(a.relaxations), keyOf(b.relaxations)))
    .slice(0, maxShown);
}

/** How to make room where there is too little, and how to come under the price ceiling. */
interface Way {
  readonly room: 'shrink' | 'replicas';
  readonly money: 'pay' | 'interruptible' | 'replicas';
}

const ways: readonly Way[] = (['shrink', 'replicas'] as const).flatMap((room) =>
  (['pay', 'interruptible', 'replicas'] as const).map((money) => ({ room, money })),
);

/** Sets of relaxations, each enough for this provider; none where nothing that is asked would change its mind. */
function changesFor(provider: KnownProvider, wish: MarketWish): readonly (readonly Relaxation[])[] {
  const found = new Map<string, readonly Relaxation[]>();
  for (const way of ways) {
    const change = changeFor(provider, wish, way);
    if (change !== undefined) found.set(keyOf(change), change);
  }
  return [...found.values()];
}

function changeFor(provider: KnownProvider, wish: MarketWish, way: Way): readonly Relaxation[] | undefined {
  const change = new Map<string, Relaxation>();
  let current = wish;
  for (let round = 0; round < maxRounds; round += 1) {
    const declines = provider.declinesOf(current);
    // Asking for less changes the price, so money comes last.
    const decline = declines.find((one) => !isMoney(one)) ?? declines[0];
    if (decline === undefined) return [...change.values()];
    const relaxation = mend(decline, current, { provider, way });
    if (relaxation === undefined) return undefined;
    const known = change.get(dimensionOf(relaxation));
    if (known !== undefined && keyOf([known]) === keyOf([relaxation])) return undefined;
    change.set(dimensionOf(relaxation), relaxation);
    current = relax(current, relaxation);
  }
  return undefined;
}

const isMoney = ({ reason }: Decline) => reason === 'price-below-ours' || reason === 'deposit-too-small';

function mend(
  decline: Decline,
  wish: MarketWish,
  by: { readonly provider: KnownProvider; readonly way: Way },
): Relaxation | undefined {
  const { provider, way } = by;
  switch (decline.reason) {
    case 'no-capacity':
      return way.room === 'replicas'
        ? fewerReplicas(provider, wish, 'no-capacity')
        : shrinkTo(decline.resource, decline.available);
    case 'attribute-missing': {
      const isOfPlacement = wish.requirements.attributes[decline.attribute] === decline.wanted;
      return { what: isOfPlacement ? 'attribute' : 'cpu-attribute', attribute: decline.attribute };
    }
    case 'region-mismatch':
      return { what: 'regions' };
    case 'not-audited':
      return { what: 'auditors' };
    case 'gpu-mismatch':
      return { what: 'gpu-model' };
    case 'storage-class-missing': {
      const classes = provider.storageClasses;
      const to = classes.length === 0 || classes.includes('default') ? 'default' : classes[0];
      return to === undefined || to === decline.class
        ? undefined
        : { what: 'storage-class', class: decline.class, to };
    }
    case 'endpoint-unsupported':
      return { what: 'endpoint', kind: decline.kind as (typeof endpointKinds)[number] };
    case 'price-below-ours':
      if (way.money === 'pay') return { what: 'price', maxRate: decline.ours };
      if (way.money === 'interruptible')
        return wish.requirements.interruptible === true ? undefined : { what: 'interruptible' };
      return fewerReplicas(provider, wish, 'price-below-ours');
    case 'deposit-too-small':
      return { what: 'deposit', deposit: decline.minimum };
    case 'window-too-long':
      return { what: decline.which, seconds: decline.maximum };
    case 'notice-too-long':
      return { what: 'notice', seconds: decline.maximum };
    case 'token-not-accepted':
    case 'too-many-orders':
    case 'not-serving':
      return undefined;
  }
}

/** Rounded down to what people write: tenths of a core, MiB. */
function shrinkTo(resource: (Decline & { reason: 'no-capacity' })['resource'], available: bigint) {
  const step = resource === 'gpus' ? 1n : resource === 'cpuMilli' ? 100n : 1n << 20n;
  const to = available >= step ? available - (available % step) : available;
  return to === 0n && resource !== 'gpus' ? undefined : ({ what: 'resource', resource, to } as const);
}

/** As many replicas of the largest service as do away with the reason. */
function fewerReplicas(
  provider: KnownProvider,
  wish: MarketWish,
  reason: Decline['reason'],
): Relaxation | undefined {
  const [unit] = wish.requirements.units.toSorted((a, b) => b.count - a.count);
  if (unit === undefined || unit.count < 2) return undefined;
  const at = (count: number) => ({ what: 'replicas', service: unit.service, count }) as const;
  const isEnough = (count: number) =>
    provider.declinesOf(relax(wish, at(count))).every((decline) => decline.reason !== reason);
  if (!isEnough(1)) return undefined;
  let [low, high] = [1, unit.count];
  while (high - low > 1) {
    const middle = (low + high) >> 1;
    if (isEnough(middle)) low = middle;
    else high = middle;
  }
  return at(low);
}

/** What is changed, without by how much. */
function dimensionOf(relaxation: Relaxation): string {
  switch (relaxation.what) {
    case 'attribute':
    case 'cpu-attribute':
      return `${relaxation.what} ${relaxation.attribute}`;
    case 'resource':
      return `resource ${relaxation.resource}`;
    case 'replicas':
      return `replicas ${relaxation.service}`;
    case 'storage-class':
      return `storage-class ${relaxation.class}`;
    case 'endpoint':
      return `endpoint ${relaxation.kind}`;
    case 'price':
    case 'deposit':
    case 'regions':
    case 'auditors':
    case 'gpu-model':
    case 'interruptible':
    case 'clawback':
    case 'start':
    case 'notice':
      return relaxation.what;
  }
}

function keyOf(change: readonly Relaxation[]): string {
  return change
    .map((relaxation) => canonicalJson(relaxation))
    .sort()
    .join();
}

type Group = readonly { readonly change: readonly Relaxation[]; readonly providers: number }[];

/** Changes of the same things together, those that most providers want first. */
function groupsOf(changes: readonly (readonly Relaxation[])[]): readonly Group[] {
  const groups = new Map<string, Map<string, { change: readonly Relaxation[]; providers: number }>>();
  for (const change of changes) {
    const dimensions = change.map(dimensionOf).sort().join();
    const group = groups.get(dimensions) ?? new Map();
    const entry = group.get(keyOf(change)) ?? { change, providers: 0 };
    entry.providers += 1;
    group.set(keyOf(change), entry);
    groups.set(dimensions, group);
  }
  const wanted = (group: Group) => group.reduce((sum, { providers }) => sum + providers, 0);
  return [...groups.values()]
    .map((group) => [...group.values()])
    .sort((a, b) => wanted(b) - wanted(a))
    .slice(0, maxGroups);
}

/** Of many amounts those that matter: the least, the one that brings most for its cost, and the one for all. */
function stepsOf(group: Group, wish: MarketWish): readonly (readonly Relaxation[])[] {
  let reached = 0;
  const steps = group
    .map((entry) => ({ ...entry, cost: costOf(entry.change, wish) }))
    .sort((a, b) => a.cost - b.cost || compare(keyOf(a.change), keyOf(b.change)))
    .map((entry) => {
      reached += entry.providers;
      return { ...entry, reached };
    });
  if (steps.length <= maxSteps) return steps.map(({ change }) => change);
  const between = steps.slice(1, -1).reduce((best, step) => {
    return worth(step.reached, step.cost) > worth(best.reached, best.cost) ? step : best;
  });
  return [steps[0], between, steps.at(-1)].flatMap((step) => (step ? [step.change] : []));
}

function tryOut(
  wish: MarketWish,
  relaxations: readonly Relaxation[],
  among: { readonly known: readonly KnownProvider[]; readonly declining: readonly KnownProvider[] },
): Counterfactual {
  const changed = relaxAll(wish, relaxations);
  const offering = new Set(among.known.filter((provider) => provider.declinesOf(changed).length === 0));
  const won = among.declining.filter((provider) => offering.has(provider));
  return {
    relaxations,
    offers: offering.size,
    gained: offering.size - (among.known.length - among.declining.length),
    cost: costOf(relaxations, wish),
    isGuess: won.some((provider) => provider.isGuess),
  };
}

/** Of what brings the same or less than something cheaper of its kind, nobody needs to hear. */
function dropPointless(tried: readonly Counterfactual[]): Counterfactual[] {
  const kind = ({ relaxations }: Counterfactual) => relaxations.map(dimensionOf).sort().join();
  return tried.filter(
    (one) =>
      one.gained > 0 &&
      !tried.some(
        (other) =>
          other !== one && kind(other) === kind(one) && other.cost < one.cost && other.gained >= one.gained,
      ),
  );
}

const scoreOf = ({ gained, cost }: Counterfactual) => worth(gained, cost);
const worth = (gained: number, cost: number) => gained / (0.1 + cost);

/** What a change costs whoever orders, as a share of the order; named weights, for comparing only. */
function costOf(relaxations: readonly Relaxation[], wish: MarketWish): number {
  return relaxations.reduce((sum, relaxation) => sum + costOfOne(relaxation, wish), 0);
}

function costOfOne(relaxation: Relaxation, { requirements, terms }: MarketWish): number {
  const above = (now: bigint, before: bigint) => Number(now - before) / Math.max(1, Number(before));
  switch (relaxation.what) {
    case 'price':
      return above(relaxation.maxRate, terms.maxRate);
    case 'deposit':
      return above(relaxation.deposit, terms.deposit) / 10;
    case 'resource': {
      const total = Number(totalResources(requirements)[relaxation.resource]);
      return 1.5 * (1 - Number(relaxation.to) / Math.max(1, total));
    }
    case 'replicas': {
      const unit = requirements.units.find(({ service }) => service === relaxation.service);
      return 1.5 * (1 - relaxation.count / (unit?.count ?? 1));
    }
    case 'clawback':
    case 'start':
    case 'notice':
    case 'storage-class':
      return 0.2;
    case 'gpu-model':
      return 0.3;
    case 'attribute':
    case 'regions':
      return 0.4;
    case 'interruptible':
      return 0.5;
    case 'auditors':
    case 'cpu-attribute':
      return 0.6;
    case 'endpoint':
      return 0.8;
  }
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
