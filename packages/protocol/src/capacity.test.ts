import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { capacitySchema, type CapacitySummary, factsOf, summariseCapacity } from './capacity.ts';
import { encodeJson } from './json.ts';
import type { ProviderFacts } from './market-fit.ts';
import { capacityTopic } from './wire.ts';

const head = {
  operator: `0x${'ab'.repeat(20)}`,
  peer: ['/ip4/203.0.113.17/tcp/4001/p2p/16Uiu2HAmUrS1bDG3uYGNwRwiYBLPHo2NPWLVPjyHJhGyWfTq9oLr'],
  at: 1_764_000_000,
  driver: 'docker',
  isScripted: false,
} as const;

/** A data centre's machine as operators write them. */
const usual: ProviderFacts = {
  free: { cpuMilli: 256_000, memoryBytes: 1n << 40n, storageBytes: 1n << 44n, gpus: 8 },
  gpus: Array.from({ length: 8 }, () => ({ vendor: 'nvidia', model: 'h100', ram: '80Gi', interface: 'sxm' })),
  attributes: { region: 'eu-west', tier: 'datacenter' },
  arch: 'amd64',
  auditors: [],
  storageClasses: ['default', 'beta1', 'beta2', 'beta3', 'ram'],
  endpoints: ['http', 'port'],
  taken: {
    tokens: [`0x${'cd'.repeat(20)}`],
    minimumFundedSeconds: 60,
    maxClawbackWindowSeconds: 3600,
    maxStartWindowSeconds: 3600,
    reclamationSeconds: 300,
  },
  prices: {
    core: 12_000_000_000n,
    memoryGib: 1_600_000_000n,
    storageGib: { default: 30_000_000n, beta3: 90_000_000n },
    endpoint: { http: 0n, port: 500_000_000n, ip: 5_000_000_000n },
    gpu: { default: 500_000_000_000n },
    minimumCharge: 0n,
    minimumRate: 1000n,
    interruptiblePermille: 500,
  },
};

const bytesOf = (summary: CapacitySummary) => new TextEncoder().encode(encodeJson(summary)).length;
const text = (max: number) => fc.string({ unit: 'binary', minLength: 1, maxLength: max });
const price = fc.bigInt({ min: 0n, max: (1n << 96n) - 1n });
const seconds = fc.integer({ min: 0, max: 0xffff_ffff });
/** As much of everything as a provider's settings may hold. */
const anyFacts: fc.Arbitrary<ProviderFacts> = fc.record({
  free: fc.record({
    cpuMilli: fc.nat(),
    memoryBytes: fc.bigInt({ min: 0n, max: (1n << 64n) - 1n }),
    storageBytes: fc.bigInt({ min: 0n, max: (1n << 64n) - 1n }),
    gpus: fc.nat(64),
  }),
  gpus: fc.array(fc.record({ vendor: text(30), model: text(30), ram: text(8) }), { maxLength: 64 }),
  attributes: fc.dictionary(text(30), text(30), { maxKeys: 64 }),
  arch: text(8),
  auditors: fc.array(text(60), { maxLength: 32 }),
  storageClasses: fc.array(text(16), { minLength: 1, maxLength: 16 }),
  endpoints: fc.constant(['http', 'port', 'ip']),
  taken: fc.record({
    tokens: fc.constant(Array.from({ length: 16 }, () => `0x${'cd'.repeat(20)}`)),
    minimumFundedSeconds: seconds,
    maxClawbackWindowSeconds: seconds,
    maxStartWindowSeconds: seconds,
    reclamationSeconds: seconds,
  }),
  prices: fc.record({
    core: price,
    memoryGib: price,
    storageGib: fc.dictionary(text(16), price, { maxKeys: 17 }),
    endpoint: fc.record({ http: price, port: price, ip: price }),
    gpu: fc.dictionary(text(32), price, { maxKeys: 64 }),
    minimumCharge: fc.bigInt({ min: 0n, max: (1n << 96n) - 1n }),
    minimumRate: fc.bigInt({ min: 0n, max: (1n << 96n) - 1n }),
    interruptiblePermille: fc.nat(1000),
  }),
});

describe('a capacity summary', () => {
  it('holds all of a usual provider, in one gossip message', () => {
    const summary = summariseCapacity(head, usual);
    expect(bytesOf(summary)).toBeLessThanOrEqual(capacityTopic.maxBytes);
    expect(summary.isAbridged).toBeUndefined();
    const { storageClasses, ...rest } = usual;
    expect(factsOf(summary)).toEqual({
      ...rest,
      storageClasses: storageClasses.filter((name) => name !== 'ram'),
    });
  });

  it('of the longest settings still fits in one, and says that it is not all', () => {
    const peer = [1, 2, 3].map((n) => `/dns4/${'a'.repeat(180)}.example/tcp/400${n}`);
    fc.assert(
      fc.property(anyFacts, (facts) => {
        const summary = summariseCapacity({ ...head, peer, isScripted: true }, facts);
        expect(bytesOf(summary)).toBeLessThanOrEqual(capacityTopic.maxBytes);
        expect(capacitySchema.parse(JSON.parse(encodeJson(summary)))).toEqual(summary);
        const isWhole =
          Object.keys(summary.attributes).length === Object.keys(facts.attributes).length &&
          summary.auditors.length === facts.auditors.length &&
          Object.keys(summary.prices.gpu).length === Object.keys(facts.prices.gpu).length &&
          factsOf(summary).gpus.length === facts.gpus.length &&
          summary.tokens.length === facts.taken.tokens.length;
        expect(isWhole || summary.isAbridged === true).toBe(true);
      }),
      { numRuns: 200, endOnFailure: true },
    );
  });

  it('keeps its region longer than other attributes', () => {
    const attributes = Object.fromEntries(
      Array.from({ length: 40 }, (_, index) => [index === 20 ? 'region' : `key${index}`, 'x'.repeat(30)]),
    );
    const summary = summariseCapacity(head, { ...usual, attributes });
    expect(summary.isAbridged).toBe(true);
    expect(summary.attributes).toHaveProperty('region');
  });
});
