import type { Permit } from '@souk/chain';
import type { Context } from '../../context.ts';
import { amountText } from '../../format.ts';
import { percentText, souk } from '../../subnet/amounts.ts';
import { parseSubnet } from '../../subnet/arguments.ts';
import { openSubnets } from '../../subnet/session.ts';
import { lastPostOf } from '../../subnet/state.ts';
import { renderTable } from '../../table.ts';
import type { DefineCommand } from '../entry.ts';

export const definePermits: DefineCommand = (command, act) => {
  command
    .description('validators whose signatures weigh in the next epoch, and by how much')
    .argument('<subnet>', 'its number', parseSubnet)
    .action(act(listPermits));
};

async function listPermits(context: Context, subnet: number): Promise<void> {
  await using stack = new AsyncDisposableStack();
  const session = await openSubnets(context, stack);
  const { picture } = await session.history(subnet);
  const posted = lastPostOf(picture);
  // Before the first post the pools themselves are asked.
  const permits: readonly Permit[] =
    posted?.validators ?? [...picture.pools].map(([operator, { stake }]) => ({ operator, stake }));
  const total = permits.reduce((sum, { stake }) => sum + stake, 0n);
  context.output.note(
    posted === undefined
      ? 'Nothing was posted yet: all stake weighs.'
      : `As posted with epoch ${posted.epoch}.`,
  );
  context.output.document({ subnet, postedWith: posted?.epoch ?? null, total, permits }, () =>
    renderTable(
      context.output,
      [
        { title: 'VALIDATOR', cell: (one) => one.operator },
        { title: 'STAKE', cell: (one) => amountText(one.stake, souk), align: 'right' },
        { title: 'WEIGHS', cell: (one) => percentText(one.stake, total || 1n), align: 'right' },
      ],
      [...permits].sort((a, b) => (a.stake > b.stake ? -1 : 1)),
    ),
  );
}
