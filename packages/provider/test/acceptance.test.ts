import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import {
  type AcceptRequest,
  createKey,
  hashMessage,
  type LocalKey,
  type Order,
  ordersTopic,
  zeroAddress,
} from '@souk/protocol';
import { createWorld, type Deployment, image, sdl, type World } from './world.ts';

let world: World;
beforeEach(async () => {
  world = await createWorld({ config: { bidTtlSeconds: 60 } });
});
afterEach(async () => world[Symbol.asyncDispose]());

async function bidAndAcceptance(patch?: Partial<Order>): Promise<Deployment & { request: AcceptRequest }> {
  const deployment = await world.draft(patch);
  return { ...deployment, request: await world.acceptance(deployment, await world.bidOn(deployment)) };
}

async function refusal(request: AcceptRequest, from?: LocalKey): Promise<string> {
  const peer = from && (await world.network.peer(from, { clock: world.clock }));
  const answer = await world.accept(request, peer);
  await peer?.[Symbol.asyncDispose]();
  return answer.ok ? 'ok' : answer.reason;
}

const resign = async (request: AcceptRequest, by: LocalKey): Promise<AcceptRequest> => ({
  ...request,
  acceptance: { ...(await by.sign(world.chain.reads.domain, 'Acceptance', request.acceptance.message)) },
});

