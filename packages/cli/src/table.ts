import { stripVTControlCharacters } from 'node:util';
import type { Output } from './output.ts';

export interface Column<Row> {
  readonly title: string;
  readonly cell: (row: Row) => string;
  readonly align?: 'left' | 'right';
}

/** Columns two spaces apart, dim titles, no frame: reads well and is easy to cut. */
export function renderTable<Row>(
  output: Output,
  columns: readonly Column<Row>[],
  rows: readonly Row[],
): string {
  const titles = columns.map((column) => column.title);
  const cells = rows.map((row) => columns.map((column) => column.cell(row)));
  const widths = titles.map((title, index) =>
    Math.max(widthOf(title), ...cells.map((line) => widthOf(line[index] ?? ''))),
  );
  const layOut = (line: readonly string[]) =>
    line
      .map((cell, index) => pad(cell, widths[index] ?? 0, columns[index]?.align ?? 'left'))
      .join('  ')
      .trimEnd();
  return [output.paint('dim', layOut(titles)), ...cells.map(layOut)].join('\n');
}

/** Label and value a line, labels in one column. Undefined values are left out. */
export function renderFacts(
  output: Output,
  facts: readonly (readonly [label: string, value: string | undefined])[],
): string {
  const shown = facts.filter((fact): fact is readonly [string, string] => fact[1] !== undefined);
  const width = Math.max(0, ...shown.map(([label]) => label.length));
  return shown.map(([label, value]) => `${output.paint('dim', label.padEnd(width))}  ${value}`).join('\n');
}

function pad(cell: string, width: number, align: 'left' | 'right'): string {
  const gap = ' '.repeat(Math.max(0, width - widthOf(cell)));
  return align === 'left' ? cell + gap : gap + cell;
}

function widthOf(text: string): number {
  return stripVTControlCharacters(text).length;
}
