import { hashText } from '@souk/protocol';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { blocksOf } from '../epochs/blocks.ts';
import { seededRandom } from '../mechanisms/random.ts';
import { type Candidate, chooseMiners, commitBlocks, roundsDue } from './schedule.ts';

const tempo = fc.integer({ min: 12, max: 5_000 });

describe('the schedule of an epoch', () => {
  it('begins every round in its part of the epoch, in order, each validator in its turn', () => {
    const wish = fc.record({
      tempo,
      rounds: fc.integer({ min: 1, max: 64 }),
      rank: fc.nat(63),
      of: fc.integer({ min: 1, max: 64 }),
    });
    fc.assert(
      fc.property(wish, (given) => {
        const blocks = blocksOf({ startBlock: 100, tempo: given.tempo }, 3);
        const turn = { rank: given.rank % given.of, of: given.of };
        const due = (block: number) =>
          roundsDue(blocks, { rounds: given.rounds, turn, askShare: 0.7, block });
        const counts = Array.from({ length: given.tempo }, (_, at) => due(blocks.start + at));
        expect(counts.every((count, at) => at === 0 || count >= counts[at - 1]!)).toBe(true);
        expect(due(blocks.start - 1)).toBe(0);
        expect(due(blocks.start + Math.ceil(given.tempo * 0.7))).toBe(given.rounds);
      }),
    );
  });

  it('leaves two blocks for a commit to be mined, however short the epoch', () => {
    fc.assert(
      fc.property(tempo, fc.double({ min: 0.1, max: 0.95, noNaN: true }), (length, commitShare) => {
        const blocks = blocksOf({ startBlock: 7, tempo: length }, 0);
        const { from, atLast, until } = commitBlocks(blocks, { askShare: 0.7, commitShare });
        expect(from >= blocks.start && from <= atLast && atLast < until && until + 1 < blocks.end).toBe(true);
      }),
    );
  });
});

describe('choosing miners', () => {
  const random = () => seededRandom(hashText('lots'));

  /** As rounds do: who was asked in earlier rounds is counted. */
  function play(
    miners: readonly { readonly id: number; readonly isNew: boolean }[],
    rounds: number,
    max: number,
  ) {
    const asked = new Map<number, number>();
    for (let round = 0; round < rounds; round += 1) {
      const candidates: Candidate[] = miners.map(({ id, isNew }) => ({
        registration: id,
        asked: asked.get(id) ?? 0,
        isNew,
      }));
      for (const id of chooseMiners(candidates, max, seededRandom(hashText(`lots ${round}`)))) {
        asked.set(id, (asked.get(id) ?? 0) + 1);
      }
    }
    return asked;
  }

  it('asks every newcomer in its first whole epoch, and everybody where there are tasks enough', () => {
    const miners = fc.uniqueArray(fc.record({ id: fc.integer({ min: 1, max: 500 }), isNew: fc.boolean() }), {
      selector: ({ id }) => id,
      minLength: 1,
      maxLength: 80,
    });
    fc.assert(
      fc.property(
        miners,
        fc.integer({ min: 1, max: 8 }),
        fc.integer({ min: 1, max: 60 }),
        (all, rounds, max) => {
          const asked = play(all, rounds, max);
          const newcomers = all.filter(({ isNew }) => isNew);
          const isEnough = rounds * max >= all.length;
          const mustBeAsked = isEnough
            ? all
            : newcomers.slice(0, newcomers.length <= rounds * max ? newcomers.length : 0);
          expect(mustBeAsked.filter(({ id }) => !asked.has(id))).toEqual([]);
          const counts = all.map(({ id }) => asked.get(id) ?? 0);
          expect(Math.max(...counts) - Math.min(...counts)).toBeLessThanOrEqual(1);
        },
      ),
    );
  });

  it('is the same whatever order the candidates come in', () => {
    const candidates = Array.from({ length: 30 }, (_, at) => ({
      registration: at + 1,
      asked: at % 3,
      isNew: at % 7 === 0,
    }));
    expect(chooseMiners(candidates.toReversed(), 9, random())).toEqual(chooseMiners(candidates, 9, random()));
  });
});
