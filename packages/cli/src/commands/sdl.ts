import {
  Fault,
  formatSdlIssue,
  readSdl,
  type SdlCheck,
  sdlCheckJson,
  workloadJsonSchema,
} from '@souk/protocol';
import { InvalidArgumentError } from 'commander';
import type { Context } from '../context.ts';
import { defaultCeiling, importComposeFile } from '../deploy/compose.ts';
import { readWorkloadText } from '../deploy/workload.ts';
import { exitCodes } from '../exit-codes.ts';
import type { DefineCommand } from './entry.ts';

export const defineSdl: DefineCommand = (command, act) => {
  command.description('workload files');
  command
    .command('check')
    .description('say whether workload files are right, and where and why not')
    .argument('<file...>', 'workload files')
    .action(act(checkFiles));
  command
    .command('import')
    .description('turn a compose file into a workload file, on standard output')
    .argument('<file>', 'compose file')
    .option('--max-price <usd>', 'most to pay per replica and hour, in USD', parsePrice, defaultCeiling)
    .action(act(importFile));
  command
    .command('schema')
    .description('print the JSON Schema of workload files, for editors')
    .action(act(printSchema));
};

async function importFile(
  context: Context,
  file: string,
  flags: { readonly maxPrice: number },
): Promise<void> {
  const { sdl, notes } = importComposeFile(file, readWorkloadText(file), flags.maxPrice);
  for (const note of notes) context.output.warn(formatSdlIssue(note, file));
  context.output.document({ file, sdl, notes }, () => sdl.trimEnd());
}

function parsePrice(text: string): number {
  const price = Number(text);
  if (price > 0 && Number.isFinite(price)) return price;
  throw new InvalidArgumentError('give an amount above 0, as 0.05');
}

async function printSchema(context: Context): Promise<void> {
  context.output.document(workloadJsonSchema, () => JSON.stringify(workloadJsonSchema, null, 2));
}

async function checkFiles(context: Context, files: readonly string[]): Promise<number> {
  let areAllRight = true;
  for (const file of files) {
    const check = checkFile(file);
    areAllRight &&= check.ok;
    context.output.item(check, () => renderCheck(context, check));
  }
  return areAllRight ? exitCodes.ok : exitCodes.badInput;
}

function checkFile(file: string): SdlCheck {
  try {
    return sdlCheckJson(file, readSdl(readWorkloadText(file), { purpose: 'check' }));
  } catch (error) {
    if (!(error instanceof Fault)) throw error;
    const issue = { line: 1, column: 1, path: '/', reason: error.message, remedy: error.remedy ?? '' };
    return { file, ok: false, services: 0, groups: 0, manifestHash: null, warnings: [], errors: [issue] };
  }
}

function renderCheck(context: Context, check: SdlCheck): string {
  const { paint } = context.output;
  const count = (total: number, noun: string) => `${total} ${noun}${total === 1 ? '' : 's'}`;
  const verdict = check.ok
    ? `${paint('green', 'ok')}     ${check.file}  ${count(check.services, 'service')}, ${count(check.groups, 'group')}`
    : `${paint('red', 'wrong')}  ${check.file}  ${count(check.errors.length, 'error')}`;
  const issues = [
    ...check.errors.map((issue) => `${paint('red', 'error')} ${formatSdlIssue(issue, check.file)}`),
    ...check.warnings.map((issue) => `${paint('yellow', 'warning')} ${formatSdlIssue(issue, check.file)}`),
  ];
  return [verdict, ...issues].join('\n');
}
