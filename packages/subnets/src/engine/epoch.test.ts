import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Consensus, type EngineParams, epoch, type Snapshot, topK, type Validator } from './epoch.ts';
import { one } from './fixed.ts';
import { bittensor, bittensorDense, type Rules, souk } from './rules.ts';
import { fromRows, rowOf, type SparseRow, toRows } from './sparse.ts';

interface Person {
  readonly stake: number;
  readonly hasEvidence: boolean;
  readonly isActive: boolean;
  /** By miner; undefined is absent. */
  readonly weights: readonly (number | undefined)[];
  readonly bonds: readonly (number | undefined)[];
}

const miners = 5;

const paramsOf = (rules: Rules): EngineParams => ({
  rules,
  kappa: 32_767,
  bondsPenalty: 0,
  bondsMovingAverage: 900_000,
  isYuma3: true,
  liquidAlpha: { low: 45_875, high: 58_982, steepness: 1000 },
  maxValidators: 64,
  minStake: 0n,
  activityCutoff: 3,
});

const someParams: fc.Arbitrary<EngineParams> = fc
  .record({
    kappa: fc.constantFrom(1, 32_767, 50_000, 65_535),
    bondsPenalty: fc.constantFrom(0, 20_000, 65_535),
    isYuma3: fc.boolean(),
    isLiquid: fc.boolean(),
    maxValidators: fc.integer({ min: 1, max: 8 }),
  })
  .map(({ isLiquid, ...some }) => {
    const params = { ...paramsOf(souk), ...some };
    return isLiquid ? params : { ...params, liquidAlpha: undefined };
  });

const maybe = (most: number) =>
  fc.oneof(fc.constant(undefined), fc.integer({ min: 1, max: most }), fc.constant(most));

const person: fc.Arbitrary<Person> = fc.record({
  stake: fc.oneof(fc.integer({ min: 0, max: 1_000_000 }), fc.constant(1000)),
  hasEvidence: fc.boolean(),
  isActive: fc.boolean(),
  weights: fc.array(maybe(0xffff_ffff), { minLength: miners, maxLength: miners }),
  bonds: fc.array(maybe(one), { minLength: miners, maxLength: miners }),
});
const people = fc.array(person, { minLength: 1, maxLength: 8 });

function rowFrom(values: readonly (number | undefined)[]): SparseRow {
  return values.flatMap((value, column) => (value === undefined ? [] : [[column, value] as const]));
}

function snapshotOf(
  list: readonly Person[],
  order = Array.from({ length: miners }, (_, at) => at),
): Snapshot {
  const placed = (values: readonly (number | undefined)[]) => rowFrom(order.map((at) => values[at]));
  return {
    now: 10,
    lastEpoch: 9,
    registeredAt: order.map(() => 0),
    validators: list.map(({ stake, isActive, hasEvidence }): Validator => ({
      stake: BigInt(stake),
      lastUpdate: isActive ? 10 : 0,
      hasEvidence,
    })),
    weights: fromRows(
      list.map(({ weights }) => placed(weights)),
      miners,
    ),
    bonds: fromRows(
      list.map(({ bonds }) => placed(bonds)),
      miners,
    ),
  };
}

/** All that is paid by, and all that the next epoch takes over, zeros and absent ones alike. */
function essence(result: Consensus) {
  const stored = toRows(result.stored).map((row) => row.filter(([, value]) => value !== 0));
  const { consensus, incentive, dividends, trust, hasPermit } = result;
  return {
    consensus: [...consensus],
    incentive: [...incentive],
    dividends: [...dividends],
    trust: [...trust],
    hasPermit,
    stored,
  };
}

