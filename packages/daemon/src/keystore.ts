/**
 * Keys at rest: one JSON file a key, encrypted with AES-256-GCM under a scrypt key, readable by its owner alone. Keys
 * leave it only by `unlock`, into memory.
 */
import { createCipheriv, createDecipheriv, randomBytes, scrypt as scryptCallback } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import {
  type Address,
  addressSchema,
  createKey,
  Fault,
  type Hex,
  type LocalKey,
  localKey,
} from '@souk/protocol';
import { z } from 'zod';

// OWASP's floor for scrypt, about 0.3 s and 128 MiB here; stored with the key, so it can rise later.
const cost = { N: 2 ** 17, r: 8, p: 1 };

const keyFileSchema = z.strictObject({
  version: z.literal(1),
  name: z.string(),
  address: addressSchema,
  kdf: z.strictObject({
    N: z.number().max(2 ** 20),
    r: z.number().max(16),
    p: z.number().max(16),
    salt: z.string(),
  }),
  cipher: z.strictObject({ iv: z.string(), tag: z.string(), text: z.string() }),
});
type KeyFile = z.output<typeof keyFileSchema>;

export interface KeyEntry {
  readonly name: string;
  readonly address: Address;
}

export interface Keystore {
  list(): readonly KeyEntry[];
  create(name: string, password: string): Promise<KeyEntry>;
  importKey(name: string, privateKey: Hex, password: string): Promise<KeyEntry>;
  /** Throws `key.not-found`, `key.wrong-password`, `key.damaged`. */
  unlock(name: string, password: string): Promise<LocalKey>;
}

export function openKeystore(folder: string): Keystore {
  const add = async (name: string, key: LocalKey, password: string) => {
    const file = fileOf(folder, name);
    if (existsSync(file)) {
      throw new Fault('key.exists', `there is a key named "${name}" already`, {
        blame: 'user',
        remedy: 'choose another name, or list keys with `souk key list`',
      });
    }
    mkdirSync(folder, { recursive: true, mode: 0o700 });
    const text = JSON.stringify(await seal(name, key, password), null, 2);
    // Write then rename: a crash leaves no half a key.
    writeFileSync(`${file}.new`, `${text}\n`, { mode: 0o600, flush: true });
    renameSync(`${file}.new`, file);
    return { name, address: key.address };
  };
  return {
    list: () =>
      existsSync(folder)
        ? readdirSync(folder)
            .filter((entry) => entry.endsWith('.json'))
            .map((entry) => readKeyFile(join(folder, entry)))
            .map(({ name, address }) => ({ name, address }))
        : [],
    create: (name, password) => add(name, createKey(), password),
    importKey: (name, privateKey, password) => add(name, parsePrivateKey(privateKey), password),
    unlock: async (name, password) => {
      const file = fileOf(folder, name);
      if (!existsSync(file)) {
        throw new Fault('key.not-found', `there is no key named "${name}"`, {
          blame: 'user',
          data: { name },
          remedy: 'list keys with `souk key list`, or make one with `souk key new`',
        });
      }
      return open(readKeyFile(file), password);
    },
  };
}

/** Throws `key.invalid`. */
export function parsePrivateKey(text: string): LocalKey {
  try {
    return localKey(
      z
        .string()
        .regex(/^0x[0-9a-fA-F]{64}$/)
        .parse(text.trim())
        .toLowerCase() as Hex,
    );
  } catch {
    // The cause would quote the key: leave it out.
    throw new Fault('key.invalid', 'this is no private key', {
      blame: 'user',
      remedy: 'give 0x and 64 hex digits',
    });
  }
}

function fileOf(folder: string, name: string): string {
  if (!/^[a-zA-Z0-9][a-zA-Z0-9._-]{0,62}$/.test(name)) {
    throw new Fault('key.bad-name', `"${name}" can't be a key's name`, {
      blame: 'user',
      remedy: 'use letters, digits, dot, dash and underscore, at most 63',
    });
  }
  return join(folder, `${name}.json`);
}

async function seal(name: string, key: LocalKey, password: string): Promise<KeyFile> {
  if (password.length === 0) {
    throw new Fault('key.empty-password', 'the password is empty', { blame: 'user', remedy: 'choose one' });
  }
  const salt = randomBytes(32);
  const iv = randomBytes(12);
  const cipher = createCipheriv('aes-256-gcm', await derive(password, salt, cost), iv);
  cipher.setAAD(Buffer.from(key.address));
  const text = Buffer.concat([cipher.update(Buffer.from(key.privateKey.slice(2), 'hex')), cipher.final()]);
  return {
    version: 1,
    name,
    address: key.address,
    kdf: { ...cost, salt: salt.toString('hex') },
    cipher: { iv: iv.toString('hex'), tag: cipher.getAuthTag().toString('hex'), text: text.toString('hex') },
  };
}

async function open(file: KeyFile, password: string): Promise<LocalKey> {
  const { salt, ...kdf } = file.kdf;
  const decipher = createDecipheriv(
    'aes-256-gcm',
    await derive(password, Buffer.from(salt, 'hex'), kdf),
    Buffer.from(file.cipher.iv, 'hex'),
  );
  decipher.setAAD(Buffer.from(file.address));
  decipher.setAuthTag(Buffer.from(file.cipher.tag, 'hex'));
  try {
    const text = Buffer.concat([decipher.update(Buffer.from(file.cipher.text, 'hex')), decipher.final()]);
    return localKey(`0x${text.toString('hex')}`);
  } catch {
    throw new Fault('key.wrong-password', `the password does not open the key "${file.name}"`, {
      blame: 'user',
      data: { name: file.name },
      remedy: 'try again, or import the key anew from your backup',
    });
  }
}

function derive(
  password: string,
  salt: Uint8Array,
  kdf: { N: number; r: number; p: number },
): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    const maxmem = 256 * kdf.N * kdf.r;
    scryptCallback(password.normalize('NFKC'), salt, 32, { ...kdf, maxmem }, (error, key) =>
      error ? reject(error) : resolve(key),
    );
  });
}

function readKeyFile(file: string): KeyFile {
  try {
    return keyFileSchema.parse(JSON.parse(readFileSync(file, 'utf8')));
  } catch (cause) {
    throw new Fault('key.damaged', `the key file ${file} can't be read`, {
      blame: 'user',
      data: { file },
      remedy: 'restore it from a backup, or move it away',
      cause,
    });
  }
}
