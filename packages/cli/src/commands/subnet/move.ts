import type { Address } from '@souk/protocol';
import type { Context } from '../../context.ts';
import { parseSouk, soukText } from '../../subnet/amounts.ts';
import { parsePool } from '../../subnet/arguments.ts';
import { checkStake, openSubnets, openSubnetWriter, send } from '../../subnet/session.ts';
import type { DefineCommand } from '../entry.ts';

interface PoolName {
  readonly subnet: number;
  readonly operator: Address;
}

export const defineMove: DefineCommand = (command, act) => {
  command
    .description('move delegated stake to another validator or subnet, without a delay')
    .argument('<from>', 'where it is: SUBNET/OPERATOR', parsePool)
    .argument('<to>', 'where it goes: SUBNET/OPERATOR', parsePool)
    .argument('<amount>', 'SOUK', parseSouk)
    .action(act(move));
};

async function move(context: Context, from: PoolName, to: PoolName, amount: bigint): Promise<void> {
  await using stack = new AsyncDisposableStack();
  const session = await openSubnets(context, stack);
  await checkStake(session, { ...from, amount });
  const writer = await openSubnetWriter(context, stack, session);
  const { tx } = await send(context, 'moving', () => writer.moveStake(from, to, amount));
  context.output.document(
    { from, to, amount, tx },
    () => `${soukText(amount)} moved to ${to.operator} in subnet ${to.subnet}`,
  );
}
