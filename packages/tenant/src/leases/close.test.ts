import { describe, expect, it } from 'vitest';
import { createWorld, token, wish, type World } from '../testing/world.ts';
import type { Tenant } from '../types.ts';

async function running(world: World, tenant: Tenant, name = 'web') {
  await using auctions = await world.run(tenant.order(wish(name)));
  const [best] = await world.run(auctions.groups[0]!.waitForBids({ count: 1 }));
  const result = await world.run(auctions.groups[0]!.accept(best!).result);
  expect(result.ok).toBe(true);
}

describe('closing', () => {
  it('gives the same receipt again, and nothing is paid for a lease that is closed', async () => {
    const world = await createWorld();
    await world.provider({ rate: 360_000n });
    await using tenant = world.tenant();
    await running(world, tenant);
    await world.pass(50);
    const first = await world.run(tenant.close('web'));
    await world.pass(50);
    expect(await world.run(tenant.close('web'))).toEqual(first);
    expect(world.chain.calls.get('closeSigned')).toBe(1);
  });

  it('is done by an own transaction where the provider is gone', async () => {
    const world = await createWorld({ closeConfirmMs: 2_000 });
    const provider = await world.provider({ rate: 360_000n });
    await using tenant = world.tenant({ writer: world.chain.writer(world.wallet) });
    await running(world, tenant);
    await world.pass(60);
    await provider.peer[Symbol.asyncDispose]();
    const [receipt] = await world.run(tenant.close('web'));
    expect(receipt).toMatchObject({ by: 'agent', wasReady: true });
    expect(receipt!.seconds).toBeGreaterThanOrEqual(60);
  });

  it('is done by an own transaction where the provider takes the close and sits on it or refuses', async () => {
    const world = await createWorld({ closeConfirmMs: 2_000 });
    const provider = await world.provider({ rate: 360_000n });
    await using tenant = world.tenant({ writer: world.chain.writer(world.wallet) });
    await running(world, tenant);
    provider.script.refusesSigned = true;
    expect(await world.run(tenant.close('web'))).toHaveLength(1);
  });

  it('says what to do where there is nobody to bring it on chain, and stays closing', async () => {
    const world = await createWorld({ closeConfirmMs: 2_000 });
    const provider = await world.provider({ rate: 360_000n });
    await using tenant = world.tenant();
    await running(world, tenant);
    provider.script.refusesSigned = true;
    await expect(world.run(tenant.close('web'))).rejects.toMatchObject({
      code: 'tenant.close-unconfirmed',
      retry: true,
    });
    expect((await tenant.list())[0]?.groups[0]?.phase).toBe('closing');
    await expect(world.run(tenant.order(wish('web')))).rejects.toMatchObject({ code: 'tenant.name-taken' });
    provider.script.refusesSigned = false;
    expect(await world.run(tenant.close('web'))).toHaveLength(1);
  });

  it('of a lease that ran out of money pays all of it and no second more', async () => {
    const world = await createWorld({ closeConfirmMs: 2_000 });
    const provider = await world.provider({ rate: 900_000n });
    await using tenant = world.tenant({ writer: world.chain.writer(world.wallet) });
    await running(world, tenant);
    await world.clock.advance(21_000_000);
    world.chain.mine();
    await provider.peer[Symbol.asyncDispose]();
    const [receipt] = await world.run(tenant.close('web'));
    expect(receipt).toMatchObject({ by: 'exhausted', paid: 5n * token, refunded: 0n, seconds: 20_000 });
  });

  it('of an order that nobody was chosen for costs nothing', async () => {
    const world = await createWorld();
    await world.provider({ rate: 360_000n });
    await using tenant = world.tenant();
    await using auctions = await world.run(tenant.order(wish('web')));
    await auctions[Symbol.asyncDispose]();
    expect(await world.run(tenant.close('web'))).toEqual([]);
    expect((await tenant.list())[0]?.groups[0]?.phase).toBe('void');
    await tenant.forget('web');
    expect(await tenant.list()).toEqual([]);
  });

  it('of what may still open waits for it, and closes it when it does', async () => {
    const world = await createWorld({ openTimeoutMs: 5_000, closeConfirmMs: 5_000 });
    const provider = await world.provider({ rate: 360_000n, isLazy: true });
    await using tenant = world.tenant();
    await using auctions = await world.run(tenant.order(wish('web')));
    const [best] = await world.run(auctions.groups[0]!.waitForBids({ count: 1 }));
    expect((await world.run(auctions.groups[0]!.accept(best!).result)).ok).toBe(false);
    await expect(world.run(tenant.close('web'))).rejects.toMatchObject({ code: 'tenant.may-still-open' });
    await world.run(world.chain.writer(provider.key).open(provider.accepted[0]!));
    expect(await world.run(tenant.close('web'))).toMatchObject([{ paid: 0n, refunded: 5n * token }]);
  });

  it('of what can’t open any more ends it without a receipt', async () => {
    const world = await createWorld({ openTimeoutMs: 5_000 });
    await world.provider({ rate: 360_000n, isLazy: true });
    await using tenant = world.tenant();
    await using auctions = await world.run(tenant.order(wish('web')));
    const [best] = await world.run(auctions.groups[0]!.waitForBids({ count: 1 }));
    await world.run(auctions.groups[0]!.accept(best!).result);
    await world.pass(121);
    expect(await world.run(tenant.close('web'))).toEqual([]);
    expect((await tenant.list())[0]?.groups[0]?.phase).toBe('void');
  });

  it('of what does not exist, or of one group of none, is refused', async () => {
    const world = await createWorld();
    await using tenant = world.tenant();
    await expect(tenant.close('web')).rejects.toMatchObject({ code: 'tenant.unknown-deployment' });
  });
});

describe('a top-up', () => {
  it('locks more for the lease, and is refused beyond the balance', async () => {
    const world = await createWorld();
    await world.provider({ rate: 360_000n });
    await using tenant = world.tenant({ writer: world.chain.writer(world.wallet) });
    await running(world, tenant);
    await world.run(tenant.topUp('web', 2n * token));
    const [status] = (await world.run(tenant.status('web'))).groups;
    expect(status!.chain.funded).toBe(7n * token);
    await expect(world.run(tenant.topUp('web', 94n * token))).rejects.toMatchObject({
      code: 'tenant.balance-too-small',
    });
  });
});

describe('a status', () => {
  it('says what the chain knows, what the provider says, and when the money ends', async () => {
    const world = await createWorld();
    const provider = await world.provider({ rate: 360_000n });
    await using tenant = world.tenant();
    await running(world, tenant);
    await world.pass(100);
    const [status] = (await world.run(tenant.status('web'))).groups;
    const { readyAt } = status!.group;
    expect(status).toMatchObject({
      chain: { status: 'open' },
      provider: { phase: 'running' },
      unreachable: null,
    });
    expect(status!.fundedUntil).toBe(readyAt! + 50_000);
    expect(status!.owed).toBe(BigInt((await world.chain.reads.head()).timestamp - readyAt!) * 100n);
    await provider.peer[Symbol.asyncDispose]();
    const [later] = (await world.run(tenant.status('web'))).groups;
    expect(later).toMatchObject({ chain: { status: 'open' }, provider: null });
    expect(later!.unreachable).not.toBeNull();
  });
});
