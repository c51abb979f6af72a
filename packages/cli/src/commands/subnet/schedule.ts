import type { Context } from '../../context.ts';
import { percentText, soukText } from '../../subnet/amounts.ts';
import { openSubnets } from '../../subnet/session.ts';
import { renderFacts } from '../../table.ts';
import type { DefineCommand } from '../entry.ts';

export const defineSchedule: DefineCommand = (command, act) => {
  command.description('how much SOUK is made, and how much there may ever be').action(act(schedule));
};

async function schedule(context: Context): Promise<void> {
  await using stack = new AsyncDisposableStack();
  const { reads } = await openSubnets(context, stack);
  const [{ perBlock, minted, cap }, head] = await Promise.all([reads.schedule(), reads.head()]);
  context.output.document({ perBlock, minted, cap, block: head.number }, () =>
    renderFacts(context.output, [
      ['a block', `${soukText(perBlock)} over all subnets`],
      ['so far', `${soukText(minted)}, ${percentText(minted, cap)} of all there may be`],
      ['at most', soukText(cap)],
    ]),
  );
}
