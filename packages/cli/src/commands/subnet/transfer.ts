import type { Address } from '@souk/protocol';
import type { Context } from '../../context.ts';
import { parseSouk, soukText } from '../../subnet/amounts.ts';
import { parseAddress, parseSubnet } from '../../subnet/arguments.ts';
import {
  agree,
  checkStake,
  openSubnets,
  openSubnetWriter,
  operatorOrSelf,
  send,
} from '../../subnet/session.ts';
import type { DefineCommand } from '../entry.ts';

interface TransferFlags {
  readonly operator?: Address;
}

export const defineTransfer: DefineCommand = (command, act) => {
  command
    .description('give stake to another account, where it is')
    .argument('<subnet>', 'its number', parseSubnet)
    .argument('<to>', 'who gets it', parseAddress)
    .argument('<amount>', 'SOUK', parseSouk)
    .option('--operator <address>', 'the validator it is with (default: this key)', parseAddress)
    .action(act(transfer));
};

async function transfer(
  context: Context,
  subnet: number,
  to: Address,
  amount: bigint,
  flags: TransferFlags,
): Promise<void> {
  await using stack = new AsyncDisposableStack();
  const session = await openSubnets(context, stack);
  const operator = flags.operator ?? (await operatorOrSelf(session));
  await checkStake(session, { subnet, operator, amount });
  await agree(context, `Give ${soukText(amount)} of stake to ${to}?`);
  const writer = await openSubnetWriter(context, stack, session);
  const { tx } = await send(context, 'transferring', () =>
    writer.transferStake(subnet, operator, to, amount),
  );
  context.output.document(
    { subnet, operator, to, amount, tx },
    () => `${soukText(amount)} of stake with ${operator} are now of ${to}`,
  );
}
