/** Percentiles, tables, and the machine that a figure stands with. */
import { cpus, totalmem } from 'node:os';

/** Nearest-rank percentile of `values`; `p` in 0–100. */
export function percentile(values: readonly number[], p: number): number {
  const sorted = values.toSorted((a, b) => a - b);
  const value = sorted[Math.max(0, Math.ceil((p / 100) * sorted.length) - 1)];
  if (value === undefined) throw new Error('no values were measured');
  return value;
}

export function describeMachine(): string {
  const [cpu] = cpus();
  const gib = (totalmem() / 2 ** 30).toFixed(0);
  return `${cpus().length} × ${cpu?.model.trim() ?? 'unknown cpu'}, ${gib} GiB, Node ${process.version}, ${process.platform}`;
}

export interface Row {
  readonly what: string;
  readonly values: readonly number[];
  /** The p95 that is wanted, in ms. */
  readonly bar?: number;
}

/** A table in Markdown: p50, p95, max in ms, and the bar beside them. */
export function renderRows(rows: readonly Row[]): string {
  const cells = rows.map(({ what, values, bar }) => {
    const p95 = percentile(values, 95);
    const verdict = bar === undefined ? '' : p95 <= bar ? `≤ ${bar} ✓` : `> ${bar} ✗`;
    return [what, percentile(values, 50), p95, Math.max(...values), values.length, verdict].map((cell) =>
      typeof cell === 'number' ? String(Math.round(cell)) : cell,
    );
  });
  return renderTable(['', 'p50 ms', 'p95 ms', 'max ms', 'runs', 'bar (p95)'], cells);
}

export function renderTable(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const widths = head.map((title, column) =>
    Math.max(title.length, ...rows.map((row) => (row[column] ?? '').length)),
  );
  const line = (row: readonly string[]) =>
    `| ${row.map((cell, column) => cell.padEnd(widths[column] ?? 0)).join(' | ')} |`;
  return [line(head), `|${widths.map((width) => '-'.repeat(width + 2)).join('|')}|`, ...rows.map(line)].join(
    '\n',
  );
}
