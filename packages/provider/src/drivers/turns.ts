/** Runs work on the same key one at a time, in order. */
export type InTurn = <T>(key: string, work: () => Promise<T>) => Promise<T>;

export function createTurns(): InTurn {
  const last = new Map<string, Promise<unknown>>();
  return async (key, work) => {
    const before = last.get(key) ?? Promise.resolve();
    const mine = before.then(work, work);
    const quiet = mine.catch(() => undefined);
    last.set(key, quiet);
    try {
      return await mine;
    } finally {
      if (last.get(key) === quiet) last.delete(key);
    }
  };
}
