import { createKey, type LocalKey, silentLog, systemClock, zeroHash } from '@souk/protocol';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { type ChainSettings, connectChain, startWriter, type Writer } from '../src/index.ts';
import { agreeLease, oneToken, startTestChain, type TestChain } from './fixture.ts';
import { type RpcProxy, startRpcProxy } from './rpc-proxy.ts';

let test: TestChain;
let proxy: RpcProxy;
let disposables: AsyncDisposableStack;

beforeAll(async () => {
  test = await startTestChain();
});
beforeEach(async () => {
  disposables = new AsyncDisposableStack();
  proxy = disposables.use(await startRpcProxy(test.local.rpcUrl));
});
afterEach(async () => {
  await test.rpc('evm_setIntervalMining', 0);
  await test.rpc('evm_setAutomine', true);
  await disposables.disposeAsync();
});
afterAll(() => test[Symbol.asyncDispose]());

/** A writer whose node is reached through the proxy. */
function writerBy(key: LocalKey, settings: ChainSettings = {}): Writer {
  const network = { ...test.network, rpcUrl: proxy.url };
  const chain = connectChain({ log: silentLog, clock: systemClock }, { network, pollMs: 20 });
  return disposables.use(startWriter({ chain, key, log: silentLog }, { pollMs: 20, ...settings }));
}

async function stopMining(): Promise<void> {
  await test.rpc('evm_setAutomine', false);
}

async function nonceOf(key: LocalKey, tag = 'latest'): Promise<number> {
  return Number(await test.rpc('eth_getTransactionCount', key.address, tag));
}

