/** Multiaddrs as peers hand them round. */
import type { Fault } from '@souk/protocol';
import { type Multiaddr, multiaddr } from '@multiformats/multiaddr';
import { netFault } from './faults.ts';
import { remoteOfPeerId } from './identity.ts';
import type { Target } from './transport.ts';

const mostAddresses = 16;

/** All must name the same peer. Throws `net.bad-address`. */
export function parseTarget(multiaddrs: readonly string[]): Target {
  const parsed = multiaddrs.slice(0, mostAddresses).map(parseAddress);
  const [peerId, ...others] = new Set(parsed.map(peerIdOf));
  if (peerId === undefined || others.length > 0) {
    throw badAddress('the addresses do not name one and the same peer', multiaddrs);
  }
  return { remote: remoteOf(peerId, multiaddrs), multiaddrs: parsed.map(String) };
}

/** The address without the peer id at its end: where, not who. */
export function placeOf(address: string): string {
  const at = address.lastIndexOf('/p2p/');
  return at < 0 ? address : address.slice(0, at);
}

function parseAddress(text: string): Multiaddr {
  try {
    return multiaddr(text);
  } catch (cause) {
    throw badAddress('not a multiaddr', [text], cause);
  }
}

function peerIdOf(address: Multiaddr): string {
  const last = address.getComponents().at(-1);
  if (last?.name !== 'p2p' || last.value === undefined) {
    throw badAddress('the address does not end in a peer id', [address.toString()]);
  }
  return last.value;
}

function remoteOf(peerId: string, multiaddrs: readonly string[]) {
  try {
    return remoteOfPeerId(peerId);
  } catch (cause) {
    throw badAddress('the peer id is not made of a secp256k1 key', multiaddrs, cause);
  }
}

function badAddress(message: string, multiaddrs: readonly string[], cause?: unknown): Fault {
  return netFault('net.bad-address', message, 'user', { data: { multiaddrs }, cause });
}
