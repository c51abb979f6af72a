/** Which network a command works on, and where the CLI keeps what belongs to it. */
import { existsSync, readdirSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { loadNetwork, type Network } from '@souk/chain';
import { Fault } from '@souk/protocol';
import { cliConfigSchema, readSettings } from './config.ts';
import type { Context } from './context.ts';
import { type Home, type NetworkHome, networkHomeAt } from './home.ts';
import type { KeyAccess } from './wallet.ts';

export interface SelectedNetwork {
  readonly book: Network;
  /** Where the address book was read from. */
  readonly file: string;
  readonly home: NetworkHome;
  readonly access: KeyAccess;
}

/** Name of the key that a local network makes for its tenant. */
const localKeyName = 'local';

/** --network, else the settings, else `local` where `souk up` has made one. Throws `cli.no-network`. */
export function selectNetwork(context: Context): SelectedNetwork {
  const wanted = context.flags.network ?? readSettings(context, { cli: cliConfigSchema }).cli.network;
  const file = networkFileOf(context.home, wanted);
  const book = loadNetwork(file);
  return { book, file, home: networkHomeAt(context.home, book.name), access: accessOf(book, file) };
}

export interface KnownNetwork {
  readonly name: string;
  readonly file: string;
}

export function knownNetworks(home: Home): readonly KnownNetwork[] {
  if (!existsSync(home.networks)) return [];
  return readdirSync(home.networks)
    .map((name) => ({ name, file: networkHomeAt(home, name).networkFile }))
    .filter(({ file }) => existsSync(file));
}

/** What `loadNetwork` takes: the address book file of a known name, or what was given. */
export function networkFileOf(home: Home, wanted: string | undefined): string {
  const name = wanted ?? 'local';
  const known = knownNetworks(home).find((network) => network.name === name);
  if (known) return known.file;
  // The chain room knows shipped networks by name, and files.
  if (wanted !== undefined) return existsSync(wanted) ? resolve(wanted) : wanted;
  throw new Fault('cli.no-network', 'no network was named, and there is no local one', {
    blame: 'user',
    remedy: 'start one on this machine with `./souk up`, or name one with --network NAME or FILE',
  });
}

// A local network keeps the password of its tenant's key beside its address book, so that nobody is asked.
function accessOf(book: Network, file: string): KeyAccess {
  const passwordFile = join(dirname(file), 'password');
  return book.isLocal && existsSync(passwordFile) ? { key: localKeyName, passwordFile } : {};
}
