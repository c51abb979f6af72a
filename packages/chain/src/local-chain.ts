/**
 * The chain of a network on one machine: anvil, with its state in one file of a folder. The file is written whole
 * every two seconds in which a transaction was mined, and at the end, so that a kill loses seconds and never the file.
 * An anvil that outlived its parent is asked for its state and stopped at the next start. Called by `souk up` and by
 * tests; never a part of any other network. It listens on loopback only.
 */
import { existsSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { Fault, type Hex, localKey, type LocalKey, type Log, systemClock } from '@souk/protocol';
import { z } from 'zod';
import { type Anvil, freePort, isAlive, isAnvil, runAnvil } from './anvil.ts';
import { connectRpc, type Rpc } from './rpc.ts';

export interface LocalChain extends AsyncDisposable {
  readonly rpcUrl: string;
  readonly port: number;
  readonly pid: number;
}

export interface LocalChainOptions {
  /** The state's folder; made if missing. One chain at a time may use it. */
  readonly dataFolder: string;
  /** Left out, any free port. */
  readonly port?: number;
  /** 0 mines every transaction at once. */
  readonly blockTimeSeconds?: number;
  readonly log: Log;
}

export const localChainId = 31_337;
/**
 * The first account of anvil's own mnemonic, known to everyone: pays for gas, deploys and mints on local networks.
 * Anything it holds on another network is anybody's.
 */
export const faucetKey: LocalKey = localKey(
  '0xac0974bec39a17e36ba4a6b4d238ff944bacb478cbed5efcae784d7bf4f2ff80',
);

const readyMs = 30_000;
const checkpointMs = 2000;
const stopMs = { dump: 3000, grace: 1500 };
/** Dumping may take at most this part of the time: the state grows by about 1.7 KB a block. */
const dumpShare = 0.1;

const positive = z.number().int().positive();
/** Which anvil serves the folder, and which process started it. */
const runningSchema = z.object({ pid: positive, port: positive, parent: positive });

export async function startLocalChain(options: LocalChainOptions): Promise<LocalChain> {
  const { dataFolder, blockTimeSeconds = 1, log } = options;
  mkdirSync(dataFolder, { recursive: true });
  const files = { state: join(dataFolder, 'state.json'), running: join(dataFolder, 'anvil.json') };
  await takeOver(files, log);
  const port = await freePort(options.port ?? 0);
  const rpcUrl = `http://127.0.0.1:${port}`;
  const rpc = connectRpc(rpcUrl, stopMs.dump);
  const anvil = runAnvil(argsOf({ port, blockTimeSeconds, state: files.state }));
  writeFileSync(files.running, JSON.stringify({ pid: anvil.pid, port, parent: process.pid }));
  try {
    await untilReady(rpc, anvil);
  } catch (error) {
    await anvil.stop(0);
    throw error;
  }
  log.info('local chain started', { rpcUrl, pid: anvil.pid });
  const saving = startCheckpoints(rpc, files.state, log);
  let isStopping = false;
  void anvil.exited.then((words) => {
    if (!isStopping) log.error('the local chain ended by itself', { words });
  });
  return {
    rpcUrl,
    port,
    pid: anvil.pid,
    [Symbol.asyncDispose]: async () => {
      isStopping = true;
      await saving[Symbol.asyncDispose]();
      await saveState(rpc, files.state).catch((error: unknown) =>
        log.warn('the last state of the local chain was not saved', { error: String(error) }),
      );
      await anvil.stop(stopMs.grace);
      rmSync(files.running, { force: true });
    },
  };
}

// Without --prune-history anvil keeps a copy of the state for every block, in memory and in the home folder.
function argsOf(input: {
  readonly port: number;
  readonly blockTimeSeconds: number;
  readonly state: string;
}): string[] {
  const { port, blockTimeSeconds, state } = input;
  const fixed = `--host 127.0.0.1 --chain-id ${localChainId} --accounts 1 --balance 1000000 --prune-history --quiet`;
  return [
    ...fixed.split(' '),
    '--port',
    String(port),
    ...(blockTimeSeconds > 0 ? ['--block-time', String(blockTimeSeconds)] : []),
    ...(existsSync(state) ? ['--load-state', state] : []),
  ];
}

/** Saves the state of an anvil left behind by a killed parent, and stops it. */
async function takeOver(
  files: { readonly state: string; readonly running: string },
  log: Log,
): Promise<void> {
  if (!existsSync(files.running)) return;
  const { data: left } = runningSchema.safeParse(parseOrNull(readFileSync(files.running, 'utf8')));
  if (left !== undefined && isAnvil(left.pid, left.port)) {
    if (left.parent !== process.pid && isAlive(left.parent)) throw inUseFault(left.parent);
    log.info('taking over from a local chain that was left running', { pid: left.pid });
    const rpc = connectRpc(`http://127.0.0.1:${left.port}`, stopMs.dump);
    await saveState(rpc, files.state).catch((error: unknown) =>
      log.warn('its state was not saved', { error: String(error) }),
    );
    process.kill(left.pid, 'SIGTERM');
    for (let waited = 0; isAlive(left.pid) && waited < stopMs.grace; waited += 20)
      await systemClock.sleep(20);
    if (isAlive(left.pid)) process.kill(left.pid, 'SIGKILL');
  }
  rmSync(files.running, { force: true });
}

function inUseFault(parent: number): Fault {
  return new Fault('chain.folder-in-use', `the local chain of this folder is run by process ${parent}`, {
    blame: 'user',
    data: { parent },
    remedy: `stop that process first, or use another folder`,
  });
}

async function untilReady(rpc: Rpc, anvil: Anvil): Promise<void> {
  const until = systemClock.now() + readyMs;
  let words: string | undefined;
  void anvil.exited.then((last) => (words = last));
  while (words === undefined && systemClock.now() < until) {
    const chainId = await rpc.client.getChainId().catch(() => undefined);
    if (chainId === localChainId && words === undefined) return;
    await systemClock.sleep(30);
  }
  throw new Fault('chain.local-failed', `the local chain did not start: ${words ?? 'no answer in time'}`, {
    blame: 'self',
    remedy: 'if its state is damaged, `souk down --wipe` starts anew',
  });
}

function startCheckpoints(rpc: Rpc, file: string, log: Log): AsyncDisposable {
  const stop = new AbortController();
  let saved = -1n;
  let pauseMs = checkpointMs;

  async function run(): Promise<void> {
    while (!stop.signal.aborted) {
      await systemClock.sleep(pauseMs, stop.signal).catch(() => undefined);
      if (stop.signal.aborted) return;
      try {
        await checkpoint();
      } catch (error) {
        log.warn('the state of the local chain was not saved', { error: String(error) });
      }
    }
  }

  async function checkpoint(): Promise<void> {
    const head = await rpc.client.getBlockNumber({ cacheTime: 0 });
    const isNew = saved < 0n || head < saved || (await hasTransactions(saved + 1n, head));
    saved = head;
    if (!isNew) return;
    const startedMs = systemClock.now();
    await saveState(rpc, file);
    pauseMs = Math.max(checkpointMs, (systemClock.now() - startedMs) / dumpShare);
  }

  async function hasTransactions(from: bigint, to: bigint): Promise<boolean> {
    for (let number = from; number <= to; number += 1n) {
      if ((await rpc.client.getBlockTransactionCount({ blockNumber: number })) > 0) return true;
    }
    return false;
  }

  const running = run();
  return {
    [Symbol.asyncDispose]: async () => {
      stop.abort();
      await running;
    },
  };
}

async function saveState(rpc: Rpc, file: string): Promise<void> {
  const request = { method: 'anvil_dumpState', params: [] } as unknown as { method: 'eth_chainId' };
  const dump: Hex = await rpc.client.request(request);
  writeFileSync(`${file}.new`, gunzipSync(Buffer.from(dump.slice(2), 'hex')));
  renameSync(`${file}.new`, file);
}

function parseOrNull(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
