/**
 * A replica that runs and fails its health probe for long is ended and started anew; its volumes stay. How long grows
 * with each time, so that what does not mend itself so is not kept from working by it.
 */
import type { Driver, ReplicaStatus } from '../drivers/driver.ts';
import type { Ingress } from '../ingress/ingress.ts';
import type { Book, Lease } from './book.ts';
import { isPastPatience, keyOf } from './condition.ts';
import type { SecretBox } from './secrets.ts';
import { currentVersion, workloadOf } from './workload.ts';

export type Reviver = (lease: Lease, failing: readonly ReplicaStatus[], signal: AbortSignal) => Promise<void>;

export interface ReviveDeps {
  readonly driver: Pick<Driver, 'apply'>;
  readonly ingress: Pick<Ingress, 'urlsOf'>;
  readonly book: Book;
  readonly secrets: SecretBox;
}

export function createReviver({ driver, ingress, book, secrets }: ReviveDeps): Reviver {
  return async (lease, failing, signal) => {
    const version = currentVersion(lease);
    const url = ingress.urlsOf(lease.id)[0]?.url;
    const gone = new Set(failing.map(keyOf));
    const others = (name: string) => {
      const count = version.manifest.services.find((service) => service.name === name)?.count ?? 0;
      return Array.from({ length: count }, (_, replica) => replica).filter(
        (replica) => !gone.has(keyOf({ service: name, replica })),
      );
    };
    for (const replica of failing) {
      const known = lease.vitals.get(keyOf(replica));
      if (!known) continue;
      known.revivals += 1;
      known.failures = 0;
      known.passingSince = null;
      book.note(
        lease,
        'replaced',
        `${keyOf(replica)} failed its health probe for long: ${known.probeDetail}`,
      );
    }
    await driver.apply(await workloadOf(lease, [{ version, replicasOf: others }], { url, secrets }), signal);
    await driver.apply(await workloadOf(lease, [{ version }], { url, secrets }), signal);
  };
}

/** Replicas that should be replaced now. */
export function pastPatience({ record, observed, vitals }: Lease): readonly ReplicaStatus[] {
  const { health = {}, restart = {} } = record.request?.runtime ?? {};
  return (observed?.replicas ?? []).filter((replica) => {
    const probe = Object.hasOwn(health, replica.service) ? health[replica.service] : undefined;
    const policy = Object.hasOwn(restart, replica.service) ? restart[replica.service] : undefined;
    const known = vitals.get(keyOf(replica));
    return probe !== undefined && known !== undefined && isPastPatience(known, probe, policy ?? 'always');
  });
}
