/**
 * Kept wishes on disk: one file a deployment, encrypted under a key derived from the wallet's, so that manifests and
 * secrets lie nowhere in plain. Changed by a byte, or of another deployment, a file is refused.
 */
import { createCipheriv, createDecipheriv, hkdfSync, randomBytes } from 'node:crypto';
import { existsSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { encodeJson, Fault, type LocalKey } from '@souk/protocol';
import { type KeptWish, keptWishSchema, type WishStore } from '@souk/tenant';
import { writeFileAtomically } from './home.ts';

const magic = Buffer.from('souk wish 1\n');
const nonceBytes = 12;
const tagBytes = 16;

/** `unlock` is asked for when a wish is first read or written; removing one needs no key. */
export function openWishStore(folder: string, unlock: () => Promise<LocalKey>): WishStore {
  const fileOf = (name: string) => join(folder, `${name}.wish`);
  return {
    load: async (name) => {
      const file = fileOf(name);
      return existsSync(file)
        ? readWish(readFileSync(file), keyFor(await unlock()), { name, file })
        : undefined;
    },
    save: async (name, wish) => {
      const sealed = sealWish(encodeJson(wish), keyFor(await unlock()), name);
      writeFileAtomically(fileOf(name), sealed);
    },
    remove: async (name) => rmSync(fileOf(name), { force: true }),
  };
}

function keyFor(wallet: LocalKey): Buffer {
  const secret = Buffer.from(wallet.privateKey.slice(2), 'hex');
  return Buffer.from(hkdfSync('sha256', secret, wallet.address, 'souk kept wishes 1', 32));
}

function sealWish(text: string, key: Buffer, name: string): Buffer {
  const nonce = randomBytes(nonceBytes);
  const cipher = createCipheriv('aes-256-gcm', key, nonce).setAAD(Buffer.from(name));
  const body = Buffer.concat([cipher.update(text, 'utf8'), cipher.final()]);
  return Buffer.concat([magic, nonce, cipher.getAuthTag(), body]);
}

function readWish(
  bytes: Buffer,
  key: Buffer,
  from: { readonly name: string; readonly file: string },
): KeptWish {
  try {
    if (!bytes.subarray(0, magic.length).equals(magic)) throw new Error('not a kept wish');
    const nonce = bytes.subarray(magic.length, magic.length + nonceBytes);
    const tag = bytes.subarray(magic.length + nonceBytes, magic.length + nonceBytes + tagBytes);
    const decipher = createDecipheriv('aes-256-gcm', key, nonce, { authTagLength: tagBytes });
    decipher.setAAD(Buffer.from(from.name)).setAuthTag(tag);
    const body = bytes.subarray(magic.length + nonceBytes + tagBytes);
    const text = Buffer.concat([decipher.update(body), decipher.final()]).toString('utf8');
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
