import {
  asAddress,
  type CapacitySummary,
  capacitySchema,
  type Decline,
  encodeJson,
  factsOf,
  fit,
  type MarketWish,
  priceOf,
  type Requirements,
  zeroAddress,
} from '@souk/protocol';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { counterfactuals } from './counterfactuals.ts';
import { explainOrder, noBidReasons } from './explain.ts';
import { knownProviders } from './known.ts';
import { relaxAll } from './relax.ts';

const gib = 1n << 30n;

function summary(index: number, patch: Partial<CapacitySummary> = {}): CapacitySummary {
  return {
    operator: asAddress(`0x${index.toString(16).padStart(40, '0')}`),
    peer: [],
    at: 0,
    driver: 'mock',
    free: { cpuMilli: 8000, memoryBytes: 16n * gib, storageBytes: 100n * gib, gpus: 0 },
    gpus: [],
    attributes: { region: 'eu' },
    arch: 'amd64',
    auditors: [],
    storageClasses: ['default'],
    endpoints: ['http', 'port'],
    tokens: [zeroAddress],
    minimumFundedSeconds: 60,
    maxClawbackWindowSeconds: 3600,
    maxStartWindowSeconds: 3600,
    reclamationSeconds: 300,
    prices: priceAt(10_000n),
    ...patch,
  };
}

/** A core for this much an hour, all else for nothing. */
function priceAt(core: bigint): CapacitySummary['prices'] {
  return {
    core: core * 1_000_000n,
    memoryGib: 0n,
    storageGib: { default: 0n },
    endpoint: { http: 0n, port: 0n, ip: 0n },
    gpu: { default: 0n },
    minimumCharge: 0n,
    minimumRate: 1n,
    interruptiblePermille: 500,
  };
}

function wish(patch: Partial<Requirements> = {}, terms: Partial<MarketWish['terms']> = {}): MarketWish {
  const resources = {
    cpuMilli: 1000,
    memoryBytes: gib,
    storage: [],
    gpu: { units: 0, alternatives: [] },
    cpuAttributes: {},
  };
  return {
    requirements: {
      group: 'web',
      units: [{ service: 'web', count: 1, resources }],
      endpoints: [],
      attributes: {},
      signedBy: { allOf: [], anyOf: [] },
      reclamationSeconds: 0,
      ...patch,
    },
    terms: {
      token: zeroAddress,
      maxRate: 20_000n,
      deposit: 1_000_000n,
      clawbackWindow: 600,
      startWindow: 600,
      ...terms,
    },
  };
}

const many = (count: number, patch: (index: number) => Partial<CapacitySummary>) =>
  Array.from({ length: count }, (_, index) => summary(index + 1, patch(index)));
const told = (asked: MarketWish, summaries: readonly CapacitySummary[]) =>
  counterfactuals(asked, knownProviders(asked, summaries, [])).map(({ relaxations, offers }) => [
    ...relaxations,
    offers,
  ]);

describe('what would bring offers', () => {
  it('names the steps of the price that matter, at most three', () => {
    const market = many(10, (index) => ({ prices: priceAt(30_000n + BigInt(index) * 1000n) }));
    const found = told(wish(), market).filter(([first]) => (first as { what: string }).what === 'price');
    expect(found).toHaveLength(3);
    expect(found).toContainEqual([{ what: 'price', maxRate: 30_000n }, 1]);
    expect(found).toContainEqual([{ what: 'price', maxRate: 39_000n }, 10]);
  });

  it('names what excludes alone, with how many offers it would bring', () => {
    const market = [...many(22, () => ({})), summary(100, { attributes: { region: 'us', gold: 'yes' } })];
    const asked = wish({ regions: ['us'], attributes: { gold: 'no' } }, {});
    expect(told(asked, market)[0]).toEqual([{ what: 'attribute', attribute: 'gold' }, 1]);
    expect(told(wish({ regions: ['mars'] }), market)).toEqual([[{ what: 'regions' }, 23]]);
  });

  it('shrinks a resource, or the number of replicas, to what fits', () => {
    const asked = wish({ units: [{ ...wish().requirements.units[0]!, count: 12 }] }, { maxRate: 1_000_000n });
    expect(
      told(
        asked,
        many(2, () => ({})),
      ),
    ).toEqual([
      [{ what: 'replicas', service: 'web', count: 8 }, 2],
      [{ what: 'resource', resource: 'cpuMilli', to: 8000n }, 2],
    ]);
  });

  it('says that a lease that may be interrupted is cheap enough', () => {
    const found = told(wish(), [summary(1, { prices: priceAt(40_000n) })]);
    expect(found).toContainEqual([{ what: 'interruptible' }, 1]);
  });

  it('takes the smallest set where no single change helps', () => {
    const market = [
      summary(1, { prices: priceAt(50_000n), attributes: {}, endpoints: [] }),
      summary(2, { prices: priceAt(30_000n), attributes: {} }),
    ];
    const found = counterfactuals(wish({ regions: ['eu'] }), knownProviders(wish(), market, []));
    expect(found.every(({ relaxations }) => relaxations.length === 2)).toBe(true);
    expect(found.map(({ relaxations }) => relaxations)).toContainEqual([
      { what: 'regions' },
      { what: 'price', maxRate: 30_000n },
    ]);
  });

  it('takes answers at their word where nothing was published, and over what was', () => {
    const asked = wish();
    const dear: Decline = { reason: 'price-below-ours', ceiling: 20_000n, ours: 25_000n };
    const answers = [{ operator: summary(1).operator, declines: [dear] }];
    for (const summaries of [[], [summary(1)]]) {
      const known = knownProviders(asked, summaries, answers);
      expect(counterfactuals(asked, known)).toMatchObject([
        { relaxations: [{ what: 'price', maxRate: 25_000n }], offers: 1, gained: 1, isGuess: true },
      ]);
    }
  });

  it('promises nothing of providers that no change would move', () => {
    const asked = wish();
    const busy: Decline[] = [{ reason: 'too-many-orders' }];
    const nonsense: Decline[] = [{ reason: 'no-capacity', resource: 'gpus', needed: 1n, available: 9n }];
    const answers = [busy, nonsense].map((declines, index) => ({
      operator: summary(index).operator,
      declines,
    }));
    const known = knownProviders(asked, [], answers);
    expect(counterfactuals(asked, known)).toEqual([]);
    expect(explainOrder(asked, known).groups).toHaveLength(2);
  });
});

