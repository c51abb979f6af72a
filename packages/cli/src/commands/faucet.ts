import { faucetKey, startWriter } from '@souk/chain';
import { Fault } from '@souk/protocol';
import { parseMoney } from '../amounts.ts';
import type { Context } from '../context.ts';
import { moneyText } from '../format.ts';
import { openChain, walletFor } from '../session.ts';
import type { DefineCommand } from './entry.ts';

const gasWei = 10n ** 18n;

export const defineFaucet: DefineCommand = (command, act) => {
  command
    .description('test money and gas for this key; local networks only')
    .argument('[amount]', 'in whole tokens', '100')
    .action(act(useFaucet));
};

async function useFaucet(context: Context, text: string): Promise<void> {
  await using stack = new AsyncDisposableStack();
  const { network, chain } = openChain(context, stack);
  if (!network.book.isLocal) {
    throw new Fault('cli.not-local', `${network.book.name} is a public network: its money is real`, {
      blame: 'user',
      remedy: 'bring tokens to your wallet from outside; `souk balance` shows its address',
    });
  }
  const { address } = walletFor(context, network);
  const amount = parseMoney(text, network.book);
  const faucet = stack.use(startWriter({ chain, key: faucetKey, log: context.log }));
  await Promise.all([faucet.sendGas(address, gasWei), faucet.mintTest(address, amount)]);
  const wallet = await chain.walletBalanceOf(address);
  context.output.document(
    { address, minted: amount, wallet },
    () => `the wallet has ${moneyText(wallet, network.book.token)}; put it to use with \`souk deposit\``,
  );
}
