/** Every .json file of a folder, compared by its `format`. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { checkEconomics } from './economics.ts';
import { checkEpochs } from './epochs.ts';
import { checkMath } from './math.ts';
import { type Report, startReport } from './report.ts';
import { checkSimulation } from './simulation.ts';

const checks: Readonly<Record<string, (file: never, report: Report) => void>> = {
  'epoch-v1': checkEpochs,
  'math-v1': checkMath,
  'yuma-sim-v1': checkSimulation,
  'economics-v1': checkEconomics,
};

/** Says file by file how much it compared. */
export function checkDirectory(directory: string, say: (line: string) => void): Report {
  const report = startReport();
  const names = readdirSync(directory).filter((file) => file.endsWith('.json'));
  for (const name of names.toSorted()) {
    const before = report.passed + report.failures.length;
    const file = JSON.parse(readFileSync(join(directory, name), 'utf8')) as { readonly format?: unknown };
    const check = checks[String(file.format)];
    if (!check) {
      say(`${name}: format ${JSON.stringify(file.format)} is not known, not compared`);
      continue;
    }
    check(file as never, report);
    say(`${name}: ${report.passed + report.failures.length - before} compared`);
  }
  return report;
}
