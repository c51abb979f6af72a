/** Deployment records on disk: one JSON file each, for the owner alone, whole or not at all. They hold agent keys. */
import { existsSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { encodeJson, Fault } from '@souk/protocol';
import { type Deployment, deploymentNameSchema, deploymentSchema, type DeploymentStore } from '@souk/tenant';
import { writeFileAtomically } from './home.ts';

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
  };
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
