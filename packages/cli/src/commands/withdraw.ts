import { Fault } from '@souk/protocol';
import { lowBalance, parseMoney } from '../amounts.ts';
import type { Context } from '../context.ts';
import { moneyText } from '../format.ts';
import { openChain, openWriter, walletFor } from '../session.ts';
import type { DefineCommand } from './entry.ts';

export const defineWithdraw: DefineCommand = (command, act) => {
  command
    .description('move money that no lease holds from the account back to the wallet')
    .argument('[amount]', 'in whole tokens; all of it where left out')
    .action(act(withdraw));
};

async function withdraw(context: Context, text?: string): Promise<void> {
  await using stack = new AsyncDisposableStack();
  const { network, chain } = openChain(context, stack);
  const wallet = walletFor(context, network);
  await chain.check();
  const has = await chain.balanceOf(wallet.address);
  const amount = text === undefined ? has : parseMoney(text, network.book);
  if (has === 0n) {
    throw new Fault('cli.low-balance', 'the account is empty', {
      blame: 'user',
      remedy: 'what open leases hold comes back when they close: `souk ps`',
    });
  }
  if (has < amount) {
    const remedy = 'see `souk balance`; what open leases hold comes back when they close';
    throw lowBalance(has, amount, network.book, 'the account', remedy);
  }
  const writer = await openWriter(context, stack, { network, chain, wallet });
  const { tx } = await writer.withdraw(amount);
  const account = has - amount;
  const { token } = network.book;
  context.output.document(
    { tx, withdrawn: amount, account },
    () => `withdrew ${moneyText(amount, token)}; the account has ${moneyText(account, token)} left`,
  );
}
