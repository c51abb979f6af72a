import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Requirements, type Resources, shortages, totalResources } from '@souk/protocol';
import { fittingPlan, fittingStrategies, keepsServing, type Mix, type Plan, planUpdate } from './plan.ts';

interface Wish {
  readonly count: number;
  readonly cpuMilli?: number;
  readonly isPersistent?: boolean;
}

function requirements(services: Readonly<Record<string, Wish>>): Requirements {
  return {
    group: 'g',
    units: Object.entries(services).map(([service, { count, cpuMilli = 100, isPersistent = false }]) => ({
      service,
      count,
      resources: {
        cpuMilli,
        memoryBytes: 1n,
        storage: isPersistent ? [{ name: 'd', bytes: 1n, class: 'default', persistent: true }] : [],
        gpu: { units: 0, alternatives: [] },
        cpuAttributes: {},
      },
    })),
    endpoints: [],
    attributes: {},
    signedBy: { allOf: [], anyOf: [] },
    reclamationSeconds: 0,
  };
}

const wish = { canary: { replicas: 1, bakeSeconds: 30 }, isSame: () => false };
const room = (cpuMilli: number): Resources => ({
  cpuMilli,
  memoryBytes: 1000n,
  storageBytes: 1000n,
  gpus: 0,
});
const show = ({ old, next }: Mix) =>
  [...old]
    .map(([service, replicas]) => `${service}:${replicas.join('')}`)
    .concat([...next].map(([service, replicas]) => `${service}!${replicas.join('')}`))
    .join(' ');
const steps = (plan: Plan | undefined) => plan?.steps.map(({ mix }) => show(mix));

describe('a plan', () => {
  const two = requirements({ web: { count: 2 } });

  it('to recreate ends all of the old version before it starts the new one', () => {
    const plan = planUpdate(two, two, { ...wish, strategy: 'recreate', hasSurge: false });
    expect(steps(plan)).toEqual(['', 'web!01']);
    expect(plan.peak.cpuMilli).toBe(200);
  });

  it('to roll replaces one replica after the other in place', () => {
    const plan = planUpdate(two, two, { ...wish, strategy: 'rolling', hasSurge: false });
    expect(steps(plan)).toEqual(['web:1 web!0', 'web!01']);
    expect(plan.peak.cpuMilli).toBe(200);
    expect(keepsServing(plan)).toBe(true);
  });

  it('to roll with room to spare keeps as many replicas as before at every moment', () => {
    const plan = planUpdate(two, two, { ...wish, strategy: 'rolling', hasSurge: true });
    expect(steps(plan)).toEqual(['web:01 web!2', 'web:1 web!02', 'web!012', 'web!01']);
    expect(plan.peak.cpuMilli).toBe(300);
  });

  it('never surges where a volume belongs to the replica', () => {
    const db = requirements({ db: { count: 1, isPersistent: true } });
    const plan = planUpdate(db, db, { ...wish, strategy: 'rolling', hasSurge: true });
    expect(steps(plan)).toEqual(['db!0']);
    expect(keepsServing(plan)).toBe(false);
  });

  it('for a canary lets a few replicas bake first', () => {
    const four = requirements({ web: { count: 4 } });
    const plan = planUpdate(four, four, { ...wish, strategy: 'canary', hasSurge: false });
    expect(steps(plan)?.slice(0, 2)).toEqual(['web:123 web!0', 'web:23 web!01']);
    expect(plan.steps.map(({ bakeSeconds }) => bakeSeconds)).toEqual([30, 0, 0, 0]);
  });

  it('leaves what is the same alone, adds first and drops last', () => {
    const old = requirements({ web: { count: 2 }, db: { count: 1 }, gone: { count: 1 } });
    const next = requirements({ web: { count: 1 }, db: { count: 1 }, born: { count: 1 } });
    const isSame = (service: string) => service === 'db';
    const plan = planUpdate(old, next, { ...wish, isSame, strategy: 'rolling', hasSurge: false });
    expect(steps(plan)).toEqual([
      'web:01 gone:0 db!0 born!0',
      'web:1 gone:0 db!0 web!0 born!0',
      'web!0 db!0 born!0',
    ]);
    const scaled = planUpdate(two, requirements({ web: { count: 4 } }), {
      ...wish,
      isSame: () => true,
      strategy: 'rolling',
      hasSurge: false,
    });
    expect(steps(scaled)).toEqual(['web!0123']);
  });

  it('has a step even where nothing is to be replaced', () => {
    const plan = planUpdate(two, two, { ...wish, isSame: () => true, strategy: 'recreate', hasSurge: false });
    expect(steps(plan)).toEqual(['web!01']);
  });
});