describe('an epoch under the rules of Souk', () => {
  it('takes an absent weight and a zero for the same thing', () => {
    fc.assert(
      fc.property(people, someParams, (list, params) => {
        const zeros = list.map((one_) => ({
          ...one_,
          weights: one_.weights.map((weight) => weight ?? 0),
          bonds: one_.bonds.map((bond) => bond ?? 0),
        }));
        expect(essence(epoch(snapshotOf(zeros), params))).toEqual(essence(epoch(snapshotOf(list), params)));
      }),
      { numRuns: 300 },
    );
  });

  it('does not care in which order validators and miners are given', () => {
    const everybody = people.filter((list) => new Set(list.map(({ stake }) => stake)).size === list.length);
    const order = fc.shuffledSubarray([0, 1, 2, 3, 4], { minLength: miners });
    const rank = fc.array(fc.nat(), { minLength: 8, maxLength: 8 });
    fc.assert(
      fc.property(everybody, order, rank, someParams, (list, columns, keys, params) => {
        const places = list.map((_, at) => at).sort((a, b) => keys[a]! - keys[b]!);
        const shuffled = places.map((at) => list[at]!);
        const plain = epoch(snapshotOf(list), params);
        const other = epoch(snapshotOf(shuffled, columns), params);
        expect([...other.dividends]).toEqual(places.map((at) => plain.dividends[at]));
        expect([...other.incentive]).toEqual(columns.map((at) => plain.incentive[at]));
        expect([...other.consensus]).toEqual(columns.map((at) => plain.consensus[at]));
      }),
      { numRuns: 300 },
    );
  });

  it('counts a row without evidence as absent, and pays it nothing that others could get', () => {
    fc.assert(
      fc.property(people, someParams, (list, params) => {
        const result = epoch(snapshotOf(list), params);
        const silent = list.map((one_) =>
          one_.hasEvidence ? one_ : { ...one_, weights: one_.weights.map(() => undefined) },
        );
        const shown = epoch(snapshotOf(silent.map((one_) => ({ ...one_, hasEvidence: true }))), params);
        expect([...result.incentive]).toEqual([...shown.incentive]);
        expect([...result.dividends]).toEqual(
          list.map(({ hasEvidence }, at) => (hasEvidence ? shown.dividends[at] : 0)),
        );
      }),
      { numRuns: 300 },
    );
  });

  it('gives no shares beyond 1, and for bonds per pair none to those without a permit or who are inactive', () => {
    fc.assert(
      fc.property(people, someParams, (list, params) => {
        const result = epoch(snapshotOf(list), params);
        const sum = (values: Float64Array) => values.reduce((total, value) => total + value, 0);
        expect(sum(result.incentive)).toBeLessThanOrEqual(one);
        expect(sum(result.dividends)).toBeLessThanOrEqual(one);
        const barred = list.filter(({ isActive }, at) => !isActive || !result.hasPermit[at]);
        const paid = list.filter((_, at) => result.dividends[at]! > 0);
        expect(params.isYuma3 ? barred.filter((one_) => paid.includes(one_)) : []).toEqual([]);
      }),
      { numRuns: 300 },
    );
  });

  it('gives nobody anything where nobody weighs anybody', () => {
    const idle = { stake: 5, hasEvidence: true, isActive: true, weights: [], bonds: [] };
    const result = epoch(snapshotOf([idle, idle]), paramsOf(souk));
    expect([...result.incentive, ...result.dividends]).toEqual(Array.from({ length: miners + 2 }, () => 0));
  });

  it('lets a bond decay whose weight is no longer given', () => {
    const [result] = [epoch(snapshotOf(leaver), paramsOf(souk))];
    const [, bond] = rowOf(result.stored, 0).find(([column]) => column === 1)!;
    expect(bond).toBeGreaterThan(0);
    expect(bond).toBeLessThan(one / 2);
  });
});

/** Weighs miner 0 and no longer miner 1, to which it has a bond. */
const leaver: readonly Person[] = [
  { stake: 1, hasEvidence: true, isActive: true, weights: [1], bonds: [one / 2, one / 2] },
];

describe('the rules of Bittensor', () => {
  const asBittensor = (rules: Rules) => {
    const { validators, ...rest } = snapshotOf(leaver);
    const u16 = fromRows(
      [
        [
          [0, 30_000],
          [1, 30_000],
        ],
      ],
      miners,
    );
    return epoch(
      { ...rest, bonds: u16, validators: validators.map((one_) => ({ ...one_, hadPermit: true })) },
      paramsOf(rules),
    );
  };

  it('drop a bond whose weight is absent under liquid alpha, by the sparse path only', () => {
    expect(rowOf(asBittensor(bittensor).stored, 0).map(([column]) => column)).toEqual([0]);
    expect(rowOf(asBittensor(bittensorDense).stored, 0).map(([column]) => column)).toEqual([0, 1]);
  });

  it('store bonds as u16', () => {
    const [[, bond] = [0, 0]] = rowOf(asBittensor(bittensor).stored, 0);
    expect(bond).toBeGreaterThan(30_000);
    expect(bond).toBeLessThanOrEqual(65_535);
  });
});

describe('permits', () => {
  it('go to the greatest, and of equals to the later ones', () => {
    expect(topK([7, 9, 7, 7], 2)).toEqual([false, true, false, true]);
    expect(topK([5n, 5n], 1)).toEqual([false, true]);
    expect(topK([5n, 5n], 0)).toEqual([false, false]);
  });
});
