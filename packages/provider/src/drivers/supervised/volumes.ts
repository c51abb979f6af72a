/**
 * Persistent volumes of the supervised drivers: a folder per lease, with one for each volume of each replica, and
 * `volumes.json`, which says what they are. They belong to whoever runs the workloads.
 */
import { lchown, mkdir, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { LeaseId } from '@souk/protocol';
import type { VolumePlace } from '../driver.ts';
import type { Mount, WantedReplica } from '../wanted.ts';
import { readJson, removeFolder, serviceKey } from './folders.ts';

export interface Owner {
  readonly uid: number;
  readonly gid: number;
}

export interface Volumes {
  /** Makes it where it is missing. */
  make(wanted: WantedReplica, mount: Mount): Promise<VolumePlace>;
  of(lease: LeaseId): Promise<readonly VolumePlace[]>;
  remove(lease: LeaseId): Promise<void>;
}

type Kept = Pick<VolumePlace, 'service' | 'replica' | 'volume' | 'bytes'>;

export function openVolumes(root: string, owner: Owner | undefined): Volumes {
  const listOf = (lease: LeaseId) => join(root, lease, 'volumes.json');
  /** Replicas are made at once: one write of a lease's list at a time. */
  let writing: Promise<unknown> = Promise.resolve();

  const placeOf = (lease: LeaseId, kept: Kept): VolumePlace => ({
    ...kept,
    path: join(root, lease, `${serviceKey(lease, kept.service)}.${kept.replica}.${kept.volume}`),
    owner: owner ?? null,
  });
  const read = async (lease: LeaseId) => (await readJson<Kept[]>(listOf(lease))) ?? [];

  async function note(lease: LeaseId, kept: Kept): Promise<void> {
    const others = (await read(lease)).filter((each) => !isSame(each, kept));
    const path = listOf(lease);
    await writeFile(`${path}.new`, JSON.stringify([...others, kept]), { mode: 0o600 });
    await rename(`${path}.new`, path);
  }

  return {
    async make({ lease, service, replica }, { volume, bytes }) {
      const kept = { service, replica, volume, bytes };
      const place = placeOf(lease, kept);
      await makeVolumeFolder(place.path, owner);
      const written = writing.then(() => note(lease, kept));
      writing = written.catch(() => undefined);
      await written;
      return place;
    },
    of: async (lease) => (await read(lease)).map((kept) => placeOf(lease, kept)),
    remove: (lease) => removeFolder(join(root, lease)),
  };
}

function isSame(one: Kept, other: Kept): boolean {
  return one.service === other.service && one.replica === other.replica && one.volume === other.volume;
}

/** Returns its path. */
export async function makeVolumeFolder(path: string, owner: Owner | undefined): Promise<string> {
  await mkdir(path, { recursive: true, mode: 0o755 });
  if (owner !== undefined) await lchown(path, owner.uid, owner.gid);
  return path;
}
