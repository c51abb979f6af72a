import type { LogLine } from '@souk/protocol';
import { InvalidArgumentError } from 'commander';
import type { Context } from '../context.ts';
import { exitCodes } from '../exit-codes.ts';
import { printable, type Tone } from '../output.ts';
import { openBuyer } from '../session.ts';
import { parseSince, type Since } from '../since.ts';
import type { DefineCommand } from './entry.ts';

interface LogsFlags {
  readonly follow?: true;
  readonly tail?: number;
  readonly since?: Since;
  readonly grep?: string;
  readonly service?: string;
  readonly group?: string;
}

export const defineLogs: DefineCommand = (command, act) => {
  command
    .description(
      'what the services write; kept by the provider over restarts, and for days after a lease is closed',
    )
    .argument('<name>', 'deployment')
    .option('-f, --follow', 'go on with what comes, until Ctrl-C')
    .option('--tail <lines>', 'lines of the past: by default 100, with --since or --grep all', parseLines)
    .option('--since <time>', 'no older lines: 10m, 2h, 3d, 2026-11-22T10:00', parseSince)
    .option('--grep <text>', 'only lines that hold this text, whatever its case', parseText)
    .option('--service <service>', 'of this service only')
    .option('--group <group>', 'placement group, where there are several')
    .action(act(showLogs));
};

async function showLogs(context: Context, name: string, flags: LogsFlags): Promise<number> {
  await using stack = new AsyncDisposableStack();
  const { tenant } = openBuyer(context, stack);
  const tones = new Map<string, Tone>();
  const lines = tenant.logs(name, {
    follow: flags.follow === true,
    signal: context.signal,
    ...(flags.tail === undefined ? {} : { tail: flags.tail }),
    ...(flags.since === undefined ? {} : { since: flags.since(context.clock.now()) }),
    ...(flags.grep === undefined ? {} : { grep: flags.grep }),
    ...(flags.service === undefined ? {} : { service: flags.service }),
    ...(flags.group === undefined ? {} : { group: flags.group }),
  });
  for await (const line of lines) {
    context.output.item(line, () => renderLine(context, line, tones));
  }
  return context.signal.aborted ? exitCodes.interrupted : exitCodes.ok;
}

const palette: readonly Tone[] = ['cyan', 'green', 'magenta', 'blue', 'yellow'];

function renderLine(context: Context, line: LogLine, tones: Map<string, Tone>): string {
  const source = `${line.service}-${line.replica}`;
  const tone = tones.get(source) ?? palette[tones.size % palette.length] ?? 'cyan';
  tones.set(source, tone);
  const text = printable(line.text);
  return `${context.output.paint(tone, source)} ${line.stream === 'stderr' ? context.output.paint('red', text) : text}`;
}

function parseText(text: string): string {
  if (text.length >= 1 && text.length <= 200) return text;
  throw new InvalidArgumentError('give 1 to 200 characters');
}

function parseLines(text: string): number {
  const lines = Number(text);
  if (Number.isInteger(lines) && lines >= 0 && lines <= 100_000) return lines;
  throw new InvalidArgumentError('give a whole number from 0 to 100000');
}
