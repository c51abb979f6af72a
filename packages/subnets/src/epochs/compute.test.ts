import { type Address, encodeWeights } from '@souk/protocol';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { account, madeUpFacts, type MadeUpSubnet, makeUpSubnet } from '../testing/made-up-subnet.ts';
import { computeEpoch, computeEpochs } from './compute.ts';
import type { EpochResult, EvidenceCase, JudgeEvidence } from './epoch.ts';

const souk = 10n ** 18n;
const [owner, alice, bob, carol] = [account(1), account(2), account(3), account(4)];
const [delegator, firstMiner, secondMiner] = [account(5), account(16), account(17)];
const budget = 1_000_000n;

/** What is opened as 0x01 is good. */
const judge: JudgeEvidence = ({ evidence }) => (evidence === '0x01' ? 'shown' : 'score-differs');

function threeValidators(): MadeUpSubnet {
  const subnet = makeUpSubnet(owner);
  for (const validator of [alice, bob, carol]) subnet.stake(validator, validator, 100n * souk);
  subnet.register(1, firstMiner);
  subnet.register(2, secondMiner);
  return subnet;
}

function compute(
  { subnet, events }: MadeUpSubnet,
  epochs: number,
  by: JudgeEvidence = judge,
): readonly EpochResult[] {
  return computeEpochs(
    { subnet, events, from: 0, facts: madeUpFacts(epochs, budget), previous: undefined },
    by,
  );
}

function rewardOf(result: EpochResult | undefined, account: Address): bigint {
  return result?.rewards.get(account) ?? 0n;
}

describe('an epoch', () => {
  it('pays owner, miners and validators their shares', () => {
    const subnet = threeValidators();
    for (const validator of [alice, bob, carol]) subnet.handIn(0, validator, [{ 1: 3, 2: 1 }]);
    const [result] = compute(subnet, 1);
    expect(result?.miners.map(({ reward }) => reward)).toEqual([307_497n, 102_499n]);
    expect(result?.validators.map(({ reward }) => reward)).toEqual([136_669n, 136_669n, 136_669n]);
    expect(result?.ownerReward).toBe(179_994n);
    expect(rewardOf(result, firstMiner)).toBe(307_497n);
    expect(result!.assigned).toBeLessThanOrEqual(budget);
    expect(result!.assigned).toBeGreaterThan(budget - 100n);
  });
});
