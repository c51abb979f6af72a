/** What a wish says of snapshots: the key they are sealed with, and who holds them. */
import { randomBytes, randomInt } from 'node:crypto';
import { type Hex, plainRuntime, type Runtime, type Workload } from '@souk/protocol';
import type { KeptWish, OrderWish } from '@souk/tenant';
import { readCapacity } from '../capacity-book.ts';
import type { Context } from '../context.ts';
import type { Buyer } from '../session.ts';
import { ensureWatcher } from '../watcher.ts';
import { openWishStore } from '../wishes.ts';
import { readHolderFile } from './holder-file.ts';

const holderWaitMs = 15_000;
const pollMs = 100;

/** The same wish where the file asks for no snapshots. Starts the watch: it is the first holder. */
export async function withSnapshots(
  context: Context,
  buyer: Pick<Buyer, 'network' | 'wallet'>,
  input: { readonly workload: Workload; readonly wish: OrderWish; readonly hasWatch: boolean },
): Promise<OrderWish> {
  const { wish, workload } = input;
  const asked = workload.xSouk?.snapshots;
  const runtimeOf = (group: string): Runtime => wish.runtime?.(group) ?? plainRuntime;
  const saved = wish.groups.filter(({ name }) => runtimeOf(name).snapshots !== null);
  if (!asked || saved.length === 0) return wish;
  const wishes = openWishStore(buyer.network.home.deployments, () => buyer.wallet.unlock());
  const kept = await wishes.load(wish.name);
  const holders = await holdersFor(context, buyer, { count: asked.holders, hasWatch: input.hasWatch, kept });
  const keys = new Map(saved.map(({ name }) => [name, keyOf(kept, name)]));
  return {
    ...wish,
    runtime: (group) => {
      const runtime = runtimeOf(group);
      return runtime.snapshots ? { ...runtime, snapshots: { ...runtime.snapshots, holders } } : runtime;
    },
    secrets: (group) => {
      const own = wish.secrets?.(group);
      const snapshotKey = keys.get(group);
      return snapshotKey === undefined ? own : { services: own?.services ?? {}, snapshotKey };
    },
  };
}

/** The same for as long as the deployment stands: what is saved must stay readable. */
function keyOf(kept: KeptWish | undefined, group: string): Hex {
  const known = kept?.groups.find(({ name }) => name === group)?.secrets?.snapshotKey;
  return known ?? `0x${randomBytes(32).toString('hex')}`;
}

interface HoldersWish {
  readonly count: number;
  readonly hasWatch: boolean;
  readonly kept: KeptWish | undefined;
}

/** The watch of this machine, and some providers; one more than asked for, since one of them may become the provider. */
async function holdersFor(
  context: Context,
  buyer: Pick<Buyer, 'network' | 'wallet'>,
  { count, hasWatch, kept }: HoldersWish,
): Promise<string[][]> {
  const own = hasWatch ? await ownHolder(context, buyer) : undefined;
  const known = kept?.groups.flatMap(({ runtime }) => runtime.snapshots?.holders ?? []) ?? [];
  const heard = readCapacity(buyer.network.home, context.clock.now())
    .map(({ peer }) => [...peer])
    .filter((peer) => peer.length > 0);
  // Those who hold already go first, as they are: they need not be sent it all again.
  const isHeard = (one: readonly string[]) => heard.some((peer) => idOf(peer) === idOf(one));
  const staying = known.filter(
    (one, at) => isHeard(one) && known.findIndex((two) => idOf(two) === idOf(one)) === at,
  );
  const others = heard.filter((peer) => !staying.some((one) => idOf(one) === idOf(peer)));
  const providers = [...staying, ...shuffled(others)];
  const wanted = count === 0 ? 0 : Math.min(7, count + 1);
  if (providers.length < count) {
    context.output.warn(
      `${providers.length} of ${count} other holders are known yet; the snapshots go to the watch on this machine. Run \`souk update\` later to add others`,
    );
  }
  return [...(own ? [[...own]] : []), ...providers.slice(0, wanted)];
}

async function ownHolder(
  context: Context,
  { network, wallet }: Pick<Buyer, 'network' | 'wallet'>,
): Promise<readonly string[] | undefined> {
  await ensureWatcher(context, network, wallet);
  for (let waited = 0; waited < holderWaitMs; waited += pollMs) {
    const address = readHolderFile(network.home)?.multiaddrs ?? [];
    if (address.length > 0) return address;
    await context.clock.sleep(pollMs, context.signal);
  }
  context.output.warn('the watch on this machine does not hold snapshots; see its log');
  return undefined;
}

function idOf(multiaddrs: readonly string[]): string | undefined {
  return multiaddrs[0]?.split('/p2p/').at(-1);
}

function shuffled<T>(list: readonly T[]): readonly T[] {
  return list
    .map((value) => ({ value, at: randomInt(2 ** 32) }))
    .sort((a, b) => a.at - b.at)
    .map(({ value }) => value);
}
