import type { Decline } from '@souk/protocol';
import { describe, expect, it } from 'vitest';
import { explainDeclines } from './explain.ts';

const dear = (ours: bigint): Decline => ({ reason: 'price-below-ours', ceiling: 200_000n, ours });
const noGpu: Decline = { reason: 'no-capacity', resource: 'gpus', needed: 2n, available: 0n };
const oneGpu: Decline = { reason: 'no-capacity', resource: 'gpus', needed: 2n, available: 1n };
const from = (index: number, ...declines: Decline[]) => ({
  operator: `0x${index.toString(16).padStart(40, '0')}` as const,
  declines,
});

describe('why nobody bids', () => {
  it('merges declines into reasons, those that mend most first, each with its mildest case', () => {
    const explained = explainDeclines([
      from(1, dear(310_000n)),
      from(2, dear(450_000n)),
      from(3, noGpu, dear(250_000n)),
      from(4, oneGpu),
    ]);
    expect(explained.operators).toBe(4);
    expect(explained.groups.map(({ reason, count, soleCount }) => [reason, count, soleCount])).toEqual([
      ['price-below-ours', 3, 2],
      ['no-capacity', 2, 1],
    ]);
    expect(explained.groups[1]?.sentence).toBe('not enough gpus: needs 2, has 1 free');
  });

  it('names the lowest price of those that lack nothing else', () => {
    expect(explainDeclines([from(1, dear(310_000n)), from(2, noGpu, dear(250_000n))]).lowestPrice).toBe(
      310_000n,
    );
    expect(explainDeclines([from(2, noGpu, dear(250_000n))]).lowestPrice).toBe(250_000n);
    expect(explainDeclines([from(2, noGpu)]).lowestPrice).toBeUndefined();
  });

  it('counts an operator once per reason, however often it says it', () => {
    const [group] = explainDeclines([from(1, noGpu, noGpu, oneGpu)]).groups;
    expect(group).toMatchObject({ count: 1, soleCount: 1 });
  });

  it('has nothing to say of nothing', () => {
    expect(explainDeclines([])).toEqual({ operators: 0, groups: [], lowestPrice: undefined });
  });
});
