import { createKey, encodeJson, localKey } from '@souk/protocol';
import { describe, expect, it } from 'vitest';
import {
  createMemoryStore,
  createMemoryWishes,
  createWorld,
  token,
  wish,
  type World,
} from '../testing/world.ts';
import type { FakeProvider, Script } from '../testing/fake-provider.ts';
import type { OrderWish, Tenant, WatchNews } from '../types.ts';
import { checkRights } from './standby.ts';

const window = 600;

/** A deployment at the cheaper of two providers, with its wish kept; the dearer one is there to take over. */
async function deployed(
  settings: Parameters<typeof createWorld>[0] = {},
  extra: Partial<OrderWish> = {},
  scripts: { first?: Partial<Script>; second?: Partial<Script> } = {},
) {
  const world = await createWorld({ closeConfirmMs: 2_000, ...settings });
  const first = await world.provider({ rate: 360_000n, ...scripts.first });
  const tenant = tenantOf(world);
  await using auctions = await world.run(tenant.order(wish('web', extra)));
  const [best] = await world.run(auctions.groups[0]!.waitForBids({ count: 1 }));
  const opened = await world.run(auctions.groups[0]!.accept(best!).result);
  const lease = opened.ok ? opened.group.lease : '0x';
  const second = await world.provider({ rate: 720_000n, ...scripts.second });
  return { world, first, second, tenant, lease };
}

const tenantOf = (world: World) =>
  world.tenant({ wishes: world.wishes, writer: world.chain.writer(world.wallet) });

function watch(world: World, tenant: Tenant) {
  const news: WatchNews[] = [];
  const stop = new AbortController();
  const watching = tenant.watch({ signal: stop.signal, onNews: (one) => void news.push(one) });
  const end = async () => {
    stop.abort(new Error('over'));
    await world.run(watching);
  };
  return { news, end };
}

async function kill(world: World, provider: FakeProvider): Promise<void> {
  world.http.down.add(provider.url);
  await provider.peer[Symbol.asyncDispose]();
}

const kinds = (news: readonly WatchNews[]) => news.map((one) => one.kind);
const find = <K extends WatchNews['kind']>(news: readonly WatchNews[], kind: K) =>
  news.find((one): one is WatchNews & { kind: K } => one.kind === kind);

async function onChain(world: World) {
  const events = await world.chain.reads.eventsSince(0);
  const opened = events.filter((event) => event.kind === 'lease-opened');
  const closed = events.filter((event) => event.kind === 'lease-closed');
  const open = opened.filter((one) => !closed.some((end) => end.lease === one.lease));
  return { opened, closed, open };
}

const groupOf = async (tenant: Tenant) => (await tenant.list())[0]!.groups[0]!;

