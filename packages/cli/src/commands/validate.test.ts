import type { ValidatorStatus } from '@souk/subnets';
import { describe, expect, it } from 'vitest';
import { linesOf } from './validate.ts';

const status: ValidatorStatus = {
  subnet: 1,
  head: 100,
  epoch: 7,
  window: 'reveal',
  blocksLeft: 5,
  stake: 1n,
  hasPermit: true,
  mayAttest: true,
  miners: 6,
  scored: 0,
  hasCommitted: false,
  hasRevealed: false,
  hasOpened: false,
  computedEpoch: 5,
  postedEpoch: 5,
  quorumShare: undefined,
  differences: [],
  troubles: {},
};

const events = (now: Partial<ValidatorStatus>, before?: Partial<ValidatorStatus>) =>
  linesOf({ ...status, ...now }, before && { ...status, ...before }).map(
    ({ value }) => `${value.event} ${String(value['epoch'])}`,
  );

describe('what a validator says', () => {
  it('is nothing where nothing has changed', () => {
    expect(events({}, {})).toEqual([]);
  });

  it('is a line for each thing it has done, with the epoch that it was for', () => {
    expect(events({ scored: 3 }, {})).toEqual(['scored 7']);
    expect(events({ hasCommitted: true, hasRevealed: true }, {})).toEqual(['committed 7', 'revealed 6']);
    expect(events({ window: 'open', hasOpened: true }, {})).toEqual(['window 6', 'opened 6']);
    expect(events({ computedEpoch: 6 }, {})).toEqual(['attested 6']);
  });

  it('tells of a new epoch what was done in it already, and says nothing twice', () => {
    const done = { hasCommitted: true, hasRevealed: true, scored: 6 };
    expect(events({ ...done, epoch: 8 }, done)).toEqual([
      'epoch 8',
      'window 7',
      'scored 8',
      'committed 8',
      'revealed 7',
    ]);
    expect(events(done, done)).toEqual([]);
  });
});
