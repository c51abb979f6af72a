/** Persistent volumes in the engine: named by lease, service, replica and volume, described by their labels. */
import type { LeaseId } from '@souk/protocol';
import type { VolumePlace } from '../driver.ts';
import type { WantedReplica } from '../wanted.ts';
import { volumeLabelsOf, volumeNameOf } from './container.ts';
import { ask, type Engine, filterOf, labels } from './engine.ts';

/** The engine leaves one alone that is there already. */
export async function makeVolumes(
  engine: Engine,
  wanted: readonly WantedReplica[],
): Promise<readonly VolumePlace[]> {
  const mounts = wanted.flatMap((replica) =>
    replica.mounts.flatMap((mount) => (mount.kind === 'persistent' ? [{ replica, mount }] : [])),
  );
  return Promise.all(
    mounts.map(async ({ replica, mount }) => {
      const name = volumeNameOf(engine, replica, mount);
      const wish = { Name: name, Labels: volumeLabelsOf(engine, replica, mount) };
      await ask(() => engine.docker.createVolume(wish));
      const { Mountpoint: path } = await ask(() => engine.docker.getVolume(name).inspect());
      const { service, replica: index } = replica;
      return { service, replica: index, volume: mount.volume, path, bytes: mount.bytes, owner: null };
    }),
  );
}

/** Their folders belong to the engine: only root may look into them. */
export async function volumesOf(engine: Engine, lease: LeaseId): Promise<readonly VolumePlace[]> {
  const { Volumes: found } = await ask(() => engine.docker.listVolumes({ filters: filterOf(engine, lease) }));
  return (found ?? []).flatMap(({ Labels, Mountpoint: path }) => {
    const said = Labels ?? {};
    if (said[labels.kind] !== 'persistent') return [];
    return [
      {
        service: said[labels.service] ?? '',
        replica: Number(said[labels.replica]),
        volume: said[labels.volume] ?? '',
        path,
        bytes: Number(said[labels.bytes]),
        owner: null,
      },
    ];
  });
}
