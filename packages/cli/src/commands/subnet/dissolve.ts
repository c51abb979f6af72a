import type { Context } from '../../context.ts';
import { parseSubnet } from '../../subnet/arguments.ts';
import { agree, openSubnets, openSubnetWriter, send } from '../../subnet/session.ts';
import { livingOf } from '../../subnet/state.ts';
import type { DefineCommand } from '../entry.ts';

export const defineDissolve: DefineCommand = (command, act) => {
  command
    .description(
      'end a subnet for good, as its owner; collateral, stake and rewards stay everybody’s own, its price comes back',
    )
    .argument('<subnet>', 'its number', parseSubnet)
    .action(act(dissolve));
};

async function dissolve(context: Context, subnet: number): Promise<void> {
  await using stack = new AsyncDisposableStack();
  const session = await openSubnets(context, stack);
  const { picture } = await session.history(subnet);
  const miners = livingOf(picture).length;
  await agree(context, `End subnet ${subnet} with its ${miners} miners for good?`);
  const writer = await openSubnetWriter(context, stack, session);
  const { tx } = await send(context, 'dissolving', () => writer.dissolve(subnet));
  context.output.document({ subnet, tx }, () =>
    [
      `subnet ${subnet} is dissolved: nothing is emitted to it any more`,
      `collateral: souk subnet collateral ${subnet}; stake: souk subnet unstake ${subnet}; earned: souk subnet claim ${subnet}`,
    ].join('\n'),
  );
}
