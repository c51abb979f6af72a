/** Where the front of a network listens: written by the watch that runs it, read by whoever shows addresses. */
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Deployment } from '@souk/tenant';
import { z } from 'zod';
import type { Context } from '../context.ts';
import { openDeploymentStore } from '../deployments.ts';
import { type NetworkHome, writeFileAtomically } from '../home.ts';
import { holderOf } from '../pid-file.ts';
import { rawPlacesOf } from './names.ts';

const frontFileSchema = z.strictObject({
  host: z.string().max(255),
  port: z.number().int(),
  domain: z.string().max(255),
  rawPorts: z.record(z.string().max(256), z.number().int()),
});
export type FrontFile = z.output<typeof frontFileSchema>;

const fileOf = (home: NetworkHome) => join(home.folder, 'front.json');

/** Undefined where none was ever started; damaged counts as that. */
export function readFront(home: NetworkHome): FrontFile | undefined {
  try {
    return existsSync(fileOf(home))
      ? frontFileSchema.parse(JSON.parse(readFileSync(fileOf(home), 'utf8')))
      : undefined;
  } catch {
    return undefined;
  }
}

/** Of a watch that is at work. */
export function liveFront(home: NetworkHome): FrontFile | undefined {
  return holderOf(home.watchPidFile) === undefined ? undefined : readFront(home);
}

export function keepFront(home: NetworkHome, front: FrontFile): void {
  writeFileAtomically(fileOf(home), `${JSON.stringify(front)}\n`);
}

/** Which stay however often the deployment moves. */
export interface StableAddresses {
  /** Null where it has nothing for the web, or no front was ever started here. */
  readonly address: string | null;
  readonly rawAddresses: readonly RawAddress[];
}

export interface RawAddress {
  readonly service: string;
  readonly port: number;
  /** Host and port on this machine. */
  readonly at: string;
}

export function addressesOf(front: FrontFile | undefined, record: Deployment): StableAddresses {
  if (!front) return { address: null, rawAddresses: [] };
  const hasWeb = record.groups.some((group) => group.urls.length > 0 || group.replaces !== null);
  return {
    address: hasWeb ? `http://${record.name}.${front.domain}:${front.port}` : null,
    rawAddresses: rawPlacesOf(record).flatMap(({ key, service, port }) => {
      const local = front.rawPorts[key];
      return local === undefined ? [] : [{ service, port, at: `${front.host}:${local}` }];
    }),
  };
}

const firstWaitMs = 5_000;
const lookAgainMs = 50;

/** Of a deployment that was just made: a watch that was just started gets a moment to say where its front is. */
export async function stableOf(
  { clock }: Pick<Context, 'clock'>,
  home: NetworkHome,
  name: string,
): Promise<StableAddresses> {
  const watches = () => holderOf(home.watchPidFile) !== undefined;
  for (let waitedMs = 0; !readFront(home) && watches() && waitedMs < firstWaitMs; waitedMs += lookAgainMs)
    await clock.sleep(lookAgainMs);
  const record = await openDeploymentStore(home.deployments).load(name);
  return record ? addressesOf(liveFront(home), record) : { address: null, rawAddresses: [] };
}
