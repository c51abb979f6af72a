import { describe, expect, it } from 'vitest';
import { Fault, imageProtocol } from '@souk/protocol';
import { createWorld, digestOf, image, sdl } from './world.ts';

describe('a full disk', () => {
  it('refuses an image before it is sent, and ends its lease at once and at no cost', async () => {
    await using world = await createWorld({ config: { diskReserveGib: 1_000_000 } });
    const tar = Buffer.from('a tar');
    const blob = { image, digest: digestOf(tar), bytes: tar.length };
    const deployment = await world.draft();
    await world.accept(await world.acceptance(deployment, await world.bidOn(deployment), [blob]));
    const opening = { lease: deployment.lease, digest: blob.digest, bytes: blob.bytes };
    const stream = await world.peer.openStream(world.providerPeer.addresses(), imageProtocol, opening);
    await stream.end();
    const answers: unknown[] = [];
    for await (const frame of stream) answers.push(JSON.parse(Buffer.from(frame).toString()));
    expect(answers).toEqual([
      { ok: true },
      expect.objectContaining({ reason: 'busy', detail: expect.stringContaining('disk') }),
    ]);
    await world.until('closed', () => world.provider.countLeases() === 0);
    expect(await world.status(deployment.lease)).toMatchObject({
      phase: 'failed',
      detail: expect.stringContaining('not enough disk'),
    });
    expect(await world.chain.reads.balanceOf(world.tenant.address)).toBe(100_000_000n);
  });

  it('where the journal is refuses acceptances, opens nothing and holds nothing', async () => {
    let isFull = false;
    await using world = await createWorld({
      store: (store) => ({
        ...store,
        run(sql, ...values) {
          if (isFull) throw new Fault('daemon.store-unusable', 'the disk is full', { blame: 'self' });
          store.run(sql, ...values);
        },
      }),
    });
    const whole = sdl.replace('units: 0.5', 'units: 3');
    const deployment = await world.draft({ maxRate: 10n ** 9n }, whole);
    const request = await world.acceptance(deployment, await world.bidOn(deployment));
    isFull = true;
    expect(await world.accept(request)).toMatchObject({ ok: false, reason: 'busy' });
    isFull = false;
    expect(world.chain.calls.get('open')).toBeUndefined();
    expect((await world.offerOn(await world.draft({ maxRate: 10n ** 9n }, whole))).kind).toBe('bid');
  });
});
