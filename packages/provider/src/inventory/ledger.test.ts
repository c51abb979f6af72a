import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { addResources, noResources, type Resources, shortages } from '@souk/protocol';
import { createLedger, type Holding } from './ledger.ts';

const total: Resources = { cpuMilli: 8000, memoryBytes: 8000n, storageBytes: 8000n, gpus: 3 };
const gpuIds = ['a', 'b', 'c'];

function holding(id: string, patch: Partial<Holding> = {}): Holding {
  const resources = { cpuMilli: 1000, memoryBytes: 1000n, storageBytes: 0n, gpus: 0 };
  return { id, holder: 'tenant', resources, gpuIds: [], expiresAt: 100, ...patch };
}

type Step =
  | {
      readonly kind: 'reserve' | 'amend';
      readonly id: string;
      readonly cpuMilli: number;
      readonly gpus: string[];
      readonly ttl: number;
    }
  | { readonly kind: 'commit' | 'release'; readonly id: string }
  | { readonly kind: 'wait'; readonly ms: number };

const id = fc.constantFrom('1', '2', '3', '4', '5', '6');
const step: fc.Arbitrary<Step> = fc.oneof(
  fc.record({
    kind: fc.constantFrom('reserve' as const, 'amend' as const),
    id,
    cpuMilli: fc.integer({ min: 1, max: 5000 }),
    gpus: fc.subarray(gpuIds),
    ttl: fc.integer({ min: 1, max: 50 }),
  }),
  fc.record({ kind: fc.constantFrom('commit' as const, 'release' as const), id }),
  fc.record({ kind: fc.constant('wait' as const), ms: fc.integer({ min: 1, max: 30 }) }),
);

describe('the ledger', () => {
  it('agrees with a model, never gives what is not there, and gets expired things back', () => {
    fc.assert(
      fc.property(fc.array(step, { maxLength: 60 }), (script) => {
        const ledger = createLedger(total, gpuIds);
        const model = new Map<string, Holding>();
        let now = 0;
        for (const action of script) {
          let got = true;
          let wanted = true;
          if (action.kind === 'wait') now += action.ms;
          for (const [key, held] of model)
            if (held.expiresAt !== undefined && held.expiresAt <= now) model.delete(key);
          const taken = [...model.values()].reduce(
            (sum, held) => addResources(sum, held.resources),
            noResources,
          );
          if (action.kind === 'reserve') {
            const resources = {
              cpuMilli: action.cpuMilli,
              memoryBytes: 1n,
              storageBytes: 1n,
              gpus: action.gpus.length,
            };
            const wish = holding(action.id, { resources, gpuIds: action.gpus, expiresAt: now + action.ttl });
            const fits =
              shortages(total, addResources(taken, resources)).length === 0 &&
              action.gpus.every((gpu) => ![...model.values()].some((held) => held.gpuIds.includes(gpu)));
            got = ledger.reserve(wish, now).ok;
            wanted = model.has(action.id) || fits;
            if (fits && !model.has(action.id)) model.set(action.id, wish);
          } else if (action.kind === 'amend') {
            const own = model.get(action.id);
            const others = [...model.values()].filter((held) => held !== own);
            const claim = { resources: { ...noResources, cpuMilli: action.cpuMilli }, gpuIds: action.gpus };
            const all = others.reduce((sum, held) => addResources(sum, held.resources), claim.resources);
            wanted =
              own !== undefined &&
              shortages(total, all).length === 0 &&
              action.gpus.every((gpu) => !others.some((held) => held.gpuIds.includes(gpu)));
            got = own !== undefined && ledger.amend(action.id, claim, now).ok;
            if (own && wanted) model.set(action.id, { ...own, ...claim, expiresAt: undefined });
          } else if (action.kind === 'commit') {
            got = ledger.commit(action.id, now);
            wanted = model.has(action.id);
            const held = model.get(action.id);
            if (held) model.set(action.id, { ...held, expiresAt: undefined });
          } else if (action.kind === 'release') {
            ledger.release(action.id);
            ledger.release(action.id);
            model.delete(action.id);
          }
          expect(got).toBe(wanted);
          expect(new Set(ledger.holdings(now))).toEqual(new Set(model.values()));
          const free = ledger.free(now);
          const held = [...model.values()].reduce(
            (sum, one) => addResources(sum, one.resources),
            noResources,
          );
          expect(addResources(free, held)).toEqual(total);
          expect(free.cpuMilli).toBeGreaterThanOrEqual(0);
        }
      }),
      { numRuns: 300 },
    );
  });

  it('says which resource falls short', () => {
    const ledger = createLedger(total, gpuIds);
    const resources = { ...total, cpuMilli: 9000 };
    expect(ledger.reserve(holding('1', { resources }), 0)).toEqual({
      ok: false,
      shortages: [{ resource: 'cpuMilli', needed: 9000n, available: 8000n }],
    });
  });

  it('frees a reservation at its time, and keeps a committed one', () => {
    const ledger = createLedger(total, gpuIds);
    ledger.reserve(holding('1'), 0);
    ledger.reserve(holding('2'), 0);
    ledger.commit('2', 99);
    expect(ledger.free(99).cpuMilli).toBe(6000);
    expect(ledger.free(100).cpuMilli).toBe(7000);
    expect(ledger.commit('1', 100)).toBe(false);
    expect(ledger.countReserved(100)).toBe(0);
  });

  it('lets a lease shrink, whatever the machine has left, and never grow beyond it', () => {
    const ledger = createLedger(total, gpuIds);
    const resources = { ...total, cpuMilli: 20_000 };
    ledger.restore({ id: '1', holder: 'tenant', resources, gpuIds: ['a', 'b', 'c'] });
    const less = { resources: { ...total, cpuMilli: 10_000, gpus: 1 }, gpuIds: ['b'] };
    expect(ledger.amend('1', less, 0)).toEqual({ ok: true });
    const more = { resources: { ...total, cpuMilli: 10_001, gpus: 1 }, gpuIds: ['b'] };
    expect(ledger.amend('1', more, 0)).toEqual({
      ok: false,
      shortages: [{ resource: 'cpuMilli', needed: 10_001n, available: 8000n }],
    });
    expect(() => ledger.amend('2', less, 0)).toThrow('nothing is held');
  });

  it('takes back leases that no longer fit a smaller machine, and then has nothing free', () => {
    const ledger = createLedger(total, gpuIds);
    const resources = { ...total, cpuMilli: 20_000 };
    ledger.restore({ id: '1', holder: 'tenant', resources, gpuIds: ['a', 'b', 'c'] });
    expect(ledger.free(0)).toEqual(noResources);
    expect(ledger.freeGpuIds(0)).toEqual([]);
    ledger.release('1');
    expect(ledger.free(0)).toEqual(total);
  });
});
