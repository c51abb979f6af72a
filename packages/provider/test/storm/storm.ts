/**
 * A provider with many leases in a storm: what tenants, the chain, the driver and the machine may do to it, as plain
 * commands in any order, and what must hold once the storm is over. Everything but its HTTP listeners is in memory and
 * time is virtual, so a storm of hours takes a moment.
 */
import type { ChainReads, ChainWriter, LeaseRef } from '@souk/chain';
import type { Store } from '@souk/daemon';
import {
  capacityTopic,
  type CapacitySummary,
  createKey,
  hashMessage,
  type Hex,
  type LeaseId,
  ordersTopic,
} from '@souk/protocol';
import type { Driver } from '../../src/drivers/driver.ts';
import { createWorld, type World } from '../world.ts';
import { faultsOf, type Kept } from './faults.ts';
import { createMortal } from './mortal.ts';
import { createTrouble, type EventTrouble } from './trouble.ts';

export type Closer = 'tenant' | 'watcher' | 'operator';
export type Command =
  | { readonly kind: 'open'; readonly isShort: boolean; readonly isTwice: boolean }
  | { readonly kind: 'open-elsewhere' }
  | { readonly kind: 'close-by-message'; readonly at: number; readonly by: 'tenant' | 'watcher' }
  | { readonly kind: 'close-on-chain'; readonly at: number; readonly by: Closer }
  | { readonly kind: 'top-up'; readonly at: number }
  | { readonly kind: 'reorg'; readonly depth: number }
  | { readonly kind: 'events'; readonly trouble: EventTrouble }
  | { readonly kind: 'crash'; readonly atWrite: number }
  | { readonly kind: 'restart' }
  | { readonly kind: 'chain-away'; readonly seconds: number }
  | { readonly kind: 'driver-away'; readonly seconds: number }
  | { readonly kind: 'workload-ends'; readonly at: number }
  | { readonly kind: 'workloads-vanish' }
  | { readonly kind: 'orphan' }
  | { readonly kind: 'wait'; readonly seconds: number };

export interface Storm extends AsyncDisposable {
  readonly world: World;
  leases(): readonly LeaseId[];
  play(command: Command): Promise<void>;
  pass(seconds: number): Promise<void>;
  /** Whether it answers. */
  setThere(what: 'chain' | 'driver', isThere: boolean): void;
  /** Ends all trouble and lets things settle. Resolves to what was still written in the time after that. */
  calm(): Promise<readonly string[]>;
  /** What is wrong, one sentence each. Call after `calm`. */
  faults(): Promise<readonly string[]>;
}

/** Pays for some minutes, or practically for ever. */
const shortDeposit = 1000n;
const longDeposit = 1_000_000n;
const startWindow = 80_000;
const blockSeconds = 10;
/** How long an order and a bid are good; after that and a margin, nothing that was begun can still come about. */
const orderSeconds = 60;
const calmSeconds = 180;
const stillSeconds = 70;

const writes = ['apply', 'remove', 'stop', 'ensureImage'] as const;
const transactions = [
  'open',
  'markReady',
  'collect',
  'close',
  'closeSigned',
  'closeExhausted',
  'amend',
] as const;
const config = {
  retryMs: 500,
  retryMaxMs: 20_000,
  moneyTickMs: 5000,
  pulseMs: 10_000,
  bidTtlSeconds: orderSeconds,
  healthMs: 20_000,
  meteringMs: 120_000,
  capacityPublishMs: 60_000,
  readyPatienceMs: 86_400_000,
  maxStartWindowSeconds: startWindow,
  closeToleranceSeconds: 600,
};

