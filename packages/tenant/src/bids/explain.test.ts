import type { Decline } from '@souk/protocol';
import { describe, expect, it } from 'vitest';
import { mergeDeclines } from './explain.ts';

const dear = (ours: bigint): Decline => ({ reason: 'price-below-ours', ceiling: 200_000n, ours });
const noGpu: Decline = { reason: 'no-capacity', resource: 'gpus', needed: 2n, available: 0n };
const oneGpu: Decline = { reason: 'no-capacity', resource: 'gpus', needed: 2n, available: 1n };
const from = (index: number, ...declines: Decline[]) => ({
  operator: `0x${index.toString(16).padStart(40, '0')}` as const,
  declines,
});

describe('why nobody bids', () => {
  it('merges declines into reasons, those that mend most first, each with its mildest case', () => {
    const groups = mergeDeclines([
      from(1, dear(310_000n)),
      from(2, dear(450_000n)),
      from(3, noGpu, dear(250_000n)),
      from(4, oneGpu),
    ]);
    expect(groups.map(({ reason, count, soleCount }) => [reason, count, soleCount])).toEqual([
      ['price-below-ours', 3, 2],
      ['no-capacity', 2, 1],
    ]);
    expect(groups[1]?.sentence).toBe('not enough gpus: needs 2, has 1 free');
  });

  it('counts an operator once per reason, however often it says it', () => {
    const [group] = mergeDeclines([from(1, noGpu, noGpu, oneGpu)]);
    expect(group).toMatchObject({ count: 1, soleCount: 1 });
  });

  it('has nothing to say of nothing', () => {
    expect(mergeDeclines([])).toEqual([]);
  });
});
