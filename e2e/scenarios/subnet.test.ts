/**
 * A subnet on one machine, with real peers, a real chain and real work: three validators, six miners, of which one is
 * lazy and one copies. Beside it docs/subnets.md is followed from its first command to its last.
 */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { blocksOf, type Reader, startReader } from '../guide.ts';
import { eventually, startTestNetwork, type TestNetwork } from '../souk.ts';

interface Metagraph {
  readonly epoch: number;
  readonly miners: readonly { readonly registration: number; readonly earned: string }[];
  readonly validators: readonly { readonly operator: string; readonly evidence: string }[];
}

interface Epoch {
  readonly epoch: number;
  readonly state: string;
}

describe('a subnet', () => {
  let net: TestNetwork;
  let reader: Reader;
  beforeAll(async () => {
    net = await startTestNetwork({ driver: 'process', subnet: { mechanism: 'compute', tempo: 30 } });
    reader = startReader(net.home);
  });
  afterAll(async () => {
    await reader[Symbol.asyncDispose]();
    await net[Symbol.asyncDispose]();
  });

  const pidOf = (name: string) => net.actors.find((actor) => actor.name === name)?.pid ?? 0;
  const ask = async <T>(...args: string[]) => (await net.souk('subnet', ...args, '--json')).json<T>();

  it('is made, mined, validated, staked in and left by the commands of docs/subnets.md', async () => {
    // Killed at the start: it has the length of the page to come back.
    process.kill(pidOf('validator-2'), 'SIGKILL');
    const [up, ...blocks] = blocksOf('docs/subnets.md');
    expect(up).toEqual({ text: './souk up --subnet compute\n', isTerminal: true });
    for (const block of blocks) await reader.run(block);
    const subnets = await ask<{ name: string; isDissolved: boolean }[]>('ls');
    expect(subnets).toMatchObject([
      { name: 'local-compute', isDissolved: false },
      { name: 'primes', isDissolved: true },
    ]);
  }, 400_000);

  it('pays honest miners more than a lazy one, and one that copies nothing', async () => {
    const earned = await eventually(
      'two epochs with everybody in them',
      async () => {
        const { miners } = await ask<Metagraph>('metagraph', '1');
        const of = (name: string) => {
          const uid = net.actors.find((actor) => actor.name === name)?.registration;
          return BigInt(miners.find(({ registration }) => registration === uid)?.earned ?? 0);
        };
        const honest = ['miner-1', 'miner-2', 'miner-3', 'miner-4'].map(of).sort((a, b) => (a < b ? -1 : 1));
        const found = { honest: honest[0] ?? 0n, lazy: of('miner-lazy'), copier: of('miner-copier') };
        return found.lazy > 0n ? found : undefined;
      },
      90_000,
    );
    expect(earned.honest).toBeGreaterThan(earned.lazy);
    expect(earned.copier).toBe(0n);
  });

  it('goes on with a validator that was killed: its evidence counts again', async () => {
    const operator = net.actors.find(({ name }) => name === 'validator-2')?.operator;
    const probe = async () => {
      const { validators } = await ask<Metagraph>('metagraph', '1');
      return validators.find((one) => one.operator === operator && one.evidence === 'shown');
    };
    const shown = await eventually('evidence of the one that was killed', probe, 90_000);
    expect(shown.operator).toBe(operator);
    const epochs = await ask<Epoch[]>('epochs', '1', '--last', '100');
    // All but those that are still being revealed, opened or posted.
    expect(epochs.slice(3).filter(({ state }) => state !== 'posted')).toEqual([]);
    expect(epochs.filter(({ state }) => state === 'posted').length).toBeGreaterThan(1);
  });

  it('pays its owner on chain, once', async () => {
    const before = BigInt((await net.souk('balance', '--json')).json<{ souk: string }>().souk);
    const { claims } = await ask<{ claims: { amount: string }[] }>('claim', '1');
    const after = BigInt((await net.souk('balance', '--json')).json<{ souk: string }>().souk);
    expect(claims).toHaveLength(1);
    expect(after - before).toBe(BigInt(claims[0]?.amount ?? 0));
    const claimed = (await net.souk('subnet', 'events', '1', '--kind', 'claimed', '--json')).stdout;
    // Miners and validators claim by themselves.
    for (const { operator } of net.actors.filter(({ name }) => /^(miner|validator)-1$/.test(name)))
      expect(claimed).toContain(operator);
  });
});
