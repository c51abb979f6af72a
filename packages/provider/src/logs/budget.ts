/** A rate shared by many: who takes more than there is waits for the next slice of time. */
import type { Clock } from '@souk/protocol';

export interface Budget {
  /** Takes one, and says how long to wait before the next; 0 where there is more. */
  take(): number;
}

const sliceMs = 100;

export function createBudget(clock: Clock, perSecond: number): Budget {
  const perSlice = Math.max(1, Math.floor((perSecond * sliceMs) / 1000));
  let slice = 0;
  let left = perSlice;
  return {
    take() {
      const now = clock.now();
      const current = Math.floor(now / sliceMs);
      if (current !== slice) {
        slice = current;
        left = perSlice;
      }
      left -= 1;
      return left > 0 ? 0 : (current + 1) * sliceMs - now;
    },
  };
}
