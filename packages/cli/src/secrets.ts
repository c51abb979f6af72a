/**
 * Values of secrets that workload files name, kept on this machine: one file each, encrypted with the wallet's key.
 * Names are no secret.
 */
import { existsSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { Fault, type LocalKey } from '@souk/protocol';
import { decrypt, encrypt } from './encrypted-file.ts';
import { writeFileAtomically } from './home.ts';

export interface SecretStore {
  list(): readonly { readonly name: string; readonly setAt: number }[];
  has(name: string): boolean;
  /** Undefined where there is none. */
  load(name: string): Promise<Buffer | undefined>;
  save(name: string, value: Uint8Array): Promise<void>;
  /** Throws `cli.no-secret` where there is none. */
  remove(name: string): void;
}

/** Fits, in base64, what a service may be given of one. */
export const maxSecretBytes = 96 * 1024;
const kind = { magic: 'souk secret 1\n', purpose: 'souk kept secrets 1' } as const;
const suffix = '.secret';

/** `unlock` is asked for when a value is read or written. */
export function openSecretStore(folder: string, unlock: () => Promise<LocalKey>): SecretStore {
  const fileOf = (name: string) => join(folder, `${checkName(name)}${suffix}`);
  return {
    list: () =>
      (existsSync(folder) ? readdirSync(folder) : [])
        .filter((file) => file.endsWith(suffix))
        .sort()
        .map((file) => ({
          name: file.slice(0, -suffix.length),
          setAt: Math.round(statSync(join(folder, file)).mtimeMs),
        })),
    has: (name) => existsSync(fileOf(name)),
    async load(name) {
      const file = fileOf(name);
      if (!existsSync(file)) return undefined;
      const wallet = await unlock();
      try {
        return decrypt(kind, readFileSync(file), { wallet, name });
      } catch (cause) {
        throw new Fault('cli.secret-unreadable', `${file} was changed, or kept with another key`, {
          blame: 'user',
          data: { file },
          remedy: `use the key it was kept with, or set it again: souk secret set ${name}`,
          cause,
        });
      }
    },
    async save(name, value) {
      const file = fileOf(name);
      checkSize(name, value);
      writeFileAtomically(file, encrypt(kind, value, { wallet: await unlock(), name }));
    },
    remove(name) {
      const file = fileOf(name);
      if (!existsSync(file)) throw noSecret(name);
      rmSync(file);
    },
  };
}

function noSecret(name: string): Fault {
  return new Fault('cli.no-secret', `no secret ${name} is kept here`, {
    blame: 'user',
    data: { name },
    remedy: 'see `souk secret ls`',
  });
}

/** As x-souk.secrets takes it. */
function checkName(name: string): string {
  if (/^[A-Za-z_][A-Za-z0-9_.-]{0,63}$/.test(name)) return name;
  throw new Fault('cli.usage', `"${name.slice(0, 80)}" can't be a secret's name`, {
    blame: 'user',
    remedy: 'use up to 64 letters, digits, _ . -, the first no digit',
  });
}

export function checkSize(name: string, value: Uint8Array): void {
  if (value.length > 0 && value.length <= maxSecretBytes) return;
  const what = value.length === 0 ? 'is empty' : `has ${value.length} bytes`;
  throw new Fault('cli.secret-unfit', `the secret ${name} ${what}`, {
    blame: 'user',
    data: { name, bytes: value.length, most: maxSecretBytes },
    remedy: `a secret has 1 to ${maxSecretBytes} bytes; larger ones belong in a volume, encrypted`,
  });
}
