/** Makes a driver by name. A new driver is one line here. */
import { Fault, type Log } from '@souk/protocol';
import type { Driver } from './driver.ts';
import { createProcessDriver } from './process/process.ts';
import { createSandboxDriver } from './sandbox/sandbox.ts';

export interface MakeDriverOptions {
  readonly log: Log;
  /** Of this provider alone. */
  readonly dataFolder: string;
  /** Tells this provider's workloads from others' where an engine is shared; letters and digits. */
  readonly instance: string;
}

type Make = (options: MakeDriverOptions) => Promise<Driver>;

const makers: Readonly<Record<string, Make>> = {
  // Loaded where it is wanted: the engine's client is large.
  docker: async (options) => (await import('./docker/docker.ts')).createDockerDriver(options),
  sandbox: createSandboxDriver,
  process: createProcessDriver,
};

/** Throws `driver.unknown`, and `driver.unavailable` where it does not work here. */
export async function makeDriver(name: string, options: MakeDriverOptions): Promise<Driver> {
  const make = makers[name];
  if (make) return make(options);
  throw new Fault('driver.unknown', `there is no driver "${name}"`, {
    blame: 'user',
    data: { name },
    remedy: `drivers are: ${Object.keys(makers).join(', ')}`,
  });
}
