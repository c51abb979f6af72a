/** A clock that moves only when told. Sleepers wake in the order of their times. */
import type { Clock } from '@souk/protocol';

export interface TestClock extends Clock {
  /** Moves time on, waking sleepers at their own times and letting what they do settle in between. */
  advance(ms: number): Promise<void>;
}

interface Sleeper {
  readonly at: number;
  readonly wake: () => void;
}

export function createTestClock(startMs = Date.UTC(2026, 0, 1)): TestClock {
  let nowMs = startMs;
  let sleepers: readonly Sleeper[] = [];

  return {
    now: () => nowMs,
    sleep: (ms, signal) =>
      new Promise((resolve, reject) => {
        if (signal?.aborted) return reject(signal.reason as Error);
        const sleeper: Sleeper = { at: nowMs + ms, wake: () => resolve() };
        sleepers = [...sleepers, sleeper];
        const abort = () => {
          sleepers = sleepers.filter((other) => other !== sleeper);
          reject(signal?.reason as Error);
        };
        signal?.addEventListener('abort', abort, { once: true });
      }),
    advance: async (ms) => {
      const until = nowMs + ms;
      for (;;) {
        await settle();
        const next = sleepers.filter(({ at }) => at <= until).toSorted((a, b) => a.at - b.at)[0];
        if (next === undefined) break;
        sleepers = sleepers.filter((other) => other !== next);
        nowMs = Math.max(nowMs, next.at);
        next.wake();
      }
      nowMs = until;
      await settle();
    },
  };
}

/** Lets promises that are ready run, without the passing of time. */
async function settle(): Promise<void> {
  for (let turn = 0; turn < 20; turn += 1) await new Promise((resolve) => setImmediate(resolve));
}
