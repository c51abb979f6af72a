import { canonicalJson, hashText, type LocalKey, type SubnetTask, subnetTaskProtocol } from '@souk/protocol';
import { hostileOf } from '@souk/protocol/testing';
import fc from 'fast-check';
import { afterEach, describe, expect, it } from 'vitest';
import type { Mechanism } from '../mechanisms/mechanism.ts';
import { makeRequest } from '../mechanisms/replay.ts';
import { echoMechanism } from '../testing/echo.ts';
import { createWorld, souk, type World } from '../testing/world.ts';
import type { TaskAnswer } from './tasks.ts';

let world: World;
afterEach(async () => world[Symbol.asyncDispose]());

async function oneMiner(mechanism: Mechanism = echoMechanism) {
  world = await createWorld({ tempo: 12 });
  const asker = world.actor('asker');
  void world.chain.writer(asker.cold.address).stake(world.subnet, asker.cold.address, 5n * souk);
  const miner = await world.miner('miner', { mechanisms: [mechanism] });
  const peer = await world.connect(asker);
  await world.passTo(world.blocks(1).start);

  interface Wish {
    readonly change?: Partial<SubnetTask>;
    readonly body?: string;
    readonly by?: LocalKey;
  }
  async function ask(wish: Wish = {}, seconds = 0): Promise<TaskAnswer> {
    const seed = hashText('seed');
    const { chain, subnet, clock } = world;
    const made = makeRequest(echoMechanism, { seed, subnet, epoch: 1, sequence: 0, units: 1 })!;
    const body = wish.body ?? made.body;
    const message: SubnetTask = {
      subnet,
      epoch: 1,
      mechanism: 0,
      registration: miner.registration,
      validator: asker.cold.address,
      sequence: 0,
      seed,
      request: hashText(body),
      deadline: clock.now() + 2_000,
      ...wish.change,
    };
    const task = await (wish.by ?? asker.hot).sign(chain.domain, 'SubnetTask', message);
    const asked = peer.ask(miner.peer.addresses(), subnetTaskProtocol, { task, body });
    await clock.advance(seconds * 1000);
    return await asked;
  }
  return { asker, miner, peer, ask };
}

const reasonOf = (answer: TaskAnswer) => (answer.ok ? 'answered' : answer.reason);

