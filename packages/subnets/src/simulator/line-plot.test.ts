import { expect, test } from 'vitest';
import { linePlot } from './line-plot.ts';

const line = {
  name: 'a < b & c',
  points: [
    [0, 0],
    [10, 5],
    [20, 99],
  ] as const,
};
const plot = linePlot({ title: 'T', x: 'epoch', y: 'ratio', range: [0, 10], lines: [line] });

test('a plot has a line for each of its lines, within its frame, and round numbers beside it', () => {
  const points = /points="([^"]+)"/
    .exec(plot)![1]!
    .split(' ')
    .map((pair) => pair.split(',').map(Number));
  expect(points).toEqual([
    [56, 312],
    [306, 174],
    [556, 36],
  ]);
  for (const tick of ['>0<', '>2<', '>10<', '>5<', '>20<']) expect(plot).toContain(tick);
});

test('a plot escapes what it is told to write', () => {
  expect(plot).toContain('a &lt; b &amp; c');
  expect(plot).not.toContain('a < b');
});
