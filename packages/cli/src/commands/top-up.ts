import { parseMoney } from '../amounts.ts';
import type { Context } from '../context.ts';
import { durationText, moneyText } from '../format.ts';
import { openBuyer } from '../session.ts';
import type { DefineCommand } from './entry.ts';
import { moneyLeft } from './money-left.ts';

export const defineTopUp: DefineCommand = (command, act) => {
  command
    .description('lock more money for a deployment, so that it runs longer')
    .argument('<name>', 'deployment')
    .argument('<amount>', 'in whole tokens, e.g. 5')
    .option('--group <group>', 'placement group, where there are several')
    .action(act(topUp));
};

async function topUp(
  context: Context,
  name: string,
  text: string,
  flags: { readonly group?: string },
): Promise<void> {
  await using stack = new AsyncDisposableStack();
  const { tenant, network, chain } = openBuyer(context, stack);
  const amount = parseMoney(text, network.book);
  const choice = flags.group === undefined ? {} : { group: flags.group };
  const { tx } = await tenant.topUp(name, amount, { ...choice, signal: context.signal });
  const { fundedUntil, now } = await moneyLeft(tenant, chain, name, context.signal);
  context.output.document({ tx, amount, fundedUntil }, () => {
    const lasts = fundedUntil === null ? '' : `; the money lasts ${durationText(fundedUntil - now)}`;
    return `topped ${name} up with ${moneyText(amount, network.book.token)}${lasts}`;
  });
}
