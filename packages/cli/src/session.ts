/** What commands are built from: the chain, the wallet's writer, and the tenant. Everything goes on a stack to be disposed. */
import { chainConfigSchema, type ChainReads, type ChainWriter, connectChain, startWriter } from '@souk/chain';
import type { Peer } from '@souk/net';
import type { LocalKey } from '@souk/protocol';
import { createTenant, type Tenant, tenantConfigSchema, type TenantWriter } from '@souk/tenant';
import { heardPeersOf } from './capacity-book.ts';
import { cliConfigSchema, readSettings } from './config.ts';
import type { Context } from './context.ts';
import { openDeploymentStore } from './deployments.ts';
import { openImageStore } from './images.ts';
import { selectNetwork, type SelectedNetwork } from './networks.ts';
import { openWallet, type Wallet } from './wallet.ts';
import { openWishStore } from './wishes.ts';

export interface ChainSession {
  readonly network: SelectedNetwork;
  readonly chain: ChainReads;
}

export interface Buyer extends ChainSession {
  readonly wallet: Wallet;
  readonly tenant: Tenant;
}

export function openChain(context: Context, stack: AsyncDisposableStack): ChainSession {
  const network = selectNetwork(context);
  const { log, clock } = context;
  const settings = readSettings(context, { chain: chainConfigSchema }).chain;
  const chain = stack.use(connectChain({ log, clock }, { ...settings, network: network.book }));
  return { network, chain };
}

export function walletFor(context: Context, network: SelectedNetwork): Wallet {
  const { cli } = readSettings(context, { cli: cliConfigSchema });
  return openWallet(context, network.access, cli.key);
}

export async function openWriter(
  context: Context,
  stack: AsyncDisposableStack,
  session: ChainSession & { readonly wallet: Wallet },
): Promise<ChainWriter> {
  await session.chain.check();
  const key = await session.wallet.unlock();
  const settings = readSettings(context, { chain: chainConfigSchema }).chain;
  return stack.use(startWriter({ chain: session.chain, key, log: context.log }, settings));
}

export function openBuyer(context: Context, stack: AsyncDisposableStack): Buyer {
  const session = openChain(context, stack);
  const wallet = walletFor(context, session.network);
  const settings = readSettings(context, { tenant: tenantConfigSchema });
  const tenant = stack.use(
    createTenant(
      {
        chain: session.chain,
        wallet: wallet.signer,
        writer: lazyWriter(context, stack, { ...session, wallet }),
        store: openDeploymentStore(session.network.home.deployments),
        wishes: openWishStore(session.network.home.deployments, () => wallet.unlock()),
        peersOf: async (operator) => heardPeersOf(session.network.home, operator, context.clock.now()),
        connectPeer: (agentKey) => connectPeer(context, session.network, agentKey),
        clock: context.clock,
        log: context.log,
        readImage: openImageStore(context.home.images).read,
      },
      settings.tenant,
    ),
  );
  return { ...session, wallet, tenant };
}

// Most commands send no transaction, and must not ask for a password in case.
function lazyWriter(
  context: Context,
  stack: AsyncDisposableStack,
  session: ChainSession & { readonly wallet: Wallet },
): TenantWriter {
  let writer: Promise<ChainWriter> | undefined;
  const open = () => (writer ??= openWriter(context, stack, session));
  return {
    address: session.wallet.address,
    topUp: async (...args) => (await open()).topUp(...args),
    closeSigned: async (...args) => (await open()).closeSigned(...args),
    closeExhausted: async (...args) => (await open()).closeExhausted(...args),
  };
}

/** A peer of the network under this key. The room net is loaded here, when it is needed: it takes a while. */
export async function connectPeer(
  context: Context,
  network: SelectedNetwork,
  key: LocalKey,
  listen?: readonly string[],
): Promise<Peer> {
  const { netConfigSchema, startPeer } = await import('@souk/net');
  const { net } = readSettings(context, { net: netConfigSchema });
  const bootstrap = [...network.book.bootstrap, ...net.bootstrap];
  const config = { ...net, bootstrap, listen: [...(listen ?? net.listen)] };
  return startPeer({ key, log: context.log, clock: context.clock }, config);
}