const rarely = <T>(one: fc.Arbitrary<T>) =>
  fc.oneof({ weight: 4, arbitrary: fc.constant(undefined) }, { weight: 1, arbitrary: one });
const region = fc.constantFrom('eu', 'us', 'asia');
const gpuKind = fc.record({
  vendor: fc.constantFrom('nvidia', 'amd'),
  model: fc.constantFrom('a100', 'h100'),
  count: fc.integer({ min: 1, max: 3 }),
});
const anySummary = fc
  .record({
    cpuMilli: fc.integer({ min: 0, max: 6000 }),
    memoryGib: fc.integer({ min: 0, max: 8 }),
    gpus: fc.uniqueArray(gpuKind, { maxLength: 2, selector: ({ vendor, model }) => `${vendor} ${model}` }),
    attributes: fc.record({ region, tier: fc.constantFrom('a', 'b') }, { requiredKeys: [] }),
    auditors: fc.subarray(['ann', 'bob']),
    storageClasses: fc.subarray(['default', 'beta2']),
    core: fc.bigInt({ min: 1n, max: 60_000n }),
    gpuPrice: fc.bigInt({ min: 0n, max: 60_000n }),
    maxWindow: fc.constantFrom(60, 3600),
    minimumFundedSeconds: fc.constantFrom(60, 36_000),
    reclamationSeconds: fc.constantFrom(0, 300),
    notServing: rarely(fc.constant('busy')),
  })
  .map((one) => ({
    free: {
      cpuMilli: one.cpuMilli,
      memoryBytes: BigInt(one.memoryGib) * gib,
      storageBytes: 10n * gib,
      gpus: one.gpus.reduce((sum, { count }) => sum + count, 0),
    },
    gpus: one.gpus,
    attributes: Object.fromEntries(Object.entries(one.attributes).filter(([, value]) => value !== undefined)),
    auditors: one.auditors,
    storageClasses: one.storageClasses,
    minimumFundedSeconds: one.minimumFundedSeconds,
    maxClawbackWindowSeconds: one.maxWindow,
    reclamationSeconds: one.reclamationSeconds,
    prices: { ...priceAt(one.core), gpu: { default: one.gpuPrice * 1_000_000n } },
    ...(one.notServing === undefined ? {} : { notServing: one.notServing }),
  }));