describe('the queue of one key', () => {
  it('opens 50 leases at once without a nonce clash, in a few blocks', async () => {
    const [tenant, hotKey] = await Promise.all([test.tenant(), test.operator()]);
    const leases = await Promise.all(
      Array.from({ length: 50 }, () => agreeLease(test.chain, { tenant, hotKey })),
    );
    const before = await nonceOf(hotKey);
    await stopMining();
    await test.rpc('evm_setIntervalMining', 1);
    const writer = writerBy(hotKey);
    const opened = await Promise.all(leases.map((lease) => writer.open(lease)));
    expect(new Set(opened.map(({ ref }) => ref.lease)).size).toBe(50);
    expect(await nonceOf(hotKey)).toBe(before + 50);
    const blocks = opened.map(({ block }) => block);
    expect(Math.max(...blocks) - Math.min(...blocks)).toBeLessThanOrEqual(4);
  }, 30_000);

  it('needs two calls in a row before a lease is handed to the node, and one block', async () => {
    const [tenant, hotKey] = await Promise.all([test.tenant(), test.operator()]);
    const writer = writerBy(hotKey);
    await writer.open(await agreeLease(test.chain, { tenant, hotKey }));
    await systemClock.sleep(2100);
    proxy.calls.length = 0;
    await writer.open(await agreeLease(test.chain, { tenant, hotKey }));
    expect(proxy.calls.slice(0, 2).toSorted()).toEqual(['eth_estimateGas', 'eth_getBlockByNumber']);
    expect(proxy.calls.slice(2)).toEqual([
      'eth_sendRawTransaction',
      'eth_getBlockByNumber',
      'eth_getTransactionReceipt',
    ]);
  });

  it('goes on when another process has used the key meanwhile', async () => {
    const key = await test.account();
    const [ours, theirs] = [writerBy(key), test.writer(key)];
    await ours.sendGas(key.address, 1n);
    await theirs.sendGas(key.address, 1n);
    await ours.sendGas(key.address, 1n);
    await Promise.all(
      [...Array(4)].flatMap(() => [ours.sendGas(key.address, 1n), theirs.sendGas(key.address, 1n)]),
    );
    expect(await nonceOf(key)).toBe(11);
  });

  it('sends once although the answer to the sending was lost', async () => {
    const key = await test.account();
    const writer = writerBy(key);
    proxy.loseAnswerOf = 'eth_sendRawTransaction';
    await writer.sendGas(key.address, 1n);
    expect(await nonceOf(key)).toBe(1);
  });

  it('waits out a node that is away, before and after the sending', async () => {
    const key = await test.account();
    const writer = writerBy(key);
    await stopMining();
    const sending = writer.sendGas(key.address, 1n);
    await expect.poll(() => nonceOf(key, 'pending')).toBe(1);
    proxy.isDown = true;
    await test.rpc('evm_mine');
    await systemClock.sleep(300);
    proxy.isDown = false;
    await expect(sending).resolves.toMatchObject({ gasUsed: 21_000n });
  });

  it('raises the fee of a transaction that is stuck', async () => {
    const key = await test.account();
    const writer = writerBy(key, { bumpAfterBlocks: 2, maxFeeMultiplier: 1 });
    await writer.sendGas(key.address, 1n);
    await stopMining();
    const sending = writer.sendGas(key.address, 1n);
    await expect.poll(() => nonceOf(key, 'pending')).toBe(2);
    const block = (await test.rpc('eth_getBlockByNumber', 'latest', false)) as { baseFeePerGas: string };
    const dearer = BigInt(block.baseFeePerGas) + 10n ** 10n;
    for (let mined = 0; mined < 8; mined += 1) {
      await test.rpc('anvil_setNextBlockBaseFeePerGas', `0x${dearer.toString(16)}`);
      await test.rpc('evm_mine');
      await systemClock.sleep(100);
    }
    await expect(sending).resolves.toMatchObject({ gasUsed: 21_000n });
    expect(await nonceOf(key)).toBe(2);
  });

  it('says that gas is above the cap instead of paying it', async () => {
    const key = await test.account();
    await expect(writerBy(key, { feeCapWei: 10n }).sendGas(key.address, 1n)).rejects.toMatchObject({
      code: 'chain.fee-too-high',
      retry: true,
      data: { capWei: 10n },
    });
  });

  it('says that there is no money for gas', async () => {
    const key = createKey();
    await expect(writerBy(key).cancelAll()).rejects.toMatchObject({
      code: 'chain.no-gas',
      blame: 'user',
      data: { account: key.address },
    });
    await test.faucet.sendGas(key.address, 1000n);
    await expect(writerBy(key).cancelAll()).rejects.toMatchObject({ code: 'chain.no-gas' });
  });

  it('says why a transaction reverted in its block although the estimate had passed', async () => {
    const key = await test.tenant(10n);
    const writer = writerBy(key);
    await stopMining();
    const both = Promise.allSettled([writer.withdraw(8n), writer.withdraw(8n)]);
    await expect.poll(() => nonceOf(key, 'pending')).toBe((await nonceOf(key)) + 2);
    await test.rpc('evm_mine');
    const failed = (await both).filter((result) => result.status === 'rejected');
    expect(failed).toHaveLength(1);
    expect(failed[0]?.reason).toMatchObject({ code: 'chain.reverted', data: { error: 'BalanceTooSmall' } });
  });

  it('opens once when the process ends between sending and receipt', async () => {
    const [tenant, hotKey] = await Promise.all([test.tenant(), test.operator()]);
    const lease = await agreeLease(test.chain, { tenant, hotKey });
    const before = await nonceOf(hotKey);
    await stopMining();
    const first = startWriter({ chain: test.chain, key: hotKey, log: silentLog }, { pollMs: 20 });
    const lost = first.open(lease);
    lost.catch(() => undefined);
    await expect.poll(() => nonceOf(hotKey, 'pending')).toBe(before + 1);
    await first[Symbol.asyncDispose]();
    await expect(lost).rejects.toMatchObject({ code: 'chain.closed', retry: true });
    const again = writerBy(hotKey).open(lease);
    await expect.poll(() => nonceOf(hotKey, 'pending')).toBe(before + 2);
    await test.rpc('evm_mine');
    const opened = await again;
    expect(opened.ref.lease).toBe(lease.bid.message.order);
    expect(await test.chain.balanceOf(tenant.address)).toBe(99n * oneToken);
  });

  it('gives up waiting after the time-out and says which transactions may still be mined', async () => {
    const key = await test.account();
    await stopMining();
    const writer = writerBy(key, { receiptTimeoutMs: 200 });
    await expect(writer.sendGas(key.address, 1n)).rejects.toMatchObject({
      code: 'chain.unconfirmed',
      retry: true,
    });
    await test.rpc('evm_mine');
    await test.rpc('evm_setAutomine', true);
    await writer.sendGas(key.address, 1n);
    expect(await nonceOf(key)).toBe(2);
  });

  it('says that the node is out of reach, without telling the key in its URL', async () => {
    const network = { ...test.network, rpcUrl: 'http://127.0.0.1:9/v2/secret-key' };
    const chain = connectChain({ log: silentLog, clock: systemClock }, { network, rpcTimeoutMs: 500 });
    await using writer = startWriter({ chain, key: createKey(), log: silentLog });
    const fault = (await writer.cancelAll().catch((error: unknown) => error)) as Error;
    expect(fault).toMatchObject({ code: 'chain.unreachable', retry: true });
    expect(fault.message).not.toContain('secret-key');
  });
});

describe('a token without permits', () => {
  it('is deposited by approval', async () => {
    proxy.answer = (method, params) => {
      const data = (params[0] as { data?: string } | undefined)?.data;
      const isSeparator = method === 'eth_call' && data?.startsWith('0x3644e515');
      return isSeparator ? { error: { code: 3, message: 'execution reverted', data: '0x' } } : undefined;
    };
    const key = await test.account();
    const writer = writerBy(key);
    await writer.deposit(7n);
    await writer.register(key.address, 100n * oneToken, zeroHash);
    expect(await test.chain.balanceOf(key.address)).toBe(7n);
    expect(await test.chain.activeHotKey(key.address)).toBe(key.address);
    expect(await nonceOf(key)).toBe(4);
  });
});
