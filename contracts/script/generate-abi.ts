/**
 * Writes packages/chain/src/abi/*.ts from what forge built: `marketAbi`, `marketBytecode`, … Builds first, so that what
 * it writes is never older than the sources. With --check it writes nothing and exits 1 when a committed file is stale.
 */
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { runForge } from './forge.ts';

const root = join(import.meta.dirname, '../..');
const abiDir = join(root, 'packages/chain/src/abi');

/** Made on chain by another contract, never deployed from here. */
const madeOnChain: readonly string[] = ['SoukToken'];

/** File of the chain room → contract. */
const contracts = {
  market: 'Market',
  operators: 'Operators',
  'test-stablecoin': 'TestStablecoin',
  'fee-sink': 'FeeSink',
  'souk-token': 'SoukToken',
  emissions: 'Emissions',
  subnets: 'Subnets',
  stakes: 'Stakes',
  epochs: 'Epochs',
} as const;

interface Artifact {
  readonly abi: readonly unknown[];
  readonly bytecode: { readonly object: string };
}

function render(file: string, contract: string): string {
  const path = join(root, `contracts/out/${contract}.sol/${contract}.json`);
  const { abi, bytecode } = JSON.parse(readFileSync(path, 'utf8')) as Artifact;
  const name = file.replace(/-(.)/g, (_, letter: string) => letter.toUpperCase());
  return [
    `// Generated from contracts/src/${contract}.sol by contracts/script/generate-abi.ts. Do not edit.`,
    `export const ${name}Abi = ${JSON.stringify(abi, null, 2)} as const;`,
    '',
    ...(madeOnChain.includes(contract)
      ? []
      : [`export const ${name}Bytecode = '${bytecode.object}' as const;`, '']),
  ].join('\n');
}

function isStale(path: string, text: string): boolean {
  try {
    return readFileSync(path, 'utf8') !== text;
  } catch {
    return true;
  }
}

if (runForge(['build', 'contracts/src'], ['ignore', 'ignore', 'inherit']) !== 0) process.exit(1);
mkdirSync(abiDir, { recursive: true });
const isCheck = process.argv.includes('--check');
for (const [file, contract] of Object.entries(contracts)) {
  const path = join(abiDir, `${file}.ts`);
  const text = render(file, contract);
  if (!isStale(path, text)) continue;
  if (isCheck) {
    process.exitCode = 1;
    process.stderr.write(
      `packages/chain/src/abi/${file}.ts is stale: run node contracts/script/generate-abi.ts\n`,
    );
  } else {
    writeFileSync(path, text);
    process.stdout.write(`wrote packages/chain/src/abi/${file}.ts\n`);
  }
}
