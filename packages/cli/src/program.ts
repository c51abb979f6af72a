/**
 * The command line: global flags, the list of commands, help. Only the module of the command that is asked for is
 * loaded, so that `souk` starts fast however many commands there are.
 */
import { Command, CommanderError, Option } from 'commander';
import type { Act } from './commands/entry.ts';
import { commands } from './commands/index.ts';
import type { Context, GlobalFlags } from './context.ts';
import { describeExitCodes } from './exit-codes.ts';

/** In place of a command's name: load all, for the reference. */
export const everyCommand = '*';

export interface ProgramHost {
  readonly version: string;
  readonly stdout: (text: string) => void;
  readonly stderr: (text: string) => void;
  readonly columns: number;
  /** Builds the context for a run; its return value ends up as the process's exit code. */
  readonly run: (flags: GlobalFlags, work: (context: Context) => Promise<number | void>) => Promise<void>;
}

/** Loads the command `wanted`; the others are only named. */
export async function createProgram(host: ProgramHost, wanted: string | undefined): Promise<Command> {
  const program = withGlobalFlags(new Command('souk'))
    .description('Souk: an open network for AI compute')
    .version(host.version, '-V, --version', 'print the version')
    .helpOption('-h, --help', 'print help')
    .helpCommand('help [command]', 'print help for a command')
    .configureHelp({
      helpWidth: host.columns,
      showGlobalOptions: false,
      subcommandTerm: (command) => command.name(),
    })
    .configureOutput({ writeOut: host.stdout, writeErr: host.stderr, outputError: () => undefined })
    .exitOverride()
    .addHelpText('after', `\nExit codes:\n${describeExitCodes()}`);
  const act: Act =
    <A extends unknown[]>(run: (context: Context, ...args: A) => Promise<number | void>) =>
    async (...args: [...A, Command]) => {
      const command = args.at(-1) as Command;
      const given = args.slice(0, -1) as unknown as A;
      await host.run(command.optsWithGlobals<GlobalFlags>(), (context) => run(context, ...given));
    };
  for (const entry of commands) {
    const command = program.command(entry.name).summary(entry.summary).helpGroup(entry.group);
    if (wanted !== everyCommand && wanted !== entry.name) continue;
    command.description(entry.summary);
    const define = await entry.load();
    define(command, act);
  }
  return program;
}

/** The first word that is no flag and no flag's value. */
export function commandNameIn(argv: readonly string[]): string | undefined {
  const { operands } = withGlobalFlags(new Command()).parseOptions([...argv]);
  return operands[0] === 'help' ? operands[1] : operands[0];
}

/** Help or version was printed: asked for with exit code 0, or for want of a command. */
export function isHelpShown(error: unknown): error is CommanderError {
  const codes = ['commander.helpDisplayed', 'commander.help', 'commander.version'];
  return error instanceof CommanderError && codes.includes(error.code);
}

function withGlobalFlags(program: Command): Command {
  return program
    .exitOverride()
    .configureOutput({ outputError: () => undefined })
    .addOption(new Option('--json', 'machine form: one JSON document, or one JSON object a line for streams'))
    .addOption(new Option('-y, --yes', 'agree to every question beforehand'))
    .addOption(new Option('-q, --quiet', 'print results only'))
    .addOption(
      new Option('--network <name|file>', 'network to work on: a known name or an address book file'),
    )
    .addOption(new Option('--home <dir>', 'where Souk keeps its state (default: $SOUK_HOME or ~/.souk)'))
    .addOption(new Option('--key <name>', 'key of the keystore to sign with'))
    .addOption(
      new Option('--password-file <file>', 'file that holds the key’s password; - for standard input'),
    )
    .addOption(new Option('--debug', 'log what happens, and print stacks of errors'));
}
