import type { Address } from '@souk/protocol';
import type { Context } from '../../context.ts';
import { parseSouk, soukText } from '../../subnet/amounts.ts';
import { parseAddress, parseSubnet } from '../../subnet/arguments.ts';
import {
  checkSouk,
  ensureOperator,
  openSubnets,
  openSubnetWriter,
  operatorOrSelf,
  send,
} from '../../subnet/session.ts';
import type { DefineCommand } from '../entry.ts';

export const defineStake: DefineCommand = (command, act) => {
  command
    .description('stake SOUK with a validator: one’s own, or another’s (`delegate` for several at once)')
    .argument('<subnet>', 'its number', parseSubnet)
    .argument('<amount>', 'SOUK', parseSouk)
    .option('--operator <address>', 'the validator (default: this key)', parseAddress)
    .action(act(stake));
};

async function stake(
  context: Context,
  subnet: number,
  amount: bigint,
  flags: { readonly operator?: Address },
): Promise<void> {
  await using stack = new AsyncDisposableStack();
  const session = await openSubnets(context, stack);
  await session.history(subnet);
  await checkSouk(session, amount);
  const { address } = session.wallet();
  const operator = flags.operator ?? (await operatorOrSelf(session));
  if (flags.operator === undefined) await ensureOperator(context, session);
  const writer = await openSubnetWriter(context, stack, session);
  const { tx } = await send(context, 'staking', () => writer.stake(subnet, operator, amount));
  const total = await session.reads.stakeOf(subnet, operator, address);
  context.output.document(
    { subnet, operator, staked: amount, stake: total, tx },
    () => `${soukText(amount)} staked with ${operator}; ${soukText(total)} there now`,
  );
}
