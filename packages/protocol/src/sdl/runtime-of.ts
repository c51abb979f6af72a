/** What a file's `x-souk` says of one placement group, as it goes to the provider. Secrets and holders come later: no file knows them. */
import type { ManifestGroup } from '../manifest.ts';
import { type Runtime, runtimeSchema } from '../runtime.ts';
import type { XSouk } from './x-souk.ts';

export function runtimeOf(xSouk: XSouk | undefined, group: ManifestGroup): Runtime {
  if (xSouk === undefined) return runtimeSchema.parse({});
  const names = new Set(group.services.map((service) => service.name));
  const own = <T>(map: ReadonlyMap<string, T>) =>
    Object.fromEntries([...map].filter(([name]) => names.has(name)));
  const { stopGraceSeconds, snapshots } = xSouk;
  const hasVolumes = group.services.some((service) =>
    service.resources.storage.some(({ attributes }) =>
      attributes?.some(({ key, value }) => key === 'persistent' && value === 'true'),
    ),
  );
  return runtimeSchema.parse({
    health: own(xSouk.health),
    restart: own(xSouk.restart),
    logForward: [...xSouk.logForward],
    ...(stopGraceSeconds === undefined ? {} : { stopGraceSeconds }),
    ...(snapshots === undefined || !hasVolumes
      ? {}
      : { snapshots: { everySeconds: snapshots.everySeconds, keep: snapshots.keep, holders: [] } }),
  });
}
