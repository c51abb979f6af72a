/**
 * Sealing bytes to one key: what only the chosen provider may read, e.g. a deployment's secrets. An ephemeral key for
 * every message, ECDH on secp256k1, HKDF-SHA-256, AES-256-GCM by the platform's Web Crypto.
 */
import * as OxHex from 'ox/Hex';
import * as PublicKey from 'ox/PublicKey';
import * as Secp256k1 from 'ox/Secp256k1';
import * as Signature from 'ox/Signature';
import { Fault } from './fault.ts';
import type { Hex } from './hex.ts';
import { digestOf, type MarketDomain, type MessageName, type Messages, type Signed } from './messages.ts';
import type { Sealed } from './runtime.ts';

/** Compressed public key of an ordinary key's signature: what to seal to for whoever signed this. */
export function publicKeyOfSigner<N extends MessageName>(
  domain: MarketDomain,
  name: N,
  signed: Signed<Messages[N]>,
): Hex {
  const payload = digestOf(domain, name, signed.message);
  const key = Secp256k1.recoverPublicKey({ payload, signature: Signature.fromHex(signed.signature) });
  return PublicKey.toHex(PublicKey.compress(key));
}

/** `publicKey`: compressed. */
export async function seal(plain: Uint8Array, publicKey: Hex): Promise<Sealed> {
  const ephemeral = Secp256k1.randomPrivateKey();
  const ephemeralKey = PublicKey.toHex(PublicKey.compress(Secp256k1.getPublicKey({ privateKey: ephemeral })));
  const key = await keyBetween(ephemeral, publicKey, ephemeralKey);
  const nonce = crypto.getRandomValues(new Uint8Array(12));
  const bytes = await crypto.subtle.encrypt({ name: 'AES-GCM', iv: nonce }, key, new Uint8Array(plain));
  return {
    ephemeral: ephemeralKey,
    nonce: OxHex.fromBytes(nonce),
    bytes: OxHex.fromBytes(new Uint8Array(bytes)),
  };
}

/** Throws `sealed.unreadable` where it was sealed to another key or changed on the way. */
export async function unseal(sealed: Sealed, privateKey: Hex): Promise<Uint8Array> {
  try {
    const key = await keyBetween(privateKey, sealed.ephemeral, sealed.ephemeral);
    const iv = new Uint8Array(OxHex.toBytes(sealed.nonce));
    const bytes = new Uint8Array(OxHex.toBytes(sealed.bytes));
    return new Uint8Array(await crypto.subtle.decrypt({ name: 'AES-GCM', iv }, key, bytes));
  } catch (cause) {
    throw new Fault('sealed.unreadable', 'these bytes were not sealed to this key, or were changed', {
      blame: 'peer',
      cause,
    });
  }
}

/** Both sides get the same: the shared point, bound to the ephemeral key of this message. */
async function keyBetween(
  privateKey: Hex,
  publicKey: Hex,
  ephemeral: Hex,
): ReturnType<typeof crypto.subtle.deriveKey> {
  const shared = Secp256k1.getSharedSecret({
    privateKey,
    publicKey: PublicKey.fromHex(publicKey),
    as: 'Bytes',
  });
  const material = await crypto.subtle.importKey('raw', new Uint8Array(shared), 'HKDF', false, ['deriveKey']);
  const info = new TextEncoder().encode('souk sealed 1');
  const salt = new Uint8Array(OxHex.toBytes(ephemeral));
  return crypto.subtle.deriveKey(
    { name: 'HKDF', hash: 'SHA-256', salt, info },
    material,
    { name: 'AES-GCM', length: 256 },
    false,
    ['encrypt', 'decrypt'],
  );
}
