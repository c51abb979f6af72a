import type { Context } from '../context.ts';
import { durationText, moneyText } from '../format.ts';
import { openBuyer } from '../session.ts';
import type { DefineCommand } from './entry.ts';
import { moneyLeft } from './money-left.ts';

export const definePause: DefineCommand = (command, act) => {
  command
    .description('stop a deployment and keep its data, for a tenth of its price')
    .argument('<name>', 'deployment')
    .option('--group <group>', 'placement group, where there are several')
    .action(act(pause));
};

async function pause(context: Context, name: string, flags: { readonly group?: string }): Promise<void> {
  await using stack = new AsyncDisposableStack();
  const { tenant, network, chain } = openBuyer(context, stack);
  const choice = flags.group === undefined ? {} : { group: flags.group };
  await tenant.pause(name, { ...choice, signal: context.signal });
  const { fundedUntil, rate, now } = await moneyLeft(tenant, chain, name, context.signal);
  context.output.document({ name, status: 'paused', rate, fundedUntil }, () => {
    const kept = fundedUntil === null ? '' : ` for ${durationText(fundedUntil - now)}`;
    return `${name} is paused at ${moneyText(rate, network.book.token)} per hour; its data is kept${kept}. Go on with \`souk resume ${name}\``;
  });
}
