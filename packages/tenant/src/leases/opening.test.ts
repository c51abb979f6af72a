import { describe, expect, it } from 'vitest';
import { Crash, createWorld, token, wish, type World } from '../testing/world.ts';
import type { Auction, OpeningResult, OpeningStep, Tenant } from '../types.ts';

const blob = { image: 'hello:1', digest: `sha256:${'ab'.repeat(32)}`, bytes: 600_000 };

async function* bytesOf(total: number): AsyncGenerator<Uint8Array> {
  for (let sent = 0; sent < total; sent += 100_000) yield new Uint8Array(Math.min(100_000, total - sent));
}

async function deploy(world: World, tenant: Tenant, extra: Parameters<typeof wish>[1] = {}) {
  await using auctions = await world.run(tenant.order(wish('web', extra)));
  const auction: Auction = auctions.groups[0]!;
  const ranked = auction.chosen ? [] : await world.run(auction.waitForBids());
  const opening = auction.chosen ? auction.resume() : auction.accept(ranked[0]!);
  const steps: OpeningStep[] = [];
  const reading = (async () => {
    for await (const step of opening.steps()) steps.push(step);
  })();
  const result: OpeningResult = await world.run(opening.result);
  await reading;
  return { result, steps, ranked };
}

const balance = (world: World) => world.chain.reads.balanceOf(world.wallet.address);

