/**
 * This machine as a holder of its own snapshots: the watch takes them, sealed as they come, and any command can read
 * them. Its key and port stay the same over restarts, because providers are told of them once.
 */
import type { ChainReads } from '@souk/chain';
import type { Peer } from '@souk/net';
import { type Address, createKey, localKey, toFault } from '@souk/protocol';
import { type HolderStore, openHolderStore, serveHolder } from '@souk/provider';
import type { Tenant } from '@souk/tenant';
import { cliConfigSchema, readSettings } from '../config.ts';
import type { Context } from '../context.ts';
import type { NetworkHome } from '../home.ts';
import type { SelectedNetwork } from '../networks.ts';
import { connectPeer } from '../session.ts';
import { readHolderFile, writeHolderFile } from './holder-file.ts';

const gib = 2 ** 30;
const reserveBytes = BigInt(gib);
const connectEveryMs = 15_000;

/** What is held here. */
export function openHeld(context: Context, home: NetworkHome): HolderStore {
  const { snapshotHoldGib, snapshotHoldDays } = readSettings(context, { cli: cliConfigSchema }).cli;
  const totalBytes = BigInt(Math.round(snapshotHoldGib * gib));
  const limits = { totalBytes, bytesPerDeployment: totalBytes, reserveBytes, keepDays: snapshotHoldDays };
  return openHolderStore(home.held, limits, context.clock);
}

/** Holds until the stack is disposed. A holder that can't start is a warning: watching goes on. */
export async function holdSnapshots(
  context: Context,
  stack: AsyncDisposableStack,
  input: {
    readonly network: SelectedNetwork;
    readonly chain: ChainReads;
    readonly tenant: Tenant;
    readonly owner: Address;
  },
): Promise<void> {
  const { network, chain, owner } = input;
  const { cli } = readSettings(context, { cli: cliConfigSchema });
  if (cli.snapshotHoldGib === 0) return;
  try {
    const peer = stack.use(await startPeer(context, network));
    const stop = new AbortController();
    stack.defer(() => stop.abort());
    const { signal } = stop;
    const { clock, log } = context;
    const store = openHeld(context, network.home);
    await serveHolder({ peer, chain, store, accepts: (tenant) => tenant === owner, clock, log, signal });
    void stayConnected(context, peer, input.tenant, signal);
  } catch (error) {
    context.output.warn(
      `snapshots are not held here: ${toFault(error, 'cli.holder-failed', 'self').message}`,
    );
  }
}

async function startPeer(context: Context, network: SelectedNetwork): Promise<Peer> {
  const known = readHolderFile(network.home);
  const privateKey = known?.privateKey ?? createKey().privateKey;
  const { netConfigSchema } = await import('@souk/net');
  const { listen } = readSettings(context, { net: netConfigSchema }).net;
  const port = /\/tcp\/(\d+)/.exec(known?.multiaddrs[0] ?? '')?.[1];
  const fixed =
    port === undefined ? listen : listen.map((address) => address.replace(/\/tcp\/0$/, `/tcp/${port}`));
  const key = localKey(privateKey);
  const peer = await connectPeer(context, network, key, fixed).catch(() =>
    // Another program has the port by now: providers that are told anew find it there.
    connectPeer(context, network, key),
  );
  const multiaddrs = peer.addresses().slice(0, 8);
  writeHolderFile(network.home, { privateKey, multiaddrs });
  return peer;
}

/** A provider may not be able to reach this machine; over a connection that this side has opened it can. */
async function stayConnected(
  context: Context,
  peer: Peer,
  tenant: Tenant,
  signal: AbortSignal,
): Promise<void> {
  while (!signal.aborted) {
    const records = await tenant.list().catch(() => []);
    const groups = records
      .flatMap((record) => record.groups)
      .filter(({ phase }) => phase === 'open' || phase === 'ready');
    const chosen = groups.flatMap(({ accepted }) => accepted.slice(-1));
    const providers = new Map(chosen.map(({ provider }) => [provider.join(), provider]));
    await Promise.allSettled([...providers.values()].map((provider) => peer.connect(provider, { signal })));
    await context.clock.sleep(connectEveryMs, signal).catch(() => undefined);
  }
}
