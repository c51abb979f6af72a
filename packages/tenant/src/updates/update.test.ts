import { describe, expect, it } from 'vitest';
import { plainRuntime } from '@souk/protocol';
import type { Script } from '../testing/fake-provider.ts';
import { createWorld, token, wish, workload } from '../testing/world.ts';
import type { OrderWish } from '../types.ts';

const next = (extra: Partial<OrderWish> = {}) =>
  wish('app', { groups: [workload('dc', 'hello:2')], ...extra });

/** A deployment that runs, and a provider that makes updates. */
async function running(script: Partial<Script> = {}, extra: Partial<OrderWish> = {}) {
  const world = await createWorld();
  const rate = token / 100n;
  const provider = await world.provider({ rate, updates: { ends: 'done', rate }, ...script });
  const tenant = world.tenant({ wishes: world.wishes });
  const auctions = await world.run(tenant.order(wish('app', extra)));
  const [auction] = auctions.groups;
  const [bid] = await world.run(auction!.waitForBids({ count: 1 }));
  const opened = await world.run(auction!.accept(bid!).result);
  if (!opened.ok) throw new Error(opened.detail);
  await auctions[Symbol.asyncDispose]();
  world.signatures.length = 0;
  const group = async () => (await tenant.list())[0]!.groups[0]!;
  const plan = async (wanted: OrderWish) => {
    const planned = await world.run(tenant.planUpdate(wanted));
    return planned.groups[0];
  };
  return { world, provider, tenant, group, plan, rate, lease: opened.group.lease };
}

describe('an update', () => {
  it('that costs no more is signed by the agent, and is what is kept from then on', async () => {
    const { world, provider, tenant, group, plan, rate } = await running();
    const planned = await plan(next());
    expect(planned).toMatchObject({
      rate: { before: rate, after: rate },
      signs: 'agent',
      strategy: 'recreate',
      before: { manifestHash: workload().manifestHash },
    });
    const updating = planned!.apply();
    const result = await world.run(updating.result);
    expect(result.ok).toBe(true);
    expect(world.signatures).toEqual([]);
    const steps = [];
    for await (const { step } of updating.steps()) steps.push(step);
    expect(steps).toEqual(['asking', 'accepted', 'updated']);
    const { manifestHash } = workload('dc', 'hello:2');
    expect((await group()).amendedTo?.manifest).toBe(manifestHash);
    expect((await group()).terms?.revision).toBe(1);
    expect((await world.wishes.load('app'))?.groups[0]?.manifestHash).toBe(manifestHash);
    // The updated file is the deployment now, and the old one is another.
    expect(await plan(next())).toBeUndefined();
    await expect(world.run(tenant.order(wish('app')))).rejects.toMatchObject({ code: 'tenant.name-taken' });
    const again = await world.run(tenant.order(next()));
    expect(again.groups[0]?.chosen?.operator).toBe((await group()).terms?.operator);
    await again[Symbol.asyncDispose]();
    expect(provider.updated).toHaveLength(1);
  });

  it('that costs more is signed by the wallet, and not at all above its ceiling', async () => {
    const { world, provider, plan, rate } = await running();
    provider.script.updates = { ends: 'done', rate: rate * 2n };
    const dear = world.tenant({ wishes: world.wishes }).planUpdate(next({ maxRate: () => rate * 2n - 1n }));
    await expect(world.run(dear)).rejects.toMatchObject({
      code: 'tenant.update-too-dear',
      remedy: expect.stringContaining('--max-price 0.02'),
    });
    const planned = await plan(next());
    expect(planned).toMatchObject({ signs: 'wallet', rate: { before: rate, after: rate * 2n } });
    const result = await world.run(planned!.apply({ strategy: 'rolling' }).result);
    expect(result).toMatchObject({ ok: true, group: { terms: { rate: rate * 2n } } });
    expect(world.signatures).toEqual(['Amendment']);
    expect(provider.updated[0]).toMatchObject({
      strategy: 'rolling',
      amendment: { signer: world.wallet.address },
    });
  });

  it('that is rolled back leaves record and wish as they were', async () => {
    const { world, group, plan, rate, provider } = await running();
    provider.script.updates = { ends: 'rolled-back', rate };
    const updating = (await plan(next()))!.apply();
    expect(await world.run(updating.result)).toEqual({
      ok: false,
      reason: 'rolled-back',
      detail: 'as scripted',
    });
    expect((await group()).amendedTo).toBeNull();
    expect((await world.wishes.load('app'))?.groups[0]?.manifestHash).toBe(workload().manifestHash);
    expect((await plan(next()))?.signs).toBe('agent');
  });

  it('that was cut off is gone on with, and asked for once', async () => {
    const { world, provider, group, plan, rate } = await running({});
    provider.script.updates = { ends: 'never', rate };
    const crash = new AbortController();
    const cut = (await plan(next()))!.apply({ signal: crash.signal });
    await world.pass(3);
    expect(provider.updated).toHaveLength(1);
    crash.abort(new Error('the process died'));
    await expect(world.run(cut.result)).rejects.toThrow('the process died');
    expect((await plan(next()))?.signs).toBe('nobody');
    await world.run(provider.endUpdate('done'));
    const planned = await plan(next());
    expect(planned?.signs).toBe('nobody');
    expect((await world.run(planned!.apply().result)).ok).toBe(true);
    expect((await group()).amendedTo?.manifest).toBe(workload('dc', 'hello:2').manifestHash);
    expect(provider.updated).toHaveLength(1);
    expect(world.signatures).toEqual([]);
  });

  it('of how it is kept running alone is one too', async () => {
    const { world, plan } = await running();
    const runtime = { ...plainRuntime, stopGraceSeconds: 3 };
    const planned = await plan(wish('app', { runtime: () => runtime }));
    expect(planned?.after.runtime.stopGraceSeconds).toBe(3);
    expect((await world.run(planned!.apply().result)).ok).toBe(true);
    expect(await plan(wish('app', { runtime: () => runtime }))).toBeUndefined();
  });

  it('keeps the budget that the deployment was given', async () => {
    const { world, plan } = await running({}, { maxTotal: 9n * token });
    expect((await world.run((await plan(next()))!.apply().result)).ok).toBe(true);
    expect((await world.wishes.load('app'))?.maxTotal).toBe(9n * token);
  });

  it('is refused with the provider’s reason, and where groups are others', async () => {
    const { world, provider, tenant } = await running({});
    delete provider.script.updates;
    await expect(world.run(tenant.planUpdate(next()))).rejects.toMatchObject({
      code: 'tenant.update-refused',
      data: { reason: 'busy' },
    });
    const others = { ...next(), groups: [workload('elsewhere')] };
    await expect(tenant.planUpdate(others)).rejects.toMatchObject({ code: 'tenant.other-groups' });
    await expect(tenant.planUpdate({ ...next(), name: 'nothing' })).rejects.toMatchObject({
      code: 'tenant.unknown-deployment',
    });
  });
});
