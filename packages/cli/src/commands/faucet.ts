import { connectSubnets, faucetKey, startWriter } from '@souk/chain';
import { Fault, parseAmount } from '@souk/protocol';
import { parseMoney } from '../amounts.ts';
import type { Context } from '../context.ts';
import { moneyText } from '../format.ts';
import { openChain, walletFor } from '../session.ts';
import { souk, soukText } from '../subnet/amounts.ts';
import type { DefineCommand } from './entry.ts';

const gasWei = 10n ** 18n;

export const defineFaucet: DefineCommand = (command, act) => {
  command
    .description('test money, SOUK and gas for this key; local networks only')
    .argument('[amount]', 'of each token, in whole ones', '100')
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
  const hasSubnets = network.book.subnets !== undefined;
  const soukAmount = parseAmount(text, souk.decimals);
  await Promise.all([
    faucet.sendGas(address, gasWei),
    faucet.mintTest(address, amount),
    ...(hasSubnets ? [faucet.subnets.transferSouk(address, soukAmount)] : []),
  ]);
  const [wallet, soukWallet] = await Promise.all([
    chain.walletBalanceOf(address),
    hasSubnets ? connectSubnets(chain).soukBalanceOf(address) : null,
  ]);
  context.output.document(
    { address, minted: amount, wallet, souk: soukWallet },
    () =>
      `the wallet has ${moneyText(wallet, network.book.token)}${soukWallet === null ? '' : ` and ${soukText(soukWallet)}`}; ` +
      'put it to use with `souk deposit` and `souk subnet`',
  );
}