describe('an acceptance', () => {
  it('is refused from anybody but the buyer', async () => {
    const { request } = await bidAndAcceptance();
    expect(await refusal(request, createKey())).toBe('not-yours');
    expect(await refusal(request, world.tenant)).toBe('ok');
  });

  it('is refused unless the tenant or its agent signed it', async () => {
    const { request } = await bidAndAcceptance();
    expect(await refusal(await resign(request, createKey()))).toBe('signature-wrong');
    const forged = { ...request, acceptance: { ...request.acceptance, signer: world.tenant.address } };
    expect(await refusal(forged)).toBe('signature-wrong');
    const unsigned = await resign(request, createKey());
    const claimed = { ...unsigned, acceptance: { ...unsigned.acceptance, signer: world.agent.address } };
    expect(await refusal(claimed)).toBe('signature-wrong');
  });

  it('is refused for a bid that is not ours, was changed, or has expired', async () => {
    const { request } = await bidAndAcceptance();
    const withBid = async (bid: AcceptRequest['bid']): Promise<AcceptRequest> => {
      const message = { ...request.acceptance.message, bid: hashMessage('Bid', bid.message) };
      const acceptance = await world.agent.sign(world.chain.reads.domain, 'Acceptance', message);
      return { ...request, bid, acceptance: { ...acceptance } };
    };
    const cheaper = { ...request.bid, message: { ...request.bid.message, rate: 1n } };
    expect(await refusal(await withBid(cheaper))).toBe('bid-unknown');
    const stranger = createKey();
    const foreign = await stranger.sign(world.chain.reads.domain, 'Bid', request.bid.message);
    expect(await refusal(await withBid({ ...foreign }))).toBe('bid-unknown');
    expect(await refusal(await withBid({ ...foreign, signer: world.hotKey.address }))).toBe('bid-unknown');
    await world.clock.advance(60_000);
    expect(await refusal(request)).toBe('bid-expired');
  });

  it('is refused with another manifest, other requirements, or images nobody uses', async () => {
    const { request } = await bidAndAcceptance();
    const [service] = request.manifest.services;
    const services = [{ ...service!, env: ['STOLEN=1'] }];
    expect(await refusal({ ...request, manifest: { ...request.manifest, services } })).toBe(
      'manifest-mismatch',
    );
    const requirements = { ...request.requirements, attributes: { more: '1' } };
    expect(await refusal({ ...request, requirements })).toBe('requirements-mismatch');
    const blob = { image: 'unused', digest: `sha256:${'0'.repeat(64)}`, bytes: 1 };
    expect(await refusal({ ...request, images: [blob] })).toBe('image-mismatch');
    const twice = { ...blob, image };
    expect(await refusal({ ...request, images: [twice, twice] })).toBe('image-mismatch');
    expect(await refusal({ ...request, images: [{ ...twice, bytes: 2 ** 40 }] })).toBe('unsupported');
  });

  it('is refused where manifest and requirements, each as signed, do not agree', async () => {
    const small = await world.draft();
    const large = await world.draft({}, sdl.replace('units: 0.5', 'units: 2'));
    // A tenant that orders little and hands over a manifest that takes much.
    const sly = await world.draft({ manifest: large.envelope.order.message.manifest });
    const request = await world.acceptance(sly, await world.bidOn(sly));
    expect(await refusal({ ...request, manifest: large.group })).toBe('requirements-mismatch');
    expect(small.lease).not.toBe(sly.lease);
  });

  it('is refused for a public UDP port', async () => {
    const udp = sdl.replace('port: 3000\n        as: 80', 'port: 3000\n        proto: udp');
    const deployment = await world.draft({}, udp);
    expect(await refusal(await world.acceptance(deployment, await world.bidOn(deployment)))).toBe(
      'unsupported',
    );
  });

  it('may be repeated, and answers the same; with another bid on the same order it is refused', async () => {
    const { request, envelope } = await bidAndAcceptance();
    expect(await refusal(request)).toBe('ok');
    expect(await refusal(request)).toBe('ok');
    await world.until(
      'running',
      async () => (await world.driver.list())[0]?.replicas[0]?.state === 'running',
    );
    await world.clock.advance(60_000);
    expect(await refusal(request)).toBe('ok');
    expect(world.chain.calls.get('open')).toBe(1);
    const message = { ...request.bid.message, rate: request.bid.message.rate - 1n };
    const other = { ...(await world.hotKey.sign(world.chain.reads.domain, 'Bid', message)) };
    const acceptance = { order: request.acceptance.message.order, bid: hashMessage('Bid', message) };
    const signed = { ...(await world.agent.sign(world.chain.reads.domain, 'Acceptance', acceptance)) };
    expect(await refusal({ ...request, order: envelope.order, bid: other, acceptance: signed })).toBe(
      'bid-unknown',
    );
  });

  it('in many copies at once opens one lease', async () => {
    const { request, lease } = await bidAndAcceptance();
    const answers = await Promise.all(Array.from({ length: 10 }, () => world.accept(request)));
    expect(answers.filter((answer) => answer.ok)).toHaveLength(10);
    await world.until('running', async () => (await world.status(lease)).phase === 'running');
    expect(world.chain.calls.get('open')).toBe(1);
    expect(world.driver.control.calls.filter(({ method }) => method === 'apply')).toHaveLength(1);
  });

  it('after a restart is recognised by the bid’s signature, though the bid is forgotten', async () => {
    const { request, lease } = await bidAndAcceptance();
    await world.stop();
    await world.start();
    expect(await refusal(request)).toBe('ok');
    await world.until('running', async () => (await world.status(lease)).phase === 'running');
  });

  it('of a lease that the chain refuses to open releases everything', async () => {
    const { request, lease } = await bidAndAcceptance({ deposit: 100_000_000n });
    // The money goes elsewhere between bid and acceptance.
    await world.chain.writer(world.tenant).withdraw(1n);
    expect(await refusal(request)).toBe('ok');
    const failed = await world.until('failed', async () => {
      const status = await world.status(lease);
      return status.phase === 'failed' && status;
    });
    expect(failed.detail).toContain('refused to open');
    expect(await world.driver.list()).toEqual([]);
    expect(await refusal(request)).toBe('open-failed');
    await world.clock.advance(120_000);
    await world.until('closed', () => world.provider.countLeases() === 0);
    expect((await world.onChain(lease)).status).toBe('unknown');
  });

  it('of an order that another provider opened first fails, and gives the capacity back', async () => {
    const { request, lease } = await bidAndAcceptance();
    const [rival, rivalHot] = [createKey(), createKey()];
    world.chain.addOperator(rival.address, rivalHot.address);
    const bid = await rivalHot.sign(world.chain.reads.domain, 'Bid', {
      ...request.bid.message,
      operator: rival.address,
    });
    const message = { order: lease, bid: hashMessage('Bid', bid.message) };
    const acceptance = await world.agent.sign(world.chain.reads.domain, 'Acceptance', message);
    await world.chain.writer(rivalHot).open({ order: request.order, bid, acceptance });
    expect(await refusal(request)).toBe('ok');
    await world.until('failed', async () => (await world.status(lease)).phase === 'failed');
    await world.until('closed', () => world.provider.countLeases() === 0);
    expect((await world.onChain(lease)).status).toBe('open');
  });
});

