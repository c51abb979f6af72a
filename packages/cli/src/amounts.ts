import { Fault, parseAmount } from '@souk/protocol';
import type { Network } from '@souk/chain';
import { moneyText } from './format.ts';

/** An amount of the network's token as a person types it. Zero is refused. */
export function parseMoney(text: string, network: Network): bigint {
  const amount = parseAmount(text, network.token.decimals);
  if (amount > 0n) return amount;
  throw new Fault('money.bad-amount', 'the amount is zero', { blame: 'user', remedy: 'give more than 0' });
}

export function lowBalance(
  has: bigint,
  needs: bigint,
  network: Network,
  where: string,
  remedy: string,
): Fault {
  const { token } = network;
  return new Fault(
    'cli.low-balance',
    `${where} has ${moneyText(has, token)}, and ${moneyText(needs, token)} are needed`,
    { blame: 'user', data: { has, needs }, remedy },
  );
}
