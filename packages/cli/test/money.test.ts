/** The commands about money, as processes, against a real chain with the real contracts. */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { deployContracts, faucetKey, type Network, startLocalChain } from '@souk/chain';
import { silentLog } from '@souk/protocol';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
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
});
afterAll(() => stack.disposeAsync());

describe('money', () => {
  it('comes from the faucet, goes into the account and back out', async () => {
    const flags = ['--key', 'ann', '--password-file', home.passwordFile, '--json'];
    const faucet = await home.souk('faucet', '50', ...flags);
    expect(faucet.stderr).toBe('');
    expect(JSON.parse(faucet.stdout)).toMatchObject({ minted: '50000000', wallet: '50000000' });

    const deposit = await home.souk('deposit', '20.5', ...flags);
    expect(JSON.parse(deposit.stdout)).toMatchObject({ deposited: '20500000', account: '20500000' });

    const withdraw = await home.souk('withdraw', '0.5', ...flags);
    expect(JSON.parse(withdraw.stdout)).toMatchObject({ withdrawn: '500000', account: '20000000' });

    const balance = await home.souk('balance', '--json');
    expect(JSON.parse(balance.stdout)).toMatchObject({ key: 'ann', account: '20000000', wallet: '30000000' });

    const all = await home.souk('withdraw', ...flags);
    expect(JSON.parse(all.stdout)).toMatchObject({ withdrawn: '20000000', account: '0' });
  });

  it('that is not there is said before a transaction is sent, with exit code 6', async () => {
    const { code, stderr } = await home.souk('deposit', '1000', '--password-file', home.passwordFile);
    expect(code).toBe(6);
    expect(stderr).toContain('There is not enough balance.');
    expect(stderr).toContain('souk faucet');
  });

  it('is not asked of a chain that does not answer: exit code 4, and what to do', async () => {
    const file = home.file('dead.json', JSON.stringify({ ...book, rpcUrl: 'http://127.0.0.1:9' }));
    const { code, stderr, stdout } = await home.souk('balance', '--network', file, '--json');
    expect(code).toBe(4);
    expect(stdout).toBe('');
    expect(JSON.parse(stderr)).toMatchObject({ error: { code: 'chain.unreachable', exitCode: 4 } });
  });

  it('is not moved with a wrong password: exit code 8', async () => {
    const wrong = home.file('wrong.txt', 'no\n');
    const { code, stderr } = await home.souk('deposit', '1', '--password-file', wrong);
    expect(code).toBe(8);
    expect(stderr).toBe(
      'error: The key could not be unlocked.\n' +
        '  reason: the password does not open the key "ann"\n' +
        '  to do:  try again, or import the key anew from your backup\n',
    );
  });

  it('of another chain than the network says is not touched: exit code 4', async () => {
    const file = home.file('other.json', JSON.stringify({ ...book, chainId: 5 }));
    const { code, stderr } = await home.souk(
      'provide',
      '--network',
      file,
      '--password-file',
      home.passwordFile,
    );
    expect(code).toBe(4);
    expect(stderr).toContain('The chain is not the one this network names.');
  });
});
