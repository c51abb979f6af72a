import { type Address, decodeWeights, hashReward, isInMerkleTree } from '@souk/protocol';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { account, madeUpFacts, type MadeUpSubnet, makeUpSubnet } from '../testing/made-up-subnet.ts';
import { computeEpoch, computeEpochs } from './compute.ts';
import { decodeResult, encodeResult } from './encode.ts';
import type { EpochResult, EvidenceCase, JudgeEvidence } from './epoch.ts';
import { attestationOf, claimOf, rewardTree } from './rewards.ts';

const souk = 10n ** 18n;
const [owner, alice, bob, carol, delegator] = [1, 2, 3, 4, 5].map(account) as [
  Address,
  Address,
  Address,
  Address,
  Address,
];
const miners = [16, 17, 18].map(account) as [Address, Address, Address];
const all = [alice, bob, carol];
const budget = 1_000_000n;

/** What is opened as 0x01 is good. */
const judge: JudgeEvidence = ({ evidence }) => (evidence === '0x01' ? 'shown' : 'score-differs');

/** Three validators with the same stake; miners 1 and 2. */
function twoMiners(): MadeUpSubnet {
  const subnet = makeUpSubnet(owner);
  for (const validator of all) subnet.stake(validator, validator, 100n * souk);
  subnet.register(1, miners[0]);
  subnet.register(2, miners[1]);
  return subnet;
}

/** As `twoMiners`, everybody agreeing on 3 : 1 in each of `epochs` epochs. */
function inAgreement(epochs = 1): MadeUpSubnet {
  const subnet = twoMiners();
  for (let epoch = 0; epoch < epochs; epoch += 1) {
    for (const validator of all) subnet.handIn(epoch, validator, [{ 1: 3, 2: 1 }]);
  }
  return subnet;
}

function compute({ subnet, events }: MadeUpSubnet, epochs: number, by: JudgeEvidence = judge) {
  const facts = madeUpFacts(epochs, budget);
  return computeEpochs({ subnet, events, from: 0, facts, previous: undefined }, by);
}

function lastOf(subnet: MadeUpSubnet, epochs = 1): EpochResult {
  return compute(subnet, epochs).at(-1)!;
}

const rewardOf = (result: EpochResult, who: Address) => result.rewards.get(who) ?? 0n;
const verdictOf = (result: EpochResult, who: Address) =>
  result.validators.find(({ operator }) => operator === who)?.evidence;

