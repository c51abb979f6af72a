import type { Context } from '../context.ts';
import { exitCodes } from '../exit-codes.ts';
import { timeText } from '../format.ts';
import { printable } from '../output.ts';
import { openBuyer } from '../session.ts';
import type { DefineCommand } from './entry.ts';

interface EventsFlags {
  readonly follow?: true;
  readonly group?: string;
}

export const defineEvents: DefineCommand = (command, act) => {
  command
    .description('what happened to a deployment at its provider')
    .argument('<name>', 'deployment')
    .option('-f, --follow', 'go on with what comes, until Ctrl-C')
    .option('--group <group>', 'placement group, where there are several')
    .action(act(showEvents));
};

async function showEvents(context: Context, name: string, flags: EventsFlags): Promise<number> {
  await using stack = new AsyncDisposableStack();
  const { tenant } = openBuyer(context, stack);
  const events = tenant.events(name, {
    follow: flags.follow === true,
    signal: context.signal,
    ...(flags.group === undefined ? {} : { group: flags.group }),
  });
  for await (const event of events) {
    context.output.item(event, () => {
      const { paint } = context.output;
      return `${paint('dim', timeText(event.at))}  ${paint('bold', printable(event.kind))}  ${printable(event.detail)}`;
    });
  }
  return context.signal.aborted ? exitCodes.interrupted : exitCodes.ok;
}
