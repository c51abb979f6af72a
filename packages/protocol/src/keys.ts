/** Signing and recovering. A Signer may be a local key or a wallet elsewhere; nothing here stores keys. */
import * as OxAddress from 'ox/Address';
import * as PublicKey from 'ox/PublicKey';
import * as Secp256k1 from 'ox/Secp256k1';
import * as Signature from 'ox/Signature';
import type { Address, Hex } from './hex.ts';
import { digestOf, type MarketDomain, type MessageName, type Messages, type Signed } from './messages.ts';

export interface Signer {
  readonly address: Address;
  /** 65-byte signature over the EIP-712 digest of `message`. */
  sign<N extends MessageName>(
    domain: MarketDomain,
    name: N,
    message: Messages[N],
  ): Promise<Signed<Messages[N]>>;
}

export interface LocalKey extends Signer {
  readonly privateKey: Hex;
}

export function createKey(): LocalKey {
  return localKey(Secp256k1.randomPrivateKey());
}

export function localKey(privateKey: Hex): LocalKey {
  const address = addressOfPublicKey(Secp256k1.getPublicKey({ privateKey }));
  return {
    address,
    privateKey,
    sign: async (domain, name, message) => {
      const payload = digestOf(domain, name, message);
      const signature = Signature.toHex(Secp256k1.sign({ payload, privateKey }));
      return { message, signer: address, signature };
    },
  };
}

/** Address of a secp256k1 public key, 33 or 65 bytes. */
export function addressOfPublicKeyBytes(bytes: Uint8Array): Address {
  // An address is a hash of both coordinates, and 33 bytes hold only one.
  return addressOfPublicKey(PublicKey.fromBytes(Secp256k1.noble.Point.fromBytes(bytes).toBytes(false)));
}

function addressOfPublicKey(publicKey: Parameters<typeof OxAddress.fromPublicKey>[0]): Address {
  return OxAddress.fromPublicKey(publicKey).toLowerCase() as Address;
}

/** The address behind a 65-byte signature; undefined where the bytes are no signature (an ERC-1271 wallet's, say). */
export function recoverSigner<N extends MessageName>(
  domain: MarketDomain,
  name: N,
  signed: { readonly message: Messages[N]; readonly signature: Hex },
): Address | undefined {
  if (signed.signature.length !== 132) return undefined;
  try {
    const payload = digestOf(domain, name, signed.message);
    const signature = Signature.fromHex(signed.signature);
    return Secp256k1.recoverAddress({ payload, signature }).toLowerCase() as Address;
  } catch {
    return undefined;
  }
}

/** True when `signed.signer` is an ordinary key and it made this signature. ERC-1271 signers are asked on chain (room chain). */
export function isSignedBySigner<N extends MessageName>(
  domain: MarketDomain,
  name: N,
  signed: Signed<Messages[N]>,
): boolean {
  return recoverSigner(domain, name, signed) === signed.signer;
}
