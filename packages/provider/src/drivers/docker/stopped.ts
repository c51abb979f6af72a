/**
 * Which containers the driver itself has stopped: the engine shows them like those that ended by themselves. One file
 * a lease, of container ids; gone once the lease runs again.
 */
import { mkdirSync } from 'node:fs';
import { readFile, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { LeaseId } from '@souk/protocol';
import { z } from 'zod';
import { codeOf } from '../faults.ts';

export interface StoppedContainers {
  of(lease: LeaseId): Promise<ReadonlySet<string>>;
  note(lease: LeaseId, ids: readonly string[]): Promise<void>;
  forget(lease: LeaseId): Promise<void>;
}

const idsSchema = z.array(z.string());

export function openStopped(dataFolder: string): StoppedContainers {
  const folder = join(dataFolder, 'docker-stopped');
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const fileOf = (lease: LeaseId) => join(folder, lease);
  const of = async (lease: LeaseId): Promise<ReadonlySet<string>> => {
    try {
      return new Set(idsSchema.parse(JSON.parse(await readFile(fileOf(lease), 'utf8'))));
    } catch (error) {
      if (codeOf(error) === 'ENOENT') return new Set();
      throw error;
    }
  };
  return {
    of,
    async note(lease, ids) {
      const all = [...new Set([...(await of(lease)), ...ids])];
      await writeFile(`${fileOf(lease)}.new`, JSON.stringify(all), { mode: 0o600 });
      await rename(`${fileOf(lease)}.new`, fileOf(lease));
    },
    forget: (lease) => rm(fileOf(lease), { force: true }),
  };
}
