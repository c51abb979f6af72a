import { readFileSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { createKey, silentLog, systemClock } from '@souk/protocol';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import {
  connectChain,
  deployContracts,
  faucetKey,
  type Network,
  startLocalChain,
  startWriter,
} from '../src/index.ts';
import { callRpc, temporaryFolder } from './fixture.ts';

let disposables: AsyncDisposableStack;
let folder: string;

beforeEach(() => {
  disposables = new AsyncDisposableStack();
  folder = temporaryFolder(disposables);
});
afterEach(() => disposables.disposeAsync());

function start(options: { readonly port?: number; readonly blockTimeSeconds?: number } = {}) {
  return startLocalChain({ dataFolder: folder, blockTimeSeconds: 0, log: silentLog, ...options });
}

async function mint(network: Network, to: `0x${string}`): Promise<void> {
  await using chain = connectChain({ log: silentLog, clock: systemClock }, { network });
  await using writer = startWriter({ chain, key: faucetKey, log: silentLog });
  await writer.mintTest(to, 7n);
}

async function tokensOf(network: Network, rpcUrl: string, account: `0x${string}`): Promise<bigint> {
  await using chain = connectChain({ log: silentLog, clock: systemClock }, { network, rpcUrl });
  await chain.check();
  return await chain.walletBalanceOf(account);
}

function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}

describe('a local chain', () => {
  it('keeps its state over a stop and a start, and stops within five seconds', async () => {
    const account = createKey().address;
    const first = await start();
    const network = await deployContracts(first.rpcUrl, faucetKey);
    await mint(network, account);
    const startedMs = performance.now();
    await first[Symbol.asyncDispose]();
    expect(performance.now() - startedMs).toBeLessThan(5000);
    expect(isRunning(first.pid)).toBe(false);
    await using second = await start();
    expect(await tokensOf(network, second.rpcUrl, account)).toBe(7n);
  });

  it('makes a block a second when told so', async () => {
    await using local = await start({ blockTimeSeconds: 1 });
    const number = async () => Number(await callRpc(local.rpcUrl, 'eth_blockNumber'));
    const before = await number();
    await systemClock.sleep(2500);
    expect(await number()).toBeGreaterThanOrEqual(before + 2);
  });

  it('loses seconds and not its state when it is killed', async () => {
    const account = createKey().address;
    const first = await start();
    const network = await deployContracts(first.rpcUrl, faucetKey);
    await mint(network, account);
    await systemClock.sleep(2500);
    process.kill(first.pid, 'SIGKILL');
    await expect.poll(() => isRunning(first.pid)).toBe(false);
    await first[Symbol.asyncDispose]();
    await using second = await start();
    expect(await tokensOf(network, second.rpcUrl, account)).toBe(7n);
  }, 20_000);

  it('takes over from a chain whose parent was killed, without losing anything', async () => {
    const account = createKey().address;
    const orphan = await start();
    const network = await deployContracts(orphan.rpcUrl, faucetKey);
    await mint(network, account);
    await using heir = await start({ port: orphan.port });
    expect(isRunning(orphan.pid)).toBe(false);
    expect(await tokensOf(network, heir.rpcUrl, account)).toBe(7n);
  });

  it('does not stop a stranger whose process number it finds in its folder', async () => {
    writeFileSync(join(folder, 'anvil.json'), JSON.stringify({ pid: process.pid, port: 1, parent: 1 }));
    await using local = await start();
    const running: unknown = JSON.parse(readFileSync(join(folder, 'anvil.json'), 'utf8'));
    expect(running).toEqual({ pid: local.pid, port: local.port, parent: process.pid });
  });

  it('does not take the chain of a process that still runs', async () => {
    await using local = await start();
    writeFileSync(
      join(folder, 'anvil.json'),
      JSON.stringify({ pid: local.pid, port: local.port, parent: 1 }),
    );
    await expect(start()).rejects.toMatchObject({ code: 'chain.folder-in-use', data: { parent: 1 } });
    expect(isRunning(local.pid)).toBe(true);
  });

  it('says that its port is in use', async () => {
    const server = createServer();
    const port = await new Promise<number>((resolve) => {
      server.listen(0, '127.0.0.1', () => resolve((server.address() as { port: number }).port));
    });
    disposables.defer(() => void server.close());
    await expect(start({ port })).rejects.toMatchObject({ code: 'chain.port-taken', data: { port } });
  });

  it('says that its state is damaged instead of starting anew', async () => {
    writeFileSync(join(folder, 'state.json'), '{"block":');
    await expect(start()).rejects.toMatchObject({ code: 'chain.local-failed' });
  });
});
