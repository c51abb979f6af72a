import { createFakeChain } from '@souk/chain/testing';
import { netConfigSchema, type Peer, startPeer } from '@souk/net';
import { createKey, type LocalKey, ordersTopic, silentLog, systemClock } from '@souk/protocol';
import { expect, it } from 'vitest';
import { tenantConfigSchema } from '../src/config.ts';
import { createTenant } from '../src/tenant.ts';
import { startFakeProvider } from '../src/testing/fake-provider.ts';
import { createMemoryStore, token, wish } from '../src/testing/world.ts';

const clock = systemClock;
const log = silentLog;

/** Peers over sockets on loopback that find each other through one bootstrap peer. */
async function startNetwork(stack: AsyncDisposableStack) {
  const start = (key: LocalKey, bootstrap: readonly string[]) =>
    startPeer({ key, log, clock }, netConfigSchema.parse({ bootstrap }));
  const hub = stack.use(await start(createKey(), []));
  await hub.join(
    ordersTopic,
    () => 'accept',
    () => undefined,
  );
  return async (key: LocalKey): Promise<Peer> => start(key, hub.addresses());
}

it('deploys, reaches and closes over libp2p', async () => {
  await using stack = new AsyncDisposableStack();
  const connect = await startNetwork(stack);
  const chain = stack.use(createFakeChain({ clock }));
  const wallet = createKey();
  chain.giveBalance(wallet.address, 100n * token);
  for (const rate of [300_000n, 200_000n, 400_000n]) {
    const provider = await startFakeProvider(chain, connect, { rate, wantsImages: true });
    stack.use(provider.peer);
    await provider.peer.waitForTopicPeers(ordersTopic, 1);
  }
  const image = { image: 'hello:1', digest: `sha256:${'ab'.repeat(32)}`, bytes: 3_000_000 };
  async function* readImage() {
    for (let sent = 0; sent < image.bytes; sent += 1_000_000) yield new Uint8Array(1_000_000);
  }
  const httpStatus = async () => 200;
  const deps = { chain: chain.reads, wallet, store: createMemoryStore(), connectPeer: connect, clock, log };
  const tenant = stack.use(createTenant({ ...deps, httpStatus, readImage }, tenantConfigSchema.parse({})));

  const auctions = stack.use(await tenant.order(wish('web', { images: [image] })));
  const ranked = await auctions.groups[0]!.waitForBids({ count: 3, windowMs: 10_000 });
  expect(ranked.map((bid) => bid.bid.message.rate)).toEqual([200_000n, 300_000n, 400_000n]);
  const result = await auctions.groups[0]!.accept(ranked[0]!).result;
  expect(result).toMatchObject({ ok: true, group: { phase: 'ready' } });
  expect(await tenant.close('web')).toMatchObject([{ clawedBack: 0n }]);
});
