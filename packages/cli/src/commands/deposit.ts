import { lowBalance, parseMoney } from '../amounts.ts';
import type { Context } from '../context.ts';
import { moneyText } from '../format.ts';
import { openChain, openWriter, walletFor } from '../session.ts';
import type { DefineCommand } from './entry.ts';

export const defineDeposit: DefineCommand = (command, act) => {
  command
    .description('move money from the wallet into the account that deployments are paid from')
    .argument('<amount>', 'in whole tokens, e.g. 20 or 0.5')
    .action(act(deposit));
};

async function deposit(context: Context, text: string): Promise<void> {
  await using stack = new AsyncDisposableStack();
  const { network, chain } = openChain(context, stack);
  const wallet = walletFor(context, network);
  const amount = parseMoney(text, network.book);
  const has = await chain.walletBalanceOf(wallet.address);
  if (has < amount) {
    const remedy = network.book.isLocal
      ? 'get test money with `souk faucet`'
      : 'bring tokens to this wallet first';
    throw lowBalance(has, amount, network.book, 'the wallet', remedy);
  }
  const writer = await openWriter(context, stack, { network, chain, wallet });
  const { tx } = await writer.deposit(amount);
  const account = await chain.balanceOf(wallet.address);
  const { token } = network.book;
  context.output.document(
    { tx, deposited: amount, account },
    () => `deposited ${moneyText(amount, token)}; the account has ${moneyText(account, token)}`,
  );
}
