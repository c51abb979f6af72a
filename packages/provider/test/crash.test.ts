import { describe, expect, it } from 'vitest';
import type { AcceptRequest } from '@souk/protocol';
import { createWorld, sdl, type World } from './world.ts';

/** Counts effects; at the given one the process is dead: nothing it does after that reaches anything. */
function createFuse(at: number) {
  const dead = Promise.withResolvers<never>();
  dead.promise.catch(() => undefined);
  let count = 0;
  const fuse = {
    isBlown: () => count >= at,
    /** Lets go of whatever hangs in the dead process. */
    bury: () => dead.reject(new Error('killed')),
    hit: () => void (count += 1),
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

/** Does what a patient tenant does, over a provider that may be killed and started again. */
async function walk(world: World, fuse: ReturnType<typeof createFuse>): Promise<AcceptRequest> {
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
  const persist = <T>(what: string, work: () => Promise<T | undefined | false>) =>
    world.until(what, async () => {
      await restartIfDead();
      const attempt = work().catch(() => undefined);
      let settled: { readonly value: T | undefined | false } | undefined;
      void attempt.then((value) => (settled = { value }));
      await world.until(`${what} to answer`, () => settled !== undefined || fuse.isBlown() !== wasKilled);
      return settled?.value;
    });

  const deployment = await world.draft();
  const request = await world.acceptance(deployment, await world.bidOn(deployment));
  const phase = async () => (await world.status(deployment.lease)).phase;
  await persist('the acceptance to be taken', async () => (await world.accept(request)).ok);
  await persist('running', async () => (await phase()) === 'running');
  await persist('ready', async () => {
    await world.ready(deployment.lease);
    return (await world.onChain(deployment.lease)).readyAt > 0;
  });
  await persist('closed', async () => {
    if ((await phase()) !== 'closed') await world.close(deployment.lease);
    return (await phase()) === 'closed';
  });
  fuse.bury();
  await world.until('the dead to be buried', () => Promise.all(burials).then(() => true as const));
  return request;
}

/** An order for all that the machine has to rent: bid on only if nothing is held. */
const whole = sdl.replace('units: 0.5', 'units: 3.2').replace('size: 256Mi', 'size: 6Gi');

async function dieAt(point: number): Promise<{ readonly wasReached: boolean }> {
  const fuse = createFuse(point);
  await using world = await createWorld({
    driver: (driver) => fuse.wires(driver, ['apply', 'remove', 'ensureImage']),
    writer: (writer) => fuse.wires(writer, ['open', 'markReady', 'closeSigned', 'close']),
    store: (store) => fuse.wireStore(store),
    config: { retryMs: 50 },
  });
  const request = await walk(world, fuse);
  const { status } = await world.onChain(request.acceptance.message.order);
  expect(status).toBe('closed');
  expect(await world.driver.list()).toEqual([]);
  expect(world.provider.countLeases()).toBe(0);
  expect(world.chain.calls.get('open')).toBe(1);
  expect(
    (await world.offerOn(await world.draft({ maxRate: 10n ** 9n, deposit: 10n ** 7n }, whole))).kind,
  ).toBe('bid');
  return { wasReached: fuse.isBlown() };
}

describe('a provider killed', () => {
  it('at any step of a lease’s life finds its way, with nothing left over and nothing done twice', async () => {
    let points = 0;
    while ((await dieAt(points + 1)).wasReached) points += 1;
    // Every write of the journal, and before and after each call of driver and chain.
    expect(points).toBeGreaterThan(15);
  }, 120_000);
});
