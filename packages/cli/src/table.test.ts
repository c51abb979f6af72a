import { stripVTControlCharacters } from 'node:util';
import { describe, expect, it } from 'vitest';
import { renderFacts, renderTable } from './table.ts';
import { captured } from './testing/captured.ts';

describe('tables', () => {
  const columns = [
    { title: 'NAME', cell: (row: { name: string; price: string }) => row.name },
    { title: 'PRICE', cell: (row: { name: string; price: string }) => row.price, align: 'right' as const },
  ];
  const rows = [
    { name: 'a', price: '0.5' },
    { name: 'longer', price: '12.25' },
  ];

  it('line columns up under their titles', () => {
    expect(renderTable(captured().output, columns, rows)).toBe(
      ['NAME    PRICE', 'a         0.5', 'longer  12.25'].join('\n'),
    );
  });

  it('are not thrown out of line by colour', () => {
    const { output } = captured({ hasColour: true });
    const painted = [
      { title: 'NAME', cell: (row: string) => output.paint('red', row) },
      { title: 'x', cell: () => '|' },
    ];
    const lines = renderTable(output, painted, ['a', 'bcd']).split('\n').slice(1);
    expect(lines.map(stripVTControlCharacters)).toEqual(['a     |', 'bcd   |']);
  });

  it('of facts leave out what is not known', () => {
    expect(
      renderFacts(captured().output, [
        ['a', '1'],
        ['bb', undefined],
        ['ccc', '3'],
      ]),
    ).toBe('a    1\nccc  3');
  });
});