describe('a deployment whose provider dies', () => {
  it('is left with clawback and ordered elsewhere under its name, in less than a minute', async () => {
    const { world, first, second, tenant, lease } = await deployed();
    const { news, end } = watch(world, tenant);
    await world.pass(100);
    await kill(world, first);
    const deadAt = world.chain.now();
    await world.pass(60);
    await end();

    expect(kinds(news)).toEqual(['unhealthy', 'failing-over', 'closed', 'moved']);
    const { receipt } = find(news, 'closed')!;
    expect(receipt).toMatchObject({ lease, by: 'agent', wasReady: true });
    expect(receipt.effectiveAt).toBeLessThanOrEqual(deadAt);
    expect(receipt.effectiveAt).toBeGreaterThan(deadAt - 5);
    expect(receipt.clawedBack).toBeGreaterThan(0n);
    expect(receipt.clawedBack).toBeLessThanOrEqual(100n * BigInt(window));
    const moved = find(news, 'moved')!;
    expect(moved).toMatchObject({ from: first.key.address, to: second.key.address });
    expect(moved.seconds).toBeLessThan(15);
    expect(moved.lostSeconds).toBeLessThan(45);

    const [record] = await tenant.list();
    expect(record).toMatchObject({
      closedAt: null,
      leaving: [],
      history: [{ lease, operator: first.key.address, receipt: { lease } }],
      groups: [{ phase: 'ready', replaces: null, terms: { operator: second.key.address } }],
    });
    expect((await onChain(world)).open).toMatchObject([{ terms: { operator: second.key.address } }]);
    expect(second.accepted.at(-1)!.runtime.deployment).toBe(first.accepted.at(-1)!.runtime.deployment);
  });

  it('goes to the best that has not failed it, however cheap the failed one would be again', async () => {
    const { world, first, second, tenant } = await deployed();
    const { end } = watch(world, tenant);
    await world.pass(10);
    world.http.down.add(first.url);
    await world.pass(60);
    await end();
    expect(first.answers.length).toBeGreaterThan(1);
    expect((await groupOf(tenant)).terms?.operator).toBe(second.key.address);
    const { closed } = await onChain(world);
    expect(closed).toMatchObject([{ by: 'agent', clawedBack: 0n }]);
  });

  it('goes back to the one that failed it where nobody else bids, and until then holds nothing of it', async () => {
    const { world, first, second, tenant } = await deployed();
    const { news, end } = watch(world, tenant);
    await world.pass(10);
    await kill(world, second);
    world.http.down.add(first.url);
    await world.pass(20);
    world.http.down.delete(first.url);
    await world.pass(60);
    await end();
    expect(kinds(news).filter((kind) => kind === 'not-moved')).toHaveLength(2);
    expect(first.answers).toEqual(['noted', 'enough', 'enough', 'noted']);
    expect(find(news, 'moved')).toMatchObject({ from: first.key.address, to: first.key.address });
    expect((await onChain(world)).open).toHaveLength(1);
  });

  it('waits for an offer, with a reason told and a new order each time, and takes the first', async () => {
    const { world, first, second, tenant } = await deployed();
    second.script.offer = () => undefined;
    const { news, end } = watch(world, tenant);
    await world.pass(10);
    await kill(world, first);
    await world.pass(90);
    const told = news.filter((one) => one.kind === 'not-moved');
    expect(told.length).toBeGreaterThan(2);
    expect(told.length).toBeLessThan(10);
    expect(told[0]).toMatchObject({ reason: 'no-bids', detail: 'no provider made an offer' });
    delete second.script.offer;
    await world.pass(90);
    await end();
    expect(find(news, 'moved')).toMatchObject({ to: second.key.address });
    expect((await onChain(world)).opened).toHaveLength(2);
  });

  it('goes on to the next where the replacement does not come up', async () => {
    const { world, first, tenant } = await deployed({}, {}, { second: { phases: ['pulling', 'failed'] } });
    const third = await world.provider({ rate: 900_000n });
    const { news, end } = watch(world, tenant);
    await world.pass(10);
    await kill(world, first);
    await world.pass(90);
    await end();
    expect(news.filter((one) => one.kind === 'not-moved')).toMatchObject([{ reason: 'start-failed' }]);
    expect(find(news, 'moved')).toMatchObject({ from: first.key.address, to: third.key.address });
    expect((await onChain(world)).open).toHaveLength(1);
  });

  it('is only closed where fail-over was not wished, or its wish is lost', async () => {
    for (const extra of [{ failover: false }, {}]) {
      const { world, first, tenant } = await deployed({}, extra);
      if (extra.failover === undefined) await world.wishes.remove('web');
      const { news, end } = watch(world, tenant);
      await world.pass(10);
      await kill(world, first);
      await world.pass(90);
      await end();
      const refused = extra.failover === undefined ? ['not-moved'] : [];
      expect(kinds(news)).toEqual(['unhealthy', ...refused, 'closed']);
      expect((await tenant.list())[0]!.closedAt).not.toBeNull();
      expect((await onChain(world)).opened).toHaveLength(1);
    }
  });
});

describe('what is taken for a failure', () => {
  it.each(['crash-looping', 'out-of-capacity', 'failed'] as const)('a workload that is %s', async (phase) => {
    const { world, first, second, tenant } = await deployed();
    const { end } = watch(world, tenant);
    await world.pass(10);
    first.script.phases = [phase];
    await world.pass(60);
    await end();
    expect((await groupOf(tenant)).terms?.operator).toBe(second.key.address);
  });

  it.each(['paused', 'updating'] as const)('not one that is %s', async (phase) => {
    const { world, first, tenant } = await deployed();
    const { news, end } = watch(world, tenant);
    await world.pass(10);
    first.script.phases = [phase];
    world.http.down.add(first.url);
    await world.pass(120);
    await end();
    expect(kinds(news)).toEqual([]);
  });

  it('a lease that its operator ends by itself, but none that its tenant ends', async () => {
    const { world, first, second, tenant } = await deployed();
    const { news, end } = watch(world, tenant);
    await world.pass(10);
    const { lease, terms } = await groupOf(tenant);
    await world.run(world.chain.writer(first.key).close({ lease, terms: terms! }, world.chain.now()));
    await world.pass(40);
    expect(kinds(news)).toEqual(['closed', 'failing-over', 'moved']);
    expect((await groupOf(tenant)).terms?.operator).toBe(second.key.address);
    await world.run(tenant.close('web'));
    await world.pass(40);
    await end();
    expect((await onChain(world)).opened).toHaveLength(2);
    expect(await world.wishes.load('web')).toBeUndefined();
  });

  it('notice that the provider takes the capacity back: the successor is ready before the lease is left', async () => {
    const { world, first, tenant, lease } = await deployed();
    const { news, end } = watch(world, tenant);
    await world.pass(10);
    first.script.reclaimAt = world.chain.now() + 300;
    await world.pass(60);
    await end();
    expect(kinds(news)).toEqual(['failing-over', 'moved', 'closed']);
    expect(find(news, 'closed')!.receipt).toMatchObject({ lease, clawedBack: 0n });
    expect(find(news, 'moved')!.lostSeconds).toBeLessThan(15);
  });
});

