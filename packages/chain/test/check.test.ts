import { createKey, type Hex, silentLog, systemClock, zeroAddress, zeroHash } from '@souk/protocol';
import { encodeFunctionData, erc20Abi } from 'viem';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { marketAbi } from '../src/abi/market.ts';
import { connectChain, type Network, parseNetwork } from '../src/index.ts';
import { agreeLease, oneToken, startTestChain, type TestChain } from './fixture.ts';

let test: TestChain;

beforeAll(async () => {
  test = await startTestChain();
});
afterAll(() => test[Symbol.asyncDispose]());

async function check(changes: Partial<Network>): Promise<void> {
  const network = { ...test.network, ...changes };
  await using chain = connectChain({ log: silentLog, clock: systemClock }, { network, rpcTimeoutMs: 1000 });
  await chain.check();
}

describe('the check of a network', () => {
  it('passes on the book that the deployment wrote', async () => {
    await check({});
    expect(parseNetwork(JSON.stringify(test.network), 'test')).toEqual(test.network);
  });

  const wrong: readonly (readonly [string, (network: Network) => Partial<Network>])[] = [
    ['another chain id', () => ({ chainId: 1 })],
    ['no contract at the Market’s address', () => ({ market: createKey().address })],
    ['no contract at the Operators’ address', () => ({ operators: createKey().address })],
    ['another contract in the Market’s place', ({ operators }) => ({ market: operators })],
    ['operators that are not the Market’s', ({ token }) => ({ operators: token.address })],
    [
      'a token that the Market does not take',
      ({ token, market }) => ({ token: { ...token, address: market } }),
    ],
    ['other decimals', ({ token }) => ({ token: { ...token, decimals: 18 } })],
  ];
  for (const [what, changes] of wrong) {
    it(`refuses ${what}`, async () => {
      await expect(check(changes(test.network))).rejects.toMatchObject({
        code: 'chain.wrong-network',
        remedy: expect.any(String),
      });
    });
  }

  it('tells a node that does not answer from a wrong one', async () => {
    await expect(check({ rpcUrl: 'http://127.0.0.1:9' })).rejects.toMatchObject({
      code: 'chain.unreachable',
      blame: 'chain',
      retry: true,
      remedy: expect.any(String),
    });
  });
});

describe('a signature', () => {
  // Runtime code of wallets that take every signature, revert, and answer nothing.
  const acceptsAll: Hex = '0x631626ba7e60e01b60005260206000f3';
  const reverts: Hex = '0x60006000fd';
  const isMute: Hex = '0x00';

  async function walletWith(code: Hex) {
    const { address } = createKey();
    await test.rpc('anvil_setCode', address, code);
    return address;
  }

  it('of an ordinary key is checked here, without asking the node', async () => {
    const [key, other] = [createKey(), createKey()];
    const ready = await key.sign(test.chain.domain, 'Ready', { lease: zeroHash, readyAt: 5 });
    expect(await test.chain.isSignatureValid('Ready', ready)).toBe(true);
    expect(await test.chain.isSignatureValid('Ready', { ...ready, signer: other.address })).toBe(false);
    const changed = { ...ready, message: { lease: zeroHash, readyAt: 6 } };
    expect(await test.chain.isSignatureValid('Ready', changed)).toBe(false);
    const elsewhere = await key.sign({ chainId: 1, market: zeroAddress }, 'Ready', ready.message);
    expect(await test.chain.isSignatureValid('Ready', elsewhere)).toBe(false);
  });

  it('of a contract wallet is asked of the wallet', async () => {
    const ready = await createKey().sign(test.chain.domain, 'Ready', { lease: zeroHash, readyAt: 5 });
    const isValidFor = async (code: Hex) =>
      test.chain.isSignatureValid('Ready', { ...ready, signer: await walletWith(code) });
    expect(await isValidFor(acceptsAll)).toBe(true);
    expect(await isValidFor(reverts)).toBe(false);
    expect(await isValidFor(isMute)).toBe(false);
  });

  it('of a contract wallet opens a lease', async () => {
    const wallet = await walletWith(acceptsAll);
    const { market, token } = test.network;
    const hotKey = await test.operator();
    await test.faucet.mintTest(wallet, oneToken);
    await test.rpc('anvil_setBalance', wallet, '0xde0b6b3a7640000');
    await test.rpc('anvil_impersonateAccount', wallet);
    const approve = encodeFunctionData({ abi: erc20Abi, functionName: 'approve', args: [market, oneToken] });
    await test.rpc('eth_sendTransaction', { from: wallet, to: token.address, data: approve });
    const args = [token.address, oneToken] as const;
    const deposit = encodeFunctionData({ abi: marketAbi, functionName: 'deposit', args });
    await test.rpc('eth_sendTransaction', { from: wallet, to: market, data: deposit });
    const lease = await agreeLease(
      test.chain,
      { tenant: createKey(), hotKey },
      { order: { tenant: wallet } },
    );
    const signed = { ...lease, acceptance: { ...lease.acceptance, signer: wallet } };
    expect(await test.chain.isSignatureValid('Acceptance', signed.acceptance)).toBe(true);
    const { ref } = await test.writer(hotKey).open(signed);
    expect(ref.terms.tenant).toBe(wallet);
  });
});
