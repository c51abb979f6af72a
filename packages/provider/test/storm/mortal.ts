/**
 * A process that can die at any write: of the journal, of the chain, of the driver, just before it or just after.
 * Once dead, nothing it does reaches anything, and nothing it asks is answered.
 */
export interface Mortal {
  isDead(): boolean;
  /** Die at the `writes`th chance from now; each write has two. */
  arm(writes: number): void;
  disarm(): void;
  /** Lets go of whatever hangs in the dead process, so that it can be disposed of. */
  bury(): void;
  /** Resolves when it dies. */
  readonly died: Promise<void>;
  /** A port whose `methods` are writes. */
  wire<T extends object>(port: T, methods: readonly (keyof T)[]): T;
  /** A store: each transaction is a write. */
  wireStore<T extends { transaction<R>(work: () => R): R }>(store: T): T;
}

export function createMortal(): Mortal {
  const grave = Promise.withResolvers<never>();
  grave.promise.catch(() => undefined);
  const died = Promise.withResolvers<void>();
  let isDead = false;
  let left = Infinity;

  const risk = (): void => {
    left -= 1;
    if (left > 0 || isDead) return;
    isDead = true;
    died.resolve();
  };
  const mustLive = (): void => {
    if (isDead) throw new Error('killed');
  };

  return {
    isDead: () => isDead,
    arm: (writes) => void (left = writes),
    disarm: () => void (left = Infinity),
    bury: () => grave.reject(new Error('killed')),
    died: died.promise,

    wire: (port, methods) =>
      new Proxy(port, {
        get(target, name) {
          const value = Reflect.get(target, name) as unknown;
          if (typeof value !== 'function') return value;
          const call = value.bind(target) as (...args: unknown[]) => unknown;
          const isWrite = methods.includes(name as keyof typeof port);
          return (...args: unknown[]) => {
            if (isDead) return grave.promise;
            if (!isWrite) return call(...args);
            risk();
            if (isDead) return grave.promise;
            const result = call(...args) as Promise<unknown>;
            return result.then(
              (answer) => {
                risk();
                return isDead ? grave.promise : answer;
              },
              (error: unknown) => (isDead ? grave.promise : Promise.reject(error)),
            );
          };
        },
      }),

    wireStore: (store) =>
      new Proxy(store, {
        get(target, name) {
          const value = Reflect.get(target, name) as unknown;
          if (typeof value !== 'function') return value;
          const call = value.bind(target) as (...args: unknown[]) => unknown;
          return (...args: unknown[]) => {
            mustLive();
            if (name !== 'transaction') return call(...args);
            risk();
            mustLive();
            const result = call(...args);
            risk();
            mustLive();
            return result;
          };
        },
      }),
  };
}
