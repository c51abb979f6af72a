import { existsSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { createKey, Fault, updateProtocol } from '@souk/protocol';
import { createUpdates, groupOf, oneOf, twoOf, unhealthy } from './update-world.ts';
import { createWorld, digestOf, image, sdl, type StartOptions, type World } from './world.ts';

const next = 'souk/hello:2';
/** One replica that takes the whole machine. */
const whole = (reference: string) => oneOf(reference).replace('units: 0.5', 'units: 3.2');

/** A lease that is ready, and every mix of versions its driver was told to run from then on. */
async function readyLease(world: World, text?: string) {
  const updates = createUpdates(world);
  const { lease } = await world.run({}, text);
  await world.ready(lease);
  await updates.readyOnChain(lease);
  return { updates, lease, before: await updates.terms(lease) };
}

function watchDriver(mixes: string[]): NonNullable<StartOptions['driver']> {
  return (driver) => ({
    ...driver,
    apply: async (spec, signal) => {
      await driver.apply(spec, signal);
      const all = spec.services.flatMap(({ service, image: { reference }, replicas }) =>
        (replicas ?? Array.from({ length: service.count }, (_, index) => index)).map(
          (replica) => `${replica}${reference === image ? '-' : '+'}`,
        ),
      );
      const mix = all.toSorted().join(' ');
      if (mixes.at(-1) !== mix) mixes.push(mix);
    },
  });
}

describe('an update', () => {
  it('rolls to a new version, and brings its price on chain in one transaction', async () => {
    const mixes: string[] = [];
    await using world = await createWorld({ driver: watchDriver(mixes) });
    const { updates, lease, before } = await readyLease(world);
    const quote = await updates.quote(lease, twoOf(next));
    expect(quote).toMatchObject({ strategies: ['rolling', 'recreate', 'canary'], minimumCharge: 0n });
    expect(quote.rate).toBeGreaterThan(before.rate);
    const answer = await updates.apply(lease, twoOf(next), { by: world.tenant });
    expect(answer).toEqual({ ok: true, kind: 'applying', wanted: [] });
    expect((await world.status(lease)).phase).toBe('updating');
    const status = await updates.ended(lease);
    expect(status.update).toMatchObject({ state: 'done', strategy: 'rolling' });
    // The second replica beside the first, then the first itself with one more meanwhile.
    expect(mixes).toEqual(['0-', '0- 1+', '0- 1+ 2+', '0+ 1+ 2+', '0+ 1+']);
    expect(world.chain.calls.get('amend')).toBe(1);
    expect(await updates.terms(lease)).toEqual({ ...before, rate: quote.rate, revision: 1 });
    expect(await updates.freeMilli()).toBe(3200 - 1000);
  });

  it('of a lease that has the whole machine works, ending the old version first', async () => {
    const mixes: string[] = [];
    await using world = await createWorld({ driver: watchDriver(mixes) });
    const { updates, lease, before } = await readyLease(world, whole(image));
    expect(await updates.freeMilli()).toBe(0);
    expect((await updates.quote(lease, whole(next))).strategies).toEqual(['recreate', 'rolling']);
    expect((await updates.apply(lease, whole(next), { strategy: 'recreate' })).ok).toBe(true);
    expect((await updates.ended(lease)).update).toMatchObject({ state: 'done', strategy: 'recreate' });
    expect(mixes).toEqual(['0-', '', '0+']);
    expect(await updates.freeMilli()).toBe(0);
    // Nothing was asked for that was not agreed: the agent signed it, at the price before.
    expect(await updates.terms(lease)).toEqual({ ...before, revision: 1 });
    const canary = await updates.apply(lease, whole(image), { strategy: 'canary' });
    expect(canary).toMatchObject({ ok: false, reason: 'busy', detail: expect.stringContaining('recreate') });
  });

  it('rolls in place where there is no room for one more, a replica always being left alone', async () => {
    const mixes: string[] = [];
    await using world = await createWorld({ driver: watchDriver(mixes) });
    const half = (reference: string) => twoOf(reference).replace('units: 0.5', 'units: 1.6');
    const { updates, lease } = await readyLease(world, half(image));
    expect((await updates.quote(lease, half(next))).strategies[0]).toBe('rolling');
    await updates.apply(lease, half(next));
    await updates.ended(lease);
    expect(mixes).toEqual(['0- 1-', '0+ 1-', '0+ 1+']);
  });

  it('by canary goes on only after a few replicas have done well for a while', async () => {
    const mixes: string[] = [];
    await using world = await createWorld({ driver: watchDriver(mixes) });
    const { updates, lease } = await readyLease(world, twoOf(image));
    const canary = { replicas: 1, bakeSeconds: 30 };
    await updates.apply(lease, twoOf(next), { strategy: 'canary', canary });
    await world.until('the canary to run', async () =>
      (await world.status(lease)).detail.includes('watching'),
    );
    const bakingSince = world.clock.now();
    const status = await updates.ended(lease);
    expect(status.update?.state).toBe('done');
    expect(world.clock.now() - bakingSince).toBeGreaterThan(29_000);
    expect(mixes[1]).toBe('0- 1- 2+');
    expect(mixes.at(-1)).toBe('0+ 1+');
  });

  it('gives back what it no longer needs, for less, and the agent’s word is enough', async () => {
    await using world = await createWorld();
    const { updates, lease, before } = await readyLease(world, twoOf(image));
    expect((await updates.apply(lease, sdl)).ok).toBe(true);
    expect((await updates.ended(lease)).update?.state).toBe('done');
    expect((await updates.terms(lease)).rate).toBeLessThan(before.rate);
    expect(await updates.freeMilli()).toBe(3200 - 500);
    expect((await world.status(lease)).services[0]).toMatchObject({ wanted: 1, running: 1 });
  });

  it('keeps what is in persistent volumes', async () => {
    await using world = await createWorld();
    const kept = sdl
      .replace(
        'storage: { size: 512Mi }',
        'storage:\n          - { size: 128Mi }\n          - { name: data, size: 128Mi, attributes: { persistent: true, class: beta2 } }',
      )
      .replace('    expose:', '    params: { storage: { data: { mount: /data } } }\n    expose:');
    const { updates, lease } = await readyLease(world, kept);
    const [volume] = await world.driver.volumes(lease);
    writeFileSync(join(volume?.path ?? '', 'letter'), 'dear reader');
    await updates.apply(lease, kept.replace(image, next));
    expect((await updates.ended(lease)).update?.state).toBe('done');
    const [after] = await world.driver.volumes(lease);
    expect(after?.path).toBe(volume?.path);
    expect(existsSync(join(after?.path ?? '', 'letter'))).toBe(true);
  });

  it('mends a workload that does not run', async () => {
    await using world = await createWorld({ config: { retryMs: 600_000, retryMaxMs: 600_000 } });
    const { updates, lease } = await readyLease(world);
    world.driver.control.crash(lease, 'web', 0, 'exit code 1');
    await world.until(
      'it to be started again',
      async () => (await world.status(lease)).services[0]?.restarts === 1,
    );
    world.driver.control.crash(lease, 'web', 0, 'exit code 1');
    await world.until(
      'the trouble to be seen',
      async () => (await world.status(lease)).phase === 'unhealthy',
    );
    await updates.apply(lease, oneOf(next), { strategy: 'recreate' });
    expect((await updates.ended(lease)).update?.state).toBe('done');
    expect(updates.running(lease)).toEqual([`web/0 ${next}`]);
  });

  it('takes images that the tenant hands over, and goes back where they never come', async () => {
    await using world = await createWorld({ config: { imageWaitMs: 3000 } });
    const { updates, lease } = await readyLease(world);
    const bytes = new TextEncoder().encode('a tar of an image');
    const blob = { image: next, digest: digestOf(bytes), bytes: bytes.length };
    const answer = await updates.apply(lease, oneOf(next), { images: [blob] });
    expect(answer).toEqual({ ok: true, kind: 'applying', wanted: [blob.digest] });
    expect((await updates.ended(lease)).update).toMatchObject({
      state: 'rolled-back',
      detail: expect.stringContaining('was not sent'),
    });
    expect(updates.running(lease)).toEqual([`web/0 ${image}`]);
  });
});

describe('an update that fails', () => {
  const failing = { healthySeconds: 5, runtime: unhealthy };

  it.each(['recreate', 'rolling', 'canary'] as const)(
    'by %s goes back by itself, and nothing is on chain',
    async (strategy) => {
      await using world = await createWorld();
      const { updates, lease, before } = await readyLease(world, twoOf(image));
      await updates.apply(lease, twoOf(next), { ...failing, strategy });
      const status = await updates.ended(lease);
      expect(status.update).toMatchObject({
        state: 'rolled-back',
        detail: expect.stringContaining('port 9'),
      });
      expect(status.phase).toBe('ready');
      expect(updates.running(lease)).toEqual([`web/0 ${image}`, `web/1 ${image}`]);
      expect(await updates.terms(lease)).toEqual(before);
      expect(world.chain.calls.get('amend')).toBeUndefined();
      expect(await updates.freeMilli()).toBe(3200 - 1000);
    },
  );

  it('while its canary is watched goes back as soon as that fails', async () => {
    await using world = await createWorld();
    const { updates, lease } = await readyLease(world, twoOf(image));
    const canary = { replicas: 1, bakeSeconds: 600 };
    await updates.apply(lease, twoOf(next), {
      strategy: 'canary',
      canary,
      amendment: { expiresAt: world.chain.now() + 3600 },
    });
    await world.until('the canary to run', async () =>
      (await world.status(lease)).detail.includes('watching'),
    );
    world.driver.control.crash(lease, 'web', 2, 'exit code 3');
    expect((await updates.ended(lease)).update).toMatchObject({
      state: 'rolled-back',
      detail: expect.stringContaining('exit code 3'),
    });
  });

  it('for its image leaves what runs alone', async () => {
    const mixes: string[] = [];
    await using world = await createWorld({ mock: { registry: [image] }, driver: watchDriver(mixes) });
    const { updates, lease } = await readyLease(world);
    await updates.apply(lease, oneOf('souk/nothing:1'));
    expect((await updates.ended(lease)).update).toMatchObject({ state: 'rolled-back' });
    expect(mixes).toEqual(['0-']);
  });

  it('as its amendment does on chain goes back', async () => {
    let refusals = 0;
    await using world = await createWorld({
      writer: (writer) => ({
        ...writer,
        amend: async () => {
          refusals += 1;
          throw new Fault('chain.reverted', 'BalanceTooSmall', { blame: 'chain' });
        },
      }),
    });
    const { updates, lease, before } = await readyLease(world);
    await updates.apply(lease, oneOf(next));
    expect((await updates.ended(lease)).update).toMatchObject({
      state: 'rolled-back',
      detail: expect.stringContaining('BalanceTooSmall'),
    });
    expect(refusals).toBe(1);
    expect(updates.running(lease)).toEqual([`web/0 ${image}`]);
    expect(await updates.terms(lease)).toEqual(before);
  });

  it('only for as long as the chain is silent is done when that speaks again', async () => {
    let isSilent = true;
    await using world = await createWorld({
      config: { retryMs: 200, retryMaxMs: 400 },
      writer: (writer) => ({
        ...writer,
        amend: (...args) => {
          if (isSilent) throw new Fault('chain.unreachable', 'no answer', { blame: 'chain', retry: true });
          return writer.amend(...args);
        },
      }),
    });
    const { updates, lease } = await readyLease(world);
    await updates.apply(lease, oneOf(next));
    await world.until('the chain to be missed', async () =>
      (await world.status(lease)).detail.includes('no answer'),
    );
    expect(updates.running(lease)).toEqual([`web/0 ${next}`]);
    isSilent = false;
    expect((await updates.ended(lease)).update?.state).toBe('done');
    expect(world.chain.calls.get('amend')).toBe(1);
  });

  it('for its tenant stops it goes back, and there is none to stop then', async () => {
    await using world = await createWorld();
    const { updates, lease } = await readyLease(world);
    expect(await updates.abort(lease)).toMatchObject({ ok: false, reason: 'not-running' });
    await updates.apply(lease, oneOf(next), { ...failing, healthySeconds: 300 });
    await world.until('it to be put in place', async () => updates.running(lease).includes(`web/1 ${next}`));
    expect(await updates.abort(lease)).toEqual({ ok: true, kind: 'aborting' });
    expect((await updates.ended(lease)).update).toMatchObject({
      state: 'rolled-back',
      detail: 'its tenant stopped it',
    });
    expect(updates.running(lease)).toEqual([`web/0 ${image}`]);
  });

  it('with its lease ends with it', async () => {
    await using world = await createWorld();
    const { updates, lease } = await readyLease(world);
    await updates.apply(lease, oneOf(next), { ...failing, healthySeconds: 300 });
    await world.until('it to be put in place', async () => updates.running(lease).length > 1);
    await world.close(lease);
    await world.until('closed', async () => (await world.status(lease)).phase === 'closed');
    expect(await world.driver.list()).toEqual([]);
    expect(await updates.freeMilli()).toBe(3200);
  });
});

describe('an amendment', () => {
  it('sent again changes nothing: not while it is carried out, and not afterwards', async () => {
    await using world = await createWorld();
    const { updates, lease } = await readyLease(world);
    const request = await updates.request(lease, oneOf(next));
    for (let turn = 0; turn < 3; turn += 1)
      expect(await updates.ask(request)).toEqual({ ok: true, kind: 'applying', wanted: [] });
    const other = await updates.apply(lease, oneOf('souk/hello:3'));
    expect(other).toMatchObject({ ok: false, reason: 'update-running' });
    expect((await updates.ended(lease)).update?.state).toBe('done');
    expect(await updates.ask(request)).toEqual({ ok: true, kind: 'applying', wanted: [] });
    await world.clock.advance(5000);
    expect((await world.status(lease)).phase).toBe('ready');
    expect(world.chain.calls.get('amend')).toBe(1);
  });

  it('for terms that are not those any more is stale', async () => {
    await using world = await createWorld();
    const { updates, lease } = await readyLease(world);
    const late = await updates.request(lease, oneOf('souk/hello:3'));
    await updates.apply(lease, oneOf(next));
    await updates.ended(lease);
    expect(await updates.ask(late)).toMatchObject({ ok: false, reason: 'amendment-stale' });
    expect(updates.running(lease)).toEqual([`web/0 ${next}`]);
  });

  it('that was rolled back is used up', async () => {
    await using world = await createWorld();
    const { updates, lease } = await readyLease(world);
    const request = await updates.request(lease, oneOf(next), { healthySeconds: 2, runtime: unhealthy });
    await updates.ask(request);
    await updates.ended(lease);
    expect(await updates.ask(request)).toMatchObject({ ok: false, reason: 'amendment-stale' });
    await world.clock.advance(1000);
    expect((await updates.apply(lease, oneOf(next))).ok).toBe(true);
    expect((await updates.ended(lease)).update?.state).toBe('done');
  });

  it('is refused where it is not what it must be', async () => {
    await using world = await createWorld();
    const { updates, lease } = await readyLease(world);
    const stranger = createKey();
    const { rate } = await updates.quote(lease, twoOf(next));
    const reasons: [string, string, Parameters<typeof updates.apply>[2]][] = [
      ['not-yours', oneOf(next), { by: stranger }],
      ['signature-wrong', twoOf(next), { by: world.agent }],
      ['signature-wrong', oneOf(next), { by: world.agent, amendment: { deposit: 1n } }],
      ['unsupported', twoOf(next), { by: world.tenant, amendment: { rate: rate - 1n } }],
      ['amendment-stale', oneOf(next), { amendment: { expiresAt: world.chain.now() - 1 } }],
      ['amendment-stale', oneOf(next), { healthySeconds: 3000 }],
      ['manifest-mismatch', oneOf(next), { amendment: { manifest: groupOf(sdl).manifestHash } }],
      ['requirements-mismatch', oneOf(next), { amendment: { requirements: groupOf(sdl).manifestHash } }],
      ['lease-unknown', oneOf(next), { amendment: { lease: groupOf(sdl).manifestHash } }],
      ['unsupported', oneOf(next), { by: world.tenant, amendment: { rate: 10n ** 12n } }],
    ];
    for (const [reason, text, options] of reasons)
      expect(await updates.apply(lease, text, options)).toMatchObject({ ok: false, reason });
    const forged = await updates.request(lease, oneOf(next));
    const { message, signature } = forged.amendment;
    const changed = {
      ...forged,
      amendment: {
        message: { ...message, expiresAt: message.expiresAt + 1 },
        signature,
        signer: world.agent.address,
      },
    };
    expect(await updates.ask(changed)).toMatchObject({ ok: false, reason: 'signature-wrong' });
    expect(
      await updates.ask({
        kind: 'quote',
        lease,
        requirements: groupOf(sdl.replaceAll('here', 'there')).requirements,
      }),
    ).toMatchObject({ ok: false, reason: 'requirements-mismatch' });
    expect(
      await updates.ask({
        kind: 'quote',
        lease,
        requirements: groupOf(sdl.replace('units: 0.5', 'units: 99')).requirements,
      }),
    ).toMatchObject({ ok: false, reason: 'busy' });
    expect((await world.status(lease)).update).toBeNull();
  });

  it('by somebody else’s peer is none of theirs', async () => {
    await using world = await createWorld();
    const { updates, lease } = await readyLease(world);
    const request = await updates.request(lease, oneOf(next));
    await using other = await world.network.peer(createKey(), { clock: world.clock });
    await other.connect(world.providerPeer.addresses());
    const answer = await other.ask(world.providerPeer.addresses(), updateProtocol, request);
    expect(answer).toMatchObject({ ok: false, reason: 'not-yours' });
  });
});
