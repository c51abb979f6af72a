import { InvalidArgumentError } from 'commander';
import type { Context } from '../context.ts';
import { runRemote } from '../remote-terminal.ts';
import { openBuyer } from '../session.ts';
import type { DefineCommand } from './entry.ts';

interface ExecFlags {
  readonly service?: string;
  readonly replica?: number;
  readonly group?: string;
  readonly interactive?: true;
  readonly tty?: true;
}

export const defineExec: DefineCommand = (command, act) => {
  command
    .description('run a command in a workload; exits with its exit code')
    .argument('<name>', 'deployment')
    .argument('<command...>', 'after --, e.g. souk exec web -- ls -l /')
    .option('--service <service>', 'in this service, where there are several')
    .option('--replica <index>', 'in this replica, from 0', parseReplica)
    .option('--group <group>', 'placement group, where there are several')
    .option('-i, --interactive', 'pass standard input on')
    .option('-t, --tty', 'give the command a terminal')
    .action(
      act(async (context, name: string, remote: string[], flags: ExecFlags) =>
        execute(context, name, remote, flags),
      ),
    );
};

async function execute(
  context: Context,
  name: string,
  command: readonly string[],
  flags: ExecFlags,
): Promise<number> {
  await using stack = new AsyncDisposableStack();
  const { tenant } = openBuyer(context, stack);
  return await runRemote(context, tenant, name, {
    command,
    service: flags.service,
    replica: flags.replica,
    group: flags.group,
    takesInput: flags.interactive === true,
    wantsTty: flags.tty === true && process.stdin.isTTY && process.stdout.isTTY,
  });
}

function parseReplica(text: string): number {
  const replica = Number(text);
  if (Number.isInteger(replica) && replica >= 0 && replica <= 999) return replica;
  throw new InvalidArgumentError('give a whole number from 0 to 999');
}