describe('an epoch', () => {
  it('pays owner, miners and validators their shares', () => {
    const result = lastOf(inAgreement());
    expect(result.miners.map(({ reward }) => reward)).toEqual([307_497n, 102_499n]);
    expect(result.validators.map(({ reward }) => reward)).toEqual([136_669n, 136_669n, 136_669n]);
    expect(result.ownerReward).toBe(179_994n);
    expect(rewardOf(result, miners[0])).toBe(307_497n);
    expect(budget - result.assigned).toBeLessThan(10n);
  });

  it('leaves everything for later where nobody weighs anybody, the owner’s part too', () => {
    const subnet = twoMiners();
    for (const validator of all) subnet.handIn(1, validator, [{ 1: 3, 2: 1 }]);
    const [idle, late] = compute(subnet, 2) as [EpochResult, EpochResult];
    expect(idle).toMatchObject({ budget, assigned: 0n, ownerReward: 0n });
    expect(idle.rewards.size).toBe(0);
    expect(late.budget).toBe(2n * budget);
    expect(late.budget - late.assigned).toBeLessThan(20n);
  });

  it('assigns nothing where nobody has stake', () => {
    const result = lastOf(makeUpSubnet(owner));
    expect(result).toMatchObject({ assigned: 0n, miners: [], validators: [], permits: [] });
  });

  it('does not pay a dividend that was not shown to be earned, and keeps it', () => {
    const subnet = twoMiners();
    subnet.handIn(0, alice, [{ 1: 3, 2: 1 }]);
    subnet.handIn(0, bob, [{ 1: 3, 2: 1 }]);
    subnet.handIn(0, carol, [{ 1: 3, 2: 1 }]);
    subnet.handIn(1, alice, [{ 1: 3, 2: 1 }]);
    subnet.handIn(1, bob, [{ 1: 3, 2: 1 }]);
    subnet.handIn(1, carol, [{ 1: 3, 2: 1 }], '0x66');
    const [before, after] = compute(subnet, 2) as [EpochResult, EpochResult];
    expect(verdictOf(after, carol)).toBe('score-differs');
    expect(rewardOf(after, carol)).toBe(rewardOf(before, carol));
    expect(after.budget - after.assigned).toBeGreaterThan(30_000n);
    expect(rewardOf(after, alice) - rewardOf(before, alice)).toBeLessThan(budget / 5n);
  });

  it('says what is wrong with what was handed in', () => {
    const subnet = twoMiners();
    subnet.param('minVersion', 1n);
    subnet.handIn(0, alice, [{ 1: 1 }, { 1: 1 }]);
    subnet.handIn(0, bob, []);
    const result = lastOf(subnet);
    expect(verdictOf(result, alice)).toBe('malformed-weights');
    expect(verdictOf(result, bob)).toBe('no-weights');
    expect(verdictOf(result, carol)).toBe('not-revealed');
    subnet.param('minVersion', 2n);
    expect(verdictOf(lastOf(subnet), alice)).toBe('version-too-old');
  });

  it.each(['0x000000010000000', '0x0000000100000000', '0x00000002000000010000000100000001'] as const)(
    'takes weights that are not canonical for none: %s',
    (weights) => {
      const subnet = inAgreement();
      const events = subnet.events.map((event) =>
        event.kind === 'revealed' && event.operator === alice ? { ...event, weights: [weights] } : event,
      );
      expect(verdictOf(lastOf({ ...subnet, events }), alice)).toBe('malformed-weights');
    },
  );

  it('hears nothing outside the windows', () => {
    const subnet = inAgreement();
    const shift = (kind: string, blocks: number) => ({
      ...subnet,
      events: subnet.events.map((event) =>
        event.kind === kind && 'operator' in event && event.operator === alice
          ? { ...event, block: event.block + blocks }
          : event,
      ),
    });
    expect(verdictOf(lastOf(subnet), alice)).toBe('shown');
    expect(verdictOf(lastOf(shift('revealed', 9)), alice)).toBe('shown');
    expect(verdictOf(lastOf(shift('revealed', 10)), alice)).toBe('not-revealed');
    expect(verdictOf(lastOf(shift('revealed', -1)), alice)).toBe('not-revealed');
    expect(verdictOf(lastOf(shift('opened', 8)), alice)).toBe('shown');
    expect(verdictOf(lastOf(shift('opened', 9)), alice)).toBe('not-opened');
    expect(verdictOf(lastOf(shift('opened', -1)), alice)).toBe('not-opened');
  });

  it('hands the judge what the chain knew', () => {
    const subnet = inAgreement(2);
    const keys = [31, 32, 33].map(account) as [Address, Address, Address];
    for (const [epoch, key] of keys.entries()) subnet.hotKey(alice, key, epoch);
    subnet.serve(1, 8, 0);
    subnet.serve(1, 9, 1);
    const cases: EvidenceCase[] = [];
    compute(subnet, 2, (evidence) => {
      cases.push(evidence);
      return 'shown';
    });
    expect(cases).toHaveLength(6);
    const [first, , , second] = cases;
    expect(first?.before).toEqual(['0x']);
    expect(decodeWeights(second!.before[0]!)).toEqual([
      { registration: 1, weight: 3 },
      { registration: 2, weight: 1 },
    ]);
    expect(second?.operatorOf(2)).toBe(miners[1]);
    expect(second?.operatorOf(3)).toBeUndefined();
    // What changes in an epoch holds from the next on; for keys, both do.
    expect([first?.unitsOf(1), second?.unitsOf(1), second?.unitsOf(2)]).toEqual([0, 8, 0]);
    expect(keys.map((key) => second?.wasHotKeyOf(alice, key))).toEqual([true, true, false]);
  });

  it('counts nothing for a registration that has ended, that never was, or that is the validator’s own', () => {
    const subnet = twoMiners();
    subnet.register(3, alice);
    subnet.deregister(2, miners[1]);
    for (const validator of all) subnet.handIn(0, validator, [{ 1: 1, 2: 1, 3: 2, 9: 5 }]);
    const result = lastOf(subnet);
    expect(result.miners.map(({ registration }) => registration)).toEqual([1, 3]);
    const rows = result.mechanisms[0]!.rows.map(({ weights }) =>
      weights.map(({ registration }) => registration),
    );
    expect(rows).toEqual([[1], [1, 3], [1, 3]]);
  });

  it('counts an absent validator’s stake for as long as the subnet says, and again when it is back', () => {
    const subnet = inAgreement();
    subnet.param('activityEpochs', 2n);
    for (let epoch = 1; epoch < 5; epoch += 1) subnet.handIn(epoch, alice, [{ 1: 3, 2: 1 }]);
    subnet.handIn(4, bob, [{ 1: 3, 2: 1 }]);
    const results = compute(subnet, 5);
    const active = results.map(({ validators }) => validators.map(({ isActive }) => isActive));
    expect(active).toEqual([
      [true, true, true],
      [true, true, true],
      [true, true, true],
      [true, false, false],
      [true, true, false],
    ]);
    // While a third of the stake alone gives weights, more than half says nothing.
    expect(results[2]?.assigned).toBe(0n);
    expect(results[3]?.budget).toBeGreaterThan(3n * budget);
    expect(results[3]!.assigned).toBeGreaterThan((29n * budget) / 10n);
  });

  it('keeps parameters of an epoch until the next begins', () => {
    const subnet = inAgreement(2);
    subnet.param('minersShare', 65_535n, 1);
    const [before, after] = compute(subnet, 2) as [EpochResult, EpochResult];
    expect(before.params.minersShare).toBe(32_767n);
    expect(after.validators.map(({ reward }) => reward)).toEqual([0n, 0n, 0n]);
  });

  it('runs every mechanism for its share, and pays miners what they earn in each', () => {
    const subnet = twoMiners();
    subnet.param('mechanismCount', 2n);
    subnet.param('mechanismSplit1', 13_107n);
    for (const validator of all) subnet.handIn(0, validator, [{ 1: 1 }, { 2: 1 }]);
    const result = lastOf(subnet);
    expect(result.mechanisms.map(({ share }) => share)).toEqual([52_428, 13_107]);
    const [first, second] = result.miners.map(({ reward }) => reward) as [bigint, bigint];
    expect(first).toBe(4n * second + 1n);
    expect(result.miners.map(({ incentive }) => incentive)).toEqual([3_435_973_836n, 858_993_459n]);
  });
});

