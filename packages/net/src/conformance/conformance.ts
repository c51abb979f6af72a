/** What every implementation of the port does. Run by test/conformance.test.ts over libp2p and over the fake. */
import { describe } from 'vitest';
import type { StartTestPeer } from './fixtures.ts';
import { describeGossip } from './gossip.ts';
import { describeIdentity } from './identity.ts';
import { describeStreams } from './streams.ts';
import { describeUnary } from './unary.ts';

export function describePeers(name: 'over libp2p' | 'on the fake network', start: StartTestPeer): void {
  describe(`a peer ${name}`, () => {
    describeIdentity(start);
    describeUnary(start);
    describeStreams(start);
    describeGossip(start);
  });
}