describe('a miner', () => {
  it('answers a validator with stake, and signs what it says', async () => {
    const { ask, miner } = await oneMiner();
    const answer = await ask();
    expect(answer).toMatchObject({ ok: true, response: { signer: miner.hot.address } });
    expect(miner.running.status()).toMatchObject({ registration: 1, tasks: { answered: 1 }, troubles: {} });
  });

  it.each([
    ['another registration', { change: { registration: 9 } }, 'not-mining'],
    ['a mechanism that there is not', { change: { mechanism: 3 } }, 'not-mining'],
    ['a deadline that has passed', { change: { deadline: 5 } }, 'too-late'],
    ['a body that is not the one signed', { change: { request: hashText('other') } }, 'request-malformed'],
    ['a body that is no request', { body: '{"number":"x"}' }, 'request-malformed'],
    [
      'a request that its seed does not make, nor for so many units',
      { body: canonicalJson({ number: 4, units: 9_000 }) },
      'request-malformed',
    ],
    ['a body that is not canonical', { body: '{"units":1,"number":4}' }, 'request-malformed'],
    [
      'a body that is too long',
      { body: canonicalJson({ number: 1, units: 1, x: 'x'.repeat(300) }) },
      'request-malformed',
    ],
  ])('refuses %s', async (_what, wish, reason) => {
    const { ask } = await oneMiner();
    expect(reasonOf(await ask(wish))).toBe(reason);
    expect(reasonOf(await ask())).toBe('answered');
  });

  it('refuses who is no validator, who has no stake, and who signs for another', async () => {
    const { ask, asker } = await oneMiner();
    const poor = world.actor('poor');
    await world.pass(2);
    expect(reasonOf(await ask({ change: { validator: poor.cold.address }, by: poor.hot }))).toBe(
      'not-a-validator',
    );
    expect(reasonOf(await ask({ by: poor.hot }))).toBe('not-a-validator');
    const stolen = {
      ...asker.hot,
      sign: async (...given: Parameters<LocalKey['sign']>) => ({
        ...(await poor.hot.sign(...given)),
        signer: asker.hot.address,
      }),
    };
    expect(reasonOf(await ask({ by: stolen as LocalKey }))).toBe('signature-wrong');
  });

  it('outlives a mechanism that throws, answers nonsense or hangs, and says so', async () => {
    let mood: 'throws' | 'nonsense' | 'hangs' | 'works' = 'throws';
    const { ask, miner } = await oneMiner({
      ...echoMechanism,
      run: async (request, context) => {
        if (mood === 'throws') throw new Error('boom');
        if (mood === 'nonsense') return { square: 'x' };
        return mood === 'hangs'
          ? await new Promise(() => undefined)
          : await echoMechanism.run(request as never, context);
      },
    });
    expect(reasonOf(await ask())).toBe('failed');
    mood = 'nonsense';
    expect(reasonOf(await ask())).toBe('failed');
    mood = 'hangs';
    expect(reasonOf(await ask({}, 3))).toBe('too-late');
    mood = 'works';
    expect(reasonOf(await ask())).toBe('answered');
    expect(miner.running.status().tasks).toEqual({ failed: 2, 'too-late': 1, answered: 1 });
  });

  it('says that it is busy where more is asked of it than it does at once', async () => {
    const done = Promise.withResolvers<void>();
    const { ask } = await oneMiner({
      ...echoMechanism,
      run: async (request, context) => {
        await done.promise;
        return await echoMechanism.run(request as never, context);
      },
    });
    const eight = Array.from({ length: 8 }, (_, sequence) => ask({ change: { sequence } }));
    await world.clock.advance(10);
    expect(reasonOf(await ask())).toBe('busy');
    done.resolve();
    expect((await Promise.all(eight)).map(reasonOf)).toEqual(Array.from({ length: 8 }, () => 'answered'));
  });

  it('answers on whatever anybody says to it', async () => {
    const { ask, miner } = await oneMiner();
    const seed = 20_261_123;
    let stranger = world.network.stranger(world.actor('s').hot);
    for (const [at, bytes] of fc
      .sample(hostileOf(subnetTaskProtocol.request), { numRuns: 300, seed })
      .entries()) {
      const frame = Buffer.alloc(4 + bytes.length);
      frame.writeUInt32BE(bytes.length);
      frame.set(bytes, 4);
      const said = stranger.say(miner.peer.addresses(), subnetTaskProtocol.name, frame).then(
        () => true,
        () => false,
      );
      await world.clock.advance(1);
      if (await said) continue;
      await stranger[Symbol.asyncDispose]();
      stranger = world.network.stranger(world.actor(`s${at}`).hot);
    }
    await stranger[Symbol.asyncDispose]();
    expect(reasonOf(await ask())).toBe('answered');
  });
});

describe('a miner’s endpoints', () => {
  it('are put on chain once, and again when they are others, no oftener than the subnet allows', async () => {
    const { miner } = await oneMiner();
    const served = async () => (await world.events()).filter(({ kind }) => kind === 'served').length;
    await world.pass(8);
    expect(await served()).toBe(1);
    expect(miner.running.status()).toMatchObject({ endpoints: miner.peer.addresses().join(' '), units: 1 });
    const first = (await world.events()).find(({ kind }) => kind === 'served')!;
    world.chain.reorg(world.chain.head() - first.block + 1);
    expect(await served()).toBe(0);
    await world.pass(4);
    expect(await served()).toBe(1);
  });
});
