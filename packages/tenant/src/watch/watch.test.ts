import { describe, expect, it } from 'vitest';
import { createWorld, token, wish, type World } from '../testing/world.ts';
import type { Tenant, TenantDeps, WatchNews } from '../types.ts';

async function watched(world: World, extra: Partial<TenantDeps> = {}, deposit = 5n * token) {
  const provider = await world.provider({ rate: 360_000n });
  const tenant = world.tenant(extra);
  await using auctions = await world.run(tenant.order(wish('web', { deposit: () => deposit })));
  const [best] = await world.run(auctions.groups[0]!.waitForBids({ count: 1 }));
  await world.run(auctions.groups[0]!.accept(best!).result);
  return { provider, tenant, ...watch(world, tenant) };
}

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

const kinds = (news: readonly WatchNews[]) => news.map((one) => one.kind);

const patient = { watchIntervalMs: 10_000, unhealthyPatienceSeconds: 120 };

describe('watch', () => {
  it('tells of an outage and its end, and closes nothing that comes back in time', async () => {
    const world = await createWorld(patient);
    const { news, tenant, end } = await watched(world);
    await world.pass(30);
    world.http.isDown = true;
    await world.pass(60);
    world.http.isDown = false;
    await world.pass(30);
    await end();
    expect(kinds(news)).toEqual(['unhealthy', 'healthy']);
    expect((await tenant.list())[0]?.groups[0]?.phase).toBe('ready');
  });

  it('closes what stays unhealthy as of when it last worked, by the provider when that still answers', async () => {
    const world = await createWorld(patient);
    const { news, end } = await watched(world);
    await world.pass(100);
    world.http.isDown = true;
    const downAt = world.chain.now();
    await world.pass(200);
    await end();
    const [, closed] = news;
    expect(kinds(news)).toEqual(['unhealthy', 'closed']);
    const receipt = closed?.kind === 'closed' ? closed.receipt : undefined;
    expect(receipt!.effectiveAt).toBeLessThanOrEqual(downAt);
    expect(receipt!.effectiveAt).toBeGreaterThan(downAt - 15);
    expect(receipt!.paid).toBe(BigInt(receipt!.seconds) * 100n);
    expect(receipt!.clawedBack).toBe(0n);
  });

  it('closes a dead provider’s lease with clawback by an own transaction', async () => {
    const world = await createWorld({ ...patient, closeConfirmMs: 2_000 });
    const writer = world.chain.writer(world.wallet);
    const { provider, news, end } = await watched(world, { writer });
    await world.pass(100);
    world.http.isDown = true;
    await provider.peer[Symbol.asyncDispose]();
    await world.pass(200);
    await end();
    const closed = news.find((one) => one.kind === 'closed');
    expect(closed?.receipt).toMatchObject({ by: 'agent', wasReady: true });
    expect(closed!.receipt.clawedBack).toBeGreaterThan(100n * 100n);
    expect(closed!.receipt.paid + closed!.receipt.refunded + closed!.receipt.clawedBack).toBe(5n * token);
  });

  it('does not take its own blindness for a dead workload', async () => {
    const world = await createWorld(patient);
    const { news, tenant, end } = await watched(world);
    await world.pass(30);
    world.chain.setReachable(false);
    world.http.isDown = true;
    await world.pass(600);
    world.chain.setReachable(true);
    await world.pass(60);
    world.http.isDown = false;
    await world.pass(30);
    await end();
    expect(kinds(news)).toEqual(['unhealthy', 'healthy']);
    expect((await tenant.list())[0]?.groups[0]?.phase).toBe('ready');
  });

  it('starts its patience anew after it was blind', async () => {
    const world = await createWorld(patient);
    const { news, end } = await watched(world);
    await world.pass(30);
    world.http.isDown = true;
    await world.pass(60);
    world.chain.setReachable(false);
    await world.pass(200);
    world.chain.setReachable(true);
    await world.pass(60);
    world.http.isDown = false;
    await world.pass(30);
    await end();
    expect(kinds(news)).toEqual(['unhealthy', 'healthy']);
  });

  it('tries a close again that did not get through, as of the same time', async () => {
    const world = await createWorld({ ...patient, closeConfirmMs: 2_000 });
    const { provider, news, tenant, end } = await watched(world);
    await world.pass(100);
    world.http.isDown = true;
    const downAt = world.chain.now();
    provider.script.refusesSigned = true;
    await world.pass(300);
    expect((await tenant.list())[0]?.groups[0]?.phase).toBe('closing');
    provider.script.refusesSigned = false;
    await world.pass(30);
    await end();
    const closed = news.find((one) => one.kind === 'closed');
    expect(closed!.receipt.effectiveAt).toBeLessThanOrEqual(downAt);
  });

  it('notes what was closed elsewhere', async () => {
    const world = await createWorld(patient);
    const { news, tenant, provider, end } = await watched(world);
    await world.pass(20);
    const [record] = await tenant.list();
    const { lease, terms } = record!.groups[0]!;
    await world.run(world.chain.writer(provider.key).close({ lease, terms: terms! }, world.chain.now()));
    await world.pass(20);
    await end();
    expect(news).toMatchObject([{ kind: 'closed', name: 'web', receipt: { by: 'operator' } }]);
  });

  it('warns once before the money ends', async () => {
    const world = await createWorld(patient);
    const { news, end } = await watched(world, {}, 300_000n);
    await world.pass(60);
    await end();
    expect(kinds(news)).toEqual(['low-balance']);
    expect(news[0]).toMatchObject({ secondsLeft: expect.closeTo(3_000, -2) });
  });

  it('lets go of its peers when it ends', async () => {
    const world = await createWorld(patient);
    const { end } = await watched(world);
    await world.pass(30);
    const held = world.living.size;
    await end();
    expect(world.living.size).toBe(held - 1);
  });
});

describe('reconcile', () => {
  it('brings a Ready again that got lost, while it still counts', async () => {
    const world = await createWorld();
    const provider = await world.provider({ rate: 360_000n, refusesSigned: true });
    const tenant = world.tenant();
    await using auctions = await world.run(tenant.order(wish('web')));
    const [best] = await world.run(auctions.groups[0]!.waitForBids({ count: 1 }));
    const result = await world.run(auctions.groups[0]!.accept(best!).result);
    const lease = result.ok ? result.group.lease : '0x';
    expect((await world.chain.reads.leaseOf(lease)).readyAt).toBe(0);
    provider.script.refusesSigned = false;
    await world.run(tenant.reconcile());
    expect((await world.chain.reads.leaseOf(lease)).readyAt).toBe(result.ok ? result.group.readyAt : -1);
  });

  it('voids an order that ended without a lease', async () => {
    const world = await createWorld();
    await world.provider({ rate: 360_000n });
    const tenant = world.tenant();
    const auctions = await world.run(tenant.order(wish('web')));
    await auctions[Symbol.asyncDispose]();
    expect((await world.run(tenant.reconcile()))[0]?.groups[0]?.phase).toBe('ordering');
    await world.pass(301);
    const [record] = await world.run(tenant.reconcile());
    expect(record).toMatchObject({ groups: [{ phase: 'void' }] });
    expect(record!.closedAt).not.toBeNull();
  });
});
