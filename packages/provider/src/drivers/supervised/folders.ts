/** Where a supervised driver keeps what, and how it reads it back. */
import { createHash } from 'node:crypto';
import { lstat, mkdir, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { LeaseId } from '@souk/protocol';
import { codeOf } from '../faults.ts';
import type { ReplicaPlan, ReplicaState } from './supervisor/plan.ts';
import { run } from './run.ts';

export interface Folders {
  readonly images: string;
  readonly program: string;
  readonly replicas: string;
  readonly volumes: string;
  /** Short, as the path of a socket must be. */
  readonly sockets: string;
}

/** A path of a unix socket has 107 bytes; names in the folder have up to 28. */
const longestSocketFolder = 107 - 28;

export async function openFolders(root: string): Promise<Folders> {
  const near = join(root, 'sockets');
  const hash = createHash('sha256').update(root).digest('hex').slice(0, 12);
  const folders = {
    images: join(root, 'images'),
    program: join(root, 'program'),
    replicas: join(root, 'replicas'),
    volumes: join(root, 'volumes'),
    sockets: Buffer.byteLength(near) <= longestSocketFolder ? near : join(tmpdir(), `souk-${hash}`),
  };
  for (const folder of Object.values(folders)) await mkdir(folder, { recursive: true, mode: 0o700 });
  const owner = (await lstat(folders.sockets)).uid;
  if (owner !== process.getuid?.()) throw new Error(`${folders.sockets} belongs to another user`);
  return folders;
}

/** Names a service of a lease in file names. */
export function serviceKey(lease: LeaseId, service: string): string {
  return createHash('sha256').update(`${lease}/${service}`).digest('hex').slice(0, 16);
}

export function replicaFolder(folders: Folders, lease: LeaseId, service: string, replica: number): string {
  return join(folders.replicas, `${serviceKey(lease, service)}.${replica}`);
}

export function socketPath(folders: Folders, lease: LeaseId, service: string, replica: number, port: number) {
  return join(folders.sockets, `${serviceKey(lease, service)}.${replica}.${port}`);
}

export async function readPlans(folders: Folders): Promise<readonly ReplicaPlan[]> {
  const names = (await readdir(folders.replicas)).sort();
  const plans = await Promise.all(names.map((name) => readPlan(join(folders.replicas, name))));
  return plans.filter((plan) => plan !== undefined);
}

export function readPlan(folder: string): Promise<ReplicaPlan | undefined> {
  return readJson<ReplicaPlan>(join(folder, 'plan.json'));
}

export function readState(folder: string): Promise<ReplicaState | undefined> {
  return readJson<ReplicaState>(join(folder, 'state.json'));
}

/** Only while no supervisor runs there. */
export async function writeState(folder: string, state: ReplicaState): Promise<void> {
  const path = join(folder, 'state.json');
  await writeFile(`${path}.new`, JSON.stringify(state), { mode: 0o600 });
  await rename(`${path}.new`, path);
}

/** A file that we or a supervisor of ours wrote; undefined where there is none. */
export async function readJson<T>(path: string): Promise<T | undefined> {
  try {
    return JSON.parse(await readFile(path, 'utf8')) as T;
  } catch (error) {
    if (codeOf(error) === 'ENOENT' || codeOf(error) === 'ENOTDIR') return undefined;
    throw error;
  }
}

/** Also what a workload made hard to remove. */
export async function removeFolder(path: string): Promise<void> {
  try {
    await rm(path, { recursive: true, force: true });
  } catch {
    await run('chmod', ['-R', 'u+rwX', path]).catch(() => undefined);
    await rm(path, { recursive: true, force: true, maxRetries: 5 });
  }
}