describe('a validator’s reward', () => {
  it('goes to its delegators by shares, after its take', () => {
    const subnet = inAgreement();
    subnet.stake(alice, delegator, 300n * souk);
    subnet.take(alice, 6553);
    const result = lastOf(subnet);
    const reward = result.validators[0]!.reward;
    const take = (reward * 6553n) / 65_535n;
    expect(rewardOf(result, delegator)).toBe(((reward - take) * 3n) / 4n);
    expect(rewardOf(result, alice)).toBe(take + (reward - take) / 4n);
  });

  it('goes to those who lend it stake, less its take', () => {
    const subnet = inAgreement();
    subnet.children(carol, [{ operator: alice, proportion: 2 ** 31 }], 0);
    subnet.take(alice, 13_107);
    const result = lastOf(subnet);
    const [first, , third] = result.validators;
    expect([first?.stake, third?.stake]).toEqual([150n * souk, 50n * souk]);
    const lent = first!.reward / 3n;
    expect(rewardOf(result, carol)).toBe(third!.reward + lent - (lent * 13_107n) / 65_535n);
  });

  it('is by the stake that a slash has left', () => {
    const subnet = inAgreement();
    subnet.slash(alice, 50n * souk);
    const result = lastOf(subnet);
    expect(result.permits.map(({ stake }) => stake / souk)).toEqual([50n, 100n, 100n]);
    expect(result.validators[0]!.reward * 2n).toBeLessThanOrEqual(result.validators[1]!.reward);
  });

  it('needs a permit: the greatest stakes have one, from the least on', () => {
    const subnet = inAgreement();
    subnet.stake(alice, alice, souk / 2n, 0);
    expect(lastOf(subnet).permits.map(({ operator }) => operator)).toEqual([bob, carol]);
    subnet.param('maxValidators', 1n);
    expect(lastOf(subnet).permits.map(({ operator }) => operator)).toEqual([carol]);
  });
});

