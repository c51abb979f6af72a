import {
  attestationsTopic,
  hashMessage,
  hashText,
  type Log,
  silentLog,
  subnetTaskProtocol,
} from '@souk/protocol';
import { afterEach, describe, expect, it } from 'vitest';
import type { z } from 'zod';
import type { Mechanism } from '../src/mechanisms/mechanism.ts';
import { echoMechanism } from '../src/testing/echo.ts';
import {
  createWorld,
  souk,
  type ValidatorActor,
  type World,
  type WorldOptions,
} from '../src/testing/world.ts';
import { openJournal } from '../src/validator/journal.ts';

type Request = z.output<typeof subnetTaskProtocol.request>;
type Answer = z.output<typeof subnetTaskProtocol.answer>;

let world: World;
afterEach(async () => world[Symbol.asyncDispose]());

async function oneValidator(options: WorldOptions = {}): Promise<ValidatorActor> {
  world = await createWorld(options);
  return await world.validator('v1', 100n * souk);
}

/** A miner that says whatever `handle` makes of a task; unreachable where there is none. */
async function oddMiner(name: string, handle?: (request: Request, sign: Sign) => Promise<Answer>) {
  const who = world.actor(name);
  const registered = world.chain.writer(who.cold.address).register(world.subnet, 0n);
  world.chain.mine();
  const { registration } = await registered;
  const peer = await world.connect(who);
  void world.chain.writer(who.hot.address).serve(world.subnet, registration, peer.addresses().join(' '), 1);
  const sign: Sign = async (body, { task }) => {
    const message = { task: hashMessage('SubnetTask', task.message), response: hashText(body) };
    return { ok: true, body, response: await who.hot.sign(world.chain.domain, 'SubnetResponse', message) };
  };
  if (handle === undefined) await peer[Symbol.asyncDispose]();
  else await peer.answer(subnetTaskProtocol, (request) => handle(request, sign));
  return registration;
}
type Sign = (body: string, request: Request) => Promise<Answer>;

/** Through epoch 1: in epoch 0 nobody has declared anything yet. */
async function scoresOf(validator: ValidatorActor): Promise<Record<number, readonly number[]>> {
  await validator.start();
  await world.passTo(world.blocks(1).end - 1);
  const entries = openJournal(validator.store, world.subnet).entriesOf(1);
  const byMiner = Map.groupBy(entries, ({ task }) => task.message.registration);
  return Object.fromEntries([...byMiner].map(([id, all]) => [id, all.map(({ score }) => score)]));
}

const right = (request: Request, precision = 1) => {
  const { number } = JSON.parse(request.body) as { readonly number: number };
  return JSON.stringify({ precision, square: number * number * precision });
};

describe('a miner that answers badly', () => {
  it.each<[string, (request: Request, sign: Sign) => Promise<Answer>]>([
    ['with nonsense', async (request, sign) => await sign('{"square":"x"}', request)],
    [
      'at too great a length',
      async (request, sign) => await sign(`{"square":1,"x":"${'x'.repeat(400)}"}`, request),
    ],
    [
      'with what is not canonical',
      async (request, sign) => await sign(right(request).replace('{', '{ '), request),
    ],
    [
      'with another’s signature',
      async (request) => ({
        ok: true,
        body: right(request),
        response: {
          message: { task: hashText('t'), response: hashText('r') },
          signer: world.owner.hot.address,
          signature: '0x11',
        },
      }),
    ],
    [
      'with the answer to another task',
      async (request, sign) => {
        const other = { ...request.task, message: { ...request.task.message, sequence: 77 } };
        return await sign(right(request), { ...request, task: other });
      },
    ],
    ['with a refusal', async () => ({ ok: false, reason: 'failed', detail: 'no' })],
    ['never', async () => await new Promise(() => undefined)],
    ['that it is busy, always', async () => ({ ok: false, reason: 'busy', detail: 'later' })],
    ['by breaking off', async () => Promise.reject(new Error('boom'))],
  ])('%s is worth nothing, and nobody else suffers', async (_how, handle) => {
    const validator = await oneValidator();
    const bad = await oddMiner('bad', handle);
    const good = await oddMiner('good', async (request, sign) => await sign(right(request), request));
    const scores = await scoresOf(validator);
    expect(scores[good]).toEqual([1, 1]);
    expect(scores[bad]).toEqual([0, 0]);
    expect(validator.running?.status().troubles).toEqual({});
  });

  it('late is worth nothing', async () => {
    const validator = await oneValidator();
    const late = await oddMiner('late', async (request, sign) => {
      await world.clock.sleep(2_500);
      return await sign(right(request), request);
    });
    const good = await oddMiner('good', async (request, sign) => await sign(right(request), request));
    expect(await scoresOf(validator)).toEqual({ [late]: [0, 0], [good]: [1, 1] });
  });

  it('at the second attempt is scored as any other', async () => {
    const validator = await oneValidator();
    let asked = 0;
    const shy = await oddMiner('shy', async (request, sign) => {
      asked += 1;
      return asked % 2 === 1
        ? { ok: false, reason: 'busy', detail: 'later' }
        : await sign(right(request, 0.5), request);
    });
    expect(await scoresOf(validator)).toEqual({ [shy]: [0.5, 0.5] });
    expect(asked).toBe(4);
  });
});

