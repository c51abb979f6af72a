import { silentLog, systemClock } from '@souk/protocol';
import { netConfigSchema, startPeer } from '../src/index.ts';
import { describePeers } from '../src/conformance/conformance.ts';
import { createFakeNetwork } from '../src/testing.ts';

describePeers('over libp2p', (key, config) =>
  startPeer({ key, log: silentLog, clock: systemClock }, netConfigSchema.parse(config)),
);

const network = createFakeNetwork();
describePeers('on the fake network', (key, config) => network.peer(key, { config }));
