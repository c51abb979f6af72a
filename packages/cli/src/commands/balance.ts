import { connectSubnets } from '@souk/chain';
import type { Context } from '../context.ts';
import { moneyText } from '../format.ts';
import { openChain, walletFor } from '../session.ts';
import { soukText } from '../subnet/amounts.ts';
import { renderFacts } from '../table.ts';
import type { DefineCommand } from './entry.ts';

export const defineBalance: DefineCommand = (command, act) => {
  command.action(act(showBalance));
};

async function showBalance(context: Context): Promise<void> {
  await using stack = new AsyncDisposableStack();
  const { network, chain } = openChain(context, stack);
  const { address, name } = walletFor(context, network);
  await chain.check();
  const [account, wallet, gasWei, soukWallet] = await Promise.all([
    chain.balanceOf(address),
    chain.walletBalanceOf(address),
    chain.gasBalanceOf(address),
    network.book.subnets === undefined ? null : connectSubnets(chain).soukBalanceOf(address),
  ]);
  const { token } = network.book;
  const value = {
    network: network.book.name,
    key: name,
    address,
    token: token.symbol,
    account,
    wallet,
    gasWei,
    souk: soukWallet,
  };
  context.output.document(value, () =>
    renderFacts(context.output, [
      ['key', `${name}  ${address}`],
      ['account', `${moneyText(account, token)}  (deployments are paid from here)`],
      ['wallet', moneyText(wallet, token)],
      ['SOUK', soukWallet === null ? undefined : soukText(soukWallet)],
      ['gas', `${Number(gasWei) / 1e18} native coin`],
    ]),
  );
  if (account === 0n && wallet === 0n && network.book.isLocal) {
    context.output.note('Nothing here yet: `souk faucet`, then `souk deposit 20`.');
  }
}
