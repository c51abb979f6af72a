/**
 * Compares the engine with a folder of published vectors, bit for bit, and says the first difference:
 * `npm run conformance:yuma -- DIR`. Reads every .json file of DIR by its `format`. Exits 1 where something differs.
 */
import { checkDirectory } from './conformance/check-directory.ts';

const directory = process.argv[2];
if (directory === undefined) {
  process.stderr.write('usage: npm run conformance:yuma -- DIR\n');
  process.exit(2);
}
const { passed, failures } = checkDirectory(directory, (line) => process.stdout.write(`${line}\n`));
const [first, ...others] = failures;
if (first !== undefined) process.stdout.write(`first difference: ${first}\n`);
for (const failure of others.slice(0, 20)) process.stdout.write(`also: ${failure}\n`);
process.stdout.write(`${passed} passed, ${failures.length} failed\n`);
process.exit(failures.length === 0 && passed > 0 ? 0 : 1);