describe('who is pruned next', () => {
  it('is who really earned least over the last epochs and is not immune', () => {
    const subnet = inAgreement(3);
    subnet.param('immunityBlocks', 40n);
    subnet.param('pruneEpochs', 2n);
    subnet.register(3, miners[2], 1);
    subnet.register(4, account(19), 2);
    const results = compute(subnet, 3);
    expect(results.map(({ prunable }) => prunable)).toEqual([[], [2, 1], [3, 2, 1]]);
  });

  it('is the earliest among equals, and never more than eight are named', () => {
    const subnet = makeUpSubnet(owner);
    subnet.param('immunityBlocks', 0n);
    for (let registration = 12; registration > 0; registration -= 1) {
      subnet.register(registration, account(20 + registration));
    }
    expect(lastOf(subnet).prunable).toEqual([1, 2, 3, 4, 5, 6, 7, 8]);
  });
});

describe('what an epoch leaves', () => {
  it('can be claimed by everybody who earned, and by nobody else', () => {
    const result = lastOf(inAgreement(3), 3);
    for (const [who, cumulative] of result.rewards) {
      const claim = claimOf(result, who)!;
      expect(claim.cumulative).toBe(cumulative);
      expect(isInMerkleTree(result.rewardRoot, hashReward(who, cumulative), claim.proof)).toBe(true);
    }
    expect(claimOf(result, delegator)).toBeUndefined();
    expect(rewardTree(result.rewards).root).toBe(result.rewardRoot);
  });

  it('is signed with the hashes of what was computed', () => {
    const result = lastOf(inAgreement());
    const { inputs, outputs, rewardRoot, snapshotBlock, total } = result;
    expect(attestationOf(result)).toMatchObject({
      subnet: 7,
      epoch: 0,
      inputs,
      outputs,
      rewardRoot,
      snapshotBlock,
      total,
    });
  });

  it('is the same after being stored, and goes on the same', () => {
    const subnet = inAgreement(3);
    const [first, second] = compute(subnet, 2) as [EpochResult, EpochResult];
    expect(decodeResult(encodeResult(first))).toEqual(first);
    const facts = madeUpFacts(2, budget)[1]!;
    const inputs = { subnet: 7, epoch: 1, facts, events: subnet.events };
    expect(computeEpoch({ ...inputs, previous: decodeResult(encodeResult(first)) }, judge)).toEqual(second);
  });

  it('has other hashes where any input is another', () => {
    const plain = lastOf(inAgreement());
    const other = inAgreement();
    other.take(alice, 1);
    expect(lastOf(other).inputs).not.toBe(plain.inputs);
    expect(lastOf(other).outputs).toBe(plain.outputs);
    const evidence = compute(inAgreement(), 1, () => 'weight-differs')[0]!;
    expect([evidence.inputs === plain.inputs, evidence.outputs === plain.outputs]).toEqual([true, false]);
  });
});

describe('inputs that contradict each other', () => {
  const subnet = inAgreement(2);
  const facts = madeUpFacts(2, budget);
  const { events } = subnet;

  it('are named: the epoch before is missing or another', () => {
    const [first] = compute(subnet, 1);
    const wrong = [
      { from: 1, previous: undefined },
      { from: 0, previous: first },
      { from: 1, previous: { ...first!, subnet: 8 } },
    ];
    for (const one of wrong) {
      expect(() => computeEpochs({ subnet: 7, events, facts, ...one }, judge)).toThrow(/does not follow/);
    }
  });

  it('are named: events do not begin with the subnet', () => {
    const inputs = { subnet: 7, events: events.slice(1), from: 0, facts, previous: undefined };
    expect(() => computeEpochs(inputs, judge)).toThrow(/do not say when it was made/);
  });

  it('are named: less was emitted than was already assigned', () => {
    const [first] = compute(subnet, 1);
    const inputs = { subnet: 7, events, from: 1, facts: [{ ...facts[1]!, accrued: 1000n }], previous: first };
    expect(() => computeEpochs(inputs, judge)).toThrow(/assigned more by epoch 1 than it was emitted/);
  });
});

