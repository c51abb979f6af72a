import { hashCommit, hashText, hashWeights, type Hex, zeroHash } from '@souk/protocol';
import { afterEach, describe, expect, it } from 'vitest';
import { computeEpoch } from '../src/epochs/compute.ts';
import type { EpochResult } from '../src/epochs/epoch.ts';
import { attestationOf, claimOf } from '../src/epochs/rewards.ts';
import { echoMechanism } from '../src/testing/echo.ts';
import {
  createWorld,
  souk,
  type ValidatorActor,
  type World,
  type WorldOptions,
} from '../src/testing/world.ts';
import { judgeEvidence } from '../src/validator/evidence/judge.ts';

let world: World;
afterEach(async () => world[Symbol.asyncDispose]());

async function threeValidators(options: WorldOptions = {}) {
  world = await createWorld(options);
  const validators: ValidatorActor[] = [];
  for (const name of ['v1', 'v2', 'v3']) validators.push(await world.validator(name, 100n * souk));
  await world.pass(1);
  return validators as [ValidatorActor, ValidatorActor, ValidatorActor];
}

async function startAll(validators: readonly ValidatorActor[]): Promise<void> {
  for (const validator of validators) await validator.start();
}

/** As anybody recomputes them who has nothing but a node. */
async function recompute(upTo: number): Promise<readonly EpochResult[]> {
  const { chain, subnet, blocks } = world;
  const events = await world.events();
  const judge = judgeEvidence([echoMechanism], chain.domain);
  const results: EpochResult[] = [];
  for (let epoch = 0; epoch <= upTo; epoch += 1) {
    const at = blocks(epoch);
    const [beacon, snapshotBlock] = [
      await chain.reads.blockHash(at.beacon),
      await chain.reads.blockHash(at.snapshot),
    ];
    const facts = {
      beacon: beacon!,
      snapshotBlock: snapshotBlock!,
      accrued: await chain.reads.accruedAt(subnet, at.end),
    };
    results.push(computeEpoch({ subnet, epoch, facts, events, previous: results.at(-1) }, judge));
  }
  return results;
}

async function posts() {
  return (await world.events()).filter((event) => event.kind === 'epoch-posted');
}

async function expectPostedExactly(epochs: number): Promise<readonly EpochResult[]> {
  const results = await recompute(epochs - 1);
  const posted = await posts();
  expect(posted.slice(0, epochs).map(({ attestation }) => attestation)).toEqual(results.map(attestationOf));
  return results;
}

