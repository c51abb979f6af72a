/** What the chain says, asked without any of Souk's processes: the scenarios' independent witness. */
import { type ChainEvent, connectChain, loadNetwork } from '@souk/chain';
import { silentLog, systemClock } from '@souk/protocol';
import type { TestNetwork } from './souk.ts';

export interface ChainView {
  readonly balance: bigint;
  readonly wallet: bigint;
  readonly gasWei: bigint;
  readonly events: readonly ChainEvent[];
  /** Unix seconds of the latest block. */
  readonly now: number;
}

/** Everything of the network's tenant. */
export async function readChain(net: TestNetwork): Promise<ChainView> {
  const network = loadNetwork(net.networkFile);
  await using chain = connectChain({ log: silentLog, clock: systemClock }, { network });
  const [balance, wallet, gasWei, events, head] = await Promise.all([
    chain.balanceOf(net.tenant),
    chain.walletBalanceOf(net.tenant),
    chain.gasBalanceOf(net.tenant),
    chain.eventsSince(network.fromBlock),
    chain.head(),
  ]);
  return { balance, wallet, gasWei, events, now: head.timestamp };
}

export function eventsOf<K extends ChainEvent['kind']>(view: ChainView, kind: K) {
  return view.events.filter((event): event is ChainEvent & { readonly kind: K } => event.kind === kind);
}
