/**
 * Kept wishes on disk: one file a deployment, encrypted under a key derived from the wallet's, so that manifests and
 * secrets lie nowhere in plain. Changed by a byte, or of another deployment, a file is refused.
 */
import { existsSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { encodeJson, Fault, type LocalKey } from '@souk/protocol';
import { type KeptWish, keptWishSchema, type WishStore } from '@souk/tenant';
import { decrypt, encrypt } from './encrypted-file.ts';
import { writeFileAtomically } from './home.ts';

const kind = { magic: 'souk wish 1\n', purpose: 'souk kept wishes 1' } as const;

/** `unlock` is asked for when a wish is first read or written; removing one needs no key. */
export function openWishStore(folder: string, unlock: () => Promise<LocalKey>): WishStore {
  const fileOf = (name: string) => join(folder, `${name}.wish`);
  return {
    load: async (name) => {
      const file = fileOf(name);
      return existsSync(file) ? readWish(readFileSync(file), await unlock(), { name, file }) : undefined;
    },
    save: async (name, wish) => {
      const plain = Buffer.from(encodeJson(wish));
      writeFileAtomically(fileOf(name), encrypt(kind, plain, { wallet: await unlock(), name }));
    },
    remove: async (name) => rmSync(fileOf(name), { force: true }),
  };
}

function readWish(
  bytes: Buffer,
  wallet: LocalKey,
  from: { readonly name: string; readonly file: string },
): KeptWish {
  try {
    const text = decrypt(kind, bytes, { wallet, name: from.name }).toString('utf8');
    return keptWishSchema.parse(JSON.parse(text));
  } catch (cause) {
    throw new Fault('cli.wish-unreadable', `${from.file} was changed, or kept with another key`, {
      blame: 'user',
      data: { file: from.file },
      remedy: `use the key that deployed "${from.name}", or deploy its file again under the same name`,
      cause,
    });
  }
}
