/** Where the CLI keeps its state: one folder, readable by its owner alone. */
import { closeSync, fsyncSync, mkdirSync, openSync, renameSync, writeFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';

export interface Home {
  readonly folder: string;
  readonly configFile: string;
  readonly keys: string;
  readonly images: string;
  readonly networks: string;
}

export function homeAt(folder: string): Home {
  const root = resolve(folder);
  return {
    folder: root,
    configFile: join(root, 'config.yaml'),
    keys: join(root, 'keys'),
    images: join(root, 'images'),
    networks: join(root, 'networks'),
  };
}

/** What belongs to one network. */
export interface NetworkHome {
  readonly folder: string;
  readonly networkFile: string;
  readonly deployments: string;
  readonly secrets: string;
  readonly watchPidFile: string;
  readonly watchLogFile: string;
  /** Where the watch can be reached that holds snapshots, and what it holds. */
  readonly holderFile: string;
  readonly held: string;
  /** State of a provider that runs under this key. */
  provider(key: string): string;
}

export function networkHomeAt(home: Home, name: string): NetworkHome {
  const folder = join(home.networks, name);
  return {
    folder,
    networkFile: join(folder, 'network.json'),
    deployments: join(folder, 'deployments'),
    secrets: join(folder, 'secrets'),
    watchPidFile: join(folder, 'watch.pid'),
    watchLogFile: join(folder, 'watch.log'),
    holderFile: join(folder, 'holder.json'),
    held: join(folder, 'held'),
    provider: (key) => join(folder, 'providers', key),
  };
}

/** The whole file or none of it, on disk when this returns, for its owner's eyes only. */
export function writeFileAtomically(file: string, text: string | Uint8Array): void {
  mkdirSync(dirname(file), { recursive: true, mode: 0o700 });
  const draft = `${file}.${process.pid}.new`;
  writeFileSync(draft, text, { mode: 0o600, flush: true });
  renameSync(draft, file);
  const folder = openSync(dirname(file), 'r');
  fsyncSync(folder);
  closeSync(folder);
}
