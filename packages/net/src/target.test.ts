import { createKey } from '@souk/protocol';
import { describe, expect, it } from 'vitest';
import { addressOfPeerId, remoteOfKey } from './identity.ts';
import { parseTarget, placeOf } from './target.ts';

describe('a target', () => {
  const key = createKey();
  const { peerId } = remoteOfKey(key.privateKey);

  it('is the address of the key in its peer id', () => {
    const target = parseTarget([
      `/ip4/10.0.0.1/tcp/1/p2p/${peerId}`,
      `/dns4/a.example/tcp/2/ws/p2p/${peerId}`,
    ]);
    expect(target.remote).toEqual({ address: key.address, peerId });
    expect(target.multiaddrs.map(placeOf)).toEqual(['/ip4/10.0.0.1/tcp/1', '/dns4/a.example/tcp/2/ws']);
  });

  it('names one peer, at least once, with a secp256k1 key', () => {
    const other = remoteOfKey(createKey().privateKey).peerId;
    const ed25519 = '12D3KooWEChVMMMzV8acJ53mJHrw1pQ27UAGkCxWXLJutbeUMvVu';
    const bad = [
      [],
      ['/ip4/10.0.0.1/tcp/1'],
      ['not an address'],
      ['/p2p/nonsense'],
      [`/ip4/10.0.0.1/tcp/1/p2p/${peerId}`, `/ip4/10.0.0.1/tcp/1/p2p/${other}`],
      [`/ip4/10.0.0.1/tcp/1/p2p/${ed25519}`],
    ];
    for (const multiaddrs of bad) {
      expect(() => parseTarget(multiaddrs)).toThrow(
        expect.objectContaining({ code: 'net.bad-address', blame: 'user' }),
      );
    }
    expect(() => addressOfPeerId(ed25519)).toThrow(expect.objectContaining({ code: 'net.malformed' }));
  });
});
