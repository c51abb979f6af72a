import type { Context } from '../../context.ts';
import { shortHex } from '../../format.ts';
import { parseSubnet } from '../../subnet/arguments.ts';
import { openSubnets } from '../../subnet/session.ts';
import { pruningOf } from '../../subnet/pruning.ts';
import { renderTable } from '../../table.ts';
import type { DefineCommand } from '../entry.ts';

export const definePrune: DefineCommand = (command, act) => {
  command
    .description('who makes room for newcomers next, in order; known an epoch ahead')
    .argument('<subnet>', 'its number', parseSubnet)
    .action(act(preview));
};

async function preview(context: Context, subnet: number): Promise<void> {
  await using stack = new AsyncDisposableStack();
  const session = await openSubnets(context, stack);
  const { picture, head } = await session.history(subnet);
  const pruning = pruningOf(picture, head);
  const { free, slots, order } = pruning;
  context.output.note(
    free > 0
      ? `${free} of ${slots} slots are free: nobody is pruned before they are taken.`
      : order.length === 0
        ? 'All slots are taken, and all who could be pruned are immune: nobody new gets in.'
        : 'All slots are taken: each newcomer replaces the next of these.',
  );
  context.output.document({ subnet, ...pruning }, () =>
    order.length === 0
      ? ''
      : renderTable(
          context.output,
          [
            { title: 'NEXT', cell: (one) => String(order.indexOf(one) + 1), align: 'right' },
            { title: 'UID', cell: (one) => String(one.registration), align: 'right' },
            { title: 'MINER', cell: (one) => shortHex(one.operator) },
            { title: 'SINCE BLOCK', cell: (one) => String(one.registeredAt), align: 'right' },
          ],
          order,
        ),
  );
}
