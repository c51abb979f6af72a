/** Makes sure that this key may bid: registered as an operator's hot key, bonded, with coin for gas. */
import type { ChainReads, ChainWriter } from '@souk/chain';
import { type Address, Fault, zeroHash } from '@souk/protocol';
import { lowBalance } from '../amounts.ts';
import type { Context } from '../context.ts';
import { moneyText } from '../format.ts';

/** The operator that the key bids for. Effects: at most one transaction, after a question. */
export async function ensureRegistered(
  context: Context,
  chain: ChainReads,
  writer: ChainWriter,
): Promise<Address> {
  const hotKey = writer.address;
  const [known, minimum, gas] = await Promise.all([
    chain.operatorByHotKey(hotKey),
    chain.minimumBond(),
    chain.gasBalanceOf(hotKey),
  ]);
  if (gas === 0n) throw noGas(context, chain, hotKey);
  if (known === undefined) {
    await checkWallet(chain, hotKey, minimum);
    await agree(
      context,
      `Register ${hotKey} as a provider with a bond of ${moneyText(minimum, chain.network.token)}?`,
    );
    await writer.register(hotKey, minimum, zeroHash);
    return hotKey;
  }
  const { bond } = await chain.operatorOf(known);
  if (bond >= minimum) return known;
  const missing = minimum - bond;
  if (known !== hotKey) throw bondTooSmall(chain, known, missing);
  await checkWallet(chain, hotKey, missing);
  await agree(
    context,
    `Add ${moneyText(missing, chain.network.token)} to the bond, which is below the minimum?`,
  );
  await writer.addBond(missing);
  return known;
}

async function agree(context: Context, question: string): Promise<void> {
  if (await context.prompts.confirm(question)) return;
  throw new Fault('cli.declined', 'without a bond nobody takes this provider’s bids', { blame: 'user' });
}

async function checkWallet(chain: ChainReads, address: Address, needs: bigint): Promise<void> {
  const has = await chain.walletBalanceOf(address);
  if (has >= needs) return;
  const remedy = chain.network.isLocal
    ? 'get test money with `souk faucet`'
    : `bring tokens to ${address} first`;
  throw lowBalance(has, needs, chain.network, 'the wallet', remedy);
}

function noGas(context: Context, chain: ChainReads, address: Address): Fault {
  return new Fault(
    'chain.no-gas',
    `${address} has no native coin, and a provider opens leases by transaction`,
    {
      blame: 'user',
      data: { address, network: chain.network.name },
      remedy: chain.network.isLocal ? 'get some with `souk faucet`' : `send some to ${address}`,
    },
  );
}

function bondTooSmall(chain: ChainReads, operator: Address, missing: bigint): Fault {
  return new Fault(
    'provider.bond-too-small',
    `the bond of operator ${operator} is ${moneyText(missing, chain.network.token)} below the minimum`,
    { blame: 'user', data: { operator, missing }, remedy: 'add to it with the operator’s own key' },
  );
}
