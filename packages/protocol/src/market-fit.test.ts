import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type GpuKind, isGpuWished, pickGpus } from './market-fit.ts';
import type { Requirements } from './requirements.ts';
import type { GpuWish } from './resources.ts';

const vendor = fc.constantFrom('nvidia', 'amd');
const model = fc.constantFrom('a100', 'h100', 'l4');
const anyFree = fc.array(fc.record({ vendor, model }), { maxLength: 5 });
const anyGpus = fc.array(
  fc.record({
    units: fc.integer({ min: 0, max: 2 }),
    count: fc.integer({ min: 1, max: 2 }),
    alternatives: fc.array(
      fc.oneof(
        fc.record<GpuWish>({ vendor, model }),
        vendor.map((one): GpuWish => ({ vendor: one })),
      ),
      { maxLength: 2 },
    ),
  }),
  { minLength: 1, maxLength: 3 },
);

function asking(gpus: readonly { units: number; count: number; alternatives: GpuWish[] }[]): Requirements {
  return {
    group: 'g',
    units: gpus.map(({ units, count, alternatives }, index) => ({
      service: `s${index}`,
      count,
      resources: {
        cpuMilli: 1,
        memoryBytes: 1n,
        storage: [],
        gpu: { units, alternatives },
        cpuAttributes: {},
      },
    })),
    endpoints: [],
    attributes: {},
    signedBy: { allOf: [], anyOf: [] },
    reclamationSeconds: 0,
  };
}

/** Tries every device for every slot. */
function isPossible(slots: readonly (readonly GpuWish[])[], free: readonly GpuKind[]): boolean {
  const [wish, ...rest] = slots;
  if (wish === undefined) return true;
  return free.some(
    (device, index) =>
      isGpuWished(device, wish) && isPossible(rest, [...free.slice(0, index), ...free.slice(index + 1)]),
  );
}

describe('GPUs for an order', () => {
  it('are found wherever there is a way, in whatever order they lie', () => {
    fc.assert(
      fc.property(anyFree, anyGpus, (free, gpus) => {
        const slots = gpus.flatMap(({ units, count, alternatives }) =>
          Array.from({ length: units * count }, () => alternatives),
        );
        const picked = pickGpus(asking(gpus), free);
        expect(picked !== undefined).toBe(isPossible(slots, free));
        expect(pickGpus(asking(gpus), free.toReversed()) !== undefined).toBe(picked !== undefined);
        expect(picked?.length ?? slots.length).toBe(slots.length);
        expect(new Set(picked).size).toBe(picked?.length ?? 0);
      }),
    );
  });

  it('are not promised twice: the pickiest wish gets what only it can use', () => {
    const free = [
      { vendor: 'nvidia', model: 'a100' },
      { vendor: 'nvidia', model: 'h100' },
    ];
    const any = { units: 1, count: 1, alternatives: [{ vendor: 'nvidia' }] };
    const a100 = { units: 1, count: 1, alternatives: [{ vendor: 'nvidia', model: 'a100' }] };
    expect(pickGpus(asking([any, a100]), free)).toEqual(free);
    expect(pickGpus(asking([a100, { ...a100 }]), free)).toBeUndefined();
  });
});
