import type { Hex } from '@souk/protocol';
import { expect, it } from 'vitest';
import { newestOf } from './restores.ts';

const root = (digit: string): Hex => `0x${digit.repeat(64)}`;
const data = { service: 'web', replica: 0, volume: 'data' };
const [here, there] = [['/ip4/1.1.1.1/p2p/A'], ['/ip4/2.2.2.2/p2p/B']];

it('volumes are restored from the newest snapshot of each, by all who have that one', () => {
  const found = newestOf([
    { ...data, root: root('1'), at: 1000, holders: [here] },
    { ...data, root: root('2'), at: 3000, holders: [there] },
    { ...data, root: root('2'), at: 2000, holders: [here, there] },
    { ...data, replica: 1, root: root('3'), at: 500, holders: [here] },
  ]);
  expect(found).toEqual([
    { ...data, root: root('2'), holders: [there, here] },
    { ...data, replica: 1, root: root('3'), holders: [here] },
  ]);
});

it('nothing is restored where nothing was saved', () => {
  expect(newestOf([])).toEqual([]);
});
