/** What is wrong with a file and where: collected, never thrown, so that one reading shows everything there is to mend. */

export type Path = readonly (string | number)[];

export interface SdlIssue {
  /** From 1. */
  readonly line: number;
  readonly column: number;
  /** As `/services/web/expose/0/port`; `/` is the whole file. */
  readonly path: string;
  readonly reason: string;
  readonly remedy: string;
}

export interface Position {
  readonly line: number;
  readonly column: number;
}

/** Which half of a `key: value` an issue points at. */
export type Part = 'key' | 'value';

/** Says where in the text a path is; what isn't there is pointed at by what would hold it. */
export type Locate = (path: Path, part: Part) => Position;

/**
 * An error is no SDL. An obstacle is SDL that the reference reads, and that no order can be made of. A warning stands
 * in nobody's way.
 */
export type Severity = 'error' | 'obstacle' | 'warning';

export interface Report {
  /** `where`: which part of the path, or a position that a syntax error brings along. */
  add(severity: Severity, path: Path, reason: string, remedy: string, where?: Part | Position): void;
  hasErrors(): boolean;
  /** In the order of the file. */
  list(severity: Severity): readonly SdlIssue[];
}

/** More would only hide the first, and a hostile file could have a million. */
const maxIssues = 200;

export function createReport(locate: Locate): Report {
  const issues: (SdlIssue & { readonly severity: Severity })[] = [];
  const counts = { error: 0, obstacle: 0, warning: 0 };
  return {
    add(severity, path, reason, remedy, where = 'value') {
      counts[severity] += 1;
      if (counts[severity] > maxIssues) return;
      const { line, column } = typeof where === 'string' ? locate(path, where) : where;
      issues.push({ severity, line, column, path: pointer(path), reason, remedy });
    },
    hasErrors: () => counts.error > 0,
    list: (severity) =>
      issues
        .filter((issue) => issue.severity === severity)
        .map(({ severity: _severity, ...issue }) => issue)
        .sort((a, b) => a.line - b.line || a.column - b.column),
  };
}

export function pointer(path: Path): string {
  return `/${path.map((part) => String(part).slice(0, 100)).join('/')}`;
}

/** One readable block for a terminal. */
export function formatSdlIssue(issue: SdlIssue, file: string): string {
  return [
    `${file}:${issue.line}:${issue.column}  ${issue.path}`,
    `  ${issue.reason}`,
    `  → ${issue.remedy}`,
  ].join('\n');
}

/** The known word that is nearest to a mistyped one, where one is near. */
export function nearest(word: string, known: readonly string[]): string | undefined {
  if (word.length > 64) return undefined;
  const ranked = known
    .map((candidate) => ({ candidate, distance: editDistance(word.toLowerCase(), candidate.toLowerCase()) }))
    .sort((a, b) => a.distance - b.distance);
  const best = ranked[0];
  return best !== undefined && best.distance <= Math.max(1, Math.floor(word.length / 3))
    ? best.candidate
    : undefined;
}

function editDistance(a: string, b: string): number {
  let row = Array.from({ length: b.length + 1 }, (_, index) => index);
  for (let i = 1; i <= a.length; i++) {
    const next = [i];
    for (let j = 1; j <= b.length; j++) {
      const swap = (row[j - 1] ?? 0) + (a[i - 1] === b[j - 1] ? 0 : 1);
      next.push(Math.min(swap, (row[j] ?? 0) + 1, (next[j - 1] ?? 0) + 1));
    }
    row = next;
  }
  return row[b.length] ?? 0;
}