describe('a subnet of three validators and six miners', () => {
  it('pays the honest more than the lazy, the lazy more than the copier, and all that was assigned can be claimed', async () => {
    const validators = await threeValidators({ params: { evidenceDraws: 2n } });
    const { chain, subnet, miner, passTo, blocks } = world;
    const overheard = { square: 1, precision: 1 };
    const honest = {
      ...echoMechanism,
      run: async ({ number }: { number: number }) => ({
        ...Object.assign(overheard, { square: number * number }),
      }),
    };
    const copier = { ...echoMechanism, run: async () => ({ ...overheard }) };
    const miners = [];
    for (const name of ['m1', 'm2', 'm3', 'm4']) miners.push(await miner(name, { mechanisms: [honest] }));
    miners.push(await miner('lazy', { settings: { precision: '0.5' } }));
    miners.push(await miner('copier', { mechanisms: [copier] }));
    await startAll(validators);
    await passTo(blocks(4).snapshot + 4);

    const results = await expectPostedExactly(5);
    const last = results.at(-1)!;
    expect(last.validators.map(({ evidence }) => evidence)).toEqual(['shown', 'shown', 'shown']);
    const earned = miners.map(({ cold }) => last.rewards.get(cold.address) ?? 0n);
    const [lazy, copied] = [earned[4]!, earned[5]!];
    for (const one of earned.slice(0, 4)) expect(one).toBeGreaterThan((lazy * 19n) / 10n);
    expect(lazy).toBeGreaterThan(copied * 2n);
    expect(validators.map((one) => one.running?.status().troubles)).toEqual([{}, {}, {}]);

    const total = [...last.rewards.values()].reduce((sum, amount) => sum + amount, 0n);
    expect(total).toBe(last.total);
    expect(last.total).toBeLessThanOrEqual(await chain.reads.accruedAt(subnet, last.blocks.end));
    for (const [account, amount] of last.rewards) {
      const claim = claimOf(last, account)!;
      void chain.writer(account).claim(subnet, account, claim.cumulative, claim.proof);
      chain.mine();
      expect(await chain.reads.claimedOf(subnet, account)).toBe(amount);
    }
  });

  it('scores a newcomer in its first whole epoch', async () => {
    const validators = await threeValidators();
    const { miner, passTo, blocks, pass } = world;
    await miner('m1');
    await startAll(validators);
    await passTo(blocks(1).start + 3);
    const newcomer = await miner('m2', { settings: { precision: '0.9' } });
    await passTo(blocks(2).snapshot + 4);
    await pass(1);
    const results = await recompute(2);
    expect(results[1]?.miners.find((one) => one.registration === newcomer.registration)?.incentive).toBe(0n);
    expect(
      results[2]?.miners.find((one) => one.registration === newcomer.registration)?.incentive,
    ).toBeGreaterThan(0n);
  });

  it('pays nothing to a validator that copies weights it has no log for', async () => {
    const [v1, v2, copier] = await threeValidators();
    const { chain, subnet, miner, passTo, blocks } = world;
    await miner('m1');
    await startAll([v1, v2]);
    await passTo(blocks(2).end - 2);
    const copied = (await world.events()).find((event) => event.kind === 'revealed' && event.epoch === 1);
    const weights: readonly Hex[] = copied?.kind === 'revealed' ? copied.weights : [];
    const operator = copier.cold.address;
    const reveal = { salt: zeroHash, version: 1, logRoot: zeroHash, weights };
    const weightsHash = hashWeights(1, weights);
    const parts = { subnet, epoch: 2, operator, salt: zeroHash, weightsHash, logRoot: zeroHash };
    const writer = chain.writer(copier.hot.address);
    void writer.commit(subnet, 2, hashCommit(parts));
    await passTo(blocks(2).end + 1);
    void writer.reveal(subnet, 2, reveal);
    await passTo(blocks(2).beacon + 1);
    void writer.open(subnet, 2, '0x6865');
    await passTo(blocks(2).snapshot + 4);
    const results = await expectPostedExactly(3);
    const row = results[2]?.validators.find((one) => one.operator === operator);
    expect(row).toMatchObject({ evidence: 'wrong-entries', reward: 0n });
    expect(results[2]?.validators.find((one) => one.operator === v1.cold.address)?.reward).toBeGreaterThan(
      0n,
    );
  });
});

