/** Which driver runs a provider's workloads: the one asked for, else the best that works here. */
import { createHash } from 'node:crypto';
import { join } from 'node:path';
import { Fault, type Log } from '@souk/protocol';
import { detectDrivers, type Driver, makeDriver } from '@souk/provider';

export interface DriverNeeds {
  /** Of the provider. */
  readonly folder: string;
  readonly log: Log;
  /** Plain processes are for private networks only: they isolate nothing. */
  readonly isLocal: boolean;
}

export async function startDriver(needs: DriverNeeds, wanted: string | undefined): Promise<Driver> {
  const name = wanted ?? (await bestDriver(needs.isLocal));
  if (name === 'process' && !needs.isLocal) throw notIsolated();
  return makeDriver(name, driverOptions(needs));
}

/** The same for whoever looks after what a provider has left behind. */
export function driverOptions({ folder, log }: DriverNeeds) {
  const instance = createHash('sha256').update(folder).digest('hex').slice(0, 8);
  return { log, dataFolder: join(folder, 'driver'), instance };
}

async function bestDriver(isLocal: boolean): Promise<string> {
  const found = await detectDrivers();
  const best = found.find((driver) => driver.works && (isLocal || driver.name !== 'process'));
  if (best) return best.name;
  const reasons = found.flatMap(({ name, reason }) => (reason === null ? [] : [`${name}: ${reason}`]));
  throw new Fault('driver.unavailable', `no driver works on this machine (${reasons.join('; ')})`, {
    blame: 'user',
    remedy: found.find(({ name }) => name === 'sandbox')?.remedy ?? 'apt-get install bubblewrap',
  });
}

function notIsolated(): Fault {
  return new Fault('driver.not-isolated', 'the process driver isolates nothing', {
    blame: 'user',
    remedy: 'use it on a local network only; here, apt-get install bubblewrap',
  });
}