describe('a fail-over and money', () => {
  /** A token every 100 seconds. */
  const dear = (maxTotal: bigint): Parameters<typeof deployed> => [
    {},
    { maxTotal, maxRate: () => 100n * token },
    { first: { rate: 36n * token }, second: { rate: 36n * token } },
  ];

  it('stays within what the deployment may cost in all', async () => {
    const { world, first, tenant } = await deployed(...dear(6n * token));
    const { end } = watch(world, tenant);
    await world.pass(200);
    await kill(world, first);
    await world.pass(60);
    await end();
    const [record] = await tenant.list();
    const { deposit } = record!.groups[0]!.order.message;
    expect(deposit).toBeLessThan(5n * token);
    const receipt = record!.history[0]!.receipt!;
    expect(record!.spent).toBe(receipt.paid + receipt.clawedBack);
    expect(record!.spent + deposit).toBeLessThanOrEqual(6n * token);
  });

  it('closes and says so when nothing is left of it', async () => {
    const { world, first, tenant } = await deployed(...dear(token));
    const { news, end } = watch(world, tenant);
    await world.pass(200);
    await kill(world, first);
    await world.pass(60);
    await end();
    expect(find(news, 'not-moved')).toMatchObject({ reason: 'over-budget', nextTryAt: null });
    expect((await onChain(world)).open).toHaveLength(0);
  });

  it('waits for the refund where the balance is too small for both deposits', async () => {
    const { world, first, second, tenant } = await deployed({}, { deposit: () => 60n * token });
    const { news, end } = watch(world, tenant);
    await world.pass(10);
    await kill(world, first);
    await world.pass(90);
    await end();
    expect(find(news, 'moved')).toMatchObject({ to: second.key.address });
  });
});

describe('a deployment that is closed meanwhile', () => {
  it('is not ordered again, whenever in the fail-over it is closed', async () => {
    for (const after of ['failing-over', 'closed', 'moved']) {
      const { world, first, tenant } = await deployed();
      const { news, end } = watch(world, tenant);
      await world.pass(10);
      await kill(world, first);
      for (let tries = 0; tries < 180 && !kinds(news).some((kind) => kind === after); tries += 1) {
        await world.clock.advance(500);
        world.chain.mine();
      }
      // As by `souk close` in a process of its own.
      await world.run(
        tenantOf(world)
          .close('web')
          .catch(() => []),
      );
      await world.pass(200);
      await end();
      expect(await onChain(world)).toMatchObject({ open: [] });
      const [record] = await tenant.list();
      expect(record).toMatchObject({ leaving: [], groups: [{ isWanted: false }] });
      expect(record!.closedAt).not.toBeNull();
    }
  });
});

describe('a watch', () => {
  /** Dies at its `count`th save after the provider's death; another one takes over. */
  async function dieAtSave(count: number) {
    const { world, first, second, tenant, lease } = await deployed();
    const dying = watch(world, tenant);
    await world.pass(10);
    await kill(world, first);
    let saves = 0;
    world.store.crashWhen = () => (saves += 1) >= count;
    await world.pass(30);
    await dying.end();
    await world.run(Promise.resolve(tenant[Symbol.asyncDispose]()));
    world.store.crashWhen = undefined;
    const heir = tenantOf(world);
    const { end } = watch(world, heir);
    await world.pass(60);
    await end();
    return { world, second, heir, lease, saves };
  }

  it('that is killed at any write of its record is carried on by the next: one lease, the old one settled', async () => {
    let isOver = false;
    for (let count = 1; !isOver; count += 1) {
      const { world, second, heir, lease, saves } = await dieAtSave(count);
      isOver = saves < count;
      const { opened, open, closed } = await onChain(world);
      expect(opened, `died at save ${count}`).toHaveLength(2);
      expect(open, `died at save ${count}`).toMatchObject([{ terms: { operator: second.key.address } }]);
      expect(closed).toMatchObject([{ lease }]);
      expect(await heir.list()).toMatchObject([
        { leaving: [], groups: [{ phase: 'ready', replaces: null }], history: [{ lease }] },
      ]);
      expect(count).toBeLessThan(30);
    }
  });

  it('beside another never orders twice', async () => {
    const { world, first, tenant } = await deployed();
    const other = tenantOf(world);
    const watches = [watch(world, tenant), watch(world, other)];
    await world.pass(10);
    await kill(world, first);
    await world.pass(120);
    for (const { end } of watches) await end();
    const { opened, open } = await onChain(world);
    expect(opened).toHaveLength(2);
    expect(open).toHaveLength(1);
  });
});

