import { parseMoney } from '../amounts.ts';
import type { Context } from '../context.ts';
import { durationText, moneyText } from '../format.ts';
import { openBuyer } from '../session.ts';
import type { DefineCommand } from './entry.ts';
import { moneyLeft } from './money-left.ts';

export const defineResume: DefineCommand = (command, act) => {
  command
    .description('go on with a deployment that is paused, for what it cost before')
    .argument('<name>', 'deployment')
    .option('--top-up <amount>', 'lock so much more for it, in whole tokens')
    .option('--group <group>', 'placement group, where there are several')
    .action(act(resume));
};

async function resume(
  context: Context,
  name: string,
  flags: { readonly topUp?: string; readonly group?: string },
): Promise<void> {
  await using stack = new AsyncDisposableStack();
  const { tenant, network, chain } = openBuyer(context, stack);
  const deposit = flags.topUp === undefined ? 0n : parseMoney(flags.topUp, network.book);
  const choice = flags.group === undefined ? {} : { group: flags.group };
  await tenant.resume(name, { ...choice, deposit, signal: context.signal });
  const { fundedUntil, rate, now } = await moneyLeft(tenant, chain, name, context.signal);
  context.output.document({ name, status: 'running', rate, deposit, fundedUntil }, () => {
    const lasts = fundedUntil === null ? '' : `; the money lasts ${durationText(fundedUntil - now)}`;
    return `${name} runs again at ${moneyText(rate, network.book.token)} per hour${lasts}`;
  });
}
