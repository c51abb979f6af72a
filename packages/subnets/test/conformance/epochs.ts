/** `epoch-v1`: every recorded number of every step; then, where a step takes over what the step before left, all as a chain. */
import type { SparseRow } from '../../src/engine/sparse.ts';
import { firstDifference, small } from './compare.ts';
import { type Fields, type Path, recordOf } from './epoch-record.ts';
import type { Found, Report } from './report.ts';

interface Step {
  readonly in: Fields;
  readonly out: Fields;
}

interface Scenario {
  readonly id: string;
  readonly path: Path;
  readonly steps: readonly Step[];
}

export function checkEpochs(
  { scenarios }: { readonly scenarios: readonly Scenario[] },
  report: Report,
): void {
  for (const { id, path, steps } of scenarios) {
    let left: Fields | undefined;
    for (const [index, step] of steps.entries()) {
      report.check(`${id} step ${index}`, () => {
        const given = readMatrices(step.in, left);
        left = recordOf(given, path);
        return compareStep(step.out, left);
      });
    }
    if (steps.length > 1) report.check(`${id} carried on`, () => compareChain(steps, path));
  }
}

function compareStep(expected: Fields, got: Fields): Found | undefined {
  for (const [key, value] of Object.entries(expected)) {
    if (got[key] === undefined) {
      return { key, place: [], expected: 'a value', got: 'nothing: the engine has no such output' };
    }
    const difference = firstDifference(value, got[key]);
    if (difference) return { key, ...difference };
  }
  return undefined;
}

/** Feeds what the engine itself left, wherever a step's inputs are what the vectors say was left. */
function compareChain(steps: readonly Step[], path: Path): Found | undefined {
  let left: Fields | undefined;
  for (const [index, step] of steps.entries()) {
    const recorded = steps[index - 1]?.out;
    const given: Record<string, unknown> = { ...readMatrices(step.in, left) };
    if (left && isSame(given.prev_bonds_u16, recorded?.bonds_u16)) given.prev_bonds_u16 = left.bonds_u16;
    if (left && isSame(given.validator_permits, recorded?.new_validator_permits)) {
      given.validator_permits = left.new_validator_permits;
    }
    left = recordOf(given, path);
    const found = compareStep(step.out, left);
    if (found) return { ...found, key: `step ${index} ${found.key}` };
  }
  return undefined;
}

function isSame(a: unknown, b: unknown): boolean {
  return a !== undefined && b !== undefined && firstDifference(a, b) === undefined;
}

/** Matrices in full where a step gives them by rule. */
function readMatrices(given: Fields, left: Fields | undefined): Fields {
  const n = small(given.n);
  return {
    ...given,
    weights_u16: given.weights_u16 ?? weightsByRule(String(given.weights_rule), n),
    prev_bonds_u16: given.prev_bonds_u16 ?? bondsByRule(String(given.prev_bonds_rule), n, left),
  };
}

const weightsRule = /^rows (\d+)\.\.(\d+): uids (\d+)\.\.(\d+) all (\d+); other rows empty$/;

function weightsByRule(rule: string, n: number): readonly SparseRow[] {
  const found = weightsRule.exec(rule);
  if (!found) throw new Error(`weights_rule is not known: ${rule}`);
  const [firstRow = 0, lastRow = 0, firstUid = 0, lastUid = 0, weight = 0] = found.slice(1).map(Number);
  const row = Array.from({ length: lastUid - firstUid + 1 }, (_, at) => [firstUid + at, weight] as const);
  return Array.from({ length: n }, (_, uid) => (uid >= firstRow && uid <= lastRow ? row : []));
}

function bondsByRule(rule: string, n: number, left: Fields | undefined): unknown {
  if (!rule.startsWith('carry the bonds_u16 of the previous step')) {
    throw new Error(`prev_bonds_rule is not known: ${rule}`);
  }
  return left?.bonds_u16 ?? Array.from({ length: n }, () => []);
}
