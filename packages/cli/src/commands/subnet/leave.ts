import type { Context } from '../../context.ts';
import { soukText } from '../../subnet/amounts.ts';
import { parseSubnet } from '../../subnet/arguments.ts';
import { agree, openSubnets, openSubnetWriter, placeOf, send } from '../../subnet/session.ts';
import type { DefineCommand } from '../entry.ts';

export const defineLeave: DefineCommand = (command, act) => {
  command
    .description('give up a place; its collateral comes back after a while')
    .argument('<subnet>', 'its number', parseSubnet)
    .action(act(leave));
};

async function leave(context: Context, subnet: number): Promise<void> {
  await using stack = new AsyncDisposableStack();
  const session = await openSubnets(context, stack);
  const { picture } = await session.history(subnet);
  const own = placeOf(picture, session.wallet().address);
  await agree(context, `Give up UID ${own.registration} of subnet ${subnet}? A new place costs anew.`);
  const writer = await openSubnetWriter(context, stack, session);
  const { tx } = await send(context, 'leaving', () => writer.deregister(subnet, own.registration));
  context.output.document(
    { subnet, registration: own.registration, collateral: own.collateral, tx },
    () =>
      `UID ${own.registration} is given up; get ${soukText(own.collateral)} back with \`souk subnet collateral ${subnet}\``,
  );
}
