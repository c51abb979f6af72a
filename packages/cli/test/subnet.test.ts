/** The subnet commands, as processes, against a real chain with the real contracts: what they refuse, and how they say so. */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { deployContracts, faucetKey, type Network, startLocalChain } from '@souk/chain';
import { silentLog } from '@souk/protocol';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { loadMechanism } from '../src/subnet/mechanisms.ts';
import { type TestHome, testHome } from './souk.ts';

const stack = new AsyncDisposableStack();
let home: TestHome;
let book: Network;

beforeAll(async () => {
  home = stack.use(testHome());
  const dataFolder = mkdtempSync(join(tmpdir(), 'souk-chain-'));
  stack.defer(() => rmSync(dataFolder, { recursive: true, force: true }));
  const chain = stack.use(await startLocalChain({ dataFolder, blockTimeSeconds: 0, log: silentLog }));
  book = await deployContracts(chain.rpcUrl, faucetKey, { name: 'local', isLocal: true });
  const folder = join(home.folder, 'home/networks/local');
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, 'network.json'), JSON.stringify(book));
  await home.souk('key', 'new', 'ann', '--password-file', home.passwordFile);
  const made = await souk('create', '--name', 'sums', '--mechanism', 'sums', '--yes');
  expect(made).toMatchObject({ code: 6, error: { code: 'cli.low-balance' } });
  await home.souk('faucet', '1000');
  expect(await souk('create', '--name', 'sums', '--mechanism', 'sums', '--yes')).toMatchObject({ code: 0 });
});
afterAll(() => stack.disposeAsync());

async function souk(...args: string[]) {
  const { code, stderr } = await home.souk('subnet', ...args, '--json', '--password-file', home.passwordFile);
  const line = stderr.trim().split('\n').at(-1) ?? '';
  const { error } = (line.startsWith('{') ? JSON.parse(line) : {}) as { readonly error?: unknown };
  return { code, error };
}

describe('a subnet', () => {
  it.each([
    ['that never was', ['show', '9'], 7, 'subnet.not-found'],
    ['is no number', ['show', 'one'], 2, 'cli.usage'],
    ['has no such parameter', ['params', '1', 'speed'], 7, 'subnet.no-param'],
    ['takes no parameter outside its bounds', ['params', '1', 'ownerCut', '50%'], 2, 'subnet.bad-param'],
    [
      'is registered in for no more than the limit',
      ['register', '1', '--max-price', '0.0001', '--yes'],
      1,
      'subnet.too-dear',
    ],
    ['gives no stake back that is not there', ['unstake', '1', '5'], 6, 'subnet.stake-too-small'],
    ['pays out nothing that was not unstaked', ['finish-unstake', '1'], 1, 'subnet.nothing-unbonding'],
    ['gives up no place that is not held', ['leave', '1', '--yes'], 7, 'subnet.not-registered'],
    ['explains no epoch that is not over', ['explain', '1', '1'], 1, 'subnet.epoch-not-over'],
    ['costs nothing without a yes', ['register', '1'], 2, 'cli.needs-answer'],
  ] as const)('%s', async (_, args, code, fault) => {
    expect(await souk(...args)).toMatchObject({ code, error: { code: fault, exitCode: code } });
  });

  it('is not where the network has none: exit code 7, and what to do', async () => {
    const { subnets: _, ...before } = book;
    const file = home.file('old.json', JSON.stringify(before));
    const refused = await souk('ls', '--network', file);
    expect(refused).toMatchObject({ code: 7, error: { code: 'chain.no-subnets' } });
  });

  it('with a mechanism of its own needs its file', async () => {
    const { code, stderr } = await home.souk('mine', '1', '--yes', '--password-file', home.passwordFile);
    expect(code).toBe(7);
    expect(stderr).toContain('SOUK_CLI_MECHANISMS');
  });

  it('is mined badly on purpose on local networks only', async () => {
    const file = home.file('public.json', JSON.stringify({ ...book, name: 'public', isLocal: false }));
    const { code, stderr } = await home.souk('mine', '1', '--act', 'lazy', '--network', file, '--json');
    expect(code).toBe(1);
    expect(stderr).toContain('cli.not-local');
  });
});

describe('the file of a mechanism', () => {
  it('runs from wherever it lies', async () => {
    const file = home.file(
      'sums.ts',
      `import { defineMechanism } from '@souk/subnets';
       import { z } from 'zod';
       const numbers = z.strictObject({ sum: z.number() });
       export const mechanism = defineMechanism({
         name: 'sums', version: 1, about: 'sums', request: numbers, response: numbers, observation: z.strictObject({}),
         limits: { deadlineMs: 1000, maxRequestBytes: 100, maxResponseBytes: 100, tasksPerEpoch: 1, isSimultaneous: false },
         task: () => ({ sum: 1 }), run: async (request) => request, observe: async () => ({}), score: () => 1, aggregate: () => 1,
       });`,
    );
    expect(await loadMechanism(file)).toMatchObject({ name: 'sums', version: 1 });
  });

  it.each([
    ['that is not there', undefined, 'cli.file-unreadable'],
    ['that is no program', 'export const mechanism = {{{', 'cli.file-unreadable'],
    ['that exports something else', 'export const mechanism = 3', 'subnets.bad-mechanism'],
    ['that throws when it is loaded', 'throw new Error("no")', 'cli.file-unreadable'],
  ])('%s is refused, with what to do', async (name, text, code) => {
    const path = `${name.replaceAll(' ', '-')}.ts`;
    const file = text === undefined ? join(home.folder, path) : home.file(path, text);
    await expect(loadMechanism(file)).rejects.toMatchObject({ code, remedy: expect.any(String) });
  });
});