describe('any subnet', () => {
  const epochs = 4;
  const weight = fc.constantFrom(0, 0, 1, 7, 0xffff_ffff);
  const handed = fc.record({
    rows: fc.array(fc.array(weight, { minLength: 3, maxLength: 3 }), { minLength: 1, maxLength: 2 }),
    evidence: fc.constantFrom('0x01' as const, '0x01' as const, '0x02' as const, undefined),
  });
  const anySubnet = fc
    .record({
      stakes: fc.array(fc.bigInt({ min: 0n, max: 10n * souk }), { minLength: 6, maxLength: 6 }),
      take: fc.integer({ min: 0, max: 11_796 }),
      lent: fc.constantFrom(0, 1, 2 ** 31, 2 ** 32),
      ownerCut: fc.bigInt({ min: 0n, max: 11_796n }),
      minersShare: fc.bigInt({ min: 0n, max: 65_535n }),
      split: fc.bigInt({ min: 0n, max: 65_535n }),
      isYuma3: fc.constantFrom(0n, 1n),
      isLiquidAlpha: fc.constantFrom(0n, 1n),
      handIns: fc.array(fc.array(handed, { minLength: 3, maxLength: 3 }), {
        minLength: epochs,
        maxLength: epochs,
      }),
    })
    .map((wish) => {
      const subnet = makeUpSubnet(owner);
      for (const name of ['ownerCut', 'minersShare', 'isYuma3', 'isLiquidAlpha'] as const)
        subnet.param(name, wish[name]);
      subnet.param('mechanismCount', 2n);
      subnet.param('mechanismSplit1', wish.split);
      for (const [at, validator] of all.entries()) {
        subnet.stake(validator, validator, wish.stakes[at]!);
        subnet.stake(validator, delegator, wish.stakes[at + 3]!, at);
      }
      subnet.take(bob, wish.take);
      subnet.children(carol, [{ operator: bob, proportion: wish.lent }], 1);
      for (const [at, miner] of miners.entries()) subnet.register(at + 1, miner, at);
      for (const [epoch, handIns] of wish.handIns.entries()) {
        for (const [at, { rows, evidence }] of handIns.entries()) {
          if (evidence === undefined) continue;
          const kept = rows.map((row) =>
            Object.fromEntries(row.flatMap((w, to) => (w === 0 ? [] : [[to + 1, w]]))),
          );
          subnet.handIn(epoch, all[at]!, kept, evidence);
        }
      }
      return subnet;
    });

  it('pays no more than was emitted, keeps the rest, and takes nothing back', () => {
    fc.assert(
      fc.property(anySubnet, (subnet) => {
        const facts = madeUpFacts(epochs, budget);
        let before: EpochResult | undefined;
        for (const [epoch, result] of compute(subnet, epochs).entries()) {
          expect(result.budget).toBe(facts[epoch]!.accrued - (before?.total ?? 0n));
          expect(result.assigned).toBeLessThanOrEqual(result.budget);
          expect(result.total).toBe((before?.total ?? 0n) + result.assigned);
          expect([...result.rewards.values()].reduce((sum, reward) => sum + reward, 0n)).toBe(result.total);
          for (const [who, reward] of before?.rewards ?? [])
            expect(rewardOf(result, who)).toBeGreaterThanOrEqual(reward);
          before = result;
        }
      }),
      { numRuns: 60 },
    );
  });

  it('comes out the same in whatever order its events are given', () => {
    const shuffled = anySubnet.chain((subnet) =>
      fc
        .shuffledSubarray(subnet.events, { minLength: subnet.events.length })
        .map((events) => ({ subnet, events })),
    );
    fc.assert(
      fc.property(shuffled, ({ subnet, events }) => {
        expect(compute({ ...subnet, events }, epochs)).toEqual(compute(subnet, epochs));
      }),
      { numRuns: 30 },
    );
  });
});
