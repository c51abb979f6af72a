import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  addResources,
  noResources,
  type Resources,
  type ResourceUnit,
  resourceUnitSchema,
  shortages,
  subtractResources,
  totalOfUnit,
} from './resources.ts';

const resources: fc.Arbitrary<Resources> = fc.record({
  cpuMilli: fc.integer({ min: 0, max: 10 ** 9 }),
  memoryBytes: fc.bigInt(0n, 2n ** 60n),
  storageBytes: fc.bigInt(0n, 2n ** 60n),
  gpus: fc.integer({ min: 0, max: 10_000 }),
});

const unit: fc.Arbitrary<ResourceUnit> = fc.record({
  cpuMilli: fc.integer({ min: 1, max: 384_000 }),
  memoryBytes: fc.bigInt(0n, 2n ** 41n),
  storage: fc.array(
    fc.record({
      name: fc.string({ maxLength: 8 }),
      bytes: fc.bigInt(0n, 2n ** 45n),
      class: fc.constantFrom('default', 'beta3', 'ram'),
      persistent: fc.boolean(),
    }),
    { maxLength: 5 },
  ),
  gpu: fc.record({ units: fc.integer({ min: 0, max: 24 }), alternatives: fc.constant([]) }),
  cpuAttributes: fc.constant({}),
});

describe('resources', () => {
  it('add in any order, with nothing as zero', () => {
    fc.assert(
      fc.property(resources, resources, resources, (a, b, c) => {
        expect(addResources(a, b)).toEqual(addResources(b, a));
        expect(addResources(addResources(a, b), c)).toEqual(addResources(a, addResources(b, c)));
        expect(addResources(a, noResources)).toEqual(a);
      }),
    );
  });

  it('give back what was added', () => {
    fc.assert(
      fc.property(resources, resources, (a, b) => {
        expect(subtractResources(addResources(a, b), b)).toEqual(a);
        expect(subtractResources(a, a)).toEqual(noResources);
      }),
    );
  });

  it('never go below zero: a shortage is said instead', () => {
    fc.assert(
      fc.property(resources, resources, (a, b) => {
        const rest = subtractResources(a, b);
        const missing = shortages(a, b);
        expect(rest === undefined).toBe(missing.length > 0);
        expect(missing.every(({ needed, available }) => needed > available)).toBe(true);
        expect(Object.values(rest ?? noResources).every((part) => part >= 0)).toBe(true);
      }),
    );
  });

  it('of replicas are those of one, as often', () => {
    fc.assert(
      fc.property(unit, fc.integer({ min: 0, max: 50 }), (one, count) => {
        const sum = Array.from({ length: count }).reduce<Resources>(
          (total) => addResources(total, totalOfUnit(one, 1)),
          noResources,
        );
        expect(totalOfUnit(one, count)).toEqual(sum);
      }),
    );
  });

  it('count volumes in memory as memory, and no byte twice', () => {
    fc.assert(
      fc.property(unit, (one) => {
        const { memoryBytes, storageBytes } = totalOfUnit(one, 1);
        const all = one.storage.reduce((total, { bytes }) => total + bytes, one.memoryBytes);
        expect(memoryBytes + storageBytes).toBe(all);
        expect(totalOfUnit({ ...one, storage: [] }, 1).storageBytes).toBe(0n);
      }),
    );
  });
});

describe('a unit on the wire', () => {
  const wire = {
    cpuMilli: 1,
    memoryBytes: '1048576',
    storage: [],
    gpu: { units: 0, alternatives: [] },
    cpuAttributes: {},
  };
  const with_ = (change: object) => resourceUnitSchema.safeParse({ ...wire, ...change }).success;

  it('carries bytes as decimal text', () => {
    expect(resourceUnitSchema.parse(wire).memoryBytes).toBe(1_048_576n);
  });

  it.each([
    [{ cpuMilli: 384_000 }, true],
    [{ cpuMilli: 384_001 }, false],
    [{ cpuMilli: 0 }, false],
    [{ cpuMilli: 1.5 }, false],
    [{ gpu: { units: 24, alternatives: [] } }, true],
    [{ gpu: { units: 25, alternatives: [] } }, false],
    [{ memoryBytes: 5 }, false],
    [{ memoryBytes: '-1' }, false],
    [{ memoryBytes: '01' }, false],
    [{ memoryBytes: '1'.repeat(20) }, false],
    [{ extra: 1 }, false],
  ])('with %j: %s', (change, isFine) => {
    expect(with_(change)).toBe(isFine);
  });
});
