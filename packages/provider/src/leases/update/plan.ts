/**
 * How one version of a workload becomes another, as a list of mixes: which replicas run which version, one mix after the
 * other, and how much of the machine that takes at most. Pure; the same record gives the same plan, so that a daemon
 * that was killed goes on with the step it was at.
 */
import {
  addResources,
  canonicalJson,
  noResources,
  type Requirements,
  type Resources,
  type ResourceUnit,
  shortages,
  totalOfUnit,
  type UpdateStrategy,
} from '@souk/protocol';

export type Replicas = ReadonlyMap<string, readonly number[]>;

/** Disjoint: a replica runs one version. */
export interface Mix {
  readonly old: Replicas;
  readonly next: Replicas;
}

export interface PlanStep {
  readonly mix: Mix;
  /** How long it must go on well before the next step. */
  readonly bakeSeconds: number;
}

export interface Plan {
  readonly start: Mix;
  /** One at least; the last is the new version alone. */
  readonly steps: readonly PlanStep[];
  readonly peak: Resources;
}

export interface PlanWish {
  readonly strategy: UpdateStrategy;
  /** Start one replica more of a service while it is replaced, unless its volumes are bound to replicas. */
  readonly hasSurge: boolean;
  readonly canary: { readonly replicas: number; readonly bakeSeconds: number };
  /** True for a service whose replicas need not be replaced. */
  readonly isSame: (service: string) => boolean;
}

/** Replaced at once, where there are many: a quarter. */
const batchesPerService = 4;

export function planUpdate(old: Requirements, next: Requirements, wish: PlanWish): Plan {
  const builder = startMix(old, next, wish);
  const start = builder.now();
  const steps: PlanStep[] = [];
  const emit = (bakeSeconds = 0) => {
    const mix = builder.now();
    const before = steps.at(-1)?.mix ?? start;
    if (isSameMix(before, mix) && bakeSeconds === 0) return;
    steps.push({ mix, bakeSeconds });
  };
  if (wish.strategy === 'recreate') {
    builder.dropOld();
    emit();
  } else {
    builder.addNew();
    if (wish.strategy === 'canary') {
      for (const change of builder.changes) builder.advance(change, wish.canary.replicas);
      emit(wish.canary.bakeSeconds);
    } else emit();
    for (const change of builder.changes) {
      if (builder.surge(change)) emit();
      while (builder.left(change) > 0) {
        builder.replace(change, Math.max(1, Math.floor(change.shared / batchesPerService)));
        emit();
      }
      builder.endSurge(change);
    }
  }
  builder.finish();
  const last = builder.now();
  if (steps.length === 0 || !isSameMix(steps.at(-1)?.mix ?? start, last))
    steps.push({ mix: last, bakeSeconds: 0 });
  const units = { old: unitsOf(old), next: unitsOf(next) };
  const peak = [start, ...steps.map(({ mix }) => mix)]
    .map((mix) => resourcesOf(mix, units))
    .reduce(largest, noResources);
  return { start, steps, peak };
}

/** Which strategies fit into `room`, own resources included; the one to take by default first. */
export function fittingStrategies(
  old: Requirements,
  next: Requirements,
  wish: Omit<PlanWish, 'strategy' | 'hasSurge'>,
  room: Resources,
): readonly UpdateStrategy[] {
  const fits = (strategy: UpdateStrategy) => fittingPlan(old, next, { ...wish, strategy }, room);
  const rolling = fits('rolling');
  const canary = fits('canary');
  const recreate = fits('recreate');
  const isSmooth = rolling !== undefined && keepsServing(rolling.plan);
  return [
    ...(isSmooth ? (['rolling'] as const) : []),
    ...(recreate ? (['recreate'] as const) : []),
    ...(rolling && !isSmooth ? (['rolling'] as const) : []),
    ...(canary ? (['canary'] as const) : []),
  ];
}

/** With one replica more where there is room for it; undefined where there is not even room without, or no use in it. */
export function fittingPlan(
  old: Requirements,
  next: Requirements,
  wish: Omit<PlanWish, 'hasSurge'>,
  room: Resources,
): { readonly hasSurge: boolean; readonly plan: Plan } | undefined {
  const canSurge = wish.strategy !== 'recreate';
  for (const hasSurge of canSurge ? [true, false] : [false]) {
    const plan = planUpdate(old, next, { ...wish, hasSurge });
    // A canary that leaves nothing of the old version is none.
    if (wish.strategy === 'canary' && !keepsServing(plan)) continue;
    if (shortages(room, plan.peak).length === 0) return { hasSurge, plan };
  }
  return undefined;
}

/** True where every service that stays has, in each step, a replica that the step leaves alone. */
export function keepsServing({ start, steps }: Plan): boolean {
  const last = steps.at(-1)?.mix ?? start;
  const stays = [...servicesOf(start)].filter((service) => servicesOf(last).has(service));
  return steps.every(({ mix }, index) => {
    const kept = stayingIn(steps[index - 1]?.mix ?? start, mix);
    return stays.every((service) => kept.old.has(service) || kept.next.has(service));
  });
}

