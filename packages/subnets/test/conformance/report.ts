/** Counts what passed; says the first difference, and where the others are. */
import type { Difference } from './compare.ts';

export interface Found extends Difference {
  readonly key: string;
}

export interface Report {
  /** One check: undefined where nothing differs. What it throws is a failure too. */
  check(name: string, compare: () => Found | undefined): void;
  readonly passed: number;
  readonly failures: readonly string[];
}

export function startReport(): Report {
  let passed = 0;
  const failures: string[] = [];
  return {
    check(name, compare) {
      const failure = attempt(compare);
      if (failure === undefined) passed += 1;
      else failures.push(`${name}: ${failure}`);
    },
    get passed() {
      return passed;
    },
    failures,
  };
}

function attempt(compare: () => Found | undefined): string | undefined {
  try {
    const found = compare();
    return found && `${found.key}[${found.place.join('][')}] expected ${found.expected}, got ${found.got}`;
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
}
