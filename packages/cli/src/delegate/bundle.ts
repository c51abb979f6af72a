/**
 * What `souk watch --delegate` hands to another machine, as one encrypted file: the network, a record whose keys can
 * end its leases and nothing else, what to order with, and a key of its own for gas. Never the wallet's key.
 */
import { createCipheriv, createDecipheriv, randomBytes, scrypt as scryptCallback } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { type Network, networkSchema } from '@souk/chain';
import { encodeJson, Fault, hash32Schema } from '@souk/protocol';
import { deploymentSchema, keptWishSchema } from '@souk/tenant';
import { z } from 'zod';
import { writeFileAtomically } from '../home.ts';

const bundleSchema = z.strictObject({
  version: z.literal(1),
  network: networkSchema,
  record: deploymentSchema,
  /** Null where it may only close. */
  wish: keptWishSchema.nullable(),
  gasKey: hash32Schema,
});
export type Bundle = Omit<z.output<typeof bundleSchema>, 'network'> & { readonly network: Network };

const magic = Buffer.from('souk delegate 1\n');
const saltBytes = 16;
const nonceBytes = 12;
const tagBytes = 16;
const largestBytes = 16 * 1024 * 1024;
// As the keystore's: about 0.3 s and 128 MiB.
const cost = { N: 2 ** 17, r: 8, p: 1, maxmem: 256 * 1024 * 1024 };

export async function writeBundle(file: string, bundle: Bundle, password: string): Promise<void> {
  if (password === '') {
    throw new Fault('delegate.empty-password', 'the password is empty', {
      blame: 'user',
      remedy: 'choose one: whoever has the file and it can order at your cost',
    });
  }
  if (existsSync(file)) {
    throw new Fault('delegate.file-exists', `${file} exists already`, {
      blame: 'user',
      remedy: 'give --out another name, or remove it',
    });
  }
  const salt = randomBytes(saltBytes);
  const nonce = randomBytes(nonceBytes);
  const cipher = createCipheriv('aes-256-gcm', await keyOf(password, salt), nonce).setAAD(magic);
  const body = Buffer.concat([cipher.update(encodeJson(bundle), 'utf8'), cipher.final()]);
  writeFileAtomically(file, Buffer.concat([magic, salt, nonce, cipher.getAuthTag(), body]));
}

/** Throws `cli.file-unreadable`, `delegate.not-a-bundle` or `delegate.unreadable`. */
export async function readBundle(file: string, password: string): Promise<Bundle> {
  const bytes = readBytes(file);
  const [saltAt, nonceAt] = [magic.length, magic.length + saltBytes];
  const [tagAt, bodyAt] = [nonceAt + nonceBytes, nonceAt + nonceBytes + tagBytes];
  if (
    !bytes.subarray(0, magic.length).equals(magic) ||
    bytes.length > largestBytes ||
    bytes.length < bodyAt
  ) {
    throw new Fault('delegate.not-a-bundle', `${file} is no bundle for a delegate`, {
      blame: 'user',
      data: { file },
      remedy: 'make one where it was deployed: souk watch --delegate NAME --out FILE',
    });
  }
  try {
    const key = await keyOf(password, bytes.subarray(saltAt, nonceAt));
    const decipher = createDecipheriv('aes-256-gcm', key, bytes.subarray(nonceAt, tagAt), {
      authTagLength: tagBytes,
    });
    decipher.setAAD(magic).setAuthTag(bytes.subarray(tagAt, bodyAt));
    const text = Buffer.concat([decipher.update(bytes.subarray(bodyAt)), decipher.final()]).toString('utf8');
    return bundleSchema.parse(JSON.parse(text));
  } catch (cause) {
    throw new Fault(
      'delegate.unreadable',
      `${file} does not open: the password is wrong, or the file was changed`,
      {
        blame: 'user',
        data: { file },
        remedy: 'check the password; or make the bundle anew: souk watch --delegate NAME --out FILE',
        cause,
      },
    );
  }
}

function readBytes(file: string): Buffer {
  try {
    return readFileSync(file);
  } catch (cause) {
    throw new Fault('cli.file-unreadable', `${file} can't be read`, {
      blame: 'user',
      data: { file },
      remedy: 'check its name and that this user may read it',
      cause,
    });
  }
}

function keyOf(password: string, salt: Buffer): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    scryptCallback(password, salt, 32, cost, (error, key) => (error ? reject(error) : resolve(key)));
  });
}
