/**
 * Files that only one wallet can read: AES-256-GCM under a key derived from the wallet's, one derivation for each kind
 * of file. Bound to a name, so that one can't be put in another's place; changed by a byte, it is refused.
 */
import { createCipheriv, createDecipheriv, hkdfSync, randomBytes } from 'node:crypto';
import type { LocalKey } from '@souk/protocol';

export interface FileKind {
  /** First bytes of the file. */
  readonly magic: string;
  /** What the key is derived for. */
  readonly purpose: string;
}

const nonceBytes = 12;
const tagBytes = 16;

export function encrypt(kind: FileKind, plain: Uint8Array, { wallet, name }: Place): Buffer {
  const nonce = randomBytes(nonceBytes);
  const cipher = createCipheriv('aes-256-gcm', keyOf(kind, wallet), nonce).setAAD(Buffer.from(name));
  const body = Buffer.concat([cipher.update(plain), cipher.final()]);
  return Buffer.concat([Buffer.from(kind.magic), nonce, cipher.getAuthTag(), body]);
}

/** Throws where it is none, was changed, or was written with another wallet or for another name. */
export function decrypt(kind: FileKind, bytes: Buffer, { wallet, name }: Place): Buffer {
  const magic = Buffer.from(kind.magic);
  if (!bytes.subarray(0, magic.length).equals(magic)) throw new Error('not such a file');
  const nonce = bytes.subarray(magic.length, magic.length + nonceBytes);
  const tag = bytes.subarray(magic.length + nonceBytes, magic.length + nonceBytes + tagBytes);
  const decipher = createDecipheriv('aes-256-gcm', keyOf(kind, wallet), nonce, { authTagLength: tagBytes });
  decipher.setAAD(Buffer.from(name)).setAuthTag(tag);
  const body = bytes.subarray(magic.length + nonceBytes + tagBytes);
  return Buffer.concat([decipher.update(body), decipher.final()]);
}

interface Place {
  readonly wallet: LocalKey;
  readonly name: string;
}

function keyOf({ purpose }: FileKind, wallet: LocalKey): Buffer {
  const secret = Buffer.from(wallet.privateKey.slice(2), 'hex');
  return Buffer.from(hkdfSync('sha256', secret, wallet.address, purpose, 32));
}
