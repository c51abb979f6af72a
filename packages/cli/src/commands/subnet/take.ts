import type { Context } from '../../context.ts';
import { parseShare, percentText } from '../../subnet/amounts.ts';
import { parseSubnet } from '../../subnet/arguments.ts';
import { openSubnets, openSubnetWriter, send } from '../../subnet/session.ts';
import { shortHex } from '../../format.ts';
import { renderTable } from '../../table.ts';
import type { DefineCommand } from '../entry.ts';

export const defineTake: DefineCommand = (command, act) => {
  command
    .description('what validators keep of their delegators’ dividends; with a share, set one’s own')
    .argument('<subnet>', 'its number', parseSubnet)
    .argument('[share]', 'e.g. 18%')
    .action(act(getOrSet));
};

async function getOrSet(context: Context, subnet: number, text: string | undefined): Promise<void> {
  await using stack = new AsyncDisposableStack();
  const session = await openSubnets(context, stack);
  const { picture } = await session.history(subnet);
  if (text === undefined) {
    const takes = [...picture.pools.keys()].map((operator) => ({
      operator,
      take: picture.takes.get(operator) ?? 0,
    }));
    context.output.document({ subnet, takes }, () =>
      renderTable(
        context.output,
        [
          { title: 'VALIDATOR', cell: (one) => shortHex(one.operator) },
          { title: 'TAKE', cell: (one) => percentText(one.take, 65_535), align: 'right' },
        ],
        takes,
      ),
    );
    return;
  }
  const take = parseShare(text);
  const writer = await openSubnetWriter(context, stack, session);
  const { tx } = await send(context, 'setting the take', () => writer.setTake(subnet, take));
  context.output.document({ subnet, take, tx }, () => `the take is ${percentText(take, 65_535)}`);
}
