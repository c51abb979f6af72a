/** Reading snapshots outside a lease: into a folder of the tenant's own machine. */
import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { Peer } from '@souk/net';
import { type Address, Fault, type Hex, type Restore } from '@souk/protocol';
import { blobKeys } from './blob.ts';
import { holderAt } from './client.ts';
import { type BlobPlace, fetchFrom } from './fetch.ts';
import type { HolderStore } from './holder/store.ts';
import { readRoot, writeSnapshot } from './write.ts';

export interface ReadSnapshots {
  readonly peer: Pick<Peer, 'ask' | 'openStream'>;
  /** Of the lease on whose behalf holders are asked. */
  readonly lease: Hex;
  readonly deployment: Hex;
  readonly snapshotKey: Hex;
  readonly restores: readonly Restore[];
  /** What this machine holds itself is asked first. */
  readonly here?: { readonly store: HolderStore; readonly tenant: Address };
}

export interface WrittenVolume {
  readonly service: string;
  readonly replica: number;
  readonly volume: string;
  readonly root: Hex;
  readonly folder: string;
  readonly files: number;
  readonly bytes: number;
}

/**
 * A folder for each volume in `folder`, which must be empty or not there; where it is one volume, `folder` itself.
 * Throws `snapshot.folder-in-use`, and faults of holders and snapshots.
 */
export async function readSnapshots(
  folder: string,
  input: ReadSnapshots,
  options: {
    readonly signal: AbortSignal;
    readonly onProgress?: (volume: string, written: number, of: number) => void;
  },
): Promise<readonly WrittenVolume[]> {
  if ((await readdir(folder).catch(() => [])).length > 0) throw inUse(folder);
  const keys = blobKeys(input.snapshotKey);
  const { signal } = options;
  const written: WrittenVolume[] = [];
  for (const restore of input.restores) {
    const { service, replica, volume } = restore;
    const name = `${service}-${replica}-${volume}`.replaceAll('/', '_');
    const source = fetchFrom(placesOf(input, restore));
    const root = await readRoot(restore.root, { keys, source, signal });
    const target = input.restores.length === 1 ? folder : join(folder, name);
    await writeSnapshot(target, root, {
      keys,
      source,
      signal,
      owner: null,
      onBytes: (done, of) => options.onProgress?.(name, done, of),
    });
    const { files, bytes } = root;
    written.push({ service, replica, volume, root: restore.root, folder: target, files, bytes });
  }
  return written;
}

function placesOf({ peer, lease, deployment, here }: ReadSnapshots, { holders }: Restore): BlobPlace[] {
  const far = holders.map((multiaddrs) => holderAt({ peer, multiaddrs, lease, deployment }));
  if (!here) return far;
  const shelf = { tenant: here.tenant, deployment };
  const near: BlobPlace = {
    peerId: 'this machine',
    async *get(ids) {
      for (const id of ids) yield await here.store.get(shelf, id);
    },
  };
  return [near, ...far];
}

function inUse(folder: string): Fault {
  return new Fault('snapshot.folder-in-use', `${folder} is not empty`, {
    blame: 'user',
    data: { folder },
    remedy: 'name an empty folder, or one that is not there yet',
  });
}