describe('an opening', () => {
  it('goes on with the next-ranked bid when the provider refuses, on the same signature', async () => {
    const world = await createWorld();
    const busy = await world.provider({ rate: 200_000n, refuse: 'busy' });
    const next = await world.provider({ rate: 300_000n });
    const { result, steps } = await deploy(world, world.tenant());
    expect(result).toMatchObject({ ok: true, group: { terms: { operator: next.key.address } } });
    expect(steps.find((step) => step.step === 'refused')).toMatchObject({
      operator: busy.key.address,
      reason: 'busy',
    });
    expect(world.signatures).toEqual(['Order']);
  });

  it('ends with the refusal where it may not choose by itself', async () => {
    const world = await createWorld({ autoNext: false });
    await world.provider({ rate: 200_000n, refuse: 'busy' });
    const next = await world.provider({ rate: 300_000n });
    const { result } = await deploy(world, world.tenant());
    expect(result).toMatchObject({ ok: false, reason: 'busy', closed: null });
    expect(next.accepted).toEqual([]);
    expect(await balance(world)).toBe(100n * token);
  });

  it('leaves a provider that says yes and never opens', async () => {
    const world = await createWorld();
    await world.provider({ rate: 200_000n, isLazy: true });
    const next = await world.provider({ rate: 300_000n });
    const { result, steps } = await deploy(world, world.tenant());
    expect(result).toMatchObject({ ok: true, group: { terms: { operator: next.key.address } } });
    expect(steps.find((step) => step.step === 'refused')).toMatchObject({ reason: 'not-opened' });
  });

  it('takes the lease of a provider that opened but whose answer was lost, and pays once', async () => {
    const world = await createWorld();
    const first = await world.provider({ rate: 200_000n, losesAnswer: true });
    const second = await world.provider({ rate: 300_000n });
    const { result } = await deploy(world, world.tenant());
    expect(result).toMatchObject({ ok: true, group: { terms: { operator: first.key.address } } });
    expect(second.accepted).toEqual([]);
    expect(await balance(world)).toBe(95n * token);
  });

  it('hands over the images that are wanted, with progress', async () => {
    const world = await createWorld();
    const provider = await world.provider({ rate: 200_000n, wantsImages: true });
    const tenant = world.tenant({ readImage: () => bytesOf(blob.bytes) });
    const { result, steps } = await deploy(world, tenant, { images: [blob] });
    expect(result.ok).toBe(true);
    expect(provider.received.get(blob.digest)).toBe(blob.bytes);
    const sent = steps.filter((step) => step.step === 'sending-image');
    expect(sent.at(-1)).toMatchObject({ image: 'hello:1', sentBytes: blob.bytes, bytes: blob.bytes });
  });

  it('goes on with the next when a provider vanishes in the middle of an upload', async () => {
    const world = await createWorld();
    await world.provider({ rate: 200_000n, wantsImages: true, vanishesAtByte: 200_000 });
    const next = await world.provider({ rate: 300_000n, wantsImages: true });
    const tenant = world.tenant({ readImage: () => bytesOf(blob.bytes) });
    const { result, steps } = await deploy(world, tenant, { images: [blob] });
    expect(result).toMatchObject({ ok: true, group: { terms: { operator: next.key.address } } });
    expect(steps.find((step) => step.step === 'refused')).toMatchObject({ reason: 'upload-failed' });
  });

  it('faults when its own image has changed', async () => {
    const world = await createWorld();
    await world.provider({ rate: 200_000n, wantsImages: true });
    const tenant = world.tenant({ readImage: () => bytesOf(blob.bytes - 1) });
    await expect(deploy(world, tenant, { images: [blob] })).rejects.toMatchObject({
      code: 'tenant.image-changed',
    });
    expect(await balance(world)).toBe(100n * token);
  });

  it('that failed before opening leaves the order good: the same name again chooses anew, and pays once', async () => {
    const world = await createWorld({ autoNext: false });
    const first = await world.provider({ rate: 200_000n, isLazy: true });
    const tenant = world.tenant();
    expect((await deploy(world, tenant)).result).toMatchObject({ ok: false, reason: 'not-opened' });
    first.script.isLazy = false;
    expect((await deploy(world, tenant)).result.ok).toBe(true);
    expect(world.signatures).toEqual(['Order']);
    expect(await balance(world)).toBe(95n * token);
  });

  it('is one at a time for an order', async () => {
    const world = await createWorld();
    await world.provider({ rate: 200_000n });
    await using auctions = await world.run(world.tenant().order(wish('web')));
    const [auction] = auctions.groups;
    const [best] = await world.run(auction!.waitForBids({ count: 1 }));
    const opening = auction!.accept(best!);
    expect(() => auction!.accept(best!)).toThrow('is being opened already');
    expect((await world.run(opening.result)).ok).toBe(true);
  });

  it('takes what an earlier choice opens late', async () => {
    const world = await createWorld({ autoNext: false });
    const late = await world.provider({ rate: 200_000n, isLazy: true });
    const other = await world.provider({ rate: 300_000n, isLazy: true });
    const tenant = world.tenant();
    await using auctions = await world.run(tenant.order(wish('web')));
    const ranked = await world.run(auctions.groups[0]!.waitForBids({ count: 2 }));
    const first = await world.run(auctions.groups[0]!.accept(ranked[0]!).result);
    expect(first).toMatchObject({ ok: false, reason: 'not-opened' });
    const second = auctions.groups[0]!.accept(ranked[1]!);
    await world.pass(5);
    expect(other.accepted).toHaveLength(1);
    await world.run(world.chain.writer(late.key).open(late.accepted[0]!));
    expect(await world.run(second.result)).toMatchObject({
      ok: true,
      group: { terms: { operator: late.key.address, rate: 200_000n } },
    });
  });

  it('closes a lease that opened on other terms than were accepted', async () => {
    const world = await createWorld();
    await world.provider({ rate: 200_000n });
    const { reads } = world.chain;
    const lying: typeof reads = {
      ...reads,
      eventsSince: async (from, filter) => {
        const events = await reads.eventsSince(from, filter);
        return events.map((event) =>
          event.kind === 'lease-opened' ? { ...event, terms: { ...event.terms, rate: 900_000n } } : event,
        );
      },
    };
    const { result } = await deploy(world, world.tenant({ chain: lying }));
    expect(result).toMatchObject({
      ok: false,
      reason: 'other-terms',
      closed: { paid: 0n, refunded: 5n * token },
    });
    expect(await balance(world)).toBe(100n * token);
  });

  it('closes a lease whose workload can’t start, and all of its money comes back', async () => {
    const world = await createWorld();
    await world.provider({ rate: 200_000n, phases: ['pulling', 'failed'] });
    const { result } = await deploy(world, world.tenant());
    expect(result).toMatchObject({
      ok: false,
      reason: 'start-failed',
      detail: 'it is failed',
      closed: { paid: 0n, refunded: 5n * token, wasReady: false },
    });
    expect(await balance(world)).toBe(100n * token);
  });

  it('closes a lease that never answers before the meter would start by itself', async () => {
    const world = await createWorld({ startStallMs: 3_600_000 });
    world.http.status = 503;
    await world.provider({ rate: 200_000n });
    const { result } = await deploy(world, world.tenant(), { startWindowSeconds: 120 });
    expect(result).toMatchObject({ ok: false, reason: 'never-ready', closed: { paid: 0n } });
    expect(result.ok ? '' : result.detail).toContain('answers 503');
    expect(await balance(world)).toBe(100n * token);
  });

  it('ends when it is told to, and is resumed from the record', async () => {
    const world = await createWorld();
    world.http.isDown = true;
    await world.provider({ rate: 200_000n });
    const tenant = world.tenant();
    const stop = new AbortController();
    await using auctions = await world.run(tenant.order(wish('web')));
    const [best] = await world.run(auctions.groups[0]!.waitForBids({ count: 1 }));
    const opening = auctions.groups[0]!.accept(best!, { signal: stop.signal });
    await world.pass(2);
    stop.abort(new Error('Ctrl-C'));
    await expect(world.run(opening.result)).rejects.toThrow('Ctrl-C');
    await auctions[Symbol.asyncDispose]();
    world.http.isDown = false;
    const { result } = await deploy(world, tenant);
    expect(result).toMatchObject({ ok: true, group: { phase: 'ready' } });
    expect(world.signatures).toEqual(['Order']);
  });
});