/** What runs in both, in the same version. */
export function stayingIn(before: Mix, after: Mix): Mix {
  const both = (a: Replicas, b: Replicas): Replicas =>
    new Map(
      [...a]
        .map(
          ([service, replicas]) =>
            [service, replicas.filter((replica) => b.get(service)?.includes(replica))] as const,
        )
        .filter(([, replicas]) => replicas.length > 0),
    );
  return { old: both(before.old, after.old), next: both(before.next, after.next) };
}

/** A service that is in both versions, and not the same. */
interface Change {
  readonly service: string;
  /** Replicas that both versions have. */
  readonly shared: number;
  readonly surgeIndex: number | undefined;
}

function startMix(old: Requirements, next: Requirements, wish: PlanWish) {
  const before = unitsOf(old);
  const after = unitsOf(next);
  const mix = { old: new Map<string, number[]>(), next: new Map<string, number[]>() };
  const changes: Change[] = [];
  for (const [service, { count, resources }] of before) {
    const wanted = after.get(service);
    const isSame = wanted !== undefined && wish.isSame(service);
    (isSame ? mix.next : mix.old).set(service, range(0, count));
    if (!wanted || isSame) continue;
    const isBound = [resources, wanted.resources].some((unit) => unit.storage.some((one) => one.persistent));
    const surgeIndex = wish.hasSurge && !isBound ? Math.max(count, wanted.count) : undefined;
    changes.push({ service, shared: Math.min(count, wanted.count), surgeIndex });
  }
  const nextOf = (service: string) => mix.next.get(service) ?? [];
  const oldOf = (service: string) => mix.old.get(service) ?? [];
  const surge = ({ service, surgeIndex }: Change): boolean => {
    if (surgeIndex === undefined || nextOf(service).includes(surgeIndex)) return false;
    mix.next.set(service, [...nextOf(service), surgeIndex]);
    return true;
  };
  const leftOf = ({ service, shared }: Change) => oldOf(service).filter((replica) => replica < shared);
  const replace = (change: Change, count: number) => {
    const moved = leftOf(change).slice(0, count);
    mix.old.set(
      change.service,
      oldOf(change.service).filter((replica) => !moved.includes(replica)),
    );
    mix.next.set(change.service, [...nextOf(change.service), ...moved]);
  };
  return {
    changes,
    surge,
    replace,
    left: (change: Change) => leftOf(change).length,
    /** `count` replicas of the new version, beside the old ones where that is possible. */
    advance: (change: Change, count: number) => replace(change, surge(change) ? count - 1 : count),
    endSurge: ({ service, surgeIndex }: Change) =>
      mix.next.set(
        service,
        nextOf(service).filter((replica) => replica !== surgeIndex),
      ),
    dropOld: () => mix.old.clear(),
    /** What no replica of the old version stands in the way of. */
    addNew() {
      for (const [service, { count }] of after) {
        mix.next.set(service, [...nextOf(service), ...range(before.get(service)?.count ?? 0, count)]);
      }
    },
    finish() {
      mix.old.clear();
      mix.next.clear();
      for (const [service, { count }] of after) mix.next.set(service, range(0, count));
    },
    now: (): Mix => ({ old: tidy(mix.old), next: tidy(mix.next) }),
  };
}

function tidy(replicas: Replicas): Replicas {
  return new Map(
    [...replicas]
      .filter(([, indices]) => indices.length > 0)
      .map(([service, indices]) => [service, indices.toSorted((a, b) => a - b)]),
  );
}

function isSameMix(a: Mix, b: Mix): boolean {
  const text = (replicas: Replicas) => canonicalJson(Object.fromEntries(replicas));
  return text(a.old) === text(b.old) && text(a.next) === text(b.next);
}

function servicesOf({ old, next }: Mix): ReadonlySet<string> {
  return new Set([...old.keys(), ...next.keys()]);
}

type Units = ReadonlyMap<string, { readonly count: number; readonly resources: ResourceUnit }>;

function unitsOf({ units }: Requirements): Units {
  return new Map(units.map(({ service, count, resources }) => [service, { count, resources }]));
}

function resourcesOf(mix: Mix, units: { readonly old: Units; readonly next: Units }): Resources {
  const sum = (replicas: Replicas, of: Units) =>
    [...replicas].reduce((total, [service, indices]) => {
      const unit = of.get(service);
      return unit ? addResources(total, totalOfUnit(unit.resources, indices.length)) : total;
    }, noResources);
  return addResources(sum(mix.old, units.old), sum(mix.next, units.next));
}

function largest(a: Resources, b: Resources): Resources {
  const more = (x: bigint, y: bigint) => (x > y ? x : y);
  return {
    cpuMilli: Math.max(a.cpuMilli, b.cpuMilli),
    memoryBytes: more(a.memoryBytes, b.memoryBytes),
    storageBytes: more(a.storageBytes, b.storageBytes),
    gpus: Math.max(a.gpus, b.gpus),
  };
}

function range(from: number, to: number): number[] {
  return Array.from({ length: Math.max(0, to - from) }, (_, index) => from + index);
}
