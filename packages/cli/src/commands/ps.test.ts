import { describe, expect, it } from 'vitest';
import { captured } from '../testing/captured.ts';
import { type Listed, renderList } from './ps.ts';

const usd = { symbol: 'USD', decimals: 6 };
const group = {
  group: 'here',
  phase: 'ready',
  lease: '0x',
  operator: '0x5fbdb2315678afecb367f032d93f642f64180aa3',
  rate: 12_300n,
  deposit: 5_000_000n,
  driver: 'sandbox',
  openTx: null,
  readyAt: 1,
  urls: ['http://web.localhost:1'],
  receipt: null,
  snapshots: [],
  spent: 600n,
  secondsLeft: 90_000,
} as const;

describe('ps', () => {
  it('is one line a group, with the address that stays, and says what is not known with a dash', () => {
    const stable = { address: 'http://hello.localhost:8480', rawAddresses: [] };
    const listed: readonly Listed[] = [
      { name: 'hello', status: 'running', createdAt: 0, groups: [group], ...stable },
      {
        name: 'two',
        status: 'opening',
        createdAt: 0,
        address: null,
        rawAddresses: [],
        groups: [
          { ...group, group: 'a' },
          { ...group, group: 'b', operator: null, rate: null, spent: null, secondsLeft: null, urls: [] },
        ],
      },
    ];
    expect(renderList(captured().output, listed, usd)).toBe(
      [
        'NAME   STATUS   PROVIDER     USD/HOUR   SPENT  MONEY FOR  ADDRESS',
        'hello  running  0x5fbd…0aa3    0.0123  0.0006    1 d 1 h  http://hello.localhost:8480',
        'two/a  opening  0x5fbd…0aa3    0.0123  0.0006    1 d 1 h  http://web.localhost:1',
        'two/b  opening  –                   –       –          –',
      ].join('\n'),
    );
  });
});
