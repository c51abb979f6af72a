import { expect, it } from 'vitest';
import { addressOfPeerId } from '../identity.ts';
import { faultOf, patience, type StartTestPeer, TestPeers } from './fixtures.ts';

export function describeIdentity(start: StartTestPeer): void {
  it('is the address of its key, to itself and to others', async () => {
    await using peers = new TestPeers(start);
    const [a, b] = [await peers.start(), await peers.start()];
    const remote = await a.connect(b.addresses());
    expect(addressOfPeerId(b.peerId)).toBe(b.address);
    expect(remote).toEqual({ address: b.address, peerId: b.peerId });
    await expect.poll(() => b.connectedPeers(), patience).toEqual([{ address: a.address, peerId: a.peerId }]);
  });

  it('refuses addresses that name no peer or two, another key, and nobody', async () => {
    await using peers = new TestPeers(start);
    const [a, b, c] = [await peers.start(), await peers.start(), await peers.start()];
    const place = b.addresses()[0]?.split('/p2p/')[0] ?? '';
    expect(await faultOf(a.connect([place]))).toMatchObject({ code: 'net.bad-address', blame: 'user' });
    expect(await faultOf(a.connect(['nonsense']))).toMatchObject({ code: 'net.bad-address' });
    expect(await faultOf(a.connect([...b.addresses(), ...c.addresses()]))).toMatchObject({
      code: 'net.bad-address',
    });
    expect(await faultOf(a.connect([`${place}/p2p/${c.peerId}`]))).toMatchObject({ code: 'net.wrong-peer' });
    await b[Symbol.asyncDispose]();
    const { code, fault } = await faultOf(a.connect([`${place}/p2p/${b.peerId}`]));
    expect(code).toBe('net.unreachable');
    expect(fault.retry).toBe(true);
  });
}
