/** Deployment records on disk: one JSON file each, for the owner alone, whole or not at all. They hold agent keys. */
import { existsSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { encodeJson, Fault } from '@souk/protocol';
import { type Deployment, deploymentNameSchema, deploymentSchema, type DeploymentStore } from '@souk/tenant';
import { writeFileAtomically } from './home.ts';
import { holderOf, holdPidFile } from './pid-file.ts';

export function openDeploymentStore(folder: string): DeploymentStore {
  const fileOf = (name: string) => {
    const result = deploymentNameSchema.safeParse(name);
    if (result.success) return join(folder, `${name}.json`);
    throw new Fault('cli.no-deployment', `"${name}" can't be a deployment's name`, {
      blame: 'user',
      remedy: 'list deployments with `souk ps`',
    });
  };
  return {
    load: async (name) => (existsSync(fileOf(name)) ? readRecord(fileOf(name)) : undefined),
    list: async () =>
      existsSync(folder)
        ? readdirSync(folder)
            .filter((entry) => entry.endsWith('.json'))
            .map((entry) => readRecord(join(folder, entry)))
        : [],
    save: async (record) => writeFileAtomically(fileOf(record.name), `${encodeJson(record)}\n`),
    remove: async (name) => rmSync(fileOf(name), { force: true }),
    exclusively: (name, work) => alone(`${fileOf(name)}.lock`, work),
  };
}

const lockPollMs = 20;
const lockPatienceMs = 10_000;

/** A deploy, a watch and a close may be at work on one record at once: each change of it is made alone. */
async function alone<T>(file: string, work: () => Promise<T>): Promise<T> {
  for (let waitedMs = 0; waitedMs < lockPatienceMs; waitedMs += lockPollMs) {
    using held = holdPidFile(file);
    if (held) return await work();
    await sleep(lockPollMs);
  }
  throw new Fault('cli.record-busy', `another process holds ${file}`, {
    blame: 'self',
    retry: true,
    data: { file, pid: holderOf(file) },
    remedy: 'try again; if it stays, end that process',
  });
}

function readRecord(file: string): Deployment {
  try {
    return deploymentSchema.parse(JSON.parse(readFileSync(file, 'utf8')));
  } catch (cause) {
    throw new Fault('cli.record-damaged', `the record ${file} can't be read`, {
      blame: 'user',
      data: { file },
      remedy: 'restore it from a backup, or move it away: its lease closes when its money runs out',
      cause,
    });
  }
}
