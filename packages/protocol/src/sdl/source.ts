/**
 * YAML text as plain values, with the position of every path. Hostile until read: bounded in size, depth, nodes and
 * aliases; only what JSON could say comes out.
 */
import {
  type Document,
  isAlias,
  isMap,
  isScalar,
  isSeq,
  LineCounter,
  type Node,
  type Pair,
  parseDocument,
} from 'yaml';
import { createReport, type Part, type Path, type Position, type Report } from './issue.ts';

const maxBytes = 1024 * 1024;
const maxDepth = 32;
const maxNodes = 50_000;

export interface Source {
  readonly value: unknown;
  readonly report: Report;
}

/** The file's value and a report that knows its lines; the report has errors where the text can't be used. */
export function readSource(text: string): Source {
  const start: Position = { line: 1, column: 1 };
  if (text.length > maxBytes || new TextEncoder().encode(text).length > maxBytes) {
    const report = createReport(() => start);
    report.add('error', [], 'the file is larger than 1 MiB', 'split it, or move data out of it');
    return { value: undefined, report };
  }
  const lines = new LineCounter();
  const document = parse(text, lines);
  if (typeof document === 'string') {
    const report = createReport(() => start);
    report.add('error', [], `not readable as YAML: ${document}`, 'simplify the file');
    return { value: undefined, report };
  }
  const report = createReport((path, part) => positionOf(document, lines, path, part));
  reportSyntax(document, lines, report);
  if (!report.hasErrors()) checkTree(document, lines, report);
  return { value: report.hasErrors() ? undefined : toValue(document, report), report };
}

function parse(text: string, lineCounter: LineCounter): Document | string {
  try {
    return parseDocument(text, {
      lineCounter,
      merge: true,
      // Dates, sets and binary are no part of SDL; without the tags they come out as warnings, refused below.
      resolveKnownTags: false,
      // The library's own check compares each key with each other one.
      uniqueKeys: false,
      prettyErrors: false,
      // At 'silent' a second document would pass unseen.
      logLevel: 'error',
    });
  } catch (error) {
    return error instanceof Error ? error.message : 'it breaks the parser';
  }
}

function reportSyntax(document: Document, lines: LineCounter, report: Report): void {
  const tags = document.warnings.filter((warning) => warning.code === 'TAG_RESOLVE_FAILED');
  const exhausted = document.errors.find(
    ({ code, message }) => code === 'RESOURCE_EXHAUSTION' || /call stack|stack overflow/i.test(message),
  );
  if (exhausted !== undefined) {
    report.add(
      'error',
      [],
      'nested too deep to be read',
      'flatten the file',
      positionAt(lines, exhausted.pos[0]),
    );
    return;
  }
  for (const problem of [...document.errors, ...tags]) {
    const position = positionAt(lines, problem.pos[0]);
    if (problem.code === 'MULTIPLE_DOCS') {
      report.add('error', [], 'the file holds several documents', 'keep one document in a file', position);
      continue;
    }
    const reason = `YAML: ${problem.message.split('\n')[0] ?? problem.code}`;
    report.add('error', [], reason, 'mend the YAML at this place', position);
  }
}

/** Depth, size and doubled keys, on the tree as written: aliases aren't followed. */
function checkTree(document: Document, lines: LineCounter, report: Report): void {
  let nodes = 0;
  const walk = (node: unknown, path: Path): void => {
    nodes += 1;
    if (nodes > maxNodes || report.hasErrors()) return;
    if (path.length > maxDepth) {
      report.add(
        'error',
        path.slice(0, maxDepth),
        `nested deeper than ${maxDepth} levels`,
        'flatten the file',
      );
      return;
    }
    if (isSeq(node)) node.items.forEach((item, index) => walk(item, [...path, index]));
    if (!isMap(node)) return;
    const seen = new Set<string>();
    for (const pair of node.items) {
      const key = keyOf(pair);
      if (key === undefined) {
        report.add('error', path, 'a key that is a list or a map', 'use plain text as key');
        return;
      }
      if (seen.has(key) && key !== mergeKey) {
        const position = positionAt(lines, asNode(pair.key)?.range?.[0] ?? 0);
        report.add(
          'error',
          [...path, key],
          `"${key.slice(0, 60)}" is there twice`,
          'keep one of the two',
          position,
        );
        return;
      }
      seen.add(key);
      walk(pair.value, [...path, key]);
    }
  };
  walk(document.contents, []);
  if (nodes > maxNodes) report.add('error', [], `more than ${maxNodes} values`, 'split the file');
}

function toValue(document: Document, report: Report): unknown {
  try {
    return document.toJS({ maxAliasCount: 100 }) as unknown;
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    report.add('error', [], `YAML: ${reason}`, 'write repeated parts out instead of using aliases');
    return undefined;
  }
}

const mergeKey = '<<';

/** As `toJS` spells it. */
function keyOf(pair: Pair<unknown, unknown>): string | undefined {
  const { key } = pair;
  if (key === null) return '';
  if (!isScalar(key)) return undefined;
  if (typeof key.value === 'symbol') return mergeKey;
  return key.value === null ? '' : `${key.value as string | number | boolean | bigint}`;
}

interface Found {
  readonly key: Node | undefined;
  readonly value: Node | undefined;
}

function positionOf(document: Document, lines: LineCounter, path: Path, part: Part): Position {
  let here: Found = { key: undefined, value: asNode(document.contents) };
  let isWhole = true;
  for (const step of path) {
    const next = childOf(document, resolve(document, here.value), step, 0);
    if (next === undefined) {
      isWhole = false;
      break;
    }
    here = next;
  }
  const pointsAtValue = isWhole && part === 'value' && isScalar(here.value) && here.value.source !== '';
  const node = pointsAtValue ? here.value : (here.key ?? here.value);
  return positionAt(lines, node?.range?.[0] ?? 0);
}

function positionAt(lines: LineCounter, offset: number): Position {
  const { line, col } = lines.linePos(offset);
  return { line: Math.max(line, 1), column: Math.max(col, 1) };
}

function childOf(
  document: Document,
  parent: Node | undefined,
  step: string | number,
  merges: number,
): Found | undefined {
  if (isSeq(parent) && typeof step === 'number') {
    const value = asNode(parent.items[step]);
    return value === undefined ? undefined : { key: value, value };
  }
  if (!isMap(parent) || merges > maxDepth) return undefined;
  const own = parent.items.find((pair) => keyOf(pair) === String(step));
  if (own !== undefined) return { key: asNode(own.key), value: asNode(own.value) };
  const merged = parent.items.find((pair) => keyOf(pair) === mergeKey);
  const target = resolve(document, asNode(merged?.value));
  const sources = isSeq(target) ? target.items.map((item) => resolve(document, asNode(item))) : [target];
  for (const source of sources) {
    const found = childOf(document, source, step, merges + 1);
    if (found !== undefined) return found;
  }
  return undefined;
}

function resolve(document: Document, node: Node | undefined): Node | undefined {
  return isAlias(node) ? node.resolve(document) : node;
}

function asNode(value: unknown): Node | undefined {
  return isScalar(value) || isMap(value) || isSeq(value) || isAlias(value) ? value : undefined;
}