describe('a subnet in trouble', () => {
  it('goes on without a validator that is offline for three epochs, which then catches up exactly', async () => {
    const validators = await threeValidators();
    const { miner, passTo, blocks } = world;
    await miner('m1');
    await miner('m2', { settings: { precision: '0.7' } });
    await startAll(validators);
    await passTo(blocks(1).end + 2);
    await validators[2].stop();
    await passTo(blocks(4).snapshot + 6);
    expect((await posts()).length).toBe(5);
    await validators[2].start();
    await passTo(blocks(6).snapshot + 6);
    const results = await expectPostedExactly(7);
    expect(validators[2].running?.status()).toMatchObject({
      computedEpoch: 6,
      differences: [],
      troubles: {},
    });
    const shown = results.map(
      ({ validators: rows }) => rows.find((one) => one.operator === validators[2].cold.address)?.evidence,
    );
    expect(shown.slice(2)).toEqual([
      'not-revealed',
      'not-revealed',
      'not-revealed',
      expect.anything(),
      'shown',
    ]);
  });

  it('posts every epoch, late and exact, when its quorum comes back after three epochs', async () => {
    const validators = await threeValidators();
    const { miner, passTo, blocks, pass } = world;
    await miner('m1');
    await startAll(validators);
    await passTo(blocks(1).snapshot + 6);
    await validators[1].stop();
    await validators[2].stop();
    await passTo(blocks(4).snapshot + 6);
    expect((await posts()).length).toBe(2);
    expect(validators[0].running?.status()).toMatchObject({
      computedEpoch: 4,
      postedEpoch: 1,
      quorumShare: 0.333,
    });
    await validators[1].start();
    await pass(20);
    expect((await posts()).length).toBe(5);
    await expectPostedExactly(5);
  });

  it('commits and reveals again what a reorganisation undid, and posts again', async () => {
    const [v1, v2, v3] = await threeValidators();
    const { chain, miner, passTo, blocks, pass } = world;
    await miner('m1');
    await startAll([v1, v2, v3]);
    const seen = async (kind: string, epoch: number) =>
      (await world.events()).filter(
        (event) => event.kind === kind && 'epoch' in event && event.epoch === epoch,
      ).length;
    await passTo(blocks(1).end - 3);
    expect(await seen('committed', 1)).toBe(3);
    chain.reorg(3);
    expect(await seen('committed', 1)).toBe(0);
    await pass(1);
    await passTo(blocks(1).end + 3);
    expect(await seen('committed', 1)).toBe(3);
    expect(await seen('revealed', 1)).toBe(3);
    chain.reorg(4);
    expect(await seen('revealed', 1)).toBe(0);
    await passTo(blocks(1).snapshot + 6);
    expect(await seen('revealed', 1)).toBe(3);
    expect((await posts()).length).toBe(2);
    chain.reorg(8);
    await pass(12);
    expect((await posts()).length).toBe(2);
    await passTo(blocks(2).snapshot + 8);
    await expectPostedExactly(3);
    expect((await recompute(1))[1]?.validators.map(({ evidence }) => evidence)).toEqual([
      'shown',
      'shown',
      'shown',
    ]);
  });

  it('loses nothing while the chain does not answer', async () => {
    const validators = await threeValidators();
    const { chain, miner, passTo, blocks, pass } = world;
    await miner('m1');
    await startAll(validators);
    await passTo(blocks(1).end + 1);
    chain.isDown = true;
    await pass(5);
    expect(validators[0].running?.status().troubles).toHaveProperty('chain');
    chain.isDown = false;
    await passTo(blocks(1).snapshot + 6);
    const results = await expectPostedExactly(2);
    expect(results[1]?.validators.map(({ evidence }) => evidence)).toEqual(['shown', 'shown', 'shown']);
  });

  it.each([
    ['inputs', { accruedAt: async () => 1n }],
    ['snapshotBlock', { blockHash: async () => hashText('another chain') }],
  ] as const)('names %s where that is the first thing that one node has otherwise', async (field, lies) => {
    const [v1, v2, v3] = await threeValidators();
    const { chain, miner, passTo, blocks } = world;
    await miner('m1');
    await startAll([v1, v2]);
    const { reads } = chain;
    const isAsked = (block: number) => block === blocks(0).snapshot;
    const blockHash = (block: number) =>
      'blockHash' in lies && isAsked(block) ? lies.blockHash() : reads.blockHash(block);
    await v3.start({ reads: { ...reads, ...lies, blockHash } });
    await passTo(blocks(0).snapshot + 8);
    expect((await posts()).length).toBe(1);
    const named = v3.running?.status().differences;
    expect(named?.[0]).toMatchObject({ epoch: 0, field, operator: undefined });
    expect(v1.running?.status().differences).toMatchObject([]);
    await expectPostedExactly(1);
  });
});