describe('miners that can’t be reached', () => {
  it('are worth nothing where others can', async () => {
    const validator = await oneValidator();
    const gone = await oddMiner('gone');
    const good = await oddMiner('good', async (request, sign) => await sign(right(request), request));
    expect(await scoresOf(validator)).toEqual({ [gone]: [0, 0], [good]: [1, 1] });
  });

  it('all of them, say more about the validator: nothing is scored, and it says so', async () => {
    const validator = await oneValidator();
    await oddMiner('gone');
    await oddMiner('gone too');
    expect(await scoresOf(validator)).toEqual({});
    expect(validator.running?.status()).toMatchObject({
      troubles: { asking: expect.stringContaining('no miner') },
      hasCommitted: false,
    });
  });
});

describe('a mechanism that asks all at the same instant', () => {
  it('sends every task before any answer is there', async () => {
    const mechanism = {
      ...echoMechanism,
      limits: { ...echoMechanism.limits, isSimultaneous: true, tasksPerEpoch: 1 },
    };
    const validator = await oneValidator({
      mechanisms: [mechanism],
      validatorSettings: { maxConcurrentTasks: 1 },
    });
    const asked: number[] = [];
    for (const name of ['a', 'b', 'c']) {
      await oddMiner(name, async (request, sign) => {
        asked.push(world.clock.now());
        await world.clock.sleep(700);
        return await sign(right(request), request);
      });
    }
    const scores = await scoresOf(validator);
    expect(scores).toEqual({ 1: [1], 2: [1], 3: [1] });
    expect(new Set(asked).size).toBe(1);
  });
});

describe('a mechanism with a fault', () => {
  const boom = () => {
    throw new Error('boom');
  };
  const errors: string[] = [];
  const log: Log = {
    ...silentLog,
    error: (message) => void errors.push(message),
    warn: (message) => void errors.push(message),
    child: () => log,
  };

  it.each<[string, Partial<Mechanism>, readonly number[] | undefined, string]>([
    ['throws on observing', { observe: async () => boom() }, [0, 0], 'mechanism failed to observe'],
    [
      'hangs on observing',
      { observe: async () => await new Promise(() => undefined) },
      [0, 0],
      'mechanism failed to observe',
    ],
    ['observes nonsense', { observe: async () => 5 }, [0, 0], 'mechanism failed to observe'],
    ['throws on scoring', { score: boom }, [0, 0], 'mechanism failed to score'],
    ['throws on making a task', { task: boom }, undefined, 'mechanism failed to make a task'],
    [
      'makes a task that its own schema refuses',
      { task: () => 5 },
      undefined,
      'mechanism makes a task that its own schema or limit refuses',
    ],
    ['throws on aggregating', { aggregate: boom }, [1, 1], 'mechanism failed to aggregate'],
  ])('that %s is named, and the validator lives on', async (_what, fault, scores, message) => {
    errors.length = 0;
    const mechanisms = [{ ...echoMechanism, ...fault } as Mechanism];
    const validator = await oneValidator({ mechanisms, log, validatorSettings: { observeMs: 1_000 } });
    const miner = await oddMiner('good', async (request, sign) => await sign(right(request), request));
    expect((await scoresOf(validator))[miner]).toEqual(scores);
    expect(errors).toContain(message);
    await world.passTo(world.blocks(1).snapshot + 4);
    expect(validator.running?.status()).toMatchObject({ computedEpoch: 1, postedEpoch: 1 });
  });
});

describe('a validator that signs two results', () => {
  it('is slashed by whoever hears both', async () => {
    const honest = await oneValidator();
    const liar = await world.validator('liar', 90n * souk);
    await oddMiner('good', async (request, sign) => await sign(right(request), request));
    await honest.start();
    await world.passTo(world.blocks(0).snapshot - 1);
    const { reads } = world.chain;
    await world.pass(1);
    const peer = await world.connect(liar);
    const snapshotBlock = (await reads.blockHash(world.blocks(0).snapshot))!;
    for (const total of [1n, 2n]) {
      const hash = hashText(String(total));
      const lie = {
        subnet: world.subnet,
        epoch: 0,
        engine: 1,
        snapshotBlock,
        inputs: hash,
        outputs: hash,
        rewardRoot: hash,
        total,
        validators: hash,
        prunable: hash,
      };
      const signed = await liar.hot.sign(world.chain.domain, 'EpochAttestation', lie);
      await peer.publish(attestationsTopic, signed);
      await world.pass(2);
    }
    await world.pass(3);
    await peer[Symbol.asyncDispose]();
    const slashed = (await world.events()).find(({ kind }) => kind === 'pool-slashed');
    expect(slashed).toMatchObject({ operator: liar.cold.address, amount: 9n * souk });
  });
});
