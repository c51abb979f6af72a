/** When an epoch's windows open and close (docs/decisions/0006-epochs-on-chain.md). Pure. */
import type { EpochBlocks } from './epoch.ts';

/** First block of a subnet and blocks of each of its epochs; fixed when it is made. */
export interface Tempo {
  readonly startBlock: number;
  readonly tempo: number;
}

export function blocksOf({ startBlock, tempo }: Tempo, epoch: number): EpochBlocks {
  const start = startBlock + epoch * tempo;
  const end = start + tempo;
  return {
    start,
    end,
    beacon: end + Math.floor(tempo / 3),
    snapshot: end + Math.floor((2 * tempo) / 3),
  };
}

/** The epoch that `block` lies in; the first one's for blocks before it. */
export function epochAt({ startBlock, tempo }: Tempo, block: number): number {
  return Math.max(0, Math.floor((block - startBlock) / tempo));
}
