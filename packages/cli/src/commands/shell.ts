import type { Context } from '../context.ts';
import { runRemote } from '../remote-terminal.ts';
import { openBuyer } from '../session.ts';
import type { DefineCommand } from './entry.ts';

interface ShellFlags {
  readonly service?: string;
  readonly group?: string;
  readonly shell: string;
}

export const defineShell: DefineCommand = (command, act) => {
  command
    .description('a shell in a workload; exits with its exit code')
    .argument('<name>', 'deployment')
    .option('--service <service>', 'in this service, where there are several')
    .option('--group <group>', 'placement group, where there are several')
    .option('--shell <path>', 'which shell', '/bin/sh')
    .action(act(openShell));
};

async function openShell(context: Context, name: string, flags: ShellFlags): Promise<number> {
  await using stack = new AsyncDisposableStack();
  const { tenant } = openBuyer(context, stack);
  return await runRemote(context, tenant, name, {
    command: [flags.shell],
    service: flags.service,
    group: flags.group,
    takesInput: true,
    wantsTty: process.stdin.isTTY && process.stdout.isTTY,
  });
}
