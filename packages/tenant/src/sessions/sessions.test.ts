import { encodeJson, eventsProtocol, execProtocol, forwardProtocol, logsProtocol } from '@souk/protocol';
import { describe, expect, it } from 'vitest';
import { createWorld, wish } from '../testing/world.ts';

const say = (value: unknown) => new TextEncoder().encode(encodeJson(value));
const text = (bytes: Uint8Array) => new TextDecoder().decode(bytes);

async function deployed() {
  const world = await createWorld();
  const provider = await world.provider({ rate: 360_000n });
  const tenant = world.tenant();
  await using auctions = await world.run(tenant.order(wish('web')));
  const [best] = await world.run(auctions.groups[0]!.waitForBids({ count: 1 }));
  await world.run(auctions.groups[0]!.accept(best!).result);
  return { world, provider, tenant };
}

async function all<T>(items: AsyncIterable<T>): Promise<T[]> {
  const read: T[] = [];
  for await (const item of items) read.push(item);
  return read;
}

describe('a session', () => {
  it('reads logs and events as typed lines, under the agent’s key', async () => {
    const { world, provider, tenant } = await deployed();
    const line = { at: 1, service: 'web', replica: 0, stream: 'stdout', text: 'hello' };
    const asked: unknown[] = [];
    await provider.peer.serveStream(logsProtocol, async (opening, stream) => {
      asked.push([opening, stream.remote.address]);
      await stream.send(say({ ok: true }));
      await stream.send(say(line));
      await stream.end();
    });
    await provider.peer.serveStream(eventsProtocol, async (_, stream) => {
      await stream.send(say({ ok: true }));
      await stream.send(say({ at: 2, kind: 'started', detail: 'web' }));
      await stream.end();
    });
    expect(await world.run(all(tenant.logs('web', { service: 'web', tail: 7 })))).toEqual([line]);
    expect(await world.run(all(tenant.events('web')))).toEqual([{ at: 2, kind: 'started', detail: 'web' }]);
    const [record] = await tenant.list();
    const { lease, order } = record!.groups[0]!;
    expect(asked).toEqual([
      [{ lease, service: 'web', follow: false, tail: 7, since: null, grep: null }, order.message.agent],
    ]);
  });

  it('asks for all that is new enough or holds a text, where no number of lines is given', async () => {
    const { world, provider, tenant } = await deployed();
    const asked: unknown[] = [];
    await provider.peer.serveStream(logsProtocol, async ({ tail, since, grep }, stream) => {
      asked.push([tail, since, grep]);
      await stream.send(say({ ok: true }));
      await stream.end();
    });
    await world.run(all(tenant.logs('web')));
    await world.run(all(tenant.logs('web', { since: 5, grep: 'error' })));
    await world.run(all(tenant.logs('web', { grep: 'error', tail: 3 })));
    expect(asked).toEqual([
      [100, null, null],
      [100_000, 5, 'error'],
      [3, null, 'error'],
    ]);
  });

  it('is refused with the provider’s reason, and lets go of its peer', async () => {
    const { world, provider, tenant } = await deployed();
    await provider.peer.serveStream(logsProtocol, async (_, stream) => {
      await stream.send(say({ ok: false, reason: 'service-unknown', detail: 'no such service' }));
      await stream.end();
    });
    const held = world.living.size;
    await expect(world.run(all(tenant.logs('web', { service: 'x' })))).rejects.toMatchObject({
      code: 'tenant.refused',
      data: { reason: 'service-unknown' },
    });
    expect(world.living.size).toBe(held);
  });

  it('ends with a fault on bytes that are no log line', async () => {
    const { world, provider, tenant } = await deployed();
    await provider.peer.serveStream(logsProtocol, async (_, stream) => {
      await stream.send(say({ ok: true }));
      await stream.send(say({ at: 'now' }));
      await stream.end();
    });
    await expect(world.run(all(tenant.logs('web')))).rejects.toMatchObject({
      code: 'tenant.bad-frame',
      blame: 'peer',
    });
  });

  it('carries a command’s input, output, size and exit code', async () => {
    const { world, provider, tenant } = await deployed();
    const got: string[] = [];
    await provider.peer.serveStream(execProtocol, async (opening, stream) => {
      got.push(opening.command.join(' '));
      await stream.send(say({ ok: true }));
      for await (const frame of stream) {
        got.push(`${frame[0]}${text(frame.subarray(1))}`);
        if (frame[0] === 1) break;
      }
      await stream.send(Uint8Array.of(0, ...say('out')));
      await stream.send(Uint8Array.of(1, ...say('err')));
      await stream.send(Uint8Array.of(2, ...say({ exitCode: 3 })));
      await stream.end();
    });
    await using session = await world.run(tenant.exec('web', { command: ['sh', '-c', 'cat'] }));
    await session.write(new TextEncoder().encode('in'));
    await session.resize(80, 24);
    await session.endInput();
    const output = await world.run(all(session.output));
    expect(output.map(({ stream, bytes }) => [stream, text(bytes)])).toEqual([
      ['stdout', '"out"'],
      ['stderr', '"err"'],
    ]);
    expect(await session.exit).toBe(3);
    expect(got).toEqual(['sh -c cat', '0in', '2{"cols":80,"rows":24}', '1']);
  });

  it('says so when a command’s session breaks before its exit code', async () => {
    const { world, provider, tenant } = await deployed();
    await provider.peer.serveStream(execProtocol, async (_, stream) => {
      await stream.send(say({ ok: true }));
      await stream.end();
    });
    await using session = await world.run(tenant.exec('web', { command: ['true'] }));
    await expect(world.run(all(session.output))).rejects.toMatchObject({ code: 'tenant.session-lost' });
    await expect(session.exit).rejects.toMatchObject({ code: 'tenant.session-lost' });
  });

  it('forwards bytes both ways, in frames that fit', async () => {
    const { world, provider, tenant } = await deployed();
    const sizes: number[] = [];
    await provider.peer.serveStream(forwardProtocol, async (_, stream) => {
      await stream.send(say({ ok: true }));
      for await (const frame of stream) {
        sizes.push(frame.length);
        await stream.send(frame);
      }
      await stream.end();
    });
    await using connection = await world.run(tenant.forward('web', { port: 80 }));
    const reading = all(connection.output);
    await world.run(connection.write(new Uint8Array(100_000)));
    await connection.end();
    const back = await world.run(reading);
    expect(back.reduce((sum, bytes) => sum + bytes.length, 0)).toBe(100_000);
    expect(sizes).toEqual([65_536, 34_464]);
  });

  it('needs a group to be named where there are several, and one that has a lease', async () => {
    const world = await createWorld();
    await world.provider({ rate: 360_000n });
    const tenant = world.tenant();
    await using _auctions = await world.run(tenant.order(wish('web')));
    await expect(all(tenant.logs('web'))).rejects.toMatchObject({ code: 'tenant.nothing-chosen' });
    await expect(all(tenant.logs('web', { group: 'x' }))).rejects.toMatchObject({
      code: 'tenant.unknown-group',
    });
    await expect(all(tenant.logs('api'))).rejects.toMatchObject({ code: 'tenant.unknown-deployment' });
  });
});