const anyWish = fc
  .record({
    units: fc.array(
      fc.record({
        count: fc.integer({ min: 1, max: 6 }),
        cpuMilli: fc.integer({ min: 1, max: 4000 }),
        memoryBytes: fc.bigInt({ min: 1n, max: 6n * gib }),
        gpus: fc.constantFrom(0, 0, 0, 1, 2),
        model: fc.option(fc.constantFrom('a100', 'h100'), { nil: undefined }),
        storageClass: fc.constantFrom('default', 'beta2', 'ram'),
        arch: rarely(fc.constantFrom('amd64', 'arm64')),
      }),
      { minLength: 1, maxLength: 3 },
    ),
    regions: rarely(fc.uniqueArray(region, { minLength: 1 })),
    tier: rarely(fc.constantFrom('a', 'c')),
    auditors: rarely(fc.constant(['ann', 'cid'])),
    hasIp: rarely(fc.constant(true)),
    reclamationSeconds: fc.constantFrom(0, 0, 600),
    maxRate: fc.bigInt({ min: 1n, max: 100_000n }),
    deposit: fc.bigInt({ min: 1n, max: 1_000_000n }),
    clawbackWindow: fc.constantFrom(60, 600),
  })
  .map((one): MarketWish => {
    const units = one.units.map((unit, index) => ({
      service: `s${index}`,
      count: unit.count,
      resources: {
        cpuMilli: unit.cpuMilli,
        memoryBytes: unit.memoryBytes,
        storage: [{ name: 'data', bytes: gib, class: unit.storageClass, persistent: false }],
        gpu: {
          units: unit.gpus,
          alternatives: unit.model === undefined ? [] : [{ vendor: 'nvidia', model: unit.model }],
        },
        cpuAttributes: unit.arch === undefined ? {} : { arch: unit.arch },
      },
    }));
    const patch: Partial<Requirements> = {
      units,
      attributes: one.tier === undefined ? {} : { tier: one.tier },
      signedBy: { allOf: [], anyOf: [...(one.auditors ?? [])] },
      endpoints: one.hasIp === true ? [{ kind: 'ip', service: 's0' }] : [],
      reclamationSeconds: one.reclamationSeconds,
      ...(one.regions === undefined ? {} : { regions: one.regions }),
    };
    const { maxRate, deposit, clawbackWindow } = one;
    return wish(patch, { maxRate, deposit, clawbackWindow });
  });
/** Some publish, some answer, some do both, some neither. */
const anyWorld = fc.record({
  asked: anyWish,
  providers: fc.array(fc.tuple(anySummary, fc.boolean(), fc.boolean()), { maxLength: 12 }),
  refused: fc.array(fc.constantFrom('expired' as const, 'signature-wrong' as const), { maxLength: 2 }),
});

describe('in any world', () => {
  it('an order without bids has ranked reasons, and every claim holds when it is followed', () => {
    let claims = 0;
    fc.assert(
      fc.property(anyWorld, ({ asked, providers, refused }) => {
        const all = providers.map(([patch, doesPublish, doesAnswer], index) => {
          const one = summary(index + 1, patch);
          const facts = factsOf(one);
          const declinesNow = (wished: MarketWish) =>
            fit(wished, facts, priceOf(wished.requirements, facts.prices));
          return { one, doesPublish, doesAnswer, declinesNow };
        });
        const summaries = all.filter(({ doesPublish }) => doesPublish).map(({ one }) => one);
        const answers = all
          .filter(({ doesAnswer }) => doesAnswer)
          .map(({ one, declinesNow }) => ({ operator: one.operator, declines: declinesNow(asked) }))
          .filter(({ declines }) => declines.length > 0);
        const known = knownProviders(asked, summaries, answers);
        const explanation = explainOrder(asked, known);

        const reasons = noBidReasons(
          explanation,
          refused.map((reason) => ({ reason })),
        );
        expect(reasons.length).toBeGreaterThan(0);
        expect(explanation.known).toBe(explanation.offers + known.filter(isDeclining(asked)).length);

        const published = new Set(summaries.map(({ operator }) => operator));
        for (const { relaxations, offers, gained } of explanation.counterfactuals) {
          claims += 1;
          const followed = relaxAll(asked, relaxations);
          const truly = all.filter(
            ({ one, declinesNow }) => published.has(one.operator) && declinesNow(followed).length === 0,
          );
          const byWord = known.filter(
            (one) => !published.has(one.operator) && one.declinesOf(followed).length === 0,
          );
          expect(truly.length + byWord.length).toBe(offers);
          expect(gained).toBe(offers - explanation.offers);
          expect(gained).toBeGreaterThan(0);
        }
      }),
      { numRuns: 250 },
    );
    expect(claims).toBeGreaterThan(100);
  });

  it('where one change would be enough for a provider that publishes, one is named', () => {
    fc.assert(
      fc.property(anyWish, anySummary, (asked, patch) => {
        const one = summary(1, patch);
        const known = knownProviders(asked, [one], []);
        const declines = known[0]!.declinesOf(asked);
        const [only] = declines;
        const isMendable = only !== undefined && !hopeless.has(only.reason);
        if (declines.length !== 1 || !isMendable || (only.reason === 'no-capacity' && only.available === 0n))
          return;
        const [best] = counterfactuals(asked, known);
        expect(best?.offers ?? 0).toBe(1);
      }),
      { numRuns: 500 },
    );
  });

  it('summaries of all these fit their schema', () => {
    fc.assert(
      fc.property(anySummary, (patch) => {
        expect(capacitySchema.safeParse(JSON.parse(encodeJson(summary(1, patch)))).success).toBe(true);
      }),
      { numRuns: 50 },
    );
  });
});

const hopeless = new Set<Decline['reason']>(['not-serving', 'too-many-orders', 'storage-class-missing']);
const isDeclining = (asked: MarketWish) => (one: { declinesOf: (wish: MarketWish) => readonly Decline[] }) =>
  one.declinesOf(asked).length > 0;
