import type { Address, Hex } from '@souk/protocol';
import type { Context } from '../../context.ts';
import { parseSouk, soukText } from '../../subnet/amounts.ts';
import { collectPortion, parseSubnet, type Portion, splitBy } from '../../subnet/arguments.ts';
import { checkSouk, openSubnets, openSubnetWriter, send } from '../../subnet/session.ts';
import type { DefineCommand } from '../entry.ts';

export const defineDelegate: DefineCommand = (command, act) => {
  command
    .description('stake with several validators at once, by proportion')
    .argument('<subnet>', 'its number', parseSubnet)
    .argument('<amount>', 'SOUK in all', parseSouk)
    .requiredOption('--to <operator=portion>', 'a validator and its part; can be repeated', collectPortion)
    .action(act(delegate));
};

async function delegate(
  context: Context,
  subnet: number,
  amount: bigint,
  flags: { readonly to: readonly Portion[] },
): Promise<void> {
  await using stack = new AsyncDisposableStack();
  const session = await openSubnets(context, stack);
  await session.history(subnet);
  await checkSouk(session, amount);
  const writer = await openSubnetWriter(context, stack, session);
  const shares = splitBy(amount, flags.to);
  const staked: { readonly operator: Address; readonly amount: bigint; readonly tx: Hex }[] = [];
  // One after the other: what was done stands, should a later one fail.
  for (const [index, { operator }] of flags.to.entries()) {
    const part = shares[index] ?? 0n;
    const { tx } = await send(context, `staking ${soukText(part)} with ${operator}`, () =>
      writer.stake(subnet, operator, part),
    );
    staked.push({ operator, amount: part, tx });
  }
  context.output.document({ subnet, staked }, () =>
    staked.map((one) => `${soukText(one.amount)} staked with ${one.operator}`).join('\n'),
  );
}
