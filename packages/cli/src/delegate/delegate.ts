/** Both ends of a delegated watch: the bundle is made beside the wallet, and worked with anywhere. */
import { createHash } from 'node:crypto';
import { join } from 'node:path';
import { chainConfigSchema, connectChain, startWriter } from '@souk/chain';
import { createKey, Fault, localKey, type Signer } from '@souk/protocol';
import { checkRights, createTenant, type Tenant, tenantConfigSchema, type WishStore } from '@souk/tenant';
import { heardPeersOf } from '../capacity-book.ts';
import { readSettings } from '../config.ts';
import type { Context } from '../context.ts';
import { openDeploymentStore } from '../deployments.ts';
import { networkHomeAt } from '../home.ts';
import { openImageStore } from '../images.ts';
import type { SelectedNetwork } from '../networks.ts';
import { type Buyer, type ChainSession, connectPeer, openWriter } from '../session.ts';
import { readBundle, writeBundle } from './bundle.ts';

/** A close costs about 70,000 gas: enough for dozens at any usual price. */
const gasWei = 10n ** 16n;

export interface DelegateWish {
  readonly name: string;
  readonly out: string;
  /** Orders signed in advance, per placement group. */
  readonly standby: number;
  readonly password: string;
}

export async function makeDelegate(
  context: Context,
  stack: AsyncDisposableStack,
  { buyer, wish }: { readonly buyer: Buyer; readonly wish: DelegateWish },
): Promise<void> {
  const { tenant, network } = buyer;
  const gasKey = createKey();
  const { record, wish: kept } = await tenant.delegate(wish.name, { count: wish.standby });
  const bundle = {
    version: 1 as const,
    network: network.book,
    record,
    wish: kept,
    gasKey: gasKey.privateKey,
  };
  await writeBundle(wish.out, bundle, wish.password);
  const writer = await openWriter(context, stack, buyer);
  await writer.sendGas(gasKey.address, gasWei);
}

export interface Delegated extends ChainSession {
  readonly tenant: Tenant;
  readonly name: string;
  /** How many times it can order elsewhere; it only closes where that is 0. */
  readonly orders: number;
}

/** Throws `delegate.*`, `tenant.wrong-rights`, `chain.wrong-network`. */
export async function openDelegate(
  context: Context,
  stack: AsyncDisposableStack,
  given: { readonly file: string; readonly password: string },
): Promise<Delegated> {
  const bundle = await readBundle(given.file, given.password);
  const { network: book, wish } = bundle;
  if (context.flags.network !== undefined && context.flags.network !== book.name)
    throw otherNetwork(given.file, { wanted: context.flags.network, is: book.name });
  checkRights(bundle.record);
  const home = networkHomeAt(context.home, join(book.name, 'delegates', markOf(bundle.record.groups)));
  const network: SelectedNetwork = { book, file: '', home, access: {} };
  const { log, clock } = context;
  const settings = readSettings(context, { chain: chainConfigSchema, tenant: tenantConfigSchema });
  const chain = stack.use(connectChain({ log, clock }, { ...settings.chain, network: book }));
  await chain.check();
  const store = openDeploymentStore(home.deployments);
  // What it has done since it was started first counts, not what the bundle said then.
  if (!(await store.load(bundle.record.name))) await store.save(bundle.record);
  const writer = stack.use(startWriter({ chain, key: localKey(bundle.gasKey), log }, settings.chain));
  const tenant = stack.use(
    createTenant(
      {
        chain,
        wallet: absentWallet(bundle.record.tenant),
        canOrder: false,
        writer,
        store,
        ...(wish === null ? {} : { wishes: onlyWish(bundle.record.name, wish) }),
        peersOf: async (operator) => heardPeersOf(home, operator, clock.now()),
        connectPeer: (agentKey) => connectPeer(context, network, agentKey),
        clock,
        log,
        readImage: openImageStore(context.home.images).read,
      },
      settings.tenant,
    ),
  );
  const orders = Math.min(...bundle.record.groups.map((group) => group.standby.length));
  return { network, chain, tenant, name: bundle.record.name, orders };
}

/** A bundle made anew is another one, with a record of its own. */
function markOf(groups: readonly { readonly lease: string; readonly standby: readonly unknown[] }[]): string {
  return createHash('sha256')
    .update(
      JSON.stringify(
        groups.map(({ lease, standby }) => [lease, standby]),
        bigText,
      ),
    )
    .digest('hex')
    .slice(0, 16);
}

const bigText = (_key: string, value: unknown) => (typeof value === 'bigint' ? String(value) : value);

function absentWallet(address: Signer['address']): Signer {
  return {
    address,
    sign: () =>
      Promise.reject(
        new Fault('delegate.no-wallet', 'a delegated watch has no wallet to sign with', { blame: 'self' }),
      ),
  };
}

/** In memory alone: it holds what must be on no disk in plain. */
function onlyWish(name: string, wish: NonNullable<Awaited<ReturnType<WishStore['load']>>>): WishStore {
  return {
    load: async (asked) => (asked === name ? wish : undefined),
    save: async () => undefined,
    remove: async () => undefined,
  };
}

function otherNetwork(file: string, { wanted, is }: { readonly wanted: string; readonly is: string }): Fault {
  return new Fault('delegate.other-network', `${file} is for the network ${is}, not for ${wanted}`, {
    blame: 'user',
    data: { file, wanted, is },
    remedy: 'leave --network away: the bundle knows its own',
  });
}