describe('the same name again', () => {
  it('continues what runs, and is refused for another workload', async () => {
    const world = await createWorld();
    const provider = await world.provider({ rate: 200_000n });
    const tenant = world.tenant();
    await deploy(world, tenant);
    const { result, steps } = await deploy(world, tenant);
    expect(result.ok).toBe(true);
    expect(steps.map((step) => step.step)).not.toContain('refused');
    expect(provider.script.rate).toBe(200_000n);
    expect(await balance(world)).toBe(95n * token);
    const [group] = wish('web').groups;
    const east = { ...group!, name: 'east' };
    await expect(world.run(tenant.order(wish('web', { groups: [east] })))).rejects.toMatchObject({
      code: 'tenant.name-taken',
    });
  });

  it('is refused while it is being ordered, and free again when it is closed', async () => {
    const world = await createWorld();
    await world.provider({ rate: 200_000n });
    const tenant = world.tenant();
    await using auctions = await world.run(tenant.order(wish('web')));
    await expect(world.run(tenant.order(wish('web')))).rejects.toMatchObject({ code: 'tenant.name-taken' });
    await auctions[Symbol.asyncDispose]();
    await deploy(world, tenant);
    await world.run(tenant.close('web'));
    expect((await deploy(world, tenant)).result.ok).toBe(true);
    expect(world.signatures).toEqual(['Order', 'Order']);
  });

  it('resumes after a crash at any save, and never has two leases', async () => {
    const resumed: number[] = [];
    for (let crashAt = 1; await resumesAfter(crashAt); crashAt += 1) resumed.push(crashAt);
    // The order, the choice, the opening, and twice around the signing of Ready.
    expect(resumed.length).toBeGreaterThanOrEqual(5);
  });
});

/** False where the deployment was done before its process could die at that save. */
async function resumesAfter(crashAt: number): Promise<boolean> {
  const world = await createWorld();
  await world.provider({ rate: 200_000n });
  let saves = 0;
  world.store.crashWhen = () => ++saves >= crashAt;
  const error: unknown = await deploy(world, world.tenant()).then(
    () => undefined,
    (reason: unknown) => reason,
  );
  if (!(error instanceof Crash)) return false;
  world.store.crashWhen = undefined;
  await world.pass(5);
  const { result } = await deploy(world, world.tenant());
  const opened = await world.chain.reads.eventsSince(0, { tenant: world.wallet.address });
  expect(result, `after a crash at save ${crashAt}`).toMatchObject({ ok: true, group: { phase: 'ready' } });
  expect(opened.filter((event) => event.kind === 'lease-opened')).toHaveLength(1);
  expect(await balance(world)).toBe(95n * token);
  return true;
}
