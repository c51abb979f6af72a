/** A whole network for a bench, with a tenant in this process: the same library that the CLI drives. */
import { createReadStream, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { connectChain, startWriter } from '@souk/chain';
import {
  buildHelloImage,
  localFolder,
  localKeyName,
  type LocalNetwork,
  removeWorkloads,
  startLocalNetwork,
} from '@souk/cli';
import { openKeystore } from '@souk/daemon';
import { netConfigSchema, type Peer, startPeer } from '@souk/net';
import { type ImageBlob, type LocalKey, readSdl, silentLog, systemClock } from '@souk/protocol';
import {
  createTenant,
  type Deployment,
  type DeploymentStore,
  type Tenant,
  tenantConfigSchema,
  type WorkloadGroup,
} from '@souk/tenant';

export interface Market extends AsyncDisposable {
  readonly network: LocalNetwork;
  readonly tenant: Tenant;
  readonly group: WorkloadGroup;
  readonly image: ImageBlob;
}

export interface MarketOptions {
  readonly driver: 'sandbox' | 'docker' | 'mock';
}

/** Many tenants share this process and a machine of two cores: slow is measured, not cut off. */
export const patienceMs = 60_000;

/** Three providers on `driver`, examples/hello and its image ready to be deployed. */
export async function openMarket(options: MarketOptions): Promise<Market> {
  await using stack = new AsyncDisposableStack();
  const home = mkdtempSync(join(tmpdir(), 'souk-bench-'));
  stack.defer(async () => {
    // Providers leave workloads running when they stop: a run that failed may have some.
    await removeWorkloads(localFolder(home), silentLog);
    rmSync(home, { recursive: true, force: true });
  });
  const network = stack.use(
    await startLocalNetwork({ home, log: silentLog, driver: options.driver, watch: false, fundUsd: 10_000 }),
  );
  const chain = stack.use(connectChain({ log: silentLog, clock: systemClock }, { network: network.network }));
  const password = readFileSync(network.folder.passwordFile, 'utf8').trim();
  const wallet = await openKeystore(join(home, 'keys')).unlock(localKeyName, password);
  const writer = stack.use(startWriter({ chain, key: wallet, log: silentLog }, {}));
  const archive = await buildHelloImage(join(home, 'hello.tar'));
  const tenant = stack.use(
    createTenant(
      {
        chain,
        wallet,
        writer,
        store: memoryStore(),
        connectPeer: (key: LocalKey) => connectPeer(key, network),
        clock: systemClock,
        log: silentLog,
        readImage: () => createReadStream(archive.path),
      },
      tenantConfigSchema.parse({ topicPeersWaitMs: patienceMs }),
    ),
  );
  const sdl = readSdl(readFileSync(join(import.meta.dirname, '../examples/hello/deploy.yaml'), 'utf8'));
  const group = sdl.workload?.groups[0];
  if (!group) throw new Error('examples/hello/deploy.yaml is not a workload');
  const owned = stack.move();
  for (const signal of ['SIGINT', 'SIGTERM'])
    process.once(signal, () => void owned.disposeAsync().finally(() => process.exit(1)));
  return { network, tenant, group, image: archive.blob, [Symbol.asyncDispose]: () => owned.disposeAsync() };
}

function connectPeer(key: LocalKey, network: LocalNetwork): Promise<Peer> {
  const config = netConfigSchema.parse({ bootstrap: network.network.bootstrap, dialTimeoutMs: patienceMs });
  return startPeer({ key, log: silentLog, clock: systemClock }, config);
}

function memoryStore(): DeploymentStore {
  const records = new Map<string, Deployment>();
  return {
    load: async (name) => records.get(name),
    list: async () => [...records.values()],
    save: async (record) => {
      records.set(record.name, record);
    },
    remove: async (name) => {
      records.delete(name);
    },
  };
}
