/**
 * Compares the engine with a folder of published vectors, bit for bit, and says the first difference:
 * `npm run conformance:yuma -- DIR`. Reads every .json file of DIR by its `format`. Exits 1 where something differs.
 */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { checkEconomics } from './conformance/economics.ts';
import { checkEpochs } from './conformance/epochs.ts';
import { checkMath } from './conformance/math.ts';
import { checkSimulation } from './conformance/simulation.ts';
import { type Report, startReport } from './conformance/report.ts';

const checks: Readonly<Record<string, (file: never, report: Report) => void>> = {
  'epoch-v1': checkEpochs,
  'math-v1': checkMath,
  'yuma-sim-v1': checkSimulation,
  'economics-v1': checkEconomics,
};

const directory = process.argv[2];
if (directory === undefined) {
  process.stderr.write('usage: npm run conformance:yuma -- DIR\n');
  process.exit(2);
}
const report = startReport();
for (const name of readdirSync(directory)
  .filter((file) => file.endsWith('.json'))
  .toSorted()) {
  const before = report.passed + report.failures.length;
  const file = JSON.parse(readFileSync(join(directory, name), 'utf8')) as { readonly format?: unknown };
  const check = checks[String(file.format)];
  if (check) check(file as never, report);
  else process.stdout.write(`${name}: format ${JSON.stringify(file.format)} is not known, not compared\n`);
  process.stdout.write(`${name}: ${report.passed + report.failures.length - before} checks\n`);
}
for (const failure of report.failures.slice(0, 40)) process.stdout.write(`${failure}\n`);
process.stdout.write(`${report.passed} passed, ${report.failures.length} failed\n`);
process.exit(report.failures.length === 0 && report.passed > 0 ? 0 : 1);
