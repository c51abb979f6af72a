/** For killing a provider between any two of its effects. */
import type { World } from './world.ts';

export type Fuse = ReturnType<typeof createFuse>;

/** Counts effects from `arm` on; at the given one the process is dead: nothing it does after that reaches anything. */
export function createFuse(at: number, { isArmed = true } = {}) {
  let isCounting = isArmed;
  const dead = Promise.withResolvers<never>();
  dead.promise.catch(() => undefined);
  let count = 0;
  const fuse = {
    isBlown: () => count >= at,
    /** Lets go of whatever hangs in the dead process. */
    bury: () => dead.reject(new Error('killed')),
    hit: () => void (count += isCounting ? 1 : 0),
    arm: () => void (isCounting = true),
    disarm: () => void (isCounting = false),
    /** The methods named, with a chance to die before and after each. */
    wires<T extends object>(port: T, methods: readonly (keyof T)[]): T {
      return new Proxy(port, {
        get(target, name) {
          const value = Reflect.get(target, name) as unknown;
          if (typeof value !== 'function') return value;
          const call = value.bind(target) as (...args: unknown[]) => unknown;
          if (fuse.isBlown()) return () => dead.promise;
          if (!methods.includes(name as keyof T)) return call;
          return async (...args: unknown[]) => {
            fuse.hit();
            if (fuse.isBlown()) return dead.promise;
            const result = await call(...args);
            fuse.hit();
            return fuse.isBlown() ? dead.promise : result;
          };
        },
      });
    },
    wireStore<T extends { run(sql: string, ...values: never[]): void }>(store: T): T {
      return new Proxy(store, {
        get(target, name) {
          const value = Reflect.get(target, name) as unknown;
          if (name !== 'run') return typeof value === 'function' ? value.bind(target) : value;
          return (sql: string, ...values: never[]) => {
            if (fuse.isBlown()) throw new Error('killed');
            // The cursor alone moves with every block; that is tested with the follower.
            if (sql.includes('leases')) fuse.hit();
            if (fuse.isBlown()) throw new Error('killed');
            target.run(sql, ...values);
          };
        },
      });
    },
  };
  return fuse;
}

/** A tenant that asks until it gets what it wants, over a provider that may be killed and is started again then. */
export function createPatience(world: World, fuse: Fuse) {
  let wasKilled = false;
  const burials: Promise<unknown>[] = [];
  const restartIfDead = async () => {
    if (wasKilled || !fuse.isBlown()) return;
    wasKilled = true;
    await world.providerPeer[Symbol.asyncDispose]();
    // A dead process says no goodbye: what its goodbye would say reaches nothing.
    burials.push(Promise.resolve(world.provider[Symbol.asyncDispose]()).catch(() => undefined));
    await world.start({ driver: (d) => d, writer: (w) => w, store: (s) => s });
  };
  return {
    persist: <T>(what: string, work: () => Promise<T | undefined | false>) =>
      world.until(what, async () => {
        await restartIfDead();
        const attempt = work().catch(() => undefined);
        let settled: { readonly value: T | undefined | false } | undefined;
        void attempt.then((value) => (settled = { value }));
        await world.until(`${what} to answer`, () => settled !== undefined || fuse.isBlown() !== wasKilled);
        return settled?.value;
      }),
    end: async () => {
      fuse.disarm();
      fuse.bury();
      await world.until('the dead to be buried', () => Promise.all(burials).then(() => true as const));
    },
  };
}
