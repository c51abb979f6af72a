/** One key: the secp256k1 key of the wallet is the peer id, so a peer id names an address and can't lie about it. */
import { privateKeyFromRaw } from '@libp2p/crypto/keys';
import type { PrivateKey } from '@libp2p/interface';
import { peerIdFromPrivateKey, peerIdFromString } from '@libp2p/peer-id';
import { type Address, addressOfPublicKeyBytes, Fault, type Hex } from '@souk/protocol';
import type { Remote } from './peer.ts';

export function transportKey(privateKey: Hex): PrivateKey {
  return privateKeyFromRaw(Uint8Array.from(Buffer.from(privateKey.slice(2), 'hex')));
}

export function remoteOfKey(privateKey: Hex): Remote {
  return remoteOfPeerId(peerIdFromPrivateKey(transportKey(privateKey)).toString());
}

/** The address of the key that `peerId` is made of. Throws `net.malformed` for any key that isn't secp256k1. */
export function addressOfPeerId(peerId: string): Address {
  const publicKey = publicKeyOf(peerId);
  if (publicKey?.type !== 'secp256k1') {
    throw new Fault('net.malformed', 'peer id is not made of a secp256k1 key', {
      blame: 'peer',
      data: { peerId },
    });
  }
  return addressOfPublicKeyBytes(publicKey.raw);
}

export function remoteOfPeerId(peerId: string): Remote {
  return { address: addressOfPeerId(peerId), peerId };
}

function publicKeyOf(peerId: string) {
  try {
    return peerIdFromString(peerId).publicKey;
  } catch {
    return undefined;
  }
}
