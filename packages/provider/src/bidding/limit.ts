/** Run at most so many at once, with a bounded queue of those that wait. */
export interface Limit {
  /** Runs `work` when there is room. False where the queue is full: then it never runs. */
  submit(work: () => Promise<void>): boolean;
  /** Resolves when nothing runs or waits. */
  idle(): Promise<void>;
}

/** `work` must not reject. */
export function createLimit(concurrency: number, queueLimit: number): Limit {
  const waiting: (() => Promise<void>)[] = [];
  const watchers: (() => void)[] = [];
  let running = 0;
  const next = () => {
    const work = running < concurrency ? waiting.shift() : undefined;
    if (work) {
      running += 1;
      void work().finally(() => {
        running -= 1;
        next();
      });
    } else if (running === 0) {
      for (const done of watchers.splice(0)) done();
    }
  };
  return {
    submit(work) {
      if (waiting.length >= queueLimit) return false;
      waiting.push(work);
      next();
      return true;
    },
    idle: () => (running === 0 ? Promise.resolve() : new Promise((resolve) => watchers.push(resolve))),
  };
}
