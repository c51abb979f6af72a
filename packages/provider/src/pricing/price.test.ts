import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { priceOf, type Requirements } from '@souk/protocol';
import { defaultPrices, parsePriceList } from './price-list.ts';

const gib = 1n << 30n;
const list = parsePriceList(
  `core: 0.01
memoryGib: 0.004
storageGib: { default: 0.0001, beta3: 0.0004 }
endpoint: { port: 0.001 }
gpu: { default: 0.5, h100: 2 }
`,
  6,
);

function order(patch: Partial<Requirements['units'][number]['resources']>, count = 1): Requirements {
  const resources = {
    cpuMilli: 1000,
    memoryBytes: 0n,
    storage: [],
    gpu: { units: 0, alternatives: [] },
    cpuAttributes: {},
    ...patch,
  };
  return {
    group: 'g',
    units: [{ service: 'web', count, resources }],
    endpoints: [],
    attributes: {},
    signedBy: { allOf: [], anyOf: [] },
    reclamationSeconds: 0,
  };
}

describe('the price of an order', () => {
  it('adds what each resource costs, per replica', () => {
    const storage = [
      { name: 'a', bytes: 10n * gib, class: 'beta3', persistent: true },
      { name: 'b', bytes: 10n * gib, class: 'unheard-of', persistent: false },
      { name: 'c', bytes: gib, class: 'ram', persistent: false },
    ];
    // 0.01 + 2 × 0.004 + 10 × 0.0004 + 10 × 0.0001 + 0.004 = 0.027, twice
    expect(priceOf(order({ memoryBytes: 2n * gib, storage }, 2), list)).toBe(54_000n);
    expect(priceOf({ ...order({}), endpoints: [{ kind: 'port', service: 'web' }] }, list)).toBe(11_000n);
  });

  it('asks for the dearest GPU that it might hand over', () => {
    const gpu = (...models: (string | undefined)[]) =>
      priceOf(
        order({
          gpu: {
            units: 2,
            alternatives: models.map((model) => ({
              vendor: 'nvidia',
              ...(model === undefined ? {} : { model }),
            })),
          },
        }),
        list,
      );
    expect(gpu()).toBe(1_010_000n);
    expect(gpu('H100', 'a100')).toBe(4_010_000n);
    expect(gpu(undefined)).toBe(1_010_000n);
  });

  it('asks for a part of it where it may interrupt', () => {
    expect(priceOf({ ...order({ cpuMilli: 3 }), interruptible: true }, list)).toBe(15n);
    expect(priceOf({ ...order({ cpuMilli: 1001 }), interruptible: true }, list)).toBe(5005n);
  });

  it('rounds once, up, and never to nothing', () => {
    expect(priceOf(order({ cpuMilli: 1 }), list)).toBe(10n);
    const cheap = parsePriceList('core: 0.000000000001\nmemoryGib: 0\nstorageGib: {default: 0}', 6);
    expect(priceOf(order({ cpuMilli: 1 }), cheap)).toBe(1n);
  });

  it('never falls when an order grows', () => {
    const amount = fc.bigInt({ min: 0n, max: 1n << 40n });
    fc.assert(
      fc.property(
        amount,
        amount,
        fc.integer({ min: 1, max: 384_000 }),
        fc.integer({ min: 1, max: 1000 }),
        (a, b, cpuMilli, count) => {
          const small = priceOf(order({ cpuMilli, memoryBytes: a }, count), list);
          const large = priceOf(order({ cpuMilli, memoryBytes: a + b }, count), list);
          expect(large).toBeGreaterThanOrEqual(small);
          // The same to the smallest unit as exact fractions say.
          const exact = BigInt(count) * (BigInt(cpuMilli) * 10_000n * gib + a * 4000n * 1000n);
          const denominator = 1000n * gib;
          expect(small).toBe((exact + denominator - 1n) / denominator);
        },
      ),
    );
  });
});

describe('a price list', () => {
  it('comes with defaults that hold', () => {
    expect(parsePriceList(defaultPrices, 6).core).toBe(10_000_000_000n);
    expect(parsePriceList(defaultPrices, 18).minimumRate).toBe(10n ** 15n);
  });

  it.each([
    ['core: 0.01\nmemoryGib: 0.1\nstorageGib: {default: 0}\nmemory: 3', /prices.yaml:1: .*memory/],
    ['core: 0.01\nmemoryGib: cheap\nstorageGib: {default: 0}', /prices.yaml:2: memoryGib: "cheap"/],
    ['core: 0.01\nmemoryGib: -1\nstorageGib: {default: 0}', /prices.yaml:2: memoryGib/],
    ['core: 0.01\nmemoryGib: 1e3\nstorageGib: {default: 0}', /prices.yaml:2: memoryGib/],
    ['core: 0.01\nmemoryGib: 0\nstorageGib:\n  default: 0\n  beta1: x', /prices.yaml:5: storageGib.beta1/],
    ['core: 0.01\nmemoryGib: 0\nstorageGib: {beta1: 0}', /prices.yaml:3: storageGib/],
    [
      'core: 99999999999999999999999\nmemoryGib: 0\nstorageGib: {default: 0}',
      /prices.yaml:1: core.*too high/,
    ],
    ['core: 0.01\ncore: 0.02', /prices.yaml:2: /],
    ['core: [', /prices.yaml:1: /],
    ['', /prices.yaml:1: /],
    [
      'core: 0.01\nmemoryGib: 0\nstorageGib: {default: 0}\nminimumCharge: 0.0000001',
      /prices.yaml:4: minimumCharge/,
    ],
    [
      'core: 0.01\nmemoryGib: 0\nstorageGib: {default: 0}\ninterruptible: 1.1',
      /prices.yaml:4: interruptible/,
    ],
  ])('says where and what is wrong in %j', (text, message) => {
    expect(() => parsePriceList(text, 6)).toThrow(expect.objectContaining({ code: 'pricing.invalid' }));
    expect(() => parsePriceList(text, 6)).toThrow(message);
  });
});