describe('the strategies that fit', () => {
  it('are rolling by default, recreate where capacity is short', () => {
    const one = requirements({ web: { count: 1 } });
    expect(fittingStrategies(one, one, wish, room(200))).toEqual(['rolling', 'recreate', 'canary']);
    // A full machine: there is no room for a second one beside it.
    expect(fittingStrategies(one, one, wish, room(100))).toEqual(['recreate', 'rolling']);
    const two = requirements({ web: { count: 2 } });
    expect(fittingStrategies(two, two, wish, room(200))).toEqual(['rolling', 'recreate', 'canary']);
  });

  it('are none where the new version is larger than the machine', () => {
    const big = requirements({ web: { count: 1, cpuMilli: 300 } });
    expect(fittingStrategies(requirements({ web: { count: 1 } }), big, wish, room(200))).toEqual([]);
  });

  it('let a workload grow to the last thousandth of a core', () => {
    const old = requirements({ a: { count: 1 }, b: { count: 1, cpuMilli: 300 } });
    const next = requirements({ a: { count: 1, cpuMilli: 400 }, b: { count: 1, cpuMilli: 100 } });
    // Rolling would grow `a` before it shrinks `b`.
    expect(fittingStrategies(old, next, wish, room(500))).toEqual(['recreate']);
  });
});

describe('any plan', () => {
  const services = fc.dictionary(
    fc.constantFrom('a', 'b', 'c'),
    fc.record({
      count: fc.integer({ min: 1, max: 9 }),
      cpuMilli: fc.integer({ min: 1, max: 300 }),
      isPersistent: fc.boolean(),
    }),
    { minKeys: 1 },
  );
  const strategy = fc.constantFrom('recreate' as const, 'rolling' as const, 'canary' as const);

  it('runs a replica in one version only, ends with the new one, and stays within its peak', () => {
    fc.assert(
      fc.property(services, services, strategy, fc.boolean(), (before, after, chosen, hasSurge) => {
        const [old, next] = [requirements(before), requirements(after)];
        const plan = planUpdate(old, next, { ...wish, strategy: chosen, hasSurge });
        for (const { mix } of [{ mix: plan.start }, ...plan.steps]) {
          for (const [service, replicas] of mix.old)
            expect(replicas.filter((one) => mix.next.get(service)?.includes(one))).toEqual([]);
        }
        const last = plan.steps.at(-1)?.mix;
        expect(last?.old.size).toBe(0);
        const counts = new Map([...(last?.next ?? [])].map(([service, all]) => [service, all.length]));
        expect(counts).toEqual(
          new Map(Object.entries(after).map(([service, { count }]) => [service, count])),
        );
        expect(shortages(plan.peak, totalResources(next))).toEqual([]);
        expect(shortages(plan.peak, totalResources(old))).toEqual([]);
      }),
      { numRuns: 500 },
    );
  });

  it('to recreate fits wherever the new version does', () => {
    fc.assert(
      fc.property(services, services, (before, after) => {
        const [old, next] = [requirements(before), requirements(after)];
        const most = Math.max(totalResources(old).cpuMilli, totalResources(next).cpuMilli);
        const fitting = fittingPlan(old, next, { ...wish, strategy: 'recreate' }, room(most));
        expect(fitting?.hasSurge).toBe(false);
      }),
    );
  });
});
