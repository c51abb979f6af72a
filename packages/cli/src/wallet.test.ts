import type { KeyEntry } from '@souk/daemon';
import { describe, expect, it } from 'vitest';
import { chooseKey } from './wallet.ts';

const key = (name: string): KeyEntry => ({ name, address: '0x5fbdb2315678afecb367f032d93f642f64180aa3' });

describe('the key that signs', () => {
  it('is the one that is named', () => {
    expect(chooseKey([key('default'), key('bob')], 'bob').name).toBe('bob');
  });

  it('is "default" where none is named, else the only one', () => {
    expect(chooseKey([key('bob'), key('default')], undefined).name).toBe('default');
    expect(chooseKey([key('bob')], undefined).name).toBe('bob');
  });

  it('is the network’s own where that is here, else one’s own', () => {
    expect(chooseKey([key('default'), key('local')], undefined, 'local').name).toBe('local');
    expect(chooseKey([key('mine')], undefined, 'local').name).toBe('mine');
    expect(chooseKey([key('mine'), key('local')], 'mine', 'local').name).toBe('mine');
  });

  it('is never guessed among several', () => {
    expect(() => chooseKey([key('ann'), key('bob')], undefined)).toThrow('there are several keys: ann, bob');
    expect(() => chooseKey([key('ann')], 'bob')).toThrow('there is no key "bob"');
    expect(() => chooseKey([], undefined)).toThrow('the keystore is empty');
  });
});
