import { describe, expect, it } from 'vitest';
import { loadNetwork, parseNetwork } from './network.ts';

const book = {
  name: 'example',
  chainId: 31_337,
  rpcUrl: 'http://127.0.0.1:8545',
  market: '0x9FE46736679d2D9a65F0992F2272dE9f3c7fa6e0',
  operators: '0xcf7ed3acca5a467e9e704c703e8d87f634fb0fc9',
  token: { address: '0x5fbdb2315678afecb367f032d93f642f64180aa3', symbol: 'tUSD', decimals: 6 },
  fromBlock: 1,
  bootstrap: ['/ip4/127.0.0.1/tcp/4001'],
  isLocal: true,
};

describe('an address book', () => {
  it('is read with addresses in lower case', () => {
    const network = parseNetwork(JSON.stringify(book), 'book.json');
    expect(network).toEqual({ ...book, market: book.market.toLowerCase() });
  });

  const wrong: readonly (readonly [string, object, string])[] = [
    ['an unknown key', { ...book, colour: 'red' }, 'colour'],
    ['an address that is none', { ...book, market: '0x12' }, 'market: not an address'],
    ['a URL that is none', { ...book, rpcUrl: 'ftp://example.org' }, 'rpcUrl: not an http or https URL'],
    ['a key that is missing', { ...book, chainId: undefined }, 'chainId'],
    [
      'a bootstrap peer that is no multiaddr',
      { ...book, bootstrap: ['example.org'] },
      'bootstrap.0: not a multiaddr',
    ],
    ['a part that is wrong', { ...book, token: { ...book.token, decimals: -1 } }, 'token.decimals'],
  ];
  for (const [what, changed, where] of wrong) {
    it(`with ${what} is refused, naming file and key`, () => {
      const parse = () => parseNetwork(JSON.stringify(changed), 'book.json');
      expect(parse).toThrow('book.json');
      expect(parse).toThrow(where);
    });
  }

  it('that is no JSON is refused', () => {
    expect(() => parseNetwork('{', 'book.json')).toThrow('the address book book.json is not JSON');
  });

  it('that is not there is refused with a remedy', () => {
    expect(() => loadNetwork('nowhere')).toThrow('there is no network "nowhere"');
  });
});
