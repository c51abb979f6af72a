/** What a local network's providers have left running or lying about, ended through the same drivers. */
import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import type { Log } from '@souk/protocol';
import { detectDrivers, makeDriver } from '@souk/provider';
import { driverOptions } from '../provide/driver.ts';
import { homeAt, networkHomeAt } from '../home.ts';
import type { LocalFolder } from './state.ts';

/** Returns how many workloads were removed. */
export async function removeWorkloads(folder: LocalFolder, log: Log): Promise<number> {
  const providers = join(folder.root, 'providers');
  if (!existsSync(providers)) return 0;
  const working = (await detectDrivers()).filter((driver) => driver.works);
  let removed = 0;
  for (const name of readdirSync(providers)) {
    // As `souk provide --home … --key …` of this network names it.
    const home = networkHomeAt(homeAt(folder.provider(name)), 'local').provider(name);
    for (const driver of working) {
      removed += await removeAll(driver.name, { folder: home, log });
    }
  }
  return removed;
}

async function removeAll(
  name: string,
  { folder, log }: { readonly folder: string; readonly log: Log },
): Promise<number> {
  const options = driverOptions({ folder, log, isLocal: true });
  if (!existsSync(options.dataFolder)) return 0;
  await using driver = await makeDriver(name, options);
  const workloads = await driver.list();
  await Promise.all(workloads.map(({ lease }) => driver.remove(lease)));
  return workloads.length;
}