export async function createStorm(): Promise<Storm> {
  const kept: Kept[] = [];
  const orphans: LeaseId[] = [];
  const watcher = createKey();
  const rival = createKey();
  const trouble = createTrouble({ sleep: (ms, signal) => world.clock.sleep(ms, signal) });
  let life = createMortal();
  /** What was accepted may never have been opened. */
  let wasHindered = false;
  let isChainThere = true;
  let summary: CapacitySummary | undefined;

  const wires = () => {
    const mine = life;
    return {
      driver: (driver: Driver) => mine.wire(trouble.driver(driver), writes),
      writer: (writer: ChainWriter) => mine.wire(writer, transactions),
      store: (store: Store) => mine.wireStore(store),
      chain: (reads: ChainReads) =>
        mine.wire(
          trouble.chain(reads, () => mine !== life),
          [],
        ),
    };
  };
  const world = await createWorld({ config, ...wires() });
  const { chain, clock, driver } = world;
  const people: Readonly<Record<Closer, { readonly address: Hex }>> = {
    tenant: world.tenant,
    watcher,
    operator: world.hotKey,
  };
  // No reorganisation goes back before the world's beginning.
  chain.addOperator(rival.address, rival.address);
  for (let depth = 0; depth < 8; depth += 1) chain.mine();
  await world.peer.join(
    capacityTopic,
    () => 'accept',
    (heard) => void (summary = heard),
  );

  /** Whether it worked, where waiting for it takes time to pass. */
  const tried = async <T>(work: Promise<T>, seconds = 5): Promise<T | undefined> => {
    let outcome: { readonly value: T | undefined } | undefined;
    work.then(
      (value) => (outcome = { value }),
      () => (outcome = { value: undefined }),
    );
    for (let turn = 0; turn < seconds * 5 && !outcome; turn += 1) {
      await clock.advance(200);
      if (life.isDead()) break;
    }
    return outcome?.value;
  };

  const refOf = async (lease: LeaseId): Promise<LeaseRef | undefined> => {
    const events = await chain.reads.eventsSince(1, { lease });
    const opened = events.findLast(
      (event) => event.kind === 'lease-opened' || event.kind === 'lease-amended',
    );
    return opened && 'terms' in opened ? { lease, terms: opened.terms } : undefined;
  };

  const end = async (): Promise<void> => {
    const { provider, providerPeer } = world;
    // What the dead can't do any more, they can't do at their burial either.
    const gone = Promise.allSettled([providerPeer[Symbol.asyncDispose](), provider[Symbol.asyncDispose]()]);
    life.bury();
    await tried(gone, 60);
    await gone;
  };
  const begin = async (): Promise<void> => {
    for (;;) {
      life = createMortal();
      const started = world.start(wires()).then(() => true);
      if ((await tried(started, 60)) === true) return;
      life.bury();
      await started.catch(() => undefined);
    }
  };

  const pass = async (seconds: number): Promise<void> => {
    for (let left = seconds; left > 0; left -= blockSeconds) {
      await clock.advance(Math.min(left, blockSeconds) * 1000);
      chain.mine();
      if (life.isDead()) {
        await end();
        await begin();
      }
      await sayReady();
    }
  };

  /** The tenant says Ready until it is on chain, as its watch does. */
  const sayReady = async (): Promise<void> => {
    if (!isChainThere) return;
    for (const { deployment, isAskedToClose } of kept) {
      const state = await world.onChain(deployment.lease);
      if (state.status === 'open' && state.readyAt === 0 && !isAskedToClose)
        void world.ready(deployment.lease).catch(() => undefined);
    }
  };

  const bidFor = async (isShort: boolean) => {
    const deposit = isShort ? shortDeposit : longDeposit;
    const deployment = await world.draft({
      deposit,
      startWindow,
      watcher: watcher.address,
      expiresAt: chain.now() + orderSeconds,
    });
    const before = world.offers.length;
    await world.peer.publish(ordersTopic, deployment.envelope).catch(() => undefined);
    await tried(new Promise<void>(() => undefined), 1);
    const offer = world.offers
      .slice(before)
      .find((one) => one.kind === 'bid' && one.bid.message.order === deployment.lease);
    return offer?.kind === 'bid' ? { deployment, bid: offer.bid } : undefined;
  };

  const open = async ({ isShort, isTwice }: { readonly isShort: boolean; readonly isTwice: boolean }) => {
    const offered = await bidFor(isShort);
    if (!offered) return;
    const { deployment, bid } = offered;
    const request = await world.acceptance(deployment, bid);
    const entry: Kept = { deployment, isAccepted: false, isAskedToClose: false, isClosePromised: false };
    kept.push(entry);
    const asks = Array.from({ length: isTwice ? 2 : 1 }, () => tried(world.accept(request)));
    for (const answer of await Promise.all(asks)) entry.isAccepted ||= answer?.ok === true;
  };

  const openElsewhere = async () => {
    const offered = await bidFor(false);
    if (!offered || !isChainThere) return;
    const { deployment, bid } = offered;
    const request = await world.acceptance(deployment, bid);
    const theirs = await rival.sign(chain.reads.domain, 'Bid', { ...bid.message, operator: rival.address });
    const acceptance = await world.agent.sign(chain.reads.domain, 'Acceptance', {
      order: deployment.lease,
      bid: hashMessage('Bid', theirs.message),
    });
    const { order } = deployment.envelope;
    await chain.writer(rival).open({ order, bid: theirs, acceptance });
    await tried(world.accept(request));
    kept.push({ deployment, isAccepted: false, isAskedToClose: true, isClosePromised: false });
  };

  const pick = (at: number): Kept | undefined => kept[at % Math.max(kept.length, 1)];

  const closeOnChain = async (entry: Kept, by: Closer) => {
    const ref = isChainThere ? await refOf(entry.deployment.lease) : undefined;
    if (!ref) return;
    entry.isAskedToClose = true;
    await chain
      .writer(people[by])
      .close(ref, chain.now())
      .catch(() => undefined);
  };

  const topUp = async ({ deployment }: Kept, amount: bigint) => {
    const ref = isChainThere ? await refOf(deployment.lease) : undefined;
    if (!ref) return;
    await chain
      .writer(world.tenant)
      .topUp(ref, amount)
      .catch(() => undefined);
  };

  const leaveOrphan = async () => {
    const lease = `0x${(orphans.length + 1).toString(16).padStart(64, 'e')}` as LeaseId;
    orphans.push(lease);
    const signal = new AbortController().signal;
    const image = await driver.ensureImage({ kind: 'registry', reference: 'x' }, { signal });
    const { group } = await world.draft();
    const services = group.services.map((service) => ({ service, image }));
    await driver.apply({ lease, services, env: {} }, signal);
  };

  const setThere: Storm['setThere'] = (what, isThere) => {
    if (what === 'driver') trouble.isDriverAway = !isThere;
    else {
      isChainThere = isThere;
      chain.setReachable(isThere);
    }
  };

  const away = async (what: 'chain' | 'driver', seconds: number) => {
    setThere(what, false);
    await pass(seconds);
    setThere(what, true);
  };

  const play = async (command: Command): Promise<void> => {
    switch (command.kind) {
      case 'open':
        return open(command);
      case 'open-elsewhere':
        return openElsewhere();
      case 'close-by-message': {
        const entry = pick(command.at);
        if (!entry) return;
        const by = command.by === 'watcher' ? watcher : world.tenant;
        entry.isAskedToClose = true;
        const answer = await tried(world.close(entry.deployment.lease, { by }));
        entry.isClosePromised ||= (answer as { ok?: boolean } | undefined)?.ok === true;
        return;
      }
      case 'close-on-chain': {
        const entry = pick(command.at);
        return entry && closeOnChain(entry, command.by);
      }
      case 'top-up': {
        const entry = pick(command.at);
        const ref = entry && isChainThere ? await refOf(entry.deployment.lease) : undefined;
        if (ref)
          await chain
            .writer(world.tenant)
            .topUp(ref, 1000n)
            .catch(() => undefined);
        return;
      }
      case 'reorg':
        wasHindered = true;
        return chain.reorg(command.depth);
      case 'events':
        trouble.events = command.trouble;
        return;
      case 'crash':
        wasHindered = true;
        return life.arm(command.atWrite);
      case 'restart':
        await end();
        return begin();
      case 'chain-away':
        wasHindered = true;
        return away('chain', command.seconds);
      case 'driver-away':
        return away('driver', command.seconds);
      case 'workload-ends': {
        const lease = pick(command.at)?.deployment.lease;
        if (
          lease &&
          (await driver.list()).some((status) => status.lease === lease && status.replicas.length > 0)
        )
          driver.control.crash(lease, 'web', 0, 'exit code 1');
        return;
      }
      case 'workloads-vanish':
        return driver.control.forgetAll();
      case 'orphan':
        return leaveOrphan();
      case 'wait':
        return pass(command.seconds);
    }
  };

  /** Of driver and chain, so far; collecting goes on for as long as there is money. */
  const writesSoFar = (): readonly string[] => [
    ...driver.control.calls
      .map(({ method }) => method)
      .filter((name) => name === 'apply' || name === 'remove'),
    ...[...chain.calls].flatMap(([name, count]) =>
      name === 'collect' ? [] : Array.from({ length: count }, () => name),
    ),
  ];

  return {
    world,
    leases: () => kept.map(({ deployment }) => deployment.lease),
    play,
    pass,
    setThere,
    async calm() {
      trouble.events = 'none';
      setThere('driver', true);
      setThere('chain', true);
      life.disarm();
      // So that none runs out of money while it is looked at.
      for (const entry of kept) await topUp(entry, longDeposit);
      await pass(calmSeconds);
      const before = writesSoFar();
      await pass(stillSeconds);
      const after = writesSoFar();
      return after.length === before.length ? [] : after.slice(-10);
    },
    faults: () => faultsOf({ world, kept, wasHindered, freeMilli: summary?.free.cpuMilli }),
    async [Symbol.asyncDispose]() {
      if (life.isDead()) await begin();
      await world[Symbol.asyncDispose]();
    },
  };
}
