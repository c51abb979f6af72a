/**
 * The volumes of leases as far as they outlive this machine: saved to peers, put back from them, and the snapshots of
 * other providers' leases held here. Must never let a workload start on half of its data, read outside a volume, or
 * block what serves.
 */
import { join } from 'node:path';
import type { ChainReads } from '@souk/chain';
import type { Peer } from '@souk/net';
import type { Clock, LeaseId, Log, MarketDomain, Signer } from '@souk/protocol';
import type { Driver } from '../drivers/driver.ts';
import type { Book, Lease } from '../leases/book.ts';
import type { SecretBox } from '../leases/secrets.ts';
import { serveVolumes } from './door.ts';
import { serveHolder } from './holder/serve.ts';
import { openHolderStore } from './holder/store.ts';
import { createRestorer, type Restorer, type RestorerConfig } from './restorer.ts';
import { createSaver, type Saver, type SaverConfig } from './saver.ts';

export interface VolumesDeps {
  readonly peer: Peer;
  readonly chain: ChainReads;
  readonly domain: MarketDomain;
  readonly signer: Signer;
  readonly driver: Driver;
  readonly book: Book;
  readonly secrets: Pick<SecretBox, 'open'>;
  /** Where this daemon may keep files. */
  readonly folder: string;
  readonly clock: Clock;
  readonly log: Log;
  /** Aborted when the daemon stops. */
  readonly signal: AbortSignal;
}

export interface VolumesConfig extends SaverConfig, RestorerConfig {
  readonly snapshotHoldGib: bigint;
  readonly snapshotHoldPerDeploymentGib: bigint;
  readonly snapshotHoldDays: number;
  readonly diskReserveGib: bigint;
}

export interface Volumes extends Pick<Saver, 'tick' | 'save' | 'snapshotsOf' | 'idle'> {
  readonly prepare: Restorer['prepare'];
  /** The lease is over: nothing is remembered of it here. What its holders have stays. */
  forget(lease: LeaseId): Promise<void>;
  serve(wake: (lease: Lease) => void): Promise<void>;
}

export function createVolumes(deps: VolumesDeps, config: VolumesConfig): Volumes {
  const folder = join(deps.folder, 'snapshots');
  const saver = createSaver({ ...deps, folder }, config);
  const restorer = createRestorer({ ...deps, folder }, config);
  return {
    tick: () => saver.tick(),
    save: (lease) => saver.save(lease),
    snapshotsOf: (lease) => saver.snapshotsOf(lease),
    idle: () => saver.idle(),
    prepare: (lease, spec, signal) => restorer.prepare(lease, spec, signal),
    forget: (lease) => saver.forget(lease),
    async serve(wake) {
      await serveVolumes({ ...deps, saver, restorer, wake });
      if (config.snapshotHoldGib === 0n) return;
      const limits = {
        totalBytes: config.snapshotHoldGib,
        bytesPerDeployment: config.snapshotHoldPerDeploymentGib,
        reserveBytes: config.diskReserveGib,
        keepDays: config.snapshotHoldDays,
      };
      const store = openHolderStore(join(deps.folder, 'held'), limits, deps.clock);
      await serveHolder({ ...deps, store, accepts: () => true });
    },
  };
}
