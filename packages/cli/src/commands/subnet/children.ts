import { Fault, fullWeight } from '@souk/protocol';
import type { Context } from '../../context.ts';
import { shortHex } from '../../format.ts';
import { percentText } from '../../subnet/amounts.ts';
import { collectPortion, parseSubnet, type Portion } from '../../subnet/arguments.ts';
import { openSubnets, openSubnetWriter, send } from '../../subnet/session.ts';
import { renderTable } from '../../table.ts';
import type { DefineCommand } from '../entry.ts';

interface ChildrenFlags {
  readonly set?: readonly Portion[];
  readonly none?: true;
}

export const defineChildren: DefineCommand = (command, act) => {
  command
    .description('validators whose stake works for others; with --set, let one’s own')
    .argument('<subnet>', 'its number', parseSubnet)
    .option(
      '--set <operator=percent>',
      'this part of one’s stake works for that operator; can be repeated',
      collectPortion,
    )
    .option('--none', 'let all of one’s stake work for oneself again')
    .action(act(getOrSet));
};

async function getOrSet(context: Context, subnet: number, flags: ChildrenFlags): Promise<void> {
  await using stack = new AsyncDisposableStack();
  const session = await openSubnets(context, stack);
  if (flags.set !== undefined || flags.none) {
    const children = childrenOf(flags.set ?? []);
    const writer = await openSubnetWriter(context, stack, session);
    await send(context, 'setting the children', () => writer.setChildren(subnet, children));
  }
  const { picture } = await session.history(subnet);
  const listed = [...picture.children].flatMap(([parent, changes]) => {
    const last = changes.at(-1);
    return (last?.children ?? []).map((child) => ({ parent, ...child, fromEpoch: last?.fromEpoch ?? 0 }));
  });
  if (listed.length === 0) context.output.note('Nobody’s stake works for another.');
  context.output.document({ subnet, children: listed }, () =>
    listed.length === 0
      ? ''
      : renderTable(
          context.output,
          [
            { title: 'PARENT', cell: (one) => shortHex(one.parent) },
            { title: 'CHILD', cell: (one) => shortHex(one.operator) },
            { title: 'PART', cell: (one) => percentText(one.proportion, fullWeight), align: 'right' },
            { title: 'FROM EPOCH', cell: (one) => String(one.fromEpoch), align: 'right' },
          ],
          listed,
        ),
  );
}

function childrenOf(portions: readonly Portion[]) {
  const sum = portions.reduce((total, { portion }) => total + portion, 0);
  if (sum > 100) {
    throw new Fault('subnet.bad-share', `the parts come to ${sum} %`, {
      blame: 'user',
      remedy: 'give percentages that come to at most 100',
    });
  }
  return portions.map(({ operator, portion }) => ({
    operator,
    proportion: Math.floor((fullWeight * portion) / 100),
  }));
}
