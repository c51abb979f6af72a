/** Which key signs, and how its password is found. Passwords come from a file, standard input or a prompt; never argv. */
import { readFileSync } from 'node:fs';
import { type KeyEntry, type Keystore, openKeystore } from '@souk/daemon';
import { type Address, Fault, type LocalKey, type Signer } from '@souk/protocol';
import type { Context } from './context.ts';

/** What a network's address book may say about the keys to use with it: local networks do, so that nobody is asked. */
export interface KeyAccess {
  readonly key?: string | undefined;
  readonly passwordFile?: string | undefined;
}

export interface Wallet {
  readonly name: string;
  readonly address: Address;
  /** Asks for the password once, at the first call. */
  unlock(): Promise<LocalKey>;
  /** Signs with the key, unlocking it when first needed. */
  readonly signer: Signer;
  /** The password, for a process that is started on the user's behalf. */
  password(): Promise<string>;
}

export function keystoreOf(context: Context): Keystore {
  return openKeystore(context.home.keys);
}

/** The key named by --key, else by the settings; else the network's own, `default`, or the only one there is. */
export function openWallet(context: Context, access: KeyAccess, configured?: string): Wallet {
  const keystore = keystoreOf(context);
  const entry = chooseKey(keystore.list(), context.flags.key ?? configured, access.key);
  // The network's password file opens the network's key only.
  const own = entry.name === access.key ? access : {};
  const password = once(() => readPassword(context, own, `Password of the key "${entry.name}"`));
  const unlock = once(async () => keystore.unlock(entry.name, await password()));
  return {
    ...entry,
    unlock,
    password,
    signer: {
      address: entry.address,
      sign: async (domain, name, message) => (await unlock()).sign(domain, name, message),
    },
  };
}

export function chooseKey(keys: readonly KeyEntry[], wanted: string | undefined, usual?: string): KeyEntry {
  const find = (name: string | undefined) => keys.find((key) => key.name === name);
  if (wanted !== undefined) {
    const named = find(wanted);
    if (named) return named;
    throw noKey(keys, wanted);
  }
  const [only, ...others] = keys;
  const chosen = find(usual) ?? find('default') ?? (others.length === 0 ? only : undefined);
  if (chosen) return chosen;
  throw noKey(keys, wanted);
}

export async function readPassword(context: Context, access: KeyAccess, question: string): Promise<string> {
  const file = context.flags.passwordFile ?? access.passwordFile;
  if (file !== undefined) return passwordIn(file);
  return context.prompts.secret(question, 'give it with --password-file FILE');
}

export async function newPassword(context: Context, name: string): Promise<string> {
  const file = context.flags.passwordFile;
  if (file !== undefined) return passwordIn(file);
  return context.prompts.newSecret(`Password for the new key "${name}"`, 'give it with --password-file FILE');
}

/** The first line. `-` is standard input. */
function passwordIn(file: string): string {
  try {
    return readFileSync(file === '-' ? 0 : file, 'utf8').split(/\r?\n/, 1)[0] ?? '';
  } catch (cause) {
    throw new Fault('cli.file-unreadable', `the password file ${file} can't be read`, {
      blame: 'user',
      remedy: 'check its name and that this user may read it',
      cause,
    });
  }
}

function noKey(keys: readonly KeyEntry[], wanted: string | undefined): Fault {
  const names = keys.map((key) => key.name).join(', ');
  if (keys.length === 0) {
    return new Fault('cli.no-key', 'the keystore is empty', {
      blame: 'user',
      remedy: 'make a key with `souk key new`, or bring one with `souk key import`',
    });
  }
  return new Fault(
    'cli.no-key',
    wanted === undefined ? `there are several keys: ${names}` : `there is no key "${wanted}"`,
    { blame: 'user', remedy: `choose one of them with --key: ${names}` },
  );
}

function once<T>(work: () => Promise<T>): () => Promise<T> {
  let result: Promise<T> | undefined;
  return () => (result ??= work());
}