describe('a delegate', () => {
  /** A machine without the wallet: records, wish and gas of its own. */
  async function delegated(count: number) {
    const home = await deployed();
    const { world, tenant } = home;
    const { record, wish: kept } = await tenant.delegate('web', { count });
    const [store, wishes, gas] = [createMemoryStore(), createMemoryWishes(), createKey()];
    await store.save(record);
    if (kept) await wishes.save('web', kept);
    world.chain.giveGas(gas.address, 10n ** 18n);
    const wallet = { address: world.wallet.address, sign: () => Promise.reject(new Error('no wallet here')) };
    const writer = world.chain.writer(gas);
    const away = world.tenant({ store, wishes, wallet, writer, canOrder: false });
    return { ...home, away, record };
  }

  it('holds no key but those that can end its leases, and of orders signed for it', async () => {
    const { record, tenant } = await delegated(2);
    const own = await groupOf(tenant);
    const text = encodeJson(record);
    expect(text).not.toContain(own.agentKey);
    expect(record.groups[0]!.agentKey).toBe(own.watcherKey);
    expect(record.groups[0]!.standby).toHaveLength(2);
    checkRights(record);
    const stranger = { ...record.groups[0]!, agentKey: createKey().privateKey };
    expect(() => checkRights({ ...record, groups: [stranger] })).toThrow(
      'is not the one that its order names',
    );
  });

  it('moves the deployment without the wallet; home finds what it did, and closes it', async () => {
    const { world, first, second, tenant, away, lease } = await delegated(1);
    const { news, end } = watch(world, away);
    await world.pass(10);
    await kill(world, first);
    await world.pass(60);
    await end();
    expect(find(news, 'closed')!.receipt).toMatchObject({ lease, by: 'watcher' });
    expect(find(news, 'moved')).toMatchObject({ to: second.key.address });

    const peersOf = async () => second.peer.addresses();
    const home = world.tenant({ wishes: world.wishes, writer: world.chain.writer(world.wallet), peersOf });
    const back = watch(world, home);
    await world.pass(30);
    await back.end();
    expect((await onChain(world)).opened).toHaveLength(2);
    expect(await groupOf(tenant)).toMatchObject({ phase: 'ready', terms: { operator: second.key.address } });
    await world.run(home.close('web'));
    expect((await onChain(world)).open).toEqual([]);
  });

  it('and home that both move it open one lease', async () => {
    const { world, first, second, away } = await delegated(1);
    const peersOf = async () => second.peer.addresses();
    const home = world.tenant({ wishes: world.wishes, writer: world.chain.writer(world.wallet), peersOf });
    const watches = [watch(world, away), watch(world, home)];
    await world.pass(10);
    await kill(world, first);
    await world.pass(120);
    for (const { end } of watches) await end();
    const { opened, open } = await onChain(world);
    expect(opened).toHaveLength(2);
    expect(open).toHaveLength(1);
  });

  it('without orders only closes, and nothing that home ends is ordered again', async () => {
    const { world, first, away } = await delegated(0);
    const { news, end } = watch(world, away);
    await world.pass(10);
    await kill(world, first);
    await world.pass(60);
    await end();
    expect(kinds(news)).toEqual(['unhealthy', 'closed']);
    const other = await delegated(2);
    const idle = watch(other.world, other.away);
    await other.world.run(other.tenant.close('web'));
    await other.world.pass(60);
    await idle.end();
    expect((await onChain(other.world)).opened).toHaveLength(1);
  });

  it('with another’s watcher key is refused by the chain', async () => {
    const { world, tenant, record } = await delegated(0);
    const { lease, terms } = await groupOf(tenant);
    const stranger = createKey();
    const message = { lease, effectiveAt: world.chain.now() };
    const close = await stranger.sign(world.chain.reads.domain, 'Close', message);
    const writer = world.chain.writer(world.wallet);
    await expect(world.run(writer.closeSigned({ lease, terms: terms! }, close))).rejects.toMatchObject({
      code: 'chain.reverted',
    });
    const own = localKey(record.groups[0]!.agentKey);
    await world.run(
      writer.closeSigned(
        { lease, terms: terms! },
        await own.sign(world.chain.reads.domain, 'Close', message),
      ),
    );
    expect((await onChain(world)).closed).toMatchObject([{ by: 'watcher' }]);
  });
});
