/** Storms for as long as one likes: `npm run sim:reconcile -- --runs 2000 [--seed N]`. Prints a failing seed and storm. */
import { parseArgs } from 'node:util';
import fc from 'fast-check';
import { storms, weather } from './weather.ts';

const { values } = parseArgs({
  options: { runs: { type: 'string', default: '1000' }, seed: { type: 'string' } },
});
const seed = Number(values.seed ?? Date.now() % 2 ** 31);
const startedAt = Date.now();
const property = fc.asyncProperty(storms, async (commands) => {
  const faults = await weather(commands);
  if (faults.length > 0) throw new Error(faults.join('; '));
});
await fc.assert(property, { numRuns: Number(values.runs), seed });
const seconds = ((Date.now() - startedAt) / 1000).toFixed(1);
process.stdout.write(`${values.runs} storms, all calm at the end, in ${seconds} s (seed ${seed})\n`);
