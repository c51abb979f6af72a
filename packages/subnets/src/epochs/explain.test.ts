import { describe, expect, it } from 'vitest';
import { one } from '../engine/fixed.ts';
import { account, madeUpFacts, makeUpSubnet } from '../testing/made-up-subnet.ts';
import { computeEpochs } from './compute.ts';
import type { EpochResult } from './epoch.ts';
import { explainMiner, metagraphOf } from './explain.ts';

const souk = 10n ** 18n;
const [owner, alice, bob] = [account(1), account(2), account(3)] as const;

/** Alice has three times the stake of bob; the last epoch of three. Miner 3 came in that one. */
function lastEpoch(): EpochResult {
  const subnet = makeUpSubnet(owner);
  subnet.param('immunityBlocks', 60n);
  subnet.stake(alice, alice, 300n * souk);
  subnet.stake(bob, bob, 100n * souk);
  subnet.register(1, account(21));
  subnet.register(2, account(22));
  subnet.register(3, account(23), 2);
  for (const epoch of [0, 1, 2]) {
    subnet.handIn(epoch, alice, [{ 1: 300, 2: 100 }]);
    subnet.handIn(epoch, bob, [{ 1: 100, 2: 300 }], epoch === 2 ? '0x66' : '0x01');
  }
  const facts = madeUpFacts(3, 1_000_000n);
  const judge = ({ evidence }: { readonly evidence: string }) =>
    evidence === '0x01' ? 'shown' : 'not-in-log';
  return computeEpochs({ subnet: 7, events: subnet.events, from: 0, facts, previous: undefined }, judge).at(
    -1,
  )!;
}

describe('why a miner stands where it stands', () => {
  it('is its rank, its margin, its immunity and the exact inputs of its reward', () => {
    const result = lastEpoch();
    const explained = explainMiner(result, 1)!;
    expect(explained).toMatchObject({
      rank: 1,
      miners: 3,
      slots: 256,
      epochs: 3,
      pruningPlace: 2,
      immuneBlocksLeft: 0,
    });
    const second = explainMiner(result, 2)!;
    expect(explained.margin).toBe(explained.earned - second.earned);
    expect(second).toMatchObject({ rank: 2, pruningPlace: 1, margin: second.earned - explained.earned });
    expect(explained.mechanisms).toEqual([
      {
        mechanism: 0,
        share: 65_535,
        consensus: BigInt((one / 4) * 3),
        incentive: result.miners[0]!.incentive,
        votes: [
          {
            validator: alice,
            stakeShare: BigInt((one / 4) * 3),
            isActive: true,
            evidence: 'shown',
            weight: 300,
            weightShare: BigInt((one / 4) * 3),
            clipped: BigInt((one / 4) * 3),
          },
          {
            validator: bob,
            stakeShare: BigInt(one / 4),
            isActive: true,
            evidence: 'not-in-log',
            weight: 0,
            weightShare: 0n,
            clipped: 0n,
          },
        ],
      },
    ]);
  });

  it('tells a newcomer how long it is immune', () => {
    expect(explainMiner(lastEpoch(), 3)).toMatchObject({
      rank: 3,
      earned: 0n,
      pruningPlace: undefined,
      immuneBlocksLeft: 31,
    });
  });

  it('is nothing for a miner that the epoch does not have', () => {
    expect(explainMiner(lastEpoch(), 4)).toBeUndefined();
  });
});

describe('a metagraph', () => {
  it('has the miners of that epoch, the best first', () => {
    const result = lastEpoch();
    const graph = metagraphOf(result);
    expect(graph).toMatchObject({ subnet: 7, epoch: 2, endBlock: 190, prunable: [2, 1] });
    expect(graph.miners.map(({ registration, rank, reward }) => [registration, rank, reward])).toEqual([
      [1, 1, result.miners[0]!.reward],
      [2, 2, result.miners[1]!.reward],
      [3, 3, 0n],
    ]);
    expect(graph.validators.map(({ operator }) => operator)).toEqual([alice, bob]);
  });
});
