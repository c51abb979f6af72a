/**
 * Secrets for containers. The engine writes a container's environment to its disk and shows it to whoever may inspect,
 * so none goes there: files lie in memory and are mounted read-only; variables come from such a file too, set by a
 * shell that then becomes the image's own program.
 */
import type { LeaseId, ServiceSecrets } from '@souk/protocol';
import type { MountSettings } from 'dockerode';
import { openMemoryFolder } from '../memory-folder.ts';
import type { WantedReplica } from '../wanted.ts';
import { fullCommand } from './command.ts';
import { type Engine, nameOf } from './engine.ts';

export interface MountedSecrets {
  readonly mounts: readonly MountSettings[];
  /** In place of the image's own, where there are variables to set. */
  readonly command?: { readonly Entrypoint: string[]; readonly Cmd: string[] };
  readonly needsShell: boolean;
}

export interface DockerSecrets {
  /** Puts the files of a replica in their place again, where they are gone. */
  ensure(wanted: WantedReplica): Promise<void>;
  mount(wanted: WantedReplica, imageId: string): Promise<MountedSecrets | undefined>;
  /** Those of replicas and versions that are no longer wanted. */
  removeOthers(lease: LeaseId, wanted: readonly WantedReplica[]): Promise<void>;
  remove(lease: LeaseId): Promise<void>;
  tidy(): Promise<void>;
}

const envFile = '/.souk/env';
/** A command beside the workload is run by the same line. */
const setThenRun = ['/bin/sh', '-c', `. ${envFile}; exec "$@"`, 'sh'];

export function openDockerSecrets(engine: Engine, dataFolder: string): DockerSecrets {
  const memory = openMemoryFolder(`${engine.instance}/${dataFolder}`, { isOpenToPass: false });
  const placeOf = ({ lease, service, replica, hash }: WantedReplica) =>
    nameOf(engine, lease, service, replica, hash.slice(0, 12));
  const remove = (names: readonly string[]) => Promise.all(names.map((name) => memory.remove(name)));

  return {
    async ensure(wanted) {
      if (wanted.secrets === undefined) return;
      const name = placeOf(wanted);
      if ((await memory.pathsIn(name)).length > 0) return;
      const files = Object.values(wanted.secrets.files).map((text) => Buffer.from(text, 'base64'));
      const script = Buffer.from(scriptOf(wanted.secrets));
      await memory.put(name, [script, ...files], { owner: undefined, readers: 'all' });
    },
    async mount(wanted, imageId) {
      const { secrets } = wanted;
      if (secrets === undefined) return undefined;
      const [script = '', ...files] = await memory.pathsIn(placeOf(wanted));
      const mounts = Object.keys(secrets.files).map((path, index) => readOnly(files[index] ?? '', path));
      if (Object.keys(secrets.env).length === 0) return { mounts, needsShell: false };
      const command = [...setThenRun, ...(await fullCommand(engine, wanted, imageId))];
      return {
        mounts: [...mounts, readOnly(script, envFile)],
        command: { Entrypoint: command, Cmd: [] },
        needsShell: true,
      };
    },
    async removeOthers(lease, wanted) {
      const kept = new Set(wanted.map(placeOf));
      await remove((await memory.list(nameOf(engine, lease))).filter((name) => !kept.has(name)));
    },
    tidy: () => memory.tidy(),
    remove: async (lease) => void (await remove(await memory.list(nameOf(engine, lease)))),
  };
}

function readOnly(source: string, target: string): MountSettings {
  return { Type: 'bind', Source: source, Target: target, ReadOnly: true };
}

/** Between single quotes a shell takes everything as it is. */
function scriptOf({ env }: ServiceSecrets): string {
  return Object.entries(env)
    .map(([name, value]) => `export ${name}='${value.replaceAll("'", `'\\''`)}'\n`)
    .join('');
}

export function withSecretEnv(command: readonly string[], mounts: readonly string[]): readonly string[] {
  return mounts.includes(envFile) ? [...setThenRun, ...command] : command;
}
