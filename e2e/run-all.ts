/**
 * `./souk test`: every test there is, and one closing line. Runs the contracts' tests (forge), then unit, rooms,
 * e2e and subnets (vitest), whatever fails before; exits 1 when anything failed or a runner itself broke.
 */
import { spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

interface Count {
  readonly passed: number;
  readonly failed: number;
  readonly skipped: number;
}

const suites: readonly { readonly name: string; readonly run: () => Promise<Count> }[] = [
  { name: 'contracts', run: runForge },
  { name: 'unit', run: () => runVitest('unit') },
  { name: 'rooms', run: () => runVitest('rooms') },
  { name: 'e2e', run: () => runVitest('e2e') },
  { name: 'subnets', run: () => runVitest('subnets') },
];

const wanted = process.argv.slice(2);
const unknown = wanted.filter((name) => !suites.some((suite) => suite.name === name));
if (unknown.length > 0) {
  console.error(
    `unknown suite ${unknown.join(', ')}; there are ${suites.map((suite) => suite.name).join(', ')}`,
  );
  process.exit(2);
}

const counts: Count[] = [];
for (const suite of suites) {
  if (wanted.length > 0 && !wanted.includes(suite.name)) continue;
  console.log(`\n── ${suite.name} ──`);
  counts.push(await suite.run());
}
const total = (pick: (count: Count) => number) => counts.reduce((sum, count) => sum + pick(count), 0);
const skipped = total((count) => count.skipped);
console.log(
  `\n${total((count) => count.passed)} passed, ${total((count) => count.failed)} failed${skipped > 0 ? `, ${skipped} skipped` : ''}`,
);
process.exit(total((count) => count.failed) > 0 ? 1 : 0);

async function runForge(): Promise<Count> {
  const { code, output } = await run(process.execPath, ['contracts/script/forge.ts', 'test']);
  const summary = /(\d+) tests? passed, (\d+) failed, (\d+) skipped \(\d+ total tests?\)/.exec(output);
  return honest(code, {
    passed: Number(summary?.[1] ?? 0),
    failed: Number(summary?.[2] ?? 0),
    skipped: Number(summary?.[3] ?? 0),
  });
}

async function runVitest(project: string): Promise<Count> {
  const folder = mkdtempSync(join(tmpdir(), 'souk-test-'));
  const file = join(folder, 'result.json');
  try {
    const reporters = ['--reporter=default', '--reporter=json', `--outputFile.json=${file}`];
    const { code } = await run('npx', ['vitest', 'run', '--project', project, ...reporters]);
    return honest(code, readResult(file));
  } finally {
    rmSync(folder, { recursive: true });
  }
}

function readResult(file: string): Count {
  try {
    const result = JSON.parse(readFileSync(file, 'utf8')) as Record<string, number>;
    return {
      passed: result['numPassedTests'] ?? 0,
      failed: result['numFailedTests'] ?? 0,
      skipped: result['numPendingTests'] ?? 0,
    };
  } catch {
    return { passed: 0, failed: 0, skipped: 0 };
  }
}

// A runner that broke, or ran nothing, is a failure even when it counted none.
function honest(code: number, count: Count): Count {
  const isBroken = (code !== 0 && count.failed === 0) || count.passed + count.failed === 0;
  return isBroken ? { ...count, failed: count.failed + 1 } : count;
}

function run(
  command: string,
  args: readonly string[],
): Promise<{ readonly code: number; readonly output: string }> {
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, { stdio: ['ignore', 'pipe', 'inherit'] });
    let output = '';
    child.stdout.on('data', (chunk: Buffer) => {
      process.stdout.write(chunk);
      // Only the end matters for the summary: keep memory bounded.
      output = (output + chunk.toString()).slice(-20_000);
    });
    child.on('error', reject);
    child.on('close', (code) => resolve({ code: code ?? 1, output }));
  });
}