describe('bidding', () => {
  it('answers an order once, however often it is heard', async () => {
    const deployment = await world.draft();
    await world.bidOn(deployment);
    await world.peer.publish(ordersTopic, deployment.envelope);
    await world.clock.advance(1000);
    expect(world.offers).toHaveLength(1);
  });

  it('answers it again to a tenant that has started anew elsewhere, a few times, and holds capacity once', async () => {
    const deployment = await world.draft({ maxRate: 10n ** 9n }, sdl.replace('units: 0.5', 'units: 3'));
    const [own = ''] = deployment.envelope.replyTo;
    const kinds: string[] = [];
    for (let start = 1; start <= 4; start += 1) {
      const replyTo = [own, ...Array.from({ length: start - 1 }, () => own)];
      const envelope = { ...deployment.envelope, replyTo };
      kinds.push((await world.offerOn({ ...deployment, envelope })).kind);
    }
    expect(kinds).toEqual(['bid', 'bid', 'bid', 'bid']);
    const fifth = { ...deployment.envelope, replyTo: Array.from({ length: 5 }, () => own) };
    await world.peer.publish(ordersTopic, fifth);
    await world.clock.advance(1000);
    expect(world.offers).toHaveLength(4);
  });

  it('holds capacity for a bid only while it is wanted', async () => {
    const whole = sdl.replace('units: 0.5', 'units: 3');
    const deployment = await world.draft({ maxRate: 10n ** 9n }, whole);
    await world.bidOn(deployment);
    const second = await world.draft({ maxRate: 10n ** 9n }, whole);
    expect(await world.offerOn(second)).toMatchObject({
      kind: 'decline',
      declines: [{ reason: 'no-capacity' }],
    });
    await world.clock.advance(63_000);
    world.answer = 'enough';
    await world.bidOn(await world.draft({ maxRate: 10n ** 9n }, whole));
    await world.clock.advance(100);
    await world.bidOn(await world.draft({ maxRate: 10n ** 9n }, whole));
  });

  it('is given back when the chain says that another got the order', async () => {
    const whole = sdl.replace('units: 0.5', 'units: 3');
    const deployment = await world.draft({ maxRate: 10n ** 9n }, whole);
    const ours = await world.bidOn(deployment);
    const [rival, rivalHot] = [createKey(), createKey()];
    world.chain.addOperator(rival.address, rivalHot.address);
    const bid = await rivalHot.sign(world.chain.reads.domain, 'Bid', {
      ...ours.message,
      operator: rival.address,
    });
    const { acceptance } = await world.acceptance(deployment, bid);
    await world.chain.writer(rivalHot).open({ order: deployment.envelope.order, bid, acceptance });
    await world.clock.advance(100);
    expect((await world.offerOn(await world.draft({ maxRate: 10n ** 9n }, whole))).kind).toBe('bid');
  });

  it('passes on no order that nobody signed, paid for, or that was cancelled', async () => {
    const forged = await world.draft();
    forged.envelope.order.message.maxRate += 1n;
    const poor = await world.draft({ deposit: 10n ** 12n });
    const late = await world.draft({ expiresAt: world.chain.now() });
    const unbacked = await world.draft({ counter: 7n });
    const elsewhere = await world.draft({ agent: zeroAddress });
    for (const { envelope } of [poor, late, unbacked, elsewhere, forged]) {
      await world.peer.publish(ordersTopic, envelope);
    }
    await world.clock.advance(5000);
    expect(world.offers).toEqual([]);
  });

  it('declines while the operator’s bond is gone', async () => {
    world.chain.addOperator(world.operator, world.hotKey.address, 0n);
    await world.clock.advance(6000);
    expect(world.provider.troubles()).toHaveProperty('operator');
    expect(await world.offerOn(await world.draft())).toMatchObject({
      kind: 'decline',
      declines: [{ reason: 'not-serving' }],
    });
  });
});
