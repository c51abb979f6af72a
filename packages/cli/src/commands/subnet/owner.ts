import type { Address } from '@souk/protocol';
import type { Context } from '../../context.ts';
import { parseAddress, parseSubnet } from '../../subnet/arguments.ts';
import { agree, openSubnets, openSubnetWriter, send } from '../../subnet/session.ts';
import type { DefineCommand } from '../entry.ts';

export const defineOwner: DefineCommand = (command, act) => {
  command
    .description('who owns a subnet; with an address, hand it over')
    .argument('<subnet>', 'its number', parseSubnet)
    .argument('[address]', 'its new owner', parseAddress)
    .action(act(getOrSet));
};

async function getOrSet(context: Context, subnet: number, next: Address | undefined): Promise<void> {
  await using stack = new AsyncDisposableStack();
  const session = await openSubnets(context, stack);
  const { picture } = await session.history(subnet);
  if (next === undefined) {
    context.output.document({ subnet, owner: picture.owner }, () => picture.owner);
    return;
  }
  await agree(context, `Hand subnet ${subnet} over to ${next}, with all its owner earns from now on?`);
  const writer = await openSubnetWriter(context, stack, session);
  const { tx } = await send(context, 'handing it over', () => writer.setOwner(subnet, next));
  context.output.document({ subnet, owner: next, tx }, () => `subnet ${subnet} is now of ${next}`);
}
