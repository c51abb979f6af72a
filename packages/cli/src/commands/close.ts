import type { LeaseReceipt } from '@souk/tenant';
import type { Context } from '../context.ts';
import { durationText, moneyText, type Token } from '../format.ts';
import { openBuyer } from '../session.ts';
import type { DefineCommand } from './entry.ts';

export const defineClose: DefineCommand = (command, act) => {
  command
    .description('end a deployment; what was not used comes back')
    .argument('<name>', 'deployment')
    .option('--group <group>', 'this placement group only')
    .action(act(closeDeployment));
};

async function closeDeployment(
  context: Context,
  name: string,
  flags: { readonly group?: string },
): Promise<void> {
  await using stack = new AsyncDisposableStack();
  const { tenant, network } = openBuyer(context, stack);
  const choice = flags.group === undefined ? {} : { group: flags.group };
  const receipts = await tenant.close(name, { ...choice, signal: context.signal });
  const { token } = network.book;
  context.output.document({ name, receipts }, () =>
    receipts.length === 0
      ? `closed ${name}: no lease was open`
      : receipts.map((receipt) => `closed ${name}: ${receiptText(receipt, token)}`).join('\n'),
  );
}

export function receiptText(receipt: LeaseReceipt, token: Token): string {
  const parts = [
    `ran ${durationText(receipt.seconds)}`,
    `paid ${moneyText(receipt.paid, token)}`,
    `${moneyText(receipt.refunded, token)} came back`,
  ];
  if (receipt.clawedBack > 0n) parts.push(`${moneyText(receipt.clawedBack, token)} clawed back`);
  return parts.join(', ');
}
