/** Whoever has a provider's summary can say what it will answer to an order: the same reasons, and the same price. */
import {
  asAddress,
  encodeJson,
  factsOf,
  fit,
  type GpuWish,
  type Order,
  priceOf,
  type Requirements,
  summariseCapacity,
  zeroAddress,
  zeroHash,
} from '@souk/protocol';
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { providerConfigSchema } from '../config.ts';
import { capacityOf, pricesOf } from '../inventory/capacity.ts';
import { parsePriceList } from '../pricing/price-list.ts';
import { evaluate, providerFacts } from './evaluate.ts';

const gib = 1n << 30n;
const otherToken = asAddress(`0x${'11'.repeat(20)}`);
const vendor = fc.constantFrom('nvidia', 'amd');
const model = fc.constantFrom('a100', 'h100');
const amount = fc.integer({ min: 0, max: 3000 }).map((milli) => `${milli / 1000}`);

const anyProvider = fc.record({
  cpuCores: fc.integer({ min: 1, max: 16 }),
  memoryGib: fc.integer({ min: 1, max: 32 }),
  storageGib: fc.integer({ min: 1, max: 64 }),
  gpus: fc.array(fc.record({ vendor, model }), { maxLength: 4 }),
  attributes: fc.dictionary(fc.constantFrom('region', 'tier'), fc.constantFrom('a', 'b')),
  auditors: fc.subarray(['ann', 'bob']),
  storageClasses: fc.subarray(['default', 'beta2'], { minLength: 1 }),
  reclamationSeconds: fc.constantFrom(0, 300),
  maxClawbackWindowSeconds: fc.constantFrom(60, 3600),
  minimumFundedSeconds: fc.constantFrom(60, 3600),
  maxLeases: fc.constantFrom(1, 200),
});
const anyPrices = fc.record({
  core: amount,
  memoryGib: amount,
  storageGib: fc.record({ default: amount, beta2: amount, beta9: amount }),
  endpoint: fc.record({ http: amount, ip: amount }),
  gpu: fc.record({ default: amount, a100: amount, b200: amount }),
  minimumRate: amount,
  minimumCharge: amount,
  interruptible: fc.constantFrom('0.25', '0.5', '1'),
});
const anyUnit = fc.record({
  count: fc.integer({ min: 1, max: 3 }),
  cpuMilli: fc.integer({ min: 1, max: 8000 }),
  memoryBytes: fc.bigInt({ min: 1n, max: 16n * gib }),
  storage: fc.array(
    fc.record({
      name: fc.constant('data'),
      bytes: fc.bigInt({ min: 1n, max: 16n * gib }),
      class: fc.constantFrom('default', 'beta2', 'ram', 'constructor'),
      persistent: fc.boolean(),
    }),
    { maxLength: 2 },
  ),
  gpu: fc.record({
    units: fc.integer({ min: 0, max: 2 }),
    alternatives: fc.array(
      fc.oneof(
        fc.record<GpuWish>({ vendor, model }),
        vendor.map((one): GpuWish => ({ vendor: one })),
      ),
      { maxLength: 2 },
    ),
  }),
  cpuAttributes: fc.constantFrom<Record<string, string>>({}, { arch: 'amd64' }, { arch: 'arm64' }),
});
const anyOrder = fc.record({
  units: fc.array(anyUnit, { minLength: 1, maxLength: 3 }),
  kinds: fc.subarray(['http', 'port', 'ip'] as const),
  attributes: fc.constantFrom<Record<string, string>>({}, { tier: 'a' }, { constructor: 'x' }),
  regions: fc.option(fc.uniqueArray(fc.constantFrom('a', 'c'), { minLength: 1 }), { nil: undefined }),
  anyOf: fc.subarray(['ann', 'cid']),
  reclamationSeconds: fc.constantFrom(0, 30, 600),
  isInterruptible: fc.boolean(),
  maxRate: fc.bigInt({ min: 1n, max: 60_000_000n }),
  deposit: fc.bigInt({ min: 1n, max: 60_000_000n }),
  clawbackWindow: fc.constantFrom(60, 600),
  startWindow: fc.constantFrom(60, 7200),
  isOtherToken: fc.boolean(),
});

it('a summary predicts every decline and every price of its provider', () => {
  fc.assert(
    fc.property(
      anyProvider,
      anyPrices,
      anyOrder,
      fc.nat(3),
      fc.boolean(),
      (settings, list, ask, used, ill) => {
        const config = providerConfigSchema.parse(settings);
        const machine = { cores: 1, memoryBytes: 0n, storageBytes: 0n, gpus: [], arch: 'amd64' };
        const capacity = capacityOf(machine, config);
        const prices = pricesOf(parsePriceList(JSON.stringify(list), 6), capacity);
        const freeGpus = capacity.gpus.slice(used);
        const state = {
          capacity,
          free: {
            ...capacity.total,
            cpuMilli: Math.max(0, capacity.total.cpuMilli - used * 1000),
            gpus: freeGpus.length,
          },
          freeGpus,
          leases: used,
          notServing: ill ? 'ill' : undefined,
        };
        const tokens = [zeroAddress];
        const requirements: Requirements = {
          group: 'g',
          units: ask.units.map(({ count, ...resources }, index) => ({
            service: `s${index}`,
            count,
            resources,
          })),
          endpoints: ask.kinds.map((kind) => ({ kind, service: 's0' })),
          attributes: ask.attributes,
          signedBy: { allOf: [], anyOf: ask.anyOf },
          reclamationSeconds: ask.reclamationSeconds,
          ...(ask.regions === undefined ? {} : { regions: ask.regions }),
          ...(ask.isInterruptible ? { interruptible: true as const } : {}),
        };
        const order: Order = {
          tenant: zeroAddress,
          agent: zeroAddress,
          watcher: zeroAddress,
          token: ask.isOtherToken ? otherToken : zeroAddress,
          manifest: zeroHash,
          requirements: zeroHash,
          maxRate: ask.maxRate,
          deposit: ask.deposit,
          clawbackWindow: ask.clawbackWindow,
          startWindow: ask.startWindow,
          expiresAt: 0,
          counter: 0n,
          salt: zeroHash,
        };

        const rate = priceOf(requirements, prices);
        const openBids = { ofTenant: 0, all: 0 };
        const answer = evaluate(
          order,
          requirements,
          { ...state, openBids },
          { tokens, prices, rate },
          config,
        );

        const facts = providerFacts(state, { tokens, prices }, config);
        const head = { operator: zeroAddress, peer: [], at: 0, driver: 'mock', isScripted: false };
        const summary = summariseCapacity(head, facts);
        fc.pre(summary.isAbridged !== true);
        const heard = factsOf(summary);
        const predictedRate = priceOf(requirements, heard.prices);
        const predicted = fit({ requirements, terms: order }, heard, predictedRate);

        expect(predictedRate).toBe(rate);
        expect(encodeJson(predicted.slice(0, 32))).toBe(encodeJson(answer.ok ? [] : answer.declines));
      },
    ),
    { numRuns: 500 },
  );
});
