import type { Address } from '@souk/protocol';
import type { Context } from '../../context.ts';
import { timeText } from '../../format.ts';
import { parseSouk, soukText } from '../../subnet/amounts.ts';
import { parseAddress, parseSubnet } from '../../subnet/arguments.ts';
import { checkStake, openSubnets, openSubnetWriter, operatorOrSelf, send } from '../../subnet/session.ts';
import type { DefineCommand } from '../entry.ts';

export const defineUnstake: DefineCommand = (command, act) => {
  command
    .description('start to take stake back; it works no more at once and is paid out after a delay')
    .argument('<subnet>', 'its number', parseSubnet)
    .argument('<amount>', 'SOUK', parseSouk)
    .option('--operator <address>', 'the validator it is with (default: this key)', parseAddress)
    .action(act(unstake));
};

async function unstake(
  context: Context,
  subnet: number,
  amount: bigint,
  flags: { readonly operator?: Address },
): Promise<void> {
  await using stack = new AsyncDisposableStack();
  const session = await openSubnets(context, stack);
  const { address } = session.wallet();
  const operator = flags.operator ?? (await operatorOrSelf(session));
  await checkStake(session, { subnet, operator, amount });
  const writer = await openSubnetWriter(context, stack, session);
  const { tx } = await send(context, 'unstaking', () => writer.unstake(subnet, operator, amount));
  const unbonding = await session.reads.unbondingOf(subnet, operator, address);
  const availableAt = unbonding.at(-1)?.availableAt ?? 0;
  context.output.document(
    { subnet, operator, amount, availableAt, unbonding, tx },
    () =>
      `${soukText(amount)} come out of stake; from ${timeText(availableAt * 1000)} on get them with ` +
      `\`souk subnet finish-unstake ${subnet}${operator === address ? '' : ` --operator ${operator}`}\``,
  );
}
