/** Work that outlasts a round of the watch: at most one of a key at a time, all of it ended when the watch ends. */
export interface Jobs extends AsyncDisposable {
  /** Nothing happens where one of this key runs. `work` never throws. */
  start(key: string, work: (signal: AbortSignal) => Promise<void>): void;
  isRunning(key: string): boolean;
  /** Aborts the job of this key, if there is one. */
  stop(key: string): void;
}

export function createJobs(): Jobs {
  const running = new Map<string, { readonly over: AbortController; readonly done: Promise<void> }>();
  return {
    start: (key, work) => {
      if (running.has(key)) return;
      const over = new AbortController();
      const done = work(over.signal).finally(() => running.delete(key));
      running.set(key, { over, done });
    },
    isRunning: (key) => running.has(key),
    stop: (key) => running.get(key)?.over.abort(new Error('not wanted any more')),
    [Symbol.asyncDispose]: async () => {
      const all = [...running.values()];
      for (const { over } of all) over.abort(new Error('the watch ends'));
      await Promise.allSettled(all.map(({ done }) => done));
    },
  };
}
