/**
 * One run of the command line in this process: parse, run, turn what was thrown into a sentence and an exit code.
 * Signals are handled here and nowhere else.
 */
import { readFileSync } from 'node:fs';
import type { Context, GlobalFlags } from './context.ts';
import { exitCodes } from './exit-codes.ts';
import type { Output, Sink } from './output.ts';
import { commandNameIn, createProgram, isHelpShown } from './program.ts';

export async function runCli(argv: readonly string[]): Promise<number> {
  surviveClosedPipes();
  let exitCode: number = exitCodes.ok;
  try {
    const program = await createProgram(
      {
        version: ownVersion(),
        stdout: (text) => process.stdout.write(text),
        stderr: (text) => process.stderr.write(text),
        columns: process.stdout.columns ?? 100,
        run: async (flags, work) => {
          exitCode = await runCommand(flags, work);
        },
      },
      commandNameIn(argv),
    );
    await program.parseAsync([...argv], { from: 'user' });
    return exitCode;
  } catch (error) {
    if (isHelpShown(error)) return error.exitCode === 0 ? exitCodes.ok : exitCodes.usage;
    return report(error, argv);
  }
}

async function runCommand(
  flags: GlobalFlags,
  work: (context: Context) => Promise<number | void>,
): Promise<number> {
  const { runDaemon } = await import('@souk/daemon');
  let exitCode: number = exitCodes.ok;
  let wasStopped = false;
  await runDaemon(async (signal) => {
    signal.addEventListener('abort', () => (wasStopped = true), { once: true });
    const context = await createContext(flags, signal);
    try {
      exitCode = (await work(context)) ?? exitCodes.ok;
      wasStopped = false;
    } catch (error) {
      // What fails because it was stopped is not worth a word.
      if (!signal.aborted) throw error;
    }
  });
  return wasStopped ? exitCodes.interrupted : exitCode;
}

async function createContext(flags: GlobalFlags, signal: AbortSignal): Promise<Context> {
  const [{ createLog, environment: readEnvironment }, { silentLog, systemClock }] = await Promise.all([
    import('@souk/daemon'),
    import('@souk/protocol'),
  ]);
  const [{ homeAt }, { createPrompts }] = await Promise.all([import('./home.ts'), import('./prompts.ts')]);
  const environment = readEnvironment();
  return {
    flags,
    output: await terminalOutput(flags),
    prompts: createPrompts({
      canAsk: process.stdin.isTTY && process.stderr.isTTY && !flags.json,
      isYes: flags.yes === true,
      signal,
    }),
    home: homeAt(flags.home ?? environment.home),
    environment,
    clock: systemClock,
    log: flags.debug ? createLog('souk', { level: 'debug' }) : silentLog,
    signal,
  };
}

async function terminalOutput(flags: GlobalFlags): Promise<Output> {
  const [{ environment }, { createOutput }] = await Promise.all([
    import('@souk/daemon'),
    import('./output.ts'),
  ]);
  return createOutput({
    stdout: sinkOf(process.stdout),
    stderr: sinkOf(process.stderr),
    isJson: flags.json === true,
    isQuiet: flags.quiet === true,
    hasColour: process.stdout.isTTY && process.stderr.isTTY && !environment().noColor && !flags.json,
  });
}

async function report(error: unknown, argv: readonly string[]): Promise<number> {
  const { failureOf, renderFailure } = await import('./faults.ts');
  const flags: GlobalFlags = argv.includes('--json') ? { json: true } : {};
  const failure = failureOf(error);
  const text = renderFailure(await terminalOutput(flags), failure);
  if (text !== '') process.stderr.write(`${text}\n`);
  if (argv.includes('--debug')) process.stderr.write(`${inspectError(error)}\n`);
  return failure.exitCode;
}

function inspectError(error: unknown): string {
  const causes: string[] = [];
  for (let link = error; link instanceof Error; link = link.cause) causes.push(link.stack ?? link.message);
  return causes.join('\ncaused by: ');
}

function sinkOf(stream: NodeJS.WriteStream): Sink {
  return {
    write: (text) => stream.write(text),
    isTty: stream.isTTY,
    columns: stream.columns ?? 100,
  };
}

// `souk logs -f … | head` closes our output: that ends us quietly, as it ends every tool.
function surviveClosedPipes(): void {
  for (const stream of [process.stdout, process.stderr]) {
    stream.on('error', (error: NodeJS.ErrnoException) => {
      if (error.code === 'EPIPE') process.exit(exitCodes.ok);
      throw error;
    });
  }
}

function ownVersion(): string {
  const file = new URL('../package.json', import.meta.url);
  return (JSON.parse(readFileSync(file, 'utf8')) as { version: string }).version;
}
